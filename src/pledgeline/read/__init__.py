"""Packages to read tables from, in Arrow, pandas, Polars or DuckDB.

In: a path or an https address. Out: `Package` and `Table`. May import `releases` and the floors
below it.
"""

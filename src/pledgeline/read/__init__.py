"""A package to read tables from, where people work: Arrow, pandas, Polars, DuckDB; from a path, a
zip or an address.

In: a path or an https address. Out: `Package` and `Table`. May import `releases` and the floors
below it.
"""

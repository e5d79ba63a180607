"""A package to read tables from, where people work: Arrow, pandas, Polars, DuckDB; from a path, a zip or an address."""

"""Writing: typed tables to CSV, Parquet and a descriptor, put in place so that a package is never half new."""

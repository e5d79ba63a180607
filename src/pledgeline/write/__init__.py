"""Writing a package: rows to typed tables, these to CSV, Parquet and a descriptor.

The files are put in place all at once.

In: rows of records. Out: files that depend on nothing but
the rows. May import `export` and the floors below it.
"""

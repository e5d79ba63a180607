"""From a schema to checks: what of a table is wrong, how often, and where.

In: a table that `source` made readable, and its schema. Out: counts and errors of cells, rows,
keys, twins, files and rules. May import `source` and the floors below it.
"""

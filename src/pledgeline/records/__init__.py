"""Records: the YAML files in which people write facts, and the rows they become.

In: a folder of records with its layout and schemas. Out: rows of text, and every problem with file,
line and column. May import `engine` and the floors below it.
"""

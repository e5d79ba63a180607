"""A built package in the words and formats of other tools: citation files, catalogues, databases,
workbooks.

In: a descriptor and its tables. Out: text or files. May import `validation` and the floors below it.
"""

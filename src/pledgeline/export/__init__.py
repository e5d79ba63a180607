"""A built package in the formats of other tools: citations, catalogues, databases, workbooks.

In: a descriptor, its tables, and what data/package.yaml declares of them. Out: text or files. May
import `validation` and the floors below it.
"""

"""Who runs the checks: DuckDB in this process, or frictionless-py as a second opinion.

In: a checked package. Out: a task of the report for every resource. May import `check` and the
floors below it.
"""

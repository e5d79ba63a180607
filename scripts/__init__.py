"""This data set's own steps: figures, reports and questions that know its tables by name.

The engine in src/pledgeline knows none of them, and imports nothing from here.
"""

"""Pledgeline: from hand-written records to a validated data package.

The engine knows data packages and record files; it knows nothing of any one subject.
"""

__version__ = "0.1.0"

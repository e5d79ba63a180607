"""Versions of a package: compared, published, packed, verified and rebuilt.

In: packages and archives. Out: changes, archives, older versions. May import `write` and the floors
below it.
"""

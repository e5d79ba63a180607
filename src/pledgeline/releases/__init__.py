"""Versions of a package: what differs between two, how one is published, packed, verified and
rebuilt.

In: packages and archives. Out: changes, archives, older versions. May import `write` and the floors
below it.
"""

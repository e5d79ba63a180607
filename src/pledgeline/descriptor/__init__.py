"""From a stranger's path to a data package that is checked and safe to work from.

In: a path. Out: a `DataPackage` and the errors in its descriptor; no data file is opened and
nothing is fetched. May import `report` and the floors below it.
"""

"""What the Data Package standard says, as typed objects: fields, schemas, resources, packages.

In: nothing but values that were read and checked elsewhere. Out: frozen objects that every other
room works with. May import `errors` and the floors below it.
"""

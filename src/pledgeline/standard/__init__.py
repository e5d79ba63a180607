"""What the Data Package standard says: field types, schemas, resources and packages as typed
objects.

In: nothing but values that were read and checked elsewhere. Out: frozen objects that every other
room works with. May import `errors` and the floors below it.
"""

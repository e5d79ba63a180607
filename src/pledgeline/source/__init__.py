"""The data of a resource, whatever it is kept in, as a relation that SQL can check.

In: a resource and a database that reaches only its files. Out: a relation with the columns
`row_number` (of the file, from 1, the header included), `c1` ... `cn` (the cells; NULL where a row
is too short), `extras` (how many cells a row has too many) and `extra` (those cells, as JSON). May
import `descriptor` and the floors below it.
"""

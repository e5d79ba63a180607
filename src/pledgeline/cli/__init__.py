"""The command `pledgeline`: a module for each command, and one for each format of a report.

The commands are under `commands`, the formats under `formats`.

In: arguments. Out: text and an exit
code. May import `read` and the floors below it; nothing imports it.
"""

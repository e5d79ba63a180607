"""The command `pledgeline`: one module a command under `commands`, one a form of report under
`formats`.

In: arguments. Out: text and an exit code. May import `read` and the floors below it; nothing
imports it.
"""

"""`python -m pledgeline` is the command `pledgeline`."""

from pledgeline.cli.entry import command

if __name__ == "__main__":
    command()

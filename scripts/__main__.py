"""The command line of this data set's own steps: `python -m scripts COMMAND`."""

import argparse
import sys
from importlib import import_module

COMMANDS = {  # name -> the module of this package with its `register` and `run`
    "coverage": "coverage_report",
    "figures": "figures",
    "pages": "pages",
    "paragraphs": "paragraphs",
    "reliability": "reliability",
}


def main() -> int:
    """Runs the command that is asked for; only its own module is imported."""
    named = sys.argv[1] if len(sys.argv) > 1 else ""
    parser = argparse.ArgumentParser(prog="python -m scripts", description=__doc__)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, module in COMMANDS.items():
        if named not in COMMANDS or named == name:
            command = import_module(f"scripts.{module}")
            summary = (command.__doc__ or "").splitlines()[0]
            own = commands.add_parser(
                name,
                help=summary,
                description=command.__doc__,
                formatter_class=argparse.RawDescriptionHelpFormatter,
            )
            command.register(own)
            own.set_defaults(run=command.run)
    options = parser.parse_args()
    try:
        return int(options.run(options))
    except BrokenPipeError:  # the reader had enough, as `| head` does
        sys.stderr.close()
        return 0


if __name__ == "__main__":
    sys.exit(main())

"""`pledgeline completion`: the script that completes the command in a shell."""

import argparse

from pledgeline.cli.arguments import Subparsers, add_command
from pledgeline.cli.output import VALID, write

DESCRIPTION = "Prints what completes commands and options in a shell when the tab key is pressed."
EPILOG = """\
examples:
  pledgeline completion bash > ~/.local/share/bash-completion/completions/pledgeline
  pledgeline completion zsh > ~/.zsh/completions/_pledgeline
  pledgeline completion fish > ~/.config/fish/completions/pledgeline.fish

exit codes:  0 printed   2 could not run
"""


def register(subparsers: Subparsers) -> None:
    summary = "print what completes the command in a shell"
    parser = add_command(
        subparsers, "completion", run, summary=summary, description=DESCRIPTION, epilog=EPILOG
    )
    parser.add_argument("shell", choices=("bash", "zsh", "fish"))


def run(options: argparse.Namespace) -> int:
    import shtab

    return write(shtab.complete(options.parser, options.shell) + "\n", VALID)

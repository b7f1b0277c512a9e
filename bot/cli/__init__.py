"""The `collaborate` command. What each subcommand prints is described in README.md."""

import sys

from typer.main import get_command

from bot import terminal
from bot.cli import keeping, lists, running, sharing, speech, words  # noqa: F401 - each puts its subcommands on `app`
from bot.cli.tree import app


def main() -> None:
    """The entry point."""
    sys.excepthook = terminal.broke
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")  # half a surrogate pair in JSON stays an escape
    get_command(app).main(prog_name="collaborate")

"""The command and its groups, which the other files of this folder fill."""

from typing import Annotated

import typer

from bot import logs, terminal

app = typer.Typer(cls=terminal.Careful, no_args_is_help=True, add_completion=False, rich_markup_mode="markdown")
database = typer.Typer(no_args_is_help=True, help="The database.")
keys = typer.Typer(help="Print a fresh master key.")
gazetteer = typer.Typer(no_args_is_help=True, help="Names that an operator has hidden: practices, places, programmes.")
stories = typer.Typer(no_args_is_help=True, help="Stories that were signed off, as files.")
for group, name in ((gazetteer, "gazetteer"), (stories, "stories"), (database, "db"), (keys, "key")):
    app.add_typer(group, name=name)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            typer.echo(f"collaborate {version('collaborate-bot')}")
        except PackageNotFoundError:
            typer.echo("collaborate, from a folder that was never installed (`make install`)")
        raise typer.Exit()


@app.callback()
def collaborate(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """A Slack bot that listens to people who lead in primary care."""
    logs.set_up("ERROR")

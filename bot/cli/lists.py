"""The operator's own lists of names."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from bot import terminal
from bot.cli.tree import gazetteer

ListKind = Literal["practices", "places", "programmes", "people"]


@gazetteer.command("add")
def add_gazetteer(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="epraccur.csv, OS Open Names, or a name a line.")],
    kind: Annotated[ListKind | None, typer.Option(help="What a plain list holds.")] = None,
) -> None:
    """Have more names hidden: practices, places, local programmes, people."""
    from bot.anonymise.gazetteer import shelf
    from bot.anonymise.gazetteer.names import Kind

    with terminal.waiting("Reading the list"):
        added = shelf.add(terminal.load_settings().gazetteer, file, Kind(kind) if kind else None)
    typer.echo(f"{added.line()}. A bot that is running takes it up when it starts the next time.")


@gazetteer.command("list")
def list_gazetteers() -> None:
    """Show the lists that were added."""
    from bot.anonymise.gazetteer import shelf

    lists = shelf.listing(terminal.load_settings().gazetteer)
    typer.echo("\n".join(each.line() for each in lists) or "No list was added yet.")


@gazetteer.command("remove")
def remove_gazetteer(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name that `gazetteer list` shows.")],
) -> None:
    """Take a list away again."""
    from bot.anonymise.gazetteer import shelf

    shelf.remove(terminal.load_settings().gazetteer, name)
    typer.echo(f"{name} is gone.")

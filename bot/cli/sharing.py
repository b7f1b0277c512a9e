"""What is shared, as files, and how safe it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import terminal
from bot.cli.keeping import opened_store
from bot.cli.output import Json, print_json
from bot.cli.tree import app, stories
from bot.errors import Failure, Trouble

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the stories go, or went.")]


class NothingKept(Trouble):
    """There is no database yet in {folder}, so there are no stories. DATA_DIR says where the bot keeps them."""


class OtherTables(Failure):
    """The database isn't of this version: run `collaborate db upgrade`, then this again."""


@stories.command("export")
def export_stories(folder: Folder, as_json: Json = False) -> None:
    """Write every story that is shared now into a folder."""
    from bot.stories.sharing.exports import Exports

    with _stories_store() as (store, clock):
        made = Exports(store, clock).make(folder)
    if as_json:
        print_json({"folder": str(folder), "stories": made.stories, "words": made.words})
    else:
        typer.echo(f"Stories in {folder}: {made.stories} ({made.words} words). README.md there says how to keep them.")


@stories.command("recall")
def recall_stories(folder: Folder, as_json: Json = False) -> None:
    """Take out of an export what was taken back since it was made."""
    from bot.stories.sharing.exports import Exports

    with _stories_store() as (store, clock):
        checked = Exports(store, clock).recall(folder)
    if as_json:
        print_json({"folder": str(folder), "stories": checked.stories, "taken_out": list(checked.taken_out)})
    else:
        typer.echo(f"Taken out of {folder}: {len(checked.taken_out)}. Still in it: {checked.stories}.")


@app.command()
def risk(as_json: Json = False) -> None:
    """Look at all stories together: the steps that tag lines stand on, and whether style tells who spoke."""
    from bot.stories.risk_report import report, workspaces

    settings = terminal.load_settings()
    with _stories_store() as (store, _), store.session() as session:
        found = [report(session, workspace=workspace, settings=settings) for workspace in workspaces(session)]
    if as_json:
        print_json(found)
        return
    for each in found or [{"workspace": "-", "k": settings.min_group, "tag_lines": {}, "style": None}]:
        typer.echo("\n".join(_risk_lines(each)))


def _risk_lines(found: dict[str, Any]) -> Iterator[str]:
    yield f"{found['workspace']}: k = {found['k']}"
    yield from (f"  {member}: {facts} facts beside their stories" for member, facts in found["tag_lines"].items())
    style = found["style"]
    if not style or not style["stories"]:
        yield "  style: nobody has two stories out, so there is nothing to attribute"
        return
    yield f"  style: {style['accuracy']:.0%} of {style['stories']} stories attributed rightly, n = {style['speakers']}"
    yield f"  at most {style['bound']:.0%} (2/n) should be: " + ("fine" if style["fine"] else _TOO_ALIKE)


_TOO_ALIKE = "the leaders of these stories can soften the turns of phrase that their next draft shows them"


@contextmanager
def _stories_store() -> Iterator[tuple[Any, Any]]:
    """The database of a bot that has been started before, which may be running now, and the clock."""
    from bot.clock import system_clock
    from bot.store import migrate
    from bot.store.engine import sqlite_path

    settings = terminal.load_settings()
    file = sqlite_path(settings.database)
    if file is not None and not file.exists():
        raise NothingKept(folder=settings.data_dir)
    with opened_store(settings) as store:
        if migrate.current(store) != migrate.head():
            raise OtherTables()
        yield store, system_clock

"""Words made anonymous, the way back, and who could still be told from them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot import terminal
from bot.cli.output import Json, opened, print_json, text_of
from bot.cli.tree import app
from bot.errors import Trouble
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.anonymise.models import Known


@app.command()
def anonymise(
    file: Annotated[
        Path, typer.Argument(metavar="[FILE|FOLDER|-]", help="Text to read; - is stdin; of a folder each interview.")
    ] = Path("-"),
    jsonl: Annotated[bool, typer.Option("--jsonl", help="A JSON object a line comes in, one a line goes out.")] = False,
    roster: Annotated[
        Path | None, typer.Option(metavar="members.csv", help="People whose names must always go; ROSTER if not given.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write Markdown there, and a log that can undo it.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="With --out: write over what is there.")] = False,
    no_log: Annotated[
        bool, typer.Option("--no-log", help="With --out: keep no log; then nothing can be undone.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Hide what identifies people in a text, or in a folder of interviews."""
    from bot.anonymise.command import masked_lines
    from bot.anonymise.folder import is_folder

    if jsonl and as_json:
        raise typer.BadParameter("--jsonl writes JSON already: leave out --json")
    if is_folder(file) and not out:
        raise typer.BadParameter("say with --out where the masked interviews should go")
    if (jsonl and out) or ((force or no_log) and not out):
        raise typer.BadParameter("--out takes files and folders, and --force and --no-log go with it")
    settings = terminal.load_settings()
    roster = roster or settings.roster
    known = known_to(roster)
    if out:
        raise typer.Exit(_mask_interviews(file, out, roster, settings, force=force, log=not no_log, as_json=as_json))
    with opened(file) as stream:
        whole = None if jsonl else text_of(stream.read(), file)
        anonymiser = anonymiser_for(settings)
        if whole is None:
            for line in masked_lines((text_of(raw, file) for raw in stream), anonymiser, known):
                print(line, flush=True)
        else:
            _show_masked(whole, anonymiser, known, as_json)


def anonymiser_for(settings: Settings) -> Any:
    from bot.anonymise.model_pass import passing
    from bot.anonymise.pipeline import load

    with terminal.waiting("Loading the anonymiser"):
        model_pass = passing(settings.anonymise_model_url, settings.anonymise_model)
        return load(gazetteer=settings.gazetteer, model_pass=model_pass)


def _mask_interviews(
    source: Path, out: Path, roster: Path | None, settings: Settings, *, force: bool, log: bool, as_json: bool
) -> int:
    """Every interview of a folder, or one; 2 if any was left out. What is wrong with one doesn't keep the others."""
    from bot.anonymise import folder
    from bot.anonymise.formats import NotAnInterview
    from bot.anonymise.risk.command import read_members

    folder.check_places(source, out, force=force)
    known, members = known_to(roster), read_members(roster) if roster else []
    anonymiser = anonymiser_for(settings)
    done: list[folder.Done] = []
    paths, left = folder.interviews(source), folder.others(source)
    for path in left:
        terminal.complain(NotAnInterview(file=path.name).sentence)
    with terminal.bars("Masking") as progress:
        for path in paths:
            progress(path, 0.0)
            try:
                done.append(folder.mask_file(path, out, anonymiser, known, log=log, members=members))
            except Trouble as trouble:
                terminal.complain(f"{path.name}: {trouble.sentence}")
            progress(path, 1.0)
    if as_json:
        print_json([each.to_json() for each in done])
    elif done:
        typer.echo("\n".join(each.line() for each in done))
    return 0 if len(done) == len(paths) and not left else 2


def _show_masked(text: str, anonymiser: Any, known: "Known", as_json: bool) -> None:
    from bot.anonymise.command import masked_text, spans

    paragraphs = masked_text(text, anonymiser, known).paragraphs
    masked = "\n".join(paragraph.text for paragraph in paragraphs)
    if not as_json:
        typer.echo(masked, nl=not masked.endswith("\n"))
        return
    rows: list[dict[str, Any]] = []
    start = 0  # of the paragraph in the whole text
    for paragraph in paragraphs:
        rows += [row | {"start": row["start"] + start, "end": row["end"] + start} for row in _rows(spans(paragraph))]
        start += len(paragraph.original) + 1
    print_json({"masked": masked, "spans": rows})


def _rows(spans: list[dict[str, object]]) -> Iterator[dict[str, Any]]:
    yield from spans


def known_to(roster: Path | None) -> "Known":
    from bot.anonymise.command import read_roster
    from bot.anonymise.models import Known

    return read_roster(roster) if roster else Known()


@app.command()
def unmask(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Markdown that `anonymise --out` wrote.")],
    log: Annotated[Path, typer.Argument(metavar="LOG", help="Its log.")],
) -> None:
    """Print a masked interview as it was, from its log."""
    from bot.anonymise.folder import undo

    text = undo(file, log)
    typer.echo(text, nl=not text.endswith("\n"))


@app.command()
def rehearse(
    file: Annotated[Path, typer.Argument(metavar="FILE.jsonl|-", help='Lines {"id", "text"}; - is stdin.')],
    roster: Annotated[
        Path | None, typer.Option(metavar="members.csv", help="Those whom it could be; ROSTER if not given.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="A JSON object a line, as README.md describes it.")] = False,
) -> None:
    """See whom somebody who knows every member would take for the speaker of a text."""
    from bot.anonymise.risk.command import read_members, rehearsed_lines
    from bot.clock import system_clock

    roster = roster or terminal.load_settings().roster
    if roster is None:
        raise typer.BadParameter("name the members with --roster members.csv")
    members = read_members(roster)
    with opened(file) as stream:
        lines = (text_of(raw, file) for raw in stream)
        for row in rehearsed_lines(lines, members, year=system_clock().year):
            print(json.dumps(row, ensure_ascii=False) if as_json else _rehearsed(row), flush=True)


def _rehearsed(row: dict[str, Any]) -> str:
    clues = [f"  {clue['phrase']} ({'; '.join(clue['fits'])})" for clue in row["clues"]]
    first = ", ".join(row["ranking"][:3])
    return "\n".join([f"{row['id']}: most like {first}", *clues, f"  softer: {row['softened']}"])

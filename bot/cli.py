"""The `collaborate` command: one thin function a subcommand. What each prints is described in README.md."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, Literal

import typer
from typer.main import get_command

from bot import logs, terminal
from bot.errors import Trouble
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.anonymise.models import Known

Json = Annotated[bool, typer.Option("--json", help="Write JSON, as README.md describes it.")]
EngineName = Literal["whisper", "faster-whisper"]

app = typer.Typer(cls=terminal.Careful, no_args_is_help=True, add_completion=False, rich_markup_mode="markdown")
database = typer.Typer(no_args_is_help=True, help="The database.")
keys = typer.Typer(help="Print a fresh master key.")
app.add_typer(database, name="db")
app.add_typer(keys, name="key")


class NoSuchFile(Trouble):
    """There is no file {file} that I can read."""


class NotText(Trouble):
    """{file} isn't text in UTF-8, so I left it alone."""


def main() -> None:
    """The entry point."""
    sys.excepthook = terminal.broke
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")  # half a surrogate pair in JSON stays an escape
    get_command(app).main(prog_name="collaborate")


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


@app.command()
def demo(
    once: Annotated[
        bool, typer.Option("--once", help="Play a scenario instead, then end; 0 if all of it happened.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="With --once: write JSON, as README.md describes it.")
    ] = False,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port of the sandbox; else a free one.")] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Don't open a browser.")] = False,
) -> None:
    """Try it all on this machine, in a Slack workspace of its own that opens in the browser."""
    from bot.demo.command import run_demo

    if as_json and not once:
        raise typer.BadParameter("--json writes what came of the scenario: use it with --once")
    raise typer.Exit(run_demo(once=once, as_json=as_json, port=port, open_page=not no_open))


@app.command()
def serve() -> None:
    """Run the bot until it is told to stop (Ctrl-C, or SIGTERM)."""
    settings = terminal.load_settings()
    logs.set_up(settings.log_level)
    from bot.app import Bot

    stop = terminal.Stop()
    with Bot(settings):
        stop.wait()
    raise typer.Exit(stop.exit_code)


@app.command()
def check(as_json: Json = False) -> None:
    """Look whether everything is in place, and say how to mend what isn't."""
    from bot.doctor.findings import exit_code
    from bot.doctor.visit import examine

    findings = []
    for finding in examine(terminal.load_settings):
        findings.append(finding)
        if not as_json:
            typer.echo(finding.line())
    if as_json:
        _print_json([finding.to_json() for finding in findings])
    raise typer.Exit(exit_code(findings))


@app.command()
def transcribe(
    audio: Annotated[list[Path], typer.Argument(metavar="AUDIO...", help="Recordings, in any usual format.")],
    engine: Annotated[EngineName | None, typer.Option(help="SPEECH_ENGINE if not given.")] = None,
    model: Annotated[str | None, typer.Option(metavar="NAME|PATH", help="SPEECH_MODEL if not given.")] = None,
    as_json: Json = False,
) -> None:
    """Turn recordings into text, here on this machine."""
    from bot.voice.command import transcribe_files

    settings = terminal.load_settings()
    results: list[dict[str, Any]] = []
    bad: list[Path] = []

    def skip(path: Path, trouble: Trouble) -> None:
        bad.append(path)
        terminal.complain(f"{path}: {trouble.sentence}")

    try:
        with terminal.bars("Loading the speech model (the first time takes longer)") as progress:
            results += transcribe_files(
                audio,
                engine=engine or settings.speech_engine,
                model=model or settings.speech_model,
                threads=settings.speech_threads,
                weights_dir=settings.weights,
                progress=progress,
                max_seconds=settings.max_audio_minutes * 60,
                on_trouble=skip,
            )
    finally:  # what was heard before a failure, or before Ctrl-C, is not lost
        _show_transcripts(results, as_json and bool(results or bad), alone=len(audio) == 1)
    raise typer.Exit(2 if bad else 0)


def _show_transcripts(results: list[dict[str, Any]], as_json: bool, alone: bool) -> None:
    if as_json:
        _print_json(results)
    elif results:
        typer.echo("\n\n".join(each["text"] if alone else f"{each['file']}\n{each['text']}" for each in results))


@app.command()
def anonymise(
    file: Annotated[Path, typer.Argument(metavar="[FILE|-]", help="Text to read; - is stdin.")] = Path("-"),
    jsonl: Annotated[bool, typer.Option("--jsonl", help="A JSON object a line comes in, one a line goes out.")] = False,
    roster: Annotated[
        Path | None, typer.Option(metavar="members.csv", help="People whose names must always go; ROSTER if not given.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Hide what identifies people in a text."""
    from bot.anonymise.command import masked_lines
    from bot.anonymise.pipeline import load

    if jsonl and as_json:
        raise typer.BadParameter("--jsonl writes JSON already: leave out --json")
    known = _known(roster or terminal.load_settings().roster)
    with _opened(file) as stream:
        whole = None if jsonl else _text(stream.read(), file)
        with terminal.waiting("Loading the anonymiser"):
            anonymiser = load()
        if whole is None:
            for line in masked_lines((_text(raw, file) for raw in stream), anonymiser, known):
                print(line, flush=True)
        else:
            _show_masked(whole, anonymiser, known, as_json)


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
    _print_json({"masked": masked, "spans": rows})


def _rows(spans: list[dict[str, object]]) -> Iterator[dict[str, Any]]:
    yield from spans


def _known(roster: Path | None) -> "Known":
    from bot.anonymise.command import read_roster
    from bot.anonymise.models import Known

    return read_roster(roster) if roster else Known()


def _opened(file: Path) -> BinaryIO:
    try:
        return sys.stdin.buffer if str(file) == "-" else file.open("rb")
    except OSError as error:
        raise NoSuchFile(file=file) from error


def _text(raw: bytes, file: Path) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotText(file="What came in" if str(file) == "-" else file) from error


@app.command()
def manifest() -> None:
    """Print the app manifest that Slack asks for when the app is made."""
    from bot.slack.manifest import manifest as slack_manifest

    _print_json(slack_manifest())


@database.command()
def upgrade() -> None:
    """Bring the database to the tables of this version."""
    from bot.store import migrate

    with _store(terminal.load_settings()) as store:
        migrate.upgrade(store)
        typer.echo(f"The database is up to date (revision {migrate.current(store)}).")


@keys.callback(invoke_without_command=True)
def key(context: typer.Context) -> None:
    """Print a fresh master key. Nothing is changed."""
    if context.invoked_subcommand is None:
        from cryptography.fernet import Fernet

        typer.echo(Fernet.generate_key().decode("ascii"))


@keys.command("rotate")
def rotate_keys() -> None:
    """Encrypt everything anew under the newest master key. Stop the bot first."""
    from bot.store import rotate
    from bot.store.lock import OnlyOne

    settings = terminal.load_settings()
    rotate.need_two_keys(settings)
    alone = OnlyOne(settings.data_dir)
    with _store(settings) as store, terminal.waiting("Encrypting everything anew"):
        count = rotate.rotate(store)
    alone.release()
    typer.echo(f"{count} values are under the newest key now. The older keys can go, once no back-up needs them.")


def _store(settings: Settings) -> Any:
    from contextlib import closing

    from bot.store.engine import Store

    return closing(Store.open(settings))


def _print_json(content: object) -> None:
    typer.echo(json.dumps(content, ensure_ascii=False, indent=2))

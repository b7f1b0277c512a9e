"""Recordings into text."""

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from bot import terminal
from bot.cli.output import Json, print_json
from bot.cli.tree import app
from bot.errors import Trouble

EngineName = Literal["whisper", "faster-whisper"]


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
        print_json(results)
    elif results:
        typer.echo("\n\n".join(each["text"] if alone else f"{each['file']}\n{each['text']}" for each in results))

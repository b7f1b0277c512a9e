"""What `collaborate transcribe` does: files in, one plain answer a file out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bot.errors import Failure, Trouble
from bot.voice.audio import decode
from bot.voice.transcribe import EngineName, Transcriber, load

HOUR = 3600.0


def ignore(path: Path, fraction: float) -> None:
    """Nobody is watching the progress."""


def transcribe_files(
    paths: Iterable[Path],
    *,
    engine: EngineName,
    model: str,
    threads: int,
    weights_dir: Path,
    progress: Callable[[Path, float], None] = ignore,
    max_seconds: float = HOUR,
    names: Sequence[str] = (),
    on_trouble: Callable[[Path, Trouble], None] | None = None,
) -> Iterator[dict[str, Any]]:
    """For each file {"file", "seconds", "engine", "model", "text", "segments", "elapsed"}, as soon as it is done.

    `progress` gets the file and a fraction from 0 to 1. A file that cannot be used is told to `on_trouble` and the
    next one follows; without it the error is raised. A failure of ours (no weights, no disk) is always raised.
    """
    transcriber = load(engine, model, threads=threads, weights_dir=weights_dir)
    for path in paths:
        try:
            yield _one(transcriber, path, progress, max_seconds, names)
        except Failure:
            raise
        except Trouble as trouble:
            if on_trouble is None:
                raise
            on_trouble(path, trouble)


def _one(
    transcriber: Transcriber,
    path: Path,
    progress: Callable[[Path, float], None],
    max_seconds: float,
    names: Sequence[str],
) -> dict[str, Any]:
    audio = decode(path, max_seconds=max_seconds)
    found = transcriber.transcribe(audio, names=names, progress=lambda fraction: progress(path, fraction))
    return {"file": str(path), **found.to_json()}

"""What whoever starts a sandbox hands to its page: a tour, sample recordings, and who hears of a moved clock."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.sandbox.workspace.audio_facts import seconds_of

Json = dict[str, Any]

_RECORDINGS = {".ogg": "audio/ogg", ".m4a": "audio/mp4", ".webm": "audio/webm", ".mp3": "audio/mpeg",
               ".wav": "audio/wav"}  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """A recording that can be sent instead of one's own voice."""

    name: str
    title: str
    seconds: int
    path: Path
    mimetype: str


@dataclass
class Stage:
    """The extras of a page. `guide` is the tour as the page reads it, None without one.

    `largest_file` is in bytes. `suggested`: what an external select of the app offered somebody, by person, place,
    block_id and action_id.
    """

    guide: Json | None = None
    samples: dict[str, Sample] = field(default_factory=dict)
    clock_moved: list[Callable[[datetime], None]] = field(default_factory=list)
    largest_file: int = 200 * 1024 * 1024
    suggested: dict[tuple[str, str, str, str], list[Json]] = field(default_factory=dict)


def samples_in(folder: Path | None) -> dict[str, Sample]:
    """The recordings of a folder by their names without the ending, none without a folder."""
    files = sorted(folder.iterdir()) if folder else []
    return {file.stem: _sample(file) for file in files if file.suffix in _RECORDINGS}


def _sample(file: Path) -> Sample:
    title = file.stem.replace("-", " ").replace("_", " ").capitalize()
    return Sample(file.stem, title, round(seconds_of(file)), file, _RECORDINGS[file.suffix])

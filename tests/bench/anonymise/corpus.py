"""The marked passages and their gold spans, in two halves: tuned on, and held out.

Each line is {"id", "half", "marked"}; in `marked` a stretch that must go stands as {LABEL:text}, a full home address as
{LOCATION!:text} (it counts as direct). README.md says where they come from. Nobody in them exists.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

TUNED = Path(__file__).parents[3] / "bot" / "anonymise" / "training" / "passages"
HELD = Path(__file__).parent / "held.jsonl"
DIRECT = frozenset({"PERSON", "CONTACT", "ID"})
_MARK = re.compile(r"\{([A-Z_]+)(!?):([^{}]*)\}")


@dataclass(frozen=True)
class Gold:
    """One stretch that must go, with offsets in the plain text."""

    start: int
    end: int
    label: str
    direct: bool


@dataclass(frozen=True)
class Passage:
    """A passage without its marks, and what must go from it."""

    id: str
    text: str
    gold: tuple[Gold, ...]


def parsed(name: str, marked: str) -> Passage:
    """The passage that a marked text describes."""
    text, gold, at = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        direct = mark[1] in DIRECT or mark[2] == "!"
        gold.append(Gold(len(text), len(text) + len(mark[3]), mark[1], direct))
        text += mark[3]
        at = mark.end()
    return Passage(name, text + marked[at:], tuple(gold))


def read(files: Iterable[Path]) -> list[Passage]:
    """The passages of some files, in order; their ids begin with the file's name."""
    rows = [
        (file.stem, json.loads(line))
        for file in files
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    return [parsed(f"{stem}:{row['id']}", row["marked"]) for stem, row in rows]


def tuned() -> list[Passage]:
    """What rules and the learned layer were tuned on."""
    return read(sorted(TUNED.glob("*.jsonl")))


def first() -> list[Passage]:
    """The passages that the first rules were written against: what was reached there is not given up again."""
    return read([TUNED / "short.jsonl"])


def held() -> list[Passage]:
    """What nobody tunes on: measured, and not read."""
    return read([HELD])

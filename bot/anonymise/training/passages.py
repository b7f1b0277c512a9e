"""The marked passages that the learned layer is trained on.

Each line of passages/*.jsonl is {"id", "marked"}; in `marked` a stretch that must go stands as {LABEL:text}, a full
home address as {LOCATION!:text}. All were written for this project; nobody in them exists.
"""

import json
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "passages"
_MARK = re.compile(r"\{([A-Z_]+)(!?):([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a passage; `label` is "" where it may stay; `whole` for a full home address."""

    text: str
    label: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage in parts; `fold` is the share of the cross-validation that it belongs to."""

    id: str
    fold: int
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The passage as it was said."""
        return "".join(part.text for part in self.parts)

    def marks(self) -> list[tuple[int, int, str]]:
        """Start, end and label of each stretch that must go."""
        found, at = [], 0
        for part in self.parts:
            if part.label:
                found.append((at, at + len(part.text), part.label))
            at += len(part.text)
        return found


def read(files: Iterable[Path], folds: int) -> list[Passage]:
    """All passages of the files, each in a fold that only its name decides."""
    rows = [(file.stem, json.loads(line)) for file in files for line in file.read_text("utf-8").splitlines() if line]
    return [
        Passage(f"{stem}:{row['id']}", zlib.crc32(f"{stem}:{row['id']}".encode()) % folds, _parts(row["marked"]))
        for stem, row in rows
    ]


def held_back(passage: Passage) -> bool:
    """Whether a passage is kept from the shipped network, so that its bars are set on what it hasn't seen."""
    return passage.id[:2] in ("h:", "i:", "j:") and zlib.crc32(passage.id.encode()) % 3 == 0


def _parts(marked: str) -> tuple[Part, ...]:
    parts, at = [], 0
    for mark in _MARK.finditer(marked):
        parts += [Part(marked[at : mark.start()]), Part(mark[3], mark[1], bool(mark[2]))]
        at = mark.end()
    return tuple(part for part in [*parts, Part(marked[at:])] if part.text)


def pools(passages: Sequence[Passage], fold: int) -> dict[str, list[str]]:
    """What is marked in the passages of one fold, by label: only there may it be put in another's place."""
    found: dict[str, list[str]] = {}
    for passage in passages:
        for part in passage.parts:
            if part.label and not part.whole and passage.fold == fold:
                found.setdefault(part.label, []).append(part.text)
    return found


def ordinary(passages: Sequence[Passage], fold: int) -> list[str]:
    """The ordinary words of one fold's passages, each as often as it is said."""
    texts = [part.text for passage in passages for part in passage.parts if passage.fold == fold and not part.label]
    return [word for text in texts for word in re.findall(r"(?<![\w'’])[a-z]{4,}(?![\w'’])", text)]

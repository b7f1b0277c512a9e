"""The operator's lists in their folder (DATA_DIR/gazetteer): added whole or not at all, listed, removed."""

import gzip
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.anonymise.gazetteer.files import read
from bot.anonymise.gazetteer.names import Gazetteer, Kind
from bot.errors import Failure, Trouble

_ENDING = ".tsv.gz"


class NoSuchGazetteer(Trouble):
    """There is no list called {name}. `collaborate gazetteer list` shows what there is."""


class GazetteerBroken(Failure):
    """The list {name} can't be read any more, so nothing is anonymised without it. Remove it and add it again."""


class CannotKeep(Failure):
    """I couldn't keep the list in {folder}: {why}. Nothing was added."""


@dataclass(frozen=True, slots=True)
class Added:
    """A list in the folder: its name, and how many names of each kind it holds."""

    name: str
    counts: dict[Kind, int]

    def line(self) -> str:
        """As a line for a person: "wards: 12 places"."""
        return f"{self.name}: " + ", ".join(f"{count:,} {kind}" for kind, count in sorted(self.counts.items()))


def add(folder: Path, file: Path, kind: Kind | None = None) -> Added:
    """Takes a file in under its own name, in place of an older one of that name. The errors of `files.read`."""
    names = read(file, kind)
    name = re.sub(r"[^\w-]+", "-", file.name.split(".")[0]).strip("-").lower() or "list"
    waiting = folder / f".{name}.new"
    lines = "\n".join(f"{kind}\t{text}" for text, kind in names)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        waiting.write_bytes(gzip.compress(lines.encode(), mtime=0))
        waiting.replace(folder / f"{name}{_ENDING}")
    except OSError as error:
        raise CannotKeep(folder=folder, why=(error.strerror or "the disk would not take it").lower()) from None
    return Added(name, Counter(kind for _, kind in names))


def listing(folder: Path) -> list[Added]:
    """Every list in the folder, by name."""
    return [Added(_name(path), Counter(kind for _, kind in _names(path))) for path in _lists(folder)]


def remove(folder: Path, name: str) -> None:
    """Takes a list away; NoSuchGazetteer if there is none of that name."""
    if name not in (_name(path) for path in _lists(folder)):
        raise NoSuchGazetteer(name=name)
    (folder / f"{name}{_ENDING}").unlink()


def load(folder: Path | None) -> Gazetteer:
    """All lists as one. GazetteerBroken rather than a list that is quietly left out."""
    return Gazetteer.of(entry for path in (_lists(folder) if folder else []) for entry in _names(path))


def _lists(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"[!.]*{_ENDING}"))


def _name(path: Path) -> str:
    return path.name.removesuffix(_ENDING)


def _names(path: Path) -> Iterator[tuple[str, Kind]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:  # a line at a time: a list may be as large as a model
            for line in lines:
                kind, _, text = line.rstrip("\n").partition("\t")
                yield text, Kind(kind)
    except (OSError, EOFError, ValueError):
        raise GazetteerBroken(name=_name(path)) from None

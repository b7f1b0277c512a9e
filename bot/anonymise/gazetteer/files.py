"""Reads what an operator brings: the NHS list of practices, OS Open Names, or a plain list."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from bot.anonymise.gazetteer.names import LONGEST, Kind, says_something
from bot.anonymise.text import folded_words
from bot.errors import Trouble

#: columns of epraccur (NHS organisation data, published without a header): code, name, prescribing setting
_CODE, _NAME, _SETTING = 0, 1, 25
_GP_PRACTICE = "4"
_ODS_CODE = re.compile(r"[A-Z]\d{5}")
#: columns of OS Open Names: id, name, second name, type, local type
_NAME1, _NAME2, _TYPE = 2, 4, 6
_OPEN_NAMES = re.compile(r"osgb\d+$", re.I)
_SETTLEMENT = "populatedPlace"
#: a name longer than this is no name, and the file no list
_TOO_LONG = 120
_HEADINGS = frozenset({"name", "names", "place", "places", "practice", "programme", "programmes", "organisation"})


class NoSuchList(Trouble):
    """I can't open {file}. Nothing was added."""


class NotAList(Trouble):
    """{file} isn't a list that I can read: line {line} {why}. Nothing was added."""


class EmptyList(Trouble):
    """There are no names in {file}, so nothing was added."""


class SayWhatKind(Trouble):
    """I can't tell what {file} holds. Add it again with --kind places, practices, programmes or people."""


def read(path: Path, kind: Kind | None) -> list[tuple[str, Kind]]:
    """Every name of a file (CSV, text, or a zip of CSV files) with its kind, each once; what says nothing is left out.

    NoSuchList, NotAList with the line, EmptyList, or SayWhatKind for a plain list without `kind`.
    """
    found: dict[tuple[str, Kind], None] = {}
    for name, line, row in _rows(path):
        for text, known in _names(path, row, kind):
            _check(path, name, line, text)
            if says_something(folded_words(text)):
                found[" ".join(text.split()), known] = None
    if not found:
        raise EmptyList(file=path.name)
    return list(found)


def _names(path: Path, row: list[str], kind: Kind | None) -> Iterator[tuple[str, Kind]]:
    """The names of one row, by the file's own columns where it is one of the two known lists."""
    if len(row) > _SETTING and _ODS_CODE.fullmatch(row[_CODE].strip()):
        if row[_SETTING].strip() in (_GP_PRACTICE, ""):
            yield row[_NAME], kind or Kind.PRACTICES
    elif len(row) > _TYPE and _OPEN_NAMES.match(row[0].strip().lstrip("\ufeff")):
        if row[_TYPE].strip() == _SETTLEMENT:
            yield from ((name, kind or Kind.PLACES) for name in (row[_NAME1], row[_NAME2]) if name.strip())
    elif row and row[0].strip() and row[0].strip().casefold() not in _HEADINGS and not row[0].startswith("#"):
        if kind is None:
            raise SayWhatKind(file=path.name)
        yield row[0], kind


def _check(path: Path, inner: str, line: int, text: str) -> None:
    why = ""
    if "\0" in text or any(ord(letter) < 32 and letter not in "\t" for letter in text):
        why = "holds signs that no name has"
    elif len(text) > _TOO_LONG or len(folded_words(text)) > LONGEST:
        why = "is too long for a name"
    if why:
        raise NotAList(file=inner or path.name, line=line, why=why)


def _rows(path: Path) -> Iterator[tuple[str, int, list[str]]]:
    """(name inside a zip or "", line number from 1, cells) of every row."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as bundle:
                for inner in sorted(name for name in bundle.namelist() if name.lower().endswith(".csv")):
                    with bundle.open(inner) as raw:
                        yield from _of_one(path, inner, raw)
        else:
            with path.open("rb") as raw:
                yield from _of_one(path, "", raw)
    except (
        OSError,
        zipfile.BadZipFile,
        zlib.error,
        RuntimeError,
    ):  # the last: it wants a password, or is of a new sort
        raise NoSuchList(file=path.name) from None


def _of_one(path: Path, inner: str, raw: IO[bytes]) -> Iterator[tuple[str, int, list[str]]]:
    name, line = inner or path.name, 0
    if "header" in name.lower():
        return  # OS Open Names names its columns in a file beside the others
    try:
        with io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
            for line, row in enumerate(csv.reader(text, strict=True), 1):
                yield inner, line, row
    except UnicodeDecodeError:
        raise NotAList(file=name, line=line + 1, why="isn't text in UTF-8") from None
    except csv.Error:
        raise NotAList(file=name, line=line + 1, why="isn't a row of a CSV file") from None

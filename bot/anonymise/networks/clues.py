"""What a word looks like and which lists know it: what the uncased encoder can't see, for the learned layer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.anonymise.keep import kept_ranges
from bot.anonymise.lists import english, given_names, listed, nicknames, places, plain, surnames
from bot.anonymise.networks.encoder import Reading
from bot.anonymise.phrases import Phrases
from bot.anonymise.rules.titles import TITLES
from bot.anonymise.text import fold, starts_sentence, words

_UNIT = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
#: how many clues a word has
CLUES = 27
#: Rampart's own outputs in sorts: not an identifier, people, contacts, numbers of all kinds, places
_SORTS = ((0, 1), (1, 5), (5, 11), (11, 23), (23, 35))
#: how many numbers go to the learned layer beside the state of a token
EXTRA = CLUES + len(_SORTS)


@dataclass(frozen=True, slots=True)
class Unit:
    """A run of letters or digits: what is masked whole or not at all."""

    start: int
    end: int


def units(piece: str) -> list[Unit]:
    """Every run of letters and digits, apostrophes within."""
    return [Unit(*match.span()) for match in _UNIT.finditer(piece)]


@dataclass(frozen=True, slots=True)
class Clued:
    """A reading's units, which unit each token belongs to (-1 for none), and its extra numbers (tokens x EXTRA)."""

    units: list[Unit]
    owners: list[int]
    extra: Any


def clued(reading: Reading) -> Clued:
    """What goes to the learned layer beside the state: each token's word's clues, and Rampart's answer in sorts."""
    import numpy as np

    found = units(reading.piece)
    owner = {at: i for i, unit in enumerate(found) for at in range(unit.start, unit.end)}
    owners = [owner.get(start, -1) if start < end else -1 for start, end in reading.offsets]
    rows = np.vstack([clues(reading.piece, found), np.zeros((1, CLUES), dtype=np.float32)])
    sorts = [reading.odds[:, start:end].sum(axis=1, keepdims=True) for start, end in _SORTS]
    return Clued(found, owners, np.hstack([rows[owners], *sorts]).astype(np.float32))


def clues(piece: str, found: Sequence[Unit]) -> Any:
    """An array (units x CLUES) of zeros and ones."""
    import numpy as np

    rows = np.zeros((len(found), CLUES), dtype=np.float32)
    capitals = any(character.isupper() for character in piece)
    for row, unit in zip(rows, found, strict=True):
        row[:23] = _of_word(piece, unit, capitals)
    heard = words(piece)
    for column, stretches in enumerate(_stretches(piece, heard), 23):
        for start, end in stretches:
            for i, unit in enumerate(found):
                rows[i, column] = max(rows[i, column], float(start <= unit.start < end))
    return rows


def looks_odd(extra: Any) -> bool:
    """Whether a token's extra numbers say that its word looks like a name: a capital in a sentence, or no English."""
    inside, number, code, english_word = extra[0], extra[4], extra[5], extra[8]
    return bool(inside or not (english_word or number or code))


def _of_word(piece: str, unit: Unit, capitals: bool) -> list[bool]:
    word = piece[unit.start : unit.end]
    first = starts_sentence(piece, unit.start)
    bare = re.sub(r"['’]s$", "", word)
    return [
        word[0].isupper() and not first,
        word[0].isupper() and first,
        len(word) > 1 and word.isupper(),
        capitals,
        word.isdigit(),
        any(c.isdigit() for c in word) and not word.isdigit(),
        len(word) == 1,
        first,
        *_listed(fold(bare)),
    ]


@cache
def _listed(folded: str) -> tuple[bool, ...]:
    """Which lists know a folded word."""
    return (
        folded in english(),
        folded in given_names(),
        folded in surnames(),
        folded in places(),
        folded in nicknames(),
        folded in TITLES,
        folded in listed("everyday_names"),
        folded in listed("org_endings"),
        folded in listed("practice_words"),
        folded in listed("generic_words"),
        folded in listed("word_towns"),
        folded in listed("org_common"),
        folded in _each("health_words"),
        folded in _each("kin_words"),
        folded in _each("role_words"),
    )


@cache
def _each(name: str) -> frozenset[str]:
    """The words of a list that has many a line."""
    return frozenset(fold(word) for line in plain(name) for word in line.split())


def _stretches(piece: str, heard: Any) -> list[list[tuple[int, int]]]:
    """Where phrases of several words stand: places, what the policy keeps, illnesses, eponyms."""
    return [
        *([(part[0].start, part[-1].end) for part, _ in finder.find(piece, heard)] for finder in _finders()),
        kept_ranges(piece),
    ]


@cache
def _finders() -> tuple[Phrases[bool], ...]:
    return (
        Phrases((name, True) for name in places() if " " in name),
        Phrases((name, True) for name in plain("conditions")),
        Phrases((name, True) for name in plain("eponyms")),
    )

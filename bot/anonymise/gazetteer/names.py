"""The names of all of an operator's lists, and where they stand in a text.

A million names must fit beside the models, so a name is kept as the hash of its folded words (about 80 bytes), and the
longest name that begins with a word beside that word.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.anonymise.lists import listed
from bot.anonymise.models import Label, Span
from bot.anonymise.rules.places import is_led, is_place
from bot.anonymise.text import Word, folded_words, is_english, stands_out, together, words


class Kind(StrEnum):
    """What a list holds."""

    PLACES = "places"
    PRACTICES = "practices"
    PROGRAMMES = "programmes"
    PEOPLE = "people"


_LABELS = {
    Kind.PLACES: Label.LOCATION,
    Kind.PRACTICES: Label.ORG,
    Kind.PROGRAMMES: Label.ORG,
    Kind.PEOPLE: Label.PERSON,
}
#: no name in any list is longer than this many words
LONGEST = 12


@dataclass(frozen=True)
class Gazetteer:
    """Every name of every list: `kinds` by the hash of its words, `reach` the most words of a name by its first."""

    kinds: dict[int, Kind] = field(default_factory=dict)
    reach: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Iterable[tuple[str, Kind]]) -> "Gazetteer":
        """From names and what they are; of two kinds the first said counts."""
        made = cls()
        for name, kind in names:
            key = folded_words(name)[:LONGEST]
            if says_something(key):
                made.kinds.setdefault(hash(key), kind)
                made.reach[key[0]] = max(len(key), made.reach.get(key[0], 0))
        return made

    def find(self, text: str) -> list[Span]:
        """Spans of every name that is meant, the longest at each word."""
        return list(self._spans(text, words(text))) if self.kinds else []

    def _spans(self, text: str, found: Sequence[Word]) -> Iterator[Span]:
        at = 0
        while at < len(found):
            hit = self._longest(text, found, at)
            if hit:
                part, kind = hit
                yield Span(part[0].start, part[-1].end, _LABELS[kind], "gazetteer", 0.9)
            at += len(hit[0]) if hit else 1

    def _longest(self, text: str, found: Sequence[Word], at: int) -> tuple[Sequence[Word], Kind] | None:
        for length in range(min(self.reach.get(found[at].folded, 0), len(found) - at), 0, -1):
            part = found[at : at + length]
            kind = self.kinds.get(hash(tuple(word.folded for word in part)))
            if kind and together(text, part) and _is_meant(text, part, kind):
                return part, kind
        return None


def says_something(key: Sequence[str]) -> bool:
    """Whether a name has a word of its own: "Health Centre" and "The Surgery" could be anybody's."""
    return any(word not in listed("org_common") and len(word) > 1 for word in key)


def _is_meant(text: str, part: Sequence[Word], kind: Kind) -> bool:
    """A single ordinary word is a name only where a capital, or "at", "in" or "called" before it, speaks for it."""
    if kind is Kind.PLACES:
        return is_place(text, part, "village")
    if len(part) > 1 or not is_english(part[0].folded):
        return True
    return stands_out(text, part[0]) or (kind is not Kind.PEOPLE and is_led(text, part[0].start))

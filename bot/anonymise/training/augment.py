"""Variants of a passage: other names, places and numbers, other case, other punctuation, what is masked already.

Whatever is put in comes from the passage's own fold: marks of its passages, and its share of the lists of names. So a
word put into a training passage is never one that was put into a passage held back.
"""

import random
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from bot.anonymise.lists import given_names, places, surnames
from bot.anonymise.rules.titles import TITLES
from bot.anonymise.text import fold
from bot.anonymise.training.passages import Part, Passage

#: the sort of words that stand where something is hidden already
_STANDING = {
    "PERSON": ("a colleague", "another colleague", "a third colleague", "name", "a patient", "a family member"),
    "LOCATION": ("a town", "another town", "a village", "an area", "a county", "a street", "a city", "an address"),
    "ORG": ("a practice", "another practice", "a PCN", "a programme", "a trust", "a hospital", "a charity", "a school"),
    "DATE": ("date", "in my forties", "in her thirties", "a day in spring", "that autumn", "in my fifties"),
    "CONTACT": ("phone number", "e-mail address", "handle", "contact details"),
    "ID": ("identifier", "registration number", "bank details", "NHS number"),
    "HEALTH": ("a health matter", "health details", "unwell"),
    "FAMILY": ("family details", "works locally", "a school"),
    "ROLE_UNIQUE": ("a leadership role", "a senior role"),
}
#: how a name made of ordinary words goes
_SHAPES = (
    "{first}", "the {first}", "{first} and {second}", "{first} {second}", "the {first} {second}", "{first} house",
    "{first} surgery", "{first} street", "the {first} project", "{first} practice", "project {first}", "{first} pcn",
)  # fmt: skip
_MINE = re.compile(r"(?:my|her|his|their|our|the|an?|your)\b", re.I)


_SENTENCE = re.compile(r"[.!?…]\s+")
_GAP = re.compile(r"\s+")
#: about how many words a stretch cut out of a passage has
_LENGTHS = (4, 6, 9, 13, 18)


@cache
def _share(kind: str, fold_number: int, folds: int) -> tuple[str, ...]:
    """One fold's share of a list."""
    names: Iterable[str] = places() if kind == "place" else given_names() if kind == "given" else surnames()
    mine = (name for name in names if zlib.crc32(name.encode()) % folds == fold_number and len(name) > 2)
    return tuple(sorted(mine))


@dataclass
class Variants:
    """Makes variants of the passages of one fold."""

    fold: int
    folds: int
    pool: Mapping[str, Sequence[str]]
    ordinary: Sequence[str] = ()
    chance: random.Random = field(default_factory=random.Random)

    def of(self, passage: Passage) -> Passage:
        """A variant of a passage."""
        parts = list(passage.parts)
        if self._happens(0.85):
            parts = self._swapped(parts)
        if self._happens(0.12):
            parts = [self._standing(part) if part.label and self._happens(0.6) else part for part in parts]
        roll = self.chance.random()
        if roll < 0.3:
            parts = [replace(part, text=_plain(part)) for part in parts]
        elif roll < 0.36:
            parts = [replace(part, text=part.text.lower()) for part in parts]
        elif roll < 0.42:
            parts = [replace(part, text=part.text.lower()) if part.label else part for part in parts]
        elif roll < 0.52:
            parts = _cased(parts)
        return replace(passage, parts=tuple(part for part in parts if part.text))

    def cut(self, passage: Passage) -> Passage:
        """One sentence of a passage, or a few words, marks whole; so that short texts are no strangers."""
        text, marks = passage.text, passage.marks()
        ends = _SENTENCE if self._happens(0.6) else _GAP
        places = [0, *(m.end() for m in ends.finditer(text)), len(text)]
        places = [at for at in places if not any(start < at < end for start, end, _ in marks)]
        first = self.chance.randrange(len(places) - 1)
        most = self.chance.choice(_LENGTHS)
        last = next((at for at in places[first + 1 :] if len(text[places[first] : at].split()) >= most), places[-1])
        return replace(passage, parts=tuple(_within(passage.parts, places[first], last)))

    def _happens(self, odds: float) -> bool:
        return self.chance.random() < odds

    def _swapped(self, parts: Sequence[Part]) -> list[Part]:
        """Other names in place of these, the same one for every repeat."""
        names: dict[str, str] = {}
        lower = not any(c.isupper() for part in parts for c in part.text)
        done = []
        for part in parts:
            text = part.text
            if part.label == "PERSON" and self._happens(0.75):
                text = self._person(text, names)
            elif part.label == "LOCATION" and not part.whole and self._happens(0.7):
                text = names.setdefault(fold(text), self._place(text))
            elif part.label in ("CONTACT", "ID") and self._happens(0.6):
                text = re.sub(r"\d", lambda _: str(self.chance.randrange(10)), text)
            elif part.label == "ORG" and self.ordinary and self._happens(0.3):
                text = names.setdefault(fold(text), self._made_up(text))
            elif part.label and part.label != "PERSON" and not part.whole and self._happens(0.45):
                text = self._other(part)
            done.append(replace(part, text=text.lower() if lower else text))
        return done

    def _person(self, text: str, names: dict[str, str]) -> str:
        """Other names in place of each word of a name; titles, initials and numbers stay."""
        words = re.split(r"([^\W\d_]+(?:['’][^\W\d_]+)*)", text)
        spoken = [i for i in range(1, len(words), 2) if len(words[i]) > 2 and fold(words[i]) not in TITLES]
        for place, i in enumerate(spoken):
            kind = "surname" if place or (i > 1 and fold(words[1]) in TITLES) else "given"
            new = names.setdefault(fold(words[i]), self.chance.choice(_share(kind, self.fold, self.folds)))
            if self._happens(0.1):
                new = self._misheard(new)
            words[i] = new.title() if words[i][0].isupper() else new
        return "".join(words)

    def _misheard(self, name: str) -> str:
        """A letter doubled, dropped or changed places with the next."""
        at = self.chance.randrange(len(name))
        return self.chance.choice(
            [
                name[:at] + name[at:][:1] + name[at:],
                name[:at] + name[at + 1 :],
                name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
            ]
        )

    def _place(self, text: str) -> str:
        if self._happens(0.3) and self.pool.get("LOCATION"):
            return self.chance.choice(self.pool["LOCATION"])
        new = self.chance.choice(_share("place", self.fold, self.folds))
        return new.title() if text[0].isupper() else new

    def _made_up(self, text: str) -> str:
        """An organisation or project called by ordinary words, as so many are."""
        first, second = self.chance.choice(self.ordinary), self.chance.choice(self.ordinary)
        shape = self.chance.choice(_SHAPES)
        named = shape.format(first=first, second=second)
        return named.title() if text[:1].isupper() else named

    def _other(self, part: Part) -> str:
        """Another mark of that label that begins in the same manner."""
        alike = [text for text in self.pool.get(part.label, ()) if _manner(text) == _manner(part.text)]
        return self.chance.choice(alike) if alike else part.text

    def _standing(self, part: Part) -> Part:
        return Part(f"[{self.chance.choice(_STANDING[part.label])}]")


def _within(parts: Sequence[Part], start: int, end: int) -> Iterator[Part]:
    """The parts between two offsets, those at the edges cut."""
    at = 0
    for part in parts:
        text = part.text[max(0, start - at) : max(0, end - at)]
        at += len(part.text)
        if text:
            yield replace(part, text=text)


def _manner(text: str) -> tuple[bool, bool]:
    """Whether it begins with a possessive or an article, and whether with a capital."""
    return bool(_MINE.match(text)), text[:1].isupper()


def _plain(part: Part) -> str:
    """Lower case without punctuation, as some speech-to-text gives it; addresses and codes keep theirs."""
    text = part.text.lower()
    if part.label in ("CONTACT", "ID") or (part.text.startswith("[") and not part.label):
        return text
    return re.sub(r"[,;:!?…\"“”()]|[.](?=\s|$)|(?<=\s)[–—-](?=\s)", "", text)


def _cased(parts: Sequence[Part]) -> list[Part]:
    """With capitals at the front of sentences and of names, where there were none."""
    done, opens = [], True
    for part in parts:
        text = part.text
        if part.label in ("PERSON", "LOCATION", "ORG"):
            text = re.sub(r"(?<![\w'’])[^\W\d_]", lambda m: m.group().upper(), text)
        if opens:
            text = text[:1].upper() + text[1:]
        text = re.sub(r"\bi(?=\b|['’])", "I", text)
        opens = bool(re.search(r"[.!?]\s*$", text))
        done.append(replace(part, text=text))
    return done

"""Who and what a transcript has met already: one entity for "Sarah Jones", "Sarah", "Mrs Jones" and "Sara Jonse".

A long transcript meets thousands, so a form is compared only with those that share a word, a spelling or an initial.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from bot.anonymise.likeness import alike, alike_run
from bot.anonymise.lists import nicknames
from bot.anonymise.memory import Entity
from bot.anonymise.models import Label, Span
from bot.anonymise.rules.titles import TITLES
from bot.anonymise.text import folded_words
from bot.anonymise.wording import dates, people

PEOPLE = frozenset({people.COLLEAGUE, people.PATIENT, people.FAMILY})
#: words less alike than this (of 100) are never taken for each other, so they needn't be compared closely
_FAR, _FAR_RUN = 55, 70


class Met:
    """Entities by every form they were met in."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._by_form: dict[tuple[str, ...], Entity] = {}
        self._order: dict[str, int] = {}
        self._people: dict[str, list[Entity]] = {}
        self._runs: dict[Label, dict[str, Entity]] = {Label.ORG: {}, Label.LOCATION: {}}
        self._days: dict[dates.When, Entity] = {}
        for entity in entities:
            for form in entity.forms:
                self.remember(form, entity)

    def remember(self, form: str, entity: Entity) -> None:
        """From now on this form means that entity."""
        key = _key(form)
        if self._by_form.get(key) is entity:
            return
        self._by_form[key] = entity
        self._order.setdefault(entity.key, len(self._order))
        if entity.kind in PEOPLE:
            for word in untitled(form):
                self._people.setdefault(word, []).append(entity)
        elif entity.label in self._runs:
            self._runs[Label(entity.label)]["".join(folded_words(form))] = entity
        elif entity.label == Label.DATE and (when := _day(form)):
            self._days[when] = entity

    def find(self, form: str, span: Span) -> Entity | None:
        """The entity that a form found at `span` is one more way of saying; the one met last if there are several."""
        if known := self._by_form.get(_key(form)):
            return known
        if span.label is Label.PERSON or span.source.endswith("family name"):
            likely = {entity.key: entity for word in untitled(form) for entity in self._sharing(word)}
            same = [each for each in likely.values() if any(same_person(other, form) for other in each.forms)]
            return max(same, key=lambda entity: self._order[entity.key], default=None)
        if span.label is Label.DATE:
            return self._days.get(when) if (when := _day(form)) else None
        return self._run(form, span.label)

    def _sharing(self, word: str) -> Iterator[Entity]:
        """Everybody with this word in a name, a nickname of it, a spelling of it, or its initial."""
        near = process.extract(word, self._people.keys(), scorer=ratio, score_cutoff=_FAR, limit=None)
        named = {name for name, _, _ in near if _same_name(name, word)}
        named |= nicknames().get(word, frozenset()) & self._people.keys()
        if len(word) == 1:
            named |= {name for name in self._people if name[0] == word}
        for name in named | {word, word[0]}:
            yield from self._people.get(name, ())

    def _run(self, form: str, label: Label) -> Entity | None:
        runs, run = self._runs.get(label, {}), "".join(folded_words(form))
        near = [
            name for name, _, _ in process.extract(run, runs.keys(), scorer=ratio, score_cutoff=_FAR_RUN, limit=None)
        ]
        same = [runs[name] for name in near if alike_run(name, run)]
        return max(same, key=lambda entity: self._order[entity.key], default=None)


def _key(form: str) -> tuple[str, ...]:
    """What two ways of writing the same thing share: its words in any case, and its figures."""
    return (*folded_words(form), *re.findall(r"\d+", form)) or (form,)


def _day(form: str) -> dates.When | None:
    when = dates.read(form)
    return when if when.whole and when.day is not None else None


def same_person(one: str, other: str) -> bool:
    """Whether two forms may name one person: "Sarah Jones" and "Sarah", "Jones", "Sara Jones" or "S Jones"."""
    left, right = untitled(one), untitled(other)
    if not left or not right:
        return False
    if min(len(left), len(right)) == 1:
        short, full = sorted((left, right), key=len)
        return any(_same_name(part, short[0]) for part in full)
    return _same_name(left[0], right[0]) and _same_name(left[-1], right[-1])


@lru_cache(maxsize=16_384)
def untitled(form: str) -> tuple[str, ...]:
    """A name's words, folded, without titles."""
    return tuple(word for word in folded_words(form) if word not in TITLES)


def _same_name(one: str, other: str) -> bool:
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    return alike(one, other) or other in nicknames().get(one, ())

"""What was found once is found everywhere: first name alone, nicknames, and the spellings of speech-to-text."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from bot.anonymise.keep import kept_phrases
from bot.anonymise.likeness import alike, alike_run
from bot.anonymise.lists import given_names, listed, nicknames, places, surnames
from bot.anonymise.memory import Entity
from bot.anonymise.models import Label, Span
from bot.anonymise.phrases import Phrases
from bot.anonymise.rules.titles import TITLES, is_titled
from bot.anonymise.text import Word, as_written, folded_words, is_english, stands_out, together, words

_PEOPLE = frozenset({"colleague", "patient", "family member"})
#: names less alike than this (of 100) aren't looked at closely
_FAR = 55


@dataclass(frozen=True, slots=True)
class Sought:
    """What to look for again, prepared once for all the paragraphs of a look.

    `forms` are whole names, `odd` forms without a word (numbers), `parts` single words of names, `single` those
    and other one-word names, `asked` the leader's phrases with what each probably is.
    """

    forms: Phrases[Label]
    odd: tuple[tuple[re.Pattern[str], Label], ...]
    parts: dict[str, Label]
    single: dict[str, Label]
    asked: tuple[tuple[str, Label], ...]


def sought(entities: Sequence[Entity], hide: Collection[str] = ()) -> Sought:
    """From the entities met so far and the phrases that the leader asked to hide."""
    forms = [(form, Label(entity.label)) for entity in entities if _repeats(entity) for form in entity.forms]
    parts = {
        part: Label(entity.label)
        for entity in entities
        if entity.kind in _PEOPLE
        for form in entity.forms
        for part in folded_words(form)
        if len(part) > 2 and part not in TITLES
    }
    single = {
        words_of[0]: label
        for form, label in forms
        if label in (Label.LOCATION, Label.ORG) and len(words_of := folded_words(form)) == 1 and len(words_of[0]) > 4
    }
    odd = tuple((as_written(form), label) for form, label in forms if len(form) > 3 and not folded_words(form))
    return Sought(Phrases(forms), odd, parts, parts | single, tuple((phrase, guess(phrase)) for phrase in hide))


def find(text: str, wanted: Sought) -> list[Span]:
    """Every repeat of what is sought."""
    found = words(text)
    return [*_exact(text, found, wanted), *_people(text, found, wanted), *_asked(text, found, wanted.asked)]


def _exact(text: str, found: Sequence[Word], wanted: Sought) -> Iterator[Span]:
    """Whole names in any case; a single ordinary word needs a capital."""
    for part, label in wanted.forms.find(text, found):
        if len(part) > 1 or _clear(text, part[0]):
            yield Span(part[0].start, part[-1].end, label, "repeats", 0.9)
    for pattern, label in wanted.odd:
        yield from (Span(*match.span(), label, "repeats", 0.9) for match in pattern.finditer(text))


def _repeats(entity: Entity) -> bool:
    """Dates, health and roles are told once; only names and numbers come again as such."""
    return entity.label in {Label.PERSON, Label.LOCATION, Label.ORG, Label.CONTACT, Label.ID} or entity.kind in _PEOPLE


def _clear(text: str, word: Word) -> bool:
    return not is_english(word.folded) or word.text[0].isupper() or is_titled(text, word.start)


def _people(text: str, found: Sequence[Word], wanted: Sought) -> Iterator[Span]:
    """Single words that are part of somebody's name, or sound like it."""
    for word in found:
        if word.folded in wanted.parts:
            if _part_again(text, word):
                yield Span(word.start, word.end, wanted.parts[word.folded], "repeats", 0.85)
        elif (label := _sounds(word.folded, wanted.single)) is not None:
            yield Span(word.start, word.end, label, "repeats", 0.7)


def _part_again(text: str, word: Word) -> bool:
    if not is_english(word.folded) or stands_out(text, word) or is_titled(text, word.start):
        return True
    is_listed = word.folded in given_names() or word.folded in surnames()
    return is_listed and (word.text[0].isupper() or word.folded not in listed("everyday_names"))


def _sounds(heard: str, names: dict[str, Label]) -> Label | None:
    if is_english(heard) or heard in kept_phrases():
        return None
    nick = next((names[other] for other in nicknames().get(heard, ()) if other in names), None)
    if nick:
        return nick
    near = process.extract(heard, names.keys(), scorer=ratio, score_cutoff=_FAR, limit=None) if len(heard) > 3 else []
    return next((names[name] for name, _, _ in near if not is_english(name) and alike(name, heard)), None)


def _asked(text: str, found: Sequence[Word], hide: Sequence[tuple[str, Label]]) -> Iterator[Span]:
    """The leader's own phrases: exact in any case whatever they are made of, and respelt."""
    for phrase, label in hide:
        asked = folded_words(phrase)
        yield from (Span(*m.span(), label, "hide", 1.0) for m in as_written(phrase).finditer(text))
        for length in range(max(1, len(asked) - 1), len(asked) + 2):
            for i in range(len(found) - length + 1):
                part = found[i : i + length]
                if _same(asked, part) and together(text, part):
                    yield Span(part[0].start, part[-1].end, label, "hide", 0.9)


def _same(asked: Sequence[str], part: Sequence[Word]) -> bool:
    heard = tuple(word.folded for word in part)
    if heard == tuple(asked):
        return True
    if all(is_english(word) for word in heard):
        return False
    if len(heard) == len(asked) and all(alike(a, b) for a, b in zip(asked, heard, strict=True)):
        return True
    return alike_run("".join(asked), "".join(heard))


def guess(phrase: str) -> Label:
    """What a phrase that a leader hides probably is; a role or detail that singles out where nothing else fits."""
    from bot.anonymise.rules import orgs, uk_rules

    parts = folded_words(phrase)
    if not parts:
        return next((span.label for span in uk_rules.find(phrase)), Label.ID)
    if " ".join(parts) in places():
        return Label.LOCATION
    if orgs.find(phrase):
        return Label.ORG
    if all(part in given_names() or part in surnames() or not is_english(part) for part in parts):
        return Label.PERSON
    return Label.ROLE_UNIQUE

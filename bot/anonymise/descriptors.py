"""Which words stand for what was hidden: the same ones for the same person or place all through a transcript."""

import re
from collections.abc import Iterator, Sequence

from bot.anonymise.likeness import alike, alike_run
from bot.anonymise.lists import nicknames
from bot.anonymise.memory import Entity, Memory
from bot.anonymise.models import Known, Label, Span
from bot.anonymise.places import kind_of
from bot.anonymise.text import folded_words
from bot.anonymise.titles import TITLES

#: kinds that are told apart by a letter: "[colleague A]"
LETTERED = (
    "colleague", "patient", "family member", "practice", "PCN", "federation", "trust", "hospital", "ICB", "ICS", "LMC",
    "CCG", "collaborative", "alliance", "school", "pharmacy", "optician", "dental practice", "council", "care home",
    "programme", "community interest company", "organisation",
)  # fmt: skip
#: kinds that read as a place: "[a town]", "[another town]"
PLACED = ("city", "town", "village", "area", "county", "district", "street", "address", "postcode", "place")
#: kinds that need no telling apart
PLAIN = (
    "date", "age", "phone number", "e-mail address", "web address", "handle", "contact details", "identifier",
    "registration number", "NHS number", "bank details", "health details", "family details", "a leadership role",
    "hidden",
)  # fmt: skip
_COUNT = ("another", "a third", "a fourth", "a fifth", "a sixth", "a seventh", "an eighth", "a ninth", "a tenth")
_DESCRIPTOR = re.compile(
    rf"\[(?:(?:{'|'.join(LETTERED)}) [A-Z]{{1,3}}|(?:an?|{'|'.join(_COUNT)}) (?:{'|'.join(PLACED)})"
    rf"|(?:{'|'.join(PLACED)}) \d{{1,4}}|{'|'.join(PLAIN)})\]"
)
_ORG_KINDS = (
    (r"surger|medical (?:cent|practice|group|partnership)|health cent|practice|doctors|health group", "practice"),
    (r"\bpcns?\b|primary care network", "PCN"),
    (r"federation", "federation"),
    (r"hospital(?!s)|infirmary|hospice", "hospital"),
    (r"\btrust|hospitals", "trust"),
    (r"\bicb\b|integrated care board", "ICB"),
    (r"\bics\b|integrated care system", "ICS"),
    (r"\blmc\b|local medical committee", "LMC"),
    (r"\bccg\b", "CCG"),
    (r"collaborative", "collaborative"),
    (r"alliance", "alliance"),
    (r"school|academy|college|university|deanery", "school"),
    (r"pharmac|chemist", "pharmacy"),
    (r"optician|optometr", "optician"),
    (r"dental|dentist", "dental practice"),
    (r"council", "council"),
    (r"care home|nursing home", "care home"),
    (r"programme|project|initiative|scheme|hub|network", "programme"),
    (r"\bcic\b|community interest", "community interest company"),
)
_PLACES = {"suburb": "area", "hamlet": "village", "": "place"}
_PATIENT = re.compile(r"\b(?:patient|lady|gentleman|resident|old (?:man|woman|boy|chap))\b[^.!?]{0,25}$", re.I)


def standing(text: str) -> list[tuple[int, int]]:
    """Where descriptors already stand in a text: they are left exactly as they are."""
    return [match.span() for match in _DESCRIPTOR.finditer(text)]


def reserved(texts: Sequence[str]) -> set[str]:
    """Descriptors that earlier masking left in the texts: new people never get these."""
    return {match.group() for text in texts for match in _DESCRIPTOR.finditer(text)}


class Book:
    """Gives every find its entity; writes new ones into the memory."""

    def __init__(self, memory: Memory, known: Known, taken: set[str]) -> None:
        self.memory = memory
        self._known = known
        # descriptors in the text that this memory gave are its own, not a stranger's
        self._taken = taken | {entity.descriptor for entity in memory.entities}

    def entity(self, text: str, span: Span) -> Entity:
        """The entity that `span` of `text` belongs to, new if it was never met."""
        form = text[span.start : span.end]
        entity = self._met(form, span) or self._new(form, span, text[max(0, span.start - 60) : span.start])
        if form not in entity.forms:
            entity.forms.append(form)
        return entity

    def _met(self, form: str, span: Span) -> Entity | None:
        exact = [
            e for e in self.memory.entities if folded_words(form) and folded_words(form) in map(folded_words, e.forms)
        ]
        exact += [e for e in self.memory.entities if form in e.forms]
        if exact:
            return exact[-1]
        alike_ones = (e for e in reversed(self.memory.entities) if _same(form, span, e))
        return next(alike_ones, None)

    def _new(self, form: str, span: Span, before: str) -> Entity:
        number = 1 + sum(e.label == span.label for e in self.memory.entities)
        kind = self._kind(form, span, before)
        entity = Entity(f"{span.label}:{number}", span.label.value, kind, self._descriptor(kind))
        entity.forms += self._other_names(form) if span.label is Label.PERSON else []
        self.memory.entities.append(entity)
        return entity

    def _descriptor(self, kind: str) -> str:
        if kind in PLAIN:
            return f"[{kind}]"
        free = next(words for words in _series(kind) if f"[{words}]" not in self._taken)
        self._taken.add(f"[{free}]")
        return f"[{free}]"

    def _other_names(self, form: str) -> list[str]:
        """What else the community calls this member, if it can be only one."""
        owners = {name.owner for name in self._known.people if same_person(name.text, form)}
        if len(owners) != 1 or not (owner := owners.pop()):
            return []
        return [name.text for name in self._known.people if name.owner == owner]

    def _kind(self, form: str, span: Span, before: str) -> str:
        match span.label:
            case Label.PERSON:
                return "patient" if _PATIENT.search(before) else "colleague"
            case Label.FAMILY:
                return "family member" if span.source.endswith("name") else "family details"
            case Label.ORG:
                return self._org_kind(form)
            case Label.LOCATION:
                return _place_kind(form, span)
            case Label.ROLE_UNIQUE:
                return "hidden" if span.source == "hide" else "a leadership role"
            case _:
                return _plain_kind(span)

    def _org_kind(self, form: str) -> str:
        given = next((o.kind for o in self._known.organisations if folded_words(o.text) == folded_words(form)), "")
        for text in (given, form):
            kind = next((kind for pattern, kind in _ORG_KINDS if re.search(pattern, text, re.I)), "")
            if kind:
                return kind
        return "organisation"


def _series(kind: str) -> Iterator[str]:
    if kind in PLACED:
        yield f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
        yield from (f"{word} {kind}" for word in _COUNT)
        yield from (f"{kind} {number}" for number in range(11, 10_000))
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    yield from (f"{kind} {letter}" for letter in letters)
    yield from (f"{kind} {first}{second}" for first in letters for second in letters)
    yield from (f"{kind} {a}{b}{c}" for a in letters for b in letters for c in letters)


def _place_kind(form: str, span: Span) -> str:
    if span.source.endswith("postcode"):
        return "postcode"
    if any(character.isdigit() for character in form):
        return "address"
    if span.source.endswith("street"):
        return "street"
    kind = kind_of(form)
    return _PLACES.get(kind, kind)


def _plain_kind(span: Span) -> str:
    name = span.source.partition(":")[2]
    if span.label is Label.DATE:
        return "age" if name == "age" else "date"
    if span.label is Label.CONTACT:
        known = {
            "email": "e-mail address",
            "url": "web address",
            "handle": "handle",
            "phone": "phone number",
            "digits": "phone number",
        }
        return known.get(name, "contact details")
    if span.label is Label.ID:
        known = {
            "nhs number": "NHS number",
            "registration": "registration number",
            "sort code": "bank details",
            "account number": "bank details",
        }
        return known.get(name, "identifier")
    return "health details"


def _same(form: str, span: Span, entity: Entity) -> bool:
    """Whether a form may be one more way of saying an entity."""
    if span.label is Label.PERSON or entity.kind in {"colleague", "patient", "family member"}:
        people = entity.kind in {"colleague", "patient", "family member"}
        named = span.label is Label.PERSON or span.source.endswith("family name")
        return people and named and any(same_person(other, form) for other in entity.forms)
    if span.label.value != entity.label or span.label not in (Label.ORG, Label.LOCATION):
        return False
    return any(alike_run("".join(folded_words(other)), "".join(folded_words(form))) for other in entity.forms)


def same_person(one: str, other: str) -> bool:
    """Whether two forms may name one person: "Sarah Jones" and "Sarah", "Jones", "Sara Jones" or "S Jones"."""
    left, right = _untitled(one), _untitled(other)
    if not left or not right:
        return False
    if min(len(left), len(right)) == 1:
        short, full = sorted((left, right), key=len)
        return any(_same_name(part, short[0]) for part in full)
    return _same_name(left[0], right[0]) and _same_name(left[-1], right[-1])


def _untitled(form: str) -> tuple[str, ...]:
    """A name's words without titles."""
    return tuple(word for word in folded_words(form) if word not in TITLES)


def _same_name(one: str, other: str) -> bool:
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    return alike(one, other) or other in nicknames().get(one, ())

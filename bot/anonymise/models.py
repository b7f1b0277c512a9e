"""The facts that anonymising works on: what was found, who is known, what was hidden."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.anonymise.memory import Memory


class Label(StrEnum):
    """What sort of identifying thing a stretch of text is."""

    PERSON = "PERSON"
    LOCATION = "LOCATION"
    ORG = "ORG"
    DATE = "DATE"
    CONTACT = "CONTACT"
    ID = "ID"
    HEALTH = "HEALTH"
    FAMILY = "FAMILY"
    ROLE_UNIQUE = "ROLE_UNIQUE"
    #: no identifier, but words in a language that no layer can read
    LANGUAGE = "LANGUAGE"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch to hide: offsets in code points of the original text, `end` exclusive; `score` is 0 to 1."""

    start: int
    end: int
    label: Label
    source: str
    score: float

    def touches(self, other: "Span") -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name that the community knows; `owner` is the member it belongs to, `kind` e.g. "practice" or "PCN"."""

    text: str
    kind: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that identifies members of this community."""

    people: tuple[KnownName, ...] = ()
    organisations: tuple[KnownName, ...] = ()
    places: tuple[KnownName, ...] = ()

    @classmethod
    def from_members(cls, rows: Iterable[Mapping[str, str]]) -> "Known":
        """From rows with the header of members.csv; columns that are missing or empty are passed over."""
        people: dict[KnownName, None] = {}
        organisations: dict[KnownName, None] = {}
        places: dict[KnownName, None] = {}
        for row in rows:
            owner = (row.get("id") or "").strip()
            people.update((KnownName(t, owner=owner), None) for t in _filled(row, "name", "slack_name"))
            kind = (row.get("organisation_kind") or "").strip()
            organisations.update((KnownName(t, kind), None) for t in _filled(row, "organisation"))
            places.update((KnownName(t), None) for t in _filled(row, "place"))
        return cls(tuple(people), tuple(organisations), tuple(places))


def _filled(row: Mapping[str, str], *columns: str) -> Iterator[str]:
    for column in columns:
        if text := (row.get(column) or "").strip().lstrip("@"):
            yield text


@dataclass(frozen=True, slots=True)
class Hidden:
    """One hidden stretch: `entity` ("PERSON:1") and `descriptor` ("[a colleague]") are stable within a transcript."""

    span: Span
    entity: str
    descriptor: str
    original: str


@dataclass(frozen=True, slots=True)
class MaskedParagraph:
    """`text` is `original` with every hidden stretch replaced by its descriptor."""

    original: str
    text: str
    hidden: tuple[Hidden, ...] = ()


@dataclass(frozen=True, slots=True)
class Masked:
    """A whole transcript, masked, and what is needed to mask later edits of it in the same way."""

    paragraphs: tuple[MaskedParagraph, ...] = ()
    memory: Memory = field(default_factory=Memory)

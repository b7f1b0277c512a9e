"""A leader's words on their way from draft to story, and the rules about what may be put back or shown."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, UniqueConstraint

from bot.store.base import Row, choice, encrypted


class State(StrEnum):
    """Where a transcript stands. From `withdrawn` nothing leads back."""

    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class ChangeKind(StrEnum):
    """What a leader may change in a draft."""

    EDIT = "edit"
    HIDE = "hide"
    PUT_BACK = "put back"
    REVIEW = "looked through"


class Transcript(Row, table=True):
    """The anonymised transcript, seen by its leader alone until signed off. Encrypted: `draft` (a `Draft`), `risks` (an
    `Assessment` of the very words of the draft) and `looked` (a `Looked`: how far its leader has come in reading)."""

    member_id: str = Field(index=True, max_length=32)
    recording_id: str = Field(unique=True, max_length=32)
    state: State = choice(State, default=State.DRAFT)
    version: int = 1
    changing: bool = False
    draft: str | None = encrypted(default=None)
    risks: str | None = encrypted(default=None)
    looked: str | None = encrypted(default=None)
    decided_at: datetime | None = None


class HiddenWords(Row, table=True):
    """The replacement log, apart from the transcript: what was hidden, for its leader's eyes in a modal (a `Log`)."""

    transcript_id: str = Field(unique=True, max_length=32)
    words: str = encrypted()


class Change(Row, table=True):
    """A change that a leader asked for, kept until it is worked in. `content` depends on the kind, encrypted JSON."""

    __table_args__ = (UniqueConstraint("transcript_id", "from_version"),)
    transcript_id: str = Field(index=True, max_length=32)
    from_version: int
    kind: ChangeKind = choice(ChangeKind)
    content: str = encrypted()


class Story(Row, table=True):
    """A signed-off transcript as the community sees it. Its name is random and leads back to nobody. `tag_line` is the
    one printed beside it now, None for none."""

    transcript_id: str = Field(unique=True, max_length=32)
    name: str = Field(unique=True, max_length=32)
    text: str = encrypted()
    tag_line: str | None = encrypted(default=None)
    published_at: datetime | None = None


class Export(Row, table=True):
    """A folder into which stories were exported, so that what is taken back can be taken from there as well."""

    folder: str = encrypted()
    names: str = encrypted()  # of the stories in it, JSON


class TagLine(Row, table=True):
    """The facts ever printed beside a member's stories: one line a person, only ever coarser (JSON)."""

    member_id: str = Field(unique=True, max_length=32)
    facts: str = encrypted()


class Receipt(Row, table=True):
    """What one pull-back took back of a withdrawn transcript (`elsewhere.Recalled`), until its leader has been told."""

    __table_args__ = (UniqueConstraint("transcript_id", "name"),)
    transcript_id: str = Field(max_length=32)
    name: str = Field(max_length=40)
    what: str = Field(default="", max_length=80)
    count: int = 0
    beyond: str = "[]"
    done_at: datetime | None = None


# --- small frozen facts ---


@dataclass(frozen=True)
class Shown:
    """A signed-off story as anybody may see it; `month` as 2027-03, `tag_line` "" for none, `is_out` once it was shared
    to the end. `workspace` is for the bot alone."""

    name: str
    workspace: str
    text: str
    month: str
    tag_line: str = ""
    is_out: bool = False

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


@dataclass(frozen=True)
class Paragraph:
    """Some sentences with descriptors in place; `unsure` where the speech engine was; where they are said, in seconds
    of the recording (None where that isn't known, or no longer true); `edited` where its leader wrote in it."""

    text: str
    unsure: bool = False
    start: float | None = None
    end: float | None = None
    edited: bool = False


@dataclass(frozen=True)
class Hidden:
    """One place where something was hidden: the n-th descriptor of its kind in paragraph `place`."""

    place: int
    entity: str
    descriptor: str
    label: str
    original: str
    sentence: str


@dataclass(frozen=True)
class Draft:
    """What the leader reads."""

    paragraphs: tuple[Paragraph, ...]
    descriptors: tuple[str, ...] = ()

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Draft":
        raw = json.loads(text)
        return cls(tuple(Paragraph(**paragraph) for paragraph in raw["paragraphs"]), tuple(raw["descriptors"]))


@dataclass(frozen=True)
class Log:
    """What was hidden where, what the leader put back or hid besides, and the anonymiser's memory of it all."""

    hidden: tuple[Hidden, ...] = ()
    keep: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    memory: str | None = None

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Log":
        raw = json.loads(text)
        return cls(
            tuple(Hidden(**hidden) for hidden in raw["hidden"]), tuple(raw["keep"]), tuple(raw["hide"]), raw["memory"]
        )


@dataclass(frozen=True)
class Self:
    """What is the leader's own: their name, organisation and place, for the question what they may put back."""

    name: str
    organisation: str
    place: str

    def owns(self, hidden: "Hidden") -> bool:
        """Whether what was hidden is of the leader's own profile: a person by their name, a place by their place.

        Not by any word of the profile: a colleague may be called as the practice is.
        """
        own = {"PERSON": self.name, "ORG": self.organisation, "LOCATION": self.place}.get(hidden.label, "")
        wanted = _words(hidden.original)
        return bool(wanted) and wanted <= _words(own)


#: never put back: another person's name, how to reach somebody, numbers of people, anybody's health or family
NEVER = frozenset({"CONTACT", "ID", "HEALTH", "FAMILY"})
#: a sentence with one of these is about somebody besides the leader
ABOUT_OTHERS = frozenset({"PERSON", "HEALTH", "FAMILY"})


def may_put_back(hidden: Hidden, log: Log, own: Self) -> bool:
    """Whether a leader may un-hide this: only what is about themself, never a third party's or a patient's.

    Their own name, organisation or place; and a date or a role in a sentence that names nobody else.
    """
    if hidden.label in NEVER or (hidden.label == "PERSON" and "patient" in hidden.sentence.lower()):
        return False
    if own.owns(hidden):
        return True
    if hidden.label not in ("DATE", "ROLE_UNIQUE"):
        return False
    beside = (
        other
        for other in log.hidden
        if other.place == hidden.place and (other.sentence == hidden.sentence or other.descriptor in hidden.sentence)
    )
    return "patient" not in hidden.sentence.lower() and not any(
        other.label in ABOUT_OTHERS and not own.owns(other) for other in beside
    )


def put_back(draft: Draft, log: Log, entities: frozenset[str]) -> tuple[Draft, Log]:
    """The draft with the entities' own words in place again, and the log that remembers to keep them."""
    back = [hidden for hidden in log.hidden if hidden.entity in entities]
    paragraphs = []
    for place, paragraph in enumerate(draft.paragraphs):
        text = paragraph.text
        # from the end, so that what stands before keeps its place; two things may share a descriptor
        here = standing(text, [hidden for hidden in log.hidden if hidden.place == place])
        for at, hidden in sorted(here, key=lambda found: found[0], reverse=True):
            if hidden.entity in entities:
                text = text[:at] + hidden.original + text[at + len(hidden.descriptor) :]
        paragraphs.append(replace(paragraph, text=text))
    rest = tuple(hidden for hidden in log.hidden if hidden.entity not in entities)
    keep = (*log.keep, *dict.fromkeys(hidden.original for hidden in back))
    return replace(draft, paragraphs=tuple(paragraphs)), replace(log, hidden=rest, keep=keep)


def standing(text: str, hidden: Sequence[Hidden]) -> list[tuple[int, Hidden]]:
    """What was hidden and still stands in the text, each with its position. `hidden` comes in reading order: the first
    of those that share a descriptor is the first in the text."""
    found: list[tuple[int, Hidden]] = []
    after: dict[str, int] = {}
    for each in hidden:
        at = text.find(each.descriptor, after.get(each.descriptor, 0))
        if at >= 0:
            found.append((at, each))
            after[each.descriptor] = at + len(each.descriptor)
    return found


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in "".join(c if c.isalnum() else " " for c in text.lower()).split() if len(word) > 1)

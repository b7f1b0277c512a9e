"""A recording on its way to a draft, and how its segments become paragraphs."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlmodel import Field, UniqueConstraint

from bot.store.base import Row, choice, encrypted
from bot.stories.models import Paragraph
from bot.stories.wordage import parted
from bot.words import plain

if TYPE_CHECKING:
    from bot.voice.models import Segment, Transcription


class Stage(StrEnum):
    """How far a recording has come."""

    RECEIVED = "received"
    FETCHED = "fetched"
    HEARD = "heard"
    DRAFTED = "drafted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Answer(StrEnum):
    """What is said about a clip at once."""

    TAKEN = "taken"
    AGAIN = "again"
    NOT_JOINED = "not_joined"
    NO_CONSENT = "no_consent"


#: a recording that is not here any more, so that the same file may be sent again
OVER = frozenset({Stage.REFUSED, Stage.WITHDRAWN})


class Recording(Row, table=True):
    """A voice note. `stage` is the last one reached, `failed` that it waits there for another try.

    `raw` is the transcription before anonymising, encrypted; the sound is a blob of its own.
    """

    __table_args__ = (UniqueConstraint("workspace", "file_id", "turn"),)
    member_id: str = Field(index=True, max_length=32)
    file_id: str = Field(index=True, max_length=32)
    turn: int = 0
    channel: str = Field(max_length=32)
    stage: Stage = choice(Stage, default=Stage.RECEIVED)
    tries: int = 1
    failed: bool = False
    blob_id: str | None = Field(default=None, max_length=32)
    fingerprint: str | None = Field(default=None, max_length=64)
    seconds: float | None = None
    raw: str | None = encrypted(default=None)
    clip_link: str | None = encrypted(default=None)
    clip_gone_at: datetime | None = None


#: a pause this long (seconds) starts a new paragraph; so does a sentence's end after this many characters
PAUSE_SECONDS = 2.0
PARAGRAPH_CHARACTERS = 450
#: flags of bot/voice that ask for the leader's eye (a long silence alone does not)
DOUBTFUL = frozenset({"unsure", "looped", "maybe_silence", "heard_but_empty"})


def paragraphs(transcription: "Transcription") -> list[Paragraph]:
    """The segments as paragraphs: a new one after a pause, or when one has grown long and a sentence ends."""
    groups: list[list[Segment]] = []
    for segment in transcription.segments:
        if not groups or _starts_anew(groups[-1], segment):
            groups.append([])
        groups[-1].append(segment)
    return [
        Paragraph(part, any(DOUBTFUL & set(segment.flags) for segment in group))
        for group in groups
        for part in parted(_text(group))  # an engine may never end a sentence
    ]


def _starts_anew(group: list["Segment"], segment: "Segment") -> bool:
    long = sum(len(before.text) for before in group) >= PARAGRAPH_CHARACTERS
    ended = group[-1].text.rstrip().endswith((".", "?", "!"))
    return segment.start - group[-1].end >= PAUSE_SECONDS or (long and ended)


def _text(group: list["Segment"]) -> str:
    return " ".join(segment.text.strip() or plain("interviews.unheard") for segment in group)

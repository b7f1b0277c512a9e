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
    VOICES = "voices"  # heard, and waiting for its leader to say which of two voices is theirs


class Answer(StrEnum):
    """What is said about a clip at once."""

    TAKEN = "taken"
    AGAIN = "again"
    NOT_JOINED = "not_joined"
    NO_CONSENT = "no_consent"


class Whose(StrEnum):
    """Which of two voices is the leader's own, as they said."""

    FIRST = "first"
    SECOND = "second"
    BOTH = "both"

    @property
    def voice(self) -> int | None:
        """The number of the voice whose words go on; None where all do."""
        return {Whose.FIRST: 0, Whose.SECOND: 1}.get(self)


#: a recording that is not here any more, so that the same file may be sent again
OVER = frozenset({Stage.REFUSED, Stage.WITHDRAWN})


class Recording(Row, table=True):
    """A voice note. `stage` is the last one reached, `failed` that it waits there for another try.

    `raw` is the transcription before anonymising, encrypted; the sound is a blob of its own. `asked_at` is when its
    leader was first asked which of two voices is theirs, `whose` their answer, and `answers` how often they gave one.
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
    asked_at: datetime | None = None
    whose: Whose | None = choice(Whose, default=None, nullable=True)
    answers: int = 0


class Played(Row, table=True):
    """A stretch of a recording (seconds) in somebody's chat, from just before Slack knows of it until it is deleted."""

    recording_id: str = Field(index=True, max_length=32)
    slack_id: str = Field(max_length=32)
    start: float
    end: float
    goes_at: datetime
    file_id: str | None = Field(default=None, max_length=32)
    arrived: bool = False


#: a pause this long (seconds) starts a new paragraph; so does a sentence's end after this many characters
PAUSE_SECONDS = 2.0
PARAGRAPH_CHARACTERS = 450
#: flags of bot/voice that ask for the leader's eye (a long silence alone does not)
DOUBTFUL = frozenset({"unsure", "looped", "maybe_silence", "heard_but_empty"})


def paragraphs(transcription: "Transcription", whose: Whose | None = None) -> list[Paragraph]:
    """The segments as paragraphs: a new one after a pause, or when one has grown long and a sentence ends.

    Each has its seconds in the recording. Of two voices only the leader's words are in it, and each of their turns
    begins a paragraph.
    """
    groups: list[list[Segment]] = []
    before: Segment | None = None
    for segment in transcription.segments:
        if goes_on(segment, whose):
            if not groups or before is not groups[-1][-1] or _starts_anew(groups[-1], segment):
                groups.append([])
            groups[-1].append(segment)
        before = segment
    return [paragraph for group in groups for paragraph in _paragraphs(group)]


def goes_on(segment: "Segment", whose: Whose | None) -> bool:
    """Whether a segment's words go on: of two voices the leader's only, and never what could be somebody else's."""
    return whose is None or whose.voice is None or segment.voice == whose.voice


def _paragraphs(group: list["Segment"]) -> list[Paragraph]:
    """One paragraph, or several where it is too long: each gets its share of the time, by its letters."""
    parts = parted(_text(group))  # an engine may never end a sentence
    unsure = any(DOUBTFUL & set(segment.flags) for segment in group)
    start, end = group[0].start, group[-1].end
    share = (end - start) / max(1, sum(map(len, parts)))
    edges = [start + share * sum(map(len, parts[:number])) for number in range(len(parts))] + [end]
    return [Paragraph(part, unsure, round(edges[at], 2), round(edges[at + 1], 2)) for at, part in enumerate(parts)]


def _starts_anew(group: list["Segment"], segment: "Segment") -> bool:
    long = sum(len(before.text) for before in group) >= PARAGRAPH_CHARACTERS
    ended = group[-1].text.rstrip().endswith((".", "?", "!"))
    return segment.start - group[-1].end >= PAUSE_SECONDS or (long and ended)


def _text(group: list["Segment"]) -> str:
    return " ".join(segment.text.strip() or plain("interviews.unheard") for segment in group)

"""Openings of raw words by the one transcriber, and what is known of the drafts that wait for an ear."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, UniqueConstraint

from bot.store.base import Row, choice, encrypted


class Why(StrEnum):
    """What somebody opens raw words for; its leader is told in these words."""

    WORD = "word"
    UNCLEAR = "unclear"
    ASKED = "asked"
    OTHER = "other"


class Opening(Row, table=True):
    """One time that raw words were opened: by whom (Slack id), why, and until when. Its leader sees every one.

    `turn` counts a person's openings of a transcript, so that two clicks at once are one opening. `words` is the
    reason in the transcriber's own words, encrypted, as it may hold what is raw.
    """

    __table_args__ = (UniqueConstraint("transcript_id", "by", "turn"),)
    transcript_id: str = Field(index=True, max_length=32)
    recording_id: str = Field(index=True, max_length=32)
    by: str = Field(max_length=32)
    turn: int
    why: Why = choice(Why)
    words: str = encrypted(default="")
    opened_at: datetime
    until: datetime
    closed_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Whether the words may still be looked at under this opening."""
        return self.closed_at is None and now < self.until


class EarAsked(Row, table=True):
    """A leader asked for the transcriber's ear: their draft comes first until it is opened."""

    transcript_id: str = Field(unique=True, max_length=32)
    asked_at: datetime


@dataclass(frozen=True)
class Waiting:
    """A draft that may be opened, without a word of it and without whose it is. Times in seconds."""

    transcript_id: str
    made_at: datetime
    seconds: float
    unclear: int
    unclear_seconds: float
    asked: bool
    open_until: datetime | None = None

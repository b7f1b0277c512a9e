"""What is due and when: rows, so that a restart or a second machine neither forgets nor repeats."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, UniqueConstraint

from bot.store.base import Row, choice


class Kind(StrEnum):
    """What can be due. programme.md's table of reminders says when; nothing else reminds."""

    FETCH_AGAIN = "fetch again"
    DRAFT_REMINDER = "draft reminder"
    DRAFT_LAST_REMINDER = "last draft reminder"
    RAW_DELETION = "raw deletion"
    FAILED_DELETION = "failed recording deletion"
    PUBLISH_AGAIN = "publish again"
    WITHDRAW_AGAIN = "withdraw again"
    SNIPPET_DELETION = "snippet deletion"
    VOICES_REMINDER = "voices reminder"
    VOICES_LAST_REMINDER = "last voices reminder"
    DRAFT_CLEARING = "draft clearing"
    RETELL = "retell"
    DESK_CLOSES = "desk closes"
    DESK_CATCHES_UP = "desk catches up"


class Due(Row, table=True):
    """One thing that is due for one subject. It is done once."""

    __table_args__ = (UniqueConstraint("workspace", "kind", "subject", "due_at"),)
    kind: Kind = choice(Kind)
    subject: str = Field(index=True, max_length=64)
    due_at: datetime = Field(index=True)
    done_at: datetime | None = None

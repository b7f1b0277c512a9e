"""What the gateway keeps: a row for every message it means to post, so that none is posted twice."""

from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block
from sqlmodel import Field, UniqueConstraint

from bot.store.base import Row


class Post(Row, table=True):
    """The intent to post, written first; `ts` is there once Slack has said where the message is."""

    __table_args__ = (UniqueConstraint("workspace", "key"),)
    key: str = Field(max_length=120)
    channel: str = Field(max_length=32)
    ts: str | None = Field(default=None, max_length=32)


@dataclass(frozen=True)
class Message:
    """What a message says: `text` for notifications and screen readers, `blocks` for the eye."""

    text: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Posted:
    """Where a message is."""

    channel: str
    ts: str


@dataclass(frozen=True)
class FileFact:
    """What Slack knows of a file; `size` in bytes, `seconds` where Slack measured the sound."""

    id: str
    owner: str
    url: str
    size: int
    seconds: float | None
    permalink: str

    @classmethod
    def read(cls, raw: dict[str, Any]) -> "FileFact":
        """From Slack's file object. The original is at url_private_download; url_private may be a transcoded copy."""
        duration = raw.get("duration_ms")
        return cls(
            id=raw["id"],
            owner=raw.get("user", ""),
            url=raw.get("url_private_download") or raw.get("url_private", ""),
            size=int(raw.get("size") or 0),
            seconds=duration / 1000 if duration else None,
            permalink=raw.get("permalink", ""),
        )

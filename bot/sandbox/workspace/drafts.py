"""What somebody wants to post, now or later."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.sandbox.workspace.state import Channel, File

Json = dict[str, Any]


@dataclass
class Draft:
    """What somebody wants to post."""

    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str | None = None
    broadcast: bool = False


@dataclass
class Scheduled:
    """A message of the app's for later. `made` is when it was scheduled, in seconds since 1970."""

    id: str
    channel: Channel
    draft: Draft
    post_at: datetime
    made: int

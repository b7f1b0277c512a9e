"""The facts of one workspace: people, conversations, messages, files, views. No HTTP, no Slack client."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.clock import Clock
from bot.sandbox.workspace.feed import Change, Feed, Kind
from bot.sandbox.workspace.ids import Ids
from bot.sandbox.workspace.manifest import AppFacts

Json = dict[str, Any]

#: who stands under what Slack itself leaves behind
SLACKBOT = "USLACKBOT"
#: the subtype of what is left of a deleted message that has replies
TOMBSTONE = "tombstone"


@dataclass
class User:
    """A member of the workspace, or the app's bot user. Guests are `is_restricted`, those of one channel only
    `is_ultra_restricted` too. `team_id` is set for who belongs to another workspace (Slack Connect)."""

    id: str
    name: str
    real_name: str
    time_zone: str = "Europe/London"
    email: str = ""
    title: str = ""
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_admin: bool = False
    deleted: bool = False
    team_id: str = ""

    @property
    def is_outsider(self) -> bool:
        """Whether they see only the conversations they are in: guests, and people of another workspace."""
        return self.is_restricted or bool(self.team_id)


@dataclass
class Message:
    """One message; `versions` holds what it said before each edit."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    files: list["File"] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str | None = None
    broadcast: bool = False
    bot_id: str | None = None
    subtype: str | None = None
    client_msg_id: str | None = None
    edited_ts: str | None = None
    ephemeral_to: str | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    versions: list["Message"] = field(default_factory=list)

    @property
    def is_in_channel(self) -> bool:
        """Whether it stands in the conversation itself, rather than in a thread alone."""
        return self.thread_ts in (None, self.ts) or self.broadcast


@dataclass
class Channel:
    """A conversation. kind: `channel` public, `group` private, `im` direct message, `mpim` several people.

    `messages` by timestamp, oldest first; `replies` are the timestamps of a thread's replies by its head's.
    """

    id: str
    name: str
    kind: str
    created: int
    creator: str = ""
    members: list[str] = field(default_factory=list)
    messages: dict[str, Message] = field(default_factory=dict)
    replies: dict[str, list[str]] = field(default_factory=dict)
    topic: str = ""
    is_archived: bool = False
    ephemerals: list[Message] = field(default_factory=list)
    deleted: list[Message] = field(default_factory=list)

    @property
    def is_direct(self) -> bool:
        """Whether it is between named people rather than a channel."""
        return self.kind in ("im", "mpim")


@dataclass
class File:
    """A file and its bytes. `shared_in` are channel ids; a deleted file keeps its id and loses its bytes."""

    id: str
    owner: str
    name: str
    title: str
    mimetype: str
    data: bytes
    created: int
    secret: str
    is_clip: bool = False
    duration_ms: int | None = None
    wave: list[int] = field(default_factory=list)
    transcription: str | None = None
    is_transcribed: bool = False
    alt_text: str = ""
    shared_in: list[str] = field(default_factory=list)
    deleted: bool = False
    size: int = 0


@dataclass
class View:
    """A modal or an App Home. `values` is what the person has filled in, as `state.values` of Slack's payloads."""

    id: str
    user: str
    content: Json
    hash: str
    values: dict[str, dict[str, Json]] = field(default_factory=dict)
    root_id: str = ""
    previous_id: str | None = None
    earlier: list[Json] = field(default_factory=list)

    @property
    def is_home(self) -> bool:
        """Whether this is an App Home rather than a modal."""
        return self.content.get("type") == "home"


class Workspace:
    """Everything a workspace knows. Hold `changing()` to change it; waiters on `changed` wake up after each change.

    `reads`: up to which timestamp a person has read a channel, by (person, channel). `filled`: what a person has filled
    into the fields of a message, as `state.values`, by (person, channel, timestamp).
    """

    def __init__(self, app: AppFacts, clock: Clock, ids: Ids) -> None:
        self.app, self.clock, self.ids = app, clock, ids
        self.feed = Feed()
        self.changed = threading.Condition(threading.RLock())
        self.team_id, self.app_id, self.bot_id = ids.new("T"), ids.new("A"), ids.new("B")
        self.domain = "sandbox"
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.files: dict[str, File] = {}
        self.views: dict[str, View] = {}
        self.modals: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.reads: dict[tuple[str, str], str] = {}
        self.filled: dict[tuple[str, str, str], dict[str, dict[str, Json]]] = {}
        self._last_tick = 0
        self.bot = self._add_bot()

    def _add_bot(self) -> User:
        user = User(self.ids.new("U"), self.app.bot_name.lower(), self.app.name, is_bot=True)
        self.users[user.id] = user
        return user

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the workspace while changing it; everybody who waits looks again afterwards."""
        with self.changed:
            yield
            self.changed.notify_all()

    def tell(self, kind: Kind, channel: str = "", ts: str = "", person: str = "") -> None:
        """Tell whoever shows the workspace live that this has changed."""
        self.feed.tell(Change(kind, channel, ts, person))

    def now(self) -> datetime:
        """The workspace's time, UTC."""
        return self.clock()

    def epoch(self) -> int:
        """The workspace's time in whole seconds since 1970."""
        return int(self.clock().timestamp())

    def stamp(self) -> str:
        """A message timestamp, later than every one before it, also when the clock stands still or goes back."""
        with self.changed:
            self._last_tick = max(int(self.clock().timestamp() * 1_000_000), self._last_tick + 1)
            return f"{self._last_tick // 1_000_000}.{self._last_tick % 1_000_000:06d}"

    def is_shared(self, channel: Channel) -> bool:
        """Whether people of another workspace are in the conversation (Slack Connect)."""
        return any(self.users[one].team_id for one in channel.members if one in self.users)

    def is_stranger(self, user: User) -> bool:
        """Whether they belong to another workspace, and share no conversation with the app."""
        shared = (self.bot.id in c.members and user.id in c.members for c in self.channels.values())
        return bool(user.team_id) and not any(shared)

    def channel_named(self, name: str) -> Channel | None:
        """The channel with the name (with or without #)."""
        wanted = name.removeprefix("#")
        return next((c for c in self.channels.values() if not c.is_direct and c.name == wanted), None)

    def add_channel(self, name: str, kind: str, members: list[str], creator: str = "") -> Channel:
        """A new conversation with these members."""
        prefix = {"im": "D", "group": "G"}.get(kind, "C")
        channel = Channel(self.ids.new(prefix), name, kind, self.epoch(), creator, list(members))
        self.channels[channel.id] = channel
        self.tell("channel", channel.id)
        return channel

    def direct(self, members: list[str]) -> Channel:
        """The direct conversation of exactly these people, made when there is none yet."""
        wanted = set(members)
        for channel in self.channels.values():
            if channel.is_direct and set(channel.members) == wanted:
                return channel
        kind = "im" if len(wanted) == 2 else "mpim"
        return self.add_channel("directmessage" if kind == "im" else "mpdm", kind, sorted(wanted))

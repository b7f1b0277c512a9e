"""What one tab is told: first everything that its person may see, then each change, and nobody else's words."""

from collections.abc import Callable, Iterator
from typing import Any

from bot.sandbox.engine import Engine
from bot.sandbox.page.as_page import channel_json, clock_json, message_json, person_json, view_json
from bot.sandbox.page.rights import knows_of, reads, sees_message, sees_person
from bot.sandbox.workspace.feed import Change
from bot.sandbox.workspace.state import Channel, Message, User

Json = dict[str, Any]


class Sight:
    """The eyes of one tab. It remembers which conversations it was shown, to say which of them are gone."""

    def __init__(self, engine: Engine, me: User) -> None:
        self._engine, self._workspace, self._me = engine, engine.workspace, me
        self._shown: set[str] = set()
        self._tells: dict[str, Callable[[Change], Iterator[Json]]] = {
            "message": self._message, "gone": self._gone, "channel": self._channel, "person": self._person,
            "modals": self._views, "home": self._views, "reads": self._reads, "connections": self._connections,
            "clock": self._clock,
        }  # fmt: skip
        self._recount: dict[str, Channel] = {}

    def everything(self) -> Json:
        """The first frame: all but the messages, which are fetched as they are looked at."""
        workspace, me, stage = self._workspace, self._me, self._engine.stage
        with workspace.changing():
            direct = workspace.direct([me.id, workspace.bot.id])
            people = [user for user in workspace.users.values() if sees_person(workspace, me, user)]
            known = [channel for channel in workspace.channels.values() if knows_of(me, channel)]
            self._shown = {channel.id for channel in known}
            modals, home = view_json(workspace, me.id)
            return {
                "type": "all", "me": person_json(workspace, me),
                "workspace": {"name": workspace.domain.capitalize(), "domain": workspace.domain},
                "app": self._app(direct), "commands": self._commands(), "shortcuts": self._shortcuts(),
                "people": [person_json(workspace, user) for user in people],
                "channels": [channel_json(workspace, me, channel) for channel in known],
                "modals": modals, "home": home, "clock": clock_json(workspace),
                "connections": len(self._engine.deliveries.lines), "guide": stage.guide,
                "samples": [{"name": s.name, "title": s.title, "seconds": s.seconds} for s in stage.samples.values()],
            }  # fmt: skip

    def _app(self, direct: Channel) -> Json:
        workspace = self._workspace
        return {"name": workspace.app.name, "user": workspace.bot.id, "bot_id": workspace.bot_id,
                "home_tab": workspace.app.home_tab, "messages_tab": workspace.app.messages_tab,
                "direct": direct.id}  # fmt: skip

    def _commands(self) -> list[Json]:
        commands = self._workspace.app.commands.values()
        return [{"command": c.name, "description": c.description, "usage_hint": c.usage_hint} for c in commands]

    def _shortcuts(self) -> list[Json]:
        return [{"name": s.name, "type": s.kind, "callback_id": s.callback_id, "description": s.description}
                for s in self._workspace.app.shortcuts.values()]  # fmt: skip

    def frames(self, changes: list[Change]) -> list[Json]:
        """What this person is told of the changes, as it stands now; a channel's count once, however much was said."""
        with self._workspace.changed:
            told = [frame for change in changes for frame in self._tells[change.kind](change)]
            counted, self._recount = self._recount, {}
            return [*told, *(self._as_frame(channel) for channel in counted.values())]

    def _message(self, change: Change) -> Iterator[Json]:
        channel = self._read_here(change)
        message = _find(channel, change.ts) if channel else None
        if channel and message and sees_message(self._me, channel, message):
            shown = message_json(self._engine, self._me, channel, message)
            yield {"type": "message", "channel": channel.id, "message": shown}
            if message.is_in_channel and not message.ephemeral_to:
                self._recount[channel.id] = channel

    def _gone(self, change: Change) -> Iterator[Json]:
        channel = self._read_here(change)
        if channel and change.person in ("", self._me.id):
            yield {"type": "gone", "channel": channel.id, "ts": change.ts}
            self._recount[channel.id] = channel

    def _channel(self, change: Change) -> Iterator[Json]:
        channel = self._workspace.channels[change.channel]
        if knows_of(self._me, channel):
            yield from self._newly_met(channel)
            self._shown.add(channel.id)
            self._recount[channel.id] = channel
        elif channel.id in self._shown:
            self._shown.discard(channel.id)
            yield {"type": "channel", "channel": {"id": channel.id, "is_member": False, "gone": True}}

    def _newly_met(self, channel: Channel) -> Iterator[Json]:
        """Who is from outside meets people by sharing a conversation with them."""
        if self._me.is_outsider and reads(self._me, channel):
            for member in channel.members:
                yield {"type": "person", "person": person_json(self._workspace, self._workspace.users[member])}

    def _person(self, change: Change) -> Iterator[Json]:
        user = self._workspace.users[change.person]
        if sees_person(self._workspace, self._me, user):
            yield {"type": "person", "person": person_json(self._workspace, user)}

    def _views(self, change: Change) -> Iterator[Json]:
        if change.person == self._me.id:
            modals, home = view_json(self._workspace, self._me.id)
            yield {"type": "modals", "modals": modals} if change.kind == "modals" else {"type": "home", "home": home}

    def _reads(self, change: Change) -> Iterator[Json]:
        channel = self._read_here(change)
        if channel and change.person == self._me.id:
            self._recount[channel.id] = channel
        yield from ()

    def _connections(self, change: Change) -> Iterator[Json]:
        yield {"type": "connections", "count": len(self._engine.deliveries.lines)}

    def _clock(self, change: Change) -> Iterator[Json]:
        yield {"type": "clock", "clock": clock_json(self._workspace)}

    def _read_here(self, change: Change) -> Channel | None:
        channel = self._workspace.channels[change.channel]
        return channel if reads(self._me, channel) else None

    def _as_frame(self, channel: Channel) -> Json:
        return {"type": "channel", "channel": channel_json(self._workspace, self._me, channel)}


def _find(channel: Channel, ts: str) -> Message | None:
    said = channel.messages.get(ts)
    return said or next((message for message in reversed(channel.ephemerals) if message.ts == ts), None)

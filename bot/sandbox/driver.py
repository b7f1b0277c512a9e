"""A Slack workspace to try things in: `Sandbox.start(manifest=…)`, people who speak and look, faults on demand."""

import random
import time
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from slack_sdk.socket_mode.builtin import SocketModeClient

from bot.clock import Clock, system_clock
from bot.sandbox import walk
from bot.sandbox.deliveries import Ack, Deliveries
from bot.sandbox.engine import ApiCall, Engine, Refusal
from bot.sandbox.events import member_joined, team_joined
from bot.sandbox.faults import Faults
from bot.sandbox.ids import Ids
from bot.sandbox.manifest import read_manifest
from bot.sandbox.person import Person
from bot.sandbox.seen import SeenMessage, see_message
from bot.sandbox.server import Server
from bot.sandbox.sockets import Connection, disconnect
from bot.sandbox.state import Channel, User, Workspace
from bot.sandbox.tickets import Tickets
from bot.sandbox.traffic import Traffic

Json = dict[str, Any]


class Room:
    """A channel, as a test looks at it."""

    def __init__(self, channel: Channel) -> None:
        self.channel, self.id, self.name = channel, channel.id, channel.name

    @property
    def messages(self) -> list[SeenMessage]:
        """What stands there now, oldest first, replies among them."""
        return [see_message(message) for message in list(self.channel.messages.values())]


class Sandbox:
    """One workspace with one app installed from a manifest, served on 127.0.0.1. A context manager."""

    def __init__(self, engine: Engine, server: Server) -> None:
        self._engine, self._server = engine, server
        self.workspace, self.faults = engine.workspace, engine.faults
        self.bot_token, self.app_token = engine.bot_token, engine.app_token
        self.bot_user_id, self.team_id = engine.workspace.bot.id, engine.workspace.team_id
        self.host_url = engine.base
        self.url = f"{engine.base}/api/"

    @classmethod
    def start(
        cls, *, manifest: Json, clock: Clock = system_clock, port: int = 0, rng: random.Random | None = None,
        ack_seconds: float = 3.0,
    ) -> "Sandbox":  # fmt: skip
        """Serve a new workspace on a free port (or `port`). Raises BadManifest; OSError if the port is taken.

        `rng` makes ids repeatable; `ack_seconds` is how long the app may take to acknowledge (real time).
        """
        ids, faults = Ids(rng), Faults()
        workspace = Workspace(read_manifest(manifest), clock, ids)
        traffic = Traffic(clock)
        deliveries = Deliveries(clock, ids, faults, traffic, ack_seconds)
        tokens = f"xoxb-{ids.secret()}", f"xapp-1-{ids.secret()}"
        engine = Engine(workspace, deliveries, faults, Tickets(workspace), traffic, *tokens)
        server = Server(engine, port)
        server.start()
        return cls(engine, server)

    def stop(self) -> None:
        """Close every connection and forget everything."""
        self._server.stop()

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    # people and places

    def person(self, name: str, *, user_id: str | None = None, time_zone: str = "Europe/London", email: str = "",
               is_guest: bool = False, is_admin: bool = False) -> Person:  # fmt: skip
        """A new member of the workspace, with a direct message with the bot and no channel yet."""
        workspace = self.workspace
        with workspace.changing():
            handle = ".".join(name.lower().split())
            user = User(user_id or workspace.ids.new("U"), handle, name, time_zone, email,
                        is_restricted=is_guest, is_admin=is_admin)  # fmt: skip
            workspace.users[user.id] = user
            workspace.direct([user.id, workspace.bot.id])
            workspace.tell("person", person=user.id)
            team_joined(self._engine, user)
        return Person(self._engine, user)

    def add_channel(self, name: str, *members: Person, private: bool = False, with_bot: bool = True) -> Room:
        """A new channel with these members, and the bot unless told otherwise."""
        workspace = self.workspace
        with workspace.changing():
            people = [person.id for person in members] + ([workspace.bot.id] if with_bot else [])
            return Room(workspace.add_channel(name, "group" if private else "channel", people))

    def joins(self, person: Person, channel: str) -> None:
        """The person joins the channel."""
        found = self.channel(channel).channel
        with self.workspace.changing():
            found.members.append(person.id)
            self.workspace.tell("channel", found.id)
            member_joined(self._engine, found, person.user)

    def channel(self, name: str) -> Room:
        """The channel with the name. AssertionError if there is none."""
        found = self.workspace.channel_named(name)
        assert found, f"there is no channel {name}"
        return Room(found)

    def messages_of(self, person: Person) -> list[SeenMessage]:
        """What the person has in the direct message with the bot, oldest first."""
        return person.messages()

    def everything(self, include_history: bool = False) -> Iterator[str]:
        """Every string in the workspace: messages, metadata, files' names, views, homes. With the history: also what
        was edited away, deleted or closed."""
        return walk.everything(self.workspace, include_history)

    # traffic

    @property
    def api_calls(self) -> list[ApiCall]:
        """Every call of the Web API so far."""
        return self._engine.api_calls

    @property
    def refusals(self) -> list[Refusal]:
        """Every call that was refused, with Slack's error name."""
        return self._engine.refusals

    @property
    def acks(self) -> list[Ack]:
        """Every acknowledgement so far, with its milliseconds."""
        return self._engine.deliveries.acks

    @property
    def lost_events(self) -> list[Json]:
        """Events that were never acknowledged, after all retries."""
        return self._engine.deliveries.lost

    @property
    def connections(self) -> int:
        """How many Socket Mode connections are open."""
        return len(self._engine.deliveries.lines)

    def wait_connected(self, connections: int = 1, within: float = 10.0) -> None:
        """Wait until that many connections are open (at least). AssertionError otherwise."""
        with self.workspace.changed:
            there = self.workspace.changed.wait_for(lambda: self.connections >= connections, within)
        assert there, f"{self.connections} connections instead of {connections}"

    def wait_disconnected(self, within: float = 10.0) -> None:
        """Wait until no connection is open, for instance after the app was killed. AssertionError otherwise."""
        with self.workspace.changed:
            gone = self.workspace.changed.wait_for(lambda: self.connections == 0, within)
        assert gone, f"{self.connections} connections are still open"

    def drop_connections(self) -> None:
        """Every connection breaks off."""
        self._each_line(lambda line: line.hang_up())

    def lets_go(self, client: SocketModeClient) -> None:
        """Close an app's connection at once: left alone, the client of slack_sdk waits four seconds for silence.

        Connections of other apps break off too, and come back by themselves.
        """
        client.auto_reconnect_enabled, client.closed = False, True
        client.message_queue.put(None)
        self.drop_connections()
        until = time.monotonic() + 1
        while client.is_connected() and time.monotonic() < until:
            time.sleep(0.005)
        client.close()

    def disconnects(self, reason: str = "refresh_requested") -> None:
        """Ask every connection for a new one, as Slack does every few hours; then let the old one go."""
        self._each_line(lambda line: line.push(disconnect(reason)))

    def release_events(self, newest_first: bool = False) -> None:
        """Let go of the events that `faults.hold_events()` kept back."""
        self._engine.deliveries.release(newest_first)

    def _each_line(self, do: Any) -> None:
        loop = self._engine.deliveries.loop
        for line in list(self._engine.deliveries.lines):
            if loop and isinstance(line, Connection):
                loop.call_soon_threadsafe(do, line)

"""A Slack workspace to try things in: `Sandbox.start(manifest=…)`, people who speak and look, faults on demand."""

import asyncio
import random
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from slack_sdk.socket_mode.builtin import SocketModeClient

from bot.clock import Clock, system_clock
from bot.sandbox import walk
from bot.sandbox.engine import ApiCall, Engine, Refusal
from bot.sandbox.happenings import accounts, membership
from bot.sandbox.happenings.arrivals import arrive, handle_of
from bot.sandbox.happenings.events import channel_created
from bot.sandbox.opening import make_engine
from bot.sandbox.person import Person
from bot.sandbox.post_office.connections import Connection, ask_to_leave, each_connection
from bot.sandbox.post_office.deliveries import Order
from bot.sandbox.post_office.envelopes import Ack
from bot.sandbox.post_office.traffic import Exchange
from bot.sandbox.seen import SeenMessage, see_message
from bot.sandbox.serving.server import Server
from bot.sandbox.workspace.stage import Stage, samples_in
from bot.sandbox.workspace.state import Channel, User

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
        self.signing_secret = engine.signing_secret
        self.bot_user_id, self.team_id = engine.workspace.bot.id, engine.workspace.team_id
        self.host_url = engine.base
        self.url = f"{engine.base}/api/"

    @classmethod
    def start(
        cls, *, manifest: Json, clock: Clock = system_clock, port: int = 0, rng: random.Random | None = None,
        ack_seconds: float = 3.0, ping_seconds: float = 10.0, rate_limits: bool = True, guide: Json | None = None,
        samples: Path | None = None,
    ) -> "Sandbox":  # fmt: skip
        """Serve a new workspace on a free port (or `port`). Raises BadManifest; OSError if the port is taken.

        `rng` makes ids repeatable; `ack_seconds` is how long the app may take to acknowledge (real time), and
        `ping_seconds` how often a connection is asked whether it is there. Benchmarks alone do without `rate_limits`.
        For the page: `guide` is its tour, `samples` a folder of recordings that can be sent instead of one's own voice.
        """
        engine = make_engine(manifest, clock, rng, ack_seconds, rate_limits)
        engine.stage = Stage(guide, samples_in(samples))
        server = Server(engine, port, ping_seconds)
        server.start()
        return cls(engine, server)

    def stop(self) -> None:
        """Close every connection and forget everything."""
        self._server.stop()

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    # the page

    @property
    def page_url(self) -> str:
        """Where the workspace can be looked at in a browser."""
        return f"{self.host_url}/"

    def on_clock_moved(self, callback: Callable[[datetime], None]) -> None:
        """Call this with the new time after each move of the clock on the page, on a thread that may take its time."""
        self._engine.stage.clock_moved.append(callback)

    def offers_tour(self, guide: Json) -> None:
        """Show this tour on the page from now on; it may name people who are there already."""
        self._engine.stage.guide = guide

    # people and places

    def person(
        self, name: str, *, user_id: str | None = None, time_zone: str = "Europe/London", email: str = "",
        title: str = "", is_guest: bool = False, is_single_channel_guest: bool = False, is_admin: bool = False,
    ) -> Person:  # fmt: skip
        """A new member of the workspace, with a direct message with the bot and no channel yet."""
        return self._arrives(User(
            user_id or self.workspace.ids.new("U"), handle_of(name), name, time_zone, email, title, is_admin=is_admin,
            is_restricted=is_guest or is_single_channel_guest, is_ultra_restricted=is_single_channel_guest,
        ))  # fmt: skip

    def stranger(self, name: str, *, team_id: str | None = None, time_zone: str = "Europe/London") -> Person:
        """Somebody of another workspace (Slack Connect); they come in by `add_channel` or `joins`."""
        ids = self.workspace.ids
        team = team_id or ids.new("T")
        return self._arrives(User(ids.new("U"), handle_of(name), name, time_zone, team_id=team))

    def _arrives(self, user: User) -> Person:
        arrive(self._engine, user)
        return Person(self._engine, user)

    def changes(self, person: Person, **facts: Any) -> None:
        """Other facts of a member, by the fields of `User`: `title="…"`, `deleted=True` for who is deactivated."""
        accounts.change(self._engine, person.user, **facts)

    def add_channel(self, name: str, *members: Person, private: bool = False, with_bot: bool = True) -> Room:
        """A new channel with these members, and the bot unless told otherwise."""
        workspace = self.workspace
        with workspace.changing():
            people = [person.id for person in members] + ([workspace.bot.id] if with_bot else [])
            channel = workspace.add_channel(name, "group" if private else "channel", people)
            channel_created(self._engine, channel)
            return Room(channel)

    def joins(self, person: Person, channel: str) -> None:
        """The person is brought into the channel. Refused: a guest of one channel can't be in a second."""
        membership.invite(self._engine, self.channel(channel).channel, [person.user])

    def archives(self, person: Person, channel: str) -> None:
        """The person closes the channel."""
        membership.archive(self._engine, self.channel(channel).channel, person.user)

    def unarchives(self, person: Person, channel: str) -> None:
        """The person opens it again."""
        membership.unarchive(self._engine, self.channel(channel).channel, person.user)

    def uninstalls(self) -> None:
        """The app is taken out of the workspace: it is told so, and its token is good for nothing any more."""
        accounts.uninstall(self._engine)

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
    def traffic(self) -> list[Exchange]:
        """The last few hundred exchanges between the workspace and the app, oldest first."""
        return list(self._engine.traffic.exchanges)

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
        """Events that were never acknowledged, after all retries, or were too many for one hour."""
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

    def verifies_request_url(self) -> bool:
        """Ask an app that listens by HTTP for its challenge now, as Slack does when the address is saved; without it
        that happens before the first event. False if the app did not answer with it."""
        requests, loop = self._engine.requests, self._engine.deliveries.loop
        assert requests and loop, "the app listens by Socket Mode"
        return asyncio.run_coroutine_threadsafe(requests.verify(), loop).result(self._engine.deliveries.ack_seconds + 5)

    def wait_disconnected(self, within: float = 10.0) -> None:
        """Wait until no connection is open, for instance after the app was killed. AssertionError otherwise."""
        with self.workspace.changed:
            gone = self.workspace.changed.wait_for(lambda: self.connections == 0, within)
        assert gone, f"{self.connections} connections are still open"

    def drop_connections(self) -> None:
        """Every connection breaks off."""
        each_connection(self._engine.deliveries, Connection.hang_up)

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
        """Ask every connection for a new one, as Slack does every few hours (`warning`, `refresh_requested`); ten
        seconds later, on the workspace's clock, the old ones end."""
        each_connection(self._engine.deliveries, lambda line: ask_to_leave(self._engine.deliveries, line, reason))

    def release_events(self, newest_first: bool = False, order: Order = "oldest") -> None:
        """Let go of the events that `faults.hold_events()` kept back; `order`: oldest, newest or random."""
        self._engine.deliveries.release("newest" if newest_first else order)

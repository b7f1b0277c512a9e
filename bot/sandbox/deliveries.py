"""Envelopes on their way to the app: one connection each, acknowledged or sent again.

Everything here runs on the server's event loop; `send_event` and `ask` may be called from any thread.
Retries follow docs.slack.dev/apis/events-api#retries: at once, after 1 minute, after 5 minutes, same event_id.
"""

import asyncio
import logging
import time
from collections import Counter, deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple, Protocol

from bot.clock import Clock
from bot.sandbox.errors import NobodyConnected, NotAnswered
from bot.sandbox.faults import Faults
from bot.sandbox.ids import Ids
from bot.sandbox.traffic import Exchange, Traffic

Json = dict[str, Any]
log = logging.getLogger("collaborate.sandbox")

#: what the n-th retry of an event waits, on the workspace's clock
RETRY_AFTER = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))
#: unacknowledged envelopes on one connection. Over plain TCP the built-in client of slack_sdk collects what it receives
#: in one recursion and loses a longer burst; Slack's TLS records keep frames apart
MOST_IN_FLIGHT = 30


class Line(Protocol):
    """One open connection of the app."""

    def push(self, frame: Json) -> None:
        """Queue a frame, in order."""


class Ack(NamedTuple):
    """How long the app took to acknowledge an envelope of a kind (`events_api`, `interactive`, `slash_commands`)."""

    kind: str
    milliseconds: float


@dataclass
class Delivery:
    """One payload and how often it was tried."""

    kind: Literal["events_api", "interactive", "slash_commands"]
    payload: Json
    attempt: int = 0
    reason: str = ""
    answer: "Future[Json] | None" = None
    line: Line | None = None
    sent: float = 0.0
    deadline: asyncio.TimerHandle | None = None
    exchange: Exchange | None = None

    @property
    def name(self) -> str:
        """What it is, in a word or two: the event's type, the command, the interaction's type and where it happened."""
        payload = self.payload
        event = payload.get("event") or {}
        doing = (payload.get("actions") or [{}])[0].get("action_id") or (payload.get("view") or {}).get("callback_id")
        words = (event.get("type") or payload.get("command") or payload.get("type"), event.get("subtype") or doing)
        return " ".join(str(word) for word in words if word)


@dataclass
class Deliveries:
    """The post office between the workspace and the connections of the app."""

    clock: Clock
    ids: Ids
    faults: Faults
    traffic: Traffic
    ack_seconds: float = 3.0
    loop: asyncio.AbstractEventLoop | None = None
    lines: list[Line] = field(default_factory=list)
    waiting: deque[Delivery] = field(default_factory=deque)
    held: list[Delivery] = field(default_factory=list)
    in_flight: dict[str, Delivery] = field(default_factory=dict)
    due: list[tuple[datetime, Delivery]] = field(default_factory=list)
    lost: list[Json] = field(default_factory=list)
    acks: list[Ack] = field(default_factory=list)

    # from any thread

    def send_event(self, payload: Json) -> None:
        """Deliver an event_callback; kept while no connection is open."""
        self._soon(lambda: self._take(Delivery("events_api", payload)))

    def ask(self, kind: Literal["interactive", "slash_commands"], payload: Json) -> "Future[Json]":
        """Deliver an interaction or command; the future gives the ack's payload ({} if none) or raises NotAnswered."""
        answer: Future[Json] = Future()
        self._soon(lambda: self._send(Delivery(kind, payload, answer=answer)))
        return answer

    def release(self, newest_first: bool = False) -> None:
        """Let go of the events that `faults.hold_events()` kept back, possibly in the wrong order."""
        self._soon(lambda: self._release(newest_first))

    def _soon(self, step: Callable[[], None]) -> None:
        if self.loop is not None and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(step)

    # on the event loop

    def opened(self, line: Line) -> None:
        """A connection is open: it gets what has been waiting."""
        self.lines.append(line)
        self._send_waiting()

    def closed(self, line: Line) -> None:
        """A connection is gone: its events count as failed, its interactions as unanswered."""
        if line in self.lines:
            self.lines.remove(line)
        for envelope_id, delivery in list(self.in_flight.items()):
            if delivery.line is line:
                self._failed(envelope_id, "connection_failed")

    def acknowledged(self, frame: Json) -> None:
        """The app's `{"envelope_id", "payload"?}`. A late or unknown one is ignored, as Slack does."""
        delivery = self.in_flight.pop(str(frame.get("envelope_id", "")), None)
        if delivery is None:
            return
        if delivery.deadline:
            delivery.deadline.cancel()
        self.acks.append(Ack(delivery.kind, (time.monotonic() - delivery.sent) * 1000))
        if delivery.exchange:
            self.traffic.ends(delivery.exchange, "ok", frame.get("payload"))
        if delivery.answer:
            delivery.answer.set_result(frame.get("payload") or {})
        self._send_waiting()

    def send_due(self) -> None:
        """Send the retries whose time has come on the workspace's clock."""
        now = self.clock()
        ready = [delivery for when, delivery in self.due if when <= now]
        self.due = [(when, delivery) for when, delivery in self.due if when > now]
        for delivery in ready:
            self._send(delivery)

    def _take(self, delivery: Delivery) -> None:
        if self.faults.holding:
            self.held.append(delivery)
            return
        for _ in range(2 if self.faults.take_duplicate() else 1):
            self._send(Delivery(delivery.kind, delivery.payload))

    def _release(self, newest_first: bool) -> None:
        self.faults.holding = False
        held, self.held = self.held, []
        for delivery in reversed(held) if newest_first else held:
            self._take(delivery)

    def _send(self, delivery: Delivery) -> None:
        line = self._next_line(delivery)
        if line is None:
            self._nobody(delivery)
            return
        self.lines.remove(line)
        self.lines.append(line)
        envelope_id = self.ids.uuid()
        delivery.line, delivery.sent = line, time.monotonic()
        self.in_flight[envelope_id] = delivery
        delivery.deadline = asyncio.get_running_loop().call_later(
            self.ack_seconds, self._failed, envelope_id, "timeout"
        )
        envelope = self._envelope(envelope_id, delivery)
        delivery.exchange = self.traffic.begins(delivery.kind, delivery.name, envelope)
        line.push(envelope)

    def _next_line(self, delivery: Delivery) -> Line | None:
        """The longest unused connection that has room: round robin. Interactions do not wait for room."""
        busy = Counter(id(flying.line) for flying in self.in_flight.values())
        for line in self.lines:
            if delivery.answer or busy[id(line)] < MOST_IN_FLIGHT:
                return line
        return None

    def _send_waiting(self) -> None:
        while self.waiting and self._next_line(self.waiting[0]):
            self._send(self.waiting.popleft())

    @staticmethod
    def _envelope(envelope_id: str, delivery: Delivery) -> Json:
        is_event = delivery.kind == "events_api"
        frame: Json = {"envelope_id": envelope_id, "type": delivery.kind, "payload": delivery.payload,
                       "accepts_response_payload": not is_event}  # fmt: skip
        if is_event:
            frame |= {"retry_attempt": delivery.attempt, "retry_reason": delivery.reason}
        return frame

    def _nobody(self, delivery: Delivery) -> None:
        if delivery.answer:
            delivery.answer.set_exception(NobodyConnected(kind=delivery.kind))
        else:
            self.waiting.append(delivery)

    def _failed(self, envelope_id: str, reason: str) -> None:
        delivery = self.in_flight.pop(envelope_id, None)
        if delivery is None:
            return
        if delivery.deadline:
            delivery.deadline.cancel()
        if delivery.exchange:
            self.traffic.ends(delivery.exchange, reason)
        if delivery.answer:
            delivery.answer.set_exception(NotAnswered(kind=delivery.kind, seconds=self.ack_seconds))
        else:
            self._again(delivery, reason)
        self._send_waiting()

    def _again(self, delivery: Delivery, reason: str) -> None:
        if delivery.attempt >= len(RETRY_AFTER):
            self.lost.append(delivery.payload)
            log.warning("event %s lost after %d retries", delivery.payload.get("event_id"), delivery.attempt)
            return
        wait = RETRY_AFTER[delivery.attempt]
        again = Delivery(delivery.kind, delivery.payload, delivery.attempt + 1, reason)
        if wait:
            self.due.append((self.clock() + wait, again))
        else:
            self._send(again)

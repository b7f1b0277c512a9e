"""The post office: envelopes on their way to the app, one line each, acknowledged or sent again.

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
from datetime import timedelta
from typing import Any, Literal

from bot.sandbox.errors import NobodyConnected, NotAnswered
from bot.sandbox.post_office.agenda import Agenda
from bot.sandbox.post_office.envelopes import Ack, Delivery, Line
from bot.sandbox.post_office.faults import Faults
from bot.sandbox.post_office.pace import Hourly
from bot.sandbox.post_office.traffic import Traffic
from bot.sandbox.workspace.ids import Ids

Json = dict[str, Any]
Order = Literal["oldest", "newest", "random"]
log = logging.getLogger("collaborate.sandbox")

#: what the n-th retry of an event waits, on the workspace's clock
RETRY_AFTER = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))
#: unacknowledged envelopes on one line. Over plain TCP the built-in client of slack_sdk collects what it receives in
#: one recursion and loses a longer burst; Slack's TLS records keep frames apart
MOST_IN_FLIGHT = 30


@dataclass
class Deliveries:
    """The post office between the workspace and the lines of the app."""

    ids: Ids
    faults: Faults
    traffic: Traffic
    agenda: Agenda
    hourly: Hourly
    ack_seconds: float = 3.0
    loop: asyncio.AbstractEventLoop | None = None
    lines: list[Line] = field(default_factory=list)
    waiting: deque[Delivery] = field(default_factory=deque)
    held: list[Delivery] = field(default_factory=list)
    in_flight: dict[str, Delivery] = field(default_factory=dict)
    lost: list[Json] = field(default_factory=list)
    acks: list[Ack] = field(default_factory=list)

    # from any thread

    def send_event(self, payload: Json) -> None:
        """Deliver an event_callback; kept while no line is open."""
        self._soon(lambda: self._take(Delivery("events_api", payload)))

    def ask(self, kind: Literal["interactive", "slash_commands"], payload: Json) -> "Future[Json]":
        """Deliver an interaction or command; the future gives the ack's payload ({} if none) or raises NotAnswered."""
        answer: Future[Json] = Future()
        self._soon(lambda: self._send(Delivery(kind, payload, answer=answer)))
        return answer

    def release(self, order: Order = "oldest") -> None:
        """Let go of the events that `faults.hold_events()` kept back, oldest or newest first or in any order."""
        self._soon(lambda: self._release(order))

    def _soon(self, step: Callable[[], None]) -> None:
        if self.loop is not None and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(step)

    # on the event loop

    def opened(self, line: Line) -> None:
        """A line is open: it gets what has been waiting."""
        self.lines.append(line)
        self._send_waiting()

    def closed(self, line: Line) -> None:
        """A line is gone: its events count as failed, its interactions as unanswered."""
        if line in self.lines:
            self.lines.remove(line)
        for envelope_id, delivery in list(self.in_flight.items()):
            if delivery.line is line:
                self.failed(envelope_id, "connection_failed")

    def acknowledged(self, envelope_id: str, answer: Json | None) -> None:
        """The app got an envelope, and answers this. A late or unknown one is ignored, as Slack does."""
        delivery = self._landed(envelope_id)
        if delivery is None:
            return
        self.acks.append(Ack(delivery.kind, (time.monotonic() - delivery.sent) * 1000))
        if delivery.exchange:
            self.traffic.ends(delivery.exchange, "ok", answer)
        if delivery.answer:
            delivery.answer.set_result(answer or {})
        self._send_waiting()

    def failed(self, envelope_id: str, reason: str, again: bool = True) -> None:
        """The app did not get an envelope, or not in time; `reason` is Slack's word, `again` whether it may be retried.

        A person hears of it who waits for an answer."""
        delivery = self._landed(envelope_id)
        if delivery is None:
            return
        if delivery.exchange:
            self.traffic.ends(delivery.exchange, reason)
        if delivery.answer:
            delivery.answer.set_exception(NotAnswered(kind=delivery.kind, seconds=self.ack_seconds))
        elif again and delivery.attempt < len(RETRY_AFTER):
            self._again(delivery, reason)
        else:
            self._lose(delivery)
        self._send_waiting()

    def send_due(self) -> None:
        """Send what nobody holds back any more."""
        if self.held and not self.faults.holding:
            self._release("oldest")

    def _landed(self, envelope_id: str) -> Delivery | None:
        delivery = self.in_flight.pop(envelope_id, None)
        if delivery and delivery.deadline:
            delivery.deadline.cancel()
        return delivery

    def _take(self, delivery: Delivery) -> None:
        """A new event: counted, and then held, late, twice or simply sent."""
        if self.faults.holding:
            self.held.append(delivery)
        elif not self.hourly.take():
            self._limited(delivery)
        elif late := self.faults.take_lateness():
            self.agenda.after(timedelta(seconds=late), lambda: self._send(delivery))
        else:
            for _ in range(2 if self.faults.take_duplicate() else 1):
                self._send(Delivery(delivery.kind, delivery.payload))

    def _limited(self, delivery: Delivery) -> None:
        """Too many events in an hour: they are lost, and once a minute the app is told so."""
        self.lost.append(delivery.payload)
        if self.hourly.is_news():
            told = {key: delivery.payload.get(key) for key in ("token", "team_id", "api_app_id")}
            minute = int(delivery.payload.get("event_time", 0)) // 60 * 60
            self._send(Delivery("events_api", {**told, "type": "app_rate_limited", "minute_rate_limited": minute}))

    def _release(self, order: Order) -> None:
        self.faults.holding = False
        held, self.held = self.held, []
        if order == "random":
            held = self.ids.shuffled(held)
        for delivery in reversed(held) if order == "newest" else held:
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
        written = line.written(envelope_id, delivery)
        delivery.exchange = self.traffic.begins(delivery.kind, delivery.name, written)
        if self.faults.take_drop():
            self._drop(envelope_id, line)
            return
        delivery.deadline = asyncio.get_running_loop().call_later(self.ack_seconds, self.failed, envelope_id, line.late)
        line.carry(envelope_id, delivery, written)

    def _drop(self, envelope_id: str, line: Line) -> None:
        """The line breaks with the envelope on it."""
        if line.breaks:
            line.hang_up()
            self.closed(line)
        self.failed(envelope_id, "connection_failed")

    def _next_line(self, delivery: Delivery) -> Line | None:
        """The longest unused line that has room: round robin. Interactions do not wait for room."""
        busy = Counter(id(flying.line) for flying in self.in_flight.values())
        for line in sorted(self.lines, key=lambda one: one.leaving):
            if delivery.answer or busy[id(line)] < MOST_IN_FLIGHT:
                return line
        return None

    def _send_waiting(self) -> None:
        while self.waiting and self._next_line(self.waiting[0]):
            self._send(self.waiting.popleft())

    def _nobody(self, delivery: Delivery) -> None:
        if delivery.answer:
            delivery.answer.set_exception(NobodyConnected(kind=delivery.kind))
        else:
            self.waiting.append(delivery)

    def _again(self, delivery: Delivery, reason: str) -> None:
        wait = RETRY_AFTER[delivery.attempt]
        again = Delivery(delivery.kind, delivery.payload, delivery.attempt + 1, reason)
        if wait:
            self.agenda.after(wait, lambda: self._send(again))
        else:
            self._send(again)

    def _lose(self, delivery: Delivery) -> None:
        self.lost.append(delivery.payload)
        log.warning("event %s lost after %d retries", delivery.payload.get("event_id"), delivery.attempt)

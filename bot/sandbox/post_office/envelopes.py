"""One payload on its way to the app, and the two kinds of line that carry it."""

import asyncio
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Protocol

from bot.sandbox.post_office.traffic import Exchange

Json = dict[str, Any]
Kind = Literal["events_api", "interactive", "slash_commands"]


class Ack(NamedTuple):
    """How long the app took to acknowledge an envelope of a kind (`events_api`, `interactive`, `slash_commands`)."""

    kind: str
    milliseconds: float


@dataclass
class Delivery:
    """One payload and how often it was tried. `reason` says why it is tried again."""

    kind: Kind
    payload: Json
    attempt: int = 0
    reason: str = ""
    answer: "Future[Json] | None" = None
    line: "Line | None" = None
    sent: float = 0.0
    deadline: asyncio.TimerHandle | None = None
    exchange: Exchange | None = None

    @property
    def name(self) -> str:
        """What it is, in a word or two: the event's type, the command, the interaction's type and where it happened."""
        payload = self.payload
        event = payload.get("event") or {}
        doing = (payload.get("actions") or [{}])[0].get("action_id") or (payload.get("view") or {}).get("callback_id")
        kind = event.get("type") or payload.get("command") or payload.get("type")
        words = (kind, event.get("subtype") or doing or payload.get("callback_id"))
        return " ".join(str(word) for word in words if word)


class Line(Protocol):
    """A way to the app: one WebSocket of Socket Mode, or the app's request URLs."""

    #: what a retry gives as its reason when there was no answer in time
    late: str
    #: whether it breaks and ends, or every envelope makes its own way
    breaks: bool
    #: whether it was told to go, and gets nothing more while there is another
    leaving: bool

    def written(self, envelope_id: str, delivery: Delivery) -> Json:
        """What goes over the wire."""

    def carry(self, envelope_id: str, delivery: Delivery, written: Json) -> None:
        """Send it; what becomes of it is told to the post office."""

    def hang_up(self) -> None:
        """End it, after what is on its way."""

"""What went over the wire, for the inspector: envelopes, calls and answers, with their milliseconds."""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any, Literal

from bot.clock import Clock

Json = dict[str, Any]
Kind = Literal["api", "response_url", "download", "events_api", "interactive", "slash_commands"]

#: exchanges that are remembered
REMEMBERED = 500


@dataclass
class Exchange:
    """One question and its answer. `kind` says who asked: `api`, `response_url` and `download` the app, the rest Slack.

    `outcome` is `waiting` until there is an answer, then `ok` or what went wrong, in Slack's own name for it.
    """

    number: int
    kind: Kind
    name: str
    asked: Json
    at: datetime
    answered: Json | None = None
    outcome: str = "waiting"
    milliseconds: float | None = None
    began: float = field(default_factory=time.monotonic)


class Traffic:
    """The last exchanges, oldest first. Watchers are told of each twice: when it begins and when it ends."""

    def __init__(self, clock: Clock) -> None:
        self._clock, self._numbers, self._lock = clock, count(1), threading.Lock()
        self._watchers: list[Callable[[Exchange], None]] = []
        self.exchanges: deque[Exchange] = deque(maxlen=REMEMBERED)

    def begins(self, kind: Kind, name: str, asked: Json) -> Exchange:
        """Note a question down."""
        exchange = Exchange(next(self._numbers), kind, name, asked, self._clock())
        self.exchanges.append(exchange)
        self._tell(exchange)
        return exchange

    def ends(self, exchange: Exchange, outcome: str = "ok", answered: Json | None = None) -> None:
        """Note its answer down; `outcome` is `ok` or Slack's name for what went wrong."""
        exchange.milliseconds = (time.monotonic() - exchange.began) * 1000
        exchange.outcome, exchange.answered = outcome, answered
        self._tell(exchange)

    def watch(self, watcher: Callable[[Exchange], None]) -> Callable[[], None]:
        """Tell this watcher from now on, on the thread that speaks; gives what ends it."""
        with self._lock:
            self._watchers = [*self._watchers, watcher]
        return lambda: self._unwatch(watcher)

    def _unwatch(self, watcher: Callable[[Exchange], None]) -> None:
        with self._lock:
            self._watchers = [one for one in self._watchers if one is not watcher]

    def _tell(self, exchange: Exchange) -> None:
        for watcher in self._watchers:
            watcher(exchange)

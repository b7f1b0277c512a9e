"""What is to happen later, on the workspace's clock: retries, late events, messages for tomorrow, old connections."""

import heapq
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

from bot.clock import Clock


class Agenda:
    """Keeps steps until their time has come. The server asks many times a second, and runs them on its own thread."""

    def __init__(self, clock: Clock) -> None:
        self._clock, self._numbers, self._lock = clock, count(), threading.Lock()
        self._steps: list[tuple[datetime, int, Callable[[], None]]] = []

    @property
    def planned(self) -> int:
        """How many steps wait for their time."""
        return len(self._steps)

    def at(self, when: datetime, step: Callable[[], None]) -> None:
        """Do the step at that time or soon after; what is planned for the same time happens in the order planned."""
        with self._lock:
            heapq.heappush(self._steps, (when, next(self._numbers), step))

    def after(self, wait: timedelta, step: Callable[[], None]) -> None:
        """Do the step when this much time has passed."""
        self.at(self._clock() + wait, step)

    def run_due(self) -> None:
        """Do everything whose time has come, earliest first."""
        while (step := self._next()) is not None:
            step()

    def _next(self) -> Callable[[], None] | None:
        with self._lock:
            if self._steps and self._steps[0][0] <= self._clock():
                return heapq.heappop(self._steps)[2]
            return None

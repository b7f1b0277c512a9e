"""What one tab has not been told yet: filled from any thread, emptied on the event loop, never longer than a limit."""

import asyncio
import contextlib
import threading
from collections.abc import Hashable
from typing import Generic, TypeVar

Item = TypeVar("Item", bound=Hashable)

#: a tab that is this far behind is told everything anew instead
MOST_WAITING = 500


class Mailbox(Generic[Item]):
    """A set that keeps its order: the same thing twice is one thing. Make it on the event loop that empties it."""

    def __init__(self, most: int = MOST_WAITING) -> None:
        self._loop, self._something, self._lock = asyncio.get_running_loop(), asyncio.Event(), threading.Lock()
        self._waiting: dict[Item, None] = {}
        self._most, self._overflown, self._rung = most, False, False

    def put(self, item: Item) -> None:
        """Leave something; quick, and from any thread."""
        with self._lock:
            self._waiting[item] = None
            if len(self._waiting) > self._most:
                self._waiting.clear()
                self._overflown = True
            ring, self._rung = not self._rung, True
        if ring:
            with contextlib.suppress(RuntimeError):  # the server has just stopped, so nobody is left to read
                self._loop.call_soon_threadsafe(self._something.set)

    async def take(self) -> list[Item] | None:
        """Wait for something; all of it, oldest first. None: too much came to be kept, so look at everything anew."""
        await self._something.wait()
        with self._lock:
            taken, self._waiting = self._waiting, {}
            lost, self._overflown, self._rung = self._overflown, False, False
            self._something.clear()
        return None if lost else list(taken)

"""What has just changed in the workspace, told to whoever shows it live."""

import threading
from collections.abc import Callable
from typing import Literal, NamedTuple

Kind = Literal["message", "gone", "channel", "person", "modals", "home", "reads", "connections", "clock"]


class Change(NamedTuple):
    """One thing that is no longer as it was. `channel` and `ts` say which message, `person` whom it concerns alone."""

    kind: Kind
    channel: str = ""
    ts: str = ""
    person: str = ""


Listener = Callable[[Change], None]


class Feed:
    """Tells every listener of every change, on the thread that made it: a listener must be quick and never fail."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Tell this listener from now on; gives what ends it."""
        with self._lock:
            self._listeners = [*self._listeners, listener]
        return lambda: self._unsubscribe(listener)

    def tell(self, change: Change) -> None:
        """Pass a change on."""
        for listener in self._listeners:
            listener(change)

    def _unsubscribe(self, listener: Listener) -> None:
        with self._lock:
            self._listeners = [one for one in self._listeners if one is not listener]

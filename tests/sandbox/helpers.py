"""What the stories of this folder share: a manifest, a clock of their own, patience."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

MANIFEST = json.loads((Path(__file__).parent / "manifest.json").read_text())


class OwnClock:
    """A clock that moves only when told."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **amount: float) -> None:
        self.now += timedelta(**amount)


def eventually(true: Callable[[], bool], within: float = 5.0) -> None:
    """Wait until it is true; AssertionError otherwise."""
    until = time.monotonic() + within
    while not true():
        assert time.monotonic() < until, "it never came true"
        time.sleep(0.01)


def listening_at(url: str) -> dict:
    """The manifest of an app that listens by HTTP, at one address for everything."""
    manifest = deepcopy(MANIFEST)
    settings = manifest["settings"]
    settings["socket_mode_enabled"] = False
    settings["event_subscriptions"]["request_url"] = settings["interactivity"]["request_url"] = url
    for command in manifest["features"]["slash_commands"]:
        command["url"] = url
    return manifest


@contextmanager
def serving(app: ASGIApp, at: socket.socket) -> Iterator[None]:
    """Serves the app on an open socket, on a thread, as its own machine would."""
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [at]}, daemon=True)
    thread.start()
    try:
        eventually(lambda: server.started)
        yield
    finally:
        server.should_exit = True
        thread.join(5)

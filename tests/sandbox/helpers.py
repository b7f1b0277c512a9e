"""What the stories of this folder share: a manifest, a clock of their own, patience."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

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

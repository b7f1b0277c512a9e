"""The stage of a play: a fresh community, with the real bot connected to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.engine_room import EngineRoom
from tests.place import Place, open_place
from tests.still_clock import StillClock


@pytest.fixture
def place(tmp_path: Path, clock: StillClock, engines: EngineRoom) -> Iterator[Place]:
    with open_place(tmp_path, clock, engines) as opened:
        yield opened

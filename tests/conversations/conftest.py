"""The stage: one set of engines for all plays (loading takes longest), a fresh community for each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.engine_room import EngineRoom
from bot.settings import Settings
from tests.place import Place, open_place


@pytest.fixture(scope="session")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineRoom]:
    folder = tmp_path_factory.mktemp("engines")
    settings = Settings(_env_file=None, data_dir=folder, speech_engine="faster-whisper", speech_model="tiny.en")  # type: ignore[call-arg]
    room = EngineRoom(settings)
    room.warm_up()
    yield room
    room.close()


@pytest.fixture
def place(tmp_path: Path, clock: "object", engines: EngineRoom) -> Iterator[Place]:
    with open_place(tmp_path, clock, engines) as opened:  # type: ignore[arg-type]
        yield opened

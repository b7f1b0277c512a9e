"""Engines: one set for the stories in which they live, and others that may be killed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.clock import Clock
from bot.engine_room import EngineRoom
from bot.settings import Settings
from tests.engine_room.children import TRAP
from tests.place import Place, open_place


@pytest.fixture(scope="session")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineRoom]:
    room = make_room(tmp_path_factory.mktemp("engines"))
    room.warm_up()
    yield room
    room.close()


@pytest.fixture
def place(tmp_path: Path, clock: Clock, engines: EngineRoom) -> Iterator[Place]:
    with open_place(tmp_path, clock, engines) as opened:
        yield opened


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """While this file is there, engines that look for it die."""
    path = tmp_path / "engines" / "weights" / TRAP
    path.parent.mkdir(parents=True)
    return path


@pytest.fixture
def room(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EngineRoom]:
    opened = make_room(tmp_path / "engines", **getattr(request, "param", {}))
    yield opened
    opened.close()


@pytest.fixture
def troubled(tmp_path: Path, clock: Clock, room: EngineRoom) -> Iterator[Place]:
    """A community whose engines are those of `room`."""
    with open_place(tmp_path, clock, room) as opened:
        yield opened


def make_room(folder: Path, *, kind: type[EngineRoom] = EngineRoom, **targets: Any) -> EngineRoom:
    """Engines of their own, with the fastest real model; `targets` replace what runs in a child."""
    chosen = {"speech_engine": "faster-whisper", "speech_model": "tiny.en"}
    return kind(Settings(_env_file=None, data_dir=folder, **chosen), **targets)  # type: ignore[call-arg, arg-type]


def with_engines(**targets: Any) -> pytest.MarkDecorator:
    """The test's `room` has these functions in its children."""
    return pytest.mark.parametrize("room", [targets], indirect=True, ids=[""])

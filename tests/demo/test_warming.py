"""The demo waits for its engines, and says in a sentence if one of them can't work."""

from pathlib import Path

import pytest

from bot.demo.warming import Warming
from bot.engine_child import Target
from bot.engine_room import EngineCrashed, EngineRoom
from bot.settings import Settings
from tests.demo.children import attentive, without_weights


def warmed(folder: Path, listen: Target) -> Warming:
    settings = Settings(_env_file=None, data_dir=folder)  # type: ignore[call-arg]
    room = EngineRoom(settings, listen=listen, mask=attentive)
    warming = Warming(room)
    warming.start()
    warming.join(60)
    room.close()
    assert not warming.is_alive()
    return warming


def test_engines_that_answer_are_warm(tmp_path: Path) -> None:
    assert warmed(tmp_path, attentive).trouble is None


def test_an_engine_that_cannot_work_says_why(tmp_path: Path) -> None:
    trouble = warmed(tmp_path, without_weights).trouble
    assert trouble is not None and "Connect to a network once." in trouble.sentence


def test_engines_that_are_ended_meanwhile_are_no_accident(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    room = EngineRoom(Settings(_env_file=None, data_dir=tmp_path), listen=attentive, mask=attentive)  # type: ignore[call-arg]
    room.close()
    warming = Warming(room)
    warming.run()
    assert isinstance(warming.trouble, EngineCrashed)
    assert "an engine process died" not in caplog.text

"""The engine room: work goes to children, which answer in turn, may die, and never outlive their parent."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.engine_room import EngineCrashed, EngineRoom
from bot.settings import Settings
from bot.voice.errors import NotAudio, TooLong, WeightsMissing
from tests.engine_room.children import WORDS, obedient, talkative
from tests.engine_room.processes import runs, wait_gone
from tests.place import SAMPLES, eventually


def settings(folder: Path, **more: Any) -> Settings:
    chosen = {"speech_engine": "faster-whisper", "speech_model": "tiny.en"} | more
    return Settings(_env_file=None, data_dir=folder, **chosen)  # type: ignore[call-arg]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[EngineRoom]:
    """One child for speech that does as it is told, and one for masking."""
    opened = EngineRoom(settings(tmp_path), listen=obedient, mask=obedient)
    yield opened
    opened.close()


def asks(room: EngineRoom, order: str | bytes, progress: Any = lambda part: None) -> Any:
    sound = order if isinstance(order, bytes) else order.encode()
    return room.transcribe(sound, max_seconds=3600, expected_seconds=None, names=[], progress=progress)


def test_trouble_keeps_its_type_and_its_facts_through_the_pipe(room: EngineRoom) -> None:
    with pytest.raises(TooLong) as caught:
        asks(room, "too-long 42")
    assert caught.value.facts == {"minutes": 42}
    assert "42" in caught.value.sentence


def test_trouble_leaves_the_child_alive_for_the_next_recording(room: EngineRoom) -> None:
    before = asks(room, "tell 1")["pid"]
    with pytest.raises(TooLong):
        asks(room, "too-long 1")
    assert asks(room, "tell 1")["pid"] == before


def test_two_jobs_share_one_child_in_turn(room: EngineRoom) -> None:
    with ThreadPoolExecutor(3) as threads:
        answers = list(threads.map(lambda _: asks(room, "compute 0.1"), range(3)))
    assert len({answer["pid"] for answer in answers}) == 1
    times = sorted(answer["times"] for answer in answers)
    assert all(earlier[1] <= later[0] for earlier, later in pairwise(times))


def test_with_two_processes_two_jobs_run_at_the_same_time(tmp_path: Path) -> None:
    room = EngineRoom(settings(tmp_path, engine_processes=2), listen=obedient, mask=obedient)
    room.warm_up()
    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(lambda _: asks(room, "compute 2"), range(2))
    room.close()
    assert first["pid"] != second["pid"]
    assert max(first["times"][0], second["times"][0]) < min(first["times"][1], second["times"][1])


def test_a_child_that_dies_at_work_is_replaced_at_the_next_job(room: EngineRoom) -> None:
    with pytest.raises(EngineCrashed):
        asks(room, "die")
    assert asks(room, "tell 1")["order"] == "tell 1"


def test_a_child_that_died_while_it_had_nothing_to_do_is_replaced_without_a_word(room: EngineRoom) -> None:
    before = asks(room, "tell 1")["pid"]
    os.kill(before, signal.SIGKILL)
    eventually(lambda: before not in room.child_ids())
    assert asks(room, "tell 1")["pid"] != before


def test_where_showing_progress_breaks_the_next_leader_gets_their_own_words(room: EngineRoom) -> None:
    def breaks(part: float) -> None:
        raise LookupError("the progress message is gone")

    with pytest.raises(LookupError):
        asks(room, "tell 3", breaks)
    assert asks(room, "compute 0")["order"] == "compute 0"


def test_ctrl_c_is_for_the_parent_to_answer(room: EngineRoom) -> None:
    child = asks(room, "tell 1")["pid"]
    os.kill(child, signal.SIGINT)
    assert asks(room, "compute 0.1")["pid"] == child


def test_close_leaves_no_process_and_whoever_waited_hears_of_it(room: EngineRoom) -> None:
    room.warm_up()
    children = room.child_ids()
    heard: list[BaseException] = []

    def waits() -> None:
        with pytest.raises(EngineCrashed) as caught:
            asks(room, "compute 600")
        heard.append(caught.value)

    waiting = [threading.Thread(target=waits) for _ in range(2)]  # one at work, one in line
    for thread in waiting:
        thread.start()
    assert len(children) == 2
    room.close()
    for thread in waiting:
        thread.join(timeout=10)
    assert len(heard) == 2
    assert not any(runs(child) for child in children)
    assert room.child_ids() == []


def test_nothing_starts_again_after_close(room: EngineRoom) -> None:
    room.close()
    with pytest.raises(EngineCrashed):
        asks(room, "tell 1")
    assert room.child_ids() == []


def test_a_child_in_the_middle_of_a_computation_dies_with_its_parent(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.engine_room.parent", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        children = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(children) == 2 and all(runs(child) for child in children)
        parent.kill()
        wait_gone(children)


def test_an_error_that_quotes_somebody_is_written_nowhere(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("DEBUG")
    room = EngineRoom(settings(tmp_path), listen=talkative, mask=talkative)
    with pytest.raises(EngineCrashed) as caught:
        asks(room, "anything")
    room.close()
    written = capfd.readouterr()
    assert "ValueError" in written.err  # it was reported, by its type
    assert not any(WORDS in place for place in (written.err, written.out, caplog.text, str(caught.value)))


def test_progress_never_goes_back_and_ends_at_all_of_it(tmp_path: Path) -> None:
    room = EngineRoom(settings(tmp_path))
    parts: list[float] = []
    heard = asks(room, (SAMPLES / "to-the-sheep.ogg").read_bytes(), parts.append)
    with pytest.raises(NotAudio):
        asks(room, b"a letter, not a recording")
    room.close()
    assert "paramedic" in heard.text
    assert parts == sorted(parts) and len(parts) >= 3 and parts[-1] == 1.0


def test_missing_weights_are_told_to_everybody_who_waits_for_them(tmp_path: Path) -> None:
    room = EngineRoom(settings(tmp_path, speech_engine="whisper", speech_model=str(tmp_path / "no-such.pt")))
    room.warm_up()
    for _ in range(2):
        with pytest.raises(WeightsMissing):
            asks(room, (SAMPLES / "to-the-sheep.ogg").read_bytes())
    children = room.child_ids()
    room.close()
    eventually(lambda: not any(runs(child) for child in children))

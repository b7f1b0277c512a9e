"""`collaborate demo`, as somebody starts it who has never seen it."""

import json
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

Start = Callable[..., subprocess.Popen[str]]
Run = Callable[..., subprocess.CompletedProcess[str]]
SMALL = {"SPEECH_ENGINE": "faster-whisper", "SPEECH_MODEL": "tiny.en"}
STEPS = [
    "three leaders join", "three voice notes sent", "draft of rota-home", "draft of nearest-the-door",
    "draft of keep-going-in", "one edits", "one hides something", "one takes it back", "Amina shares", "Daniel shares",
]  # fmt: skip


class Visitor:
    """Somebody in the browser, without the browser: as whom, and where the tour begins."""

    def __init__(self, demo: subprocess.Popen[str]) -> None:
        assert demo.stdout
        tour = next(found for line in demo.stdout if (found := re.search(r"(http\S+/)\?as=(\w+)&at=(\w+)", line)))
        self.url, self.me, self.chat = tour[1], tour[2], tour[3]

    def does(self, address: str, **what: Any) -> dict[str, Any]:
        answered = httpx.post(f"{self.url}{address}", params={"as": self.me}, json=what, timeout=30)
        answer: dict[str, Any] = answered.raise_for_status().json()
        assert answer["ok"], answer
        return answer

    def reads(self) -> str:
        query = {"as": self.me, "channel": self.chat}
        return httpx.get(f"{self.url}page/messages", params=query, timeout=30).raise_for_status().text

    def sees(self, words: str, within: float = 60.0) -> None:
        until = time.monotonic() + within
        while words not in self.reads():
            assert time.monotonic() < until, f"{words!r} never came"
            time.sleep(0.1)


def told_to_stop(demo: subprocess.Popen[str]) -> list[str]:
    """What it said on stderr until it ended, after a Ctrl-C that is no error."""
    demo.send_signal(signal.SIGINT)
    _, said = demo.communicate(timeout=60)
    assert demo.returncode == 130
    assert "ERROR" not in said and "Traceback" not in said
    return said.splitlines()


def test_the_house_is_open_before_the_bot_is_there_and_the_bot_then_answers_what_was_said(start: Start) -> None:
    demo = start("demo", "--no-open", **SMALL)
    visitor = Visitor(demo)
    visitor.does("page/do", what="say", channel=visitor.chat, text="hello")
    visitor.sees("Hello Amina")
    assert told_to_stop(demo)[-2:] == ["Closing…", "Closed. Nothing of this demo will be in the next one."]


def test_the_door_names_the_cast_first_and_the_clock_can_be_moved(start: Start) -> None:
    demo = start("demo", "--no-open", **SMALL)
    visitor = Visitor(demo)
    door = httpx.get(visitor.url).text
    assert "New here · Practice manager" in door
    assert door.index("Amina Rahimi") < door.index("Winifred Osei") < door.index("Farah Siddiqui") < door.index("Tom")
    clock = visitor.does("page/control", what="clock", days=7)
    assert clock["movable"] and datetime.fromisoformat(clock["now"]) > datetime.now(UTC) + timedelta(days=6)
    told_to_stop(demo)


def test_ctrl_c_at_the_first_moment_is_heard(start: Start) -> None:
    demo = start("demo", "--no-open", **SMALL)
    Visitor(demo)
    assert told_to_stop(demo)[-1].startswith("Closed.")


def test_a_second_demo_leaves_the_first_alone(start: Start, run: Run) -> None:
    demo = start("demo", "--no-open", **SMALL)
    visitor = Visitor(demo)
    visitor.does("page/do", what="say", channel=visitor.chat, text="hello")
    visitor.sees("Hello Amina")
    second = run("demo", "--no-open", **SMALL)
    assert (second.returncode, second.stdout) == (2, "")
    assert second.stderr.startswith("Collaborate is already running with this DATA_DIR.")
    visitor.does("page/do", what="run", channel=visitor.chat, command="/collaborate", text="help")
    told_to_stop(demo)


@pytest.mark.parametrize("how", [("--no-open",), ("--once",)])
def test_a_port_that_is_taken_is_said_in_a_sentence(run: Run, how: tuple[str, ...]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = run("demo", *how, "--port", str(port), **SMALL)
    assert ended.returncode == 2
    assert ended.stderr == (
        f"I can't use port {port} (address already in use). Name another with --port, or leave it out and I find a "
        "free one.\n"
    )


def test_json_is_for_the_scenario_only(run: Run) -> None:
    ended = run("demo", "--json")
    assert ended.returncode == 2 and "--once" in ended.stderr


def test_the_scenario_is_played_once_and_written_as_json(run: Run) -> None:
    ended = run("demo", "--once", "--json", **SMALL)
    assert (ended.returncode, ended.stderr) == (0, "")
    report = json.loads(ended.stdout)
    assert list(report) == ["ok", "stories", "withdrawn", "steps", "notes"]
    assert (report["ok"], report["stories"], report["withdrawn"]) == (True, 2, 1)
    assert [step["name"] for step in report["steps"]] == STEPS
    assert [set(note) for note in report["notes"]] == [{"file", "audio_seconds", "wer", "hidden", "left"}] * 3

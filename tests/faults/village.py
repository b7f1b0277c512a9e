"""A community whose bot is a process of its own, so that it can be killed at any moment and started again."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from bot.clock import system_clock
from bot.sandbox.engine import ApiCall
from bot.settings import Settings
from tests.engine_room.processes import wait_gone
from tests.place import Place


class Village(Place):
    """A place that starts its bot with `starts`, and loses it with `kills`."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        super().__init__(folder, system_clock, None, **settings)
        self.log = folder / "bot.log"
        self.asked: list[str] = []
        self.downloads: list[str] = []
        self._process: subprocess.Popen[str] | None = None
        self._engines_running: list[int] = []
        self._listen_in()

    def starts(self) -> None:
        """Starts the bot and waits until it is connected."""
        command = [sys.executable, "-m", "tests.faults.bot_process"]
        environment = os.environ | _environment(self.settings)
        with self.log.open("a") as log:
            self._process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=log, text=True)
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, self.log.read_text()
        self._engines_running = [int(pid) for pid in line.split()]
        self.sandbox.wait_connected()

    def kills(self) -> None:
        """kill -9, with whatever was under way; its engines must go by themselves."""
        assert self._process is not None and self._process.poll() is None, self.log.read_text()
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()  # type: ignore[union-attr]
        self._process = None
        wait_gone(self._engines_running)
        self.sandbox.wait_disconnected()

    def ends(self) -> None:
        """The end of the test."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process.stdout.close()  # type: ignore[union-attr]
        self.sandbox.stop()

    def calls(self, method: str) -> list[ApiCall]:
        """The calls of one method so far."""
        return [call for call in self.sandbox.api_calls if call.method == method]

    def database(self, question: str, *values: str) -> list[Any]:
        """The first column of the answer, from beside the bot."""
        path = self.settings.data_dir / "collaborate.db"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)) as connection:
            return [row[0] for row in connection.execute(question, values)]

    def comes_to(self, look: Callable[[], object], within: float = 120.0) -> None:
        """Waits for something, closely enough to strike at that moment."""
        until = time.monotonic() + within
        while not look():
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.003)

    def is_at_rest(self) -> bool:
        """Whether no durable work is left."""
        left = self.database("SELECT count(*) FROM workflow_status WHERE status IN ('PENDING', 'ENQUEUED', 'DELAYED')")
        return left == [0]

    def _listen_in(self) -> None:
        """Notes every call and download as it arrives, before it is answered."""
        faults = self.sandbox.faults
        answers, downloads = faults.take_answer, faults.take_download

        def note_call(method: str) -> Any:
            self.asked.append(method)
            return answers(method)

        def note_download(file_id: str) -> Any:
            self.downloads.append(file_id)
            return downloads(file_id)

        faults.take_answer, faults.take_download = note_call, note_download  # type: ignore[method-assign]


def _environment(settings: Settings) -> dict[str, str]:
    """The settings as an operator would write them."""
    tokens = {"slack_bot_token": settings.slack_bot_token, "slack_app_token": settings.slack_app_token}
    places = ("data_dir", "published_dir", "weights_dir", "slack_api_url")
    plain = (*places, "speech_engine", "speech_model", "engine_processes")
    chosen = {name: value for name in plain if (value := getattr(settings, name)) is not None}
    secret = {name: token.get_secret_value() for name, token in tokens.items() if token}
    return {name.upper(): str(value) for name, value in (chosen | secret).items()}


@contextmanager
def open_village(folder: Path, **settings: Any) -> Iterator[Village]:
    """A village whose bot runs until the block ends."""
    village = Village(folder, **settings)
    try:
        village.starts()
        yield village
    finally:
        village.ends()

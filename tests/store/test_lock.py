"""One bot a data folder."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.store.lock import AlreadyRunning, OnlyOne

HOLD = """
import sys, time
from pathlib import Path
from bot.store.lock import OnlyOne
held = OnlyOne(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""


def test_a_second_bot_in_the_same_folder_is_told(tmp_path: Path) -> None:
    first = OnlyOne(tmp_path / "new")
    with pytest.raises(AlreadyRunning, match="already running"):
        OnlyOne(tmp_path / "new")
    first.release()
    OnlyOne(tmp_path / "new").release()


def test_bots_in_other_folders_are_no_trouble(tmp_path: Path) -> None:
    first, second = OnlyOne(tmp_path / "one"), OnlyOne(tmp_path / "other")
    first.release()
    second.release()


def test_a_bot_that_was_killed_lets_go_of_the_folder(tmp_path: Path, childs_environment: dict[str, str]) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=childs_environment) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(AlreadyRunning):
            OnlyOne(tmp_path)
        os.kill(other.pid, signal.SIGKILL)
        other.wait()
        OnlyOne(tmp_path).release()

"""The command as a person starts it: in a process of its own, or in this one where that says as much."""

import logging
import os
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.cli import app
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
INSTALLED = Path(sys.executable).with_name("collaborate")
COMMAND = [str(INSTALLED)] if INSTALLED.exists() else [sys.executable, "-c", "from bot.cli import main; main()"]


@pytest.fixture
def somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, and an environment without settings."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    return tmp_path


@pytest.fixture
def start(somewhere: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts the command, with settings as keywords; whatever still runs at the end is stopped."""
    started: list[subprocess.Popen[str]] = []

    def begin(*arguments: str, **settings: str) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        env = os.environ | settings
        begun = subprocess.Popen([*COMMAND, *arguments], stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=env)
        started.append(begun)
        return begun

    yield begin
    for each in started:
        with each:
            each.kill()


@pytest.fixture
def run(start: Callable[..., subprocess.Popen[str]]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the command to its end."""

    def to_the_end(*arguments: str, stdin: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
        begun = start(*arguments, **settings)
        out, err = begun.communicate(stdin, timeout=120)
        return subprocess.CompletedProcess(begun.args, begun.returncode, out, err)

    return to_the_end


@pytest.fixture
def ask(somewhere: Path) -> Iterator[Callable[..., Result]]:
    """The same in this process: quick, for what needs no process of its own. The log is put back afterwards."""
    root, hooks = logging.getLogger(), (threading.excepthook, sys.unraisablehook, logging.raiseExceptions)
    before, level, ours = root.handlers[:], root.level, logging.getLogger("collaborate").level
    yield lambda *arguments, stdin="", **settings: CliRunner().invoke(app, arguments, input=stdin, env=settings)
    root.handlers[:] = before
    root.setLevel(level)
    logging.getLogger("collaborate").setLevel(ours)
    for name in ("dbos", "slack_bolt", "slack_sdk", "uvicorn"):
        logger = logging.getLogger(name)
        logger.handlers[:], logger.propagate = [], True
        logger.setLevel(logging.NOTSET)
    logging.captureWarnings(False)
    warnings.resetwarnings()
    threading.excepthook, sys.unraisablehook, logging.raiseExceptions = hooks

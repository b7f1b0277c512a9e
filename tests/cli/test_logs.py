"""The log never holds what somebody said, whoever writes it and however."""

import io
import logging
import os
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator

import pytest

from bot import logs

PHRASE = "behind the walled garden"


@pytest.fixture
def log(ask: object) -> Iterator[io.StringIO]:
    """What the log says, at its most talkative; `ask` puts the log back."""
    stream = io.StringIO()
    logs.set_up("DEBUG", stream)
    yield stream


def fail() -> None:
    raise ValueError(PHRASE, {"text": PHRASE})


def test_our_own_lines_have_time_level_name_and_message(log: io.StringIO) -> None:
    logging.getLogger("collaborate.jobs").info("recording %s is fetched", "7f3a")
    at, level, name, message = log.getvalue().strip().split(" ", 3)
    assert (level, name, message) == ("INFO", "collaborate.jobs", "recording 7f3a is fetched")
    assert len(at) == len("2026-11-22T09:30:00.123Z") and at.endswith("Z")


def test_an_error_is_its_type_and_where_it_happened(log: io.StringIO) -> None:
    try:
        try:
            fail()
        except ValueError as error:
            raise RuntimeError(f"while reading {PHRASE}") from error
    except RuntimeError:
        logging.getLogger("collaborate.jobs").exception("a job failed")
    told = log.getvalue()
    assert PHRASE not in told
    assert "a job failed" in told and "in fail" in told and "test_logs.py:" in told
    assert told.index("ValueError") < told.index("RuntimeError")


@pytest.mark.parametrize("way", ["argument", "message", "f-string", "words of it", "as the message itself"])
def test_an_error_s_words_do_not_come_in_through_the_message(log: io.StringIO, way: str) -> None:
    ours = logging.getLogger("collaborate.slack")
    try:
        fail()
    except ValueError as error:
        if way == "argument":
            ours.error("it failed: %s", error)
        elif way == "message":
            ours.error("it failed: %s", str(error))
        elif way == "f-string":
            ours.error(f"it failed: {error!r}")
        elif way == "words of it":
            ours.error("it failed: %s", error.args[0])
        else:
            ours.error(error)
    assert PHRASE not in log.getvalue()
    assert "ValueError" in log.getvalue()


def test_what_a_library_writes_is_the_place_that_wrote_it(log: io.StringIO) -> None:
    logging.getLogger("slack_sdk.socket_mode.client").warning("could not handle %s", PHRASE)
    try:
        fail()
    except ValueError as error:
        logging.getLogger("dbos").error(f"workflow died: {error}", exc_info=True)
    told = log.getvalue()
    assert PHRASE not in told
    assert "WARNING slack_sdk.socket_mode.client (test_logs.py:" in told
    assert "ERROR dbos (test_logs.py:" in told and "ValueError" in told


@pytest.mark.parametrize("name", ["slack_bolt.App", "slack_sdk.web.base_client", "dbos", "httpx", "sqlalchemy.engine"])
def test_libraries_keep_bodies_to_themselves_even_at_debug(log: io.StringIO, name: str) -> None:
    logging.getLogger(name).debug("body: %s", PHRASE)
    logging.getLogger(name).info("body: %s", PHRASE)
    assert log.getvalue() == ""


def test_a_thread_that_dies_is_told_of_without_its_words(log: io.StringIO) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert PHRASE not in log.getvalue()
    assert "a thread ended with an error" in log.getvalue() and "ValueError" in log.getvalue()


def test_a_warning_of_python_is_told_of_without_its_words(log: io.StringIO) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(False)
        logging.captureWarnings(True)  # inside catch_warnings, which keeps a showwarning of its own
        warnings.warn(f"strange: {PHRASE}", stacklevel=1)
    assert "WARNING py.warnings (" in log.getvalue()
    assert PHRASE not in log.getvalue()


def test_a_line_that_cannot_be_put_together_prints_nothing(
    log: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    logging.getLogger("collaborate").error("too few: %s %s", PHRASE)
    assert PHRASE not in log.getvalue() + capsys.readouterr().err


WITH_DBOS = """
import sys
from bot import logs
logs.set_up("DEBUG")
import logging
import dbos
logging.getLogger("dbos").error("behind the walled garden")
"""


def test_a_library_that_brings_its_own_handler_is_held_to_it_too(somewhere: object) -> None:
    told = subprocess.run([sys.executable, "-c", WITH_DBOS], env=os.environ.copy(), capture_output=True, text=True)
    assert told.returncode == 0
    assert "ERROR dbos (<string>:" in told.stderr and PHRASE not in told.stderr + told.stdout

"""The log: one handler on stderr, and a formatter that can't tell what anybody said.

Errors appear as their type and where they happened, never as their message, which may quote a leader's words. What
a library writes by itself appears as the place that wrote it: its sentences may quote anything. Our own lines hold ids.
"""

import logging
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TextIO

OURS = "collaborate"
#: libraries that print by themselves unless they have a handler, or that would write whole messages at DEBUG
LOUD = ("dbos", "slack_bolt", "slack_sdk", "uvicorn")


class Discreet(logging.Formatter):
    """`2026-11-22T09:30:00.123Z INFO collaborate.jobs what happened`, with errors as types and places."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, and below it the frames of the error that came with it, if any."""
        at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line = f"{at}.{int(record.msecs):03}Z {record.levelname} {record.name} {_said(record)}"
        error = record.exc_info[1] if record.exc_info else None
        return "\n".join([line, *frames(error)]) if error else line


def set_up(level: str = "INFO", stream: TextIO | None = None) -> None:
    """Makes this the only way that anything is logged in this process; `level` is the one of our own lines.

    Libraries stay at WARNING or above, whatever the level: below it they quote messages.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Discreet())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level]))
    logging.getLogger(OURS).setLevel(level)
    for name in LOUD:
        logger = logging.getLogger(name)
        logger.handlers[:], logger.propagate = [handler], False
        logger.setLevel(root.level)
    logging.captureWarnings(True)
    logging.raiseExceptions = False  # Python's own report of a bad log line would print its arguments
    threading.excepthook = _thread_died
    sys.unraisablehook = _unraisable


def frames(error: BaseException) -> Iterator[str]:
    """An error as its type and the places it came through, innermost last; what caused it comes first."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from frames(before)
    yield f"  {_kind(error)}"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"    {frame.filename}:{frame.lineno} in {frame.name}"


def where(error: BaseException) -> str:
    """An error on one line: its type and the place it came from, never its message, which might hold words."""
    places = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(places[-1].filename).name}:{places[-1].lineno}" if places else ""
    return f"{_kind(error)}{place}"


def _said(record: logging.LogRecord) -> str:
    if record.name != OURS and not record.name.startswith(f"{OURS}."):
        error = _under_way(record)
        place = f"{Path(record.pathname).name}:{record.lineno} in {record.funcName}"
        return f"({place}{f', {_kind(error)}' if error else ''})"
    return _without_errors(record)


def _without_errors(record: logging.LogRecord) -> str:
    """Our own sentence; should an error's message have come into it, its type stands there instead."""
    if isinstance(record.args, tuple):
        record.args = tuple(_kind(each) if isinstance(each, BaseException) else each for each in record.args)
    said = str(_kind(record.msg)) if isinstance(record.msg, BaseException) else record.getMessage()
    error = _under_way(record)
    while error is not None:
        for words in {str(error), *map(str, error.args)} - {""}:
            said = said.replace(words, _kind(error))
        error = error.__cause__ or error.__context__
    return said.replace("\n", " ")


def _under_way(record: logging.LogRecord) -> BaseException | None:
    """The error that the record brings, or the one being handled while it is written."""
    return (record.exc_info[1] if record.exc_info else None) or sys.exc_info()[1]


def _kind(error: BaseException) -> str:
    return type(error).__qualname__


def _thread_died(given: threading.ExceptHookArgs) -> None:
    _report("a thread ended with an error", given.exc_type, given.exc_value, given.exc_traceback)


def _unraisable(given: "sys.UnraisableHookArgs") -> None:
    _report("an error came too late to be raised", given.exc_type, given.exc_value, given.exc_traceback)


def _report(what: str, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if error is not None and not issubclass(kind, SystemExit | KeyboardInterrupt):
        logging.getLogger(OURS).error(what, exc_info=(kind, error, trace))

"""What can be ordered to go wrong from the page, by the names that the page uses."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.engine import Engine
from bot.sandbox.page.asked import Asked
from bot.sandbox.page.errors import Misunderstood
from bot.sandbox.post_office.connections import ask_to_leave, each_connection
from bot.sandbox.web_api.calls import METHODS

Json = dict[str, Any]

#: how the page writes "whatever is called next"
_ANY = "*"
_OF_CALLS = ("rate_limit", "server_error", "answer_lost", "error_body", "slow")
_MOST_TIMES, _MOST_SECONDS = 1000, 600
#: where a download is sent astray: a name that no machine ever has
_ELSEWHERE = "https://elsewhere.invalid/file"
#: bytes that arrive of a download that breaks off
_KEPT = 1000
#: reasons of Slack's `disconnect` frames
_REASONS = ("warning", "refresh_requested", "link_disabled")


def order(engine: Engine, asked: Asked) -> None:
    """Order a fault by its `name`; what belongs to it stands beside."""
    fault = _FAULTS.get(asked.text("name"))
    if fault is None:
        raise Misunderstood(what="there is no such trouble to order")
    fault(engine, asked)


def ordered(engine: Engine) -> list[Json]:
    """What is ordered and has not happened yet; `method` is the call that it waits for."""
    return [_with_method(fault) for fault in engine.faults.ordered()]


def _with_method(fault: Json) -> Json:
    if fault["name"] in _OF_CALLS:
        return {**fault, "method": fault.get("target") or _ANY}
    return {**fault, "method": fault["target"]} if "target" in fault else fault


def _method(asked: Asked) -> str:
    """The call that it is about; "" for any call, which the page writes as a star."""
    name = asked.text("method").strip()
    if not name:
        raise Misunderstood(what="say which call of Slack's it is about")
    if name != _ANY and name not in METHODS:
        raise Misunderstood(what=f"Slack has no call of the name {name[:80]} here")
    return "" if name == _ANY else name


def _times(asked: Asked) -> int:
    return int(asked.number("times", 1, _MOST_TIMES, 1))


def _seconds(asked: Asked) -> float:
    return asked.number("seconds", 0, _MOST_SECONDS, 5)


def _rate_limit(engine: Engine, asked: Asked) -> None:
    wait = int(asked.number("retry_after", 1, _MOST_SECONDS, asked.number("seconds", 1, _MOST_SECONDS, 1)))
    engine.faults.rate_limit(_method(asked), _times(asked), wait)


def _error_body(engine: Engine, asked: Asked) -> None:
    engine.faults.error_body(_method(asked), asked.text("error", "fatal_error"), _times(asked))


def _download(engine: Engine, asked: Asked) -> None:
    times, faults = _times(asked), engine.faults
    kinds: dict[str, Callable[[], None]] = {
        "html": lambda: faults.download_is_html(times=times),
        "redirect": lambda: faults.download_redirects(_ELSEWHERE, times=times),
        "truncated": lambda: faults.download_is_truncated(_KEPT, times=times),
        "gone": lambda: faults.download_is_gone(times=times),
    }
    if asked.text("kind") not in kinds:
        raise Misunderstood(what="a download is html, redirect, truncated or gone")
    kinds[asked.text("kind")]()


def _disconnect(engine: Engine, asked: Asked) -> None:
    reason = asked.text("reason", "refresh_requested")
    if reason not in _REASONS:
        raise Misunderstood(what=f"the reason is one of {', '.join(_REASONS)}")
    each_connection(engine.deliveries, lambda connection: ask_to_leave(engine.deliveries, connection, reason))


def _release(engine: Engine, asked: Asked) -> None:
    engine.deliveries.release("newest" if asked.flag("newest_first") else "oldest")


_FAULTS: dict[str, Callable[[Engine, Asked], None]] = {
    "rate_limit": _rate_limit,
    "server_error": lambda engine, asked: engine.faults.server_error(_method(asked), _times(asked)),
    "answer_lost": lambda engine, asked: engine.faults.answer_lost(_method(asked), _times(asked)),
    "error_body": _error_body,
    "slow": lambda engine, asked: engine.faults.slow(_method(asked), _seconds(asked), _times(asked)),
    "download": _download,
    "upload_fails": lambda engine, asked: engine.faults.upload_fails(_times(asked)),
    "next_file_vanishes": lambda engine, asked: engine.faults.next_file_vanishes(),
    "next_file_is_bare": lambda engine, asked: engine.faults.next_file_is_bare(),
    "duplicate_next_event": lambda engine, asked: engine.faults.duplicate_next_event(),
    "slow_events": lambda engine, asked: engine.faults.slow_events(_seconds(asked), _times(asked)),
    "drop_at_next_envelope": lambda engine, asked: engine.faults.drop_at_next_envelope(),
    "drop_connections": lambda engine, asked: each_connection(
        engine.deliveries, lambda connection: connection.hang_up()
    ),
    "disconnect": _disconnect,
    "hold_events": lambda engine, asked: engine.faults.hold_events(),
    "release_events": _release,
    "clear": lambda engine, asked: engine.faults.clear(),
}

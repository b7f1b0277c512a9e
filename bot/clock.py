"""Now, and a member's local time. Handed in everywhere, so that tests and the sandbox own time."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

#: a function that says what time it is, always aware and in UTC
Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The machine's time, aware, in UTC."""
    return datetime.now(UTC)


def local(moment: datetime, time_zone: str) -> datetime:
    """The same moment on a member's own clock; `time_zone` is an IANA name."""
    return moment.astimezone(ZoneInfo(time_zone))

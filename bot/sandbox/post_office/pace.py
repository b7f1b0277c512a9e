"""How often an app may call: Slack's tiers of methods, one message a second in a conversation, 30,000 events an hour.

Sources: docs.slack.dev/apis/web-api/rate-limits for the tiers and what they allow; which method is in which tier as
Slack's own Java SDK lists it (java-slack-sdk, MethodsRateLimits); docs.slack.dev/reference/events/app_rate_limited.
"""

import math
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bot.clock import Clock
from bot.sandbox.errors import RateLimited


class Allowance(NamedTuple):
    """So many calls at once, and from then on so many a minute."""

    at_once: int
    a_minute: int


#: "20+ per minute" and so on: the sandbox grants the stated number, and all of it at once, as bursts are welcome there
TIER_2, TIER_3, TIER_4 = Allowance(20, 20), Allowance(50, 50), Allowance(100, 100)
#: methods of the special tier that allow "hundreds of requests per minute"
HUNDREDS = Allowance(600, 600)
#: chat.postMessage in one conversation: one a second, "short bursts" allowed without saying how short. Five is small
#: enough that an app which leans on bursts is found out here rather than in a busy workspace
ONE_CONVERSATION = Allowance(5, 60)
#: chat.postMessage in all of them: "several hundred messages per minute"
ALL_CONVERSATIONS = Allowance(300, 300)

#: every method that the sandbox serves but chat.postMessage
METHODS: dict[str, Allowance] = {
    **dict.fromkeys(
        ("conversations.archive", "conversations.create", "conversations.list", "conversations.rename",
         "conversations.unarchive", "reactions.remove", "users.conversations", "users.list"), TIER_2,
    ),
    **dict.fromkeys(
        ("apps.connections.open", "auth.revoke", "bots.info", "chat.delete", "chat.deleteScheduledMessage",
         "chat.scheduleMessage", "chat.scheduledMessages.list", "chat.update", "conversations.history",
         "conversations.info", "conversations.invite", "conversations.join", "conversations.kick",
         "conversations.leave", "conversations.open", "conversations.replies", "files.delete", "files.list",
         "reactions.add", "team.info"), TIER_3,
    ),
    **dict.fromkeys(
        ("api.test", "chat.postEphemeral", "conversations.members", "files.completeUploadExternal",
         "files.getUploadURLExternal", "files.info", "users.info", "views.open", "views.publish", "views.push",
         "views.update"), TIER_4,
    ),
    **dict.fromkeys(("auth.test", "chat.getPermalink"), HUNDREDS),
}  # fmt: skip

#: deliveries of events in sixty minutes
EVENTS_AN_HOUR = 30_000


class Passing:
    """Seconds that have passed: on the workspace's clock or on this machine's, whichever moved more since last asked.

    So a limit passes for a test that moves its clock, and for an app that really waits while that clock stands still.
    """

    def __init__(self, clock: Clock, machine: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._machine, self._lock = clock, machine, threading.Lock()
        self._looked, self._seconds = self._look(), 0.0

    def __call__(self) -> float:
        """Seconds since this was made."""
        with self._lock:
            looked = self._look()
            self._seconds += max(0.0, *(now - then for now, then in zip(looked, self._looked, strict=True)))
            self._looked = looked
            return self._seconds

    def _look(self) -> tuple[float, float]:
        return self._clock().timestamp(), self._machine()


@dataclass
class Bucket:
    """What is left of an allowance; it fills up again as time passes."""

    allowance: Allowance
    left: float
    looked: float

    def wait(self, now: float) -> float:
        """Seconds until there is room for a call; 0 if there is."""
        a_second = self.allowance.a_minute / 60
        self.left = min(self.allowance.at_once, self.left + (now - self.looked) * a_second)
        self.looked = now
        # a whisker less than one, or rounding would ask for another second after the stated wait
        return 0.0 if self.left > 0.999_999 else (1 - self.left) / a_second


class Pace:
    """Counts the calls of the app and refuses those that come too fast."""

    def __init__(self, passing: Passing, enforced: bool = True) -> None:
        self._passing, self._enforced = passing, enforced
        self._buckets: dict[tuple[str, str], Bucket] = {}

    def take(self, method: str, conversation: str = "") -> None:
        """Count one call. RateLimited, with whole seconds to wait, if it comes too fast; such a call counts nothing."""
        if not self._enforced:
            return
        now = self._passing()
        buckets = list(self._of(method, conversation, now))
        wait = max(bucket.wait(now) for bucket in buckets)
        if wait:
            raise RateLimited(retry_after=math.ceil(wait))
        for bucket in buckets:
            bucket.left -= 1

    def _of(self, method: str, conversation: str, now: float) -> Iterator[Bucket]:
        if method == "chat.postMessage":
            yield self._bucket((method, conversation), ONE_CONVERSATION, now)
            yield self._bucket((method, ""), ALL_CONVERSATIONS, now)
        else:
            yield self._bucket((method, ""), METHODS[method], now)

    def _bucket(self, key: tuple[str, str], allowance: Allowance, now: float) -> Bucket:
        if key not in self._buckets:
            self._buckets[key] = Bucket(allowance, allowance.at_once, now)
        return self._buckets[key]


class Hourly:
    """Counts events, minute by minute, and says when there were too many in the last sixty minutes."""

    def __init__(self, passing: Passing, most: int = EVENTS_AN_HOUR, enforced: bool = True) -> None:
        self._passing, self._most, self._enforced = passing, most, enforced
        self._minutes: dict[int, int] = {}
        self._told: int | None = None

    def take(self) -> bool:
        """Count one event; False if it is one too many."""
        minute = self._minute()
        for old in [m for m in self._minutes if m <= minute - 60]:
            del self._minutes[old]
        if self._enforced and sum(self._minutes.values()) >= self._most:
            return False
        self._minutes[minute] = self._minutes.get(minute, 0) + 1
        return True

    def is_news(self) -> bool:
        """Whether nobody was told yet that the limit holds in this minute."""
        told, self._told = self._told, self._minute()
        return told != self._told

    def _minute(self) -> int:
        return int(self._passing() // 60)

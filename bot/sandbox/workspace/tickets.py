"""Things that run out: trigger ids (3 seconds, once) and response URLs (5 posts in 30 minutes).

Source: docs.slack.dev/interactivity/handling-user-interaction. Both run on the workspace's clock.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sandbox.errors import Refused
from bot.sandbox.workspace.state import Workspace

TRIGGER_LIFE = timedelta(seconds=3)
RESPONSE_LIFE = timedelta(minutes=30)
RESPONSE_USES = 5


@dataclass
class Trigger:
    """The right to open one view for the person who clicked."""

    user: str
    made: datetime
    used: bool = False


@dataclass
class ResponseUrl:
    """The right to answer where an interaction happened; `message_ts` is the message it came from."""

    channel: str
    user: str
    made: datetime
    message_ts: str | None = None
    uses: int = 0


class Tickets:
    """Makes them and takes them back."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._triggers: dict[str, Trigger] = {}
        self._responses: dict[str, ResponseUrl] = {}

    def trigger(self, user: str) -> str:
        """A fresh trigger id for the person."""
        workspace = self._workspace
        name = f"{workspace.epoch()}.{workspace.ids.secret(6)}.{workspace.ids.secret(16)}"
        self._triggers[name] = Trigger(user, workspace.now())
        return name

    def use_trigger(self, name: str) -> str:
        """The person whose trigger it is. Refused when unknown, used before, or older than 3 seconds."""
        trigger = self._triggers.get(name)
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if self._workspace.now() - trigger.made > TRIGGER_LIFE:
            raise Refused("expired_trigger_id")
        trigger.used = True
        return trigger.user

    def response(self, channel: str, user: str, message_ts: str | None = None) -> str:
        """A fresh ticket for a response URL."""
        name = self._workspace.ids.secret()
        self._responses[name] = ResponseUrl(channel, user, self._workspace.now(), message_ts)
        return name

    def use_response(self, name: str) -> ResponseUrl:
        """Where to answer. Refused when unknown, older than 30 minutes, or used five times."""
        ticket = self._responses.get(name)
        if ticket is None or self._workspace.now() - ticket.made > RESPONSE_LIFE:
            raise Refused("expired_url")
        if ticket.uses >= RESPONSE_USES:
            raise Refused("used_url")
        ticket.uses += 1
        return ticket

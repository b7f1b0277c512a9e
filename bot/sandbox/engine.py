"""What one running sandbox consists of, handed to everything that serves the app."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from bot.sandbox.post_office.agenda import Agenda
from bot.sandbox.post_office.deliveries import Deliveries
from bot.sandbox.post_office.faults import Faults
from bot.sandbox.post_office.pace import Pace
from bot.sandbox.post_office.request_urls import RequestLine
from bot.sandbox.post_office.traffic import Traffic
from bot.sandbox.workspace.drafts import Scheduled
from bot.sandbox.workspace.stage import Stage
from bot.sandbox.workspace.state import Workspace
from bot.sandbox.workspace.tickets import Tickets

Json = dict[str, Any]


class ApiCall(NamedTuple):
    """One call of the Web API: its arguments without tokens, and when it came on the workspace's clock."""

    method: str
    params: Json
    at: datetime


class Refusal(NamedTuple):
    """One call that was refused: Slack's error name and the details beside it."""

    method: str
    error: str
    messages: list[str]


@dataclass
class Engine:
    """The workspace, the post office, the faults, and the addresses and secrets of this sandbox.

    `requests` is the line to an app that listens by HTTP, None in Socket Mode. `refuses_token` is Slack's name for why
    the bot token is good for nothing any more, "" while it is good.
    """

    workspace: Workspace
    deliveries: Deliveries
    faults: Faults
    tickets: Tickets
    traffic: Traffic
    agenda: Agenda
    pace: Pace
    bot_token: str
    app_token: str
    signing_secret: str
    requests: RequestLine | None = None
    base: str = ""
    stage: Stage = field(default_factory=Stage)
    is_installed: bool = True
    refuses_token: str = ""
    socket_tickets: set[str] = field(default_factory=set)
    uploads: dict[str, Json] = field(default_factory=dict)
    scheduled: dict[str, Scheduled] = field(default_factory=dict)
    api_calls: list[ApiCall] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

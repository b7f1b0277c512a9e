"""Puts a sandbox together: the workspace of a manifest, and everything around it."""

import random
from typing import Any

from bot.clock import Clock
from bot.sandbox.engine import Engine
from bot.sandbox.post_office.agenda import Agenda
from bot.sandbox.post_office.deliveries import Deliveries
from bot.sandbox.post_office.faults import Faults
from bot.sandbox.post_office.pace import Hourly, Pace, Passing
from bot.sandbox.post_office.request_urls import RequestLine
from bot.sandbox.post_office.traffic import Traffic
from bot.sandbox.workspace.ids import Ids
from bot.sandbox.workspace.manifest import read_manifest
from bot.sandbox.workspace.state import Workspace
from bot.sandbox.workspace.tickets import Tickets


def make_engine(
    manifest: dict[str, Any], clock: Clock, rng: random.Random | None, ack_seconds: float, rate_limits: bool
) -> Engine:
    """A workspace with the app of the manifest installed; not served yet. Raises BadManifest."""
    ids, faults, traffic, agenda = Ids(rng), Faults(), Traffic(clock), Agenda(clock)
    workspace, passing = Workspace(read_manifest(manifest), clock, ids), Passing(clock)
    hourly = Hourly(passing, enforced=rate_limits)
    engine = Engine(
        workspace=workspace,
        deliveries=Deliveries(ids, faults, traffic, agenda, hourly, ack_seconds),
        faults=faults,
        tickets=Tickets(workspace),
        traffic=traffic,
        agenda=agenda,
        pace=Pace(passing, enforced=rate_limits),
        bot_token=f"xoxb-{ids.secret()}",
        app_token=f"xapp-1-{ids.secret()}",
        signing_secret=ids.secret(),
    )
    if urls := workspace.app.request_urls:
        engine.requests = RequestLine(urls, engine.signing_secret, engine.deliveries, ids, traffic, ack_seconds)
    return engine

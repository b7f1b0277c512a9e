"""chat.scheduleMessage and its family: messages for later, on the workspace's clock."""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.sandbox.engine import Engine
from bot.sandbox.errors import Refused
from bot.sandbox.happenings import posting
from bot.sandbox.web_api.calls import Call, method
from bot.sandbox.web_api.chat import draft_of, place_of
from bot.sandbox.workspace.as_slack import message_json
from bot.sandbox.workspace.drafts import Scheduled

Json = dict[str, Any]
log = logging.getLogger("collaborate.sandbox")

#: docs.slack.dev/reference/methods/chat.scheduleMessage
FARTHEST = timedelta(days=120)
MOST_IN_FIVE_MINUTES = 30
#: docs.slack.dev/reference/methods/chat.deleteScheduledMessage: no longer in the last minute
TOO_LATE_TO_DELETE = timedelta(seconds=60)


@method("chat.scheduleMessage", "chat:write")
def schedule(call: Call) -> Json:
    """A message that is posted later."""
    workspace, channel = call.engine.workspace, place_of(call)
    draft, post_at = draft_of(call), _time(call)
    others = [s for s in call.engine.scheduled.values() if s.channel is channel]
    if sum(abs(other.post_at - post_at) < timedelta(minutes=5) for other in others) >= MOST_IN_FIVE_MINUTES:
        raise Refused("restricted_too_many")
    planned = Scheduled(workspace.ids.new("Q"), channel, draft, post_at, workspace.epoch())
    call.engine.scheduled[planned.id] = planned
    call.engine.agenda.at(post_at, lambda: _post(call.engine, planned.id))
    shown = message_json(workspace, posting.make_message(call.engine, channel, workspace.bot, draft), call.engine.base)
    return {"channel": channel.id, "scheduled_message_id": planned.id, "post_at": int(post_at.timestamp()),
            "message": {key: shown[key] for key in shown if key != "ts"}}  # fmt: skip


@method("chat.deleteScheduledMessage", "chat:write")
def delete(call: Call) -> Json:
    """A message for later is not posted after all."""
    planned = call.engine.scheduled.get(call.need("scheduled_message_id"))
    if planned is None or planned.channel is not call.channel():
        raise Refused("invalid_scheduled_message_id")
    if planned.post_at - call.engine.workspace.now() < TOO_LATE_TO_DELETE:
        raise Refused("invalid_scheduled_message_id")
    del call.engine.scheduled[planned.id]
    return {}


@method("chat.scheduledMessages.list")
def listing(call: Call) -> Json:
    """What is still to be posted, soonest first."""
    channel = call.channel() if call.text("channel") else None
    planned = [s for s in call.engine.scheduled.values() if channel in (None, s.channel)]
    page, more = call.page(sorted(planned, key=lambda one: one.post_at))
    return {"scheduled_messages": [_shown(one) for one in page], "response_metadata": more}


def _time(call: Call) -> datetime:
    """Refused: `invalid_time`, `time_in_past`, `time_too_far`."""
    now = call.engine.workspace.now()
    try:
        post_at = datetime.fromtimestamp(int(call.need("post_at", "invalid_time")), UTC)
    except (ValueError, OverflowError, OSError):
        raise Refused("invalid_time") from None
    if post_at <= now:
        raise Refused("time_in_past")
    if post_at - now > FARTHEST:
        raise Refused("time_too_far")
    return post_at


def _post(engine: Engine, planned_id: str) -> None:
    """Its time has come. A message with metadata is never posted: Slack's page on the method warns of it as a bug."""
    planned = engine.scheduled.pop(planned_id, None)
    if planned is None or planned.draft.metadata or not engine.is_installed:
        return
    try:
        posting.post(engine, planned.channel, engine.workspace.bot, planned.draft)
    except Refused as refused:
        log.info("scheduled message %s is not posted: %s", planned_id, refused.error)


def _shown(planned: Scheduled) -> Json:
    return {"id": planned.id, "channel_id": planned.channel.id, "post_at": int(planned.post_at.timestamp()),
            "date_created": planned.made, "text": planned.draft.text}  # fmt: skip

"""Response URLs: five answers within half an hour to where an interaction happened."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.sandbox import limits, posting
from bot.sandbox.engine import Engine, Refusal
from bot.sandbox.errors import Refused
from bot.sandbox.posting import Draft
from bot.sandbox.state import Channel, Message
from bot.sandbox.tickets import ResponseUrl

Json = dict[str, Any]


async def respond(request: Request) -> Response:
    """POST of a message as JSON; `ok`, or Slack's error."""
    engine: Engine = request.app.state.engine
    body = _read(await request.body())
    if body is None:
        return PlainTextResponse("invalid_payload", status_code=400)
    exchange = engine.traffic.begins("response_url", "response_url", body)
    try:
        answer_there(engine, request.path_params["ticket"], body)
    except Refused as refused:
        engine.traffic.ends(exchange, refused.error, refused.answer())
        engine.refusals.append(Refusal("response_url", refused.error, refused.messages))
        status = 404 if refused.error in ("expired_url", "used_url") else 400
        return JSONResponse(refused.answer(), status_code=status)
    engine.traffic.ends(exchange)
    return PlainTextResponse("ok")


def _read(sent: bytes) -> Json | None:
    """The object that was sent, None for anything else."""
    try:
        read = json.loads(sent)
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None


def answer_there(engine: Engine, ticket_name: str, body: Json) -> None:
    """Replace, delete, or post (to the person alone unless `in_channel`)."""
    ticket = engine.tickets.use_response(ticket_name)
    channel = engine.workspace.channels[ticket.channel]
    origin = _origin(channel, ticket)
    if body.get("delete_original"):
        if origin:
            posting.delete(engine, channel, origin)
        return
    draft = draft_from(body)
    if body.get("replace_original") and origin:
        posting.edit(engine, channel, origin, draft)
    else:
        show(engine, channel, ticket.user, draft, body.get("response_type") == "in_channel")


def draft_from(body: Json) -> Draft:
    """The message in a response or in the ack of a command."""
    blocks = body.get("blocks") or []
    if not (body.get("text") or blocks or body.get("attachments")):
        raise Refused("no_text")
    limits.check_message(blocks)
    limits.check_attachments(body.get("attachments") or [])
    return Draft(str(body.get("text") or ""), blocks, body.get("attachments") or [], thread_ts=body.get("thread_ts"))


def show(engine: Engine, channel: Channel, person: str, draft: Draft, in_channel: bool) -> None:
    """Post to everybody, or to the person alone."""
    if in_channel:
        posting.post(engine, channel, engine.workspace.bot, draft)
    else:
        posting.post_ephemeral(engine, channel, person, draft)


def _origin(channel: Channel, ticket: ResponseUrl) -> Message | None:
    for message in (*channel.messages.values(), *channel.ephemerals):
        if message.ts == ticket.message_ts:
            return message
    return None

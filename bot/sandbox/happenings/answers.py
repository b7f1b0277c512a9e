"""Answers to interactions: the message in a response, or in an ack, goes to where the interaction happened."""

from typing import Any

from bot.sandbox import limits
from bot.sandbox.engine import Engine
from bot.sandbox.errors import Refused
from bot.sandbox.happenings import posting
from bot.sandbox.happenings.posting import Draft
from bot.sandbox.workspace.state import TOMBSTONE, Channel, Message
from bot.sandbox.workspace.tickets import ResponseUrl

Json = dict[str, Any]


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
        if message.ts == ticket.message_ts and message.subtype != TOMBSTONE:
            return message
    return None

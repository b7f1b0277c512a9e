"""Speaking in a conversation: whether it is open to that, what was typed, and which thread it belongs to."""

from bot.sandbox.engine import Engine
from bot.sandbox.errors import Refused, SwitchedOff
from bot.sandbox.happenings import posting
from bot.sandbox.happenings.posting import LONGEST_TEXT, Draft
from bot.sandbox.page.unread import mark_read
from bot.sandbox.workspace.composing import rich_text
from bot.sandbox.workspace.state import Channel, Message, User
from bot.sandbox.workspace.texts import typed


def may_speak(engine: Engine, channel: Channel) -> None:
    """Refused: `is_archived`. SwitchedOff where nobody can write to the app."""
    workspace = engine.workspace
    if channel.is_archived:
        raise Refused("is_archived")
    if channel.kind == "im" and workspace.bot.id in channel.members and not workspace.app.messages_tab:
        raise SwitchedOff(what="the Messages tab")


def typed_draft(engine: Engine, text: str) -> Draft:
    """What Slack's clients send for what somebody typed. Refused: `msg_too_long`."""
    if len(text) > LONGEST_TEXT:
        raise Refused("msg_too_long")
    workspace = engine.workspace
    return Draft(typed(text, workspace.users), rich_text(text, {*workspace.users, *workspace.channels}))


def thread_of(channel: Channel, ts: str) -> str | None:
    """The thread that a message starts or stands in, None for no ts. Refused: `thread_not_found`."""
    if not ts:
        return None
    if ts not in channel.messages:
        raise Refused("thread_not_found")
    head = channel.messages[ts].thread_ts or ts
    return head if head in channel.messages else ts


def speak(engine: Engine, me: User, channel: Channel, draft: Draft) -> Message:
    """Post the draft; who speaks has read what was said before."""
    message = posting.post(engine, channel, me, draft)
    mark_read(engine.workspace, me, channel, message.ts)
    return message

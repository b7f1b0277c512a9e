"""What a person says and takes back: messages, reactions, commands, files."""

from typing import Any

from bot.sandbox.engine import Engine
from bot.sandbox.errors import Refused
from bot.sandbox.happenings import filing, interactivity, posting
from bot.sandbox.page.asked import Asked, room
from bot.sandbox.page.places import message_in
from bot.sandbox.page.rooms import may_speak, speak, thread_of, typed_draft
from bot.sandbox.workspace.state import User

Json = dict[str, Any]


def say(engine: Engine, me: User, asked: Asked) -> Json:
    """Post what was typed; gives its `ts`."""
    channel = room(engine, me, asked.text("channel"))
    may_speak(engine, channel)
    if not asked.text("text").strip():
        raise Refused("no_text")
    draft = typed_draft(engine, asked.text("text"))
    draft.thread_ts = thread_of(channel, asked.stamp("thread_ts"))
    draft.broadcast = bool(draft.thread_ts) and asked.flag("broadcast")
    return {"ts": speak(engine, me, channel, draft).ts}


def edit(engine: Engine, me: User, asked: Asked) -> Json:
    """Change the words of an own message."""
    channel, message = message_in(engine, me, asked)
    if message.user != me.id:
        raise Refused("cant_update_message")
    if not asked.text("text").strip() and not message.files:
        raise Refused("no_text")
    posting.edit(engine, channel, message, typed_draft(engine, asked.text("text")))
    return {}


def delete(engine: Engine, me: User, asked: Asked) -> Json:
    """Delete an own message, and with it the own files in it."""
    channel, message = message_in(engine, me, asked)
    if message.user != me.id:
        raise Refused("cant_delete_message")
    posting.delete(engine, channel, message)
    for file in message.files:
        if file.owner == me.id and not file.deleted:
            filing.delete_file(engine, file)
    return {}


def delete_file(engine: Engine, me: User, asked: Asked) -> Json:
    """Delete an own file; the messages that carried it keep a tombstone."""
    file = engine.workspace.files.get(asked.text("file"))
    if file is None or file.deleted:
        raise Refused("file_not_found")
    if file.owner != me.id:
        raise Refused("cant_delete_file")
    filing.delete_file(engine, file)
    return {}


def dismiss(engine: Engine, me: User, asked: Asked) -> Json:
    """Take a message off the screen that only this person sees."""
    channel, message = message_in(engine, me, asked)
    if message.ephemeral_to != me.id:
        raise Refused("cant_delete_message")
    posting.delete(engine, channel, message)
    return {}


def react(engine: Engine, me: User, asked: Asked) -> Json:
    """Put an emoji on a message, or with `on` false take it back. Doing it twice is doing it once."""
    channel, message = message_in(engine, me, asked)
    emoji, on = asked.text("emoji"), asked.flag("on", True)
    if message.ephemeral_to:
        raise Refused("message_not_found")
    with engine.workspace.changing():
        if on != (me.id in message.reactions.get(emoji, [])):
            (posting.react if on else posting.take_reaction)(engine, channel, message, me, emoji)
    return {}


def run(engine: Engine, me: User, asked: Asked) -> Json:
    """Run a slash command and wait for its ack. Refused: `unknown_command`, `no_commands_in_threads`."""
    channel, command = room(engine, me, asked.text("channel")), asked.text("command")
    if command not in engine.workspace.app.commands:
        raise Refused("unknown_command")
    if asked.stamp("thread_ts"):
        raise Refused("no_commands_in_threads")
    if channel.is_archived:
        raise Refused("is_archived")
    interactivity.run_command(engine, me, channel, command, asked.text("text", "").strip())
    return {}

"""Messages come, change and go; the app hears of each. Used by the Web API, by response URLs and by people."""

import copy
import re
from collections.abc import Callable
from typing import Any

from bot.sandbox.engine import Engine
from bot.sandbox.errors import Refused
from bot.sandbox.happenings import clips, events
from bot.sandbox.workspace.drafts import Draft as Draft
from bot.sandbox.workspace.state import SLACKBOT, TOMBSTONE, Channel, Message, User

Json = dict[str, Any]

#: Slack cuts the text of a message here
LONGEST_TEXT = 40_000

#: an emoji's name, with a tone of skin or without; custom ones may be called anything of this shape
_EMOJI = re.compile(r"[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?")


def post(engine: Engine, channel: Channel, author: User, draft: Draft) -> Message:
    """Post the draft in the channel, with an event to the app. Refused: `thread_not_found`, `is_archived`."""
    workspace = engine.workspace
    with workspace.changing():
        if channel.is_archived:
            raise Refused("is_archived")
        if draft.thread_ts and draft.thread_ts not in channel.messages:
            raise Refused("thread_not_found")
        message = make_message(engine, channel, author, draft)
        channel.messages[message.ts] = message
        _open_thread(engine, channel, message)
        for file in draft.files:
            if channel.id not in file.shared_in:
                file.shared_in.append(channel.id)
            clips.transcribe_later(engine, file)
        workspace.tell("message", channel.id, message.ts)
        events.message_posted(engine, channel, message)
        return message


def make_message(engine: Engine, channel: Channel, author: User, draft: Draft) -> Message:
    """The message that the draft becomes; it is not posted."""
    workspace = engine.workspace
    return Message(
        channel=channel.id,
        ts=workspace.stamp(),
        user=author.id,
        text=draft.text[:LONGEST_TEXT],
        blocks=with_block_ids(engine, draft.blocks),
        attachments=draft.attachments,
        files=draft.files,
        metadata=draft.metadata,
        thread_ts=draft.thread_ts,
        broadcast=draft.broadcast,
        bot_id=workspace.bot_id if author.is_bot else None,
        subtype=_subtype(draft),
        client_msg_id=None if author.is_bot else workspace.ids.uuid(),
    )


def _subtype(draft: Draft) -> str | None:
    if draft.files:
        return "file_share"
    return "thread_broadcast" if draft.thread_ts and draft.broadcast else None


def _open_thread(engine: Engine, channel: Channel, message: Message) -> None:
    """A first reply makes its parent the head of a thread."""
    if message.thread_ts:
        channel.messages[message.thread_ts].thread_ts = message.thread_ts
        channel.replies.setdefault(message.thread_ts, []).append(message.ts)
        engine.workspace.tell("message", channel.id, message.thread_ts)


def post_ephemeral(engine: Engine, channel: Channel, person: str, draft: Draft) -> Message:
    """Show the draft to one person only. Slack keeps no history of it and sends no event."""
    workspace = engine.workspace
    with workspace.changing():
        message = make_message(engine, channel, workspace.bot, draft)
        message.ephemeral_to = person
        channel.ephemerals.append(message)
        workspace.tell("message", channel.id, message.ts, person)
        return message


def edit(engine: Engine, channel: Channel, message: Message, draft: Draft) -> None:
    """Replace text and blocks (and metadata, where given); what it said before is kept for the walk over everything."""
    workspace = engine.workspace
    with workspace.changing():
        before = copy.copy(message)
        before.versions = []
        message.versions.append(before)
        message.text, message.blocks = draft.text[:LONGEST_TEXT], with_block_ids(engine, draft.blocks)
        message.attachments = draft.attachments
        message.metadata = draft.metadata if draft.metadata is not None else message.metadata
        message.edited_ts = workspace.stamp()
        workspace.tell("message", channel.id, message.ts, message.ephemeral_to or "")
        if not message.ephemeral_to:
            events.message_changed(engine, channel, message, before)


def delete(engine: Engine, channel: Channel, message: Message) -> None:
    """Take the message away; ephemeral ones too. The head of a thread with replies leaves a tombstone."""
    with engine.workspace.changing():
        channel.deleted.append(message)
        if message in channel.ephemerals:
            channel.ephemerals.remove(message)
        elif channel.replies.get(message.ts):
            _bury(engine, channel, message)
            return
        elif channel.messages.pop(message.ts, None):
            events.message_deleted(engine, channel, message)
            _leave_thread(engine, channel, message)
        engine.workspace.tell("gone", channel.id, message.ts, message.ephemeral_to or "")


def _bury(engine: Engine, channel: Channel, head: Message) -> None:
    """Where the first message of a thread was, a tombstone keeps its place, and the app hears of a change."""
    grave = Message(channel.id, head.ts, SLACKBOT, "This message was deleted.", thread_ts=head.ts, subtype=TOMBSTONE)
    channel.messages[head.ts] = grave
    engine.workspace.tell("message", channel.id, head.ts)
    events.message_changed(engine, channel, grave, head)


def _leave_thread(engine: Engine, channel: Channel, message: Message) -> None:
    """A deleted reply is no longer counted by the head of its thread; with the last one a tombstone goes too."""
    replies = channel.replies.get(message.thread_ts or "", [])
    if message.ts not in replies:
        return
    replies.remove(message.ts)
    head = channel.messages[str(message.thread_ts)]
    if head.subtype == TOMBSTONE and not replies:
        delete(engine, channel, head)
    else:
        engine.workspace.tell("message", channel.id, head.ts)


def react(engine: Engine, channel: Channel, message: Message, person: User, emoji: str) -> None:
    """The person puts an emoji on a message. Refused: `invalid_name`, `already_reacted`, `is_archived`."""
    if not _EMOJI.fullmatch(emoji):
        raise Refused("invalid_name")
    with engine.workspace.changing():
        if channel.is_archived:
            raise Refused("is_archived")
        people = message.reactions.setdefault(emoji, [])
        if person.id in people:
            raise Refused("already_reacted")
        people.append(person.id)
        engine.workspace.tell("message", channel.id, message.ts)
        events.reaction(engine, channel, message, person, emoji, added=True)


def take_reaction(engine: Engine, channel: Channel, message: Message, person: User, emoji: str) -> None:
    """The person takes an emoji of theirs back. Refused: `no_reaction`."""
    with engine.workspace.changing():
        if person.id not in message.reactions.get(emoji, []):
            raise Refused("no_reaction")
        message.reactions[emoji].remove(person.id)
        engine.workspace.tell("message", channel.id, message.ts)
        events.reaction(engine, channel, message, person, emoji, added=False)


def with_block_ids(engine: Engine, blocks: list[Json]) -> list[Json]:
    """The blocks with a block_id (and action_ids) where the app gave none, as Slack fills them in."""
    named = engine.workspace.ids.secret
    return [_with_action_ids({**block, "block_id": block.get("block_id") or named(5)}, named) for block in blocks]


def _with_action_ids(block: Json, named: Callable[[int], str]) -> Json:
    """Interactive elements without an action_id get one, too."""
    for place in ("element", "accessory"):
        if isinstance(block.get(place), dict) and block[place].get("type") != "image":
            block[place] = {"action_id": named(5), **block[place]}
    if block.get("type") in ("actions", "context_actions"):
        block["elements"] = [{**e, "action_id": e.get("action_id") or named(5)} for e in block["elements"]]
    return block

"""chat.*: messages of the app."""

from typing import Any

from bot.sandbox import limits
from bot.sandbox.errors import Refused
from bot.sandbox.happenings import posting
from bot.sandbox.happenings.posting import Draft
from bot.sandbox.web_api.calls import Call, method
from bot.sandbox.workspace.as_slack import message_json
from bot.sandbox.workspace.state import Channel, Message

Json = dict[str, Any]


@method("chat.postMessage", "chat:write")
def post_message(call: Call) -> Json:
    """A message in a conversation, or in the direct message with a user whose id is given."""
    channel = place_of(call)
    workspace = call.engine.workspace
    message = posting.post(call.engine, channel, workspace.bot, draft_of(call))
    shown = message_json(workspace, message, call.engine.base, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


@method("chat.postEphemeral", "chat:write")
def post_ephemeral(call: Call) -> Json:
    """A message that one member of the conversation sees."""
    channel, person = call.joined(), call.need("user")
    if person not in channel.members:
        raise Refused("user_not_in_channel")
    message = posting.post_ephemeral(call.engine, channel, person, draft_of(call))
    return {"message_ts": message.ts}


@method("chat.update", "chat:write")
def update(call: Call) -> Json:
    """New words for a message of the app."""
    channel = call.channel()
    message = _own(call, channel, "cant_update_message")
    draft = draft_of(call)
    if len(draft.text) > limits.LONGEST_UPDATE:
        raise Refused("msg_too_long")
    posting.edit(call.engine, channel, message, draft)
    shown = message_json(call.engine.workspace, message, call.engine.base, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shown}


@method("chat.delete", "chat:write")
def delete(call: Call) -> Json:
    """Take a message of the app away."""
    channel = call.channel()
    message = _own(call, channel, "cant_delete_message")
    posting.delete(call.engine, channel, message)
    return {"channel": channel.id, "ts": message.ts}


@method("chat.getPermalink")
def permalink(call: Call) -> Json:
    """The address of a message."""
    channel = call.channel()
    message = call.message(channel, "message_ts")
    link = f"{call.engine.base}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.thread_ts and message.thread_ts != message.ts:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def place_of(call: Call) -> Channel:
    """Where to post: a conversation the bot may write in, by id or #name, or the direct message with a user's id."""
    workspace = call.engine.workspace
    wanted = call.need("channel", "channel_not_found")
    user = workspace.users.get(wanted)
    if user and user is not workspace.bot and not workspace.is_stranger(user):
        channel = workspace.direct([wanted, workspace.bot.id])
    else:
        named = workspace.channel_named(wanted)
        channel = call.channel(id=named.id if named else wanted)
    if channel.kind == "im" and not workspace.app.messages_tab:
        raise Refused("messages_tab_disabled")
    outside = workspace.bot.id not in channel.members
    if outside and not workspace.app.may("chat:write.public"):
        raise Refused("not_in_channel")
    return channel


def _own(call: Call, channel: Channel, error: str) -> Message:
    message = call.message(channel)
    if message.bot_id != call.engine.workspace.bot_id:
        raise Refused(error)
    return message


def draft_of(call: Call) -> Draft:
    """The message that the arguments describe. Refused: `no_text`, limits of blocks, attachments and text,
    `invalid_metadata_format`."""
    blocks = call.data("blocks", "invalid_blocks_format") or []
    attachments = call.data("attachments", "invalid_attachments") or []
    text = call.text("text") or call.text("markdown_text")
    if call.text("markdown_text") and (call.text("text") or blocks):
        raise Refused("markdown_text_conflict")
    if not (text.strip() or blocks or attachments):
        raise Refused("no_text")
    limits.check_message(blocks)
    limits.check_attachments(attachments)
    limits.check_markdown_text(call.text("markdown_text"))
    return Draft(
        text=text,
        blocks=blocks,
        attachments=attachments,
        metadata=_metadata(call),
        thread_ts=call.text("thread_ts") or None,
        broadcast=call.flag("reply_broadcast"),
    )


def _metadata(call: Call) -> Json | None:
    metadata = call.data("metadata", "invalid_metadata_format")
    if metadata is None:
        return None
    whole = isinstance(metadata, dict) and isinstance(metadata.get("event_payload"), dict)
    if not whole or not isinstance(metadata.get("event_type"), str):
        raise Refused("invalid_metadata_format")
    return dict(metadata)

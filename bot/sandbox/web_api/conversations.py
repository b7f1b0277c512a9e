"""conversations.*: where people talk, who is there, and what was said. Scopes depend on the kind of conversation."""

from typing import Any

from bot.sandbox import events
from bot.sandbox.as_slack import channel_json, message_json
from bot.sandbox.errors import Refused
from bot.sandbox.state import Channel, Message
from bot.sandbox.web_api.calls import Call, method

Json = dict[str, Any]

_FAMILY = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}
_TYPES = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}


@method("conversations.open", "im:write", "mpim:write")
def open_direct(call: Call) -> Json:
    """The direct message with one or several people."""
    workspace = call.engine.workspace
    if call.text("channel"):
        channel = call.channel()
    else:
        people = call.listed("users")
        if not people:
            raise Refused("users_list_not_supplied")
        if unknown := [one for one in people if one not in workspace.users]:
            raise Refused("user_not_found", [f"[ERROR] {unknown[0]}"])
        call.scope("im:write" if len(people) == 1 else "mpim:write")
        channel = workspace.direct([*people, workspace.bot.id])
    return {"channel": channel_json(workspace, channel) if call.flag("return_im") else {"id": channel.id}}


@method("conversations.info")
def info(call: Call) -> Json:
    """One conversation."""
    channel = call.channel()
    call.scope(f"{_FAMILY[channel.kind]}:read")
    return {"channel": channel_json(call.engine.workspace, channel)}


@method("conversations.list")
def listing(call: Call) -> Json:
    """The conversations that the bot can see, of the asked types."""
    visible, more = call.page(visible_channels(call, mine_only=False))
    return {"channels": [channel_json(call.engine.workspace, c) for c in visible], "response_metadata": more}


def visible_channels(call: Call, mine_only: bool) -> list[Channel]:
    """Conversations of the asked `types`: public ones and the bot's own, or only those with `mine_only`."""
    workspace = call.engine.workspace
    types = call.listed("types") or ["public_channel"]
    if any(one not in _TYPES for one in types):
        raise Refused("invalid_types")
    kinds = {_TYPES[one] for one in types}
    for kind in sorted(kinds):
        call.scope(f"{_FAMILY[kind]}:read")
    return [c for c in workspace.channels.values() if c.kind in kinds and
            (workspace.bot.id in c.members or (c.kind == "channel" and not mine_only))]  # fmt: skip


@method("conversations.members")
def members(call: Call) -> Json:
    """Who is in a conversation."""
    channel = call.channel()
    call.scope(f"{_FAMILY[channel.kind]}:read")
    people, more = call.page(channel.members)
    return {"members": people, "response_metadata": more}


@method("conversations.join", "channels:join")
def join(call: Call) -> Json:
    """The bot joins a public channel."""
    channel, workspace = call.channel(), call.engine.workspace
    if channel.kind != "channel":
        raise Refused("method_not_supported_for_channel_type")
    if workspace.bot.id not in channel.members:
        channel.members.append(workspace.bot.id)
        events.member_joined(call.engine, channel, workspace.bot)
    return {"channel": channel_json(workspace, channel)}


@method("conversations.create")
def create(call: Call) -> Json:
    """A new channel with the bot in it."""
    workspace, name = call.engine.workspace, call.need("name", "invalid_name_required")
    call.scope("groups:write" if call.flag("is_private") else "channels:manage")
    if workspace.channel_named(name):
        raise Refused("name_taken")
    if len(name) > 80 or name != name.lower() or any(c in name for c in " .#@"):
        raise Refused("invalid_name_maxlength" if len(name) > 80 else "invalid_name_specials")
    kind = "group" if call.flag("is_private") else "channel"
    channel = workspace.add_channel(name, kind, [workspace.bot.id], creator=workspace.bot.id)
    return {"channel": channel_json(workspace, channel)}


@method("conversations.invite")
def invite(call: Call) -> Json:
    """People join a channel that the bot is in."""
    channel, workspace = call.joined(), call.engine.workspace
    family = _FAMILY[channel.kind]
    call.scope("channels:manage" if family == "channels" else "groups:write", f"{family}:write.invites")
    people = call.listed("users")
    if not people or any(one not in workspace.users for one in people):
        raise Refused("user_not_found" if people else "no_user")
    if any(one in channel.members for one in people):
        raise Refused("already_in_channel")
    for one in people:
        channel.members.append(one)
        events.member_joined(call.engine, channel, workspace.users[one])
    return {"channel": channel_json(workspace, channel)}


@method("conversations.history")
def history(call: Call) -> Json:
    """What was said, newest first; replies only where they were also sent to the channel."""
    channel = _readable(call)
    said = [m for m in reversed(channel.messages.values()) if m.thread_ts in (None, m.ts) or m.broadcast]
    return _page_of(call, channel, [m for m in said if _in_window(call, m)])


@method("conversations.replies")
def replies(call: Call) -> Json:
    """A thread: its head and the replies, oldest first."""
    channel = _readable(call)
    head = channel.messages.get(call.need("ts"))
    if head is None:
        raise Refused("thread_not_found")
    thread = [m for m in channel.messages.values() if m is head or (m.thread_ts == head.ts and _in_window(call, m))]
    return _page_of(call, channel, thread)


def _readable(call: Call) -> Channel:
    channel = call.joined()
    call.scope(f"{_FAMILY[channel.kind]}:history")
    return channel


def _in_window(call: Call, message: Message) -> bool:
    oldest, latest, stamp = call.text("oldest", "0"), call.text("latest"), float(message.ts)
    if call.flag("inclusive") and message.ts in (oldest, latest):
        return True
    return stamp > float(oldest or 0) and (not latest or stamp < float(latest))


def _page_of(call: Call, channel: Channel, messages: list[Message]) -> Json:
    page, more = call.page(messages)
    answer: Json = {"messages": [_with_thread(call, channel, m) for m in page], "has_more": bool(more["next_cursor"])}
    if more["next_cursor"]:
        answer["response_metadata"] = more
    return answer


def _with_thread(call: Call, channel: Channel, message: Message) -> Json:
    """The message, with the figures of its thread where it is the head of one."""
    metadata = call.flag("include_all_metadata")
    body = message_json(call.engine.workspace, message, call.engine.base, metadata)
    answers = [m for m in channel.messages.values() if m.thread_ts == message.ts and m is not message]
    if answers:
        body |= {"reply_count": len(answers), "latest_reply": answers[-1].ts,
                 "reply_users": sorted({m.user for m in answers}), "is_locked": False}  # fmt: skip
    return body

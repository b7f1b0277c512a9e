"""conversations.*: where people talk, who is there, and what was said. Scopes depend on the kind of conversation."""

from typing import Any

from bot.sandbox.errors import Refused
from bot.sandbox.happenings import membership
from bot.sandbox.web_api.calls import Call, method
from bot.sandbox.workspace.as_slack import channel_json, message_json
from bot.sandbox.workspace.state import Channel, Message, Workspace

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
        call.scope("im:write" if len(people) == 1 else "mpim:write")
        for one in people:
            _reachable(workspace, one)
        channel = workspace.direct([*people, workspace.bot.id])
    return {"channel": channel_json(workspace, channel) if call.flag("return_im") else {"id": channel.id}}


def _reachable(workspace: Workspace, wanted: str) -> None:
    """Refused: nobody, somebody who was deactivated, or somebody from elsewhere whom the app shares nothing with."""
    user = workspace.users.get(wanted)
    if user is None:
        raise Refused("user_not_found", [f"[ERROR] {wanted}"])
    if user.deleted:
        raise Refused("user_disabled")
    if workspace.is_stranger(user):
        raise Refused("user_not_visible")


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
            not (c.is_archived and call.flag("exclude_archived")) and
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
    membership.join(call.engine, channel, workspace.bot)
    return {"channel": channel_json(workspace, channel)}


@method("conversations.create")
def create(call: Call) -> Json:
    """A new channel with the bot in it."""
    workspace, name = call.engine.workspace, call.need("name", "invalid_name_required")
    call.scope("groups:write" if call.flag("is_private") else "channels:manage")
    kind = "group" if call.flag("is_private") else "channel"
    return {"channel": channel_json(workspace, membership.create(call.engine, name, kind, workspace.bot))}


@method("conversations.invite")
def invite(call: Call) -> Json:
    """People join a channel that the bot is in."""
    channel, workspace = call.joined(), call.engine.workspace
    _managed(call, channel, f"{_FAMILY[channel.kind]}:write.invites")
    people = call.listed("users")
    if not people or any(one not in workspace.users for one in people):
        raise Refused("user_not_found" if people else "no_user")
    membership.invite(call.engine, channel, [workspace.users[one] for one in people], workspace.bot)
    return {"channel": channel_json(workspace, channel)}


@method("conversations.kick")
def kick(call: Call) -> Json:
    """Somebody is removed from a channel that the bot is in."""
    channel, workspace = call.joined(), call.engine.workspace
    _managed(call, channel)
    user = workspace.users.get(call.text("user"))
    if user is None:
        raise Refused("user_not_found")
    if user.id == workspace.bot.id:
        raise Refused("cant_kick_self")
    if not membership.leave(call.engine, channel, user):
        raise Refused("not_in_channel")
    return {}


@method("conversations.leave")
def leave(call: Call) -> Json:
    """The bot leaves a channel."""
    channel = call.channel()
    _managed(call, channel)
    return {} if membership.leave(call.engine, channel, call.engine.workspace.bot) else {"not_in_channel": True}


@method("conversations.archive")
def archive(call: Call) -> Json:
    """A channel that the bot is in closes."""
    channel = call.joined()
    _managed(call, channel)
    membership.archive(call.engine, channel, call.engine.workspace.bot)
    return {}


@method("conversations.unarchive")
def unarchive(call: Call) -> Json:
    """A closed channel that the bot is in opens again."""
    channel = call.joined()
    _managed(call, channel)
    membership.unarchive(call.engine, channel, call.engine.workspace.bot)
    return {}


@method("conversations.rename")
def rename(call: Call) -> Json:
    """Another name for a channel that the bot made."""
    channel, workspace = call.joined(), call.engine.workspace
    _managed(call, channel)
    if channel.creator != workspace.bot.id:
        raise Refused("not_authorized")
    membership.rename(call.engine, channel, call.need("name", "invalid_name_required"))
    return {"channel": channel_json(workspace, channel)}


def _managed(call: Call, channel: Channel, *others: str) -> None:
    """Refused without the scope to manage this kind of conversation (or one of the others)."""
    family = _FAMILY[channel.kind]
    call.scope("channels:manage" if family == "channels" else f"{family}:write", *others)


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
    if call.flag("inclusive") and message.ts in (call.text("oldest"), call.text("latest")):
        return True
    stamp, latest = float(message.ts), _bound(call, "latest")
    return stamp > _bound(call, "oldest") and (not latest or stamp < latest)


def _bound(call: Call, name: str) -> float:
    """A timestamp that limits what is given, 0 if it does not. Refused: `invalid_ts_oldest`, `invalid_ts_latest`."""
    try:
        return float(call.text(name) or 0)
    except ValueError:
        raise Refused(f"invalid_ts_{name}") from None


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

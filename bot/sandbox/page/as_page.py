"""The workspace's facts as the page's own JSON objects, each as one person sees it."""

from typing import Any
from urllib.parse import quote
from zlib import crc32

from bot.sandbox.clock import MovableClock
from bot.sandbox.engine import Engine
from bot.sandbox.page.rights import reads
from bot.sandbox.page.unread import Unread, unread
from bot.sandbox.workspace import as_slack
from bot.sandbox.workspace.state import Channel, Message, User, Workspace

Json = dict[str, Any]

#: tints of the round pictures with initials
COLOURS = 8
#: where the workspace is, for clocks on the wall
TIME_ZONE = "Europe/London"


def person_json(workspace: Workspace, user: User) -> Json:
    """A member of the workspace. kind: `member`, `guest`, `bot`, or `app` for the app itself; `tz` is an IANA name."""
    return {
        "id": user.id, "name": user.real_name, "display": user.real_name, "handle": user.name, "title": user.title,
        "kind": _kind(workspace, user), "tz": user.time_zone, "deleted": user.deleted,
        "colour": crc32(user.id.encode()) % COLOURS,
    }  # fmt: skip


def _kind(workspace: Workspace, user: User) -> str:
    if user is workspace.bot:
        return "app"
    return "bot" if user.is_bot else "guest" if user.is_restricted else "member"


def channel_json(workspace: Workspace, me: User, channel: Channel) -> Json:
    """A conversation; who hasn't joined learns nothing of what is said there."""
    joined = reads(me, channel)
    waiting = unread(workspace, me, channel) if joined else Unread(0, 0)
    return {
        "id": channel.id, "name": channel.name, "kind": channel.kind, "members": list(channel.members),
        "is_member": joined, "topic": channel.topic, "last_ts": next(reversed(channel.messages), "") if joined else "",
        "last_read": workspace.reads.get((me.id, channel.id), ""), "unread": waiting.messages,
        "mentions": waiting.mentions, "archived": channel.is_archived,
    }  # fmt: skip


def message_json(engine: Engine, me: User, channel: Channel, message: Message) -> Json:
    """Slack's message object, and what the page needs beside it: whose it is, its thread, addresses of its files."""
    body = as_slack.message_json(engine.workspace, message, engine.base)
    body["mine"] = message.user == me.id
    if message.ephemeral_to:
        body["ephemeral"] = True
    if message.files:
        body["files"] = [_with_page_url(me, file) for file in body["files"]]
    return body | _thread_facts(channel, message)


def _with_page_url(me: User, file: Json) -> Json:
    if file.get("mode") == "tombstone":
        return file
    return {**file, "page_url": f"/page/file/{file['id']}/{quote(file['name'], safe='')}?as={me.id}"}


def _thread_facts(channel: Channel, message: Message) -> Json:
    replies = channel.replies.get(message.ts)
    if not replies:
        return {}
    who = dict.fromkeys(channel.messages[ts].user for ts in replies)
    return {"reply_count": len(replies), "reply_users": list(who), "latest_reply": replies[-1]}


def clock_json(workspace: Workspace) -> Json:
    """What time it is in the workspace, UTC, and whether it can be moved on."""
    now = workspace.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {"now": now, "movable": isinstance(workspace.clock, MovableClock), "tz": TIME_ZONE}


def view_json(workspace: Workspace, person: str) -> tuple[list[Json], Json | None]:
    """(the person's modals, bottom first; their Home or None)."""
    modals = [as_slack.view_json(workspace, view) for view in workspace.modals.get(person, [])]
    home = workspace.homes.get(person)
    return modals, as_slack.view_json(workspace, home) if home else None

"""What follows a slash command, as the app gets it: names of people and channels, links, < > and &.

With `should_escape` in the manifest they arrive as in messages: `<@ID|name>`, `<#ID|name>`, `<https://…>`, `&lt;`.
Without it the app gets what was typed (docs.slack.dev/interactivity/implementing-slash-commands).
"""

import re

from bot.sandbox.workspace.state import Channel, User, Workspace

_LINK = re.compile(r"(?<![<\w])https?://[^\s<>|]+")
_MENTION = re.compile(r"&lt;@(\w+)(?:\|[^&|]*)?&gt;|(?<!\w)@([\w.\-]+)")
_CHANNEL = re.compile(r"&lt;#(\w+)(?:\|[^&|]*)?&gt;|(?<![\w&])#([\w\-]+)")
_PICKED = re.compile(r"<([@#])(\w+)(?:\|[^>|]*)?>")


def command_text(workspace: Workspace, text: str, escapes: bool) -> str:
    """The `text` of a command. A member or channel that was picked from a list (`<@ID>`) counts as typed by name."""
    return _escaped(workspace, text) if escapes else _PICKED.sub(lambda found: _named(workspace, found), text)


def _escaped(workspace: Workspace, text: str) -> str:
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    safe = _LINK.sub(lambda found: f"<{found[0]}>", safe)
    safe = _MENTION.sub(lambda found: _mention(workspace, found), safe)
    return _CHANNEL.sub(lambda found: _channel(workspace, found), safe)


def _mention(workspace: Workspace, found: re.Match[str]) -> str:
    user = workspace.users.get(found[1] or "") or _called(workspace, found[2] or "")
    return f"<@{user.id}|{user.name}>" if user else found[0]


def _channel(workspace: Workspace, found: re.Match[str]) -> str:
    channel = workspace.channels.get(found[1] or "") or workspace.channel_named(found[2] or "")
    return f"<#{channel.id}|{channel.name}>" if channel else found[0]


def _called(workspace: Workspace, name: str) -> User | None:
    return next((user for user in workspace.users.values() if name and user.name == name), None)


def _named(workspace: Workspace, found: re.Match[str]) -> str:
    """What a person would have typed."""
    known: User | Channel | None = (workspace.users if found[1] == "@" else workspace.channels).get(found[2])
    return f"{found[1]}{known.name}" if known else found[0]

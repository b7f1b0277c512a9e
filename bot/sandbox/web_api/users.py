"""users.*: the members."""

from typing import Any

from bot.sandbox.errors import Refused
from bot.sandbox.web_api.calls import Call, method
from bot.sandbox.web_api.conversations import visible_channels
from bot.sandbox.workspace.as_slack import channel_json, user_json

Json = dict[str, Any]


@method("users.info", "users:read")
def info(call: Call) -> Json:
    """One member."""
    workspace = call.engine.workspace
    user = workspace.users.get(call.text("user"))
    if user is None:
        raise Refused("user_not_found")
    return {"user": user_json(workspace, user)}


@method("users.list", "users:read")
def listing(call: Call) -> Json:
    """All members."""
    workspace = call.engine.workspace
    page, more = call.page(list(workspace.users.values()))
    return {"members": [user_json(workspace, u) for u in page], "cache_ts": workspace.epoch(),
            "response_metadata": more}  # fmt: skip


@method("users.conversations")
def conversations(call: Call) -> Json:
    """The conversations that the bot (or a member, where the bot is too) is in."""
    workspace = call.engine.workspace
    who = call.text("user", workspace.bot.id)
    if who not in workspace.users:
        raise Refused("user_not_found")
    own = [c for c in visible_channels(call, mine_only=who == workspace.bot.id) if who in c.members]
    page, more = call.page(own)
    return {"channels": [channel_json(workspace, c) for c in page], "response_metadata": more}

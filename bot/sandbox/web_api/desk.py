"""api.*, auth.*, apps.*, team.*, bots.*: who is calling, and where."""

from typing import Any

from bot.sandbox.errors import Refused
from bot.sandbox.happenings import accounts
from bot.sandbox.web_api.calls import Call, method
from bot.sandbox.workspace.as_slack import bot_json

Json = dict[str, Any]


@method("api.test")
def api_test(call: Call) -> Json:
    """Whether the API is there; gives back what it got."""
    if call.text("error"):
        raise Refused(call.text("error"), args=call.params)
    return {"args": call.params}


@method("auth.test")
def auth_test(call: Call) -> Json:
    """Whose token it is."""
    workspace = call.engine.workspace
    return {
        "url": f"{call.engine.base}/", "team": workspace.domain, "user": workspace.bot.name,
        "team_id": workspace.team_id, "user_id": workspace.bot.id, "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }  # fmt: skip


@method("auth.revoke")
def auth_revoke(call: Call) -> Json:
    """The bot token is good for nothing any more."""
    if not call.flag("test"):
        accounts.revoke(call.engine)
    return {"revoked": not call.flag("test")}


@method("apps.connections.open", app_token=True)
def connections_open(call: Call) -> Json:
    """The address of a WebSocket, good for one connection."""
    ticket = call.engine.workspace.ids.secret()
    call.engine.socket_tickets.add(ticket)
    host = call.engine.base.replace("http://", "ws://", 1)
    return {"url": f"{host}/link/?ticket={ticket}&app_id={call.engine.workspace.app_id}"}


@method("team.info", "team:read")
def team_info(call: Call) -> Json:
    """The workspace."""
    workspace = call.engine.workspace
    return {"team": {"id": workspace.team_id, "name": workspace.domain, "domain": workspace.domain,
                     "url": f"{call.engine.base}/", "icon": {"image_default": True}}}  # fmt: skip


@method("bots.info", "users:read")
def bots_info(call: Call) -> Json:
    """The app's bot."""
    workspace = call.engine.workspace
    if call.text("bot", workspace.bot_id) != workspace.bot_id:
        raise Refused("bot_not_found")
    return {"bot": bot_json(workspace)}

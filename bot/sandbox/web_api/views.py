"""views.*: modals and App Home."""

from typing import Any

from bot.sandbox import limits
from bot.sandbox.errors import Refused
from bot.sandbox.happenings import views as stacks
from bot.sandbox.web_api.calls import Call, method
from bot.sandbox.workspace.as_slack import view_json
from bot.sandbox.workspace.state import View

Json = dict[str, Any]


@method("views.open")
def open_view(call: Call) -> Json:
    """A modal for whoever just did something."""
    view = _modal(call)
    limits.check_view(view)
    return _shown(call, stacks.open_modal(call.engine, _person(call), view))


@method("views.push")
def push_view(call: Call) -> Json:
    """A modal on top of the open one."""
    view = _modal(call)
    limits.check_view(view)
    return _shown(call, stacks.push_modal(call.engine, _person(call), view))


@method("views.update")
def update_view(call: Call) -> Json:
    """New content for an open view."""
    view = stacks.find_view(call.engine, call.text("view_id"), call.text("external_id"))
    return _shown(call, stacks.update_view(call.engine, view, _content(call), call.text("hash")))


@method("views.publish")
def publish_view(call: Call) -> Json:
    """A person's App Home."""
    user = call.engine.workspace.users.get(call.need("user_id"))
    if user is None or user.is_bot:
        raise Refused("user_not_found")
    content = _content(call)
    if content.get("type") != "home":
        raise Refused("invalid_arguments", ["[ERROR] must be a home view [json-pointer:/view/type]"])
    return _shown(call, stacks.publish_home(call.engine, user, content, call.text("hash")))


def _content(call: Call) -> Json:
    view = call.data("view", "invalid_arguments")
    if not isinstance(view, dict):
        raise Refused("invalid_arguments", ["[ERROR] missing required field: view"])
    return view


def _modal(call: Call) -> Json:
    view = _content(call)
    if view.get("type") != "modal":
        raise Refused("invalid_arguments", ["[ERROR] must be a modal view [json-pointer:/view/type]"])
    return view


def _person(call: Call) -> str:
    """Whose trigger it is; a trigger is used up only by a view that could be shown."""
    return call.engine.tickets.use_trigger(call.need("trigger_id"))


def _shown(call: Call, view: View) -> Json:
    return {"view": view_json(call.engine.workspace, view)}

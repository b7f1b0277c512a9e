"""Modals in a stack per person (one and two pushed on it), and an App Home per person.

Rules from docs.slack.dev/surfaces/modals: hash against races, close and clear, state.values of what was filled in.
"""

from typing import Any

from bot.sandbox import limits
from bot.sandbox.engine import Engine
from bot.sandbox.errors import Refused
from bot.sandbox.happenings.posting import with_block_ids
from bot.sandbox.workspace.fields import initial_values
from bot.sandbox.workspace.state import User, View

Json = dict[str, Any]

#: one modal and two pushed on it
DEEPEST_STACK = 3


def open_modal(engine: Engine, person: str, content: Json) -> View:
    """A new stack with this modal."""
    limits.check_view(content)
    with engine.workspace.changing():
        view = _make(engine, person, content)
        engine.workspace.modals[person] = [view]
        engine.workspace.tell("modals", person=person)
        return view


def push_modal(engine: Engine, person: str, content: Json) -> View:
    """This modal on top of the open one. Refused: `push_limit_reached`."""
    limits.check_view(content)
    with engine.workspace.changing():
        stack = engine.workspace.modals.setdefault(person, [])
        if len(stack) >= DEEPEST_STACK:
            raise Refused("push_limit_reached")
        view = _make(engine, person, content)
        if stack:
            view.root_id, view.previous_id = stack[0].id, stack[-1].id
        stack.append(view)
        engine.workspace.tell("modals", person=person)
        return view


def update_view(engine: Engine, view: View, content: Json, known_hash: str = "") -> View:
    """New content for a view that is open. Refused: `not_found` once it is closed, `hash_conflict`."""
    limits.check_view(content)
    with engine.workspace.changing():
        if view not in engine.workspace.modals.get(view.user, []) and not view.is_home:
            raise Refused("not_found")
        if known_hash and known_hash != view.hash:
            raise Refused("hash_conflict")
        view.earlier.append(view.content)
        _fill(engine, view, content)
        engine.workspace.tell("home" if view.is_home else "modals", person=view.user)
        return view


def publish_home(engine: Engine, user: User, content: Json, known_hash: str = "") -> View:
    """The person's App Home. Refused: `not_enabled` without a Home tab in the manifest, `hash_conflict`."""
    if not engine.workspace.app.home_tab:
        raise Refused("not_enabled")
    home = engine.workspace.homes.get(user.id)
    if home:
        return update_view(engine, home, content, known_hash)
    limits.check_view(content)
    with engine.workspace.changing():
        home = engine.workspace.homes[user.id] = _make(engine, user.id, content)
        engine.workspace.tell("home", person=user.id)
        return home


def close_view(engine: Engine, view: View, whole_stack: bool = False) -> None:
    """Take the view (and what lies on it), or its whole stack, off the person's screen."""
    with engine.workspace.changing():
        stack = engine.workspace.modals.get(view.user, [])
        if view in stack:
            del stack[0 if whole_stack else stack.index(view) :]
            engine.workspace.tell("modals", person=view.user)


def find_view(engine: Engine, view_id: str, external_id: str = "") -> View:
    """The view by either id (the latest with an external one). Refused: `not_found`."""
    views = engine.workspace.views
    named = [view for view in views.values() if external_id and view.content.get("external_id") == external_id]
    if view_id in views:
        return views[view_id]
    if not named:
        raise Refused("not_found")
    return named[-1]


def _make(engine: Engine, person: str, content: Json) -> View:
    _refuse_second_external_id(engine, content)
    view = View(id=engine.workspace.ids.new("V"), user=person, content={}, hash="")
    view.root_id = view.id
    _fill(engine, view, content)
    engine.workspace.views[view.id] = view
    return view


def _refuse_second_external_id(engine: Engine, content: Json) -> None:
    wanted = content.get("external_id")
    open_ones = [view for stack in engine.workspace.modals.values() for view in stack]
    if wanted and any(view.content.get("external_id") == wanted for view in open_ones):
        raise Refused("duplicate_external_id")


def _fill(engine: Engine, view: View, content: Json) -> None:
    """New content and hash. What was filled in stays where block and action ids stay."""
    blocks = with_block_ids(engine, content.get("blocks", []))
    view.content = {**content, "blocks": blocks}
    view.hash = f"{engine.workspace.stamp()}.{engine.workspace.ids.secret(8)}"
    kept = view.values
    view.values = initial_values(blocks)
    for block_id, actions in view.values.items():
        actions.update({a: v for a, v in kept.get(block_id, {}).items() if a in actions})

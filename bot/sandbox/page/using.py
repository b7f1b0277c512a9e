"""What a person does to buttons, fields and windows: act, fill, submit, close, suggest, shortcut.

The app's acknowledgement is waited for, so everything here runs off the event loop.
"""

from typing import Any

from bot.sandbox.engine import Engine
from bot.sandbox.errors import Refused
from bot.sandbox.happenings import interactivity, suggestions
from bot.sandbox.page.asked import Asked
from bot.sandbox.page.errors import Misunderstood
from bot.sandbox.page.places import InView, Place, element_in, given_value, message_in, own_view, place_in, top_modal
from bot.sandbox.page.values import Chooser, complaint, offered, state_value
from bot.sandbox.workspace.fields import Element, elements, missing
from bot.sandbox.workspace.state import User, View

Json = dict[str, Any]

_LONGEST_QUERY = 255
_LOOK_AGAIN = "Something in the form needs another look."


def act(engine: Engine, me: User, asked: Asked) -> Json:
    """Press a button, or choose in a field that tells the app at once."""
    place = place_in(engine, me, asked)
    found = element_in(place, asked)
    if found.is_field:
        _tell(engine, me, place, found, _set(engine, me, place, found, given_value(asked)))
    else:
        _tell(engine, me, place, found, _pressed(engine, me, place, found, given_value(asked)))
    return {}


def fill(engine: Engine, me: User, asked: Asked) -> Json:
    """Fill in a field; the app hears of it only where Slack would tell it."""
    place = place_in(engine, me, asked)
    found = element_in(place, asked)
    if not found.is_field:
        raise Misunderstood(what="that is no field")
    value = _set(engine, me, place, found, given_value(asked))
    if found.fires:
        _tell(engine, me, place, found, value)
    return {}


def submit(engine: Engine, me: User, asked: Asked) -> Json:
    """Submit the modal in front, with `values` as its form has them now; `errors` stand under their fields."""
    view = top_modal(engine, me, asked.text("view"))
    if "values" in asked:
        _take_in(engine, me, view, asked.thing("values"))
    errors = _form_errors(view) or interactivity.submit(engine, me, view)
    return {"ok": False, "error": "fields", "errors": errors, "words": _LOOK_AGAIN} if errors else {}


def close(engine: Engine, me: User, asked: Asked) -> Json:
    """Close a modal, or all of them with `all`."""
    view = own_view(engine, me, asked.text("view"))
    if view.is_home:
        raise Misunderstood(what="a Home can't be closed")
    interactivity.close(engine, me, view, asked.flag("all"))
    return {}


def suggest(engine: Engine, me: User, asked: Asked) -> Json:
    """What the app offers in a select of its own for the words in `query`; it may be chosen from then on."""
    place = place_in(engine, me, asked)
    found = element_in(place, asked)
    if found.kind not in ("external_select", "multi_external_select"):
        raise Misunderstood(what="the options of that field stand in it")
    where = place.view if isinstance(place, InView) else (place.channel, place.message)
    answer = suggestions.suggest(engine, me, found, asked.text("query", "")[:_LONGEST_QUERY], where)
    options = [*answer.get("options", []), *(o for group in answer.get("option_groups", []) for o in group["options"])]
    known = engine.stage.suggested.setdefault((me.id, place.id, found.block_id, found.action_id), [])
    known += [option for option in options if option not in known]
    return answer


def shortcut(engine: Engine, me: User, asked: Asked) -> Json:
    """Use a shortcut of the app, or with `message` one of that message."""
    if "message" in asked:
        where = message_in(engine, me, Asked(asked.thing("message")))
        interactivity.use_shortcut(engine, me, asked.text("callback_id"), *where)
    else:
        interactivity.use_shortcut(engine, me, asked.text("callback_id"))
    return {}


def _set(engine: Engine, me: User, place: Place, found: Element, given: Json | None) -> Json:
    """Keep what was filled in; gives it as `state.values` has it."""
    value = state_value(found, given, _chooser(engine, me, place, found))
    with engine.workspace.changing():
        if isinstance(place, InView):
            held = place.view.values
        else:
            held = engine.workspace.filled.setdefault((me.id, place.channel.id, place.message.ts), {})
        held.setdefault(found.block_id, {})[found.action_id] = value
        if isinstance(place, InView):  # their other tabs show it too
            engine.workspace.tell("home" if place.view.is_home else "modals", person=me.id)
    return value


def _pressed(engine: Engine, me: User, place: Place, found: Element, given: Json | None) -> Json | None:
    """A button brings nothing, an overflow menu the option that was picked."""
    if found.kind != "overflow":
        return None
    wanted = ((given or {}).get("selected_option") or {}).get("value")
    for option in offered(found, _chooser(engine, me, place, found)):
        if option.get("value") == wanted:
            return {"selected_option": dict(option)}
    raise Refused("not_an_option")


def _tell(engine: Engine, me: User, place: Place, found: Element, value: Json | None) -> None:
    if isinstance(place, InView):
        interactivity.act_on_view(engine, me, place.view, found, value)
    else:
        interactivity.act_on_message(engine, me, place.channel, place.message, found, value)


def _chooser(engine: Engine, me: User, place: Place, found: Element) -> Chooser:
    key = me.id, place.id, found.block_id, found.action_id
    return Chooser(engine.workspace, me, tuple(engine.stage.suggested.get(key, ())))


def _take_in(engine: Engine, me: User, view: View, values: Json) -> None:
    """What the form holds now. Fields that the view no longer has are passed over: it was updated meanwhile."""
    for found in elements(view.content.get("blocks", [])):
        block = values.get(found.block_id)
        given = block.get(found.action_id) if isinstance(block, dict) else None
        if found.is_field and isinstance(given, dict):
            _set(engine, me, InView(view), found, given)


def _form_errors(view: View) -> dict[str, str]:
    blocks = view.content["blocks"]
    errors = missing(blocks, view.values)
    for found in elements(blocks):
        if found.is_field and found.block.get("type") == "input" and found.block_id not in errors:
            words = complaint(found, view.values.get(found.block_id, {}).get(found.action_id, {}))
            if words:
                errors[found.block_id] = words
    return errors

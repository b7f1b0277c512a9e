"""What a person does to the app's buttons, modals and commands, and what the app's acknowledgement does in turn."""

from typing import Any, Literal

from bot.sandbox.engine import Engine, Refusal
from bot.sandbox.errors import Refused, SwitchedOff, Uninstalled
from bot.sandbox.happenings import answers, payloads, views
from bot.sandbox.workspace.fields import Element
from bot.sandbox.workspace.state import Channel, Message, User, View

Json = dict[str, Any]


def ask(engine: Engine, kind: Literal["interactive", "slash_commands"], payload: Json) -> Json:
    """Deliver and wait for the ack; gives its payload. Raises NotAnswered after the ack's seconds (real time)."""
    return engine.deliveries.ask(kind, payload).result(engine.deliveries.ack_seconds + 5)


def _need_interactivity(engine: Engine) -> None:
    """SwitchedOff by the manifest; Uninstalled once the app is gone."""
    if not engine.is_installed:
        raise Uninstalled()
    if not engine.workspace.app.interactivity:
        raise SwitchedOff(what="interactivity")


def act_on_message(
    engine: Engine, person: User, channel: Channel, message: Message, found: Element, value: Json | None = None
) -> None:
    """Click or choose in a message."""
    _need_interactivity(engine)
    with engine.workspace.changing():
        payload = payloads.on_message(engine, person, channel, message, payloads.action(engine, found, value))
    ask(engine, "interactive", payload)


def act_on_view(engine: Engine, person: User, view: View, found: Element, value: Json | None = None) -> None:
    """Click or choose in a modal or App Home."""
    _need_interactivity(engine)
    with engine.workspace.changing():
        payload = payloads.on_view(engine, person, view, payloads.action(engine, found, value))
    ask(engine, "interactive", payload)


def submit(engine: Engine, person: User, view: View, times: int = 1) -> dict[str, str]:
    """Submit a modal (`times` > 1: before an answer came). Gives the app's errors under fields, by block_id."""
    _need_interactivity(engine)
    with engine.workspace.changing():
        made = [payloads.submission(engine, person, view) for _ in range(times)]
    answers = [engine.deliveries.ask("interactive", payload) for payload in made]
    errors: dict[str, str] = {}
    for answer in answers:
        errors |= apply_submission(engine, view, answer.result(engine.deliveries.ack_seconds + 5))
    return errors


def apply_submission(engine: Engine, view: View, ack: Json) -> dict[str, str]:
    """Do what the ack of a view_submission says: close this view unless it says errors, update, push or clear.

    Refused where Slack would show the person an error: a view beyond the limits, errors under fields that aren't there.
    """
    what = ack.get("response_action")
    try:
        if what == "errors":
            return _errors(view, ack.get("errors") or {})
        if what == "update":
            views.update_view(engine, view, _view_of(ack))
        elif what == "push":
            views.push_modal(engine, view.user, _view_of(ack))
        else:
            views.close_view(engine, view, whole_stack=what == "clear")
    except Refused as refused:
        engine.refusals.append(Refusal("view_submission", refused.error, refused.messages))
        raise
    return {}


def _view_of(ack: Json) -> Json:
    view = ack.get("view")
    if not isinstance(view, dict):
        raise Refused("invalid_arguments", ["[ERROR] missing required field: view"])
    return view


def _errors(view: View, errors: Json) -> dict[str, str]:
    """Only under input blocks of the view, by block_id."""
    fields = {block["block_id"] for block in view.content["blocks"] if block.get("type") == "input"}
    if unknown := [block for block in errors if block not in fields]:
        raise Refused("invalid_arguments", [f"[ERROR] no input block {block}" for block in unknown])
    return {str(block): str(words) for block, words in errors.items()}


def close(engine: Engine, person: User, view: View, whole_stack: bool) -> None:
    """Close a modal by hand; the app hears of it where it asked to (`notify_on_close`)."""
    with engine.workspace.changing():
        payload = payloads.closing(engine, person, view, whole_stack)
        views.close_view(engine, view, whole_stack)
    if view.content.get("notify_on_close") and engine.is_installed:
        ask(engine, "interactive", payload)


def run_command(engine: Engine, person: User, channel: Channel, name: str, text: str) -> None:
    """Run a slash command. What the ack says is shown to the person, or to all with `in_channel`."""
    if not engine.is_installed:
        raise Uninstalled()
    with engine.workspace.changing():
        payload = payloads.command(engine, person, channel, name, text)
    ack = ask(engine, "slash_commands", payload)
    if ack.get("text") or ack.get("blocks"):
        draft = answers.draft_from(ack)
        answers.show(engine, channel, person.id, draft, ack.get("response_type") == "in_channel")


def use_shortcut(
    engine: Engine, person: User, callback_id: str, channel: Channel | None = None, message: Message | None = None
) -> None:
    """Use a global shortcut, or one of a message. Refused: `shortcut_not_found` where the manifest has no such one."""
    _need_interactivity(engine)
    shortcut = engine.workspace.app.shortcuts.get(callback_id)
    wanted = "message" if message else "global"
    if shortcut is None or shortcut.kind != wanted or (message and message.ephemeral_to):
        raise Refused("shortcut_not_found")
    with engine.workspace.changing():
        if channel and message:
            payload = payloads.message_shortcut(engine, person, shortcut, channel, message)
        else:
            payload = payloads.global_shortcut(engine, person, shortcut)
    ask(engine, "interactive", payload)

"""Payloads of interactions and commands, with Slack's own field names."""

from typing import Any

from bot.sandbox.engine import Engine
from bot.sandbox.happenings.command_texts import command_text
from bot.sandbox.workspace.as_slack import message_json, view_json
from bot.sandbox.workspace.fields import FIELDS, Element, initial_values
from bot.sandbox.workspace.manifest import Shortcut
from bot.sandbox.workspace.state import Channel, Message, User, View, Workspace

Json = dict[str, Any]


def _common(engine: Engine, person: User, kind: str) -> Json:
    workspace = engine.workspace
    return {
        "type": kind, "token": "sandbox", "api_app_id": workspace.app_id, "enterprise": None,
        "is_enterprise_install": False, "team": {"id": workspace.team_id, "domain": workspace.domain},
        "user": {"id": person.id, "username": person.name, "name": person.name, "team_id": workspace.team_id},
    }  # fmt: skip


def action(engine: Engine, found: Element, value: Json | None = None) -> Json:
    """One entry of `actions`: the element and what was chosen."""
    body: Json = {"type": found.kind, "action_id": found.action_id, "block_id": found.block_id,
                  "action_ts": engine.workspace.stamp()}  # fmt: skip
    for key in ("text", "value", "style", "url", "placeholder"):
        if key in found.element:
            body[key] = found.element[key]
    if value:
        body |= {key: chosen for key, chosen in value.items() if key != "type"}
    if found.kind in FIELDS:
        body.pop("text", None)
    return body


def on_message(engine: Engine, person: User, channel: Channel, message: Message, done: Json) -> Json:
    """block_actions from a message. Of an ephemeral message the payload holds no content."""
    workspace = engine.workspace
    is_ephemeral = message.ephemeral_to is not None
    values = _filled_in(workspace, person, channel, message)
    if done["type"] in FIELDS:
        values.setdefault(done["block_id"], {})[done["action_id"]] = {
            key: chosen for key, chosen in done.items() if key == "type" or key in dict(FIELDS.values())
        }
    body: Json = {
        **_common(engine, person, "block_actions"), "actions": [done],
        "container": {"type": "message", "message_ts": message.ts, "channel_id": channel.id,
                      "is_ephemeral": is_ephemeral},
        "channel": _channel(channel),
        "state": {"values": values}, "trigger_id": engine.tickets.trigger(person.id),
        "response_url": response_url(engine, channel, person, message.ts),
    }  # fmt: skip
    if message.thread_ts:
        body["container"]["thread_ts"] = message.thread_ts
    if not is_ephemeral:
        body["message"] = message_json(workspace, message, engine.base, metadata=True)
    return body


def _filled_in(workspace: Workspace, person: User, channel: Channel, message: Message) -> dict[str, dict[str, Json]]:
    """What the person has filled into the message's fields, where those are still there."""
    values = initial_values(message.blocks)
    filled = workspace.filled.get((person.id, channel.id, message.ts), {})
    for block_id, actions in values.items():
        actions.update({a: value for a, value in filled.get(block_id, {}).items() if a in actions})
    return values


def on_view(engine: Engine, person: User, view: View, done: Json) -> Json:
    """block_actions from a modal or App Home."""
    return {
        **_common(engine, person, "block_actions"), "actions": [done],
        "container": {"type": "view", "view_id": view.id}, "view": view_json(engine.workspace, view),
        "trigger_id": engine.tickets.trigger(person.id),
    }  # fmt: skip


def submission(engine: Engine, person: User, view: View) -> Json:
    """view_submission."""
    return {
        **_common(engine, person, "view_submission"), "view": view_json(engine.workspace, view),
        "trigger_id": engine.tickets.trigger(person.id), "response_urls": [],
    }  # fmt: skip


def closing(engine: Engine, person: User, view: View, is_cleared: bool) -> Json:
    """view_closed."""
    return {**_common(engine, person, "view_closed"), "view": view_json(engine.workspace, view),
            "is_cleared": is_cleared}  # fmt: skip


def suggestion(engine: Engine, person: User, found: Element, query: str, place: View | tuple[Channel, Message]) -> Json:
    """block_suggestion: what somebody has typed into a select whose options the app gives."""
    body = {**_common(engine, person, "block_suggestion"), "action_id": found.action_id, "block_id": found.block_id,
            "value": query}  # fmt: skip
    if isinstance(place, View):
        where: Json = {"container": {"type": "view", "view_id": place.id}, "view": view_json(engine.workspace, place)}
    else:
        channel, message = place
        container = {"type": "message", "message_ts": message.ts, "channel_id": channel.id,
                     "is_ephemeral": message.ephemeral_to is not None}  # fmt: skip
        where = {"container": container, "channel": _channel(channel)}
        if not message.ephemeral_to:
            where["message"] = message_json(engine.workspace, message, engine.base)
    return body | where


def global_shortcut(engine: Engine, person: User, shortcut: Shortcut) -> Json:
    """shortcut: from anywhere, so without a channel and without a response_url."""
    return {**_common(engine, person, "shortcut"), "callback_id": shortcut.callback_id,
            "trigger_id": engine.tickets.trigger(person.id), "action_ts": engine.workspace.stamp()}  # fmt: skip


def message_shortcut(engine: Engine, person: User, shortcut: Shortcut, channel: Channel, message: Message) -> Json:
    """message_action: from the menu of a message."""
    return {
        **_common(engine, person, "message_action"), "callback_id": shortcut.callback_id,
        "trigger_id": engine.tickets.trigger(person.id), "action_ts": engine.workspace.stamp(),
        "response_url": response_url(engine, channel, person, message.ts), "channel": _channel(channel),
        "message_ts": message.ts, "message": message_json(engine.workspace, message, engine.base, metadata=True),
    }  # fmt: skip


def _channel(channel: Channel) -> Json:
    return {"id": channel.id, "name": "directmessage" if channel.kind == "im" else channel.name}


def command(engine: Engine, person: User, channel: Channel, name: str, text: str) -> Json:
    """A slash command: flat, as Slack's form is."""
    workspace = engine.workspace
    return {
        "token": "sandbox", "team_id": workspace.team_id, "team_domain": workspace.domain, "channel_id": channel.id,
        "channel_name": _channel(channel)["name"], "user_id": person.id, "user_name": person.name, "command": name,
        "text": command_text(workspace, text, workspace.app.commands[name].escapes), "api_app_id": workspace.app_id,
        "is_enterprise_install": "false", "response_url": response_url(engine, channel, person, None),
        "trigger_id": engine.tickets.trigger(person.id),
    }  # fmt: skip


def response_url(engine: Engine, channel: Channel, person: User, message_ts: str | None) -> str:
    """The address that answers this interaction, five times within half an hour."""
    ticket = engine.tickets.response(channel.id, person.id, message_ts)
    return f"{engine.base}/actions/{engine.workspace.team_id}/{ticket}"

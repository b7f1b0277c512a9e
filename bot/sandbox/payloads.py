"""Payloads of interactions and commands, with Slack's own field names."""

from typing import Any

from bot.sandbox.as_slack import message_json, view_json
from bot.sandbox.engine import Engine
from bot.sandbox.fields import FIELDS, Element, initial_values
from bot.sandbox.state import Channel, Message, User, View

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
    values = initial_values(message.blocks)
    if done["type"] in FIELDS:
        values.setdefault(done["block_id"], {})[done["action_id"]] = {
            key: chosen for key, chosen in done.items() if key == "type" or key in dict(FIELDS.values())
        }
    body: Json = {
        **_common(engine, person, "block_actions"), "actions": [done],
        "container": {"type": "message", "message_ts": message.ts, "channel_id": channel.id,
                      "is_ephemeral": is_ephemeral},
        "channel": {"id": channel.id, "name": "directmessage" if channel.kind == "im" else channel.name},
        "state": {"values": values}, "trigger_id": engine.tickets.trigger(person.id),
        "response_url": response_url(engine, channel, person, message.ts),
    }  # fmt: skip
    if message.thread_ts:
        body["container"]["thread_ts"] = message.thread_ts
    if not is_ephemeral:
        body["message"] = message_json(workspace, message, engine.base, metadata=True)
    return body


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


def command(engine: Engine, person: User, channel: Channel, name: str, text: str) -> Json:
    """A slash command: flat, as Slack's form is."""
    workspace = engine.workspace
    return {
        "token": "sandbox", "team_id": workspace.team_id, "team_domain": workspace.domain, "channel_id": channel.id,
        "channel_name": "directmessage" if channel.kind == "im" else channel.name, "user_id": person.id,
        "user_name": person.name, "command": name, "text": text, "api_app_id": workspace.app_id,
        "is_enterprise_install": "false", "response_url": response_url(engine, channel, person, None),
        "trigger_id": engine.tickets.trigger(person.id),
    }  # fmt: skip


def response_url(engine: Engine, channel: Channel, person: User, message_ts: str | None) -> str:
    """The address that answers this interaction, five times within half an hour."""
    ticket = engine.tickets.response(channel.id, person.id, message_ts)
    return f"{engine.base}/actions/{engine.workspace.team_id}/{ticket}"

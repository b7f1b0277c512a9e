"""reactions.*: emoji on messages."""

from typing import Any

from bot.sandbox import events
from bot.sandbox.errors import Refused
from bot.sandbox.web_api.calls import Call, method

Json = dict[str, Any]


@method("reactions.add", "reactions:write")
def add(call: Call) -> Json:
    """The bot reacts to a message."""
    engine, channel = call.engine, call.joined()
    message, name = call.message(channel, "timestamp"), call.need("name", "invalid_name")
    people = message.reactions.setdefault(name, [])
    if engine.workspace.bot.id in people:
        raise Refused("already_reacted")
    people.append(engine.workspace.bot.id)
    events.reaction(engine, channel, message, engine.workspace.bot, name, added=True)
    return {}


@method("reactions.remove", "reactions:write")
def remove(call: Call) -> Json:
    """The bot takes its reaction back."""
    engine, channel = call.engine, call.joined()
    message, name = call.message(channel, "timestamp"), call.need("name", "invalid_name")
    if engine.workspace.bot.id not in message.reactions.get(name, []):
        raise Refused("no_reaction")
    message.reactions[name].remove(engine.workspace.bot.id)
    events.reaction(engine, channel, message, engine.workspace.bot, name, added=False)
    return {}

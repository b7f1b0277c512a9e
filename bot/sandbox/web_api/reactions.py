"""reactions.*: emoji on messages."""

from typing import Any

from bot.sandbox.happenings import posting
from bot.sandbox.web_api.calls import Call, method

Json = dict[str, Any]


@method("reactions.add", "reactions:write")
def add(call: Call) -> Json:
    """The bot reacts to a message."""
    engine, channel = call.engine, call.joined()
    message, name = call.message(channel, "timestamp"), call.need("name", "invalid_name")
    posting.react(engine, channel, message, engine.workspace.bot, name)
    return {}


@method("reactions.remove", "reactions:write")
def remove(call: Call) -> Json:
    """The bot takes its reaction back."""
    engine, channel = call.engine, call.joined()
    message, name = call.message(channel, "timestamp"), call.need("name", "invalid_name")
    posting.take_reaction(engine, channel, message, engine.workspace.bot, name)
    return {}

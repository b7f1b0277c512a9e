"""Selects whose options the app gives while a person types (`external_select`, `multi_external_select`)."""

from typing import Any

from bot.sandbox.engine import Engine, Refusal
from bot.sandbox.errors import Refused
from bot.sandbox.happenings import interactivity, payloads
from bot.sandbox.workspace.fields import Element
from bot.sandbox.workspace.state import Channel, Message, User, View

Json = dict[str, Any]

#: characters before the app is asked, where the select does not say (docs.slack.dev, select menu element)
SHORTEST_QUERY = 3
MOST_OPTIONS = 100


def suggest(engine: Engine, person: User, found: Element, query: str, place: View | tuple[Channel, Message]) -> Json:
    """What the app offers for the words typed so far: `options`, or `option_groups`; nothing for too few letters.

    Waits for the app's ack. Refused where Slack could not show what came: more than 100, or none of the two lists.
    """
    if len(query) < found.element.get("min_query_length", SHORTEST_QUERY):
        return {"options": []}
    with engine.workspace.changing():
        payload = payloads.suggestion(engine, person, found, query, place)
    answer = interactivity.ask(engine, "interactive", payload)
    offered: Json = {key: answer[key] for key in ("options", "option_groups") if key in answer}
    if len(offered) != 1 or not (_are_options(answer.get("options")) or _are_groups(answer.get("option_groups"))):
        engine.refusals.append(Refusal("block_suggestion", "invalid_arguments", []))
        raise Refused("invalid_arguments", ["[ERROR] must provide options or option_groups, at most 100"])
    return offered


def _are_options(entries: Any) -> bool:
    shown = isinstance(entries, list) and len(entries) <= MOST_OPTIONS
    return shown and all(isinstance(one, dict) and _has_words(one.get("text")) and "value" in one for one in entries)


def _are_groups(entries: Any) -> bool:
    shown = isinstance(entries, list) and len(entries) <= MOST_OPTIONS
    return shown and all(
        isinstance(one, dict) and _has_words(one.get("label")) and _are_options(one.get("options")) for one in entries
    )


def _has_words(text: Any) -> bool:
    return isinstance(text, dict) and isinstance(text.get("text"), str)

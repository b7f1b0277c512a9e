"""How much a manifest may say, and what no bot may ask for."""

from copy import deepcopy

import pytest

from bot.sandbox.errors import BadManifest
from bot.sandbox.workspace.manifest import read_manifest
from bot.sandbox.workspace.manifest_limits import BOT_SCOPES, LISTS, TEXTS, Limit

from .helpers import MANIFEST


def _with(place: str, value: object) -> dict:
    """The manifest with a value there; where the place is in a list, in its first entry."""
    manifest = deepcopy(MANIFEST)
    thing = manifest
    *way, last = place.split(".")
    for name in way:
        thing = thing.setdefault(name.removesuffix("[]"), {})
        thing = thing[0] if isinstance(thing, list) else thing
    thing[last] = value
    return manifest


@pytest.mark.parametrize("limit", TEXTS, ids=lambda limit: limit.place)
def test_a_text_is_taken_up_to_its_limit_and_no_further(limit: Limit):
    read_manifest(_with(limit.place, "x" * limit.most))
    wrong = ["x" * (limit.most + 1), ["x"], *(["x" * (limit.least - 1)] if limit.least > 1 else [])]
    for value in wrong:
        with pytest.raises(BadManifest, match=limit.place.replace("[]", ".*")):
            read_manifest(_with(limit.place, value))


@pytest.mark.parametrize(("place", "most"), [
    ("features.slash_commands", 50), ("features.shortcuts", 10), ("settings.event_subscriptions.bot_events", 100),
    ("oauth_config.scopes.bot", 255),
])  # fmt: skip
def test_a_list_is_no_longer_than_its_limit(place, most):
    shortcut = {"name": "x", "type": "global", "callback_id": "x"}
    entries = {"features.slash_commands": {"command": "/x"}, "features.shortcuts": shortcut}
    entry = entries.get(place, "app_home_opened")
    assert Limit(place, most) in LISTS
    with pytest.raises(BadManifest, match=f"at most {most} entries"):
        read_manifest(_with(place, [entry] * (most + 1)))
    with pytest.raises(BadManifest, match="wrong kind"):
        read_manifest(_with(place, "a word"))


def test_ten_shortcuts_and_fifty_commands_are_allowed():
    commands = [{"command": f"/c{number}"} for number in range(50)]
    assert len(read_manifest(_with("features.slash_commands", commands)).commands) == 50
    shortcuts = [{"name": "x", "type": "global", "callback_id": f"x{number}"} for number in range(10)]
    assert len(read_manifest(_with("features.shortcuts", shortcuts)).shortcuts) == 10


def test_a_scope_that_there_is_not_is_told():
    scopes = MANIFEST["oauth_config"]["scopes"]["bot"]
    with pytest.raises(BadManifest, match="there is no scope chat:wrote for a bot"):
        read_manifest(_with("oauth_config.scopes.bot", [*scopes, "chat:wrote"]))
    assert read_manifest(_with("oauth_config.scopes.bot", sorted(BOT_SCOPES))).may("chat:write")

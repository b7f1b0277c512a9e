"""What an admin pastes into Slack is what Slack's own schema wants, and asks for nothing that isn't used."""

import json
import os
import re
from pathlib import Path

import jsonschema
import pytest

import bot
from bot.sandbox.driver import Sandbox
from bot.slack.manifest import COMMAND, EVENTS, SCOPES, manifest

SOURCE = Path(bot.__file__).parent
#: Slack's schema isn't ours to ship: it lies beside the project where CI runs
SCHEMA = SOURCE.parents[1] / "shared" / "slack" / "manifest.schema.2.0.0.json"

#: which scope each method that the bot may call needs (https://docs.slack.dev/reference/methods)
NEEDS = {
    "auth_test": None,
    "chat_delete": "chat:write",
    "chat_postEphemeral": "chat:write",
    "chat_postMessage": "chat:write",
    "chat_update": "chat:write",
    "conversations_history": "im:history",
    "conversations_info": "channels:read",
    "conversations_join": "channels:join",
    "conversations_list": "channels:read",
    "conversations_open": "im:write",
    "files_completeUploadExternal": "files:write",
    "files_delete": "files:write",
    "files_getUploadURLExternal": "files:write",
    "files_info": "files:read",
    "users_info": "users:read",
    "views_open": None,
    "views_publish": None,
    "views_push": None,
    "views_update": None,
}
#: scopes that an event, a command or a second kind of conversation needs rather than a method
BESIDE = {"commands", "channels:history"}


def test_the_manifest_is_valid_by_slacks_own_schema() -> None:
    if not SCHEMA.exists():
        assert not os.environ.get("CI"), "in CI the schema must be there"
        print("Slack's schema isn't on this machine, so the manifest was not checked against it")
        return
    jsonschema.validate(manifest(), json.loads(SCHEMA.read_text()))


def test_slack_would_take_the_manifest(sandbox: Sandbox) -> None:
    assert sandbox.bot_user_id, "the sandbox checks events against scopes, as Slack does"


def test_every_scope_has_a_reason_and_is_used() -> None:
    called = _called()
    assert called <= set(NEEDS), "a method that this test doesn't know: add the scope that it needs"
    used = {NEEDS[method] for method in called} - {None}
    assert used | BESIDE == set(SCOPES)
    assert all(len(reason) > 10 for reason in SCOPES.values())


def _called() -> set[str]:
    """The methods of the Web API that the code names, outside the sandbox."""
    names = "|".join(("auth", "chat", "conversations", "files", "users", "views", "reactions", "pins", "bots"))
    code = "".join(path.read_text() for path in SOURCE.rglob("*.py") if "sandbox" not in path.parts)
    return set(re.findall(rf'(?:client\.|")((?:{names})_[a-zA-Z_]+)(?=\(|")', code)) & _methods()


def _methods() -> set[str]:
    from slack_sdk import WebClient

    return set(dir(WebClient))


@pytest.mark.parametrize("event", EVENTS)
def test_every_event_is_listened_to(event: str) -> None:
    code = "".join(path.read_text() for path in SOURCE.rglob("listeners.py"))
    assert f'"{event.split(".")[0]}"' in code


def test_the_command_is_listened_to() -> None:
    assert any("app.command(COMMAND)" in path.read_text() for path in SOURCE.rglob("*.py"))
    assert manifest()["features"]["slash_commands"][0]["command"] == COMMAND


def test_the_app_uses_socket_mode_and_lets_people_write_to_it() -> None:
    assert manifest()["settings"]["socket_mode_enabled"] is True
    assert manifest()["features"]["app_home"]["messages_tab_read_only_enabled"] is False

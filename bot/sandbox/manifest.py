"""What an app manifest grants: scopes, events, slash commands, the Home tab."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import BadManifest

Json = dict[str, Any]

#: the bot scope without which Slack does not send an event (docs.slack.dev event pages); None: no scope needed
EVENT_SCOPES: dict[str, str | None] = {
    "app_home_opened": None,
    "app_mention": "app_mentions:read",
    "app_uninstalled": None,
    "channel_created": "channels:read",
    "file_change": "files:read",
    "file_deleted": "files:read",
    "file_shared": "files:read",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "team_join": "users:read",
    "tokens_revoked": None,
    "user_change": "users:read",
}


@dataclass(frozen=True)
class AppFacts:
    """The app as the workspace installed it."""

    name: str
    bot_name: str
    scopes: tuple[str, ...]
    events: tuple[str, ...]
    commands: tuple[str, ...]
    home_tab: bool
    messages_tab: bool
    interactivity: bool

    def may(self, scope: str) -> bool:
        """Whether the bot token carries the scope."""
        return scope in self.scopes


def read_manifest(manifest: Json) -> AppFacts:
    """The facts of a manifest dict (Slack's schema 2). Raises BadManifest where Slack would not install it."""
    features, settings = manifest.get("features", {}), manifest.get("settings", {})
    home = features.get("app_home", {})
    name = manifest.get("display_information", {}).get("name")
    if not name:
        raise BadManifest(why="display_information.name is missing")
    facts = AppFacts(
        name=name,
        bot_name=features.get("bot_user", {}).get("display_name", name),
        scopes=tuple(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", [])),
        events=tuple(settings.get("event_subscriptions", {}).get("bot_events", [])),
        commands=tuple(command["command"] for command in features.get("slash_commands", [])),
        home_tab=bool(home.get("home_tab_enabled", False)),
        messages_tab=bool(home.get("messages_tab_enabled", False) and not home.get("messages_tab_read_only_enabled")),
        interactivity=bool(settings.get("interactivity", {}).get("is_enabled", False)),
    )
    _check(facts, settings)
    return facts


def _check(facts: AppFacts, settings: Json) -> None:
    if not settings.get("socket_mode_enabled", False):
        raise BadManifest(why="settings.socket_mode_enabled is off, and the sandbox speaks Socket Mode only")
    for event in facts.events:
        if event not in EVENT_SCOPES:
            raise BadManifest(why=f"the sandbox does not know the event {event}")
        scope = EVENT_SCOPES[event]
        if scope and not facts.may(scope):
            raise BadManifest(why=f"the event {event} needs the scope {scope}")
    if facts.commands and not facts.may("commands"):
        raise BadManifest(why="slash commands need the scope commands")

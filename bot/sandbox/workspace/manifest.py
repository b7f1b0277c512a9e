"""What an app manifest grants: scopes, events, slash commands, shortcuts, the Home tab, and where the app listens."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.errors import BadManifest
from bot.sandbox.workspace.manifest_limits import check_limits

Json = dict[str, Any]

#: the bot scope without which Slack does not send an event (docs.slack.dev event pages); None: no scope needed
EVENT_SCOPES: dict[str, str | None] = {
    "app_home_opened": None,
    "app_mention": "app_mentions:read",
    "app_uninstalled": None,
    "channel_archive": "channels:read",
    "channel_created": "channels:read",
    "channel_rename": "channels:read",
    "channel_unarchive": "channels:read",
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
class Command:
    """A slash command. `escapes`: members and channels in its text arrive as `<@ID|name>` and `<#ID|name>`."""

    name: str
    description: str = ""
    usage_hint: str = ""
    escapes: bool = False


@dataclass(frozen=True)
class Shortcut:
    """A shortcut: `global` from anywhere, or `message` from the menu of a message."""

    callback_id: str
    name: str
    kind: str
    description: str = ""


@dataclass(frozen=True)
class RequestUrls:
    """Where the app listens by HTTP: events, interactions, options of selects, and each command. "": nowhere."""

    events: str = ""
    interactions: str = ""
    options: str = ""
    commands: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AppFacts:
    """The app as the workspace installed it. `request_urls` is None for Socket Mode."""

    name: str
    bot_name: str
    scopes: tuple[str, ...]
    events: tuple[str, ...]
    commands: dict[str, Command]
    shortcuts: dict[str, Shortcut]
    home_tab: bool
    messages_tab: bool
    interactivity: bool
    request_urls: RequestUrls | None = None

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
    check_limits(manifest)
    facts = AppFacts(
        name=name,
        bot_name=features.get("bot_user", {}).get("display_name", name),
        scopes=tuple(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", [])),
        events=tuple(settings.get("event_subscriptions", {}).get("bot_events", [])),
        commands={entry["command"]: _command(entry) for entry in features.get("slash_commands", [])},
        shortcuts={entry["callback_id"]: _shortcut(entry) for entry in features.get("shortcuts", [])},
        home_tab=bool(home.get("home_tab_enabled", False)),
        messages_tab=bool(home.get("messages_tab_enabled", False) and not home.get("messages_tab_read_only_enabled")),
        interactivity=bool(settings.get("interactivity", {}).get("is_enabled", False)),
        request_urls=None if settings.get("socket_mode_enabled", False) else _request_urls(features, settings),
    )
    _check_scopes(facts)
    if facts.request_urls:
        _check_urls(facts, facts.request_urls)
    return facts


def is_loopback(url: str) -> bool:
    """Whether the address is on this machine; the sandbox posts to no other."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # an address that is none
        return False
    here = parts.hostname in ("127.0.0.1", "localhost", "::1")
    return here and parts.scheme in ("http", "https") and port != 0


def _command(entry: Json) -> Command:
    return Command(entry["command"], entry.get("description", ""), entry.get("usage_hint", ""),
                   bool(entry.get("should_escape", False)))  # fmt: skip


def _shortcut(entry: Json) -> Shortcut:
    return Shortcut(entry["callback_id"], entry["name"], entry["type"], entry.get("description", ""))


def _request_urls(features: Json, settings: Json) -> RequestUrls:
    interactivity = settings.get("interactivity", {})
    return RequestUrls(
        events=settings.get("event_subscriptions", {}).get("request_url", ""),
        interactions=interactivity.get("request_url", ""),
        options=interactivity.get("message_menu_options_url", ""),
        commands={entry["command"]: entry.get("url", "") for entry in features.get("slash_commands", [])},
    )


def _check_scopes(facts: AppFacts) -> None:
    for event in facts.events:
        if event not in EVENT_SCOPES:
            raise BadManifest(why=f"the sandbox does not know the event {event}")
        scope = EVENT_SCOPES[event]
        if scope and not facts.may(scope):
            raise BadManifest(why=f"the event {event} needs the scope {scope}")
    if facts.commands and not facts.may("commands"):
        raise BadManifest(why="slash commands need the scope commands")
    if facts.shortcuts and not facts.may("commands"):
        raise BadManifest(why="shortcuts need the scope commands")


def _check_urls(facts: AppFacts, urls: RequestUrls) -> None:
    """Without Socket Mode everything that the app is told of needs an address, on this machine."""
    needed = {f"the command {name}": url for name, url in urls.commands.items()}
    if facts.events:
        needed["settings.event_subscriptions"] = urls.events
    if facts.interactivity:
        needed["settings.interactivity"] = urls.interactions
    if missing := [name for name, url in needed.items() if not url]:
        raise BadManifest(why=f"socket_mode_enabled is off, and {missing[0]} has no request_url")
    for url in filter(None, (*needed.values(), urls.options)):
        if not is_loopback(url):
            raise BadManifest(why=f"{url} is not on this machine, and the sandbox posts nowhere else")

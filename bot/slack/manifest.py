"""The app's manifest: what an admin pastes into Slack. Every scope has its reason, and none is without use."""

from typing import Any

#: scope -> what it is for
SCOPES = {
    "channels:history": "to see whether a story is already in its channel before posting it (never twice)",
    "channels:join": "to join the stories channel",
    "channels:read": "to find the stories channel",
    "chat:write": "to answer, and to share what a leader signed off",
    "commands": "for /collaborate",
    "files:read": "to fetch the voice notes that a leader sends to the bot",
    "files:write": "to play a leader a stretch of their own recording, and to delete it again",
    "im:history": "to hear what is said to the bot, and never to say a thing twice",
    "im:write": "to open the conversation with a member",
    "users:read": "to greet people by name, in their own time zone",
}

EVENTS = ("app_home_opened", "file_deleted", "message.im")

COMMAND = "/collaborate"


def manifest() -> dict[str, Any]:
    """The manifest as Slack's schema wants it, for Socket Mode."""
    return {
        "_metadata": {"major_version": 2, "minor_version": 0},
        "display_information": {
            "name": "Collaborate",
            "description": "A quiet place for people who lead in primary care to be listened to.",
            "background_color": "#1d3557",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Collaborate", "always_online": True},
            "slash_commands": [
                {"command": COMMAND, "description": "Collaborate", "usage_hint": "help", "should_escape": True}
            ],
        },
        "oauth_config": {"scopes": {"bot": sorted(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": sorted(EVENTS)},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }

"""What `collaborate check` asks Slack: the tokens, what they may do, the stories channel, and what time it is."""

import re
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.clock import Clock
from bot.doctor.findings import Finding, ok, warning, wrong
from bot.settings import Settings
from bot.slack.manifest import SCOPES

#: seconds by which a clock may be off before tokens, reminders and links go wrong
CLOCK_MAY_BE_OFF = 60
TIMEOUT_SECONDS = 10
BOT_PAGE = "It is on the app's page at api.slack.com/apps, under OAuth & Permissions."
APP_PAGE = "It is on the app's page at api.slack.com/apps, under Basic Information, App-Level Tokens."


def look_at_slack(settings: Settings, clock: Clock) -> Iterator[Finding]:
    """Everything that needs Slack; what depends on something that failed is left out."""
    if settings.slack_bot_token is None or settings.slack_app_token is None:
        for name, token, page in (
            ("bot token", settings.slack_bot_token, BOT_PAGE),
            ("app token", settings.slack_app_token, APP_PAGE),
        ):
            if token is None:
                yield wrong(name, f"SLACK_{name.upper().replace(' ', '_')} is not set", page)
        return
    try:
        yield from _with_bot_token(_client(settings, settings.slack_bot_token.get_secret_value()), settings, clock)
        yield _app_token(_client(settings, settings.slack_app_token.get_secret_value()))
    except (SlackClientError, URLError, TimeoutError, ConnectionError, ValueError) as error:
        kind = type(error).__name__
        yield wrong(
            "Slack",
            f"no answer from {settings.slack_api_url} ({kind})",
            "Check this machine's network and SLACK_API_URL.",
        )


def _client(settings: Settings, token: str) -> WebClient:
    return WebClient(token=token, base_url=settings.slack_api_url, timeout=TIMEOUT_SECONDS, retry_handlers=[])


def _with_bot_token(client: WebClient, settings: Settings, clock: Clock) -> Iterator[Finding]:
    try:
        answer = client.auth_test()
    except SlackApiError as error:
        yield wrong("bot token", f"Slack doesn't accept it ({_code(error)})", f"Copy it again. {BOT_PAGE}")
        return
    headers = {name.lower(): value for name, value in answer.headers.items()}
    yield ok("bot token", f"{answer.get('user')} in {answer.get('team')}")
    yield _scopes(headers)
    yield from _clock(headers, clock)
    yield _channel(client, settings.stories_channel)


def _scopes(headers: Mapping[str, Any]) -> Finding:
    granted = {scope.strip() for scope in str(headers.get("x-oauth-scopes", "")).split(",")} - {""}
    missing = sorted(set(SCOPES) - granted)
    if missing:
        mend = "Put `collaborate manifest` into the app's page under App Manifest, then install the app again."
        return wrong("scopes", f"missing: {', '.join(missing)}", mend)
    beyond = sorted(granted - set(SCOPES))
    if beyond:
        return warning("scopes", f"more than I need: {', '.join(beyond)}", "Take them away under OAuth & Permissions.")
    return ok("scopes", f"all {len(SCOPES)}")


def _clock(headers: Mapping[str, Any], clock: Clock) -> Iterator[Finding]:
    """How far this machine's clock is from Slack's, by the Date header (RFC 9110, whole seconds)."""
    try:
        theirs = parsedate_to_datetime(str(headers.get("date", "")))
    except ValueError:
        return
    off = round((clock() - theirs).total_seconds())
    if abs(off) > CLOCK_MAY_BE_OFF:
        told = f"{abs(off):,} seconds {'ahead of' if off > 0 else 'behind'} Slack's"
        yield warning("clock", told, "Let the machine set its clock from the network (NTP).")
    else:
        yield ok("clock", "agrees with Slack's")


def _channel(client: WebClient, wanted: str) -> Finding:
    name = wanted.removeprefix("#")
    try:
        for page in client.conversations_list(types="public_channel", exclude_archived=True, limit=200):
            for channel in page["channels"]:
                if name in (channel["name"], channel["id"]):
                    joined = "" if channel.get("is_member") else "; the bot joins with the first story"
                    return ok("stories channel", f"#{channel['name']}{joined}")
    except SlackApiError as error:
        return wrong("stories channel", f"Slack won't list the channels ({_code(error)})", "See scopes, above.")
    return wrong(
        "stories channel",
        f"there is no public channel {wanted}",
        "Make it in Slack, or set STORIES_CHANNEL to its name.",
    )


def _app_token(client: WebClient) -> Finding:
    if not re.match("xapp-", client.token or ""):
        return wrong("app token", "SLACK_APP_TOKEN should start with xapp-", APP_PAGE)
    try:
        client.apps_connections_open(app_token=client.token or "")
    except SlackApiError as error:
        return wrong("app token", f"Slack doesn't accept it ({_code(error)})", f"Copy it again. {APP_PAGE}")
    return ok("app token", "Socket Mode is open")


def _code(error: SlackApiError) -> str:
    return str(error.response.get("error", ""))

"""Makes the Slack app: a client that retries, threads that long work cannot exhaust, a kind last word on errors."""

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from slack_bolt import Ack, App, BoltResponse
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry import ConnectionErrorRetryHandler, RateLimitErrorRetryHandler

from bot import logs
from bot.errors import Failure, Trouble
from bot.settings import Settings
from bot.slack.errors import SlackOutOfReach
from bot.words import say

log = logging.getLogger("collaborate.slack")

#: Listeners only read and write rows and call Slack; 32 threads leave room when Slack itself is slow.
LISTENER_THREADS = 32


class NoTokens(Failure):
    """I have no Slack tokens. Put SLACK_BOT_TOKEN and SLACK_APP_TOKEN into .env (README says where to find them), or
    try `collaborate demo`."""

    exit_code = 2


class AppTokenRefused(Failure):
    """Slack doesn't accept SLACK_APP_TOKEN ({code}): it is on the app's page, Basic Information, and starts xapp-."""

    exit_code = 2


class TokenRefused(Failure):
    """Slack doesn't accept SLACK_BOT_TOKEN ({code}): copy it again from OAuth & Permissions on the app's page."""

    exit_code = 2


def make_client(settings: Settings) -> WebClient:
    """The client for Slack's Web API (or the sandbox's)."""
    if settings.slack_bot_token is None:
        raise NoTokens()
    return WebClient(
        token=settings.slack_bot_token.get_secret_value(),
        base_url=settings.slack_api_url,
        retry_handlers=[ConnectionErrorRetryHandler(max_retry_count=2), RateLimitErrorRetryHandler(max_retry_count=2)],
    )


def make_app(client: WebClient) -> App:
    """The Bolt app, still without listeners. TokenRefused for a wrong token; SlackOutOfReach without a network."""
    try:
        client.auth_test()
    except SlackApiError as error:
        raise TokenRefused(code=error.response.get("error", "")) from error
    except OSError as error:
        raise SlackOutOfReach(url=client.base_url) from error
    app = App(
        client=client,
        listener_executor=ThreadPoolExecutor(LISTENER_THREADS, thread_name_prefix="listener"),
        token_verification_enabled=False,
        request_verification_enabled=False,  # Socket Mode: nothing arrives that Slack did not send
        name="collaborate",
    )
    app.middleware(_no_bots)
    app.error(_last_word)
    return app


def connect(client: WebClient, handler: SocketModeHandler) -> None:
    """Opens the line to Slack. AppTokenRefused for a wrong token; SlackOutOfReach without a network."""
    try:
        handler.connect()  # type: ignore[no-untyped-call]
    except SlackApiError as error:
        raise AppTokenRefused(code=error.response.get("error", "")) from error
    except OSError as error:
        raise SlackOutOfReach(url=client.base_url) from error


def _no_bots(body: dict[str, Any], next: Any) -> Any:
    """Another bot's message is never answered, so two bots cannot talk to each other for ever."""
    event = body.get("event", {})
    if event.get("bot_id") or event.get("subtype") == "bot_message":
        return BoltResponse(status=200)
    return next()


def _last_word(error: Exception, body: dict[str, Any], client: WebClient, ack: Ack) -> BoltResponse:
    """What a person hears when a listener failed: one sentence. The log gets the error's type, never its text.

    What was not acknowledged yet stays so: Slack then sends an event again, and leaves a window open with all that
    was typed into it.
    """
    log.error("a listener failed: %s", logs.where(error))
    person = _person(body)
    if person is not None:
        text = say("slack.trouble", sentence=error.sentence) if isinstance(error, Trouble) else say("slack.broke")
        client.chat_postMessage(channel=person, text=text)
    return BoltResponse(status=200 if ack.response is not None else 500)


def _person(body: dict[str, Any]) -> str | None:
    user = body.get("user") or {}
    return user.get("id") or body.get("user_id") or None

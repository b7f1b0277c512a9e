"""One call to Slack: what Slack answers, or why it would not, as errors of ours."""

import logging
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry import RateLimitErrorRetryHandler

from bot.slack.errors import SlackAway, SlackRefused

log = logging.getLogger("collaborate.slack")

PASSING = frozenset({"ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"})


def patient(client: WebClient) -> WebClient:
    """A client that waits where Slack is busy, and doesn't repeat what a broken connection may have carried."""
    busy = RateLimitErrorRetryHandler(max_retry_count=3)
    return WebClient(token=client.token, base_url=client.base_url, retry_handlers=[busy])


def called(client: WebClient, method: str, *, forgiving: frozenset[str] = frozenset(), **arguments: Any) -> Any:
    """What a method answers, {} for a refusal that is forgiven. SlackAway: call again; SlackRefused: no use."""
    try:
        return getattr(client, method)(**arguments)
    except SlackApiError as error:
        code = str(error.response.get("error", ""))
        if code in forgiving:
            return {}
        log.warning("%s was refused: %s", method, code)
        if code in PASSING or error.response.status_code >= 500:
            raise SlackAway() from error
        raise SlackRefused(code=code) from error
    except (SlackClientError, OSError) as error:
        log.warning("%s did not get through: %s", method, type(error).__name__)
        raise SlackAway() from error

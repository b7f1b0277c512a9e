"""The app behind the listeners: tokens that don't work, other bots, and a kind last word when something fails."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.errors import Trouble
from bot.sandbox.driver import Sandbox
from bot.sandbox.person import Person
from bot.settings import Settings
from bot.slack.app import NoTokens, TokenRefused, make_app, make_client
from bot.slack.manifest import COMMAND
from tests.still_clock import StillClock

Connect = Callable[[App], None]


class NotToday(Trouble):
    """I can't do that today, {name}."""


@pytest.fixture
def app(client: WebClient) -> App:
    return make_app(client)


@pytest.fixture
def connect(sandbox: Sandbox) -> Iterator[Connect]:
    handlers: list[SocketModeHandler] = []

    def _connect(app: App) -> None:
        handlers.append(SocketModeHandler(app, sandbox.app_token, ping_interval=1))
        handlers[-1].connect()
        sandbox.wait_connected()

    yield _connect
    for handler in handlers:
        sandbox.lets_go(handler.client)


def test_the_client_is_made_from_the_settings(sandbox: Sandbox) -> None:
    settings = Settings(_env_file=None, slack_bot_token=sandbox.bot_token, slack_api_url=sandbox.url)
    assert make_client(settings).auth_test()["user_id"] == sandbox.bot_user_id
    assert sandbox.bot_token not in repr(settings)


def test_without_tokens_the_operator_is_told_where_to_get_them() -> None:
    with pytest.raises(NoTokens, match="SLACK_BOT_TOKEN"):
        make_client(Settings(_env_file=None))


def test_a_wrong_token_is_said_at_once(sandbox: Sandbox) -> None:
    with pytest.raises(TokenRefused, match="copy it again"):
        make_app(WebClient(token="xoxb-wrong", base_url=sandbox.url))


def test_what_people_say_reaches_a_listener(app: App, connect: Connect, amina: Person) -> None:
    app.event("message")(lambda event, say: say(f"You said {event['text']}"))
    connect(app)
    amina.says("hello")
    amina.sees("You said hello")


def test_another_bots_message_is_not_answered(app: App, connect: Connect, sandbox: Sandbox, amina: Person) -> None:
    heard: list[Any] = []
    app.event("message")(lambda event, say: (heard.append(event["text"]), say("heard"))[1])
    connect(app)
    robot = {"type": "message", "user": amina.id, "bot_id": "B1", "text": "beep", "channel": "D1", "ts": "1.1"}
    from slack_bolt import BoltRequest

    payload = {"type": "event_callback", "team_id": sandbox.team_id, "event": robot}
    response = app.dispatch(BoltRequest(body=payload, mode="socket_mode"))
    assert response.status == 200
    amina.says("hello")
    amina.sees("heard")
    assert heard == ["hello"]


def test_trouble_reaches_the_person_as_its_sentence(app: App, connect: Connect, amina: Person, ben: Person) -> None:
    def refuses(ack: Any) -> None:
        ack()
        raise NotToday(name="Amina")

    app.command(COMMAND)(refuses)
    connect(app)
    amina.runs(COMMAND, "help")
    amina.sees("I can't do that today, Amina.")
    ben.never_sees("I can't do that", for_seconds=0.2)


def test_what_nobody_foresaw_is_said_without_a_word_of_it(
    app: App, connect: Connect, amina: Person, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(ack: Any) -> None:
        ack()
        raise RuntimeError("Wilhelmina of Leek")

    caplog.set_level(logging.DEBUG, "collaborate")
    app.command(COMMAND)(breaks)
    connect(app)
    amina.runs(COMMAND, "help")
    told = amina.sees("Something broke on our side")
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("collaborate")]
    assert any("RuntimeError" in line for line in ours)
    assert "Wilhelmina" not in told.text + "".join(ours)


def test_an_event_that_could_not_be_taken_is_sent_again_by_slack(
    app: App, connect: Connect, sandbox: Sandbox, amina: Person, clock: StillClock
) -> None:
    """Taking happens before the acknowledgement, so nothing is lost when the database is away for a moment."""
    tries: list[str] = []

    def take(event: dict[str, Any], next: Callable[[], Any]) -> Any:
        tries.append(event["text"])
        if len(tries) == 1:
            raise ConnectionError
        return next()

    app.event("message", middleware=[take])(lambda say: say("taken"))
    connect(app)
    amina.says("hello")
    amina.sees("taken", within=10)
    assert tries == ["hello", "hello"]

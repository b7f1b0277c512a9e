"""The same stories over Socket Mode and over signed HTTP: the app can't tell the difference."""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.starlette import SlackRequestHandler
from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.routing import Route

from bot.sandbox.driver import Sandbox
from bot.sandbox.errors import NotAnswered

from .helpers import MANIFEST, OwnClock, eventually, listening_at, serving

FORM = {
    "type": "modal", "callback_id": "form", "title": {"type": "plain_text", "text": "Join"},
    "submit": {"type": "plain_text", "text": "Send"}, "blocks": [
        {"type": "input", "block_id": "story", "label": {"type": "plain_text", "text": "Story"},
         "element": {"type": "plain_text_input", "action_id": "answer"}}],
}  # fmt: skip


@dataclass
class Wired:
    """A workspace and a Bolt app that is not listening yet."""

    sandbox: Sandbox
    app: App
    listens: Callable[[], None]


@pytest.fixture(params=["socket mode", "http"])
def wired(request: pytest.FixtureRequest, clock: OwnClock) -> Iterator[Wired]:
    with ExitStack() as stack:
        yield (over_sockets if request.param == "socket mode" else over_http)(stack, clock)


def over_sockets(stack: ExitStack, clock: OwnClock) -> Wired:
    sandbox = stack.enter_context(Sandbox.start(manifest=MANIFEST, clock=clock, ack_seconds=1.0))
    app = App(client=WebClient(token=sandbox.bot_token, base_url=sandbox.url))

    def listens() -> None:
        handler = SocketModeHandler(app, sandbox.app_token, ping_interval=1)
        handler.connect()
        sandbox.wait_connected()
        stack.callback(sandbox.lets_go, handler.client)

    return Wired(sandbox, app, listens)


def over_http(stack: ExitStack, clock: OwnClock) -> Wired:
    at = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
    url = f"http://127.0.0.1:{at.getsockname()[1]}/slack/events"
    sandbox = stack.enter_context(Sandbox.start(manifest=listening_at(url), clock=clock, ack_seconds=1.0))
    client = WebClient(token=sandbox.bot_token, base_url=sandbox.url)
    app = App(client=client, signing_secret=sandbox.signing_secret)

    def listens() -> None:
        handler = SlackRequestHandler(app)
        stack.enter_context(serving(Starlette(routes=[Route("/slack/events", handler.handle, methods=["POST"])]), at))
        assert sandbox.verifies_request_url()

    return Wired(sandbox, app, listens)


def test_what_somebody_says_is_heard_and_answered(wired: Wired):
    wired.app.event("message")(lambda event, say: say(f"You said: {event['text']}"))
    amina = wired.sandbox.person("Amina Okafor")
    wired.listens()
    amina.says("I feel on my own & tired – ça va?")
    assert "on my own & tired – ça va?" in amina.sees("You said").text
    assert not wired.sandbox.lost_events


def test_a_command_is_answered_with_words_and_a_button_opens_a_form_with_errors_under_its_fields(wired: Wired):
    app, sent = wired.app, []

    @app.command("/collaborate")
    def run(ack: Ack, command: dict) -> None:
        button = {"type": "button", "action_id": "begin", "text": {"type": "plain_text", "text": "Begin"}}
        ack(text=f"You asked for {command['text']}", blocks=[{"type": "actions", "elements": [button]}])

    @app.command("/plainly")
    def run_plainly(ack: Ack) -> None:
        ack("Only words")

    @app.action("begin")
    def begin(ack: Ack, body: dict, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=FORM)

    @app.view("form")
    def take(ack: Ack, view: dict) -> None:
        sent.append(view["state"]["values"]["story"]["answer"]["value"])
        ack() if len(sent) > 1 else ack(response_action="errors", errors={"story": "A little longer, please"})

    amina = wired.sandbox.person("Amina Okafor")
    wired.listens()
    amina.runs("/plainly")
    assert amina.sees("Only words").is_ephemeral
    amina.runs("/collaborate", "a story & more")
    assert amina.sees("You asked for a story & more").is_ephemeral
    amina.clicks("Begin")
    assert amina.modal().title == "Join"
    amina.fills({"Story": "x"})
    assert amina.submits() == {"story": "A little longer, please"}
    amina.fills({"Story": "On my own"})
    assert amina.submits() == {} and not amina.has_modal
    assert sent == ["x", "On my own"]


def test_what_the_app_does_not_acknowledge_is_an_error_for_the_person(wired: Wired):
    wired.app.command("/collaborate")(lambda: None)
    amina = wired.sandbox.person("Amina Okafor")
    wired.listens()
    with pytest.raises(NotAnswered):
        amina.runs("/collaborate")


def test_an_event_that_found_nobody_comes_later(wired: Wired, clock: OwnClock):
    heard: list[str] = []
    wired.app.event("message")(lambda event: heard.append(event["text"]))
    amina = wired.sandbox.person("Amina Okafor")
    amina.says("are you there?")
    wired.listens()
    clock.forward(minutes=1, seconds=1)
    eventually(lambda: heard == ["are you there?"])


def test_a_line_that_breaks_at_an_envelope_gets_it_again(wired: Wired):
    heard: list[str] = []
    wired.app.event("message")(lambda event: heard.append(event["text"]))
    amina = wired.sandbox.person("Amina Okafor")
    wired.listens()
    wired.sandbox.faults.drop_at_next_envelope()
    amina.says("hold on")
    eventually(lambda: heard == ["hold on"], within=10)

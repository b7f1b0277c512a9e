"""Signed HTTP: what is posted to an app's own web server, how it is signed, and what its answers mean."""

import json
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import parse_qs

import pytest
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.sandbox.driver import Sandbox
from bot.sandbox.person import Person
from bot.sandbox.post_office.request_urls import sign

from .helpers import OwnClock, eventually, listening_at, serving

Answering = Callable[[dict], Response]


class WebApp:
    """An app's web server that notes what comes, and answers what a test tells it to."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict, bytes]] = []
        self.answers: Answering = lambda _body: PlainTextResponse("")
        self.challenge: Answering = lambda body: PlainTextResponse(body["challenge"])

    async def take(self, request: Request) -> Response:
        content = await request.body()
        self.requests.append((dict(request.headers), content))
        if request.headers["content-type"] != "application/json":
            return self.answers({name: values[0] for name, values in parse_qs(content.decode()).items()})
        body = json.loads(content)
        return self.challenge(body) if body["type"] == "url_verification" else self.answers(body)

    @property
    def events(self) -> list[tuple[dict, dict]]:
        """(headers, body) of every event that was posted, without the challenges."""
        read = [(headers, json.loads(content)) for headers, content in self.requests
                if headers["content-type"] == "application/json"]  # fmt: skip
        return [(headers, body) for headers, body in read if body["type"] == "event_callback"]


@pytest.fixture
def web_app() -> WebApp:
    return WebApp()


@pytest.fixture
def sandbox(clock: OwnClock, web_app: WebApp) -> Iterator[Sandbox]:
    with socket.create_server(("127.0.0.1", 0)) as at:
        routes = [Route(path, web_app.take, methods=["POST"]) for path in ("/slack", "/moved")]
        manifest = listening_at(f"http://localhost:{at.getsockname()[1]}/slack")
        with (
            serving(Starlette(routes=routes), at),
            Sandbox.start(manifest=manifest, clock=clock, ack_seconds=1.0) as started,
        ):
            yield started


def test_the_signature_is_slacks(sandbox: Sandbox):
    # the example of docs.slack.dev/authentication/verifying-requests-from-slack
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&"
        b"channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&"
        b"response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&"
        b"trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    signed = sign("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", body)
    assert signed == "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"


def test_every_request_is_signed_and_the_challenge_comes_first(sandbox: Sandbox, web_app: WebApp, amina: Person):
    amina.says("hello")
    amina.runs("/collaborate")
    eventually(lambda: len(web_app.events) == 1 and len(web_app.requests) == 3)
    verifier = SignatureVerifier(sandbox.signing_secret)
    assert all(verifier.is_valid_request(content, headers) for headers, content in web_app.requests)
    assert not verifier.is_valid_request(b"forged", web_app.requests[0][0])
    challenges = [content for _, content in web_app.requests if b"url_verification" in content]
    assert len(challenges) == 1


@pytest.mark.parametrize("form", [
    lambda body: JSONResponse({"challenge": body["challenge"]}),
    lambda body: PlainTextResponse(f"challenge={body['challenge']}"),
])  # fmt: skip
def test_the_challenge_may_be_answered_in_any_of_slacks_ways(sandbox: Sandbox, web_app: WebApp, form: Answering):
    web_app.challenge = form
    assert sandbox.verifies_request_url()


def test_an_address_that_fails_the_challenge_gets_no_event(sandbox, web_app, amina, clock):
    web_app.challenge = lambda _body: PlainTextResponse("who are you?")
    amina.says("hello")
    eventually(lambda: sum(b"url_verification" in content for _, content in web_app.requests) == 2)
    assert not web_app.events and not sandbox.verifies_request_url()
    web_app.challenge = lambda body: PlainTextResponse(body["challenge"])
    clock.forward(minutes=2)
    eventually(lambda: len(web_app.events) == 1)
    assert web_app.events[0][0]["x-slack-retry-num"] == "2"


def test_an_event_that_fails_comes_again_at_once_after_one_and_after_five_minutes(sandbox, web_app, amina, clock):
    web_app.answers = lambda _body: PlainTextResponse("broken", 500)
    amina.says("hello")
    for tries, minutes in ((2, 1.1), (3, 5.1), (4, 30)):
        last = tries == 4
        eventually(lambda tries=tries: len(web_app.events) == tries)
        eventually(lambda last=last: sandbox._engine.agenda.planned == (0 if last else 1))
        clock.forward(minutes=minutes)
    eventually(lambda: len(sandbox.lost_events) == 1)
    headers = [(h.get("x-slack-retry-num"), h.get("x-slack-retry-reason")) for h, _ in web_app.events]
    assert headers == [(None, None), *((str(number), "http_error") for number in (1, 2, 3))]
    assert len({body["event_id"] for _, body in web_app.events}) == 1


def test_an_app_can_forbid_another_try(sandbox, web_app, amina):
    web_app.answers = lambda _body: PlainTextResponse("no", 500, headers={"x-slack-no-retry": "1"})
    amina.says("hello")
    eventually(lambda: len(sandbox.lost_events) == 1)
    assert len(web_app.events) == 1


def test_two_redirects_are_followed_but_never_to_another_machine(sandbox, web_app, amina):
    def move_on(_body: dict) -> Response:
        moved = len(web_app.events) == 1
        return Response(status_code=302, headers={"location": "/moved"}) if moved else PlainTextResponse("")

    web_app.answers = move_on
    amina.says("hello")
    eventually(lambda: len(sandbox.acks) == 1)
    assert len(web_app.events) == 2
    web_app.answers = lambda _body: Response(status_code=302, headers={"location": "http://slack.example/elsewhere"})
    amina.says("and now?")
    eventually(lambda: len(web_app.events) == 4)
    assert web_app.events[-1][0]["x-slack-retry-reason"] == "http_error"
    web_app.answers = lambda _body: Response(status_code=302, headers={"location": "http://[nowhere"})
    amina.says("and here?")
    eventually(lambda: len(web_app.events) == 6)


def test_endless_redirects_and_a_server_that_is_gone_have_names_of_their_own(sandbox, web_app, amina):
    def outcomes() -> list[str]:
        return [exchange.outcome for exchange in sandbox.traffic if exchange.name.startswith("message")]

    web_app.answers = lambda _body: Response(status_code=302, headers={"location": "/moved"})
    amina.says("hello")
    eventually(lambda: outcomes() == ["too_many_redirects"] * 2)
    assert len(web_app.events) == 6 and web_app.events[-1][0]["x-slack-retry-reason"] == "too_many_redirects"
    requests = sandbox._engine.requests
    requests.urls = replace(requests.urls, events="http://127.0.0.1:1/slack")
    amina.says("and now?")
    eventually(lambda: outcomes()[2:] == ["connection_failed"] * 2)


def test_interactions_are_a_form_with_a_payload_and_commands_a_form_of_their_own(sandbox, web_app, amina):
    amina.runs("/plainly", "a & b")
    amina.uses_shortcut("tell")
    forms = [parse_qs(content.decode()) for headers, content in web_app.requests
             if headers["content-type"] == "application/x-www-form-urlencoded"]  # fmt: skip
    command, shortcut = forms
    assert (command["command"], command["text"], command["user_id"]) == (["/plainly"], ["a & b"], [amina.id])
    assert json.loads(shortcut["payload"][0])["callback_id"] == "tell"

"""Response URLs, faults of the Web API, and the walk over everything that is or was in the workspace."""

import urllib.error
import urllib.request

import pytest
from slack_bolt import Ack, Respond
from slack_sdk import WebClient, WebhookClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from .helpers import eventually


@pytest.fixture
def response_url(app, connect, amina) -> str:
    """Where to answer Amina's command."""
    urls: list[str] = []

    @app.command("/collaborate")
    def run(ack: Ack, command: dict) -> None:
        ack()
        urls.append(command["response_url"])

    connect(app)
    amina.runs("/collaborate")
    eventually(lambda: bool(urls))
    return urls[0]


def test_a_response_url_takes_five_answers(response_url, amina):
    answering = WebhookClient(response_url)
    said = [answering.send(text=f"answer {number}") for number in range(6)]
    assert [answer.status_code for answer in said] == [200] * 5 + [404]
    assert "used_url" in said[-1].body
    assert amina.sees("answer 4").is_ephemeral
    amina.never_sees("answer 5", for_seconds=0)


def test_a_response_url_lasts_half_an_hour(response_url, clock, amina):
    clock.forward(minutes=29)
    assert WebhookClient(response_url).send(text="in time", response_type="in_channel").status_code == 200
    assert not amina.sees("in time").is_ephemeral
    clock.forward(minutes=2)
    late = WebhookClient(response_url).send(text="too late")
    assert (late.status_code, "expired_url" in late.body) == (404, True)


def test_an_answer_replaces_or_deletes_the_message_that_was_clicked(app, connect, client, amina):
    @app.action("pick")
    def picked(ack: Ack, respond: Respond, action: dict) -> None:
        ack()
        respond("You picked it", replace_original=True) if action["value"] == "one" else respond(delete_original=True)

    connect(app)
    for value in ("one", "two"):
        button = {"type": "button", "action_id": "pick", "value": value, "text": {"type": "plain_text", "text": value}}
        client.chat_postEphemeral(channel=amina.direct.id, user=amina.id, text=f"Pick {value}",
                                  blocks=[{"type": "actions", "elements": [button]}])  # fmt: skip
    amina.clicks("one")
    assert amina.sees("You picked it").is_ephemeral
    amina.clicks("two")
    eventually(lambda: [m.own_text for m in amina.messages()] == ["You picked it"])


def test_a_person_can_click_a_button_of_a_message_that_is_no_longer_like_that(app, connect, client, amina):
    clicked: list[dict] = []

    @app.action("old")
    def old(ack: Ack, body: dict) -> None:
        ack()
        clicked.append(body)

    connect(app)
    button = {"type": "button", "action_id": "old", "text": {"type": "plain_text", "text": "Old"}}
    sent = client.chat_postMessage(channel=amina.id, text="a draft", blocks=[{"type": "actions", "elements": [button]}])
    seen = amina.sees("a draft")
    client.chat_update(channel=sent["channel"], ts=sent["ts"], text="the next draft", blocks=[])
    amina.clicks("Old", on=seen)
    eventually(lambda: len(clicked) == 1)
    assert clicked[0]["message"]["text"] == "the next draft"


def test_rate_limits_come_with_retry_after_and_pass(sandbox, amina):
    patient = WebClient(token=sandbox.bot_token, base_url=sandbox.url,
                        retry_handlers=[RateLimitErrorRetryHandler(max_retry_count=1)])  # fmt: skip
    sandbox.faults.rate_limit("chat.postMessage", times=1, retry_after=1)
    patient.chat_postMessage(channel=amina.id, text="in the end")
    assert [m.text for m in amina.messages()] == ["in the end"]
    sandbox.faults.rate_limit("chat.postMessage", times=2, retry_after=1)
    with pytest.raises(SlackApiError) as limited:
        patient.chat_postMessage(channel=amina.id, text="never")
    assert (limited.value.response.status_code, limited.value.response["error"]) == (429, "ratelimited")


def test_an_error_of_the_server_does_nothing_and_a_lost_answer_did_it_all_the_same(sandbox, client, amina):
    for order, left in ((sandbox.faults.server_error, 0), (sandbox.faults.answer_lost, 1)):
        order("chat.postMessage")
        with pytest.raises(SlackApiError) as failed:
            client.chat_postMessage(channel=amina.id, text="was it posted")
        assert failed.value.response.status_code == 500
        assert len(amina.messages()) == left


def test_a_slow_answer_is_an_answer(sandbox, client):
    sandbox.faults.slow("api.test", seconds=0.3)
    hurried = WebClient(token=sandbox.bot_token, base_url=sandbox.url, timeout=0.1, retry_handlers=[])
    with pytest.raises(TimeoutError):
        hurried.api_test()
    assert client.api_test(answer="42")["args"] == {"answer": "42"}


def test_every_string_is_found_where_it_is_and_in_the_history_where_it_was(sandbox, client, amina):
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "in a block"}}
    kept = client.chat_postMessage(channel=amina.id, text="first words", blocks=[section],
                                   metadata={"event_type": "kind", "event_payload": {"k": "in metadata"}})  # fmt: skip
    amina.sends_voice(b"not sound", name="in a file name")
    client.views_publish(user_id=amina.id, view={"type": "home", "blocks": [section | {"block_id": "in a home"}]})
    client.chat_postEphemeral(channel=amina.direct.id, user=amina.id, text="for her alone")

    def found(words: str, history: bool = False) -> bool:
        return any(words in text for text in sandbox.everything(include_history=history))

    for words in ("first words", "in a block", "in metadata", "in a file name", "in a home", "for her alone"):
        assert found(words), words
    client.chat_update(channel=kept["channel"], ts=kept["ts"], text="other words", blocks=[])
    assert not found("first words") and found("first words", history=True)
    client.chat_delete(channel=kept["channel"], ts=kept["ts"])
    assert not found("other words") and found("other words", history=True)


def test_who_looks_for_something_is_told_what_is_there_instead(client, amina):
    client.chat_postMessage(channel=amina.id, text="something else")
    with pytest.raises(AssertionError, match=r"never saw “this”, but:\n.*something else"):
        amina.sees("this", within=0.1)
    with pytest.raises(AssertionError, match="saw “something else”"):
        amina.never_sees("something else", for_seconds=0)
    with pytest.raises(AssertionError, match="no button “Go” in sight"):
        amina.clicks("Go", within=0.1)
    amina.says("my own words")
    amina.never_sees("my own words", for_seconds=0)


@pytest.mark.parametrize("sent", [b"no json", b"[1]", b"\xff\xfe", b"[" * 100_000])
def test_an_answer_that_is_no_message_is_refused(response_url, sent):
    request = urllib.request.Request(response_url, sent, {"Content-Type": "application/json"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    assert (refused.value.code, refused.value.read()) == (400, b"invalid_payload")
    refused.value.close()


def test_an_answer_has_the_same_limits_as_a_message(response_url):
    many = [{"text": f"{number}"} for number in range(101)]
    answered = WebhookClient(response_url).send(attachments=many)
    assert (answered.status_code, "too_many_attachments" in answered.body) == (400, True)


def test_blocks_nested_beyond_reading_are_refused(sandbox, client, amina):
    with pytest.raises(SlackApiError, match="invalid_blocks_format"):
        client.chat_postMessage(channel=amina.direct.id, text="deep", blocks="[" * 100_000)

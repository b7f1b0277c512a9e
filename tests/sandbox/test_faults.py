"""Faults on demand: late and shuffled events, broken uploads, errors that come with status 200; and what is ordered."""

import urllib.error

import pytest
from slack_sdk.errors import SlackApiError

from .helpers import eventually


def test_events_can_come_late_by_the_workspaces_clock(app, connect, amina, sandbox, clock):
    heard: list[str] = []
    app.event("message")(lambda event: heard.append(event["text"]))
    connect(app)
    sandbox.faults.slow_events(seconds=30)
    amina.says("late")
    amina.says("in time")
    eventually(lambda: heard == ["in time"])
    clock.forward(seconds=31)
    eventually(lambda: heard == ["in time", "late"])


def test_events_that_were_held_back_come_in_any_order(app, connect, amina, sandbox):
    heard: list[str] = []
    app.event("message")(lambda event: heard.append(event["text"]))
    connect(app)
    said = [str(number) for number in range(20)]
    sandbox.faults.hold_events()
    for words in said:
        amina.says(words)
    sandbox.release_events(order="random")
    eventually(lambda: len(heard) == 20)
    sent = [e.asked["payload"]["event"]["text"] for e in sandbox.traffic if e.name == "message"]
    assert sorted(sent, key=int) == said and sent != said


def test_an_upload_can_fail(client, amina, sandbox):
    sandbox.faults.upload_fails()
    with pytest.raises(urllib.error.HTTPError) as failed:
        client.files_upload_v2(channel=amina.direct.id, filename="a.txt", content="hello")
    with failed.value:
        assert failed.value.code == 500
    assert amina.messages() == []
    client.files_upload_v2(channel=amina.direct.id, filename="a.txt", content="hello", initial_comment="Here")
    amina.sees("Here")


@pytest.mark.parametrize(("error", "done_first", "left"), [("fatal_error", True, 1), ("internal_error", False, 0)])
def test_an_error_can_come_with_status_200_whether_or_not_the_call_was_done(client, amina, sandbox, error, done_first,
                                                                            left):  # fmt: skip
    sandbox.faults.error_body("chat.postMessage", error, done_first=done_first)
    with pytest.raises(SlackApiError) as failed:
        client.chat_postMessage(channel=amina.id, text="was it posted")
    assert (failed.value.response.status_code, failed.value.response["error"]) == (200, error)
    assert len(amina.messages()) == left


def test_what_is_ordered_can_be_looked_up_and_taken_back(app, connect, client, amina, sandbox):
    heard: list[str] = []
    app.event("message")(lambda event: heard.append(event["text"]))
    connect(app)
    faults = sandbox.faults
    faults.rate_limit("chat.postMessage", times=2, retry_after=7)
    faults.download_is_truncated(100)
    faults.slow_events(5, times=3)
    faults.hold_events()
    assert faults.ordered() == [
        {"name": "rate_limit", "times": 2, "target": "chat.postMessage", "retry_after": 7},
        {"name": "download", "times": 1, "kind": "truncated", "keep": 100},
        {"name": "slow_events", "times": 3, "seconds": 5},
        {"name": "hold_events"},
    ]
    with pytest.raises(SlackApiError) as limited:
        client.chat_postMessage(channel=amina.id, text="x")
    assert limited.value.response.headers["retry-after"] == "7"
    assert faults.ordered()[0]["times"] == 1
    amina.says("held back")
    faults.clear()
    assert faults.ordered() == []
    client.chat_postMessage(channel=amina.id, text="x")
    eventually(lambda: heard == ["held back"])

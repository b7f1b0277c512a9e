"""The workspace's clock, its troubles, newcomers, and the inspector of the traffic."""

import time
from datetime import UTC, datetime

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.driver import Sandbox
from bot.sandbox.happenings.arrivals import handle_of
from bot.sandbox.page.controls import until_tomorrow
from bot.sandbox.page.inspector import without_secrets

from ..helpers import MANIFEST, eventually
from .visitor import Tab


def _orders(sandbox: Sandbox, what: str, **given: object) -> dict:
    return httpx.post(f"{sandbox.host_url}/page/control", json={"what": what, **given}).json()


def test_the_clock_is_moved_for_everybody(sandbox, amina, visits):
    heard: list[datetime] = []
    sandbox.on_clock_moved(heard.append)
    tab = visits(amina).opens()
    assert tab.heard[0]["clock"] == {"now": "2026-03-02T09:00:00.000Z", "movable": True, "tz": "Europe/London"}
    assert _orders(sandbox, "clock", hours=1)["now"] == "2026-03-02T10:00:00.000Z"
    assert tab.hears("clock")["clock"]["now"] == "2026-03-02T10:00:00.000Z"
    assert _orders(sandbox, "clock", to="tomorrow")["now"] == "2026-03-03T09:00:00.000Z"
    assert _orders(sandbox, "clock", days=7)["now"] == "2026-03-10T09:00:00.000Z"
    assert [moment.day for moment in heard] == [2, 3, 10]


def test_what_listens_to_the_clock_may_take_its_time(sandbox, amina, client):
    """It calls the workspace back, which would stand still if the clock were moved where requests are served."""
    names: list[str] = []
    sandbox.on_clock_moved(lambda now: names.append(client.users_info(user=amina.id)["user"]["id"]))
    assert _orders(sandbox, "clock", hours=1)["ok"]
    assert names == [amina.id]


@pytest.mark.parametrize(
    "step", [{}, {"hours": -1}, {"days": 1e308}, {"hours": "1"}, {"to": "yesterday"}, {"hours": True}, {"days": None}]
)
def test_the_clock_never_goes_back_nor_far_too_far(sandbox, step):
    assert _orders(sandbox, "clock", **step)["error"] == "invalid_arguments"


def test_the_machines_own_clock_is_left_alone():
    with Sandbox.start(manifest=MANIFEST) as sandbox:
        assert _orders(sandbox, "clock", hours=1)["error"] == "clock_stands"


@pytest.mark.parametrize(
    ("now", "then"),
    [("2026-03-28T23:30", "2026-03-29T08:00"), ("2026-10-24T12:00", "2026-10-25T09:00"),
     ("2026-06-01T23:30", "2026-06-03T08:00"), ("2026-12-31T08:59", "2027-01-01T09:00")],
)  # fmt: skip
def test_tomorrow_is_nine_by_the_clocks_of_the_workspace_also_when_they_change(now, then):
    moment, nine = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (now, then))
    assert moment + until_tomorrow(moment) == nine


def test_troubles_are_ordered_listed_and_cleared(sandbox, client):
    _orders(sandbox, "fault", name="rate_limit", method="users.info", times=2, retry_after=7)
    _orders(sandbox, "fault", name="download", kind="gone")
    _orders(sandbox, "fault", name="hold_events")
    listed = _orders(sandbox, "faults")["faults"]
    assert [fault["name"] for fault in listed] == ["rate_limit", "download", "hold_events"]
    assert listed[0]["method"] == "users.info" and listed[0]["times"] == 2
    answer = httpx.post(f"{sandbox.url}users.info", headers={"Authorization": f"Bearer {sandbox.bot_token}"})
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "7")
    assert _orders(sandbox, "fault", name="clear")["faults"] == []


@pytest.mark.parametrize(
    "given",
    [
        {"name": "server_error", "method": "chat.update"}, {"name": "answer_lost", "method": "chat.update"},
        {"name": "slow", "method": "chat.update", "seconds": 1}, {"name": "error_body", "method": "chat.update"},
        {"name": "download", "kind": "html"}, {"name": "download", "kind": "redirect"},
        {"name": "download", "kind": "truncated"}, {"name": "upload_fails"}, {"name": "next_file_vanishes"},
        {"name": "next_file_is_bare"}, {"name": "duplicate_next_event"}, {"name": "slow_events", "seconds": 5},
        {"name": "drop_at_next_envelope"}, {"name": "hold_events"},
    ],
    ids=lambda given: "-".join(map(str, given.values())),
)  # fmt: skip
def test_every_trouble_of_the_page_can_be_ordered(sandbox, given):
    answer = _orders(sandbox, "fault", **given)
    assert answer["ok"] and [fault["name"] for fault in answer["faults"]] == [given["name"]]


@pytest.mark.parametrize(
    "given",
    [{"name": "earthquake"}, {"name": "slow"}, {"name": "slow", "method": " "}, {"name": "download", "kind": "x"},
     {"name": "slow", "method": "users.info", "seconds": 1e9},
     {"name": "slow", "method": "users.inof"}, {"name": "disconnect", "reason": "<x>"}, {}],
)  # fmt: skip
def test_no_other_trouble_can(sandbox, given):
    assert _orders(sandbox, "fault", **given)["error"] == "invalid_arguments"


def test_a_trouble_may_strike_whatever_is_called_next(sandbox, client):
    listed = _orders(sandbox, "fault", name="error_body", method="*")["faults"]
    assert [fault["method"] for fault in listed] == ["*"]
    with pytest.raises(SlackApiError, match="fatal_error"):
        client.team_info()
    assert _orders(sandbox, "faults")["faults"] == []


@pytest.mark.parametrize(("what", "given", "words"), [
    ("fault", {"name": "slow", "method": "users.inof"}, "Slack has no call of the name users.inof here"),
    ("add_person", {"name": " "}, "somebody new needs a name"),
    ("add_person", {"name": "x" * 81}, "a name may have at most 80 letters"),
    ("add_person", {"name": "Be\u0007n"}, "there is a character in this name that can't be seen"),
    ("clock", {"days": 400}, "the days should be from 0 to 366"),
    ("clock", {}, "the hours is missing, or can't be understood"),
])  # fmt: skip
def test_what_cannot_be_ordered_is_refused_in_words(sandbox, what, given, words):
    assert _orders(sandbox, what, **given)["words"] == f"That can't be done here: {words}."


@pytest.mark.parametrize(("name", "handle"), [
    ("Amina Okafor", "amina.okafor"), ("Zoë <b>O'Neil</b>", "zoë.boneilb"), ("J. R. @ Home_1-2", "j.r.home_1-2"),
    ("\u2603 !", "member"),
])  # fmt: skip
def test_a_handle_has_letters_digits_and_three_signs_only(name, handle):
    assert handle_of(name) == handle


def test_connections_are_cut_from_the_page_and_come_back(app, connect, sandbox, amina, visits):
    connect(app)
    tab = visits(amina).opens()
    _orders(sandbox, "fault", name="drop_connections")
    tab.hears("connections", lambda frame: frame["count"] == 0)
    tab.hears("connections", lambda frame: frame["count"] == 1)


def test_held_events_are_let_go(app, connect, sandbox, amina, visits):
    heard = []
    app.event("message")(lambda event: heard.append(event["text"]))
    connect(app)
    _orders(sandbox, "fault", name="hold_events")
    one = visits(amina)
    for word in ("one", "two"):
        one.manages("say", channel=amina.direct.id, text=word)
    time.sleep(0.1)
    assert heard == []
    _orders(sandbox, "fault", name="release_events")
    eventually(lambda: sorted(heard) == ["one", "two"])


def test_newcomers_and_new_channels_come_in(sandbox, amina, visits):
    tab = visits(amina).opens()
    guest = _orders(sandbox, "add_person", name="  Greta   Guest ", guest=True)
    assert (guest["name"], guest["kind"]) == ("Greta Guest", "guest")
    assert tab.hears("person")["person"]["id"] == guest["id"]
    room = _orders(sandbox, "add_channel", name="Rural Leaders", private=True, members=[amina.id, guest["id"]])
    assert room["name"] == "rural-leaders"
    assert tab.hears("channel", lambda frame: frame["channel"]["id"] == room["id"])["channel"]["kind"] == "group"
    assert _orders(sandbox, "add_channel", name="rural leaders", members=[amina.id])["error"] == "name_taken"
    assert _orders(sandbox, "add_channel", name="x", members=["U0NOBODY"])["error"] == "user_not_found"
    assert _orders(sandbox, "add_person", name=" ")["ok"] is False


def test_the_inspector_sees_what_goes_over_the_wire_but_no_token(app, connect, sandbox, amina, client):
    tab = Tab(sandbox, "/page/traffic")
    assert [exchange["name"] for exchange in tab.hears("all")["exchanges"]] == ["auth.test"]
    connect(app)
    WebClient(token=sandbox.bot_token, base_url=sandbox.url).chat_postMessage(channel=amina.direct.id, text="Hello")
    ended = tab.hears("exchange", lambda f: f["exchange"]["name"] == "chat.postMessage" and f["exchange"]["answered"])
    assert ended["exchange"]["outcome"] == "ok" and ended["exchange"]["milliseconds"] >= 0
    assert ended["exchange"]["asked"]["text"] == "Hello"
    opened = next(f for f in tab.heard if f.get("exchange", {}).get("name") == "apps.connections.open")
    assert opened["exchange"]["kind"] == "api"
    again = Tab(sandbox, "/page/traffic")
    again.hears("all")
    told = f"{tab.heard}{again.heard}"
    assert sandbox.bot_token not in told and sandbox.app_token not in told
    assert not any(ticket in told for ticket in sandbox._engine.socket_tickets)
    tab.close()
    again.close()


def test_tokens_are_blotted_out_wherever_they_stand():
    hidden = without_secrets({"a": ["xoxb-1234abc", {"b": "Bearer xapp-1-99 and more"}], "c": 5, "d": None})
    assert hidden == {"a": ["xoxb-…", {"b": "Bearer xapp-… and more"}], "c": 5, "d": None}

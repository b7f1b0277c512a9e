"""Rate limits: 429 with Retry-After, that pass by waiting or by the workspace's clock."""

import asyncio

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot.sandbox import web_api
from bot.sandbox.driver import Sandbox
from bot.sandbox.errors import RateLimited
from bot.sandbox.post_office.agenda import Agenda
from bot.sandbox.post_office.deliveries import Deliveries
from bot.sandbox.post_office.envelopes import Delivery
from bot.sandbox.post_office.faults import Faults
from bot.sandbox.post_office.pace import EVENTS_AN_HOUR, METHODS, ONE_CONVERSATION, Hourly, Pace, Passing
from bot.sandbox.post_office.traffic import Traffic
from bot.sandbox.web_api.calls import METHODS as SERVED
from bot.sandbox.workspace.ids import Ids

from .helpers import MANIFEST, OwnClock


class Machine:
    """A monotonic clock that moves only when told."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def calls_until_refused(pace: Pace, method: str, conversation: str = "") -> tuple[int, int]:
    """(calls that were let through, seconds to wait then)."""
    for done in range(10_000):
        try:
            pace.take(method, conversation)
        except RateLimited as limited:
            return done, limited.retry_after
    raise AssertionError("never refused")


def test_a_conversation_takes_a_short_burst_and_then_a_message_a_second(client, clock, amina, ben):
    for number in range(ONE_CONVERSATION.at_once):
        client.chat_postMessage(channel=(amina.id, amina.direct.id)[number % 2], text=str(number))
    with pytest.raises(SlackApiError) as limited:
        client.chat_postMessage(channel=amina.id, text="one too many")
    answer = limited.value.response
    assert (answer.status_code, answer["error"], answer.headers["retry-after"]) == (429, "ratelimited", "1")
    client.chat_postMessage(channel=ben.id, text="to somebody else")
    clock.forward(seconds=1)
    client.chat_postMessage(channel=amina.direct.id, text="a second later")
    assert [m.text for m in amina.messages()] == ["0", "1", "2", "3", "4", "a second later"]


def test_an_app_that_really_waits_gets_through_although_the_clock_stands_still(sandbox, amina):
    patient = WebClient(token=sandbox.bot_token, base_url=sandbox.url,
                        retry_handlers=[RateLimitErrorRetryHandler(max_retry_count=1)])  # fmt: skip
    for number in range(ONE_CONVERSATION.at_once + 1):
        patient.chat_postMessage(channel=amina.id, text=str(number))
    assert len(amina.messages()) == ONE_CONVERSATION.at_once + 1
    assert [refusal.error for refusal in sandbox.refusals] == ["ratelimited"]


@pytest.mark.parametrize(("method", "quota", "wait"), [
    ("users.list", 20, 3), ("chat.update", 50, 2), ("views.publish", 100, 1), ("auth.test", 600, 1),
])  # fmt: skip
def test_every_tier_has_its_quota_and_each_method_its_own(method, quota, wait):
    clock, machine = OwnClock(), Machine()
    pace = Pace(Passing(clock, machine))
    assert calls_until_refused(pace, method) == (quota, wait)
    pace.take("conversations.info")
    machine.seconds += wait
    pace.take(method)
    clock.forward(minutes=1)
    assert calls_until_refused(pace, method) == (quota, wait)


def test_a_workspace_takes_several_hundred_messages_a_minute_in_all():
    clock = OwnClock()
    pace = Pace(Passing(clock, Machine()))
    for number in range(300):
        pace.take("chat.postMessage", f"C{number}")
    with pytest.raises(RateLimited):
        pace.take("chat.postMessage", "C-another")


def test_time_passes_by_whichever_clock_moved_more():
    clock, machine = OwnClock(), Machine()
    passed = Passing(clock, machine)
    machine.seconds += 2
    assert passed() == 2
    clock.forward(seconds=3)
    machine.seconds += 1
    assert passed() == 5
    clock.forward(seconds=-60)
    assert passed() == 5


def test_every_method_that_is_served_has_a_tier_and_no_other():
    assert web_api
    assert set(METHODS) | {"chat.postMessage"} == set(SERVED)


def test_a_benchmark_can_do_without_limits():
    with Sandbox.start(manifest=MANIFEST, rate_limits=False) as sandbox:
        client, amina = WebClient(token=sandbox.bot_token, base_url=sandbox.url), sandbox.person("Amina Okafor")
        for number in range(ONE_CONVERSATION.at_once * 3):
            client.chat_postMessage(channel=amina.id, text=str(number))
        assert len(amina.messages()) == ONE_CONVERSATION.at_once * 3


class Ear:
    """A line that acknowledges whatever comes at once."""

    late, breaks, leaving = "timeout", True, False

    def __init__(self, office: Deliveries) -> None:
        self.office, self.heard = office, []

    def written(self, envelope_id: str, delivery: Delivery) -> dict:
        return delivery.payload

    def carry(self, envelope_id: str, delivery: Delivery, written: dict) -> None:
        self.heard.append(written)
        self.office.acknowledged(envelope_id, None)

    def hang_up(self) -> None:
        raise AssertionError("nobody hangs up here")


async def many_events(clock: OwnClock) -> tuple[Ear, Deliveries]:
    """30,002 events within an hour, and one an hour later."""
    hourly = Hourly(Passing(clock, Machine()))
    office = Deliveries(Ids(), Faults(), Traffic(clock), Agenda(clock), hourly)
    office.loop = asyncio.get_running_loop()
    ear = Ear(office)
    office.opened(ear)

    def event() -> dict:
        return {"type": "event_callback", "token": "t", "team_id": "T1", "api_app_id": "A1",
                "event_time": int(clock().timestamp()), "event": {"type": "message"}}  # fmt: skip

    for _ in range(EVENTS_AN_HOUR + 2):
        office.send_event(event())
    await asyncio.sleep(0)
    clock.forward(hours=1)
    office.send_event(event())
    await asyncio.sleep(0)
    return ear, office


def test_after_thirty_thousand_events_in_an_hour_the_app_is_told_once_that_it_gets_no_more():
    clock = OwnClock()
    began = int(clock().timestamp())
    ear, office = asyncio.run(many_events(clock))
    told = [payload for payload in ear.heard if payload["type"] == "app_rate_limited"]
    assert told == [{"type": "app_rate_limited", "token": "t", "team_id": "T1", "api_app_id": "A1",
                     "minute_rate_limited": began // 60 * 60}]  # fmt: skip
    assert len(ear.heard) == EVENTS_AN_HOUR + 2 and ear.heard[-1]["type"] == "event_callback"
    assert len(office.lost) == 2

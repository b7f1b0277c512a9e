"""Envelopes: to one connection each, again until acknowledged, kept while nobody is there."""

from collections.abc import Callable, Iterator

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.builtin import SocketModeClient

from bot.sandbox.driver import Sandbox
from bot.sandbox.errors import NobodyConnected, NotAnswered

from .helpers import MANIFEST, OwnClock, eventually


@pytest.fixture
def hasty(clock: OwnClock) -> Iterator[Sandbox]:
    """A workspace that waits only 0.3 s for an ack."""
    with Sandbox.start(manifest=MANIFEST, clock=clock, ack_seconds=0.3) as started:
        yield started


@pytest.fixture
def deaf() -> Iterator[Callable[[Sandbox], list[dict]]]:
    """Connects something that hears every envelope and acknowledges none; gives what it heard."""
    connected: list[tuple[Sandbox, SocketModeClient]] = []

    def connect(to: Sandbox) -> list[dict]:
        heard: list[dict] = []
        web = WebClient(token=to.bot_token, base_url=to.url)
        client = SocketModeClient(app_token=to.app_token, web_client=web, auto_reconnect_enabled=False)
        client.message_listeners.append(lambda _client, message, _raw: heard.append(message))
        client.connect()
        connected.append((to, client))
        return heard

    yield connect
    for to, client in connected:
        to.lets_go(client)


def tries(heard: list[dict]) -> list[tuple[int, str, str]]:
    events = [frame for frame in heard if frame["type"] == "events_api"]
    return [(frame["retry_attempt"], frame["retry_reason"], frame["payload"]["event_id"]) for frame in events]


def test_an_event_that_nobody_acknowledges_comes_again_at_once_after_one_and_after_five_minutes(hasty, deaf, clock):
    heard = deaf(hasty)
    amina = hasty.person("Amina Okafor")
    amina.says("anybody there?")
    eventually(lambda: len(tries(heard)) == 2)
    amina.never_sees("…", for_seconds=0.5)
    assert len(tries(heard)) == 2
    clock.forward(seconds=61)
    eventually(lambda: len(tries(heard)) == 3)
    amina.never_sees("…", for_seconds=0.5)
    clock.forward(minutes=4)
    amina.never_sees("…", for_seconds=0.1)
    assert len(tries(heard)) == 3
    clock.forward(minutes=2)
    eventually(lambda: len(tries(heard)) == 4)
    eventually(lambda: len(hasty.lost_events) == 1)
    name = tries(heard)[0][2]
    assert tries(heard) == [(0, "", name), (1, "timeout", name), (2, "timeout", name), (3, "timeout", name)]


def test_a_connection_greets_with_hello(sandbox, deaf):
    heard = deaf(sandbox)
    eventually(lambda: bool(heard))
    assert heard[0]["type"] == "hello" and heard[0]["num_connections"] == 1


def test_a_click_that_nobody_acknowledges_is_an_error_for_the_person(hasty, deaf):
    deaf(hasty)
    hasty.wait_connected()
    amina = hasty.person("Amina Okafor")
    with pytest.raises(NotAnswered, match=r"did not acknowledge in 0\.3 seconds"):
        amina.runs("/collaborate")


def test_a_click_while_no_app_is_connected_is_an_error_for_the_person(sandbox, amina):
    with pytest.raises(NobodyConnected, match="no app is connected"):
        amina.runs("/collaborate")


def test_what_was_said_while_the_app_was_away_arrives_when_it_is_back(app, connect, amina):
    heard: list[str] = []
    app.event("message")(lambda event: heard.append(event["text"]))
    for words in ("one", "two", "three"):
        amina.says(words)
    connect(app)
    eventually(lambda: sorted(heard) == ["one", "three", "two"])


def test_an_event_on_a_connection_that_breaks_is_tried_on_the_next(sandbox, deaf, amina):
    heard = deaf(sandbox)
    amina.says("hold on")
    eventually(lambda: len(tries(heard)) == 1)
    sandbox.drop_connections()
    eventually(lambda: sandbox.connections == 0)
    later = deaf(sandbox)
    eventually(lambda: bool(tries(later)))
    assert tries(later)[0] == (1, "connection_failed", tries(heard)[0][2])


def test_two_connections_share_the_events_and_each_event_comes_once(client, connect, amina):
    heard: dict[str, list[str]] = {"first": [], "second": []}

    def listen_as(name: str) -> None:
        listening = App(client=client)
        listening.event("message")(lambda event: heard[name].append(event["text"]))
        connect(listening)

    listen_as("first")
    listen_as("second")
    for number in range(10):
        amina.says(f"note {number}")
    eventually(lambda: sum(map(len, heard.values())) == 10)
    assert len(heard["first"]) == len(heard["second"]) == 5
    assert not set(heard["first"]) & set(heard["second"])


def test_a_burst_of_events_arrives_whole_and_each_of_them_once(sandbox, client, connect, app, amina):
    heard: list[str] = []
    app.event("message")(lambda event: heard.append(event["text"]))
    connect(app)
    for number in range(300):
        amina.says(str(number))
    eventually(lambda: len(heard) >= 300, within=20)
    assert sorted(heard, key=int) == [str(number) for number in range(300)]
    assert not sandbox.lost_events


def test_events_can_come_twice_late_and_in_the_wrong_order(app, connect, amina, sandbox):
    heard: list[tuple[str, str]] = []
    app.event("message")(lambda event, body: heard.append((body["event_id"], event["text"])))
    connect(app)
    sandbox.faults.duplicate_next_event()
    amina.says("twice")
    eventually(lambda: len(heard) == 2)
    assert heard[0] == heard[1]
    sandbox.faults.hold_events()
    for words in ("early", "late"):
        amina.says(words)
    amina.never_sees("…", for_seconds=0.2)
    assert len(heard) == 2
    order: list[str] = []
    real_push = sandbox._engine.deliveries.lines[0].push
    sandbox._engine.deliveries.lines[0].push = lambda frame: (
        order.append(frame["payload"]["event"]["text"]), real_push(frame))  # fmt: skip
    sandbox.release_events(newest_first=True)
    eventually(lambda: len(heard) == 4)
    assert order == ["late", "early"]


def test_the_app_comes_back_when_asked_for_a_new_connection(app, connect, amina, sandbox):
    heard: list[str] = []
    app.event("message")(lambda event: heard.append(event["text"]))
    connect(app)
    before = sandbox._engine.deliveries.lines[0]
    sandbox.disconnects("warning")
    eventually(lambda: sandbox.connections == 1 and sandbox._engine.deliveries.lines[0] is not before, within=10)
    amina.says("still there?")
    eventually(lambda: heard == ["still there?"])


def test_a_socket_ticket_is_good_for_one_connection_and_needs_the_app_token(sandbox, client):
    with pytest.raises(SlackApiError) as refused:
        client.apps_connections_open(app_token=sandbox.bot_token)
    assert refused.value.response["error"] == "not_allowed_token_type"
    url = client.apps_connections_open(app_token=sandbox.app_token)["url"]
    assert url.startswith("ws://127.0.0.1:") and url != client.apps_connections_open(app_token=sandbox.app_token)["url"]


def test_events_arrive_only_where_the_manifest_asks_and_the_bot_is(app, connect, amina, sandbox):
    heard: list[str] = []
    app.event("message")(lambda event: heard.append(event["text"]))
    app.event("app_mention")(lambda event: heard.append(f"mention: {event['text']}"))
    connect(app)
    sandbox.add_channel("stories", amina)
    sandbox.add_channel("elsewhere", amina, with_bot=False)
    amina.says("nobody hears this", channel="elsewhere")
    amina.says(f"hello <@{sandbox.bot_user_id}>", channel="stories")
    amina.says("a forged <!channel> & more", channel="stories")
    eventually(lambda: len(heard) == 3)
    hello = f"hello <@{sandbox.bot_user_id}>"
    assert sorted(heard) == ["a forged &lt;!channel&gt; &amp; more", hello, f"mention: {hello}"]


def test_a_slash_command_is_answered_to_the_person_alone(app, connect, amina, ben, sandbox):
    @app.command("/collaborate")
    def run(ack: Ack, command: dict) -> None:
        ack(f"You asked for {command['text']} in {command['channel_name']}")

    connect(app)
    sandbox.add_channel("stories", amina, ben)
    amina.runs("/collaborate", "help", channel="stories")
    assert amina.sees("help in stories", channel="stories").is_ephemeral
    ben.never_sees("help in stories", for_seconds=0, channel="stories")
    with pytest.raises(AssertionError, match="not a valid command"):
        amina.runs("/elsewhere")

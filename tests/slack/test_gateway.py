"""What the bot says unasked arrives once: over repeats, crashes, lost answers and a Slack that is busy."""

import pytest
from slack_sdk import WebClient
from sqlmodel import select

from bot.sandbox.driver import Room, Sandbox
from bot.sandbox.person import Person
from bot.slack.blocks import section
from bot.slack.errors import FileGone, SlackAway, SlackRefused
from bot.slack.gateway import Gateway
from bot.slack.models import Message, Post
from bot.store.engine import Store
from tests.still_clock import StillClock

HELLO = Message("Hello", (section("Hello in full"),))


@pytest.fixture
def room(sandbox: Sandbox, amina: Person) -> Room:
    return sandbox.add_channel("stories", amina)


def say(gateway: Gateway, room: Room, key: str = "story:1", message: Message = HELLO) -> str:
    return gateway.post_once(key, message, workspace="T1", channel=room.id).ts


def texts(room: Room) -> list[str]:
    return [message.own_text for message in room.messages]


def keys(store: Store) -> list[str]:
    with store.session() as session:
        return sorted(post.key for post in session.exec(select(Post)))


def test_a_message_says_what_it_should_and_carries_its_key(gateway: Gateway, room: Room) -> None:
    ts = say(gateway, room)
    (message,) = room.messages
    assert (message.ts, message.own_text) == (ts, "Hello")
    assert "Hello in full" in message.text
    assert message.metadata == {"event_type": "collaborate_post", "event_payload": {"key": "story:1"}}


def test_posting_twice_under_one_key_posts_once(gateway: Gateway, room: Room) -> None:
    assert say(gateway, room) == say(gateway, room)
    assert texts(room) == ["Hello"]


def test_another_key_or_workspace_is_another_message(gateway: Gateway, room: Room) -> None:
    say(gateway, room, "story:1")
    say(gateway, room, "story:2")
    gateway.post_once("story:1", HELLO, workspace="T2", channel=room.id)
    assert len(room.messages) == 3


def test_a_message_whose_answer_was_lost_is_found_and_not_sent_again(
    sandbox: Sandbox, gateway: Gateway, room: Room
) -> None:
    sandbox.faults.answer_lost("chat.postMessage")
    with pytest.raises(SlackAway, match="Nothing is lost"):
        say(gateway, room)
    assert texts(room) == ["Hello"], "it did arrive, which we could not know"
    assert say(gateway, room) == room.messages[0].ts
    assert texts(room) == ["Hello"]


def test_a_message_that_never_arrived_is_sent_again(sandbox: Sandbox, gateway: Gateway, room: Room) -> None:
    sandbox.faults.server_error("chat.postMessage")
    with pytest.raises(SlackAway):
        say(gateway, room)
    assert texts(room) == []
    say(gateway, room)
    assert texts(room) == ["Hello"]


def test_a_crash_between_sending_and_noting_sends_nothing_twice(
    client: WebClient, store: Store, gateway: Gateway, room: Room, clock: StillClock
) -> None:
    ts = say(gateway, room)
    with store.session() as session:
        session.exec(select(Post)).one().ts = None  # as it is when the process dies before noting
    clock.moves(days=3)
    assert say(Gateway(client, store, clock), room) == ts
    assert texts(room) == ["Hello"]


def test_it_is_found_under_hundreds_of_later_messages_too(
    sandbox: Sandbox, gateway: Gateway, room: Room, amina: Person
) -> None:
    sandbox.faults.answer_lost("chat.postMessage")
    with pytest.raises(SlackAway):
        say(gateway, room)
    for number in range(230):
        amina.says(f"message {number}", channel="stories")
    say(gateway, room)
    assert texts(room).count("Hello") == 1


def test_a_busy_slack_is_waited_for(sandbox: Sandbox, gateway: Gateway, room: Room) -> None:
    sandbox.faults.rate_limit("chat.postMessage", times=2, retry_after=1)
    say(gateway, room)
    assert texts(room) == ["Hello"]


def test_a_slack_that_stays_busy_is_away_for_now(sandbox: Sandbox, gateway: Gateway, room: Room) -> None:
    sandbox.faults.rate_limit("chat.postMessage", times=4, retry_after=0)
    with pytest.raises(SlackAway):
        say(gateway, room)
    say(gateway, room)
    assert texts(room) == ["Hello"]


def test_what_slack_refuses_is_said_with_its_reason(gateway: Gateway) -> None:
    with pytest.raises(SlackRefused, match="channel_not_found"):
        gateway.post_once("k", HELLO, workspace="T1", channel="C0NOWHERE")
    with pytest.raises(SlackRefused, match="channel_not_found"):
        gateway.post_once("k", HELLO, workspace="T1", channel="C0NOWHERE")


def test_no_slack_at_all_is_away_and_keeps_the_intent(store: Store, clock: StillClock) -> None:
    nowhere = Gateway(WebClient(token="xoxb-x", base_url="http://127.0.0.1:9/api/"), store, clock)
    with pytest.raises(SlackAway):
        nowhere.post_once("k", HELLO, workspace="T1", channel="C1")
    assert keys(store) == ["k"]


def test_a_message_can_be_changed_and_deleted(gateway: Gateway, room: Room) -> None:
    posted = gateway.post_once("k", HELLO, workspace="T1", channel=room.id)
    gateway.edit(posted, Message("Goodbye"))
    assert texts(room) == ["Goodbye"]
    assert "in full" not in room.messages[0].text
    gateway.delete(posted)
    assert texts(room) == []


def test_a_message_that_is_gone_stays_gone_without_trouble(gateway: Gateway, room: Room) -> None:
    posted = gateway.post_once("k", HELLO, workspace="T1", channel=room.id)
    gateway.delete(posted)
    gateway.delete(posted)
    gateway.edit(posted, HELLO)
    assert texts(room) == []


def test_everything_under_a_prefix_is_deleted_also_what_was_not_noted(
    sandbox: Sandbox, gateway: Gateway, room: Room, store: Store
) -> None:
    say(gateway, room, "story:1:head")
    say(gateway, room, "story:10:head")
    say(gateway, room, "story_1:head")
    sandbox.faults.answer_lost("chat.postMessage")
    with pytest.raises(SlackAway):
        say(gateway, room, "story:1:page")
    assert len(room.messages) == 4
    gateway.delete_posts("story:1:", workspace="T1")
    assert len(room.messages) == 2
    assert keys(store) == ["story:10:head", "story_1:head"]
    gateway.delete_posts("story:1:", workspace="T1")
    gateway.delete_posts("story_", workspace="T2")
    assert len(room.messages) == 2


def test_deleting_comes_to_an_end_also_where_the_channel_is_gone(gateway: Gateway, store: Store) -> None:
    with pytest.raises(SlackRefused):
        gateway.post_once("story:1", HELLO, workspace="T1", channel="C0NOWHERE")
    gateway.delete_posts("story:1", workspace="T1")
    assert keys(store) == []


def test_a_slack_that_is_away_keeps_the_list_of_what_is_to_be_deleted(
    sandbox: Sandbox, gateway: Gateway, room: Room, store: Store
) -> None:
    say(gateway, room)
    sandbox.faults.server_error("chat.delete")
    with pytest.raises(SlackAway):
        gateway.delete_posts("story:", workspace="T1")
    assert (texts(room), keys(store)) == (["Hello"], ["story:1"])
    gateway.delete_posts("story:", workspace="T1")
    assert (texts(room), keys(store)) == ([], [])


def test_a_post_can_be_found_by_its_key(sandbox: Sandbox, gateway: Gateway, room: Room) -> None:
    assert gateway.find_post("story:1", workspace="T1") is None
    sandbox.faults.answer_lost("chat.postMessage")
    with pytest.raises(SlackAway):
        say(gateway, room)
    found = gateway.find_post("story:1", workspace="T1")
    assert found is not None
    assert (found.channel, found.ts) == (room.id, room.messages[0].ts)
    assert gateway.find_post("story:1", workspace="T2") is None


def test_a_direct_message_reaches_one_person(sandbox: Sandbox, gateway: Gateway, amina: Person, ben: Person) -> None:
    gateway.post_once("k", HELLO, workspace="T1", channel=gateway.direct(amina.id))
    amina.sees("Hello")
    ben.never_sees("Hello", for_seconds=0.2)


def test_a_channel_is_found_by_name_or_id_and_joined(sandbox: Sandbox, gateway: Gateway) -> None:
    room = sandbox.add_channel("stories", with_bot=False)
    assert gateway.channel_id("stories") == gateway.channel_id("#stories") == gateway.channel_id(room.id) == room.id
    gateway.post_once("k", HELLO, workspace="T1", channel=room.id)
    with pytest.raises(SlackRefused, match="channel_not_found"):
        gateway.channel_id("elsewhere")


def test_a_slack_that_is_away_is_said_while_looking_for_a_channel_too(sandbox: Sandbox, gateway: Gateway) -> None:
    sandbox.faults.server_error("conversations.list")
    with pytest.raises(SlackAway):
        gateway.channel_id("stories")


def test_the_facts_of_a_file_are_what_slack_knows_now(gateway: Gateway, amina: Person) -> None:
    (file,) = amina.sends_voice(b"OggS" + bytes(50), duration_ms=61_500).files
    fact = gateway.file(file.id)
    assert (fact.id, fact.owner, fact.size, fact.seconds) == (file.id, amina.id, 54, 61.5)
    assert "/download/" in fact.url
    amina.deletes_file(file)
    with pytest.raises(FileGone, match="deleted before I could fetch it"):
        gateway.file(file.id)

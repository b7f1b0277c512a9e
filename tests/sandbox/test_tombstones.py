"""The first message of a thread is deleted, and the thread can still be found."""

import pytest

from .helpers import eventually
from .page.visitor import Visitor
from .test_web_api import error_of

GONE = "This message was deleted."


@pytest.fixture
def room(sandbox, amina, client):
    return sandbox.add_channel("stories", amina)


@pytest.fixture
def thread(room, client, amina):
    """(head of the bot's, the reply of Amina)"""
    head = client.chat_postMessage(channel=room.id, text="a beginning")["ts"]
    return head, amina.says("well said", channel="stories", thread=room.messages[0])


def test_history_and_replies_keep_a_tombstone(client, room, amina, thread):
    head, reply = thread
    client.chat_delete(channel=room.id, ts=head)
    found = client.conversations_history(channel=room.id)["messages"]
    assert [(m["text"], m["subtype"], m["user"], m["hidden"]) for m in found] == [
        (GONE, "tombstone", "USLACKBOT", True)]  # fmt: skip
    assert (found[0]["reply_count"], found[0]["latest_reply"], found[0]["reply_users"]) == (1, reply.ts, [amina.id])
    said = client.conversations_replies(channel=room.id, ts=head)["messages"]
    assert [m["text"] for m in said] == [GONE, "well said"]
    assert client.chat_postMessage(channel=room.id, text="later", thread_ts=head)["ok"]


def test_nothing_more_is_done_to_a_tombstone(client, room, thread):
    head, _ = thread
    client.chat_delete(channel=room.id, ts=head)
    for call in (client.chat_delete, client.chat_update):
        assert error_of(call, channel=room.id, ts=head, text="x") == "message_not_found"
    assert error_of(client.reactions_add, channel=room.id, timestamp=head, name="tada") == "message_not_found"


def test_the_app_hears_of_a_change_and_at_the_end_of_a_deletion(app, connect, client, room, amina, thread):
    heard = []
    app.event("message")(lambda event: heard.append(event))
    connect(app)
    head, reply = thread
    eventually(lambda: bool(heard) and heard[-1]["ts"] == reply.ts)
    heard.clear()
    client.chat_delete(channel=room.id, ts=head)
    eventually(lambda: len(heard) == 1)
    changed = heard[-1]
    assert (changed["subtype"], changed["message"]["subtype"], changed["hidden"]) == (
        "message_changed", "tombstone", True)  # fmt: skip
    assert changed["previous_message"]["text"] == "a beginning" and changed["message"]["reply_count"] == 1
    amina.deletes(reply)
    eventually(lambda: len(heard) == 3)
    ends = {event["deleted_ts"]: event["previous_message"] for event in heard[1:]}
    assert set(ends) == {head, reply.ts}
    assert (ends[head]["subtype"], ends[head]["reply_count"]) == ("tombstone", 0)
    assert room.messages == [] and client.conversations_history(channel=room.id)["messages"] == []


def test_the_page_shows_what_is_left_and_then_nothing(sandbox, client, room, amina, thread):
    head, reply = thread
    one = Visitor(sandbox, amina)
    tab = one.opens()
    client.chat_delete(channel=room.id, ts=head)
    shown = tab.hears("message", lambda frame: frame["message"]["ts"] == head)["message"]
    assert (shown["subtype"], shown["text"], shown["reply_count"]) == ("tombstone", GONE, 1)
    answer = one.http.get("/page/thread", params={"channel": room.id, "ts": head}).json()
    assert [m["text"] for m in answer["messages"]] == [GONE, "well said"]
    assert one.does("react", channel=room.id, ts=head, emoji="wave")["error"] == "message_not_found"
    one.manages("delete", channel=room.id, ts=reply.ts)
    tab.hears("gone", lambda frame: frame["ts"] == head)
    assert one.messages(room.id) == []
    one.leaves()


def test_a_message_without_replies_is_simply_gone(client, room):
    ts = client.chat_postMessage(channel=room.id, text="alone")["ts"]
    client.chat_delete(channel=room.id, ts=ts)
    assert room.messages == []

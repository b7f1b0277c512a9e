"""A tab hears what happens as it happens, and only what its person may see."""

import asyncio

import pytest

from bot.sandbox.page.mailbox import Mailbox

from ..helpers import eventually


def test_the_first_frame_has_everything_but_the_messages(sandbox, amina, ben, visits):
    sandbox.add_channel("rural", amina)
    sandbox.add_channel("urban", ben)
    sandbox.add_channel("board", ben, private=True)
    everything = visits(amina).opens().heard[0]
    assert everything["me"]["name"] == "Amina Okafor"
    assert {person["name"] for person in everything["people"]} >= {"Amina Okafor", "Ben Achterberg", "Listening Bot"}
    channels = {channel["name"]: channel for channel in everything["channels"]}
    assert channels["rural"]["is_member"] and not channels["urban"]["is_member"]
    assert "board" not in channels
    assert everything["app"]["direct"] == amina.direct.id
    assert everything["commands"][0] == {"command": "/collaborate", "description": "Talk to the bot", "usage_hint": ""}
    assert everything["modals"] == [] and everything["home"] is None and everything["guide"] is None


def test_a_message_comes_at_once_and_changes_with_its_edits_and_reactions(sandbox, amina, ben, visits):
    room = sandbox.add_channel("rural", amina, ben)
    tab = visits(amina).opens()
    said = ben.says("Good mrning", channel="rural")
    heard = tab.hears("message")
    assert (heard["channel"], heard["message"]["text"], heard["message"]["mine"]) == (room.id, "Good mrning", False)
    ben.edits(said, "Good morning")
    assert tab.hears("message")["message"]["edited"]["user"] == ben.id
    amina.reacts(said, "wave")
    assert tab.hears("message")["message"]["reactions"] == [{"name": "wave", "users": [amina.id], "count": 1}]
    ben.deletes(said)
    assert tab.hears("gone")["ts"] == said.ts


def test_a_thread_tells_its_head_how_many_answered(sandbox, amina, ben, visits):
    sandbox.add_channel("rural", amina, ben)
    head = amina.says("Who can help?", channel="rural")
    tab = visits(amina).opens()
    replies = [ben.says(words, channel="rural", thread=head) for words in ("I can", "Tomorrow")]
    two = tab.hears("message", lambda frame: frame["message"].get("reply_count") == 2)["message"]
    assert two["reply_users"] == [ben.id] and two["latest_reply"] == replies[-1].ts
    ben.deletes(replies[-1])
    one = tab.hears("message", lambda frame: frame["message"].get("reply_count") == 1)["message"]
    assert one["latest_reply"] == replies[0].ts


def test_joining_and_leaving_is_told_and_a_private_channel_disappears(sandbox, amina, ben, visits):
    sandbox.add_channel("board", ben, private=True)
    tab = visits(amina).opens()
    sandbox.joins(amina, "board")
    channel = tab.hears("channel", lambda frame: frame["channel"]["name"] == "board")["channel"]
    assert channel["is_member"]
    visits(amina).manages("leave", channel=channel["id"])
    assert tab.hears("channel")["channel"] == {"id": channel["id"], "is_member": False, "gone": True}


def test_a_public_channel_stays_in_the_list_after_leaving(sandbox, amina, visits):
    room = sandbox.add_channel("rural", amina)
    visitor = visits(amina)
    tab = visitor.opens()
    visitor.manages("leave", channel=room.id)
    left = tab.hears("channel")["channel"]
    assert (left["is_member"], "gone" in left) == (False, False)


def test_somebody_new_is_told_of(sandbox, amina, visits):
    tab = visits(amina).opens()
    sandbox.person("Chidi Eze", title="Pharmacist")
    person = tab.hears("person")["person"]
    assert (person["name"], person["title"], person["kind"]) == ("Chidi Eze", "Pharmacist", "member")


def test_a_guest_knows_only_who_shares_a_channel_with_them(sandbox, amina, ben, visits):
    sandbox.add_channel("rural", amina)
    guest = sandbox.person("Greta Guest", is_guest=True)
    tab = visits(guest).opens()
    first = tab.heard[0]
    assert {person["name"] for person in first["people"]} == {"Greta Guest", "Listening Bot"}
    assert "rural" not in {channel["name"] for channel in first["channels"]}
    sandbox.joins(guest, "rural")
    tab.hears("person", lambda frame: frame["person"]["name"] == "Amina Okafor")
    tab.hears_nothing_more()
    assert "Ben Achterberg" not in str(tab.heard)


def test_several_tabs_agree_on_what_is_read(sandbox, amina, ben, visits):
    room = sandbox.add_channel("rural", amina, ben)
    visitor = visits(amina)
    one, other = visitor.opens(), visitor.opens()
    said = ben.says(f"<@{amina.id}>, are you there?", channel="rural")
    for tab in (one, other):
        waiting = tab.hears("channel")["channel"]
        assert (waiting["unread"], waiting["mentions"]) == (1, 1)
    visitor.manages("read", channel=room.id, ts=said.ts)
    for tab in (one, other):
        assert tab.hears("channel")["channel"]["unread"] == 0


def test_connections_of_the_app_are_counted(app, connect, sandbox, amina, visits):
    tab = visits(amina).opens()
    assert tab.heard[0]["connections"] == 0
    connect(app)
    assert tab.hears("connections")["count"] == 1


def test_a_tab_that_is_closed_is_told_nothing_more(sandbox, amina, visits):
    before = len(sandbox.workspace.feed._listeners)
    tab = visits(amina).opens()
    assert len(sandbox.workspace.feed._listeners) == before + 1
    tab.close()
    eventually(lambda: len(sandbox.workspace.feed._listeners) == before)


def test_a_tab_that_does_not_listen_is_told_everything_anew(sandbox, amina, ben, visits):
    """What it missed is not kept for it: it would grow without end."""
    sandbox.add_channel("rural", amina, ben)
    tab = visits(amina).opens()
    for number in range(4000):
        ben.says(f"{number} " + "so much to say " * 100, channel="rural")
    again = tab.hears("all")
    rural = next(channel for channel in again["channels"] if channel["name"] == "rural")
    assert rural["unread"] == 100


def test_a_mailbox_holds_the_same_thing_once_and_never_more_than_its_limit():
    async def play() -> None:
        mailbox: Mailbox[int] = Mailbox(most=5)
        for item in (1, 2, 1, 3):
            mailbox.put(item)
        assert await mailbox.take() == [1, 2, 3]
        for item in range(100):
            mailbox.put(item)
        assert await mailbox.take() is None
        mailbox.put(7)
        assert await mailbox.take() == [7]
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(mailbox.take(), 0.01)

    asyncio.run(play())

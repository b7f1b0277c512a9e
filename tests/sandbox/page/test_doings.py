"""What a person does on the page, and what they may not do."""

import pytest

from ..helpers import eventually


@pytest.fixture
def room(sandbox, amina, ben):
    return sandbox.add_channel("rural", amina, ben)


def test_what_is_typed_is_posted_as_slack_posts_it(sandbox, room, amina, ben, visits):
    said = visits(amina).manages(
        "say", channel=room.id, text=f"Tea & <b>cake</b>, <@{ben.id}>? :tea: *soon* https://nhs.uk."
    )
    message = visits(ben).messages(room.id)[0]
    assert message["ts"] == said["ts"]
    assert message["text"] == f"Tea &amp; &lt;b&gt;cake&lt;/b&gt;, <@{ben.id}>? :tea: *soon* https://nhs.uk."
    assert message["blocks"][0]["elements"][0]["elements"] == [
        {"type": "text", "text": "Tea & <b>cake</b>, "},
        {"type": "user", "user_id": ben.id},
        {"type": "text", "text": "? "},
        {"type": "emoji", "name": "tea"},
        {"type": "text", "text": " "},
        {"type": "text", "text": "soon", "style": {"bold": True}},
        {"type": "text", "text": " "},
        {"type": "link", "url": "https://nhs.uk"},
        {"type": "text", "text": "."},
    ]


def test_a_reply_to_a_reply_goes_to_the_same_thread(room, amina, ben, visits):
    one, other = visits(amina), visits(ben)
    head = one.manages("say", channel=room.id, text="Who can help?")["ts"]
    reply = other.manages("say", channel=room.id, text="I can", thread_ts=head)["ts"]
    one.manages("say", channel=room.id, text="Thank you", thread_ts=reply)
    other.manages("say", channel=room.id, text="Sorted, everybody", thread_ts=head, broadcast=True)
    thread = one.http.get("/page/thread", params={"channel": room.id, "ts": head}).json()["messages"]
    assert [message["text"] for message in thread] == ["Who can help?", "I can", "Thank you", "Sorted, everybody"]
    assert [message["text"] for message in one.messages(room.id)] == ["Who can help?", "Sorted, everybody"]


def test_own_messages_are_changed_and_deleted_and_nobody_elses(room, amina, ben, visits):
    one, other = visits(amina), visits(ben)
    ts = one.manages("say", channel=room.id, text="Good mrning")["ts"]
    where = {"channel": room.id, "ts": ts}
    assert other.does("edit", **where, text="ha")["error"] == "cant_update_message"
    assert other.does("delete", **where)["error"] == "cant_delete_message"
    one.manages("edit", **where, text="Good morning")
    assert other.messages(room.id)[0]["text"] == "Good morning"
    one.manages("delete", **where)
    assert other.messages(room.id) == []
    assert one.does("edit", **where, text="again")["error"] == "message_not_found"


def test_a_reaction_is_put_on_once_and_taken_off_once(room, amina, ben, visits):
    where = {"channel": room.id, "ts": ben.says("Hello", channel="rural").ts}
    one = visits(amina)
    for _ in range(2):
        one.manages("react", **where, emoji="wave", on=True)
    assert one.messages(room.id)[0]["reactions"][0]["count"] == 1
    for _ in range(2):
        one.manages("react", **where, emoji="wave", on=False)
    assert "reactions" not in one.messages(room.id)[0]
    assert one.does("react", **where, emoji="<script>", on=True)["error"] == "invalid_name"


def test_who_is_not_in_a_channel_can_neither_read_nor_speak_there(sandbox, amina, ben, visits):
    public, private = sandbox.add_channel("urban", ben), sandbox.add_channel("board", ben, private=True)
    one = visits(amina)
    ts = ben.says("Between us", channel="urban").ts
    for what, given in (
        ("say", {"text": "hi"}),
        ("react", {"ts": ts, "emoji": "wave"}),
        ("read", {"ts": ts}),
        ("leave", {}),
    ):
        assert one.does(what, channel=public.id, **given)["error"] == "not_in_channel"
        assert one.does(what, channel=private.id, **given)["error"] == "channel_not_found"
    for path in ("/page/messages", "/page/thread"):
        assert one.http.get(path, params={"channel": public.id, "ts": ts}).status_code == 403
        assert one.http.get(path, params={"channel": private.id, "ts": ts}).status_code == 404


def test_a_channel_is_joined_with_its_past_read(sandbox, amina, ben, visits):
    room = sandbox.add_channel("urban", ben)
    private = sandbox.add_channel("board", ben, private=True)
    ben.says("Long ago", channel="urban")
    one = visits(amina)
    one.manages("join", channel=room.id)
    one.manages("join", channel=room.id)
    channel = next(c for c in one.opens().heard[0]["channels"] if c["id"] == room.id)
    assert channel["is_member"] and channel["unread"] == 0 and channel["members"].count(amina.id) == 1
    assert one.does("join", channel=private.id)["error"] == "channel_not_found"
    guest = visits(sandbox.person("Greta Guest", is_guest=True))
    assert guest.does("join", channel=room.id)["error"] == "channel_not_found"


def test_a_member_brings_others_in_and_a_guest_nobody(sandbox, room, amina, ben, visits):
    cleo, guest = sandbox.person("Cleo Marchetti"), sandbox.person("Gwen Guest", is_guest=True)
    one = visits(amina)
    one.manages("invite", channel=room.id, people=[cleo.id, guest.id])
    assert {cleo.id, guest.id} <= set(room.channel.members)
    assert one.does("invite", channel=room.id, people=[cleo.id])["error"] == "already_in_channel"
    assert one.does("invite", channel=room.id, people=["U0NOBODY"])["error"] == "user_not_found"
    assert visits(guest).does("invite", channel=room.id, people=[sandbox.person("Dan").id])["ok"] is False
    assert visits(sandbox.person("Eve")).does("invite", channel=room.id, people=[cleo.id])["ok"] is False


def test_an_archived_channel_is_only_read(room, amina, visits):
    one = visits(amina)
    one.manages("say", channel=room.id, text="Goodbye")
    room.channel.is_archived = True
    assert one.does("say", channel=room.id, text="One more")["error"] == "is_archived"
    assert len(one.messages(room.id)) == 1


def test_people_talk_among_themselves(sandbox, amina, ben, visits):
    chidi = sandbox.person("Chidi Eze")
    one = visits(amina)
    two = one.manages("direct", people=[ben.id])["channel"]
    three = one.manages("direct", people=[chidi.id, ben.id])["channel"]
    assert visits(ben).manages("direct", people=[amina.id])["channel"] == two
    assert three not in (two, amina.direct.id)
    assert one.does("direct", people=["U0NOBODY"])["error"] == "user_not_found"
    assert one.does("direct", people=[])["error"] == "invalid_arguments"


def test_unread_counts_what_others_said_in_the_channel_itself(sandbox, room, amina, ben, visits):
    one = visits(amina)
    head = ben.says("First", channel="rural")
    ben.says("in a thread", channel="rural", thread=head)
    ben.says("<!here> second", channel="rural")
    counted = _channel(one, room.id)
    assert (counted["unread"], counted["mentions"]) == (2, 1)
    one.manages("say", channel=room.id, text="I have seen it")
    assert _channel(one, room.id)["unread"] == 0, "who speaks has read what was said before"
    ben.says("hello", channel=one.manages("direct", people=[ben.id])["channel"])
    one.manages("read", channel=room.id, ts="9999999999.000000")
    ben.says("Third", channel="rural")
    assert _channel(one, room.id)["unread"] == 1, "nobody reads what has not been said yet"


def _channel(visitor, channel: str) -> dict:
    return next(c for c in visitor.opens().heard[0]["channels"] if c["id"] == channel)


def test_only_what_one_alone_sees_is_dismissed(sandbox, client, room, amina, ben, visits):
    client.chat_postEphemeral(channel=room.id, user=amina.id, text="Only for Amina")
    one, other = visits(amina), visits(ben)
    shown = one.messages(room.id)[0]
    assert shown["ephemeral"] and other.messages(room.id) == []
    assert other.does("dismiss", channel=room.id, ts=shown["ts"])["error"] == "message_not_found"
    one.manages("dismiss", channel=room.id, ts=shown["ts"])
    assert one.messages(room.id) == []
    public = one.manages("say", channel=room.id, text="For all")["ts"]
    assert one.does("dismiss", channel=room.id, ts=public)["error"] == "cant_delete_message"


def test_a_command_is_run_and_answered(app, connect, amina, visits):
    @app.command("/collaborate")
    def answer(ack, command):
        ack(f"You said {command['text']}")

    connect(app)
    one = visits(amina)
    one.manages("run", channel=amina.direct.id, command="/collaborate", text=" hello ")
    assert one.messages(amina.direct.id)[-1]["text"] == "You said hello"
    assert one.does("run", channel=amina.direct.id, command="/else")["error"] == "unknown_command"
    thread = {"thread_ts": one.manages("say", channel=amina.direct.id, text="A thread")["ts"]}
    in_thread = one.does("run", channel=amina.direct.id, command="/collaborate", **thread)
    assert in_thread["error"] == "no_commands_in_threads"


def test_somebody_hears_kindly_that_the_app_is_away_or_silent(sandbox, app, connect, amina, visits):
    one, where = visits(amina), {"channel": amina.direct.id, "command": "/collaborate"}
    away = one.does("run", **where)
    assert away["error"] == "nobody_connected" and "isn't connected" in away["words"]
    app.command("/collaborate")(lambda command: None)
    connect(app)
    sandbox._engine.deliveries.ack_seconds = 0.2
    silent = one.does("run", **where)
    assert silent["error"] == "not_answered" and "didn't answer in time" in silent["words"]


def test_tabs_of_the_app_tell_it(app, connect, amina, visits):
    opened = []
    app.event("app_home_opened")(lambda event: opened.append(event["tab"]))
    connect(app)
    one = visits(amina)
    one.manages("home")
    one.manages("messages_tab")
    eventually(lambda: sorted(opened) == ["home", "messages"])


@pytest.mark.parametrize(
    "given",
    [
        {"what": "fly"}, {"what": 5}, {}, {"what": "say"}, {"what": "say", "channel": 7, "text": "x"},
        {"what": "say", "channel": "C", "text": ["x"]}, {"what": "react", "channel": None}, {"what": "act", "view": []},
        {"what": "submit", "view": "V", "values": "x"}, {"what": "direct", "people": [1]},
        {"what": "read", "channel": "C", "ts": "now"},
        {"what": "act", "message": "x", "block_id": "b", "action_id": "a"}, {"what": "delete_file", "file": {}},
    ],
)  # fmt: skip
def test_nonsense_is_refused_in_words(amina, visits, given):
    answer = visits(amina).http.post("/page/do", json=given)
    assert answer.status_code == 200
    assert answer.json()["ok"] is False and answer.json()["words"]

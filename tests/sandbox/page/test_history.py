"""A conversation is read a window at a time."""

import pytest


@pytest.fixture
def room(sandbox, amina, ben):
    room = sandbox.add_channel("rural", amina, ben)
    for number in range(25):
        head = ben.says(f"m{number}", channel="rural")
        ben.says("aside", channel="rural", thread=head)
    return room


def _read(visitor, room, **given) -> dict:
    return visitor.http.get("/page/messages", params={"channel": room.id, "limit": 10, **given}).json()


def _texts(answer) -> list[str]:
    return [message["text"] for message in answer["messages"]]


def test_the_last_come_first_and_older_ones_on_asking(room, amina, visits):
    one = visits(amina)
    last = _read(one, room)
    assert _texts(last) == [f"m{n}" for n in range(15, 25)] and last["more"] and not last["newer"]
    older = _read(one, room, before=last["messages"][0]["ts"])
    assert _texts(older) == [f"m{n}" for n in range(5, 15)] and older["more"] and older["newer"]
    oldest = _read(one, room, before=older["messages"][0]["ts"])
    assert _texts(oldest) == [f"m{n}" for n in range(5)] and not oldest["more"]


def test_around_a_message_there_is_a_window_from_which_one_goes_on(room, amina, visits):
    one = visits(amina)
    everything = _read(one, room, limit=200)["messages"]
    around = _read(one, room, around=everything[12]["ts"])
    assert _texts(around) == [f"m{n}" for n in range(7, 17)] and around["more"] and around["newer"]
    newer = _read(one, room, after=around["messages"][-1]["ts"])
    assert _texts(newer) == [f"m{n}" for n in range(17, 25)] and not newer["more"]


def test_a_thread_is_read_from_its_head(room, amina, visits):
    one = visits(amina)
    head = _read(one, room)["messages"][-1]
    assert head["reply_count"] == 1
    thread = one.http.get("/page/thread", params={"channel": room.id, "ts": head["ts"]}).json()
    assert _texts(thread) == ["m24", "aside"]
    gone = one.http.get("/page/thread", params={"channel": room.id, "ts": "1700000000.000000"})
    assert (gone.status_code, gone.json()["error"]) == (404, "thread_not_found")


def test_what_one_alone_sees_stands_where_it_came(room, client, amina, ben, visits):
    client.chat_postEphemeral(channel=room.id, user=amina.id, text="Only for Amina")
    ben.says("and on", channel="rural")
    assert _texts(_read(visits(amina), room))[-3:] == ["m24", "Only for Amina", "and on"]
    assert "Only for Amina" not in _texts(_read(visits(ben), room))


@pytest.mark.parametrize("given", [{"before": "x"}, {"around": "1"}, {"after": "1700000000.0000001"}])
def test_what_is_no_timestamp_is_refused(room, amina, visits, given):
    one = visits(amina)
    answer = one.http.get("/page/messages", params={"channel": room.id, **given})
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_arguments")


@pytest.mark.parametrize(("asked", "given"), [("0", 1), ("-1", 25), ("x", 25), ("7", 7), ("99999", 25)])
def test_a_limit_is_taken_as_it_makes_sense(room, amina, visits, asked, given):
    assert len(_read(visits(amina), room, limit=asked)["messages"]) == given

"""Other ways in than messages and buttons: shortcuts, selects that ask the app, what follows a command, schedules."""

from datetime import timedelta

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.errors import Refused

from .helpers import OwnClock, eventually


def plain(text: str) -> dict:
    return {"type": "plain_text", "text": text}


def option(text: str) -> dict:
    return {"text": plain(text), "value": text.lower()}


def select(label: str, **more: object) -> dict:
    element = {"type": "external_select", "action_id": "place", "placeholder": plain("Where?"), **more}
    return {"type": "input", "block_id": label.lower(), "label": plain(label), "element": element}


def modal(*blocks: dict) -> dict:
    return {"type": "modal", "callback_id": "form", "title": plain("Places"), "submit": plain("Send"),
            "blocks": list(blocks)}  # fmt: skip


def error_of(call, **kwargs) -> str:
    with pytest.raises(SlackApiError) as refused:
        call(**kwargs)
    return refused.value.response["error"]


def test_a_global_shortcut_opens_a_modal_and_tells_no_channel(app: App, connect, amina):
    heard: list[dict] = []

    @app.shortcut("tell")
    def tell(ack: Ack, shortcut: dict, client: WebClient) -> None:
        ack()
        heard.append(shortcut)
        client.views_open(trigger_id=shortcut["trigger_id"], view=modal(select("Place")))

    connect(app)
    amina.uses_shortcut("tell")
    assert amina.modal().title == "Places"
    assert heard[0]["type"] == "shortcut" and heard[0]["user"]["id"] == amina.id
    assert not {"channel", "message", "response_url"} & set(heard[0])


def test_a_message_shortcut_tells_which_message_and_can_be_answered_there(app: App, connect, amina, ben, sandbox):
    heard: list[dict] = []

    @app.shortcut("keep")
    def keep(ack: Ack, shortcut: dict, respond) -> None:
        ack()
        heard.append(shortcut)
        respond("Kept")

    connect(app)
    room = sandbox.add_channel("stories", amina, ben)
    said = amina.says("once upon a time", channel="stories")
    ben.uses_shortcut("keep", on=said)
    assert ben.sees("Kept", channel="stories").is_ephemeral
    assert heard[0]["type"] == "message_action" and heard[0]["channel"]["id"] == room.id
    assert heard[0]["message"]["text"] == "once upon a time" and heard[0]["message_ts"] == said.ts


def test_shortcuts_that_the_manifest_lacks_are_not_there(amina):
    said = amina.says("hello")
    for callback_id, on in (("keep", None), ("tell", said), ("made up", None)):
        with pytest.raises(Refused, match="shortcut_not_found"):
            amina.uses_shortcut(callback_id, on=on)


@pytest.fixture
def asked(app: App, connect, amina) -> list[dict]:
    """A modal is open whose selects the app fills; gives what it was asked."""
    asked: list[dict] = []

    @app.shortcut("tell")
    def tell(ack: Ack, shortcut: dict, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=shortcut["trigger_id"], view=modal(
            select("Soon", min_query_length=1), select("Later"), select("Never", min_query_length=0)))  # fmt: skip

    @app.options("place")
    def places(ack: Ack, payload: dict) -> None:
        asked.append(payload)
        found = [one for one in ("London", "Lowestoft", "Wales") if payload["value"].lower() in one.lower()]
        ack(options=[option(one) for one in found] * (1 if payload["value"] else 50))

    connect(app)
    amina.uses_shortcut("tell")
    amina.modal()
    return asked


def test_the_app_is_asked_for_options_once_enough_is_typed(asked, app: App, amina):
    sent: list[dict] = []
    app.view("form")(lambda ack, view: (ack(), sent.append(view["state"]["values"])))
    assert amina.suggestions("Soon", "lo") == ["London", "Lowestoft"]
    assert asked[0]["type"] == "block_suggestion" and asked[0]["block_id"] == "soon"
    assert asked[0]["container"]["type"] == "view" and asked[0]["view"]["callback_id"] == "form"
    assert amina.suggestions("Later", "lo") == [] and len(asked) == 1
    amina.fills({"Soon": "London", "Later": "Wales"})
    with pytest.raises(AssertionError, match="no option “Mars”"):
        amina.fills({"Soon": "Mars"})
    amina.fills({"Never": "Lowestoft"})
    assert amina.submits() == {}
    assert {block: value["place"]["selected_option"]["value"] for block, value in sent[0].items()} == {
        "soon": "london", "later": "wales", "never": "lowestoft"}  # fmt: skip


def test_more_than_a_hundred_options_are_refused(asked, amina, sandbox):
    with pytest.raises(Refused, match="invalid_arguments"):
        amina.suggestions("Never", "")
    assert sandbox.refusals[-1].method == "block_suggestion"


@pytest.mark.parametrize(
    ("typed", "escaped", "plainly"),
    [
        ("thank @ben.achterberg & all", "thank <@{ben}|ben.achterberg> &amp; all", "thank @ben.achterberg & all"),
        ("thank <@{ben}>", "thank <@{ben}|ben.achterberg>", "thank @ben.achterberg"),
        ("look in #stories", "look in <#{room}|stories>", "look in #stories"),
        ("see https://example.org/a?b=1", "see <https://example.org/a?b=1>", "see https://example.org/a?b=1"),
        ("@nobody #nowhere a@b <3", "@nobody #nowhere a@b &lt;3", "@nobody #nowhere a@b <3"),
    ],
)
def test_names_in_a_command_are_escaped_where_the_manifest_asks(app, connect, sandbox, amina, ben, typed, escaped,
                                                               plainly):  # fmt: skip
    heard: list[str] = []
    for command in ("/collaborate", "/plainly"):
        app.command(command)(lambda ack, command: (ack(), heard.append(command["text"])))
    connect(app)
    ids = {"ben": ben.id, "room": sandbox.add_channel("stories", amina).id}
    for command in ("/collaborate", "/plainly"):
        amina.runs(command, typed.format(**ids))
    eventually(lambda: len(heard) == 2)
    assert heard == [escaped.format(**ids), plainly]


def at(clock: OwnClock, **ahead: float) -> int:
    return int((clock() + timedelta(**ahead)).timestamp())


def test_a_message_for_later_is_posted_when_the_workspaces_clock_gets_there(client, clock, amina):
    planned = client.chat_scheduleMessage(channel=amina.direct.id, text="good morning", post_at=at(clock, hours=1))
    taken_back = client.chat_scheduleMessage(channel=amina.direct.id, text="not this", post_at=at(clock, hours=1))
    listed = client.chat_scheduledMessages_list()["scheduled_messages"]
    assert [entry["id"] for entry in listed] == [planned["scheduled_message_id"], taken_back["scheduled_message_id"]]
    client.chat_deleteScheduledMessage(
        channel=amina.direct.id, scheduled_message_id=taken_back["scheduled_message_id"])  # fmt: skip
    amina.never_sees("good morning", for_seconds=0.1)
    clock.forward(minutes=59, seconds=30)
    last_moment = {"channel": amina.direct.id, "scheduled_message_id": planned["scheduled_message_id"]}
    assert error_of(client.chat_deleteScheduledMessage, **last_moment) == "invalid_scheduled_message_id"
    clock.forward(minutes=1)
    amina.sees("good morning")
    assert [m.own_text for m in amina.messages()] == ["good morning"]
    assert client.chat_scheduledMessages_list()["scheduled_messages"] == []


def test_a_schedule_has_slacks_limits(client, clock, amina):
    where = {"channel": amina.direct.id, "text": "later"}
    assert error_of(client.chat_scheduleMessage, **where, post_at=at(clock, seconds=-1)) == "time_in_past"
    assert error_of(client.chat_scheduleMessage, **where, post_at=at(clock, days=121)) == "time_too_far"
    assert error_of(client.chat_scheduleMessage, **where, post_at="tomorrow") == "invalid_time"
    for _ in range(30):
        client.chat_scheduleMessage(**where, post_at=at(clock, hours=1))
    assert error_of(client.chat_scheduleMessage, **where, post_at=at(clock, hours=1, minutes=4)) == (
        "restricted_too_many")  # fmt: skip
    client.chat_scheduleMessage(**where, post_at=at(clock, hours=2))


def test_a_message_for_later_with_metadata_is_never_posted(client, clock, amina):
    client.chat_scheduleMessage(channel=amina.direct.id, text="lost", post_at=at(clock, minutes=5),
                                metadata={"event_type": "k", "event_payload": {}})  # fmt: skip
    clock.forward(minutes=6)
    amina.never_sees("lost", for_seconds=0.2)

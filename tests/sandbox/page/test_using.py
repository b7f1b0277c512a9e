"""Buttons, fields and windows of the app, used from the page. The app is a real Bolt app."""

import re

import pytest
from slack_bolt import App

from ..helpers import eventually


def plain(text: str) -> dict:
    return {"type": "plain_text", "text": text}


def option(text: str) -> dict:
    return {"text": plain(text), "value": text.lower()}


def field(name: str, element: dict, **more: object) -> dict:
    return {"type": "input", "block_id": name, "label": plain(name), "element": {"action_id": "a", **element}, **more}


FORM = {
    "type": "modal", "callback_id": "form", "title": plain("Join"), "submit": plain("Send"), "notify_on_close": True,
    "blocks": [
        field("story", {"type": "plain_text_input", "min_length": 3, "max_length": 20}),
        field("region", {"type": "static_select", "options": [option("London"), option("Wales")]}, optional=True),
        field("mail", {"type": "email_text_input"}, optional=True),
        field("years", {"type": "number_input", "is_decimal_allowed": False, "min_value": "1"}, optional=True),
        field("day", {"type": "datepicker"}, optional=True),
        field("friends", {"type": "multi_users_select", "max_selected_items": 1}, optional=True),
    ],
}  # fmt: skip
BUTTONS = [
    {"type": "section", "block_id": "s", "text": plain("Well?"),
     "accessory": {"type": "static_select", "action_id": "pick", "options": [option("One"), option("Two")]}},
    {"type": "actions", "block_id": "b", "elements": [
        {"type": "button", "action_id": "yes", "text": plain("Yes"), "value": "v1"},
        {"type": "overflow", "action_id": "more", "options": [option("Hide"), option("Mute")]},
    ]},
]  # fmt: skip


@pytest.fixture
def heard(app: App) -> list[dict]:
    """What the app is told of, acknowledged at once."""
    told: list[dict] = []

    @app.action(re.compile(".*"))
    def _(ack, body):
        told.append(body)
        ack()

    @app.command("/collaborate")
    def _(ack, body, client):
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=FORM)

    @app.view_closed("form")
    def _(ack, body):
        told.append(body)
        ack()

    @app.view("form")
    def _(ack, body):
        told.append(body)
        story = body["view"]["state"]["values"]["story"]["a"]["value"]
        ack(response_action="errors", errors={"story": "Taken"}) if story == "taken" else ack()

    return told


@pytest.fixture
def one(heard, app, connect, amina, visits):
    connect(app)
    return visits(amina)


@pytest.fixture
def form(one, amina) -> str:
    """The form, open on Amina's screen."""
    one.manages("run", channel=amina.direct.id, command="/collaborate")
    return one.opens().heard[0]["modals"][-1]["id"]


@pytest.fixture
def message(one, amina, client) -> dict:
    posted = client.chat_postMessage(channel=amina.direct.id, text="Well?", blocks=BUTTONS)
    return {"channel": amina.direct.id, "ts": posted["ts"]}


def test_a_button_tells_the_app_what_stands_on_it(one, heard, message):
    one.manages("act", message=message, block_id="b", action_id="yes")
    assert heard[0]["actions"][0]["value"] == "v1"
    assert heard[0]["message"]["ts"] == message["ts"]


def test_a_choice_in_a_message_is_told_and_stays_chosen(one, heard, message):
    one.manages("act", message=message, block_id="s", action_id="pick", value={"selected_option": {"value": "two"}})
    assert heard[0]["actions"][0]["selected_option"] == option("Two")
    one.manages("act", message=message, block_id="b", action_id="yes")
    assert heard[1]["state"]["values"]["s"]["pick"]["selected_option"] == option("Two")


def test_only_what_is_offered_can_be_chosen(one, heard, message):
    for action, block in (("pick", "s"), ("more", "b")):
        forged = {"selected_option": {"value": "three", "text": plain("Three")}}
        assert (
            one.does("act", message=message, block_id=block, action_id=action, value=forged)["error"] == "not_an_option"
        )
    assert one.does("act", message=message, block_id="b", action_id="no")["error"] == "element_not_found"
    one.manages("act", message=message, block_id="b", action_id="more", value={"selected_option": {"value": "mute"}})
    assert [told["actions"][0]["action_id"] for told in heard] == ["more"]


def test_nobody_uses_what_stands_before_somebody_else(one, heard, message, form, ben, visits):
    other = visits(ben)
    assert other.does("act", message=message, block_id="b", action_id="yes")["error"] == "channel_not_found"
    for what, given in (("submit", {}), ("close", {}), ("fill", {"block_id": "story", "action_id": "a"})):
        assert other.does(what, view=form, **given)["error"] == "view_not_found"
    assert heard == []


def test_a_form_is_sent_as_it_was_filled_in(one, heard, form, ben):
    answers = {"story": {"value": "On my own"}, "region": {"selected_option": {"value": "wales"}},
               "mail": {"value": "a@nhs.uk"}, "years": {"value": "7"}, "day": {"selected_date": "2026-11-22"},
               "friends": {"selected_users": [ben.id]}}  # fmt: skip
    tab = one.tabs[-1]
    one.manages("submit", view=form, values={name: {"a": value} for name, value in answers.items()})
    values = {name: actions["a"] for name, actions in heard[0]["view"]["state"]["values"].items()}
    assert values["story"] == {"type": "plain_text_input", "value": "On my own"}
    assert values["region"]["selected_option"] == option("Wales")
    assert values["friends"]["selected_users"] == [ben.id]
    while tab.hears("modals")["modals"]:
        """What is filled in is told first, field by field."""
    assert one.does("submit", view=form)["error"] == "view_not_found"


def test_what_the_form_itself_sees_is_wrong_never_reaches_the_app(one, heard, form, amina, ben):
    def tried(**answers: dict) -> dict:
        answer = one.does("submit", view=form, values={name: {"a": value} for name, value in answers.items()})
        assert answer["error"] == "fields"
        return answer["errors"]

    assert tried() == {"story": "Please complete this required field."}
    assert "at least 3" in tried(story={"value": "Hi"})["story"]
    assert "at most 20" in tried(story={"value": "x" * 21})["story"]
    wrong = tried(story={"value": "fine"}, mail={"value": "nobody"}, years={"value": "1.5"},
                  friends={"selected_users": [amina.id, ben.id]})  # fmt: skip
    assert set(wrong) == {"mail", "years", "friends"}
    assert "at least 1" in tried(mail={"value": None}, friends={"selected_users": []}, years={"value": "0"})["years"]
    assert heard == []


def test_what_no_form_could_send_is_refused(one, heard, form):
    for name, value in {
        "region": {"selected_option": {"value": "mars"}}, "day": {"selected_date": "2026-02-30"},
        "friends": {"selected_users": ["U0NOBODY"]}, "story": {"value": ["x"]}, "mail": {"value": 5},
    }.items():  # fmt: skip
        answer = one.does("submit", view=form, values={"story": {"a": {"value": "fine"}}, name: {"a": value}})
        assert answer["error"] in ("not_an_option", "invalid_arguments"), answer
        assert one.does("fill", view=form, block_id=name, action_id="a", value=value)["ok"] is False
    assert heard == []


def test_errors_of_the_app_stand_under_their_fields(one, form):
    answer = one.does("submit", view=form, values={"story": {"a": {"value": "taken"}}})
    assert (answer["error"], answer["errors"]) == ("fields", {"story": "Taken"})
    one.manages("submit", view=form, values={"story": {"a": {"value": "free"}}})


def test_what_is_filled_in_is_kept_without_telling_the_app(one, heard, form):
    one.manages("fill", view=form, block_id="story", action_id="a", value={"value": "Half a sent"})
    assert heard == []
    view = one.opens().heard[0]["modals"][-1]
    assert view["state"]["values"]["story"]["a"]["value"] == "Half a sent"


def test_a_window_is_closed_and_the_app_hears_of_it(one, heard, form):
    one.manages("close", view=form)
    eventually(lambda: [told["type"] for told in heard] == ["view_closed"])
    assert one.opens().heard[0]["modals"] == []


def test_a_covered_window_cannot_be_sent(one, amina, form, client, app):
    @app.action("push")
    def _(ack, body, client):
        ack()

    pushed = {**FORM, "callback_id": "second"}
    trigger = one.sandbox._engine.tickets.trigger(amina.id)
    client.views_push(trigger_id=trigger, view=pushed)
    assert one.does("submit", view=form, values={"story": {"a": {"value": "fine"}}})["error"] == "view_not_found"


def test_home_is_shown_and_used(one, heard, amina, client):
    tab = one.opens()
    client.views_publish(user_id=amina.id, view={"type": "home", "blocks": BUTTONS})
    home = tab.hears("home")["home"]
    one.manages("act", view=home["id"], block_id="b", action_id="yes")
    assert heard[0]["container"] == {"type": "view", "view_id": home["id"]}
    assert one.does("close", view=home["id"])["error"] == "invalid_arguments"


def test_an_external_select_offers_what_the_app_suggests_and_only_that(one, heard, app, client, amina):
    app.options("who")(lambda ack, payload: ack(options=[option(f"{payload['value']} {n}") for n in (1, 2)]))
    select = {"type": "external_select", "action_id": "who", "min_query_length": 2, "placeholder": plain("Who")}
    blocks = [{"type": "section", "block_id": "s", "text": plain("Whom?"), "accessory": select}]
    posted = client.chat_postMessage(channel=amina.direct.id, text="Whom?", blocks=blocks)
    where = {"message": {"channel": amina.direct.id, "ts": posted["ts"]}, "block_id": "s", "action_id": "who"}
    value = {"selected_option": {"value": "be 2"}}
    assert one.does("act", **where, value=value)["error"] == "not_an_option"
    assert one.manages("suggest", **where, query="b")["options"] == []
    offered = one.manages("suggest", **where, query="Be")["options"]
    assert [o["text"]["text"] for o in offered] == ["Be 1", "Be 2"]
    one.manages("act", **where, value=value)
    assert heard[0]["actions"][0]["selected_option"]["text"]["text"] == "Be 2"


def test_shortcuts_are_used_from_anywhere_and_on_a_message(one, app, message):
    told = []
    for name in ("tell", "keep"):
        app.shortcut(name)(lambda ack, body: (told.append((body["type"], body["callback_id"])), ack()))
    one.manages("shortcut", callback_id="tell")
    one.manages("shortcut", callback_id="keep", message=message)
    assert told == [("shortcut", "tell"), ("message_action", "keep")]
    for wrong in ({"callback_id": "keep"}, {"callback_id": "tell", "message": message}, {"callback_id": "x"}):
        assert one.does("shortcut", **wrong)["error"] == "shortcut_not_found"


def test_an_app_that_answers_nonsense_is_refused_and_the_window_stays(one, app, client, amina):
    app.view("odd")(lambda ack: ack(response_action="update"))
    trigger = one.sandbox._engine.tickets.trigger(amina.id)
    blocks = [{"type": "section", "text": plain("Odd")}]
    view = client.views_open(trigger_id=trigger, view={**FORM, "callback_id": "odd", "blocks": blocks})["view"]["id"]
    answer = one.does("submit", view=view)
    assert answer["error"] == "invalid_arguments" and answer["words"]
    assert [modal["id"] for modal in one.opens().heard[0]["modals"]] == [view]

"""Modals: a stack per person, fields filled in by their labels, errors under fields, triggers that run out."""

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.errors import Refused

from .helpers import eventually


def plain(text: str) -> dict:
    return {"type": "plain_text", "text": text}


def option(text: str) -> dict:
    return {"text": plain(text), "value": text.lower()}


def field(label: str, element: dict, **more: object) -> dict:
    return {"type": "input", "block_id": label.lower(), "label": plain(label),
            "element": {"action_id": "answer", **element}, **more}  # fmt: skip


def modal(title: str, *blocks: dict, **more: object) -> dict:
    blocks = blocks or ({"type": "section", "block_id": "words", "text": plain(f"About {title}")},)
    return {"type": "modal", "callback_id": "form", "title": plain(title), "submit": plain("Send"),
            "blocks": list(blocks), **more}  # fmt: skip


FORM = modal(
    "Join",
    field("Story", {"type": "plain_text_input", "max_length": 20}),
    field("Region", {"type": "static_select", "options": [option("London"), option("Wales")]}, optional=True),
    field("Seeks", {"type": "multi_static_select", "options": [option("A buddy"), option("A guide")]}, optional=True),
    field("Consent", {"type": "checkboxes", "options": [option("Record"), option("Quote")]}, optional=True),
    field("Way", {"type": "radio_buttons", "options": [option("Voice"), option("Text")],
                  "initial_option": option("Voice")}, optional=True),
    field("Friend", {"type": "users_select"}, optional=True),
    field("Day", {"type": "datepicker"}, optional=True),
    private_metadata="kept",
    notify_on_close=True,
)  # fmt: skip


@pytest.fixture
def open_form(app: App, connect, amina):
    """Amina runs the command and the form opens."""

    @app.command("/collaborate")
    def open_it(ack: Ack, body: dict, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=FORM)

    def go() -> None:
        connect(app)
        amina.runs("/collaborate")
        assert amina.modal().title == "Join"

    return go


def test_a_form_is_filled_in_by_its_labels(app, open_form, amina, ben):
    sent: list[dict] = []

    @app.view("form")
    def take(ack: Ack, view: dict) -> None:
        sent.append(view)
        ack()

    open_form()
    amina.fills({"Story": "On my own", "Region": "Wales", "Seeks": ["A buddy", "A guide"], "Consent": ["Quote"],
                 "Way": "Text", "Friend": ben, "Day": "2026-03-09"})  # fmt: skip
    assert amina.submits() == {}
    assert not amina.has_modal
    values = {block: found["answer"] for block, found in sent[0]["state"]["values"].items()}
    assert values["story"] == {"type": "plain_text_input", "value": "On my own"}
    assert values["region"]["selected_option"]["value"] == "wales"
    assert [o["value"] for o in values["seeks"]["selected_options"]] == ["a buddy", "a guide"]
    assert [o["value"] for o in values["consent"]["selected_options"]] == ["quote"]
    assert values["way"]["selected_option"]["value"] == "text"
    assert (values["friend"]["selected_user"], values["day"]["selected_date"]) == (ben.id, "2026-03-09")
    assert sent[0]["private_metadata"] == "kept"


def test_what_the_form_itself_refuses_never_reaches_the_app(app, open_form, amina):
    app.view("form")(lambda ack: pytest.fail("the form was sent"))
    open_form()
    assert amina.submits() == {"story": "Please complete this required field."}
    with pytest.raises(AssertionError, match="at most 20"):
        amina.fills({"Story": "far too long for this little field"})
    with pytest.raises(AssertionError, match="no option “Mars”"):
        amina.fills({"Region": "Mars"})
    with pytest.raises(AssertionError, match="no field “Shoe size”"):
        amina.fills({"Shoe size": "42"}, within=0.1)


def test_the_app_can_put_errors_under_fields_then_push_update_and_clear(app, open_form, amina):
    answers = iter([
        {"response_action": "errors", "errors": {"story": "Too short"}},
        {"response_action": "push", "view": modal("More")},
        {"response_action": "update", "view": modal("Even more")},
        {"response_action": "clear"},
    ])  # fmt: skip
    app.view("form")(lambda ack: ack(**next(answers)))
    open_form()
    amina.fills({"Story": "x"})
    assert amina.submits() == {"story": "Too short"}
    assert amina.modal().values["story"]["answer"]["value"] == "x"
    assert amina.submits() == {}
    assert amina.modal(containing="About More").title == "More"
    amina.submits()
    assert amina.modal().title == "Even more"
    amina.submits()
    assert not amina.has_modal


def test_closing_a_modal_is_heard_where_the_app_asked_for_it(app, open_form, amina):
    closed: list[dict] = []

    @app.view_closed("form")
    def bye(ack: Ack, body: dict) -> None:
        ack()
        closed.append(body)

    open_form()
    amina.closes()
    eventually(lambda: len(closed) == 1)
    assert closed[0]["is_cleared"] is False and closed[0]["view"]["private_metadata"] == "kept"


def test_a_form_submitted_twice_reaches_the_app_twice(app, open_form, amina):
    sent: list[str] = []

    @app.view("form")
    def take(ack: Ack, view: dict) -> None:
        ack()
        sent.append(view["id"])

    open_form()
    amina.fills({"Story": "On my own"})
    amina.submits(times=2)
    eventually(lambda: len(sent) == 2)
    assert sent[0] == sent[1]


def error_of(call, **kwargs) -> str:
    with pytest.raises(SlackApiError) as refused:
        call(**kwargs)
    return refused.value.response["error"]


def test_a_trigger_serves_once_and_for_three_seconds(client, clock, sandbox, amina):
    trigger = sandbox._engine.tickets.trigger
    used, late = trigger(amina.id), trigger(amina.id)
    opened = client.views_open(trigger_id=used, view=FORM)["view"]
    assert opened["state"]["values"]["way"]["answer"]["selected_option"]["value"] == "voice"
    assert error_of(client.views_open, trigger_id=used, view=FORM) == "exchanged_trigger_id"
    clock.forward(seconds=4)
    assert error_of(client.views_open, trigger_id=late, view=FORM) == "expired_trigger_id"
    assert error_of(client.views_open, trigger_id="made.up", view=FORM) == "invalid_trigger_id"


def test_views_are_pushed_three_deep_and_updated_with_their_hash(client, sandbox, amina):
    trigger = sandbox._engine.tickets.trigger
    first = client.views_open(trigger_id=trigger(amina.id), view=modal("One"))["view"]
    client.views_push(trigger_id=trigger(amina.id), view=modal("Two"))
    third = client.views_push(trigger_id=trigger(amina.id), view=modal("Three"))["view"]
    assert third["root_view_id"] == first["id"] and amina.modal().title == "Three"
    assert error_of(client.views_push, trigger_id=trigger(amina.id), view=modal("Four")) == "push_limit_reached"
    changed = client.views_update(view_id=third["id"], hash=third["hash"], view=modal("Third"))["view"]
    assert amina.modal().title == "Third" and changed["hash"] != third["hash"]
    assert error_of(client.views_update, view_id=third["id"], hash=third["hash"], view=modal("X")) == "hash_conflict"
    amina.closes()
    assert amina.modal().title == "Two"
    assert error_of(client.views_update, view_id=third["id"], view=modal("X")) == "not_found"
    assert error_of(client.views_update, view_id="V0NOWHERE", view=modal("X")) == "not_found"


def test_errors_under_fields_that_are_not_there_are_an_error_for_the_person(app, open_form, amina, sandbox):
    app.view("form")(lambda ack: ack(response_action="errors", errors={"shoe size": "Too small"}))
    open_form()
    amina.fills({"Story": "x"})
    with pytest.raises(Refused, match="invalid_arguments"):
        amina.submits()
    assert sandbox.refusals[-1].messages == ["[ERROR] no input block shoe size"]


def test_choices_outside_a_form_reach_the_app_at_once(app, connect, client, amina):
    chosen: list[tuple[str, object]] = []

    @app.action("region")
    def region(ack: Ack, action: dict, body: dict) -> None:
        ack()
        state = (body if "message" in body else body["view"])["state"]
        chosen.append((action["selected_option"]["value"], state["values"]["row"]["region"]["type"]))

    @app.action("more")
    def more(ack: Ack, action: dict, body: dict) -> None:
        ack()
        chosen.append((action["selected_option"]["value"], body["container"]["type"]))

    connect(app)
    select = {"type": "static_select", "action_id": "region", "placeholder": plain("Where?"),
              "options": [option("London"), option("Wales")]}  # fmt: skip
    menu = {"type": "overflow", "action_id": "more", "options": [option("Hide"), option("Show")]}
    row = {"type": "actions", "block_id": "row", "elements": [select]}
    client.chat_postMessage(channel=amina.id, text="Choose", blocks=[row])
    client.views_publish(user_id=amina.id, view={"type": "home", "blocks": [
        row, {"type": "section", "text": plain("More"), "accessory": menu}]})  # fmt: skip
    amina.fills({"Where?": "Wales"})
    amina.fills({"Where?": "London"}, on="home")
    amina.clicks("Show", on="home")
    eventually(lambda: len(chosen) == 3)
    assert chosen == [("wales", "static_select"), ("london", "static_select"), ("show", "view")]
    assert amina.home.values["row"]["region"]["selected_option"]["value"] == "london"

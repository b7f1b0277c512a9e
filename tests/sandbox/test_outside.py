"""Half a character, as JSON can write it out alone, comes in by every door and breaks nothing."""

import json

import httpx
import pytest
from slack_bolt import Ack

from bot.sandbox.workspace.outside import json_from

from .helpers import eventually
from .page.visitor import Visitor

HALF, WHOLE = "half \ud83d emoji", "half \ufffd emoji"
BLOCKS = [{"type": "section", "text": {"type": "plain_text", "text": HALF}}]


@pytest.fixture
def one(sandbox, amina):
    visitor = Visitor(sandbox, amina)
    yield visitor
    visitor.leaves()


def _sends(one, path, body, **headers):
    """As a browser or a client sends it: the half written out."""
    kind = {"Content-Type": "application/json", **headers}
    answer = one.http.post(path, content=json.dumps(body), headers=kind)
    assert answer.status_code == 200, answer.text
    return answer


def _calls(one, method, **body):
    answer = _sends(one, f"/api/{method}", body, Authorization=f"Bearer {one.sandbox.bot_token}").json()
    assert answer["ok"], answer
    return answer


def _all_read(one, tab, channel):
    """A window of the conversation and a new tab can be read, and nowhere is there half a character."""
    again = one.opens()
    tab.hears_nothing_more()
    assert "\ud83d" not in f"{tab.heard}{again.heard}"
    return [message["text"] for message in one.messages(channel)]


def test_what_is_said_and_edited_on_the_page_stays_readable(one, amina):
    tab, room = one.opens(), amina.direct.id
    said = _sends(one, "/page/do", {"what": "say", "channel": room, "text": HALF}).json()
    assert _all_read(one, tab, room) == [WHOLE]
    _sends(one, "/page/do", {"what": "edit", "channel": room, "ts": said["ts"], "text": HALF + HALF})
    assert _all_read(one, tab, room) == [WHOLE + WHOLE]


def test_what_is_run_reaches_the_app_and_its_ack_comes_back(one, app, connect, amina):
    heard = []

    @app.command("/collaborate")
    def run(ack: Ack, command: dict) -> None:
        heard.append(command)
        ack(text=HALF)

    connect(app)
    tab, room = one.opens(), amina.direct.id
    _sends(one, "/page/do", {"what": "run", "channel": room, "command": "/collaborate", "text": HALF})
    assert heard[0]["text"] == WHOLE
    assert _all_read(one, tab, room) == [WHOLE]
    answered = _sends(one, heard[0]["response_url"], {"text": HALF, "response_type": "in_channel", "blocks": BLOCKS})
    assert answered.text == "ok"
    assert _all_read(one, tab, room) == [WHOLE, WHOLE]


def test_a_field_and_a_newcomer_stay_readable(one, app, connect, client, amina):
    fields = [{"type": "input", "block_id": "b", "label": {"type": "plain_text", "text": "Story"},
               "element": {"type": "plain_text_input", "action_id": "a"}}]  # fmt: skip
    client.views_publish(user_id=amina.id, view={"type": "home", "blocks": fields})
    tab = one.opens()
    view = tab.heard[0]["home"]["id"]
    place = {"view": view, "block_id": "b", "action_id": "a"}
    assert _sends(one, "/page/do", {"what": "fill", **place, "value": {"value": HALF}}).json()["ok"]
    assert _sends(one, "/page/control", {"what": "add_person", "name": HALF}).json()["name"] == WHOLE
    _all_read(one, tab, amina.direct.id)
    assert one.opens().heard[0]["home"]["state"]["values"]["b"]["a"]["value"] == WHOLE


def test_what_the_app_posts_stays_readable(one, amina):
    tab, room = one.opens(), amina.direct.id
    answer = _calls(one, "chat.postMessage", channel=room, text=HALF, blocks=BLOCKS, metadata={
        "event_type": "x", "event_payload": {HALF: [HALF]}})  # fmt: skip
    assert answer["message"]["blocks"][0]["text"]["text"] == WHOLE
    written = _calls(one, "chat.postMessage", channel=room, text="plain", blocks=json.dumps(BLOCKS))
    assert written["message"]["blocks"][0]["text"]["text"] == WHOLE
    assert _all_read(one, tab, room) == [WHOLE, "plain"]


def test_the_ack_of_a_form_may_hold_half_a_character(one, app, connect, amina, sandbox):
    @app.shortcut("tell")
    def tell(ack: Ack, body: dict, client) -> None:
        ack()
        title = {"type": "plain_text", "text": "Tell"}
        block = {"type": "input", "block_id": "b", "label": title, "optional": True,
                 "element": {"type": "plain_text_input", "action_id": "a"}}  # fmt: skip
        view = {"type": "modal", "callback_id": "v", "title": title, "submit": title, "blocks": [block]}
        client.views_open(trigger_id=body["trigger_id"], view=view)

    app.view("v")(lambda ack: ack(response_action="errors", errors={"b": HALF}))
    connect(app)
    tab = one.opens()
    one.manages("shortcut", callback_id="tell")
    view = tab.hears("modals", lambda frame: bool(frame["modals"]))["modals"][0]["id"]
    assert one.does("submit", view=view, values={})["errors"] == {"b": WHOLE}


@pytest.mark.parametrize("written", ['{"a": NaN}', '{"a": 1e999}', "[-Infinity]", "[" * 100_000, "{", b"\xff\xfe\xff"])
def test_what_could_not_be_written_as_json_again_is_not_read(written):
    with pytest.raises(ValueError):
        json_from(written)


def test_whole_characters_and_numbers_come_through(amina):
    assert json_from('{"\\ud83d\\ude00": [1, 2.5, null, true, "é"]}') == {"😀": [1, 2.5, None, True, "é"]}
    assert json_from(b'"\xed\xa0\xbd"') == "\ufffd"


def test_numbers_that_are_none_do_not_break_a_conversation(one, amina):
    body = '{"channel": "%s", "text": "x", "metadata": {"event_type": "x", "event_payload": {"n": NaN}}}'
    headers = {"Authorization": f"Bearer {one.sandbox.bot_token}", "Content-Type": "application/json"}
    answer = one.http.post("/api/chat.postMessage", content=body % amina.direct.id, headers=headers)
    assert (answer.status_code, answer.json()["ok"]) == (200, False)
    eventually(lambda: one.messages(amina.direct.id) == [])
    assert httpx.get(one.sandbox.page_url).status_code == 200

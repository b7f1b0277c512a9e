"""People and the app talk: through the unchanged Bolt app, over real HTTP and Socket Mode."""

from slack_bolt import Ack, Say
from slack_sdk import WebClient

from .helpers import eventually

GREETING = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "Shall we *begin*?"}},
    {"type": "actions", "block_id": "choices", "elements": [
        {"type": "button", "action_id": "begin", "value": "42", "text": {"type": "plain_text", "text": "Begin"}}]},
]  # fmt: skip


def test_what_somebody_says_reaches_the_app_and_the_answer_comes_back(app, connect, amina):
    @app.event("message")
    def answer(event: dict, say: Say) -> None:
        say(f"You said: {event['text']}")

    connect(app)
    amina.says("I feel on my own & tired")
    assert "on my own & tired" in amina.sees("You said").text


def test_a_button_in_a_message_tells_who_where_and_what(app, connect, amina, sandbox):
    clicked: list[dict] = []

    @app.action("begin")
    def began(ack: Ack, body: dict, client: WebClient) -> None:
        ack()
        clicked.append(body)
        client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="We have begun", blocks=[])

    connect(app)
    app.client.chat_postMessage(channel=amina.id, text="Shall we?", blocks=GREETING,
                                metadata={"event_type": "greeting", "event_payload": {"key": "one"}})  # fmt: skip
    amina.clicks("Begin")
    changed = amina.sees("We have begun")
    assert changed.edited and changed.buttons == []
    body = clicked[0]
    assert body["actions"][0] | {"action_ts": ""} == {
        "type": "button", "action_id": "begin", "block_id": "choices", "value": "42", "action_ts": "",
        "text": {"type": "plain_text", "text": "Begin"}}  # fmt: skip
    assert body["user"]["id"] == amina.id and body["team"]["id"] == sandbox.team_id
    assert body["container"] == {"type": "message", "message_ts": changed.ts, "channel_id": amina.direct.id,
                                 "is_ephemeral": False}  # fmt: skip
    assert body["message"]["metadata"]["event_payload"] == {"key": "one"}
    clicks = [ack for ack in sandbox.acks if ack.kind == "interactive"]
    assert len(clicks) == 1 and 0 < clicks[0].milliseconds < 3000


def test_home_is_published_when_it_is_opened_and_its_buttons_work(app, connect, amina):
    @app.event("app_home_opened")
    def show(event: dict, client: WebClient) -> None:
        assert event["tab"] == "home"
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": GREETING})

    @app.action("begin")
    def began(ack: Ack, body: dict, client: WebClient) -> None:
        ack()
        client.views_publish(
            user_id=body["user"]["id"], hash=body["view"]["hash"],
            view={"type": "home", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "Begun"}}]},
        )  # fmt: skip

    connect(app)
    amina.opens_home()
    assert amina.sees_at_home("Shall we *begin*?").buttons == ["Begin"]
    amina.clicks("Begin")
    amina.sees_at_home("Begun")


def test_the_app_hears_of_replies_edits_deletions_reactions_and_newcomers(app, connect, amina, ben, sandbox):
    heard: list[dict] = []
    for kind in ("message", "reaction_added", "member_joined_channel", "app_home_opened"):
        app.event(kind)(lambda event: heard.append(event))
    connect(app)

    def last() -> dict:
        """The newest thing heard; each step waits for its own."""
        nonlocal step
        step += 1
        eventually(lambda: len(heard) == step)
        return heard[-1]

    step = 0
    room = sandbox.add_channel("stories", amina)
    said = amina.says("a begining", channel="stories")
    assert last()["text"] == "a begining"
    amina.edits(said, "a beginning")
    changed = last()
    assert (changed["subtype"], changed["previous_message"]["text"]) == ("message_changed", "a begining")
    assert changed["message"]["text"] == "a beginning" and changed["message"]["edited"]["user"] == amina.id
    sandbox.joins(ben, "stories")
    assert (last()["type"], heard[-1]["user"]) == ("member_joined_channel", ben.id)
    ben.reacts(said, "tada")
    assert last()["item"] == {"type": "message", "channel": room.id, "ts": said.ts}
    ben.says("well said", channel="stories", thread=said)
    assert last()["thread_ts"] == said.ts
    amina.deletes(room.messages[0])
    assert (last()["subtype"], heard[-1]["message"]["subtype"]) == ("message_changed", "tombstone")
    ben.opens_messages()
    assert last()["tab"] == "messages"
    assert [message.own_text for message in room.messages] == ["This message was deleted.", "well said"]

"""Hears the first words and the opening of Home, and registers everything that this room listens to."""

from typing import Any

from slack_bolt import Ack, App, BoltContext, Say
from slack_sdk import WebClient
from sqlmodel import Session

from bot.clock import local
from bot.people import commands, home, views
from bot.people import service as people
from bot.people.house import House as House
from bot.people.house import Person, slack_facts
from bot.people.ids import Act, Callback
from bot.people.window_listeners import WindowListeners
from bot.slack.models import Message
from bot.store import deliveries

Json = dict[str, Any]


def register(app: App, house: House) -> None:
    """Adds this room's listeners. Call it last: Bolt runs the first one that matches, and this room takes any text."""
    talk, doors = _Talk(house), WindowListeners(house)
    app.event("message", matchers=[is_text_to_the_bot])(talk.hears)
    app.event("message")(let_pass)
    app.event("app_home_opened")(talk.home_opened)
    app.action(Act.HOW)(doors.how)
    app.action(Act.NOT_NOW)(talk.not_now)
    app.action(Act.JOIN)(doors.join)
    app.action(Act.CHANGE_PERMISSIONS)(doors.permissions)
    app.action(Act.CHANGE_DETAILS)(doors.details)
    app.view(Callback.JOIN)(doors.joined)
    app.view(Callback.PERMISSIONS)(doors.permissions_decided)
    app.view(Callback.DETAILS)(doors.details_saved)
    commands.register(app, house)


def is_text_to_the_bot(event: Json) -> bool:
    """Whether a person wrote a line in their own chat with the bot: no file, no edit or deletion, no other bot."""
    plain = event.get("subtype") is None and not event.get("files") and not event.get("bot_id")
    return plain and event.get("channel_type") == "im" and bool(event.get("user"))


def let_pass() -> None:
    """Edits, deletions and the like want no answer, only the acknowledgement without which Slack sends them again."""


class _Talk:
    """What is said and shown without a window."""

    def __init__(self, house: House) -> None:
        self._house = house

    def hears(self, event: Json, context: BoltContext, client: WebClient, say: Say) -> None:
        """A line of text: a member gets a hint; anybody else a hello, at most once a day. What it said is not kept."""
        person = Person.of(context)
        key = f"message:{event['channel']}:{event['ts']}"
        with self._house.store.session() as session:
            if not deliveries.first_time(session, workspace=person.workspace, key=key):
                return
            answer = self._hint(session, person)
            greet = answer is None and self._first_today(session, person)
        if greet:
            answer = views.hello(slack_facts(client, self._house, person).name)
        if answer:
            say(text=answer.text, blocks=answer.blocks)

    def home_opened(self, event: Json, body: Json, context: BoltContext, client: WebClient) -> None:
        """Somebody looks at their Home (the same event comes for the Messages tab, which needs nothing)."""
        person = Person.of(context)
        if event.get("tab") != "home":
            return
        with self._house.store.session() as session:
            fresh = deliveries.first_time(session, workspace=person.workspace, key=f"event:{body['event_id']}")
        if fresh:
            home.publish(client, self._house, person)

    def not_now(self, ack: Ack, body: Json, client: WebClient) -> None:
        """Not now: a kind line in place of the hello."""
        ack()
        message, where = views.not_now(), body["container"]
        client.chat_update(
            channel=where["channel_id"], ts=where["message_ts"], text=message.text, blocks=message.blocks
        )

    def _hint(self, session: Session, person: Person) -> Message | None:
        member = people.find(session, workspace=person.workspace, slack_id=person.slack_id)
        if member is None:
            return None
        return views.just_text(people.given_scopes(session, workspace=person.workspace, member_id=member.id))

    def _first_today(self, session: Session, person: Person) -> bool:
        today = local(self._house.clock(), self._house.settings.time_zone).date()
        key = f"hello:{person.slack_id}:{today.isoformat()}"
        return deliveries.first_time(session, workspace=person.workspace, key=key)

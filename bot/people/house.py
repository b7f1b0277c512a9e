"""What this room's listeners need from the house, and who is speaking."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slack_bolt import BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View
from sqlmodel import Session

from bot.clock import Clock
from bot.people import service as people
from bot.people.errors import NotJoined, WindowTooLate
from bot.people.models import Member, Scope
from bot.roles import Action, Role, require
from bot.settings import Settings
from bot.slack.models import Message
from bot.store.engine import Store

HomeSection = Callable[[Session, str, Member, frozenset[Role]], list[Block]]
OnWithdrawn = Callable[[Session, Member, frozenset[Scope]], None]
TRIGGER_ERRORS = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})


@dataclass(frozen=True)
class House:
    """What app.py hands in: `home_sections` are what other rooms add to Home, in order.

    `on_consent_withdrawn` is called in the transaction of the withdrawal, so that the pulling back is put on its
    queue together with the decision or not at all.
    """

    store: Store
    settings: Settings
    clock: Clock
    on_consent_withdrawn: OnWithdrawn
    home_sections: Sequence[HomeSection] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever wrote or clicked: Slack's team id and user id."""

    workspace: str
    slack_id: str

    @classmethod
    def of(cls, context: BoltContext) -> "Person":
        """From Bolt's context, which has both for everything that a person does."""
        return cls(str(context.team_id), str(context.user_id))


@dataclass(frozen=True, slots=True)
class SlackFacts:
    """What Slack knows of somebody; `time_zone` is an IANA name."""

    name: str
    time_zone: str


def member_who_may(session: Session, house: House, person: Person, action: Action) -> Member:
    """The member behind the click; NotJoined, or NotAllowed where their roles don't allow the action."""
    who = {"workspace": person.workspace, "slack_id": person.slack_id}
    member = people.find(session, **who)
    if member is None:
        raise NotJoined()
    require(people.roles_of(session, **who, settings=house.settings), action)
    return member


def slack_facts(client: WebClient, house: House, person: Person) -> SlackFacts:
    """Name and time zone as Slack has them; no name and the community's time zone where it won't say."""
    try:
        user: dict[str, Any] = client.users_info(user=person.slack_id)["user"]
    except SlackApiError:
        user = {}
    name = user.get("real_name") or user.get("profile", {}).get("real_name") or ""
    return SlackFacts(name, _known_zone(user.get("tz")) or house.settings.time_zone)


def open_window(client: WebClient, body: dict[str, Any], view: View) -> None:
    """Opens a modal; WindowTooLate where Slack's three seconds were over."""
    try:
        client.views_open(trigger_id=body["trigger_id"], view=view)
    except SlackApiError as error:
        if error.response.get("error") in TRIGGER_ERRORS:
            raise WindowTooLate() from error
        raise


def tell(client: WebClient, person: Person, message: Message) -> None:
    """Says something to a person in their own chat with the bot."""
    client.chat_postMessage(channel=person.slack_id, text=message.text, blocks=message.blocks)


def _known_zone(name: str | None) -> str | None:
    """The zone's name if this machine knows it too."""
    try:
        return ZoneInfo(name).key if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None

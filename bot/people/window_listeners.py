"""Opens the windows of this room, and takes in what comes back from them."""

import logging
from typing import Any

from slack_bolt import Ack, BoltContext
from slack_sdk import WebClient
from sqlmodel import Session

from bot.people import home, views, windows
from bot.people import service as people
from bot.people.bands import Profile
from bot.people.house import House, Person, member_who_may, open_window, slack_facts, tell
from bot.people.models import Changed, Member
from bot.roles import Action
from bot.slack.models import Message
from bot.store import deliveries

log = logging.getLogger("collaborate.people")
Json = dict[str, Any]


def open_permissions(client: WebClient, house: House, person: Person, body: Json) -> None:
    """Opens the person's permissions as they stand; NotJoined, or WindowTooLate."""
    with house.store.session() as session:
        member = member_who_may(session, house, person, Action.CHANGE_OWN_CONSENT)
        given = people.given_scopes(session, workspace=person.workspace, member_id=member.id)
    open_window(client, body, windows.permissions(given))


class WindowListeners:
    """A button opens a window; the window comes back once, however often it is sent."""

    def __init__(self, house: House) -> None:
        self._house = house

    def how(self, ack: Ack, body: Json, client: WebClient) -> None:
        """How it works."""
        ack()
        open_window(client, body, windows.how_it_works())

    def join(self, ack: Ack, body: Json, context: BoltContext, client: WebClient) -> None:
        """Join: the window to join, or the details of who has joined already."""
        ack()
        person = Person.of(context)
        with self._house.store.session() as session:
            member = people.find(session, workspace=person.workspace, slack_id=person.slack_id)
        if member:
            open_window(client, body, windows.details(member.name, member.profile))
        else:
            facts = slack_facts(client, self._house, person)
            open_window(client, body, windows.joining(facts.name, facts.time_zone))

    def permissions(self, ack: Ack, body: Json, context: BoltContext, client: WebClient) -> None:
        """Change my permissions."""
        ack()
        open_permissions(client, self._house, Person.of(context), body)

    def details(self, ack: Ack, body: Json, context: BoltContext, client: WebClient) -> None:
        """Change my details."""
        ack()
        with self._house.store.session() as session:
            member = member_who_may(session, self._house, Person.of(context), Action.CHANGE_OWN_CONSENT)
        open_window(client, body, windows.details(member.name, member.profile))

    def joined(self, ack: Ack, body: Json, view: Json, context: BoltContext, client: WebClient) -> None:
        """Somebody joins."""
        ack()
        person = Person.of(context)
        with self._house.store.session() as session:
            if not _first_time(session, person, view):
                return
            member = self._join(session, person, body["user"].get("name", ""), view)
            given = people.given_scopes(session, workspace=person.workspace, member_id=member.id)
        log.info("member %s joined", member.id)
        self._answer(client, person, views.welcome(member.name, given))

    def permissions_decided(self, ack: Ack, view: Json, context: BoltContext, client: WebClient) -> None:
        """A decision on the permissions."""
        ack()
        person = Person.of(context)
        with self._house.store.session() as session:
            if not _first_time(session, person, view):
                return
            message = self._decide(session, person, view)
        self._answer(client, person, message)

    def details_saved(self, ack: Ack, body: Json, view: Json, context: BoltContext, client: WebClient) -> None:
        """The details, changed."""
        ack()
        person = Person.of(context)
        with self._house.store.session() as session:
            if not _first_time(session, person, view):
                return
            member = member_who_may(session, self._house, person, Action.CHANGE_OWN_CONSENT)
            said = windows.read_details(view, member.profile)
            people.change_profile(
                session,
                workspace=person.workspace,
                member_id=member.id,
                name=said.name or body["user"].get("name", ""),
                profile=said.profile,
            )
        self._answer(client, person, views.details_saved())

    def _join(self, session: Session, person: Person, handle: str, view: Json) -> Member:
        window = windows.read_joining(view)
        before = people.find(session, workspace=person.workspace, slack_id=person.slack_id)
        said = windows.read_details(view, before.profile if before else Profile(time_zone=window.time_zone))
        return people.join(
            session,
            workspace=person.workspace,
            slack_id=person.slack_id,
            name=said.name or handle,
            slack_name=handle,
            profile=said.profile,
            consents=windows.read_permissions(view),
            wording_version=window.version,
            now=self._house.clock(),
        )

    def _decide(self, session: Session, person: Person, view: Json) -> Message:
        member = member_who_may(session, self._house, person, Action.CHANGE_OWN_CONSENT)
        shown, given = windows.read_shown(view), windows.read_permissions(view)
        stands = people.given_scopes(session, workspace=person.workspace, member_id=member.id)
        if not shown.was(stands):
            return views.permissions_moved_on()
        changed = people.decide_consents(
            session,
            workspace=person.workspace,
            member_id=member.id,
            given=given,
            wording_version=shown.version,
            now=self._house.clock(),
        )
        self._pull_back(session, member, changed)
        return views.permissions_changed(changed, given)

    def _pull_back(self, session: Session, member: Member, changed: Changed) -> None:
        log.info("member %s gave %d permissions, took %d back", member.id, len(changed.given), len(changed.withdrawn))
        if changed.withdrawn:
            self._house.on_consent_withdrawn(session, member, changed.withdrawn)

    def _answer(self, client: WebClient, person: Person, message: Message) -> None:
        tell(client, person, message)
        home.publish(client, self._house, person)


def _first_time(session: Session, person: Person, view: Json) -> bool:
    """A window counts once: Slack, a double tap and a lost connection can all send it again."""
    return deliveries.first_time(session, workspace=person.workspace, key=f"view:{view['id']}")

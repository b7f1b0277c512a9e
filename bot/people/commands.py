"""`/collaborate`: help, permissions, and for facilitators who may listen to others."""

import re
from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient

from bot.errors import Trouble
from bot.people import service as people
from bot.people.house import House, Person
from bot.people.window_listeners import open_permissions
from bot.roles import Action, Role, may
from bot.slack.manifest import COMMAND
from bot.words import Safe, say

#: how Slack writes a person in a command's text (the manifest asks it to): <@U123|amina>
MENTION = re.compile(r"^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$")
Json = dict[str, Any]


def register(app: App, house: House) -> None:
    """Adds the slash command."""
    app.command(COMMAND)(_Commands(house).run)


class _Commands:
    """Answers are seen by the one who asked, and nobody else."""

    def __init__(self, house: House) -> None:
        self._house = house

    def run(
        self, ack: Ack, body: Json, command: Json, context: BoltContext, client: WebClient, respond: Respond
    ) -> None:
        """The command; what it doesn't know gets the help, and trouble its sentence."""
        ack()
        person = Person.of(context)
        word, _, rest = command.get("text", "").strip().partition(" ")
        try:
            answer = self._answer(person, word.lower(), rest.strip(), client, body)
        except Trouble as trouble:
            answer = say("slack.trouble", sentence=trouble.sentence)
        if answer:
            respond(text=answer, response_type="ephemeral")

    def _answer(self, person: Person, word: str, rest: str, client: WebClient, body: Json) -> Safe | None:
        if word == "permissions":
            open_permissions(client, self._house, person, body)
            return None
        if word in ("host", "unhost"):
            return self._host(person, rest, appoint=word == "host")
        return say("people.command_help", may_appoint=may(self._roles(person), Action.APPOINT_HOST))

    def _host(self, person: Person, rest: str, *, appoint: bool) -> Safe:
        mention = MENTION.match(rest)
        if mention is None:
            return say("people.command_whom")
        name = self._appoint(person, mention[1]) if appoint else self._revoke(person, mention[1])
        return say(name, person=Safe(f"<@{mention[1]}>"))

    def _appoint(self, person: Person, whom: str) -> str:
        roles = self._roles(person)
        with self._house.store.session() as session:
            new = people.appoint(
                session,
                workspace=person.workspace,
                by=person.slack_id,
                by_roles=roles,
                whom=whom,
                role=Role.INTERVIEWER,
            )
        return "people.host_done" if new else "people.host_already"

    def _revoke(self, person: Person, whom: str) -> str:
        roles = self._roles(person)
        with self._house.store.session() as session:
            done = people.revoke(
                session,
                workspace=person.workspace,
                by=person.slack_id,
                by_roles=roles,
                whom=whom,
                role=Role.INTERVIEWER,
                now=self._house.clock(),
            )
        return "people.unhost_done" if done else "people.unhost_not"

    def _roles(self, person: Person) -> frozenset[Role]:
        with self._house.store.session() as session:
            return people.roles_of(
                session, workspace=person.workspace, slack_id=person.slack_id, settings=self._house.settings
            )

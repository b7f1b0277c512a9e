"""Joining, declining, changing one's mind: the real app in a workspace, over Socket Mode."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import Session, select

from bot.people import service as people
from bot.people import window_listeners
from bot.people.house import House
from bot.people.listeners import is_text_to_the_bot
from bot.people.models import Consent, Member, Scope
from bot.roles import Role
from bot.sandbox.driver import Sandbox
from bot.sandbox.person import Person
from bot.slack.blocks import section
from bot.store import audit

from .conftest import StillClock

Withdrawn = list[tuple[str, frozenset[Scope]]]
VOICE = ["record", "transcribe"]


def joins(person: Person, *given: str, **facts: str) -> None:
    person.says("hello")
    person.clicks("Join", on=person.sees("so that people who lead"))
    person.modal()
    person.fills({**facts, "What you permit": list(given)})
    assert person.submits() == {}
    person.sees("Welcome")


def settles() -> None:
    """Time enough for anything that should not happen to happen."""
    time.sleep(0.4)


def member_of(house: House, person: Person, sandbox: Sandbox) -> Member | None:
    with house.store.session() as session:
        return people.find(session, workspace=sandbox.team_id, slack_id=person.id)


def given_by(house: House, person: Person, sandbox: Sandbox) -> frozenset[Scope]:
    member = member_of(house, person, sandbox)
    assert member
    with house.store.session() as session:
        return people.given_scopes(session, workspace=sandbox.team_id, member_id=member.id)


def test_amina_joins_and_is_told_what_comes_next(bot: House, sandbox: Sandbox, amina: Person) -> None:
    amina.says("hello?")
    hello = amina.sees("Hello Amina")
    assert hello.buttons == ["Join", "How it works", "Not now"]
    amina.clicks("Join")
    window = amina.modal()
    assert "administers this Slack" in window.text
    amina.fills({"Where you work": "Quayside Surgery", "Your profession": "Practice manager"})
    amina.fills({"Region or nation": "Wales"})
    amina.fills({"What you permit": ["Record what I say", "Turn it into text on our own machine"]})
    assert amina.submits() == {}
    assert "send me a voice note" in amina.sees("Welcome, Amina").text
    member = member_of(bot, amina, sandbox)
    assert member and (member.name, member.slack_name) == ("Dr Amina Okafor", "dr.amina.okafor")
    assert (member.organisation, member.profession, member.nation) == ("Quayside Surgery", "practice manager", "Wales")
    assert given_by(bot, amina, sandbox) == {Scope.RECORD, Scope.TRANSCRIBE}
    assert "Record what I say" in amina.sees_at_home("since 2 March 2026").text


def test_joining_without_recording_says_what_can_be_done_all_the_same(
    bot: House, sandbox: Sandbox, amina: Person
) -> None:
    joins(amina, "share")
    told = amina.sees("Welcome").text
    assert "Record what I say" in told and "just as much a member" in told
    assert given_by(bot, amina, sandbox) == {Scope.SHARE}
    amina.says("so what now?")
    amina.sees("just as much a member", after=amina.sees("Welcome"))


def test_somebody_reads_how_it_works_and_declines(bot: House, sandbox: Sandbox, amina: Person) -> None:
    amina.says("hello")
    hello = amina.sees("Hello Amina")
    amina.clicks("How it works", on=hello)
    assert "You read it first" in amina.modal().text
    amina.closes()
    amina.clicks("Not now", on=hello)
    declined = amina.sees("quite all right")
    assert declined.ts == hello.ts and declined.buttons == []
    assert member_of(bot, amina, sandbox) is None


def test_who_has_not_joined_is_greeted_once_a_day(
    bot: House, clock: StillClock, sandbox: Sandbox, amina: Person, ben: Person
) -> None:
    amina.says("hello")
    first = amina.sees("Hello Amina")
    amina.says("anybody there?")
    ben.says("hello")
    ben.sees("Hello Ben")  # by now the second line has been heard too
    settles()
    assert [m.ts for m in amina.messages() if m.user != amina.id] == [first.ts]
    clock.forward(days=1)
    amina.says("hello again")
    amina.sees("Hello Amina", after=first)


def test_an_event_that_slack_sends_twice_is_answered_once(bot: House, sandbox: Sandbox, amina: Person) -> None:
    joins(amina, *VOICE)
    settles()  # Slack tells the bot of its own welcome, too; that event is not the one that is meant
    before = len(sandbox.acks)
    sandbox.faults.duplicate_next_event()
    amina.says("what do I do?")
    amina.sees("I work best with voices")
    settles()
    assert len(sandbox.acks) == before + 3  # her line, twice, and the bot's answer
    assert sum("I work best with voices" in m.text for m in amina.messages()) == 1


def test_what_she_wrote_is_kept_nowhere(bot: House, sandbox: Sandbox, amina: Person) -> None:
    joins(amina, *VOICE)
    amina.says("zanzibar is my secret")
    amina.sees("I work best with voices")
    connection = bot.store.engine.raw_connection()
    assert "zanzibar" not in "\n".join(connection.driver_connection.iterdump())
    connection.close()


def test_joining_sent_twice_makes_one_member_and_one_welcome(bot: House, sandbox: Sandbox, amina: Person) -> None:
    amina.says("hello")
    amina.clicks("Join", on=amina.sees("Hello Amina"))
    amina.modal()
    amina.fills({"What you permit": VOICE})
    amina.submits(times=2)
    amina.sees("Welcome, Amina")
    settles()
    assert sum("Welcome" in m.text for m in amina.messages()) == 1
    with bot.store.session() as session:
        assert len(session.exec(select(Member)).all()) == 1
        assert len(session.exec(select(Consent)).all()) == 2
        assert [e.action for e in audit.entries(session, workspace=sandbox.team_id)].count("joined") == 1


def test_pressing_join_again_opens_the_details_and_blanks_nothing(bot: House, sandbox: Sandbox, amina: Person) -> None:
    joins(amina, *VOICE, **{"Where you work": "Quayside Surgery"})
    amina.clicks("Join", on=amina.sees("Hello Amina"))
    assert amina.modal().title == "My details"
    amina.fills({"Your name": "", "The town or village": "Ottermouth"})
    amina.submits()
    amina.sees("up to date")
    member = member_of(bot, amina, sandbox)
    assert member and (member.organisation, member.place) == ("Quayside Surgery", "Ottermouth")
    assert member.name == "dr.amina.okafor"  # a name that is always hidden, even where none is given
    assert given_by(bot, amina, sandbox) == {Scope.RECORD, Scope.TRANSCRIBE}


def test_home_lets_a_guest_join(bot: House, sandbox: Sandbox, amina: Person) -> None:
    amina.opens_home()
    assert amina.sees_at_home("Hello Amina").buttons == ["Join", "How it works"]
    amina.clicks("Join", on="home")
    amina.modal()
    assert amina.submits() == {}
    amina.sees("just as much a member")
    amina.sees_at_home("Change my permissions")


def test_permissions_change_from_home_and_what_is_taken_back_is_handed_on_at_once(
    bot: House, sandbox: Sandbox, amina: Person, withdrawn: Withdrawn, clock: StillClock
) -> None:
    joins(amina, *VOICE, "share")
    clock.forward(days=10)
    amina.opens_home()
    amina.sees_at_home("Share it without my name")
    amina.clicks("Change my permissions", on="home")
    amina.modal()
    amina.fills({"What you permit": [*VOICE, "quote"]})
    amina.submits(times=2)
    told = amina.sees("You now permit: Quote a line of it").text
    assert "taken back: Share it without my name" in told
    amina.sees_at_home("no, taken back on 12 March 2026")
    member = member_of(bot, amina, sandbox)
    assert member and withdrawn == [(member.id, frozenset({Scope.SHARE}))]


def test_taking_back_the_recording_says_what_is_left(bot: House, sandbox: Sandbox, amina: Person) -> None:
    joins(amina, *VOICE)
    amina.runs("/collaborate", "permissions")
    amina.modal()
    amina.fills({"What you permit": []})
    amina.submits()
    assert "just as much a member" in amina.sees("You have taken back").text
    assert given_by(bot, amina, sandbox) == frozenset()


def test_a_window_that_shows_yesterdays_permissions_changes_nothing(
    bot: House, sandbox: Sandbox, amina: Person, withdrawn: Withdrawn
) -> None:
    joins(amina, *VOICE)
    amina.runs("/collaborate", "permissions")
    amina.modal()
    member = member_of(bot, amina, sandbox)
    assert member
    with bot.store.session() as session:  # meanwhile, on her phone
        everything = {"given": set(Scope), "now": bot.clock()}
        people.decide_consents(session, workspace=sandbox.team_id, member_id=member.id, **everything)
    amina.fills({"What you permit": ["quote"]})
    amina.submits()
    assert amina.sees("already been changed somewhere else").buttons == ["Change my permissions"]
    assert given_by(bot, amina, sandbox) == set(Scope)
    assert withdrawn == []


def test_if_the_pulling_back_cannot_be_queued_the_permission_still_stands(
    house: House, connect: Callable[[House], None], sandbox: Sandbox, amina: Person
) -> None:
    def breaks(session: Session, member: Member, scopes: frozenset[Scope]) -> None:
        raise OSError("the queue is away")

    connect(replace(house, on_consent_withdrawn=breaks))
    joins(amina, *VOICE)
    amina.runs("/collaborate", "permissions")
    amina.modal()
    amina.fills({"What you permit": []})
    amina.submits()
    amina.sees("Something broke on our side")
    assert given_by(house, amina, sandbox) == {Scope.RECORD, Scope.TRANSCRIBE}


def test_other_rooms_add_to_home_by_role(
    house: House, connect: Callable[[House], None], sandbox: Sandbox, amina: Person, tom: Person
) -> None:
    def waiting(_session: Session, _workspace: str, _member: Member, roles: frozenset[Role]) -> list[Any]:
        return [section("Two drafts wait")] if Role.FACILITATOR in roles else []

    connect(replace(house, home_sections=[waiting]))
    joins(amina)
    joins(tom)
    tom.sees_at_home("Two drafts wait")
    amina.opens_home()
    assert "Two drafts wait" not in amina.sees_at_home("Your permissions").text


def test_a_facilitator_lets_a_member_listen_to_others_and_ends_it(
    bot: House, sandbox: Sandbox, amina: Person, tom: Person
) -> None:
    joins(amina)

    def roles() -> frozenset[Role]:
        with bot.store.session() as session:
            return people.roles_of(session, workspace=sandbox.team_id, slack_id=amina.id, settings=bot.settings)

    for text, answer in [
        (f"host <@{amina.id}|amina>", "can listen to others now"),
        (f"HOST  <@{amina.id}>", "could do that already"),
        ("host amina", "Whom do you mean"),
    ]:
        tom.runs("/collaborate", text)
        assert tom.sees(answer).is_ephemeral
    assert roles() == {Role.LEADER, Role.INTERVIEWER}
    tom.runs("/collaborate", f"unhost <@{amina.id}>")
    tom.sees("no longer listens")
    tom.runs("/collaborate", f"unhost <@{amina.id}>")
    tom.sees("wasn't doing that")
    assert roles() == {Role.LEADER}


def test_nobody_else_appoints_and_nobody_who_has_not_joined_is_appointed(
    bot: House, sandbox: Sandbox, amina: Person, ben: Person, tom: Person
) -> None:
    joins(amina, "share")
    amina.runs("/collaborate", f"host <@{amina.id}>")
    assert amina.sees("ask one of the facilitators").is_ephemeral
    tom.runs("/collaborate", f"host <@{ben.id}>")
    assert tom.sees("hasn't joined yet").is_ephemeral
    with bot.store.session() as session:
        actions = {entry.action for entry in audit.entries(session, workspace=sandbox.team_id)}
    assert "appointed" not in actions


@pytest.mark.parametrize("text", ["", "help", "HELP", "what is this", "‮\x00<!channel>"])
def test_anything_else_after_the_command_gets_help(bot: House, amina: Person, tom: Person, text: str) -> None:
    amina.runs("/collaborate", text)
    assert "host @somebody" not in amina.sees("/collaborate permissions").text
    tom.runs("/collaborate", text)
    assert "host @somebody" in tom.sees("/collaborate permissions").text


def test_permissions_of_who_has_not_joined_say_how_to_join(bot: House, amina: Person) -> None:
    amina.runs("/collaborate", "permissions")
    assert amina.sees("send me any message and press Join").is_ephemeral


def test_a_window_that_slack_no_longer_opens_says_press_it_again(
    bot: House, sandbox: Sandbox, amina: Person, clock: StillClock
) -> None:
    amina.says("hello")
    hello = amina.sees("Hello Amina")
    sandbox.faults.slow("users.info", 0.5)
    amina.clicks("Join", on=hello)
    clock.forward(seconds=4)  # Slack's three seconds pass while we ask for her name
    amina.sees("press it once more")
    amina.clicks("Join", on=hello)
    amina.modal()


def test_if_slack_will_not_say_the_name_she_can_still_join(bot: House, sandbox: Sandbox, amina: Person) -> None:
    sandbox.faults.server_error("users.info", 2)
    amina.says("hello")
    amina.clicks("Join", on=amina.sees("Hello."))
    amina.modal()
    amina.submits()
    amina.sees("Welcome, dr.amina.okafor")


def test_every_click_is_acknowledged_before_anything_else(bot: House, sandbox: Sandbox, amina: Person) -> None:
    sandbox.faults.slow("views.open", 0.6)
    amina.says("hello")
    hello = amina.sees("Hello Amina")
    started = time.monotonic()
    amina.clicks("How it works", on=hello)
    assert time.monotonic() - started < 0.5
    amina.modal()


def test_edits_and_deletions_are_acknowledged_and_not_answered(bot: House, sandbox: Sandbox, amina: Person) -> None:
    line = amina.says("hello")
    hello = amina.sees("Hello Amina")
    amina.edits(line, "hello there")
    amina.deletes(line)
    amina.clicks("Not now", on=hello)
    amina.sees("quite all right")
    settles()
    assert len(sandbox.acks) == 6  # her line, its edit and deletion, the click; the bot's own message and its edit
    assert [message.ts for message in amina.messages()] == [hello.ts]


@pytest.mark.parametrize(
    ("change", "heard"),
    [
        ({}, True),
        ({"bot_id": "B1"}, False),
        ({"subtype": "bot_message"}, False),
        ({"subtype": "message_changed"}, False),
        ({"subtype": "message_deleted"}, False),
        ({"subtype": "file_share", "files": [{"id": "F1"}]}, False),
        ({"channel_type": "channel"}, False),
        ({"user": None}, False),
    ],
)
def test_only_a_persons_own_lines_to_the_bot_are_heard(change: dict[str, Any], heard: bool) -> None:
    line = {"type": "message", "channel_type": "im", "user": "U1", "text": "hello", "channel": "D1", "ts": "1.2"}
    assert is_text_to_the_bot(line | change) is heard


def test_the_log_names_nobody(bot: House, sandbox: Sandbox, amina: Person, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger=window_listeners.log.name):
        joins(amina, *VOICE, **{"Where you work": "Quayside Surgery"})
    assert "joined" in caplog.text
    assert not [word for word in ("Amina", "Okafor", "Quayside") if word in caplog.text]

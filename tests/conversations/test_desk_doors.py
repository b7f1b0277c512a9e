"""Every door of the transcriber's desk, and everybody who is not the transcriber in front of it."""

from collections.abc import Callable, Iterator

import pytest

from bot.desk.ids import Act, Callback
from bot.desk.models import Opening
from bot.engine_room import EngineRoom
from bot.interviews.models import Recording
from bot.people.models import Member, RoleGrant
from bot.roles import Role
from bot.sandbox.happenings import interactivity
from bot.sandbox.person import Person
from bot.sandbox.seen import see_view
from bot.sandbox.workspace.state import View
from bot.stories.models import Transcript
from tests.desk.scene import RAW, Desk, asks, open_desk, opens
from tests.place import eventually
from tests.still_clock import StillClock

SAID = [f"We sheered the rotor number {number}." for number in range(14)]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, engines: EngineRoom) -> Iterator[Desk]:
    """One community for all: Amina's words wait at the desk, and nobody in this file gets through."""
    with open_desk(tmp_path_factory.mktemp("doors"), StillClock(), engines) as opened:
        opened.says(opened.leader("Amina Okafor"), *SAID, unclear=[3])
        yield opened


def granted(desk: Desk, name: str, role: Role) -> Person:
    """A member with a row that says so, however it came there."""
    person = desk.leader(name)
    assert desk.bot is not None
    with desk.bot.store.session() as session:
        member_id = desk.member_id(person)
        session.add(RoleGrant(workspace=desk.sandbox.team_id, member_id=member_id, role=role, granted_by="nobody"))
    return person


#: everybody who is not the one person that the setting names
OTHERS: dict[str, Callable[[Desk], Person]] = {
    "somebody who never joined": lambda desk: desk.person("Olu Stranger"),
    "the leader whose words they are": lambda desk: desk.folk["Amina Okafor"],
    "another leader": lambda desk: desk.leader("Lena Leader"),
    "an interviewer": lambda desk: granted(desk, "Ines Interviewer", Role.INTERVIEWER),
    "a facilitator": lambda desk: desk.fay,
    "an operator by a row": lambda desk: granted(desk, "Oskar Operator", Role.OPERATOR),
    "a transcriber by a row": lambda desk: granted(desk, "Tuuli Transcriber", Role.TRANSCRIBER),
}


def top(desk: Desk) -> View:
    """The window that Nora has in front of her."""
    return desk.nora._workspace.modals[desk.nora.id][-1]


def clicks_as(desk: Desk, person: Person, label: str, view: View | None = None) -> None:
    """Delivers a click on what Nora has in front of her as if this person had made it."""
    shown = view or top(desk)
    found = see_view(shown).button(label)
    assert found is not None, label
    interactivity.act_on_view(desk.nora._engine, person.user, shown, found)


# each stands before a door as the transcriber may, and has somebody else go through it


def at_open(desk: Desk, person: Person) -> None:
    desk.nora.opens_home()
    desk.nora.sees_at_home("A note of")
    home = desk.nora._workspace.homes[desk.nora.id]
    clicks_as(desk, person, "Go on" if "Go on" in see_view(home).buttons else "Open", home)


def at_reason(desk: Desk, person: Person) -> None:
    opening = [row for row in desk.rows(Opening) if row.closed_at is None]
    assert opening == []
    asks(desk.nora)
    desk.nora.modal(containing="What is it for?")
    desk.nora.fills({"What is it for?": "A part is unclear"})
    interactivity.submit(desk.nora._engine, person.user, top(desk))


def at_page(desk: Desk, person: Person) -> None:
    clicks_as(desk, person, "Further")


def at_play(desk: Desk, person: Person) -> None:
    clicks_as(desk, person, "Play it")


def at_correct(desk: Desk, person: Person) -> None:
    clicks_as(desk, person, "Correct")


def at_save(desk: Desk, person: Person) -> None:
    desk.nora.clicks("Correct")
    desk.nora.modal(containing="Write what is really said there")
    desk.nora.fills({"What is said": "Somebody else wrote this."})
    interactivity.submit(desk.nora._engine, person.user, top(desk))


def at_done(desk: Desk, person: Person) -> None:
    clicks_as(desk, person, "I'm done")


#: the doors that stand open before anything is opened, and those behind them
OUTER = (at_open, at_reason)
INNER = (at_page, at_play, at_correct, at_save, at_done)


def refusals(desk: Desk, person: Person) -> int:
    members = {member.slack_id: member.id for member in desk.rows(Member)}
    actor = members.get(person.id, person.id)
    return sum(entry.action == "raw refused" and entry.actor == actor for entry in desk.audit())


def sees_nothing(desk: Desk, person: Person) -> None:
    """Neither a raw word nor a sound reached them, and nothing was changed."""
    shown = [
        *desk.nora._workspace.modals.get(person.id, []),
        *filter(None, [desk.nora._workspace.homes.get(person.id)]),
    ]
    assert not any(RAW in see_view(view).text or "rotor" in see_view(view).text for view in shown)
    assert not any(file.data for message in person.messages() for file in message.files)
    (recording,) = desk.rows(Recording)
    assert "Somebody else wrote this" not in recording.raw
    assert all(opening.by == desk.nora.id for opening in desk.rows(Opening))


@pytest.mark.parametrize("other", OTHERS)
def test_nobody_else_gets_through_any_door_and_that_they_tried_is_kept(desk: Desk, other: str) -> None:
    person = OTHERS[other](desk)
    tries = 0
    for door in OUTER:
        door(desk, person)
        tries += 1
        eventually(lambda tries=tries: refusals(desk, person) == tries)  # type: ignore[misc]
        sees_nothing(desk, person)
        desk.nora._workspace.modals.pop(desk.nora.id, None)
        desk.nora._workspace.modals.pop(person.id, None)
    for door in INNER:
        opens(desk.nora) if not standing(desk) else goes_on(desk)
        door(desk, person)
        tries += 1
        eventually(lambda tries=tries: refusals(desk, person) == tries)  # type: ignore[misc]
        sees_nothing(desk, person)
        desk.nora._workspace.modals.pop(desk.nora.id, None)
    assert standing(desk)  # nobody else ended it either
    goes_on(desk)
    desk.nora.clicks("I'm done")
    eventually(lambda: not standing(desk))
    desk.nora.closes(whole_stack=True)


def standing(desk: Desk) -> bool:
    return any(opening.closed_at is None for opening in desk.rows(Opening))


def goes_on(desk: Desk) -> None:
    desk.nora.opens_home()
    desk.nora.sees_at_home("Open until")
    desk.nora.clicks("Go on", on="home")
    desk.nora.modal(containing=RAW)


def test_these_are_all_the_doors(desk: Desk) -> None:
    """One more button or window at the desk, and this says that it wants its own line above."""
    assert set(Act) == {Act.OPEN, Act.DONE, Act.PAGE, Act.PLAY, Act.CORRECT, Act.WHY_OPENED}
    assert set(Callback) == {Callback.REASON, Callback.CORRECT, Callback.NOTHING}
    assert len(OUTER) + len(INNER) == len(Act) - 1 + len(Callback) - 1  # who looks up why sees their own and no other


def test_whoever_looks_up_why_sees_only_what_was_theirs(desk: Desk) -> None:
    other = desk.leader("Wilma Why")
    opens(desk.nora, "Something else", words="a secret of Amina's")
    desk.nora.clicks("I'm done")
    desk.nora.closes(whole_stack=True)
    amina = desk.folk["Amina Okafor"]
    amina.opens_home()
    amina.sees_at_home("Who opened my words")
    home = desk.nora._workspace.homes[amina.id]
    clicks_as(desk, other, "See when and why", home)
    assert "Nobody has opened your words" in other.modal(containing="Nobody").text


def test_the_draft_still_says_what_it_said(desk: Desk) -> None:
    (transcript,) = desk.rows(Transcript)
    assert transcript.version == 1

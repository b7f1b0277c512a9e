"""When raw words may not be opened any more: nothing opens, plays or is saved, also where it was open a moment ago."""

from collections.abc import Iterator

import pytest

from bot.engine_room import EngineRoom
from bot.interviews import service as interviews
from bot.interviews.models import Recording
from bot.people import service as people
from bot.people.models import Scope
from bot.sandbox.person import Person
from bot.stories import service as stories
from bot.stories.models import Transcript
from tests.desk.scene import Desk, open_desk, opens, played
from tests.still_clock import StillClock

ROTOR = "We sheered the rotor."


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, engines: EngineRoom) -> Iterator[Desk]:
    """One community for all endings: after each the desk is empty again."""
    with open_desk(tmp_path_factory.mktemp("endings"), StillClock(), engines) as opened:
        yield opened


def decides(desk: Desk, leader: Person, *, yes: bool) -> None:
    assert desk.bot is not None
    with desk.bot.store.session() as session:
        transcript = session.get_one(Transcript, desk.of(leader, Transcript)[0].id)
        if yes:
            stories.approve(session, transcript, now=desk.clock())
        else:
            stories.withdraw(session, transcript, by=leader.id, now=desk.clock())


def takes_back(desk: Desk, leader: Person, scope: Scope) -> None:
    assert desk.bot is not None
    with desk.bot.store.session() as session:
        who = {"workspace": desk.sandbox.team_id, "member_id": desk.member_id(leader)}
        given = people.given_scopes(session, **who) - {scope}
        people.decide_consents(session, **who, given=given, now=desk.clock())


def loses_raw_words(desk: Desk, leader: Person) -> None:
    assert desk.bot is not None
    with desk.bot.store.session() as session:
        recording = session.get_one(Recording, desk.of(leader, Recording)[0].id)
        interviews.forget_raw(session, recording, blobs=desk.bot.blobs, now=desk.clock())


ENDINGS = {
    "signed off": lambda desk, leader: decides(desk, leader, yes=True),
    "withdrawn": lambda desk, leader: decides(desk, leader, yes=False),
    "no recording permitted": lambda desk, leader: takes_back(desk, leader, Scope.RECORD),
    "no transcribing permitted": lambda desk, leader: takes_back(desk, leader, Scope.TRANSCRIBE),
    "raw words deleted": loses_raw_words,
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_once_it_may_not_be_nothing_opens_plays_or_is_saved(shared: Desk, ending: str) -> None:
    desk, amina = shared, shared.leader(f"Amina {ending.title()}")
    desk.says(amina, ROTOR)
    opens(desk.nora)
    desk.nora.clicks("Correct")
    desk.nora.modal(containing="Write what is really said there")
    raw = desk.of(amina, Recording)[0].raw
    ENDINGS[ending](desk, amina)
    desk.nora.fills({"What is said": "We shared the rota."})
    desk.nora.submits()
    assert "rotor" not in desk.nora.modal(containing="There is nothing to open there").text
    desk.nora.closes()
    desk.nora.clicks("Play it")
    assert "rotor" not in desk.nora.modal(containing="There is nothing to open there").text
    assert desk.of(amina, Recording)[0].raw in (raw, None) and played(desk.nora) == []
    desk.nora.closes(whole_stack=True)
    desk.nora.clicks("Go on", on="home")
    desk.nora.modal(containing="There is nothing to open there")
    desk.nora.opens_home()
    desk.nora.sees_at_home("Nothing waits for your ear")

"""Taking back: the leader reads what was recalled and what could not be, and nothing is left that could be reached."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

import bot.app
from bot.engine_room import EngineRoom
from bot.errors import Trouble
from bot.interviews.models import Recording
from bot.people import service as people
from bot.people.models import Scope
from bot.sandbox.person import Person
from bot.slack.models import Message
from bot.stories.elsewhere import Elsewhere, PullBack, Recalled
from bot.stories.models import Receipt, Story, Transcript
from bot.stories.sharing.exports import Exports
from bot.words import entries
from tests.conversations.test_after_the_draft import changes_permissions, lives_until
from tests.place import RECORD, SHARE, TRANSCRIBE, Place, eventually, open_place
from tests.still_clock import StillClock

ROTA = "Tom Ashdown shared the rota and we went home on time."
FACTS = "Show a few coarse facts beside it"


def shares(place: Place, leader: Person, *words: str) -> None:
    place.gives_draft(leader, *(words or (ROTA,)))
    place.signs_off(leader)
    leader.sees("It's in ")


def exported(place: Place, name: str) -> Path:
    assert place.bot is not None
    Exports(place.bot.store, place.clock).make(place.folder / name)
    return place.folder / name


def test_the_leader_reads_everything_that_was_recalled_and_what_could_not_be(place: Place, clock: StillClock) -> None:
    leader, other = place.leader("Rita Recalls"), place.leader("Sam Stays")
    shares(place, other, "The kettle was the first thing that we agreed on.")
    shares(place, leader)
    here = exported(place, "here")
    clock.moves(days=2)
    exported(place, "gone").rename(place.folder / "somewhere else")
    leader.clicks("Take it back")
    told = leader.sees("It's gone, and nobody can read it here any more").text
    assert (
        "I took back the story in its channel (one message) · its file and its line in the index · "
        "its copy in one export · your words as I had them." in told
    )
    assert (
        "If somebody had already read it, or saw it in a notification or a mail from Slack, I can't undo that." in told
    )
    assert "A copy was exported on 4 March 2026, and I can't reach that folder any more." in told
    assert "2 March" not in told
    (left,) = place.published()
    assert "kettle" in left.read_text() and left.stem in (place.folder / "published" / "index.json").read_text()
    assert not any("rota" in path.read_text() for path in here.iterdir())
    assert len(list(here.glob("*.md"))) == 2  # the other's, and the note
    eventually(lambda: place.rows(Receipt) == [] and len(place.rows(Story)) == 1)


def test_what_was_never_shared_is_recalled_from_the_leaders_own_chat(place: Place) -> None:
    leader = place.leader("Nora Never")
    place.gives_draft(leader, ROTA)
    leader.clicks("Withdraw")
    told = leader.sees("It's gone").text
    assert "I took back your recording · your words as I had them · the words I had hidden." in told
    assert "channel" not in told and "notification" not in told


def test_the_clip_is_the_leaders_to_delete_and_how_is_shown(place: Place) -> None:
    leader = place.leader("Clara Clips")
    place.gives_draft(leader, ROTA)
    assert place.bot is not None
    with place.bot.store.session() as session:
        session.get_one(Recording, place.of(leader, Recording)[0].id).clip_link = "https://example.slack.com/files/F1"
    leader.clicks("Withdraw")
    told = leader.sees("It's gone")
    assert "The clip in this chat is yours to delete" in told.text and "Open the clip" in told.buttons
    leader.clicks("Show me how")
    assert "Delete file" in leader.modal().text


def test_a_second_click_changes_nothing(place: Place) -> None:
    leader = place.leader("Dora Double")
    shares(place, leader)
    seen = leader.sees("It's in ")
    leader.clicks("Take it back")
    leader.sees("It's gone")
    leader.clicks("Take it back", on=seen)
    lives_until(place, place.clock, hours=1)  # type: ignore[arg-type]
    assert sum("It's gone" in message.text for message in leader.messages()) == 1


# --- rooms to come ---


class NoRest(Trouble):
    """The valley still answers."""


class Echoes:
    """A room that is not built yet: it repeats a story in another channel, and refuses to stop until it is told to."""

    def __init__(self) -> None:
        self.place: Place | None = None
        self.refuses = False

    def repeats(self, words: str) -> None:
        gateway, where = self._gateway()
        gateway.post_once("echo:1", Message(text=words), workspace=where, channel=gateway.channel_id("stories"))

    def look(self, recording_id: str) -> Recalled:
        gateway, where = self._gateway()
        return Recalled("pretend.recalled_echoes", gateway.count_posts("echo:", workspace=where))

    def pull_back(self, recording_id: str) -> Recalled:
        if self.refuses:
            raise NoRest()
        gateway, where = self._gateway()
        gateway.delete_posts("echo:", workspace=where)
        return Recalled(beyond=("An echo was heard in the valley.",))

    def _gateway(self) -> Any:
        assert self.place is not None and self.place.bot is not None
        return self.place.bot.gateway, self.place.sandbox.team_id


@pytest.fixture
def echoes(monkeypatch: pytest.MonkeyPatch) -> Echoes:
    """Registered as every room is: by one more line in app.py."""
    room = Echoes()
    monkeypatch.setitem(entries(), "pretend.recalled_echoes", {"vars": ["count"], "text": "{{ count }} echo of it"})

    def with_one_more(*, pull_back: tuple[PullBack, ...], **rest: Any) -> Elsewhere:
        return Elsewhere(pull_back=(*pull_back, PullBack("echoes", room.pull_back, room.look)), **rest)

    monkeypatch.setattr(bot.app, "Elsewhere", with_one_more)
    return room


@pytest.fixture
def echoing(tmp_path: Path, clock: StillClock, engines: EngineRoom, echoes: Echoes) -> Iterator[Place]:
    with open_place(tmp_path, clock, engines) as opened:
        echoes.place = opened
        yield opened


def test_a_room_that_registers_is_asked_and_is_in_the_list(echoing: Place, echoes: Echoes) -> None:
    leader = echoing.leader("Ela Echo")
    shares(echoing, leader)
    echoes.repeats("We went home on time.")
    leader.clicks("Take it back")
    told = leader.sees("It's gone").text
    assert "its line in the index · 1 echo of it · your words" in told
    assert "An echo was heard in the valley." in told
    assert echoing.sandbox.channel("stories").messages == []


def test_a_room_that_fails_keeps_no_other_waiting_and_the_leader_reads_what_is_still_to_go(
    echoing: Place, echoes: Echoes, clock: StillClock
) -> None:
    leader = echoing.leader("Ela Echo")
    shares(echoing, leader)
    echoes.repeats("An echo.")
    echoes.refuses = True
    leader.clicks("Take it back")
    told = leader.sees("I'll keep trying until everything is gone", within=20).text
    assert "Taken back so far: the story in its channel (one message)" in told
    assert "Still to go: 1 echo of it." in told
    assert [message.text for message in echoing.sandbox.channel("stories").messages] == ["An echo."]
    assert echoing.published() == []
    lives_until(echoing, clock, minutes=11)
    leader.sees("Still to go: 1 echo of it")
    echoes.refuses = False
    lives_until(echoing, clock, minutes=11)
    told = leader.sees("It's gone").text
    assert "the story in its channel (one message)" in told and "1 echo of it" in told  # all of it, over three tries
    assert echoing.sandbox.channel("stories").messages == []


# --- what stands beside it ---


def test_without_permission_for_the_facts_beside_it_a_story_is_told_anew_in_place(place: Place) -> None:
    leader = place.leader("Fay Facts", permits=(RECORD, TRANSCRIBE, SHARE, FACTS))
    prints(place, "woman, rural")
    shares(place, leader)
    (story,) = place.sandbox.channel("stories").messages
    assert "woman, rural" in story.text
    changes_permissions(leader, RECORD, TRANSCRIBE, SHARE)
    eventually(lambda: "woman, rural" not in place.sandbox.channel("stories").messages[0].text)
    (after,) = place.sandbox.channel("stories").messages
    assert (after.ts, "rota" in after.text) == (story.ts, True)
    eventually(lambda: not any("woman, rural" in path.read_text() for path in published(place)))
    leader.never_sees("It's gone", for_seconds=0.3)


def test_a_line_that_came_to_fit_too_few_is_made_coarser_within_a_day(place: Place, clock: StillClock) -> None:
    leader = place.leader("Fay Facts", permits=(RECORD, TRANSCRIBE, SHARE, FACTS))
    prints(place, "woman, rural")
    shares(place, leader)
    prints(place, "rural")  # as when others left
    lives_until(place, clock, days=1, minutes=1)
    eventually(lambda: "woman" not in place.sandbox.channel("stories").messages[0].text)
    assert "rural" in place.sandbox.channel("stories").messages[0].text
    eventually(lambda: any('attribution: "rural"' in path.read_text() for path in published(place)))


def prints(place: Place, line: str) -> None:
    """What fits many: a community of that size is not built here. Permission is asked as `tag_lines.current` does."""

    def printed(session: Session, transcript: Transcript) -> str:
        whose = {"workspace": transcript.workspace, "member_id": transcript.member_id}
        return line if people.has_consent(session, **whose, scope=Scope.TAG_LINE) else ""

    place.bot._publisher._tag_line = printed  # type: ignore[union-attr]


def published(place: Place) -> list[Path]:
    return list((place.folder / "published").iterdir())

"""Who may open what, asked at the moment of use: the one whom the setting names now, in their own workspace."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.desk import service
from bot.desk.errors import NothingToOpen, SaidNothing, TimeOver
from bot.desk.models import EarAsked, Opening, Why
from bot.desk.workflows import DeskWork
from bot.interviews.models import Recording, Stage
from bot.people import service as people
from bot.people.bands import Profile
from bot.people.models import Member, Scope
from bot.roles import NotAllowed
from bot.schedule.models import Due, Kind
from bot.settings import Settings
from bot.store.audit import AuditEntry
from bot.store.engine import Store
from bot.stories import service as stories
from bot.stories.models import State, Transcript
from tests.still_clock import StillClock

from .raw_words import heard_as

NORA, OTTO = "UNORA", "UOTTO"


def named(transcriber: str | None, minutes: int = 60) -> Settings:
    return Settings(_env_file=None, transcriber=transcriber, desk_minutes=minutes)  # type: ignore[call-arg]


@pytest.fixture
def transcript(store: Store, clock: StillClock) -> str:
    """The id of a draft whose raw words are here; its leader permits listening."""
    with store.session() as session:
        scopes = {Scope.RECORD, Scope.TRANSCRIBE}
        amina = people.join(
            session, workspace="T1", slack_id="UAMINA", name="Amina", profile=Profile(), consents=scopes, now=clock()
        )
        whose = {"workspace": "T1", "member_id": amina.id}
        raw = heard_as("We sheered the rotor.", "We went home.", unclear=[0])
        recording = Recording(**whose, file_id="F1", channel="D1", stage=Stage.DRAFTED, raw=raw, seconds=20.0)
        session.add(recording)
        session.flush()
        draft = Transcript(**whose, recording_id=recording.id)
        session.add(draft)
        return draft.id


class Opens:
    """Somebody who opens it."""

    def __init__(self, store: Store, clock: StillClock, transcript: str) -> None:
        self.store, self.clock, self.transcript = store, clock, transcript

    def __call__(self, by: str = NORA, *, settings: Settings | None = None, **more: Any) -> service.Work:
        facts: dict[str, Any] = {"workspace": "T1", "why": Why.WORD, "words": ""} | more
        settings = settings or named(NORA)
        with self.store.session() as session:
            return service.open_raw(
                session, slack_id=by, transcript_id=self.transcript, settings=settings, now=self.clock(), **facts
            )

    def uses(
        self, opening: Opening, by: str = NORA, *, workspace: str = "T1", settings: Settings | None = None
    ) -> None:
        """Uses what was opened."""
        facts = {"slack_id": by, "opening_id": opening.id, "settings": settings or named(NORA), "now": self.clock()}
        with self.store.session() as session:
            service.at_work(session, workspace=workspace, **facts)  # type: ignore[arg-type]


@pytest.fixture
def opens(store: Store, clock: StillClock, transcript: str) -> Opens:
    return Opens(store, clock, transcript)


def rows(store: Store, kind: Any) -> list[Any]:
    with store.session() as session:
        return list(session.exec(select(kind)))


def test_an_opening_has_its_time_and_a_row_that_ends_it(opens: Opens, store: Store, clock: StillClock) -> None:
    work = opens(settings=named(NORA, minutes=5))
    assert work.opening.until - work.opening.opened_at == timedelta(minutes=5)
    (due,) = [row for row in rows(store, Due) if row.kind is Kind.DESK_CLOSES]
    assert (due.subject, due.due_at) == (work.opening.id, work.opening.until)
    clock.moves(minutes=5)
    with pytest.raises(TimeOver):
        opens.uses(work.opening)


def test_opening_it_again_while_it_is_open_is_the_same_opening(opens: Opens, store: Store, clock: StillClock) -> None:
    first = opens(why=Why.OTHER, words="the second sentence")
    clock.moves(minutes=59)
    again = opens(why=Why.OTHER, words="")  # no reason is asked a second time
    assert again.opening.id == first.opening.id and again.opening.until == first.opening.until
    clock.moves(minutes=1)
    assert opens().opening.id != first.opening.id
    assert [row.turn for row in rows(store, Opening)] == [0, 1]


def test_that_its_leader_asked_is_only_said_where_they_did(opens: Opens, store: Store, clock: StillClock) -> None:
    assert opens(why=Why.ASKED).opening.why is Why.UNCLEAR
    clock.moves(minutes=61)
    with store.session() as session:
        service.ask_for_ear(session, session.exec(select(Transcript)).one(), now=clock())
    assert opens(why=Why.ASKED).opening.why is Why.ASKED


def test_something_else_wants_words(opens: Opens, store: Store) -> None:
    with pytest.raises(SaidNothing):
        opens(why=Why.OTHER, words=" \n")
    assert rows(store, Opening) == []


def test_whoever_is_not_named_any_more_loses_what_they_had_open_at_once(opens: Opens) -> None:
    work = opens()
    with pytest.raises(NotAllowed):
        opens.uses(work.opening, settings=named(OTTO))
    with pytest.raises(NotAllowed):
        opens.uses(work.opening, settings=named(None))


def test_whoever_is_named_next_opens_it_with_a_reason_of_their_own(opens: Opens, store: Store) -> None:
    work = opens()
    with pytest.raises(NothingToOpen):
        opens.uses(work.opening, by=OTTO, settings=named(OTTO))
    assert opens(OTTO, settings=named(OTTO)).opening.by == OTTO
    assert len(rows(store, Opening)) == 2


def test_what_was_opened_is_still_shown_once_another_draft_was_made_of_it(
    opens: Opens, store: Store, transcript: str
) -> None:
    opens()
    with store.session() as session:
        first = session.get_one(Transcript, transcript)
        whose = {"workspace": "T1", "member_id": first.member_id, "recording_id": first.recording_id}
        stories.forget_draft(session, first)
        session.add(Transcript(**whose))
    with store.session() as session:
        assert len(service.openings_for(session, workspace="T1", member_id=whose["member_id"])) == 1


def test_from_another_workspace_there_is_nothing_to_open(opens: Opens, store: Store, transcript: str) -> None:
    work = opens()
    with pytest.raises(NothingToOpen):
        opens.uses(work.opening, workspace="T2")
    with pytest.raises(NothingToOpen):
        opens(workspace="T2")
    with store.session() as session:
        assert service.waiting(session, workspace="T2", now=opens.clock(), by=NORA) == []
        service.refused(session, workspace="T2", slack_id="UEVIL", about=transcript)
    (refused,) = [entry for entry in rows(store, AuditEntry) if entry.action == "raw refused"]
    assert (refused.workspace, refused.subject) == ("T2", "")  # not even that it exists is said there


def test_a_rule_of_playback_follows_the_opening(opens: Opens, store: Store, clock: StillClock) -> None:
    def may_hear(by: str, settings: Settings) -> bool:
        with store.session() as session:
            recording = session.exec(select(Recording)).one()
            return service.may_hear(session, recording, by, settings=settings, now=clock())

    assert not may_hear(NORA, named(NORA))
    opens()
    assert may_hear(NORA, named(NORA)) and not may_hear(OTTO, named(NORA)) and not may_hear(NORA, named(OTTO))
    clock.moves(minutes=60)
    assert not may_hear(NORA, named(NORA))


@pytest.mark.parametrize("state", [state for state in State if state is not State.DRAFT])
def test_what_is_decided_is_not_opened(opens: Opens, store: Store, state: State) -> None:
    with store.session() as session:
        session.exec(select(Transcript)).one().state = state
    with pytest.raises(NothingToOpen):
        opens()


def test_whoever_left_is_not_opened(opens: Opens, store: Store, clock: StillClock) -> None:
    with store.session() as session:
        session.exec(select(Member)).one().left_at = clock()
    with pytest.raises(NothingToOpen):
        opens()


class NoJobs:
    """Durable work that is registered and never done."""

    def workflow(self, name: str, *, on_failure: object) -> object:
        return lambda work: None


@pytest.mark.parametrize("transcriber", [NORA, None])
def test_an_ear_can_be_asked_for_where_somebody_is_named(
    store: Store, clock: StillClock, transcript: str, transcriber: str | None
) -> None:
    nothing: Any = None
    work = DeskWork(
        store=store, jobs=NoJobs(), engines=nothing, drafts=nothing, settings=named(transcriber), clock=clock  # type: ignore[arg-type]
    )  # fmt: skip
    for _ in range(2):
        with store.session() as session:
            assert work.ask_for_ear(session, transcript) is bool(transcriber)
            assert not work.ask_for_ear(session, "nothing like it")
    assert len(rows(store, EarAsked)) == bool(transcriber)
    with store.session() as session:
        session.exec(select(Recording)).one().raw = None
    with store.session() as session:
        assert not work.ask_for_ear(session, transcript)  # there is nothing left to listen to


def test_refusing_says_whose_words_were_meant_where_that_is_known(store: Store, opens: Opens, transcript: str) -> None:
    opening = opens().opening
    with store.session() as session:
        for about in (transcript, opening.id, "", "x" * 500):
            service.refused(session, workspace="T1", slack_id="UEVIL", about=about)
    subjects = [entry.subject for entry in rows(store, AuditEntry) if entry.action == "raw refused"]
    assert subjects == [transcript, opening.id, "", ""]


def test_waiting_tells_lengths_and_nothing_else(store: Store, opens: Opens, transcript: str) -> None:
    with store.session() as session:
        (each,) = service.waiting(session, workspace="T1", now=opens.clock(), by=NORA)
    assert (each.transcript_id, each.seconds, each.unclear, each.unclear_seconds) == (transcript, 20.0, 1, 9.0)
    assert "rotor" not in repr(each) and "Amina" not in repr(each)

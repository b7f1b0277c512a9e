"""What is due is a row: planned once, done once, taken back while there is time."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import select

from bot.schedule import service
from bot.schedule.models import Due, Kind
from bot.store.crypto import Keyring
from bot.store.engine import Store
from bot.store.migrate import upgrade
from tests.still_clock import StillClock

HOUR = timedelta(hours=1)


def subjects(store: Store, now: datetime) -> list[str]:
    with store.session() as session:
        return [due.subject for due in service.due_now(session, now=now)]


def test_a_thing_is_due_from_its_moment_on(store: Store, clock: StillClock, plans: Callable[..., str]) -> None:
    plans(clock.now + HOUR)
    assert subjects(store, clock.now) == []
    assert subjects(store, clock.moves(hours=1)) == ["t1"]


def test_what_has_waited_longest_comes_first(store: Store, clock: StillClock, plans: Callable[..., str]) -> None:
    plans(clock.now - HOUR, "second")
    plans(clock.now - 2 * HOUR, "first")
    plans(clock.now, "third")
    assert subjects(store, clock.now) == ["first", "second", "third"]


def test_planning_the_same_twice_is_the_same_as_once(
    store: Store, clock: StillClock, plans: Callable[..., str]
) -> None:
    assert plans(clock.now) == plans(clock.now)
    assert plans(clock.now, workspace="T2") != plans(clock.now)
    assert subjects(store, clock.now) == ["t1", "t1"]


def test_a_thing_is_taken_by_one_caller_alone(store: Store, clock: StillClock, plans: Callable[..., str]) -> None:
    due_id = plans(clock.now)
    with store.session() as session:
        taken = service.take(session, due_id=due_id, now=clock.now)
    assert taken is not None
    assert taken.done_at == clock.now
    with store.session() as session:
        assert service.take(session, due_id=due_id, now=clock.moves(hours=1)) is None
        assert session.get_one(Due, due_id).done_at == taken.done_at
    assert subjects(store, clock.now) == []


def test_what_is_taken_back_is_not_due_any_more_but_what_was_done_stays_known(
    store: Store, clock: StillClock, plans: Callable[..., str]
) -> None:
    done, dropped = plans(clock.now), plans(clock.now + HOUR)
    plans(clock.now, workspace="T2")
    plans(clock.now, "t2")
    with store.session() as session:
        service.take(session, due_id=done, now=clock.now)
        service.cancel(session, workspace="T1", subject="t1")
    with store.session() as session:
        assert session.get(Due, done) is not None
        assert service.take(session, due_id=dropped, now=clock.now) is None
        assert len(session.exec(select(Due)).all()) == 3


def test_the_date_of_a_thing_to_come_can_be_told(store: Store, clock: StillClock, plans: Callable[..., str]) -> None:
    plans(clock.now + HOUR, kind=Kind.RAW_DELETION)
    about = {"workspace": "T1", "kind": Kind.RAW_DELETION, "subject": "t1"}
    with store.session() as session:
        assert service.date_of(session, **about, after=clock.now) == clock.now + HOUR
        assert service.date_of(session, **about, after=clock.now + HOUR) is None
        assert service.date_of(session, **{**about, "workspace": "T2"}, after=clock.now) is None


def test_two_that_take_at_the_same_moment_are_not_both_given_it(
    postgres_url: str, keyring: Keyring, clock: StillClock
) -> None:
    """On PostgreSQL both may read before either has written; on SQLite transactions that write come one by one."""
    store = Store(postgres_url, keyring)
    upgrade(store)
    due = Due(workspace="T1", kind=Kind.DRAFT_REMINDER, subject="t1", due_at=clock.now)
    with store.session() as session:
        session.add(due)
    taken: list[bool] = []

    def takes() -> None:
        with store.session() as session:
            taken.append(service.take(session, due_id=due.id, now=clock.now) is not None)

    with store.session() as session:
        assert service.take(session, due_id=due.id, now=clock.now) is not None
        session.flush()
        other = threading.Thread(target=takes)
        other.start()
        other.join(timeout=0.5)
        assert taken == [], "it waits to hear how the first one ended"
    other.join(timeout=10)
    assert taken == [False]
    store.close()

"""A year of ticks, a tick that failed, and two processes that tick: everything due is done once."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet
from sqlmodel import select

from bot.errors import Trouble
from bot.jobs import Jobs
from bot.schedule import service
from bot.schedule.models import Due, Kind
from bot.schedule.ticks import QUEUE, Ticker
from bot.store.crypto import Keyring
from bot.store.engine import Store
from bot.store.migrate import upgrade
from tests.still_clock import StillClock

LONDON = ZoneInfo("Europe/London")
PROGRAM = Path(__file__).with_name("bot_that_ticks.py")


class Unwell(Trouble):
    """Not today."""


class Bench:
    """A ticker, and a diary of what it did and when; on the days in `unwell` it does nothing."""

    def __init__(self, store: Store, clock: StillClock) -> None:
        self.store, self.clock = store, clock
        self.jobs = Jobs(store, executor_id="tests", queues={QUEUE: 4})
        self.ticker = Ticker(store, self.jobs, clock, dict.fromkeys(Kind, self._write_down))
        self.diary: list[tuple[str, datetime]] = []
        self.unwell: set[str] = set()
        self.jobs.start()

    def _write_down(self, due: Due) -> None:
        if due.subject in self.unwell:
            raise Unwell()
        self.diary.append((due.subject, self.clock.now))

    def ticks_and_waits(self) -> None:
        """Ticks; if anything was due, waits until it is done."""
        if self.ticker.tick():
            wait_for(lambda: not self.waiting())

    def waiting(self) -> list[str]:
        with self.store.session() as session:
            return [due.subject for due in service.due_now(session, now=self.clock.now)]


def wait_for(true: Callable[[], object], within: float = 15) -> None:
    until = time.monotonic() + within
    while not true():
        assert time.monotonic() < until, "it never came true"
        time.sleep(0.02)


@pytest.fixture
def bench(store: Store, clock: StillClock) -> Iterator[Bench]:
    ready = Bench(store, clock)
    yield ready
    ready.jobs.stop(wait_seconds=5)


def test_a_year_of_ticks_does_everything_once_and_at_its_hour(
    bench: Bench, clock: StillClock, plans: Callable[..., str]
) -> None:
    """Something is due at nine in London, winter and summer, twice a month and on both days of the changing clocks."""
    first = datetime(2026, 1, 1, tzinfo=LONDON)
    days = {first + timedelta(days=14 * count) for count in range(26)}
    days |= {datetime(2026, 3, 29, tzinfo=LONDON), datetime(2026, 10, 25, tzinfo=LONDON)}
    due = sorted(datetime.combine(day.date(), datetime.min.time(), LONDON).replace(hour=9) for day in days)
    for moment in due:
        plans(moment.astimezone(UTC), f"{moment:%d %B}")
    clock.now = first.astimezone(UTC)
    while clock.now.year == 2026:
        bench.ticks_and_waits()
        clock.moves(hours=3)
    assert [subject for subject, _ in bench.diary] == [f"{moment:%d %B}" for moment in due]
    for (_, done), moment in zip(bench.diary, due, strict=True):
        assert timedelta(0) <= done - moment < timedelta(hours=3)
        assert moment.astimezone(UTC).hour == (8 if moment.dst() else 9)


def test_ticks_that_were_missed_are_caught_up_by_the_next(
    bench: Bench, clock: StillClock, plans: Callable[..., str]
) -> None:
    for day in range(5):
        plans(clock.now + timedelta(days=day), f"day {day}")
    clock.moves(days=30)
    bench.ticks_and_waits()
    assert sorted(subject for subject, _ in bench.diary) == [f"day {day}" for day in range(5)]
    bench.ticks_and_waits()
    assert len(bench.diary) == 5


def test_ticking_faster_than_the_work_is_done_does_nothing_twice(
    bench: Bench, clock: StillClock, plans: Callable[..., str]
) -> None:
    for number in range(6):
        plans(clock.now, f"t{number}")
    for _ in range(10):
        bench.ticker.tick()
    wait_for(lambda: not bench.waiting())
    assert sorted(subject for subject, _ in bench.diary) == [f"t{number}" for number in range(6)]


def test_what_failed_is_tried_again_in_the_next_hour_and_keeps_nothing_else_waiting(
    bench: Bench, clock: StillClock, plans: Callable[..., str], caplog: pytest.LogCaptureFixture
) -> None:
    failing = plans(clock.now, "ill")
    plans(clock.now, "well")
    bench.unwell = {"ill"}
    bench.ticker.tick()
    wait_for(lambda: failing in caplog.text and bench.waiting() == ["ill"])
    bench.unwell = set()
    bench.ticker.tick()  # the same hour: not again yet
    clock.moves(hours=1)
    bench.ticks_and_waits()
    assert [subject for subject, _ in bench.diary] == ["well", "ill"]


def test_what_was_taken_back_after_the_tick_is_not_done(
    bench: Bench, clock: StillClock, plans: Callable[..., str]
) -> None:
    plans(clock.now, "dropped")
    with bench.store.session() as session:  # a tick whose work comes later, in the same transaction for certainty
        due = service.due_now(session, now=clock.now)[0]
        job = {"queue": QUEUE, "workflow": "due", "job_id": "late", "subject": due.id}
        bench.jobs.enqueue(session, **job)
        service.cancel(session, workspace="T1", subject="dropped")
    plans(clock.now, "kept")
    bench.ticks_and_waits()
    wait_for(lambda: bench.diary)
    assert [subject for subject, _ in bench.diary] == ["kept"]


def test_more_than_a_hundred_that_fail_do_not_keep_the_next_one_waiting(
    bench: Bench, clock: StillClock, plans: Callable[..., str]
) -> None:
    with bench.store.session() as session:
        for number in range(120):
            when = clock.now - timedelta(days=1)
            about = {"workspace": "T1", "kind": Kind.PUBLISH_AGAIN, "subject": f"ill {number}", "due_at": when}
            session.add(Due(**about))
    bench.unwell = {f"ill {number}" for number in range(120)}
    plans(clock.now, "raw words", Kind.RAW_DELETION)
    bench.ticker.tick()
    wait_for(lambda: bench.diary, within=60)
    assert bench.diary[0][0] == "raw words"


def test_the_ticker_ticks_by_itself_and_at_once(bench: Bench, clock: StillClock, plans: Callable[..., str]) -> None:
    plans(clock.now)
    bench.ticker.start()
    wait_for(lambda: bench.diary)
    bench.ticker.stop()
    assert bench.diary == [("t1", clock.now)]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_two_processes_that_tick_do_everything_once(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, childs_environment: dict[str, str]
) -> None:
    url = str(request.getfixturevalue("sqlite_url" if kind == "sqlite" else "postgres_url"))
    key, diary = Fernet.generate_key().decode(), tmp_path / "diary"
    diary.touch()
    store = Store(url, Keyring([key]))
    upgrade(store)
    with store.session() as session:
        for number in range(20):
            about = {"workspace": "T1", "kind": Kind.DRAFT_REMINDER, "subject": f"t{number:02}"}
            service.plan(session, **about, due_at=datetime(2026, 3, 2, tzinfo=UTC))
    command = [sys.executable, str(PROGRAM), url, key, str(diary)]
    running = [subprocess.Popen([*command, name], env=childs_environment) for name in ("one", "other")]
    assert [process.wait(90) for process in running] == [0, 0]
    assert sorted(line.split()[0] for line in diary.read_text().splitlines()) == [
        f"t{number:02}" for number in range(20)
    ]
    with store.session() as session:
        assert session.exec(select(sa.func.count()).where(sa.inspect(Due).columns.done_at.is_(None))).one() == 0
    store.close()

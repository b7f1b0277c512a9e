"""What was accepted happens once, fails kindly, and leaves nothing to read behind."""

import logging
import threading
import time
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from bot.errors import Failure, Trouble
from bot.store import migrate
from bot.store.deliveries import Delivery, first_time
from bot.tables import METADATA

from .conftest import QUEUE, Bench, on_both_databases, wait_for

SECRET = "Wilhelmina"


class NotAudio(Trouble):
    """That isn't audio."""


class Away(Failure):
    """It wouldn't answer."""


def heard(bench: Bench) -> list[str]:
    with bench.store.session() as session:
        return sorted(row.key for row in session.exec(select(Delivery)))


def test_a_job_is_done_with_the_id_that_it_was_given(bench: Bench) -> None:
    done: list[str] = []
    bench.does(lambda subject: bench.jobs.step(done.append, subject))
    bench.jobs.start()
    bench.hand_out("r7")
    wait_for(lambda: done == ["r7"])
    assert bench.told == []


@on_both_databases
def test_the_same_job_handed_out_twice_is_done_once(bench: Bench) -> None:
    done: list[str] = []
    bench.does(lambda subject: done.append(subject))
    bench.jobs.start()
    for _ in range(3):
        bench.hand_out("r1", "job:r1")
    bench.hand_out("r2", "job:r2")
    wait_for(lambda: "r2" in done)
    bench.hand_out("r1", "job:r1")  # and once more, when it is long done
    bench.hand_out("r3", "job:r3")
    wait_for(lambda: "r3" in done)
    assert sorted(done) == ["r1", "r2", "r3"]


@on_both_databases
def test_a_job_comes_with_its_row_or_not_at_all(bench: Bench) -> None:
    done: list[str] = []
    bench.does(lambda subject: done.append(subject))
    bench.jobs.start()
    with pytest.raises(RuntimeError), bench.store.session() as session:
        first_time(session, workspace="T1", key="file:F1")
        bench.jobs.enqueue(session, queue=QUEUE, workflow="work", job_id="job:lost", subject="lost")
        raise RuntimeError("before it was accepted")
    bench.hand_out("kept")
    wait_for(lambda: "kept" in done)
    time.sleep(0.5)
    assert done == ["kept"]
    assert heard(bench) == []


def test_a_failure_of_ours_is_tried_again(bench: Bench) -> None:
    tries: list[str] = []

    def fetch(subject: str) -> int:
        tries.append(subject)
        if len(tries) < 3:
            raise Away()
        return 42

    got: list[int] = []
    bench.does(lambda subject: got.append(bench.jobs.step(fetch, subject, attempts=4)))
    bench.jobs.start()
    bench.hand_out()
    wait_for(lambda: got == [42])
    assert len(tries) == 3
    assert bench.told == []


def test_an_error_that_nobody_foresaw_is_tried_again_too(bench: Bench) -> None:
    tries: list[str] = []

    def fetch(subject: str) -> None:
        tries.append(subject)
        if len(tries) < 2:
            raise ConnectionResetError

    bench.does(lambda subject: bench.jobs.step(fetch, subject, attempts=4))
    bench.jobs.start()
    bench.hand_out()
    wait_for(lambda: len(tries) == 2)


def test_trouble_is_an_answer_and_not_tried_again(bench: Bench) -> None:
    tries: list[str] = []

    def decode(subject: str) -> None:
        tries.append(subject)
        raise NotAudio()

    bench.does(lambda subject: bench.jobs.step(decode, subject, attempts=5))
    bench.jobs.start()
    bench.hand_out("r1")
    wait_for(lambda: bench.told == ["r1"])
    time.sleep(1.2)  # longer than the pause before a second try
    assert tries == ["r1"]


def test_when_every_try_failed_the_person_is_told_once(bench: Bench) -> None:
    tries: list[str] = []

    def post(subject: str) -> None:
        tries.append(subject)
        raise Away()

    bench.does(lambda subject: bench.jobs.step(post, subject, attempts=2))
    bench.jobs.start()
    bench.hand_out("r1")
    wait_for(lambda: bench.told == ["r1"])
    bench.hand_out("r1")
    time.sleep(0.8)
    assert (bench.told, len(tries)) == (["r1"], 2)


def test_a_step_without_attempts_is_tried_once(bench: Bench) -> None:
    tries: list[str] = []

    def post(subject: str) -> None:
        tries.append(subject)
        raise Away()

    bench.does(lambda subject: bench.jobs.step(post, subject))
    bench.jobs.start()
    bench.hand_out("r1")
    wait_for(lambda: bench.told == ["r1"])
    assert tries == ["r1"]


def test_the_log_of_a_failure_has_ids_and_no_words(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    def speak(_subject: str) -> None:
        raise RuntimeError(f"{SECRET} said")

    caplog.set_level(logging.DEBUG, "collaborate")
    bench.does(speak)
    bench.jobs.start()
    bench.hand_out("r1")
    wait_for(lambda: bench.told)
    lines = [record.getMessage() for record in caplog.records if record.name == "collaborate.jobs"]
    assert any("r1" in line and "RuntimeError" in line for line in lines)
    assert SECRET not in "".join(lines)


@on_both_databases
def test_rows_and_the_note_that_they_are_written_are_one(bench: Bench) -> None:
    fails = iter([True, False])

    def write(session: Session, key: str) -> str:
        first_time(session, workspace="T1", key=key)
        session.flush()
        if next(fails):
            raise NotAudio()
        return key

    got: list[str] = []

    def work(subject: str) -> None:
        if subject == "first":
            bench.jobs.record(write, subject)
        else:
            got.append(bench.jobs.record(write, subject))

    bench.does(work)
    bench.jobs.start()
    bench.hand_out("first", "job:1")
    wait_for(lambda: bench.told == ["first"])
    assert heard(bench) == []
    bench.hand_out("second", "job:2")
    wait_for(lambda: got == ["second"])
    assert heard(bench) == ["second"]


@on_both_databases
def test_many_jobs_that_write_at_the_same_time_all_get_there(bench: Bench) -> None:
    def write(session: Session, key: str) -> None:
        first_time(session, workspace="T1", key=key)

    bench.does(lambda subject: bench.jobs.record(write, subject))
    bench.jobs.start()
    for number in range(12):
        bench.hand_out(f"r{number:02}", f"job:{number}")
    wait_for(lambda: len(heard(bench)) == 12)
    assert bench.told == []


def test_a_stop_is_no_failure(bench: Bench) -> None:
    began, go_on = threading.Event(), threading.Event()

    def work(_subject: str) -> None:
        began.set()
        go_on.wait(10)
        raise RuntimeError("everything is closing around it")

    bench.does(work)
    bench.jobs.start()
    bench.hand_out()
    assert began.wait(10)
    threading.Timer(0.3, go_on.set).start()
    bench.jobs.stop(wait_seconds=5)
    assert bench.told == []


@on_both_databases
def test_what_a_stop_interrupted_goes_on_at_the_next_start_behind_the_last_finished_step(bench: Bench) -> None:
    done: list[str] = []
    began, go_on = threading.Event(), threading.Event()

    def listen(_subject: str) -> None:
        began.set()
        go_on.wait(10)
        if bench.jobs is running[0]:
            raise RuntimeError("everything is closing around it")

    def work(subject: str) -> None:
        running[0].step(done.append, f"fetched {subject}")
        running[0].step(listen, subject)
        running[0].step(done.append, f"heard {subject}")

    running = [bench.jobs]
    bench.does(work)
    bench.jobs.start()
    bench.hand_out()
    assert began.wait(10)
    bench.jobs.interrupt()
    go_on.set()
    bench.jobs.stop()
    assert (done, bench.told) == (["fetched r1"], [])
    again = Bench(bench.store)
    running[0] = again.jobs
    again.does(work)
    again.jobs.start()
    wait_for(lambda: "heard r1" in done)
    again.jobs.stop()
    assert (done, again.told) == (["fetched r1", "heard r1"], [])


def everything_kept(bench: Bench) -> Iterator[str]:
    """Every value of every table, DBOS's own too."""
    look = sa.inspect(bench.store.engine)
    for schema in (None, "dbos") if "dbos" in look.get_schema_names() else (None,):
        for name in look.get_table_names(schema=schema):
            with bench.store.engine.connect() as connection:
                for row in connection.execute(sa.text(f'SELECT * FROM {schema + "." if schema else ""}"{name}"')):
                    yield from map(str, row)


@on_both_databases
def test_nothing_that_was_said_can_be_read_in_the_tables_of_the_engine(bench: Bench) -> None:
    def listen(_subject: str) -> str:
        return f"{SECRET} of Leek"

    def write(_session: Session, subject: str) -> str:
        return f"{SECRET} wrote {subject}"

    def stumble(_subject: str) -> None:
        raise RuntimeError(f"{SECRET} stumbled")

    def work(subject: str) -> None:
        bench.jobs.step(listen, subject)
        bench.jobs.record(write, subject)
        bench.jobs.step(stumble, subject, attempts=2)

    bench.does(work)
    bench.jobs.start()
    bench.hand_out(f"about-{SECRET}")
    wait_for(lambda: bench.told)
    kept = list(everything_kept(bench))
    assert "job:r1" in kept, "this looks in the right place"
    assert {"listen", "write", "stumble"} <= set(kept)
    assert not [value for value in kept if SECRET in value]


@on_both_databases
def test_what_ended_long_ago_is_forgotten_and_the_rest_kept(bench: Bench) -> None:
    done: list[str] = []
    bench.does(lambda subject: bench.jobs.step(done.append, subject))
    bench.jobs.start()
    bench.hand_out()
    wait_for(lambda: "SUCCESS" in list(everything_kept(bench)))
    bench.jobs.forget_finished(time.time() - 60)
    assert "job:r1" in list(everything_kept(bench))
    bench.jobs.forget_finished(time.time() + 60)
    assert "job:r1" not in list(everything_kept(bench))


@on_both_databases
def test_the_tables_of_the_engine_are_none_of_the_migrations_business(bench: Bench) -> None:
    bench.does(lambda subject: None)
    bench.jobs.start()
    assert migrate.differences(bench.store, METADATA) == []
    migrate.downgrade(bench.store)
    assert list(everything_kept(bench)), "and are left where they are"
    migrate.upgrade(bench.store)

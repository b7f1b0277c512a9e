"""Sessions commit as a whole or not at all, and two that want to write queue up."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import select

from bot.people.models import Consent, Member, Scope
from bot.schedule.models import Due, Kind
from bot.settings import Settings
from bot.store.crypto import Keyring
from bot.store.engine import Store, normal, sqlite_path

from .samples import member


def everybody(store: Store) -> list[str]:
    with store.session() as session:
        return [one.slack_id for one in session.exec(select(Member).order_by(sa.text("slack_id")))]


def test_a_block_that_ends_well_is_kept(store: Store) -> None:
    with store.session() as session:
        session.add(member("UAMINA"))
    assert everybody(store) == ["UAMINA"]


def test_a_block_that_fails_leaves_no_trace(store: Store) -> None:
    with pytest.raises(RuntimeError), store.session() as session:
        session.add(member("UAMINA"))
        session.flush()
        raise RuntimeError("the roof fell in")
    assert everybody(store) == []


def test_rows_can_be_read_after_their_session(store: Store) -> None:
    with store.session() as session:
        amina = member("UAMINA", "Amina Okafor")
        session.add(amina)
    assert amina.name == "Amina Okafor"


def test_those_who_read_and_then_write_wait_for_each_other(store: Store) -> None:
    """On SQLite, two transactions that began by reading could not both write: one would fail at once."""
    ready, troubles = threading.Barrier(6), []

    def reads_then_writes(number: int) -> None:
        ready.wait()
        try:
            with store.session() as session:
                session.exec(select(Member)).all()
                session.add(member(f"U{number}"))
        except sa.exc.OperationalError as error:
            troubles.append(error)

    threads = [threading.Thread(target=reads_then_writes, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert troubles == []
    assert len(everybody(store)) == 6


def test_many_who_open_a_new_file_at_the_same_moment_all_get_in(tmp_path: Path, keyring: Keyring) -> None:
    together = threading.Barrier(8)

    def opens(number: int) -> str:
        together.wait()
        store = Store(f"sqlite:///{tmp_path / f'{number // 8}.db'}", keyring)
        with store.engine.connect() as connection:
            mode = str(connection.exec_driver_sql("PRAGMA journal_mode").scalar())
        store.close()
        return mode

    with ThreadPoolExecutor(8) as crowd:
        assert list(crowd.map(opens, range(160))) == ["wal"] * 160


def test_a_row_that_points_nowhere_is_refused(store: Store) -> None:
    lost = {"member_id": "nobody", "scope": Scope.RECORD, "turn": 1, "given": True, "wording_version": "v1"}
    with pytest.raises(sa.exc.IntegrityError), store.session() as session:
        session.add(Consent(workspace="T1", decided_at=datetime.now(UTC), **lost))


def test_a_word_that_is_no_choice_is_refused_by_the_database_itself(store: Store) -> None:
    with store.session() as session:
        session.add(Due(workspace="T1", kind=Kind.RAW_DELETION, subject="x", due_at=datetime.now(UTC)))
    with pytest.raises(sa.exc.IntegrityError), store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE due SET kind = 'something else'")


def test_moments_come_back_aware_and_in_utc(store: Store) -> None:
    here = datetime(2026, 7, 1, 9, 0, tzinfo=timezone(timedelta(hours=1)))
    with store.session() as session:
        session.add(Due(workspace="T1", kind=Kind.RAW_DELETION, subject="x", due_at=here))
    with store.session() as session:
        found = session.exec(select(Due)).one().due_at
    assert found == here
    assert found.utcoffset() == timedelta(0)


def test_a_moment_without_a_time_zone_is_refused(store: Store) -> None:
    naive = datetime(2026, 7, 1, 9, 0)  # which is the point
    with pytest.raises(sa.exc.StatementError, match="timezone"), store.session() as session:
        session.add(Due(workspace="T1", kind=Kind.RAW_DELETION, subject="x", due_at=naive))


def test_the_settings_name_a_file_in_the_data_folder_unless_they_name_a_server(tmp_path: Path) -> None:
    store = Store.open(Settings(_env_file=None, data_dir=tmp_path / "new"))
    assert sqlite_path(store.url) == (tmp_path / "new" / "collaborate.db").resolve()
    store.close()
    assert Settings(_env_file=None, database_url="postgresql://db/x").database == "postgresql://db/x"


@pytest.mark.parametrize("given", ["postgres://db/x", "postgresql://db/x", "postgresql+psycopg://db/x"])
def test_every_way_to_write_an_address_of_postgresql_finds_the_driver(given: str) -> None:
    assert normal(given) == "postgresql+psycopg://db/x"
    assert sqlite_path(given) is None

"""A new master key takes over everything that is encrypted, so that the old one can be put away."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet
from sqlmodel import select

from bot.jobs import Jobs
from bot.people.models import Member
from bot.settings import Settings
from bot.store.blobs import Blob, BlobStore
from bot.store.crypto import Keyring, KeyWrong
from bot.store.engine import Store
from bot.store.migrate import upgrade
from bot.store.rotate import OnlyOneKey, need_two_keys, rotate, try_key
from bot.stories.models import HiddenWords
from bot.tables import METADATA

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SOUND = b"OggS" + bytes(100)
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    """Each story is told on both databases."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def open_with(url: str) -> Iterator[Callable[..., Store]]:
    """Opens the one database with different keys."""
    opened: list[Store] = []

    def with_keys(*keys: str) -> Store:
        opened.append(Store(url, Keyring(list(keys))))
        return opened[-1]

    yield with_keys
    for store in opened:
        store.close()


def fill(store: Store, folder: Path) -> None:
    """A member, hidden words, a recording, and a job that waits."""
    upgrade(store)
    jobs = Jobs(store, executor_id="here", queues={"quick": 1})
    jobs.start()
    with store.session() as session:
        session.add(Member(workspace="T1", slack_id="U1", name="Wren Tansy", joined_at=NOW))
        session.add(HiddenWords(workspace="T1", transcript_id="t1", words="the old kiln"))
        with BlobStore(folder, store.keyring).new(workspace="T1", content=SOUND) as blob:
            session.add(blob)
        jobs.enqueue(session, queue="for-later", workflow="listen", job_id="listen:1", subject="recording-1")
    jobs.stop()


def read(store: Store, folder: Path) -> tuple[str, str, bytes]:
    """What a person with these keys can read."""
    with store.session() as session:
        member, hidden = session.exec(select(Member)).one(), session.exec(select(HiddenWords)).one()
        return member.name, hidden.words, BlobStore(folder, store.keyring).get(session.exec(select(Blob)).one())


def everything_locked(store: Store) -> list[bytes]:
    """Every encrypted value of the whole database, found without the code under test."""
    look = sa.inspect(store.engine)
    schemas = ["main"] if store.url.startswith("sqlite") else ["public", "dbos"]
    found = []
    with store.engine.connect() as connection:
        for schema in schemas:
            for table in look.get_table_names(schema=schema):
                for row in connection.exec_driver_sql(f'SELECT * FROM "{schema}"."{table}"'):
                    words = [each.encode() if isinstance(each, str) else each for each in row]
                    found += [each for each in words if isinstance(each, bytes) and each.startswith(b"gAAAAA")]
    return found


def test_everything_can_be_read_with_the_new_key_alone(open_with: Callable[..., Store], tmp_path: Path) -> None:
    fill(open_with(OLD), tmp_path)
    both = open_with(NEW, OLD)
    before = everything_locked(both)
    assert rotate(both) == len(before) >= 4
    new_alone = open_with(NEW)
    assert read(new_alone, tmp_path) == ("Wren Tansy", "the old kiln", SOUND)
    after = everything_locked(new_alone)
    assert len(after) == len(before) and not set(after) & set(before)
    for value in after:  # the job that waits among them
        new_alone.keyring.unlock(value)
    assert any(b"recording-1" in new_alone.keyring.unlock(value) for value in after)


def test_the_old_key_opens_nothing_afterwards(open_with: Callable[..., Store], tmp_path: Path) -> None:
    fill(open_with(OLD), tmp_path)
    rotate(open_with(NEW, OLD))
    old = open_with(OLD)
    with pytest.raises(KeyWrong):
        read(old, tmp_path)
    for value in everything_locked(old):
        with pytest.raises(KeyWrong):
            old.keyring.unlock(value)


def test_without_the_old_key_nothing_is_changed(open_with: Callable[..., Store], tmp_path: Path) -> None:
    fill(open_with(OLD), tmp_path)
    with pytest.raises(KeyWrong):
        rotate(open_with(NEW))
    assert read(open_with(OLD), tmp_path) == ("Wren Tansy", "the old kiln", SOUND)


def test_trying_a_key_says_whether_it_fits(open_with: Callable[..., Store], tmp_path: Path) -> None:
    fill(open_with(OLD), tmp_path)
    assert try_key(open_with(OLD)) >= 3
    with pytest.raises(KeyWrong):
        try_key(open_with(NEW))


def test_every_encrypted_column_lies_in_a_table_that_rotation_can_address() -> None:
    for table in METADATA.tables.values():
        assert table.primary_key.columns, table.name


@pytest.mark.parametrize(("keys", "enough"), [(None, False), (OLD, False), (f"{OLD},", False), (f"{NEW},{OLD}", True)])
def test_one_key_is_not_enough_to_rotate(keys: str | None, enough: bool, tmp_path: Path) -> None:
    in_setting = Settings(data_dir=tmp_path / "a", master_keys=keys, _env_file=None)
    in_file = Settings(data_dir=tmp_path, _env_file=None)
    if keys:
        (tmp_path / "master.key").write_text(keys.replace(",", "\n"))
    for settings in (in_setting, in_file):
        if enough:
            need_two_keys(settings)
        else:
            with pytest.raises(OnlyOneKey):
                need_two_keys(settings)

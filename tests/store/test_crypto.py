"""Keys: made once, for us alone, changed without losing a word. And columns that nobody reads without them."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from bot.people.models import Member
from bot.settings import Settings
from bot.store.crypto import Keyring, KeyUnusable, KeyWrong, key_file, open_keyring, use_keyring
from bot.store.engine import Store

from .samples import member

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
SECRET = "Wilhelmina Quackenbush"


@given(st.binary())
def test_what_is_locked_can_be_unlocked_and_never_looks_the_same_twice(clear: bytes) -> None:
    keyring = Keyring([OLD])
    assert keyring.unlock(keyring.lock(clear)) == clear
    assert keyring.lock(clear) != keyring.lock(clear)


def test_an_old_key_still_reads_and_the_newest_writes() -> None:
    locked = Keyring([OLD]).lock(b"words")
    both = Keyring([NEW, OLD])
    assert both.unlock(locked) == b"words"
    assert Keyring([NEW]).unlock(both.lock(b"words")) == b"words"


def test_relocking_lets_the_old_key_be_put_away() -> None:
    relocked = Keyring([NEW, OLD]).relock(Keyring([OLD]).lock(b"words"))
    assert Keyring([NEW]).unlock(relocked) == b"words"
    with pytest.raises(KeyWrong):
        Keyring([OLD]).unlock(relocked)


def test_a_wrong_key_is_said_with_what_to_do() -> None:
    with pytest.raises(KeyWrong, match="put the old key after the new one in MASTER_KEYS"):
        Keyring([NEW]).unlock(Keyring([OLD]).lock(b"words"))


def test_a_wrong_key_cannot_relock_either() -> None:
    with pytest.raises(KeyWrong):
        Keyring([NEW]).relock(Keyring([OLD]).lock(b"words"))


@pytest.mark.parametrize("keys", [[], [""], ["secret"], [OLD, "half-a-key"]])
def test_a_key_that_is_none_is_refused(keys: list[str]) -> None:
    with pytest.raises(KeyUnusable, match="collaborate key"):
        Keyring(keys)


def test_the_key_is_made_on_first_run_for_us_alone_and_then_stays(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path / "new")
    locked = open_keyring(settings).lock(b"words")
    assert key_file(tmp_path / "new").stat().st_mode & 0o777 == 0o600
    assert open_keyring(settings).unlock(locked) == b"words"


def test_keys_of_the_operator_come_before_the_file_and_make_none(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path, master_keys=f" {NEW} , {OLD},")
    assert open_keyring(settings).unlock(Keyring([OLD]).lock(b"words")) == b"words"
    assert list(tmp_path.iterdir()) == []
    assert NEW not in repr(settings)


def raw_name(store: Store) -> bytes:
    with store.engine.connect() as connection:
        return bytes(connection.exec_driver_sql("SELECT name FROM member").scalar_one())


def test_a_name_is_unreadable_in_the_database_and_readable_to_us(store: Store) -> None:
    with store.session() as session:
        session.add(member("UMINA", SECRET))
    assert SECRET.encode() not in raw_name(store)
    assert store.keyring.unlock(raw_name(store)) == SECRET.encode()
    with store.session() as session:
        assert session.exec(select(Member)).one().name == SECRET


def test_neither_the_file_nor_its_log_of_writes_shows_a_name(tmp_path: Path, keyring: Keyring) -> None:
    from bot.store.migrate import upgrade

    store = Store(f"sqlite:///{tmp_path / 'x.db'}", keyring)
    upgrade(store)
    with store.session() as session:
        session.add(member("UMINA", SECRET))
    on_disk = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert b"UMINA" in on_disk["x.db-wal"], "the row is there, so this looks in the right place"
    for content in on_disk.values():
        assert SECRET.encode() not in content
        assert SECRET.encode("utf-16-le") not in content
    store.close()
    assert b"UMINA" in (tmp_path / "x.db").read_bytes()
    assert SECRET.encode() not in (tmp_path / "x.db").read_bytes()


def test_what_is_deleted_is_gone_from_the_file_too(tmp_path: Path, keyring: Keyring) -> None:
    from bot.store.migrate import upgrade

    store = Store(f"sqlite:///{tmp_path / 'x.db'}", keyring)
    upgrade(store)
    with store.session() as session:
        session.add(member("UMINA", SECRET))
    ciphertext = raw_name(store)
    with store.session() as session:
        session.delete(session.exec(select(Member)).one())
    store.close()
    assert ciphertext not in (tmp_path / "x.db").read_bytes()


@pytest.mark.parametrize(
    "condition",
    [
        lambda name: name == SECRET,
        lambda name: name != SECRET,
        lambda name: name.in_([SECRET]),
        lambda name: name.like("W%"),
        lambda name: name.startswith("W"),
        lambda name: name < SECRET,
    ],
)
def test_an_encrypted_column_cannot_be_searched(condition) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(TypeError, match="cannot be compared"):
        select(Member).where(condition(sa.inspect(Member).columns.name))


def test_whether_there_is_anything_may_be_asked(store: Store) -> None:
    with store.session() as session:
        session.add(member("UMINA", SECRET))
    with store.session() as session:
        column = sa.inspect(Member).columns.name
        assert session.exec(select(Member).where(column.is_not(None))).all()
        assert not session.exec(select(Member).where(column.is_(None))).all()


def test_another_key_gives_a_sentence_instead_of_noise(store: Store) -> None:
    with store.session() as session:
        session.add(member("UMINA", SECRET))
    use_keyring(Keyring([NEW]))
    with pytest.raises(KeyWrong), store.session() as session:
        session.exec(select(Member)).all()

"""Audio at rest: it comes back whole or not at all, nobody else can read it, and a full disk keeps no half of it."""

import os
import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from bot.store.blobs import CHUNK, Blob, BlobDamaged, BlobStore, DiskFull
from bot.store.crypto import Keyring, KeyWrong
from bot.store.engine import Store

SOUND = bytes(range(256)) * 5000  # a little more than one chunk
CHUNK_ON_DISK = 4 + 12 + CHUNK + 16

patient = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def blobs(tmp_path: Path, keyring: Keyring) -> BlobStore:
    return BlobStore(tmp_path / "audio", keyring)


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.session() as opened:
        yield opened


def keep(blobs: BlobStore, session: Session, content: bytes = SOUND) -> tuple[Blob, Path]:
    with blobs.new(workspace="T1", content=content) as blob:
        session.add(blob)
    return blob, blobs.folder / blob.name


def test_a_recording_comes_back_in_a_later_session(store: Store, blobs: BlobStore) -> None:
    with store.session() as session:
        keep(blobs, session)
    with store.session() as session:
        (blob,) = session.exec(select(Blob)).all()
        assert blobs.get(blob) == SOUND
        assert (blob.size, blob.workspace) == (len(SOUND), "T1")


@patient
@given(st.binary(max_size=300))
@example(b"")
@example(b"\0" * (CHUNK - 1))
@example(b"\1" * CHUNK)
@example(b"\2" * (CHUNK + 1))
@example(b"\3" * (2 * CHUNK))
def test_whatever_is_put_in_comes_out(blobs: BlobStore, content: bytes) -> None:
    blob, path = keep(blobs, Session(), content)
    assert blobs.get(blob) == content
    path.unlink()


def test_the_file_shows_nothing_and_is_for_us_alone(blobs: BlobStore, session: Session) -> None:
    _, path = keep(blobs, session, b"Amina Okafor spoke of Leek. " * 100)
    assert b"Amina" not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600


def test_two_recordings_of_the_same_sound_have_nothing_in_common(blobs: BlobStore, session: Session) -> None:
    (one, first), (other, second) = keep(blobs, session), keep(blobs, session)
    assert one.wrapped_key != other.wrapped_key
    assert first.read_bytes()[16:] != second.read_bytes()[16:]


@patient
@given(st.integers(0, len(SOUND) + 63), st.integers(0, 7))
@example(0, 7)  # the first byte of a chunk's length: two gigabytes too many
def test_a_single_flipped_bit_is_noticed(blobs: BlobStore, place: int, bit: int) -> None:
    blob, path = keep(blobs, Session())
    damaged = bytearray(path.read_bytes())
    damaged[place] ^= 1 << bit
    path.write_bytes(damaged)
    with pytest.raises(BlobDamaged):
        blobs.get(blob)


@patient
@given(st.integers(0, len(SOUND) + 63))
@example(0)
@example(CHUNK_ON_DISK)  # cut off neatly, between two chunks
@example(CHUNK_ON_DISK + 2)
@example(CHUNK_ON_DISK + 9)
def test_a_file_that_was_cut_off_is_noticed(blobs: BlobStore, length: int) -> None:
    blob, path = keep(blobs, Session())
    os.truncate(path, length)
    with pytest.raises(BlobDamaged):
        blobs.get(blob)


def test_chunks_that_changed_places_or_files_are_noticed(blobs: BlobStore, session: Session) -> None:
    content = b"\7" * (2 * CHUNK)
    (blob, path), (_, other) = keep(blobs, session, content), keep(blobs, session, content)
    first, second = path.read_bytes()[:CHUNK_ON_DISK], path.read_bytes()[CHUNK_ON_DISK:]
    for swapped in (second + first, first + first, first + second + second, other.read_bytes()):
        path.write_bytes(swapped)
        with pytest.raises(BlobDamaged, match="can't be read any more"):
            blobs.get(blob)


def test_without_its_key_the_file_is_noise_also_from_a_backup(store: Store, blobs: BlobStore) -> None:
    with store.session() as session:
        blob, path = keep(blobs, session)
    backup = path.read_bytes()
    with store.session() as session:
        blobs.delete(session, session.get_one(Blob, blob.id))
    assert not path.exists()
    with store.session() as session:
        assert session.get(Blob, blob.id) is None
    path.write_bytes(backup)
    blob.wrapped_key = blobs.keyring.lock(os.urandom(32))
    with pytest.raises(BlobDamaged):
        blobs.get(blob)


def test_deleting_twice_is_no_trouble(store: Store, blobs: BlobStore) -> None:
    with store.session() as session:
        blob, _ = keep(blobs, session)
    for _ in range(2):
        with store.session() as session:
            blobs.delete(session, blob)
    with pytest.raises(BlobDamaged):
        blobs.get(blob)


def test_another_master_key_opens_nothing_until_the_old_one_is_named_too(tmp_path: Path, session: Session) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    blob, _ = keep(BlobStore(tmp_path, Keyring([old])), session)
    with pytest.raises(KeyWrong, match="old key after the new one"):
        BlobStore(tmp_path, Keyring([new])).get(blob)
    assert BlobStore(tmp_path, Keyring([new, old])).get(blob) == SOUND


def test_files_that_a_crash_left_without_a_row_are_swept_away(store: Store, blobs: BlobStore) -> None:
    with store.session() as session:
        assert blobs.sweep(session) == 0
        _, path = keep(blobs, session)
    with blobs.new(workspace="T1", content=SOUND) as lost:  # the power goes off between the file and its row
        stray = blobs.folder / lost.name
    assert stray.exists()
    with store.session() as session:
        assert blobs.sweep(session) == 1
    assert (path.exists(), stray.exists()) == (True, False)


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Path]:
    """A folder with room for 64 kB: a disk of that size where we may mount one, else a limit on files."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    mounted = os.getuid() == 0 and subprocess.run(mount, stderr=subprocess.DEVNULL).returncode == 0
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    if not mounted:
        resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, before[1]))
    yield folder
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    if mounted:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_said_and_keeps_no_half_of_a_file(full: Path, keyring: Keyring, store: Store) -> None:
    blobs = BlobStore(full, keyring)
    with pytest.raises(DiskFull, match="no room left"), store.session() as session:
        keep(blobs, session)
    assert list(full.iterdir()) == []
    with store.session() as session:
        assert session.exec(select(Blob)).all() == []
        blob, _ = keep(blobs, session, b"this still fits")
    assert blobs.get(blob) == b"this still fits"


def test_a_recording_whose_row_cannot_be_kept_leaves_no_file(blobs: BlobStore) -> None:
    with pytest.raises(RuntimeError), blobs.new(workspace="T1", content=SOUND):
        raise RuntimeError("the database would not have it")
    assert list(blobs.folder.glob("*")) == []

"""Audio at rest: files in DATA_DIR/audio, each under a data key of its own.

The data key is wrapped by the master key and kept in the database, so deleting the row makes every copy of the
file unreadable ("crypto-shredding"), wherever no older copy of the database lies beside it. A file is a row of
chunks, each AES-256-GCM with the chunk's number and whether it is the last as associated data, so that none can be
swapped or cut off.
"""

import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path
from typing import BinaryIO

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlmodel import Field, Session, col, select

from bot.errors import Failure
from bot.store.base import Row, new_id
from bot.store.crypto import Keyring

CHUNK = 1 << 20
#: bytes of a chunk's nonce, and the most that follow it: the chunk and its tag
NONCE = 12
LARGEST = CHUNK + 16


class DiskFull(Failure):
    """There is no room left on our disk, so I've stopped. Your clip is still safe in this chat."""


class BlobDamaged(Failure):
    """A stored recording can't be read any more: it was changed on disk, or its key is gone."""


class Blob(Row, table=True):
    """Where a file is and its wrapped key. Without the key, the file is noise."""

    name: str = Field(max_length=64)
    wrapped_key: bytes
    size: int


class BlobStore:
    """Keeps bytes encrypted; `put` writes the file first, so that a row never points at half of one."""

    def __init__(self, folder: Path, keyring: Keyring) -> None:
        self.folder = folder
        self.keyring = keyring

    @contextmanager
    def new(self, *, workspace: str, content: bytes) -> Iterator[Blob]:
        """Encrypts and writes `content`; within the block the row is to be added to a session.

        Writing comes before the session, as it may take a while. If the block fails, the file goes again; DiskFull
        leaves nothing behind either.
        """
        key = AESGCM.generate_key(256)
        name = new_id()
        self._write(name, _seal(key, content))
        try:
            yield Blob(workspace=workspace, name=name, wrapped_key=self.keyring.lock(key), size=len(content))
        except Exception:
            (self.folder / name).unlink(missing_ok=True)
            raise

    def get(self, blob: Blob) -> bytes:
        """The bytes again; BlobDamaged where the file or its key is gone, or was changed."""
        try:
            with (self.folder / blob.name).open("rb") as file:
                return b"".join(_unseal(self.keyring.unlock(blob.wrapped_key), iter(lambda: _chunk(file), None)))
        except (OSError, InvalidTag, struct.error) as error:
            raise BlobDamaged() from error

    def delete(self, session: Session, blob: Blob) -> None:
        """Removes the key, and the file. May be called twice."""
        (self.folder / blob.name).unlink(missing_ok=True)
        session.exec(sa.delete(Blob).where(col(Blob.workspace) == blob.workspace, col(Blob.id) == blob.id))

    def sweep(self, session: Session) -> int:
        """Deletes files that no row knows (a crash between writing and committing); says how many.

        At start only: later, a file may be on its way to its row.
        """
        known = set(session.exec(select(Blob.name)))
        strays = [path for path in self.folder.glob("*") if path.name not in known] if self.folder.exists() else []
        for path in strays:
            path.unlink(missing_ok=True)
        return len(strays)

    def _write(self, name: str, chunks: Iterator[bytes]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / name
        try:
            with path.open("xb") as file:
                os.chmod(path, 0o600)  # noqa: PTH101
                file.writelines(chunks)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            path.unlink(missing_ok=True)
            if error.errno in (ENOSPC, EDQUOT, EFBIG):
                raise DiskFull() from error
            raise


def _seal(key: bytes, content: bytes) -> Iterator[bytes]:
    cipher = AESGCM(key)
    last = max(0, (len(content) - 1) // CHUNK)
    for number in range(last + 1):
        nonce = os.urandom(NONCE)
        locked = cipher.encrypt(nonce, content[number * CHUNK : (number + 1) * CHUNK], _place(number, number == last))
        yield struct.pack(">I", len(locked)) + nonce + locked


def _unseal(key: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    cipher = AESGCM(key)
    pending = list(chunks)
    if not pending:
        raise BlobDamaged()
    for number, chunk in enumerate(pending):
        yield cipher.decrypt(chunk[:NONCE], chunk[NONCE:], _place(number, number == len(pending) - 1))


def _place(number: int, last: bool) -> bytes:
    return struct.pack(">I?", number, last)


def _chunk(file: BinaryIO) -> bytes | None:
    header = file.read(4)
    if not header:
        return None
    (size,) = struct.unpack(">I", header)
    chunk = file.read(NONCE + min(size, LARGEST))
    if len(chunk) != NONCE + size:  # cut off, or a length that never was ours
        raise BlobDamaged()
    return chunk

"""Keys and encryption: one keyring for the process, newest key first, so that keys can be rotated.

The master key encrypts text columns and wraps one data key a recording (bot/store/blobs.py). It is made on
first run in DATA_DIR with mode 0600; `collaborate check` warns until it is kept elsewhere (MASTER_KEYS).
"""

import os
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.errors import Failure
from bot.settings import Settings

KEY_FILE = "master.key"


class KeyUnusable(Failure):
    """The master key isn't one I can use. MASTER_KEYS takes keys made by `collaborate key`, newest first, with
    commas between them."""


class KeyWrong(Failure):
    """The database was encrypted with another master key: put the old key after the new one in MASTER_KEYS."""


class Keyring:
    """Encrypts with the first key and decrypts with any."""

    def __init__(self, keys: list[str]) -> None:
        try:
            self._fernet = MultiFernet([Fernet(key) for key in keys])
        except ValueError as error:
            raise KeyUnusable() from error

    def lock(self, clear: bytes) -> bytes:
        """The bytes, encrypted and authenticated."""
        return self._fernet.encrypt(clear)

    def unlock(self, locked: bytes) -> bytes:
        """The bytes again; KeyWrong if no key of ours made them."""
        try:
            return self._fernet.decrypt(locked)
        except InvalidToken as error:
            raise KeyWrong() from error

    def relock(self, locked: bytes) -> bytes:
        """The same content under the newest key; KeyWrong if no key of ours made it."""
        try:
            return self._fernet.rotate(locked)
        except InvalidToken as error:
            raise KeyWrong() from error


def open_keyring(settings: Settings) -> Keyring:
    """The keyring of MASTER_KEYS, or of the key file, which is made on first run."""
    if settings.master_keys:
        return Keyring([key.strip() for key in settings.master_keys.get_secret_value().split(",") if key.strip()])
    return Keyring(key_file(settings.data_dir).read_text(encoding="ascii").split())


def key_file(data_dir: Path) -> Path:
    """The path of the key file, made with a fresh key where there is none."""
    path = data_dir / KEY_FILE
    data_dir.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path
    with os.fdopen(descriptor, "wb") as file:
        file.write(Fernet.generate_key() + b"\n")
    return path


_keyring: Keyring | None = None


def use_keyring(keyring: Keyring) -> None:
    """Sets the keyring that encrypted columns use in this process (columns have no other way to be handed one)."""
    global _keyring
    _keyring = keyring


def keyring_in_use() -> Keyring:
    """The keyring of this process; a clear failure rather than plain text where there is none."""
    if _keyring is None:
        raise KeyUnusable()
    return _keyring


class EncryptedText(sa.types.TypeDecorator[str]):
    """Text that the database only ever sees encrypted."""

    impl = sa.LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> bytes | None:
        return None if value is None else keyring_in_use().lock(value.encode())

    def process_result_value(self, value: bytes | None, dialect: Any) -> str | None:
        return None if value is None else keyring_in_use().unlock(value).decode()

    class comparator_factory(sa.types.TypeDecorator.Comparator[str]):
        """Comparing cipher text never finds anything, so it is refused; only `is None` may be asked."""

        def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
            if other and other[0] is not None:
                raise TypeError("an encrypted column cannot be compared in SQL")
            return super().operate(op, *other, **kwargs)

"""The database: one engine a process, and sessions that commit as a whole or not at all."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from bot.errors import Failure
from bot.settings import Settings
from bot.store.crypto import Keyring, open_keyring, use_keyring

#: seconds that one process waits for another's lock on the SQLite file
PATIENCE = 10.0


class DatabaseAway(Failure):
    """I can't reach the database: check DATABASE_URL, that the server runs, and that the disk has room."""


class Store:
    """Hands out sessions on the application's database."""

    def __init__(self, url: str, keyring: Keyring) -> None:
        self.url = normal(url)
        self.keyring = keyring
        self.engine = make_engine(self.url)
        use_keyring(keyring)

    @classmethod
    def open(cls, settings: Settings) -> "Store":
        """The store that the settings name; the SQLite file's folder is made if need be."""
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        return cls(settings.database, open_keyring(settings))

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session that commits when the block ends well, and otherwise leaves no trace."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        """Gives every connection back."""
        self.engine.dispose()


def normal(url: str) -> str:
    """PostgreSQL addresses as SQLAlchemy wants them, with the driver that is installed (psycopg 3)."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def make_engine(url: str) -> sa.Engine:
    """An engine; on SQLite with write-ahead logging and transactions that take the write lock at their start.

    Taking the lock at the start means that two processes that both read, then write, queue up instead of failing.
    """
    engine = sa.create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    if url.startswith("sqlite"):
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_immediately)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in (f"busy_timeout={PATIENCE * 1000:.0f}", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    _log_ahead(connection)


def _log_ahead(connection: Any) -> None:
    """Write-ahead logging. While another process switches the same new file over, SQLite says at once that it is
    locked, whatever the timeout: so the waiting is done here."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


def _begin_immediately(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def sqlite_path(url: str) -> Path | None:
    """The file behind a SQLite address; None for another database."""
    name = sa.make_url(url).database
    return Path(name) if url.startswith("sqlite") and name else None

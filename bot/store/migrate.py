"""Brings a database to the tables that this version of the bot wants, and says where it stands (Alembic).

Everything is one transaction under a lock, so that two processes may start at once and a migration that fails
leaves the database as it was. The revisions are in migrations/versions/.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from bot.errors import Failure
from bot.store.engine import DatabaseAway, Store

FOLDER = Path(__file__).parent / "migrations"
#: any number of ours: the name of the lock that PostgreSQL keeps for us
LOCK = 7_032_016

#: tables of the engine of durable work, which are in the same file on SQLite (PostgreSQL: in a schema of their own)
NOT_OURS = frozenset(
    {
        "application_versions",
        "datasource_outputs",
        "dbos_datasource_migrations",
        "dbos_migrations",
        "event_dispatch_kv",
        "notifications",
        "operation_outputs",
        "queues",
        "streams",
        "workflow_events",
        "workflow_events_history",
        "workflow_input",
        "workflow_output",
        "workflow_schedules",
        "workflow_status",
    }
)

logging.getLogger("alembic").setLevel(logging.WARNING)  # its progress is for developers


class DatabaseNewer(Failure):
    """The database was upgraded by a newer Collaborate than this one: install that version again."""

    exit_code = 2


class LinksBroken(Failure):
    """The upgrade would have left rows that point nowhere, so I left the database as it was."""


class UpgradeFailed(Failure):
    """The database could not be upgraded, so I left it as it was. The database says: {why}"""


def upgrade(store: Store, to: str = "head", *, folder: Path = FOLDER) -> None:
    """Upgrades to the newest revision (or the one named); may be called at every start, and by many at once.

    DatabaseAway where the database can't be reached, DatabaseNewer where it knows revisions that we don't,
    UpgradeFailed and LinksBroken where a revision doesn't fit what is there.
    """
    with _alone(store) as connection:
        command.upgrade(_config(connection, folder), to)


def downgrade(store: Store, to: str = "base", *, folder: Path = FOLDER) -> None:
    """Back to an older revision; "base" takes every table of ours away, with all that is in it."""
    with _alone(store) as connection:
        command.downgrade(_config(connection, folder), to)


def current(store: Store) -> str | None:
    """The revision that the database is at; None for one without our tables. DatabaseAway."""
    with _reached(store) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head(folder: Path = FOLDER) -> str:
    """The newest revision that this version of the bot knows."""
    newest = ScriptDirectory.from_config(_config(None, folder)).get_current_head()
    assert newest is not None, "there is a first revision"
    return newest


def differences(store: Store, metadata: sa.MetaData) -> list[Any]:
    """What the database would need to be as `metadata` says (`bot.tables.METADATA`): Alembic's operations."""
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": ours, "compare_type": True})
        return list(compare_metadata(context, metadata))


def write_revision(store: Store, message: str, *, folder: Path = FOLDER) -> None:
    """Writes the revision that leads from the database to the models, for a developer to check by hand."""
    with _alone(store) as connection:
        command.revision(_config(connection, folder), message, autogenerate=True, rev_id=f"{int(head(folder)) + 1:04}")


def ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Whether a table is the bot's own, for Alembic."""
    return kind != "table" or name not in NOT_OURS


@contextmanager
def _alone(store: Store) -> Iterator[sa.Connection]:
    """A transaction that no other migration runs beside."""
    with _reached(store) as connection:
        if connection.dialect.name == "sqlite":
            with _links_unwatched(connection), connection.begin():  # which takes the write lock at once
                yield connection
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise LinksBroken()
        else:
            with connection.begin():
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
                yield connection


@contextmanager
def _links_unwatched(connection: sa.Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew; dropping the old one would take the rows that point to it along."""
    raw: Any = connection.connection.dbapi_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


@contextmanager
def _reached(store: Store) -> Iterator[sa.Connection]:
    """A connection, and the database's refusals as sentences."""
    try:
        connection = store.engine.connect()
    except sa.exc.OperationalError as error:
        raise DatabaseAway() from error
    with connection:
        try:
            yield connection
        except sa.exc.DBAPIError as error:
            raise UpgradeFailed(why=str(error.orig).splitlines()[0]) from error
        except CommandError as error:
            if "Can't locate revision" in str(error):
                raise DatabaseNewer() from error
            raise


def _config(connection: sa.Connection | None, folder: Path) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config

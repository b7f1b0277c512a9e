"""Moves everything that is encrypted to the newest master key, so that an old one can be put away.

Encrypted values are found by their look rather than by a list of columns, in every table of the database, the tables
of the engine of durable work included: no column can be forgotten, also not one that a later version adds. Recordings
stay as they are: each has a data key of its own, and only that key's wrapping is renewed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from cryptography.fernet import InvalidToken

from bot.errors import Failure
from bot.settings import Settings
from bot.store.crypto import KEY_FILE, Keyring, KeyWrong
from bot.store.engine import DatabaseAway, Store

#: how a Fernet token begins: its version, then the upper half of a time stamp (https://github.com/fernet/spec)
TOKEN = "gAAAAA"
#: where the engine of durable work keeps its tables on PostgreSQL
JOBS_SCHEMA = "dbos"


class OnlyOneKey(Failure):
    """There is only one master key, so none to move to. Put a fresh one (`collaborate key`) in front of it first."""

    exit_code = 2


@dataclass(frozen=True)
class _Column:
    """A column that may hold encrypted values, and the key columns of its table."""

    table: sa.TableClause
    name: str
    keys: tuple[str, ...]

    @property
    def value(self) -> Any:
        return self.table.c[self.name]

    def locked(self) -> Any:
        """The condition that a value looks encrypted."""
        opening = TOKEN.encode() if isinstance(self.value.type, sa.LargeBinary) else TOKEN
        return sa.func.substr(self.value, 1, len(TOKEN)) == sa.literal(opening, self.value.type)

    def is_row(self, row: sa.Row[Any]) -> Any:
        return sa.and_(*(self.table.c[key] == value for key, value in zip(self.keys, row, strict=True)))


def need_two_keys(settings: Settings) -> None:
    """OnlyOneKey unless there is a newer key to move to."""
    if settings.master_keys:
        count = len([key for key in settings.master_keys.get_secret_value().split(",") if key.strip()])
    else:
        path = settings.data_dir / KEY_FILE
        count = len(path.read_text(encoding="ascii").split()) if path.exists() else 0
    if count < 2:
        raise OnlyOneKey()


def rotate(store: Store) -> int:
    """Encrypts every value anew under the newest key, all of them or none; says how many there were.

    KeyWrong where a value was made with a key that isn't in the keyring, DatabaseAway. The bot must not be running.
    """
    try:
        with store.engine.begin() as connection:
            return sum(_renew(connection, column, store.keyring) for column in _columns(connection))
    except sa.exc.OperationalError as error:
        raise DatabaseAway() from error


def try_key(store: Store) -> int:
    """Opens one encrypted value of every column that has any, and says how many: KeyWrong if the keys don't fit."""
    tried = 0
    try:
        with store.engine.connect() as connection:
            for column in _columns(connection):
                value = connection.execute(sa.select(column.value).where(column.locked()).limit(1)).scalar()
                if value is not None:
                    store.keyring.unlock(_as_bytes(value))
                    tried += 1
    except sa.exc.OperationalError as error:
        raise DatabaseAway() from error
    return tried


def _columns(connection: sa.Connection) -> Iterator[_Column]:
    """Every column of text or bytes, of every table with a primary key."""
    look = sa.inspect(connection)
    schemas = [None, *(name for name in look.get_schema_names() if name == JOBS_SCHEMA)]
    for schema in schemas:
        for name in look.get_table_names(schema=schema):
            keys = tuple(look.get_pk_constraint(name, schema=schema)["constrained_columns"])
            types = {column["name"]: column["type"] for column in look.get_columns(name, schema=schema)}
            table = sa.table(name, *(sa.column(*each) for each in types.items()), schema=schema)
            fit = [name for name, kind in types.items() if isinstance(kind, sa.String | sa.LargeBinary)]
            yield from (_Column(table, name, keys) for name in fit if keys and name not in keys)


def _renew(connection: sa.Connection, column: _Column, keyring: Keyring) -> int:
    """One value at a time, so that long transcripts never lie in memory together."""
    rows = connection.execute(sa.select(*(column.table.c[key] for key in column.keys)).where(column.locked())).all()
    for row in rows:
        value = connection.execute(sa.select(column.value).where(column.is_row(row))).scalar_one()
        try:
            fresh = keyring.relock(_as_bytes(value))
        except InvalidToken as error:
            raise KeyWrong() from error
        kept = fresh if isinstance(column.value.type, sa.LargeBinary) else fresh.decode("ascii")
        connection.execute(sa.update(column.table).where(column.is_row(row)).values({column.name: kept}))
    return len(rows)


def _as_bytes(value: str | bytes) -> bytes:
    return value.encode("ascii") if isinstance(value, str) else value

"""What Alembic runs: the revisions, on the connection that bot/store/migrate.py hands in, inside its transaction."""

from typing import Literal

import sqlalchemy as sa
from alembic import context
from sqlmodel import SQLModel

from bot.store import base  # noqa: F401 - names the constraints
from bot.store.migrate import ours


def run(connection: sa.Connection) -> None:
    """Runs the revisions; on SQLite a changed table is made anew, since it can't be changed in place."""
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        include_name=ours,
        compare_type=True,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=plain_types,
    )
    with context.begin_transaction():
        context.run_migrations()


def plain_types(kind: str, item: object, _context: object) -> str | Literal[False]:
    """How a revision writes our own types: as what the database sees, so that its meaning never changes."""
    if kind == "type" and isinstance(item, sa.types.TypeDecorator):
        if isinstance(item.impl_instance, sa.String):
            return f"sa.String(length={item.impl_instance.length})"
        return {"EncryptedText": "sa.LargeBinary()", "UTCDateTime": "sa.DateTime(timezone=True)"}[type(item).__name__]
    return False


run(context.config.attributes["connection"])

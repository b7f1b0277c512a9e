"""The base of every table: an id, its workspace, and when it was made."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from bot.clock import system_clock
from bot.store.crypto import EncryptedText

#: one naming rule for constraints, so that migrations can find them again on either database
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def new_id() -> str:
    """A random id that says nothing about whom or what it belongs to."""
    return uuid4().hex


class Row(SQLModel):
    """What every table has. `workspace` is Slack's team id: no query leaves it out."""

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    workspace: str = Field(index=True, max_length=32)
    made_at: datetime = Field(default_factory=system_clock)


def encrypted(**options: Any) -> Any:
    """A column whose text is unreadable without the master key; it cannot be searched in SQL."""
    return Field(sa_type=EncryptedText, **options)


def choice(kind: type[StrEnum], **options: Any) -> Any:
    """A column for an enum, kept as its words and checked by the database.

    It is no native type: PostgreSQL would leave that behind on a downgrade.
    """
    words: Callable[[type[StrEnum]], list[str]] = lambda kind: [member.value for member in kind]  # noqa: E731
    return Field(
        sa_type=sa.Enum(
            kind,
            native_enum=False,
            values_callable=words,
            create_constraint=True,
            length=40,
            name=kind.__name__.lower(),
        ),
        **options,
    )

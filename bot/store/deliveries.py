"""Every delivery from Slack counts once, over retries, restarts and several processes."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, UniqueConstraint

from bot.store.base import Row


class Delivery(Row, table=True):
    """Something Slack told us, by the key that stays the same when it tells us again."""

    __table_args__ = (UniqueConstraint("workspace", "key"),)
    key: str = Field(max_length=200)


def first_time(session: Session, *, workspace: str, key: str) -> bool:
    """True for exactly one caller a key: an event id, `file:<id>`, or `message:<channel>:<ts>`."""
    try:
        with session.begin_nested():
            session.add(Delivery(workspace=workspace, key=key))
    except IntegrityError:
        return False
    return True

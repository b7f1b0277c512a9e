"""Plans what is due, finds it, and takes it back."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, and_, col, or_, select

from bot.schedule.models import Due, Kind


def plan(session: Session, *, workspace: str, kind: Kind, subject: str, due_at: datetime) -> None:
    """Makes a thing due; planning it twice for the same moment is the same as once."""
    same = select(Due).where(Due.workspace == workspace, Due.kind == kind, Due.subject == subject, Due.due_at == due_at)
    if session.exec(same).first() is None:
        session.add(Due(workspace=workspace, kind=kind, subject=subject, due_at=due_at))


def cancel(session: Session, *, workspace: str, subject: str, kinds: Collection[Kind] = tuple(Kind)) -> None:
    """Takes back what is still due for the subject, of these kinds."""
    waiting = select(Due).where(Due.workspace == workspace, Due.subject == subject, col(Due.done_at).is_(None))
    for due in session.exec(waiting.where(col(Due.kind).in_(list(kinds)))):
        session.delete(due)


def due_now(session: Session, *, now: datetime, most: int = 100, after: Due | None = None) -> list[Due]:
    """What should have happened by now, oldest first, over all workspaces; the next page is `after` the last of one."""
    waiting = select(Due).where(col(Due.done_at).is_(None), Due.due_at <= now)
    if after is not None:
        same_moment = and_(col(Due.due_at) == after.due_at, col(Due.id) > after.id)
        waiting = waiting.where(or_(col(Due.due_at) > after.due_at, same_moment))
    return list(session.exec(waiting.order_by(col(Due.due_at), col(Due.id)).limit(most)))


def take(session: Session, *, due_id: str, now: datetime) -> Due | None:
    """The thing, marked as done, for exactly one caller; None if it was done or taken back meanwhile."""
    due = session.get(Due, due_id, with_for_update=True)  # so that on PostgreSQL a second caller waits, then sees
    if due is None or due.done_at is not None:
        return None
    due.done_at = now
    session.add(due)
    return due


def date_of(session: Session, *, workspace: str, kind: Kind, subject: str, after: datetime) -> datetime | None:
    """When a thing of this kind will be due for the subject, if that is still to come."""
    waiting = select(Due).where(
        Due.workspace == workspace,
        Due.kind == kind,
        Due.subject == subject,
        col(Due.done_at).is_(None),
        Due.due_at > after,
    )
    found = session.exec(waiting).first()
    return found.due_at if found else None

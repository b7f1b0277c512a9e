"""The audit log: what was done by whom to what, as ids, never words. Rows are added and never changed."""

from sqlmodel import Field, Session, col, select

from bot.store.base import Row


class AuditEntry(Row, table=True):
    """One thing that happened. `actor` and `subject` are ids; `detail` is a word or two from the code."""

    actor: str = Field(max_length=64)
    action: str = Field(max_length=64)
    subject: str = Field(default="", max_length=64)
    detail: str = Field(default="", max_length=200)


def note(session: Session, *, workspace: str, actor: str, action: str, subject: str = "", detail: str = "") -> None:
    """Adds an entry to the log, in the same transaction as the thing itself."""
    session.add(AuditEntry(workspace=workspace, actor=actor, action=action, subject=subject, detail=detail))


def entries(session: Session, *, workspace: str) -> list[AuditEntry]:
    """The workspace's log, oldest first."""
    return list(
        session.exec(select(AuditEntry).where(AuditEntry.workspace == workspace).order_by(col(AuditEntry.made_at)))
    )

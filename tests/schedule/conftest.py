"""Rows of what is due."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlmodel import select

from bot.schedule import service
from bot.schedule.models import Due, Kind
from bot.store.engine import Store


@pytest.fixture
def plans(store: Store) -> Callable[..., str]:
    """Makes something due and says the row's id."""

    def _plans(due_at: datetime, subject: str = "t1", kind: Kind = Kind.DRAFT_REMINDER, workspace: str = "T1") -> str:
        with store.session() as session:
            service.plan(session, workspace=workspace, kind=kind, subject=subject, due_at=due_at)
        with store.session() as session:
            same = select(Due).where(Due.subject == subject, Due.kind == kind, Due.due_at == due_at)
            return session.exec(same.where(Due.workspace == workspace)).one().id

    return _plans

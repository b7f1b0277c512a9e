"""The audit log: added to, never changed, whoever asks."""

import pytest
import sqlalchemy as sa

from bot.store import audit
from bot.store.engine import Store


@pytest.fixture
def written(store: Store) -> Store:
    with store.session() as session:
        audit.note(session, workspace="T1", actor="U1", action="open raw", subject="r1", detail="audio")
        audit.note(session, workspace="T2", actor="U9", action="join")
    return store


def lines(store: Store, workspace: str = "T1") -> list[tuple[str, str, str, str]]:
    with store.session() as session:
        found = audit.entries(session, workspace=workspace)
    return [(each.actor, each.action, each.subject, each.detail) for each in found]


def test_each_workspace_has_a_log_of_its_own(written: Store) -> None:
    assert lines(written, "T1") == [("U1", "open raw", "r1", "audio")]
    assert lines(written, "T2") == [("U9", "join", "", "")]


def test_the_log_is_in_the_order_of_what_happened(store: Store) -> None:
    for action in ("first", "second", "third"):
        with store.session() as session:
            audit.note(session, workspace="T1", actor="U1", action=action)
    assert [action for _, action, _, _ in lines(store)] == ["first", "second", "third"]


def test_a_note_goes_with_the_thing_itself(store: Store) -> None:
    with pytest.raises(RuntimeError), store.session() as session:
        audit.note(session, workspace="T1", actor="U1", action="join")
        raise RuntimeError("so they have not joined")
    assert lines(store) == []


@pytest.mark.parametrize(
    "meddling",
    [
        "UPDATE auditentry SET actor = 'U2'",
        "UPDATE auditentry SET detail = '' WHERE action = 'join'",
        "DELETE FROM auditentry",
        "DELETE FROM auditentry WHERE workspace = 'T2'",
    ],
)
def test_the_database_itself_refuses_to_change_the_log(written: Store, meddling: str) -> None:
    before = lines(written, "T1") + lines(written, "T2")
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), written.engine.begin() as connection:
        connection.exec_driver_sql(meddling)
    assert lines(written, "T1") + lines(written, "T2") == before


def test_emptying_the_table_is_refused_too(postgres_store: Store) -> None:
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), postgres_store.engine.begin() as connection:
        connection.exec_driver_sql("TRUNCATE auditentry")

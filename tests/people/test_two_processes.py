"""Two processes hear of one person at the same moment (PostgreSQL; SQLite lets one transaction in at a time)."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from cryptography.fernet import Fernet
from sqlmodel import Session, SQLModel, select

from bot.people import service as people
from bot.people.bands import Profile
from bot.people.models import Consent, Member, Scope
from bot.store.crypto import Keyring
from bot.store.engine import Store

from .conftest import NOON


@pytest.fixture
def shared(postgres_url: str) -> Iterator[Store]:
    store = Store(postgres_url, Keyring([Fernet.generate_key().decode()]))
    SQLModel.metadata.create_all(store.engine)
    yield store
    store.close()


def meanwhile(store: Store, first: Callable[[Session], object], second: Callable[[Session], object]) -> None:
    """`second` runs in a transaction of its own after `first` has written and before it has committed."""
    ended: list[bool] = []

    def other() -> None:
        with store.session() as session:
            second(session)
        ended.append(True)

    thread = threading.Thread(target=other)
    with store.session() as session:
        first(session)
        session.flush()
        thread.start()
        time.sleep(0.3)
        assert not ended, "the second one waits for the first"
    thread.join(10)
    assert ended, "the second one came to a good end"


def join(session: Session, *given: Scope) -> Member:
    who = {"workspace": "T1", "slack_id": "UAMINA", "name": "Amina", "profile": Profile()}
    return people.join(session, **who, consents=given, now=NOON)


def test_joining_in_two_processes_makes_one_member(shared: Store) -> None:
    meanwhile(shared, lambda session: join(session, Scope.RECORD), lambda session: join(session, Scope.SHARE))
    with shared.session() as session:
        member = session.exec(select(Member)).one()
        assert people.given_scopes(session, workspace="T1", member_id=member.id) == {Scope.RECORD, Scope.SHARE}


def test_deciding_in_two_processes_keeps_both_decisions_in_order(shared: Store) -> None:
    with shared.session() as session:
        about = {"workspace": "T1", "member_id": join(session).id, "now": NOON}
    meanwhile(
        shared,
        lambda session: people.decide_consents(session, **about, given=[Scope.SHARE]),
        lambda session: people.decide_consents(session, **about, given=[]),
    )
    with shared.session() as session:
        rows = session.exec(select(Consent).order_by(Consent.turn)).all()
        assert [(row.scope, row.turn, row.given) for row in rows] == [(Scope.SHARE, 1, True), (Scope.SHARE, 2, False)]

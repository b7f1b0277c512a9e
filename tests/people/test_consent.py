"""Permissions: the latest decision counts, under the wording that was on the screen."""

import itertools
from collections.abc import Callable
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, SQLModel, select

from bot.people import service as people
from bot.people import wording
from bot.people.bands import Profile
from bot.people.errors import NotJoined, WordingMissing
from bot.people.models import Changed, Consent, Member, Scope
from bot.store import audit
from bot.store.crypto import Keyring
from bot.store.engine import Store

from .conftest import NOON

Joins = Callable[..., Member]
decisions = st.lists(st.frozensets(st.sampled_from(Scope)), max_size=8)
slack_ids = (f"U{number}" for number in itertools.count())


@pytest.fixture(scope="module")
def many() -> Store:
    """One database for every example: each is a member of their own."""
    store = Store("sqlite://", Keyring([Fernet.generate_key().decode()]))
    SQLModel.metadata.create_all(store.engine)
    return store


@settings(max_examples=60, deadline=None, derandomize=True)
@given(first=st.frozensets(st.sampled_from(Scope)), later=decisions, moments=st.lists(st.integers(-3, 3), min_size=9))
def test_whatever_was_decided_the_last_decision_holds(
    many: Store, first: frozenset[Scope], later: list[frozenset[Scope]], moments: list[int]
) -> None:
    with many.session() as session:
        who = {"workspace": "T1", "slack_id": next(slack_ids), "name": "Amina"}
        member = people.join(session, **who, profile=Profile(), consents=first, now=NOON)
        about = {"workspace": "T1", "member_id": member.id}
        before = first
        for chosen, minutes in zip(later, moments, strict=False):  # clocks may stand still, or go back
            changed = people.decide_consents(session, **about, given=chosen, now=NOON + timedelta(minutes=minutes))
            assert changed == Changed(given=chosen - before, withdrawn=before - chosen)
            before = chosen
        assert {scope for scope in Scope if people.has_consent(session, **about, scope=scope)} == before
        assert people.given_scopes(session, **about) == before


def test_only_what_changed_is_written_and_nothing_is_ever_overwritten(session: Session, joins: Joins) -> None:
    amina = joins("UAMINA", Scope.RECORD, Scope.SHARE)
    about = {"workspace": "T1", "member_id": amina.id}
    later = NOON + timedelta(days=3)
    changed = people.decide_consents(session, **about, given=[Scope.RECORD, Scope.QUOTE], now=later)
    assert changed == Changed(frozenset({Scope.QUOTE}), frozenset({Scope.SHARE}))
    assert not people.decide_consents(session, **about, given=[Scope.RECORD, Scope.QUOTE], now=later)
    rows = session.exec(select(Consent)).all()
    assert {(row.scope, row.given, row.decided_at) for row in rows} == {
        (Scope.RECORD, True, NOON),
        (Scope.SHARE, True, NOON),
        (Scope.SHARE, False, later),
        (Scope.QUOTE, True, later),
    }
    said = [entry.detail for entry in audit.entries(session, workspace="T1") if entry.action == "consent withdrawn"]
    assert said == ["share"]


def test_a_member_reads_how_each_permission_stands_and_since_when(session: Session, joins: Joins) -> None:
    amina = joins("UAMINA", Scope.SHARE)
    standing = people.consents(session, workspace="T1", member_id=amina.id)
    assert list(standing) == [Scope.SHARE]
    assert standing[Scope.SHARE].given and standing[Scope.SHARE].decided_at == NOON
    assert standing[Scope.SHARE].wording_version == wording.current().version


def test_nothing_is_permitted_by_who_never_decided_or_is_not_known(session: Session, joins: Joins) -> None:
    amina = joins("UAMINA")
    for member_id in (amina.id, "nobody"):
        assert not any(people.has_consent(session, workspace="T1", member_id=member_id, scope=s) for s in Scope)
    with pytest.raises(NotJoined):
        people.decide_consents(session, workspace="T1", member_id="nobody", given=[Scope.RECORD], now=NOON)


def test_the_wording_on_the_screen_is_kept_and_one_nobody_wrote_is_refused(session: Session, joins: Joins) -> None:
    amina = joins("UAMINA")
    about = {"workspace": "T1", "member_id": amina.id, "now": NOON}
    people.decide_consents(session, **about, given=[Scope.SHARE], wording_version="v1")
    stored = people.consents(session, workspace="T1", member_id=amina.id)[Scope.SHARE].wording_version
    assert wording.wording(stored).scopes[Scope.SHARE].label == "Share it without my name"
    for version in ("v0", "../messages/people", ""):
        with pytest.raises(WordingMissing):
            wording.wording(version)
    with pytest.raises(WordingMissing):
        people.decide_consents(session, **about, given=[], wording_version="v999")
    assert people.has_consent(session, workspace="T1", member_id=amina.id, scope=Scope.SHARE)


def test_every_version_words_every_scope_within_what_slack_shows() -> None:
    versions = [wording.wording(path.stem) for path in wording.FOLDER.glob("*.yaml")]
    assert versions
    for version in versions:
        assert "administ" in version.administrators and "window" in version.administrators
        texts = [text for words in version.scopes.values() for text in (words.label, words.sentence)]
        assert set(version.scopes) == set(Scope) and len(set(texts)) == len(texts)
        assert max(map(len, texts)) <= 75

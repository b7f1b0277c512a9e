"""Who is what, and who may make somebody something."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from bot.people import service as people
from bot.people.errors import TheyHaveNotJoined
from bot.people.models import Member, RoleGrant
from bot.roles import ALLOWED, Action, NotAllowed, Role, may
from bot.settings import Settings
from bot.store import audit

from .conftest import NOON

Joins = Callable[..., Member]
NAMED = Settings(_env_file=None, first_facilitator="UTOM", transcriber="UTARA")
FACILITATOR = frozenset({Role.FACILITATOR})


def roles(session: Session, slack_id: str) -> frozenset[Role]:
    return people.roles_of(session, workspace="T1", slack_id=slack_id, settings=NAMED)


def test_what_is_not_in_the_table_is_not_allowed() -> None:
    assert not any(may([], action) for action in Action)
    for action in Action:
        assert {role for role in Role if may([role], action)} == ALLOWED[action]
    assert not may([Role.FACILITATOR, Role.LEADER, Role.INTERVIEWER, Role.OPERATOR], Action.OPEN_RAW)


def test_the_settings_name_the_first_facilitator_and_the_one_transcriber(session: Session, joins: Joins) -> None:
    joins("UTARA")
    assert roles(session, "UTOM") == {Role.FACILITATOR}
    assert roles(session, "UTARA") == {Role.LEADER, Role.TRANSCRIBER}
    assert roles(session, "USOMEBODY") == frozenset()


def test_no_row_makes_a_second_transcriber_or_an_operator(session: Session, joins: Joins) -> None:
    amina = joins("UAMINA")
    for role in (Role.TRANSCRIBER, Role.OPERATOR):
        session.add(RoleGrant(workspace="T1", member_id=amina.id, role=role, granted_by="somebody"))
        with pytest.raises(NotAllowed):
            people.appoint(session, workspace="T1", by="UTOM", by_roles=FACILITATOR, whom="UAMINA", role=role)
    assert roles(session, "UAMINA") == {Role.LEADER}


def test_a_facilitator_appoints_and_ends_and_both_are_in_the_log(session: Session, joins: Joins) -> None:
    amina = joins("UAMINA")
    act = {"workspace": "T1", "by": "UTOM", "by_roles": FACILITATOR, "whom": "UAMINA", "role": Role.INTERVIEWER}
    assert people.appoint(session, **act)
    assert not people.appoint(session, **act)
    assert roles(session, "UAMINA") == {Role.LEADER, Role.INTERVIEWER}
    assert people.revoke(session, **act, now=NOON)
    assert not people.revoke(session, **act, now=NOON)
    assert roles(session, "UAMINA") == {Role.LEADER}
    log = [(e.actor, e.action, e.subject, e.detail) for e in audit.entries(session, workspace="T1")][-2:]
    assert log == [("UTOM", "appointed", amina.id, "interviewer"), ("UTOM", "revoked", amina.id, "interviewer")]
    ended = session.exec(select(RoleGrant).where(RoleGrant.role == Role.INTERVIEWER)).one()
    assert ended.revoked_at == NOON


@pytest.mark.parametrize("by_roles", [set(), {Role.LEADER}, {Role.INTERVIEWER}, {Role.TRANSCRIBER}])
def test_nobody_else_appoints(session: Session, joins: Joins, by_roles: set[Role]) -> None:
    joins("UAMINA")
    act = {"workspace": "T1", "by": "UBEN", "by_roles": by_roles, "whom": "UAMINA", "role": Role.INTERVIEWER}
    with pytest.raises(NotAllowed):
        people.appoint(session, **act)
    with pytest.raises(NotAllowed):
        people.revoke(session, **act, now=NOON)
    assert roles(session, "UAMINA") == {Role.LEADER}


def test_who_has_not_joined_here_cannot_be_appointed(session: Session, joins: Joins) -> None:
    joins("UAMINA", workspace="T2")
    act = {"workspace": "T1", "by": "UTOM", "by_roles": FACILITATOR, "role": Role.FACILITATOR}
    for whom in ("UAMINA", "UNOBODY"):
        with pytest.raises(TheyHaveNotJoined):
            people.appoint(session, **act, whom=whom)

"""Joining, and what is known of a member."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from bot.people import service as people
from bot.people.bands import Nation, OrganisationKind, Profession, Profile, Region
from bot.people.errors import NotJoined
from bot.people.models import Consent, Member, Scope
from bot.roles import Role
from bot.settings import Settings
from bot.store import audit

from .conftest import NOON

Joins = Callable[..., Member]
NOBODY_NAMED = Settings(_env_file=None)


def test_who_joins_is_a_leader_with_the_permissions_they_gave(session: Session, joins: Joins) -> None:
    amina = joins("UAMINA", Scope.RECORD, Scope.TRANSCRIBE)
    found = people.find(session, workspace="T1", slack_id="UAMINA")
    assert found is amina
    assert people.given_scopes(session, workspace="T1", member_id=amina.id) == {Scope.RECORD, Scope.TRANSCRIBE}
    roles = people.roles_of(session, workspace="T1", slack_id="UAMINA", settings=NOBODY_NAMED)
    assert roles == {Role.LEADER}


def test_joining_twice_brings_the_facts_up_to_date_and_makes_nobody_twice(session: Session, joins: Joins) -> None:
    first = joins("UAMINA", Scope.RECORD)
    again = people.join(
        session,
        workspace="T1",
        slack_id="UAMINA",
        name="Amina Okafor-Reed",
        profile=Profile(profession=Profession.PRACTICE_MANAGER, place="Scarholme"),
        consents={Scope.SHARE},
        now=NOON,
    )
    assert again.id == first.id
    assert (again.name, again.place) == ("Amina Okafor-Reed", "Scarholme")
    assert again.profession is Profession.PRACTICE_MANAGER
    assert len(session.exec(select(Member)).all()) == 1
    assert people.given_scopes(session, workspace="T1", member_id=first.id) == {Scope.RECORD, Scope.SHARE}


def test_who_left_is_not_found_permits_nothing_and_starts_afresh_on_coming_back(session: Session, joins: Joins) -> None:
    amina = joins("UAMINA", Scope.RECORD, Scope.SHARE)
    amina.left_at = NOON
    session.add(amina)
    about = {"workspace": "T1", "member_id": amina.id}
    assert people.find(session, workspace="T1", slack_id="UAMINA") is None
    assert not people.has_consent(session, **about, scope=Scope.RECORD)
    assert people.roles_of(session, workspace="T1", slack_id="UAMINA", settings=NOBODY_NAMED) == frozenset()
    joins("UAMINA", Scope.RECORD)
    assert people.has_consent(session, **about, scope=Scope.RECORD)
    assert not people.has_consent(session, **about, scope=Scope.SHARE)


def test_the_same_slack_id_in_another_workspace_is_somebody_else(session: Session, joins: Joins) -> None:
    here, there = joins("UAMINA", Scope.RECORD), joins("UAMINA", workspace="T2")
    assert here.id != there.id
    assert not people.has_consent(session, workspace="T2", member_id=here.id, scope=Scope.RECORD)
    assert people.consents(session, workspace="T2", member_id=here.id) == {}
    with pytest.raises(NotJoined):
        people.get(session, workspace="T2", member_id=here.id)


def test_names_and_places_are_unreadable_in_the_database(session: Session, joins: Joins) -> None:
    amina = joins("UAMINA")
    profile = Profile(organisation="Quayside Surgery", place="Ottermouth", region=Region.SOUTH_WEST)
    people.change_profile(session, workspace="T1", member_id=amina.id, name="Amina Okafor", profile=profile)
    session.flush()
    raw = str(session.execute(sa.text("select * from member")).all())
    assert "South West" in raw
    assert not [secret for secret in ("Amina", "Okafor", "Quayside", "Ottermouth") if secret in raw]


def test_the_database_refuses_a_band_that_does_not_exist(session: Session, joins: Joins) -> None:
    joins("UAMINA")
    session.flush()
    with pytest.raises(sa.exc.IntegrityError), session.begin_nested():
        session.execute(sa.text("update member set region = 'Atlantis'"))


def test_a_member_of_another_row_cannot_be_given_a_consent(session: Session) -> None:
    stray = {"member_id": "nobody", "scope": Scope.RECORD, "turn": 1, "given": True, "wording_version": "v1"}
    with pytest.raises(sa.exc.IntegrityError), session.begin_nested():
        session.add(Consent(workspace="T1", **stray, decided_at=NOON))


def test_the_log_says_that_somebody_joined_and_not_who(session: Session, joins: Joins) -> None:
    amina = joins("UAMINA", Scope.RECORD)
    log = [(entry.actor, entry.action, entry.detail) for entry in audit.entries(session, workspace="T1")]
    assert set(log) == {(amina.id, "joined", ""), (amina.id, "consent given", "record")}


def test_a_profile_stays_what_was_said(session: Session, joins: Joins) -> None:
    amina = joins("UAMINA")
    said = Profile(
        organisation="Stonebeck Pharmacy",
        organisation_kind=OrganisationKind.PHARMACY,
        languages="English;Igbo",
        time_zone="Europe/Lisbon",
        working_days="Mon;Tue",
        nation=Nation.ENGLAND,
    )
    people.change_profile(session, workspace="T1", member_id=amina.id, name="Amina", profile=said)
    session.flush()
    session.expire_all()
    assert people.get(session, workspace="T1", member_id=amina.id).profile == said


@pytest.mark.parametrize(
    ("region", "nation"),
    [
        (Region.NORTH_WEST, Nation.ENGLAND),
        (Region.LONDON, Nation.ENGLAND),
        (Region.WALES, Nation.WALES),
        (Region.SCOTLAND, Nation.SCOTLAND),
        (Region.NORTHERN_IRELAND, Nation.NORTHERN_IRELAND),
        (Region.NOT_SAID, Nation.NOT_SAID),
    ],
)
def test_a_region_lies_in_one_nation(region: Region, nation: Nation) -> None:
    assert region.nation is nation

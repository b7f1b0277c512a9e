"""What must be hidden of everybody: members, and the operator's roster."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import Session

from bot.people import roster, service
from bot.people.bands import OrganisationKind, Profile
from bot.people.errors import RosterUnusable
from bot.people.models import Member

from .conftest import NOON

HEADER = "id,name,slack_name,organisation,organisation_kind,place,profession\n"


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "members.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_members_and_the_roster_are_hidden_alike(
    session: Session, tmp_path: Path, joins: Callable[..., Member]
) -> None:
    amina = service.join(
        session,
        workspace="T1",
        slack_id="UAMINA",
        name="Amina Okafor",
        slack_name="amina.okafor",
        profile=Profile("Quayside Surgery", "Ottermouth", OrganisationKind.PRACTICE),
        consents=(),
        now=NOON,
    )
    gone = joins("UBEN", name="Ben Achterberg")
    gone.left_at = NOON
    joins("UELSE", name="Somebody Elsewhere", workspace="T2")
    path = written(tmp_path, HEADER + "m01,Zoë Brandt, zoe ,Fern Lane,practice,,GP\n")
    rows = service.identifiers(session, workspace="T1", roster=path)
    assert {tuple(row) for row in rows} == {roster.COLUMNS}
    assert [tuple(row.values()) for row in rows] == [
        (amina.id, "Amina Okafor", "amina.okafor", "Quayside Surgery", "practice", "Ottermouth"),
        (gone.id, "Ben Achterberg", "", "", "", ""),
        ("m01", "Zoë Brandt", "zoe", "Fern Lane", "practice", ""),
    ]


def test_the_sample_community_is_a_roster() -> None:
    rows = roster.read(Path(__file__).parents[2] / "transcripts/samples/members.csv")
    assert len(rows) >= 24 and all(row["name"] and set(row) == set(roster.COLUMNS) for row in rows)


def test_a_roster_saved_by_a_spreadsheet_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, ("\ufeff" + HEADER + 'm01,"Brandt, Zoë",,,,,\r\n').encode())
    assert roster.read(path)[0]["name"] == "Brandt, Zoë"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "first line lacks id, name"),
        ("id,name\nm01,Zoë\n", "first line lacks slack_name"),
        (HEADER + "m01,Zoë,zoe,Fern Lane,practice,Otter,GP,more\n", "line 2 has more cells"),
        (HEADER + 'm01,"Zoë,zoe\n', "isn't proper CSV"),
        (HEADER.encode() + b"m01,Zo\xeb,,,,,\n", "isn't UTF-8"),
    ],
)
def test_a_roster_that_cannot_be_read_is_refused_and_says_why(tmp_path: Path, content: str | bytes, why: str) -> None:
    with pytest.raises(RosterUnusable) as trouble:
        roster.read(written(tmp_path, content))
    assert why in trouble.value.sentence


def test_a_roster_that_is_not_there_is_never_passed_over(session: Session, tmp_path: Path) -> None:
    with pytest.raises(RosterUnusable):
        service.identifiers(session, workspace="T1", roster=tmp_path / "gone.csv")

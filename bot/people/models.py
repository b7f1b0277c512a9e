"""Members, what they permit, and what they are to the community."""

from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, UniqueConstraint

from bot.people.bands import (
    AgeBand,
    CareerStage,
    Gender,
    Nation,
    OrganisationKind,
    Profession,
    Profile,
    Region,
    Setting,
)
from bot.roles import Role
from bot.store.base import Row, choice, encrypted


class Scope(StrEnum):
    """What somebody permits, one thing at a time."""

    RECORD = "record"
    TRANSCRIBE = "transcribe"
    SHARE = "share"
    QUOTE = "quote"
    ACTOR_VOICE = "actor_voice"
    TAG_LINE = "tag_line"
    ON_THE_RECORD = "on_the_record"


class Member(Row, table=True):
    """Somebody who joined. Names are encrypted; the bands are coarse on purpose and stay readable."""

    __table_args__ = (UniqueConstraint("workspace", "slack_id"),)
    slack_id: str = Field(max_length=32)
    name: str = encrypted()
    slack_name: str = encrypted(default="")
    organisation: str = encrypted(default="")
    place: str = encrypted(default="")
    organisation_kind: OrganisationKind = choice(OrganisationKind, default=OrganisationKind.NOT_SAID)
    profession: Profession = choice(Profession, default=Profession.NOT_SAID)
    setting: Setting = choice(Setting, default=Setting.NOT_SAID)
    region: Region = choice(Region, default=Region.NOT_SAID)
    gender: Gender = choice(Gender, default=Gender.NOT_SAID)
    age_band: AgeBand = choice(AgeBand, default=AgeBand.NOT_SAID)
    career_stage: CareerStage = choice(CareerStage, default=CareerStage.NOT_SAID)
    languages: str = Field(default="", max_length=200)
    time_zone: str = Field(default="Europe/London", max_length=64)
    working_days: str = Field(default="", max_length=64)
    nation: Nation = choice(Nation, default=Nation.NOT_SAID)
    joined_at: datetime
    left_at: datetime | None = None

    @property
    def profile(self) -> Profile:
        """What the member said, as one fact."""
        return Profile(**{field.name: getattr(self, field.name) for field in fields(Profile)})

    def take(self, profile: Profile) -> None:
        """Puts what the member said in place of what was there."""
        for field in fields(Profile):
            setattr(self, field.name, getattr(profile, field.name))


class Consent(Row, table=True):
    """One decision on one scope, under the wording that was on the screen. Rows are added and never changed.

    `turn` counts a member's decisions on a scope, so that the latest is known even where two share a moment,
    and two processes cannot both write the next one.
    """

    __table_args__ = (UniqueConstraint("member_id", "scope", "turn"),)
    member_id: str = Field(foreign_key="member.id", index=True, max_length=32)
    scope: Scope = choice(Scope)
    turn: int
    given: bool
    wording_version: str = Field(max_length=16)
    decided_at: datetime


class RoleGrant(Row, table=True):
    """A role that a member was given, by whom, and when it was taken back."""

    member_id: str = Field(foreign_key="member.id", index=True, max_length=32)
    role: Role = choice(Role)
    granted_by: str = Field(max_length=64)
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ConsentFact:
    """How a scope stands: the latest decision, when it was made, and under which wording."""

    given: bool
    decided_at: datetime
    wording_version: str


@dataclass(frozen=True, slots=True)
class Changed:
    """The scopes that a decision newly gave and those that it took back."""

    given: frozenset[Scope] = frozenset()
    withdrawn: frozenset[Scope] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.given or self.withdrawn)

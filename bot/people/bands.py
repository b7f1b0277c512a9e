"""The coarse bands in which the programme knows a member. Every one can stay unsaid."""

from dataclasses import dataclass
from enum import StrEnum

NOT_SAID = "not said"


class Profession(StrEnum):
    """What a member is by training or by post."""

    NOT_SAID = NOT_SAID
    GP = "GP"
    PRACTICE_MANAGER = "practice manager"
    PRACTICE_NURSE = "practice nurse"
    DISTRICT_NURSE = "district nurse"
    COMMUNITY_PHARMACIST = "community pharmacist"
    OPTOMETRIST = "optometrist"
    DENTIST = "dentist"
    AUDIOLOGIST = "audiologist"
    PHYSIOTHERAPIST = "physiotherapist"
    OCCUPATIONAL_THERAPIST = "occupational therapist"
    PARAMEDIC = "paramedic"
    SOCIAL_PRESCRIBER = "social prescriber"
    MANAGER = "manager"
    OTHER = "other"


class OrganisationKind(StrEnum):
    """What sort of organisation a member works in; it shapes the descriptor that stands in for its name."""

    NOT_SAID = NOT_SAID
    PRACTICE = "practice"
    PCN = "PCN"
    FEDERATION = "federation"
    COLLABORATIVE = "collaborative"
    PHARMACY = "pharmacy"
    OPTICAL_PRACTICE = "optical practice"
    DENTAL_PRACTICE = "dental practice"
    AUDIOLOGY_SERVICE = "audiology service"
    COMMUNITY_SERVICE = "community service"
    AMBULANCE_SERVICE = "ambulance service"
    TRUST = "trust"
    VOLUNTARY_ORGANISATION = "voluntary organisation"
    OTHER = "other"


class Setting(StrEnum):
    """The kind of area a member works in."""

    NOT_SAID = NOT_SAID
    URBAN = "urban"
    RURAL = "rural"
    COASTAL = "coastal"
    MIXED = "mixed"


class Nation(StrEnum):
    """The nation whose bank holidays count."""

    NOT_SAID = NOT_SAID
    ENGLAND = "England"
    WALES = "Wales"
    SCOTLAND = "Scotland"
    NORTHERN_IRELAND = "Northern Ireland"


class Region(StrEnum):
    """The seven NHS regions of England, and the other three nations."""

    NOT_SAID = NOT_SAID
    EAST_OF_ENGLAND = "East of England"
    LONDON = "London"
    MIDLANDS = "Midlands"
    NORTH_EAST_AND_YORKSHIRE = "North East and Yorkshire"
    NORTH_WEST = "North West"
    SOUTH_EAST = "South East"
    SOUTH_WEST = "South West"
    WALES = "Wales"
    SCOTLAND = "Scotland"
    NORTHERN_IRELAND = "Northern Ireland"

    @property
    def nation(self) -> Nation:
        """The nation that the region lies in; unsaid stays unsaid."""
        return Nation(self.value) if self.value in set(Nation) else Nation.ENGLAND


class Gender(StrEnum):
    """As a member puts it."""

    NOT_SAID = NOT_SAID
    WOMAN = "woman"
    MAN = "man"
    ANOTHER = "another"


class AgeBand(StrEnum):
    """Three bands and no birthday."""

    NOT_SAID = NOT_SAID
    UNDER_40 = "under 40"
    FROM_40_TO_54 = "40 to 54"
    FROM_55 = "55 and over"


class CareerStage(StrEnum):
    """How far along the road of leading somebody feels."""

    NOT_SAID = NOT_SAID
    EMERGING = "emerging"
    ESTABLISHED = "established"
    SENIOR = "senior"


@dataclass(frozen=True, slots=True)
class Profile:
    """What a member chose to say. `languages` and `working_days` are lists with `;` as in members.csv.

    `organisation` and `place` are names: they are kept only so that they can be hidden, and never shown to others.
    """

    organisation: str = ""
    place: str = ""
    organisation_kind: OrganisationKind = OrganisationKind.NOT_SAID
    profession: Profession = Profession.NOT_SAID
    setting: Setting = Setting.NOT_SAID
    region: Region = Region.NOT_SAID
    gender: Gender = Gender.NOT_SAID
    age_band: AgeBand = AgeBand.NOT_SAID
    career_stage: CareerStage = CareerStage.NOT_SAID
    languages: str = ""
    time_zone: str = "Europe/London"
    working_days: str = ""
    nation: Nation = Nation.NOT_SAID

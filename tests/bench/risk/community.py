"""A made-up community of any size, the same for the same seed: rows as in members.csv."""

import random

PROFESSIONS = (
    *("GP",) * 16,
    *("practice manager",) * 9,
    *("practice nurse",) * 7,
    *("community pharmacist",) * 7,
    *("district nurse",) * 3,
    *("optometrist",) * 4,
    *("dentist",) * 4,
    *("audiologist",) * 3,
    *("physiotherapist",) * 4,
    *("occupational therapist",) * 2,
    *("paramedic",) * 3,
    *("social prescriber",) * 4,
    *("manager",) * 4,
)
KINDS = {
    "community pharmacist": ("pharmacy",),
    "optometrist": ("optical practice",),
    "dentist": ("dental practice",),
    "audiologist": ("audiology service",),
    "district nurse": ("community service", "trust"),
    "physiotherapist": ("community service", "PCN"),
    "occupational therapist": ("community service", "trust"),
    "paramedic": ("ambulance service", "PCN"),
    "social prescriber": ("voluntary organisation", "PCN"),
    "manager": ("federation", "collaborative", "PCN"),
}
ENGLAND = (
    "East of England",
    "London",
    "Midlands",
    "North East and Yorkshire",
    "North West",
    "South East",
    "South West",
)
REGIONS = (*ENGLAND * 3, "Wales", "Wales", "Scotland", "Scotland", "Northern Ireland")
TOPICS = (
    "rota and workload",
    "merging practices",
    "group consultations",
    "keeping a team together",
    "difficult conversations",
    "being on a board",
    "working with hospitals",
    "welcoming ARRS roles",
    "data and business intelligence",
    "estates",
    "telephone systems",
    "training new leaders",
    "contract talks",
    "community links",
    "neighbourhood teams",
    "working with the ICB",
    "handing over",
    "finding my voice",
    "being heard",
    "long term conditions",
    "urgent care on the day",
    "storytelling",
)
LANGUAGES = ("", "", "", "", "", "Polish", "Urdu", "Welsh", "Punjabi", "Yoruba", "Gujarati", "Bengali", "Romanian")


def community(size: int = 64, seed: int = 20) -> list[dict[str, str]]:
    """Rows with most of members.csv's columns; ids `p01` onwards."""
    chance = random.Random(seed)
    return [_member(number, chance) for number in range(1, size + 1)]


def _member(number: int, chance: random.Random) -> dict[str, str]:
    profession = chance.choice(PROFESSIONS)
    region = chance.choice(REGIONS)
    setting = "urban" if region == "London" else chance.choice(("urban", "urban", "rural", "rural", "coastal", "mixed"))
    stage = chance.choice(("emerging", "established", "senior"))
    years = {"emerging": (1, 4), "established": (5, 13), "senior": (14, 28)}[stage]
    offers, seeks = chance.sample(TOPICS, 2), chance.sample(TOPICS, 2)
    ages = {"emerging": ("under 40", "under 40", "40 to 54"), "established": ("under 40", "40 to 54", "55 and over")}
    return {
        "id": f"p{number:02d}",
        "profession": profession,
        "organisation_kind": chance.choice(KINDS.get(profession, ("practice", "practice", "practice", "PCN"))),
        "setting": setting,
        "region": region,
        "nation": region if region in ("Wales", "Scotland", "Northern Ireland") else "England",
        "gender": chance.choice(("woman", "woman", "woman", "man", "man", "another", "not said")),
        "age_band": chance.choice(ages.get(stage, ("40 to 54", "55 and over"))),
        "career_stage": stage,
        "years_leading": str(chance.randint(*years)),
        "offers": ";".join(offers),
        "seeks": ";".join(set(seeks) - set(offers)),
        "languages": "English" + (f";{language}" if (language := chance.choice(LANGUAGES)) else ""),
    }

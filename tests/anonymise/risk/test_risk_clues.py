"""Clues: what of a profile a text tells of its own speaker, and what it tells of somebody else."""

import pytest

from bot.anonymise.risk.clues import find
from bot.anonymise.risk.stems import stem
from bot.anonymise.risk.table import clue_table


def told(text: str) -> dict[str, set[str]]:
    """Column -> values of all facts that a text tells at least half surely."""
    found: dict[str, set[str]] = {}
    for clue in find(text, year=2026):
        for column, values in clue.facts:
            if clue.sure >= 0.5:
                found.setdefault(column, set()).update(values)
    return found


@pytest.mark.parametrize(
    ("text", "column", "value"),
    [
        ("I'm an optometrist, and have been for years.", "profession", "optometrist"),
        ("As a practice manager you see everything.", "profession", "practice manager"),
        ("It's lonely being the only pharmacist at the table.", "profession", "community pharmacist"),
        ("Pharmacists like me count tablets all day.", "profession", "community pharmacist"),
        ("I trained in dentistry a long time ago.", "profession", "dentist"),
        ("we do the blister packs on a tuesday", "profession", "community pharmacist"),
        ("My day is grab rails and perching stools.", "profession", "occupational therapist"),
        ("There are sheep in the road and no bus after five.", "setting", "rural"),
        ("From the window you see tower blocks.", "setting", "urban"),
        ("We are between the pier and the lifeboat station.", "setting", "coastal"),
        ("up here in the North East we say it straight", "region", "North East and Yorkshire"),
        ("As a mum I know what waiting is.", "gender", "woman"),
        ("My son said, dad, just tell them.", "gender", "man"),
        ("I'm not yet forty.", "age_band", "under 40"),
        ("I'll be sixty next year, God willing.", "age_band", "55 and over"),
        ("I'm in my late forties now.", "age_band", "40 to 54"),
        ("I've led this place for twenty two years.", "years_leading", "22"),
        ("A quarter of a century running this surgery.", "years_leading", "25"),
        ("I've been in charge since last summer.", "career_stage", "emerging"),
        ("I have chaired the board for a long time, and I chair it still.", "career_stage", "senior"),
        ("I work for a charity, we are not the NHS.", "organisation_kind", "voluntary organisation"),
    ],
)
def test_what_a_speaker_says_of_themself_is_a_clue(text: str, column: str, value: str) -> None:
    assert value in told(text).get(column, set())


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("My wife is a pharmacist.", "profession"),
        ("She was an optometrist before she retired.", "profession"),
        ("I'm not a dentist, thank goodness.", "profession"),
        ("I am a dentist's daughter.", "profession"),
        ("People think I'm a GP.", "profession"),
        ("Our practice nurse told me so.", "profession"),
        ("I asked a physiotherapist about it.", "profession"),
        ("My brother lives by the sea.", "setting"),
        ("We don't have a dispensary.", "setting"),
        ("My mother led a school for thirty years.", "years_leading"),
        ("[a colleague] does the blister packs.", "profession"),
        ("The [a market town] practice rang.", "setting"),
        ("His daughter is in her thirties.", "age_band"),
    ],
)
def test_what_is_said_of_somebody_else_or_denied_is_none(text: str, column: str) -> None:
    assert column not in told(text)


def test_former_days_count_for_less() -> None:
    now = max(clue.sure for clue in find("I'm a practice nurse.", year=2026))
    then = max(clue.sure for clue in find("I used to be a practice nurse.", year=2026))
    assert then < now / 2


@pytest.mark.parametrize("word", ["dispense", "box", "city", "stop", "glass", "lead"])
def test_endings_make_no_difference(word: str) -> None:
    forms = {
        "dispense": ["dispenses", "dispensed", "dispensing"],
        "box": ["boxes", "boxed", "boxing"],
        "city": ["cities"],
        "stop": ["stops", "stopped", "stopping"],
        "glass": ["glasses"],
        "lead": ["leads", "leading"],
    }[word]
    assert {stem(form) for form in forms} == {stem(word)}


def test_softer_words_are_no_clues_themselves() -> None:
    softer = {wording.softer for wording in clue_table().wordings()}
    assert softer
    assert [words for words in sorted(softer) if find(f"I am {words}. We have {words} here.", year=2026)] == []


def test_offsets_are_right_whatever_the_letters() -> None:
    for text in (
        "🙂 I'm a dentist.",
        "Zoë: as a GP I’d say so",
        "x\u202ey I'm an optician\u0000",
        "\ud800 I'm a paramedic",
    ):
        found = find(text, year=2026)
        assert found
        assert all(text[clue.start : clue.end] == clue.phrase for clue in found)

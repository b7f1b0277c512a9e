"""Somebody's health goes whoever is named; the work of a practice stays."""

import pytest

from bot.anonymise.models import Known
from bot.anonymise.pipeline import Anonymiser
from bot.anonymise.rules import dates, health


def masked(anonymiser: Anonymiser, text: str) -> str:
    return anonymiser.mask([text], Known()).paragraphs[0].text


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("Ruth Adeyemi has lupus, and she leads us.", "[a colleague] has [a health matter], and she leads us."),
        ("Ravi, our treasurer, has Crohn's.", "[a colleague], our treasurer, has [a health matter]."),
        ("Kwame's girl with epilepsy is fine.", "[a colleague]'s girl with [a health matter] is fine."),
        ("Fatima’s depression came back.", "[a colleague]’s [health matter] came back."),
        ("Mum had dementia by then.", "Mum had [a health matter] by then."),
        ("One of our partners had a breakdown.", "One of our partners had [a health matter]."),
        ("Tariq lost his wife to cancer.", "[a colleague] lost his wife to [a health matter]."),
        ("My wife Anne's pregnant.", "My wife [name]'s [dealing with a health matter]."),
    ],
)
def test_an_illness_of_somebody_goes(anonymiser: Anonymiser, text: str, becomes: str) -> None:
    assert masked(anonymiser, text) == becomes


@pytest.mark.parametrize(
    "text",
    [
        "I went back to my surgery on Monday.",
        "She was in charge of diabetes for the county, and I am the lead for dementia.",
        "He had a stroke of genius, and the nurse with asthma training left.",
        "We do diabetes, asthma and hypertension reviews in one go.",
    ],
)
def test_the_work_of_a_practice_stays(anonymiser: Anonymiser, text: str) -> None:
    assert masked(anonymiser, text) == text


def test_clinics_of_somebody_named_are_no_illness_of_theirs() -> None:
    assert health.find("[colleague A] has a diabetes clinic, and [colleague B] runs the stroke ward.") == []


def test_ages_of_people_whose_names_are_hidden_go() -> None:
    text = "[colleague A] was 61 when he stopped, and my mum's 84 now."
    assert [text[span.start : span.end] for span in dates.find(text)] == ["61", "84"]

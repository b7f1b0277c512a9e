"""Each layer alone: what it finds, and what it leaves."""

import pytest

from bot.anonymise import roster
from bot.anonymise.descriptors import same_person
from bot.anonymise.keep import without_kept
from bot.anonymise.likeness import alike, alike_run
from bot.anonymise.merge import merged
from bot.anonymise.models import Known, KnownName, Label, Span
from bot.anonymise.networks.encoder import WINDOW, windows
from bot.anonymise.pipeline import Anonymiser
from bot.anonymise.rules import (
    context_rules,
    dates,
    family,
    health,
    names,
    orgs,
    places,
    roles,
    spoken,
    titles,
    uk_rules,
)
from bot.anonymise.text import words
from bot.anonymise.wording.standing import standing


def texts(text: str, spans: list[Span]) -> set[str]:
    return {text[span.start : span.end] for span in spans}


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("email me at jo.bloggs@example.org today", "jo.bloggs@example.org"),
        ("ring 07700 900461 please", "07700 900461"),
        ("ring +44 20 7946 0018 please", "+44 20 7946 0018"),
        ("her NMC pin is 18F2047E you see", "18F2047E"),
        ("GMC number 7453918 it is", "7453918"),
        ("the practice code is B83614 now", "B83614"),
        ("sort code 20-45-77 he said", "20-45-77"),
        ("NINO QQ 12 34 56 C there", "QQ 12 34 56 C"),
        ("we are in NR18 0QT here", "NR18 0QT"),
        ("see www.example.org/team for more", "www.example.org/team"),
        ("follow @thornhillgp there", "@thornhillgp"),
        ("his NHS number was 943 476 5919 then", "943 476 5919"),
    ],
)
def test_british_identifiers_are_found_whole(text: str, identifier: str) -> None:
    assert identifier in texts(text, uk_rules.find(text))


@pytest.mark.parametrize(
    "text", ["about 12,500 patients since 1987", "£1.2m over 18 months", "90% by 2025/26", "5 of the 23"]
)
def test_figures_that_identify_nobody_stay(text: str) -> None:
    assert uk_rules.find(text) == [] and spoken.find(text) == [] and dates.find(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "it's oh seven seven double oh nine oh oh four six one ok",
            "oh seven seven double oh nine oh oh four six one",
        ),
        ("helen dot marsh at example dot co dot uk please", "helen dot marsh at example dot co dot uk"),
        ("that is n r one eight zero q t yes", "n r one eight zero q t"),
        ("spelt K W A B E N A you know", "K W A B E N A"),
    ],
)
def test_what_is_said_aloud_is_found(text: str, said: str) -> None:
    assert said in texts(text, spoken.find(text))


@pytest.mark.parametrize(
    "text", ["one two three go", "the n h s", "we were two or three or four of us", "I looked at it"]
)
def test_ordinary_counting_and_abbreviations_stay(text: str) -> None:
    assert spoken.find(text) == []


def test_exact_dates_and_ages_go_but_days_months_durations_and_years_stay() -> None:
    gone = "on the 14th of June 2021, I'm forty-one, and on 3/11/1968, at the age of 29, march the third"
    assert texts(gone, dates.find(gone)) >= {"the 14th of June 2021", "forty-one", "3/11/1968", "29", "march the third"}
    kept = "On Thursday in June I did twelve years, two weeks on and ten weeks off, since 2018; I'm two hours late."
    assert dates.find(kept) == []


def test_health_counts_when_it_is_somebodys() -> None:
    for text, told in (
        ("After my miscarriage I went back", "my miscarriage"),
        ("he had a heart attack there", "a heart attack"),
    ):
        assert told in texts(text, health.find(text))
    assert health.find("Patients with diabetes get a text, and the stroke pathway is a slide.") == []


def test_family_goes_with_its_school_employer_or_name() -> None:
    text = "My wife teaches at St Wilfrid's Primary, and our daughter Niamh went to Durham University."
    assert texts(text, family.find(text)) >= {"teaches at St Wilfrid's Primary", "Niamh", "went to Durham University"}
    assert family.find("My wife is very patient and my kids are asleep.") == []


def test_roles_that_one_person_holds_go() -> None:
    text = "I was the only optometrist on the board, and later chair of Calderdale LMC."
    assert texts(text, roles.find(text)) == {"the only optometrist on the board", "chair of Calderdale LMC"}
    assert roles.find("I'm a GP partner, and the first thing I did was listen.") == []


def test_organisations_go_by_their_endings_in_any_case() -> None:
    for text, name in (
        ("at Old Mill Surgery we", "Old Mill Surgery"),
        ("at willow park surgery we", "willow park surgery"),
        ("the Esk Valley PCN was", "Esk Valley PCN"),
        ("we called it Open Door, and", "Open Door"),
    ):
        assert name in texts(text, orgs.find(text))
    assert orgs.find("the evening surgery, our whole practice, knee surgery and a good federation") == []


def test_titles_and_introductions_give_names_away() -> None:
    for text, name in (
        ("ask dr okonkwo about it", "okonkwo"),
        ("a lady called Maureen came", "Maureen"),
        ("Grace said no", "Grace"),
    ):
        assert name in texts(text, titles.find(text))
    assert titles.find("the doctor said so, and I called twice") == []


def test_places_that_are_words_need_the_words_around_them() -> None:
    text = "we moved to reading and then keighley"
    assert texts(text, places.find(text)) == {"reading", "keighley"}
    assert places.find("I was reading in the garden, and a rugby club had a sale") == []
    assert places.find("London and the North West are regions of England") == []


def test_names_that_are_words_need_a_capital() -> None:
    text = "then Grace and priya spoke with grace, and will they listen"
    assert texts(text, names.find(text)) == {"Grace", "priya"}


def test_the_roster_is_found_in_any_case_and_as_it_sounds(known: Known) -> None:
    text = "AMINA OKAFOR, ameena, okafour, mark bell, Sian Gwynne Rees at thorn field surgery, near swafham"
    found = texts(text, merged(text, roster.find(text, known)))
    assert found == {
        "AMINA OKAFOR",
        "ameena",
        "okafour",
        "mark bell",
        "Sian Gwynne Rees",
        "thorn field surgery",
        "swafham",
    }
    assert (
        roster.find("Mark my words, the bell rang while I was reading.", Known(people=(KnownName("Grace Hope"),))) == []
    )
    assert roster.find("anything", Known()) == []


def test_the_allow_list_keeps_national_bodies_and_eponyms() -> None:
    for text in (
        "NHS England",
        "the CQC",
        "Parkinson's",
        "King's Fund",
        "SystmOne",
        "the North West",
        "Thursday",
        "1987",
    ):
        span = Span(0, len(text), Label.ORG, "ner", 0.9)
        assert without_kept(text, [span]) == [], text
    assert without_kept("CQC Barnsley", [Span(0, 12, Label.ORG, "ner", 0.9)]) != []
    assert without_kept("June Black", [Span(0, 10, Label.PERSON, "ner", 0.9)]) != []


def test_overlaps_become_one_and_titles_go_with_the_name() -> None:
    text = "I rang Dr Sarah Jones's team."
    spans = [
        Span(10, 15, Label.PERSON, "ner", 0.8),
        Span(16, 23, Label.PERSON, "rampart", 0.9),
        Span(16, 21, Label.ORG, "ner", 0.5),
    ]
    (one,) = merged(text, spans)
    assert text[one.start : one.end] == "Dr Sarah Jones" and one.label is Label.PERSON


def test_nothing_is_hidden_inside_barred_ranges() -> None:
    text = "ask [colleague A] now"
    assert standing(text) == [(4, 17)]
    left = merged(text, [Span(0, 21, Label.ORG, "ner", 0.5)], standing(text))
    assert texts(text, left) == {"ask", "now"}


def test_spellings_of_one_name_are_alike_and_other_names_are_not() -> None:
    assert (
        alike("okafor", "okafour")
        and alike("amina", "ameena")
        and alike("yusuf", "yousef")
        and not alike("jon", "joan")
    )
    assert not alike("sarah", "susan") and not alike("ahmed", "anwar")
    assert alike_run("thornfieldsurgery", "thornefeildsurgery") and not alike_run("thornfield", "thistledown")


def test_one_person_has_many_names() -> None:
    for other in ("Sarah", "Jones", "Dr Jones", "Sara Jones", "S Jones"):
        assert same_person("Sarah Jones", other), other
    assert same_person("Elizabeth Ward", "Liz") and not same_person("Sarah Jones", "Sarah Smith")


def test_windows_cover_every_word_and_stay_short() -> None:
    text = "We met and we talked about it for a while. " * 60
    pieces = list(windows(text))
    assert all(len(piece) <= WINDOW and text[at : at + len(piece)] == piece for at, piece in pieces)
    assert [w.text for _, piece in pieces for w in words(piece)] == [w.text for w in words(text)]


def test_the_context_layer_is_all_its_rules() -> None:
    text = "Dr Okonkwo of Old Mill Surgery had a stroke."
    assert {span.label for span in context_rules.find(text)} == {Label.PERSON, Label.ORG}


def test_a_window_of_many_tokens_is_read_whole(anonymiser: Anonymiser) -> None:
    text = "한국어 " * 110 + "I rang Helen Whitworth."
    (found,) = anonymiser.layers.models["encoder"].find_all([text])
    assert any("Helen Whitworth" in part for part in texts(text, found))


def test_a_weekday_is_no_respelling_of_a_member() -> None:
    known = Known(people=(KnownName("Sunita Rao"),))
    assert roster.find("We lost him on Sunday.", known) == []
    assert texts("Suneeta came", roster.find("Suneeta came", known)) == {"Suneeta"}


def test_halves_of_a_joint_practice_are_known_in_any_case() -> None:
    known = Known(organisations=(KnownName("Fern Lane and Old Mill Practice"), KnownName("Riverside PCN")))
    text = "they met at the old mill, then at riverside, and walked along the riverside"
    assert texts(text, merged(text, roster.find(text, known))) == {"old mill", "riverside"}
    assert len(roster.find(text, known)) == 2


def test_a_name_does_not_go_on_behind_a_full_stop() -> None:
    for text, rule, name in (
        ("of the Ashmere Alliance. Fourteen doctors came.", orgs, "Ashmere Alliance"),
        ("ask Prof. Okonkwo now", titles, "Okonkwo"),
    ):
        assert texts(text, rule.find(text)) == {name}


def test_whoever_is_rung_is_a_person_even_in_lower_case() -> None:
    text = "i rang hope and texted grace"
    assert texts(text, titles.find(text)) == {"hope", "grace"}
    assert titles.find("i rang just as we hope and it rang. January") == []


def test_the_number_of_a_house_goes_with_its_street(anonymiser: Anonymiser) -> None:
    masked = anonymiser.mask(["We met at 22 Quarry Bank, Otley."], Known()).paragraphs[0].text
    assert "22" not in masked and "Quarry" not in masked


@pytest.mark.parametrize("text", ["I was ashamed, honestly.", "Mark my words, it ends.", "Hope you're well."])
def test_ordinary_words_that_look_like_names_stay(anonymiser: Anonymiser, text: str) -> None:
    assert anonymiser.mask([text], Known()).paragraphs[0].text == text

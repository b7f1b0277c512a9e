"""The rehearsal finds the speaker of a text with clues, and not once the clues are said more softly."""

import json
import random
from pathlib import Path

import pytest

from bot.anonymise.risk.rehearsal import Intruder, rehearse
from tests.bench.risk.__main__ import cases, measure
from tests.bench.risk.community import community


@pytest.mark.parametrize("half", ["tuned", "held", "fresh"])
def test_of_ten_speakers_at_least_eight_are_among_the_first_three_and_after_softening_it_is_chance(half: str) -> None:
    shares = measure(half)
    assert shares["told"] >= 0.8
    assert shares["softened"] <= shares["chance"] + 0.1  # what chance would have, within what 16 or 32 texts can tell
    assert shares["shuffled"] <= shares["chance"] + 0.1


def test_there_are_sixty_labelled_cases_and_half_of_them_are_held_back() -> None:
    assert len(cases("tuned")) == len(cases("held")) == 32


def test_two_thousand_members_are_ranked_each_once() -> None:
    members = community(2000, seed=9)
    ranking = Intruder(members).ranking("I'm an optometrist by the sea, and I have led for six years.")
    assert sorted(ranking) == sorted(row["id"] for row in members)
    first = {row["id"]: row for row in members}[ranking[0]]
    assert (first["profession"], first["setting"]) == ("optometrist", "coastal")


def test_a_text_without_clues_puts_nobody_first() -> None:
    intruder = Intruder(community())
    firsts = [intruder.ranking(f"It went well, thing {n}.")[0] for n in range(200)]
    assert max(firsts.count(one) for one in set(firsts)) < 15


def test_the_same_text_gives_the_same_answer_whatever_the_order_of_the_rows() -> None:
    members = community()
    mixed = random.Random(1).sample(members, len(members))
    text = cases("tuned")[0]["text"]
    assert Intruder(members).ranking(text) == Intruder(mixed).ranking(text)


def test_offers_tongues_days_and_names_of_the_roster_are_clues_too() -> None:
    members = [
        {"id": "a", "offers": "rota and workload", "working_days": "Mon;Tue;Wed;Thu", "languages": "English;Twi"},
        {"id": "b", "offers": "estates", "working_days": "Mon;Tue;Wed;Thu;Fri", "languages": "English;Irish"},
        {"id": "c", "organisation": "Quayside Surgery", "place": "Ottermouth"},
        {"id": "d"},
    ]
    intruder = Intruder(members)
    for text, who in (
        ("I did the rostering myself.", "a"),
        ("The lease ran out and the landlord laughed.", "b"),
        ("I don't work Fridays.", "a"),
        ("I say it in Irish.", "b"),
        ("At Ottermuth we do things slowly.", "c"),
        ("We are the quayside lot.", "c"),
    ):
        assert intruder.ranking(text)[0] == who, text


@pytest.mark.parametrize("members", [[], [{"id": "m1"}], [{"id": "m1", "profession": "GP"}, {"name": "No Id"}], [{}]])
@pytest.mark.parametrize("text", ["", " \n\n ", "I'm a GP.", "\ud83d\u0000[", "[" * 500, "I " * 2000, "أنا طبيب"])
def test_nothing_odd_upsets_it(members: list[dict[str, str]], text: str) -> None:
    found = rehearse(text, Intruder(members))
    assert len(found.ranking) == len(members)
    assert isinstance(found.softened, str)


def test_softened_words_open_a_sentence_with_a_capital() -> None:
    softened = Intruder(community()).softened
    assert softened("Eight years since I bought the practice.").startswith("Some years since")
    assert softened("Forty miles over the moor I drive.").startswith("Around here")
    assert softened("The commissioners know me.").startswith("Such things")


def test_softened_words_hold_nothing_more_to_soften() -> None:
    intruder = Intruder(community())
    for case in cases("tuned"):
        soft = intruder.softened(case["text"])
        assert intruder.softened(soft) == soft
        assert len(soft.split()) > len(case["text"].split()) * 0.5


def test_the_samples_speakers_are_guessed_from_their_raw_words() -> None:
    import csv

    folder = Path(__file__).parents[3] / "transcripts" / "samples"
    with (folder / "members.csv").open(encoding="utf-8") as file:
        intruder = Intruder(list(csv.DictReader(file)))
    notes = sorted(folder.glob("*.txt"))
    right = 0
    for note in notes:
        speaker = json.loads(note.with_suffix(".json").read_text(encoding="utf-8"))["speaker"]
        right += speaker in intruder.ranking(note.read_text(encoding="utf-8"))[:3]
    assert right >= 0.8 * len(notes)

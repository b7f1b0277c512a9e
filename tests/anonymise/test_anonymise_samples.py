"""The shipped voice notes' own words, beside the shipped roster: what must go goes, what must stay stays."""

import csv
import json
from pathlib import Path

import pytest

from bot.anonymise.models import Known
from bot.anonymise.pipeline import Anonymiser

SAMPLES = Path(__file__).parents[2] / "transcripts" / "samples"
NOTES = sorted(SAMPLES.glob("*.txt"))


@pytest.fixture(scope="module")
def community() -> Known:
    with (SAMPLES / "members.csv").open(encoding="utf-8", newline="") as file:
        return Known.from_members(csv.DictReader(file))


def test_there_are_notes_to_look_at() -> None:
    assert len(NOTES) >= 8


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.stem)
@pytest.mark.parametrize("change", [str, str.lower], ids=["as written", "in lower case"])
def test_no_identifier_of_a_note_survives(
    anonymiser: Anonymiser, community: Known, note: Path, change: type[str]
) -> None:
    masked = anonymiser.mask(change(note.read_text(encoding="utf-8")).split("\n\n"), community)
    text = "\n\n".join(paragraph.text for paragraph in masked.paragraphs).casefold()
    facts = json.loads(note.with_suffix(".json").read_text(encoding="utf-8"))
    assert [name for name in facts["identifiers"] if name.casefold() in text] == []


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.stem)
def test_what_makes_a_note_worth_reading_stays(anonymiser: Anonymiser, community: Known, note: Path) -> None:
    masked = anonymiser.mask(note.read_text(encoding="utf-8").split("\n\n"), community)
    text = "\n\n".join(paragraph.text for paragraph in masked.paragraphs)
    facts = json.loads(note.with_suffix(".json").read_text(encoding="utf-8"))
    assert [phrase for phrase in facts["keep"] if phrase not in text] == []

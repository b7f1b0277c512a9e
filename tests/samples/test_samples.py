"""The fictional community is whole, is spelt as programme.md spells things, and harms nobody."""

import csv
import json
import re
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import av
import numpy as np
import pytest

SAMPLES = Path(__file__).parents[2] / "transcripts" / "samples"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.ogg"))

MEMBER_COLUMNS = (
    "id,name,slack_name,organisation,organisation_kind,place,profession,setting,region,gender,age_band,career_stage,"
    "years_leading,offers,seeks,languages,time_zone,working_days,nation,not_with,power_ties,paused_until,capacity"
)
COLLABORATIVE_COLUMNS = (
    "id,name,kind,stage,footprint,legal_form,sectors,population,practices,pcns,setting,region,governance,funding,"
    "priorities,offers,seeks,capacity,leads,about,source,source_date"
)
SETTINGS = "urban|rural|coastal|mixed"
REGIONS = (
    "East of England|London|Midlands|North East and Yorkshire|North West|South East|South West|Wales|Scotland|"
    "Northern Ireland"
)
MEMBER_ENUMS = {
    "profession": "GP|practice manager|practice nurse|district nurse|community pharmacist|optometrist|dentist|"
    "audiologist|physiotherapist|occupational therapist|paramedic|social prescriber|manager|other",
    "setting": SETTINGS,
    "region": REGIONS,
    "gender": "woman|man|another|not said",
    "age_band": "under 40|40 to 54|55 and over|not said",
    "career_stage": "emerging|established|senior",
    "nation": "England|Wales|Scotland|Northern Ireland",
}
COLLABORATIVE_ENUMS = {
    "stage": "exploring|forming|shadow|established|mature",
    "footprint": "neighbourhood|place|system",
    "legal_form": "none/informal|memorandum of understanding|CIC|company limited by guarantee|federation-based|"
    "hosted by a trust",
    "setting": SETTINGS,
    "region": REGIONS,
    "sectors": "general practice|pharmacy|optometry|dentistry|audiology|community|mental health|social care|voluntary",
    "priorities": "collective voice|pathway design|at-scale delivery|practice sustainability|workforce and leadership|"
    "data and business intelligence|left shift of care|integrated neighbourhood teams|estates",
}
INVENTED_ONLY = ("offers", "seeks", "capacity", "leads")
FICTIONAL_PHONE = re.compile(r"07700900\d{3}")  # set aside by Ofcom for drama: rings nowhere


def rows(name: str, header: str) -> list[dict[str, str]]:
    with (SAMPLES / name).open(encoding="utf-8", newline="") as file:
        assert file.readline().rstrip("\n") == header
        return list(csv.DictReader(file, header.split(","), strict=True))


def listed(cell: str) -> list[str]:
    return [part for part in cell.split(";") if part]


def outside(row: dict[str, str], enums: dict[str, str]) -> list[tuple[str, str]]:
    return [(c, value) for c, allowed in enums.items() for value in listed(row[c]) if value not in allowed.split("|")]


def the_note(name: str) -> tuple[str, dict[str, Any]]:
    words = (SAMPLES / f"{name}.txt").read_text(encoding="utf-8")
    return words, json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))


def heard(name: str) -> tuple[str, np.ndarray[Any, np.dtype[np.float32]]]:
    """The codec's name and the note's samples at 16 kHz."""
    resampler = av.AudioResampler(format="flt", layout="mono", rate=16_000)
    with av.open(str(SAMPLES / f"{name}.ogg")) as file:
        pieces = [out.to_ndarray()[0] for frame in file.decode(audio=0) for out in resampler.resample(frame)]
        return file.streams.audio[0].codec_context.name, np.concatenate(pieces)


def longest_gap(mask: "np.ndarray[Any, np.dtype[np.bool_]]") -> int:
    """The longest run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], mask.astype(int), [0]))))
    return int((edges[1::2] - edges[::2]).max(initial=0))


MEMBERS = rows("members.csv", MEMBER_COLUMNS)
COLLABORATIVES = rows("collaboratives.csv", COLLABORATIVE_COLUMNS)
BY_ID = {member["id"]: member for member in MEMBERS}
INVENTED = [row for row in COLLABORATIVES if row["kind"] == "fictional"]
REAL = [row for row in COLLABORATIVES if row["kind"] == "real"]


def test_the_community_is_large_enough_and_numbered_without_a_gap() -> None:
    assert len(MEMBERS) >= 24
    assert [member["id"] for member in MEMBERS] == [f"m{n:02}" for n in range(1, len(MEMBERS) + 1)]
    assert len({member["slack_name"] for member in MEMBERS}) == len({m["name"] for m in MEMBERS}) == len(MEMBERS)


@pytest.mark.parametrize("member", MEMBERS, ids=lambda member: member["id"])
def test_every_member_is_described_in_the_programmes_words(member: dict[str, str]) -> None:
    assert outside(member, MEMBER_ENUMS) == []
    needed = set(MEMBER_COLUMNS.split(",")) - {"not_with", "power_ties", "paused_until"}
    assert [column for column in needed if not member[column]] == []
    assert ZoneInfo(member["time_zone"])
    assert set(listed(member["working_days"])) <= {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}
    assert int(member["years_leading"]) >= 0
    assert int(member["capacity"]) >= 0
    assert not member["paused_until"] or date.fromisoformat(member["paused_until"])
    assert (member["nation"] == "England") == (member["region"] not in {"Wales", "Scotland", "Northern Ireland"})


def test_people_of_every_profession_region_and_setting_are_there() -> None:
    for column, but in (("profession", {"other"}), ("region", set()), ("setting", set()), ("nation", set())):
        assert {member[column] for member in MEMBERS} >= set(MEMBER_ENUMS[column].split("|")) - but
    assert sum(member["profession"] == "GP" for member in MEMBERS) < len(MEMBERS) / 2


@pytest.mark.parametrize("column", ["not_with", "power_ties"])
def test_ties_between_two_people_are_known_to_both(column: str) -> None:
    ties = {(member["id"], other) for member in MEMBERS for other in listed(member[column])}
    assert ties
    assert ties == {(other, one) for one, other in ties}
    assert all(one != other and other in BY_ID for one, other in ties)


def test_twelve_collaboratives_are_invented_and_all_the_public_ones_are_there() -> None:
    assert len(INVENTED) == 12
    assert len(REAL) == 15
    assert len(INVENTED) + len(REAL) == len({row["id"] for row in COLLABORATIVES}) == len(COLLABORATIVES)
    assert [found for row in COLLABORATIVES if (found := outside(row, COLLABORATIVE_ENUMS))] == []


@pytest.mark.parametrize("row", REAL, ids=lambda row: row["name"])
def test_a_real_collaborative_has_a_source_and_a_date_and_nothing_invented(row: dict[str, str]) -> None:
    assert row["source"]
    assert re.fullmatch(r"20\d\d(-\d\d){0,2}", row["source_date"])
    assert [row[column] for column in INVENTED_ONLY] == ["", "", "", ""]
    assert row["name"] not in {member["organisation"] for member in MEMBERS}


@pytest.mark.parametrize("row", INVENTED, ids=lambda row: row["id"])
def test_an_invented_collaborative_is_led_by_members_and_says_what_it_can_take_on(row: dict[str, str]) -> None:
    assert row["source"] == "Invented for this project"
    assert listed(row["leads"])
    assert set(listed(row["leads"])) <= set(BY_ID)
    assert {BY_ID[lead]["region"] for lead in listed(row["leads"])} == {row["region"]}
    assert int(row["capacity"]) >= 0
    assert row["seeks"]


def test_there_are_enough_notes_small_enough_and_most_of_them_clean_and_neural() -> None:
    assert len(NAMES) >= 10
    clean = [the_note(name)[1]["clean"] for name in NAMES]
    assert sum(clean) >= 7
    assert clean.count(False) >= 3
    tools = [the_note(name)[1]["made"]["voice"]["tool"] for name in NAMES]
    assert sum(tool in {"hibari", "piper"} for tool in tools) > len(NAMES) / 2
    assert len(set(tools)) >= 3
    assert sum((SAMPLES / f"{name}.ogg").stat().st_size for name in NAMES) < 2_500_000
    assert (
        NAMES == sorted(path.stem for path in SAMPLES.glob("*.txt")) == sorted(p.stem for p in SAMPLES.glob("*.json"))
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_note_is_opus_speech_of_the_right_length(name: str) -> None:
    codec, samples = heard(name)
    assert codec in {"opus", "libopus"}
    assert 20 <= len(samples) / 16_000 <= 90
    words = len(the_note(name)[0].split())
    assert 60 < words / (len(samples) / 16_000) * 60 < 220  # words a minute, pauses included
    assert 0.3 < np.abs(samples).max() <= 1


@pytest.mark.parametrize("name", NAMES)
def test_what_must_go_and_what_must_stay_stand_in_the_words_and_apart(name: str) -> None:
    words, note = the_note(name)
    assert note["speaker"] in BY_ID
    assert note["voice"]
    assert len(note["identifiers"]) >= 2
    assert len(note["keep"]) >= 2
    assert [phrase for phrase in note["identifiers"] + note["keep"] if phrase not in words] == []
    names = [re.compile(rf"\b{re.escape(identifier)}\b") for identifier in note["identifiers"]]
    assert [kept for kept in note["keep"] if any(name.search(kept) for name in names)] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_name_or_place_of_the_roster_is_forgotten_among_the_identifiers(name: str) -> None:
    words, note = the_note(name)
    known = {member[column] for member in MEMBERS for column in ("name", "place", "organisation")} - {"London"}
    known |= {BY_ID[note["speaker"]]["name"].split()[0]}
    spoken = {word for word in known if re.search(rf"\b{re.escape(word)}\b", words)}
    assert [word for word in spoken if not any(word in identifier for identifier in note["identifiers"])] == []


@pytest.mark.parametrize("name", [name for name in NAMES if not the_note(name)[1]["clean"]])
def test_a_note_that_is_not_clean_has_long_pauses_and_noise_in_them(name: str) -> None:
    _, note = the_note(name)
    assert sum(5 <= pause <= 15 for pause in note["made"]["pauses"]) >= 2
    _, samples = heard(name)
    loudness = np.sqrt(np.mean(samples[: len(samples) // 800 * 800].reshape(-1, 800) ** 2, axis=1))  # every 50 ms
    calm = loudness < np.percentile(loudness, 95) / 3
    assert longest_gap(calm) * 0.05 >= 4
    assert np.percentile(loudness, 5) > 0.002


def test_no_telephone_number_in_the_samples_can_reach_anybody() -> None:
    numbers = [
        re.sub(r"\s", "", found) for name in NAMES for found in re.findall(r"\+?\d[\d ]{6,}\d", the_note(name)[0])
    ]
    assert numbers
    assert [number for number in numbers if not FICTIONAL_PHONE.fullmatch(number)] == []


def test_no_sample_holds_an_address_of_the_internet() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in SAMPLES.iterdir() if path.suffix in {".txt", ".csv"})
    assert re.findall(r"\S+@\S+|https?://\S+|www\.\S+", text) == []

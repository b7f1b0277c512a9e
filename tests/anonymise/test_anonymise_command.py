"""The command's lines and files, without the command line."""

import json
from pathlib import Path

import pytest

from bot.anonymise.command import masked_lines, masked_text, read_roster
from bot.anonymise.models import Known
from bot.anonymise.pipeline import Anonymiser
from bot.anonymise.trouble import BadLine, BadRoster


def test_each_line_comes_out_with_offsets_in_the_original(anonymiser: Anonymiser, known: Known) -> None:
    text = "😀 Ask Amina Okafor in Leeds."
    (line,) = masked_lines([json.dumps({"id": "a1", "text": text}), "\n"], anonymiser, known)
    row = json.loads(line)
    assert list(row) == ["id", "masked", "spans"] and row["masked"] == "😀 Ask [a colleague] in [a city]."
    assert [text[s["start"] : s["end"]] for s in row["spans"]] == ["Amina Okafor", "Leeds"]
    assert set(row["spans"][0]) == {"start", "end", "label", "replacement", "source", "score"}


def test_lines_come_one_at_a_time(anonymiser: Anonymiser, known: Known) -> None:
    out = masked_lines(['{"id": 1, "text": "Hello."}', "not json"], anonymiser, known)
    assert json.loads(next(out))["masked"] == "Hello."
    with pytest.raises(BadLine) as caught:
        next(out)
    assert caught.value.sentence.startswith("Line 2 ")


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[" * 100_000,
        "[]",
        '"x"',
        "{}",
        '{"id": 1}',
        '{"text": "x"}',
        '{"id": 1, "text": 2}',
        '{"id": null, "text": "x"}',
    ],
)
def test_a_malformed_line_is_named_by_its_number(anonymiser: Anonymiser, known: Known, line: str) -> None:
    with pytest.raises(BadLine, match="Line 1 "):
        list(masked_lines([line], anonymiser, known))


def test_plain_text_is_one_transcript(anonymiser: Anonymiser, known: Known) -> None:
    masked = masked_text("Priya Ramanathan rang.\n\nPriya laughed.\n", anonymiser, known)
    assert "\n".join(p.text for p in masked.paragraphs) == "[a colleague] rang.\n\n[a colleague] laughed.\n"


def test_a_roster_is_read_with_its_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "members.csv"
    path.write_text(
        "\ufeffid,name,slack_name,organisation,organisation_kind,place\nm1,Amina Okafor,@amina,Thornfield,practice,\n",
        "utf-8",
    )
    roster = read_roster(path)
    assert [name.text for name in roster.people] == ["Amina Okafor", "amina"] and {n.owner for n in roster.people} == {
        "m1"
    }
    assert roster.organisations[0].kind == "practice" and roster.places == ()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no rows"),
        (b"id,name\n", "no rows"),
        (b"name,place\nJo,Leeds\n", "no column id"),
        (b"id,name\nm1,\n", "line 2"),
        (b"id,name\nm1,Jo,extra\n", "line 2"),
        (b"id,name\nm1,\xff\xfe\n", "UTF-8"),
        (b"\x00\x01", "no rows"),
    ],
)
def test_a_bad_roster_is_explained(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "members.csv"
    path.write_bytes(content)
    with pytest.raises(BadRoster) as caught:
        read_roster(path)
    assert reason in caught.value.sentence


def test_a_roster_that_is_not_there_is_explained(tmp_path: Path) -> None:
    with pytest.raises(BadRoster, match="no such file"):
        read_roster(tmp_path / "nobody.csv")
    with pytest.raises(BadRoster, match="can't be opened"):
        read_roster(tmp_path)

"""A researcher's folder of interviews: Markdown out, a log apart, and the way back."""

import json
import stat
from pathlib import Path

import pytest

from bot.anonymise import folder, formats
from bot.anonymise.models import Known, Label
from bot.anonymise.pipeline import Anonymiser

ONES = ("one.md", "one.txt")
VTT = """WEBVTT

1
00:00:01.000 --> 00:00:04.000
<v Guest>I rang Priya Ramanathan.

00:00:05.000 --> 00:00:06.000
She came.
"""


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    place = tmp_path / "talks"
    place.mkdir()
    (place / "one.txt").write_text("I rang Amina Okafor.\n\nAmina came at once.\n", encoding="utf-8")
    (place / "two.vtt").write_text(VTT, encoding="utf-8")
    (place / "three.json").write_text(json.dumps([{"segments": [{"text": " Ask Amina Okafor."}]}]), encoding="utf-8")
    (place / "photo.jpg").write_bytes(b"\xff\xd8")
    return place


def test_each_interview_becomes_markdown_with_what_was_hidden_counted(
    talks: Path, tmp_path: Path, anonymiser: Anonymiser, known: Known
) -> None:
    out = tmp_path / "out"
    done = [folder.mask_file(path, out, anonymiser, known, log=True) for path in folder.interviews(talks)]
    assert [each.out.name for each in done] == ["one.md", "three.json.md", "two.vtt.md"]
    assert done[0].hidden[Label.PERSON] == 2
    for each in done:
        text = each.out.read_text(encoding="utf-8")
        assert text.startswith("---\nwords: ") and "Amina" not in text and "Priya" not in text
    assert "came at once." in done[0].out.read_text(encoding="utf-8")
    assert "-->" not in done[2].out.read_text(encoding="utf-8")


def test_the_log_lies_apart_for_one_account_only_and_brings_the_words_back(
    talks: Path, tmp_path: Path, anonymiser: Anonymiser, known: Known
) -> None:
    done = folder.mask_file(talks / "one.txt", tmp_path / "out", anonymiser, known, log=True)
    log = tmp_path / "out" / "logs" / "one.log.json"
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert folder.undo(done.out, log) == (talks / "one.txt").read_text(encoding="utf-8")
    done.out.write_text(done.out.read_text(encoding="utf-8") + "and more", encoding="utf-8")
    with pytest.raises(folder.LogDoesNotFit):
        folder.undo(done.out, log)


def test_without_a_log_no_original_is_written_anywhere(
    talks: Path, tmp_path: Path, anonymiser: Anonymiser, known: Known
) -> None:
    folder.mask_file(talks / "one.txt", tmp_path / "out", anonymiser, known, log=False)
    assert [path.name for path in (tmp_path / "out").rglob("*")] == ["one.md"]


def test_nothing_is_written_over_or_among_the_originals(talks: Path, tmp_path: Path) -> None:
    with pytest.raises(folder.SameFolder):
        folder.check_places(talks, talks, force=True)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "one.md").write_text("kept", encoding="utf-8")
    with pytest.raises(folder.AlreadyThere):
        folder.check_places(talks, tmp_path / "out", force=False)
    folder.check_places(talks, tmp_path / "out", force=True)


def test_two_files_of_one_name_become_two(talks: Path, tmp_path: Path, anonymiser: Anonymiser, known: Known) -> None:
    (talks / "one.md").write_text("We met Priya.", encoding="utf-8")
    done = [folder.mask_file(talks / name, tmp_path / "out", anonymiser, known, log=True) for name in ONES]
    assert [each.out.name for each in done] == ["one.md", "one.txt.md"]
    logs = [tmp_path / "out" / "logs" / f"{each.out.stem}.log.json" for each in done]
    assert folder.undo(done[0].out, logs[0]) == "We met Priya."
    assert folder.undo(done[1].out, logs[1]).startswith("I rang Amina")


def test_line_ends_of_any_sort_come_back(tmp_path: Path, anonymiser: Anonymiser, known: Known) -> None:
    (tmp_path / "talk.json").write_text(json.dumps({"text": "I rang\r\nAmina\rOkafor."}), encoding="utf-8")
    done = folder.mask_file(tmp_path / "talk.json", tmp_path / "out", anonymiser, known, log=True)
    assert folder.undo(done.out, tmp_path / "out" / "logs" / "talk.json.log.json") == "I rang\nAmina\nOkafor."


def test_where_a_file_cannot_be_put_no_half_of_it_stays(
    talks: Path, tmp_path: Path, anonymiser: Anonymiser, known: Known
) -> None:
    (tmp_path / "out" / "logs" / "one.log.json").mkdir(parents=True)
    with pytest.raises(folder.CannotWrite):
        folder.mask_file(talks / "one.txt", tmp_path / "out", anonymiser, known, log=True)
    assert [path.name for path in (tmp_path / "out").rglob("*")] == ["logs", "one.log.json"]


def test_what_is_no_interview_is_named_but_hidden_files_are_not(talks: Path) -> None:
    (talks / ".DS_Store").write_bytes(b"x")
    assert [path.name for path in folder.others(talks)] == ["photo.jpg"]
    assert folder.others(talks / "one.txt") == []


def test_a_whole_text_in_place_of_a_path_is_no_folder() -> None:
    assert not folder.is_folder(Path("and then we talked " * 40))


def test_an_empty_folder_is_said_to_be_empty(tmp_path: Path) -> None:
    with pytest.raises(folder.NothingToRead):
        folder.interviews(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "trouble"),
    [
        ("a.docx", b"PK", formats.NotAnInterview),
        ("a.txt", b"\xff\xfe\x00", formats.NotReadable),
        ("a.txt", b" \n\n", formats.NoWords),
        ("a.json", b"{", formats.NotReadable),
        ("a.json", b"[" * 100_000, formats.NotReadable),
        ("a.json", b"[1]", formats.NotReadable),
        ("a.json", b'{"title": "x"}', formats.NotReadable),
        ("a.srt", b"1\n00:00:01,000 --> 00:00:02,000\n", formats.NoWords),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_the_reason(
    tmp_path: Path, name: str, content: bytes, trouble: type[formats.NotReadable]
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(trouble) as caught:
        formats.paragraphs_of(tmp_path / name)
    assert name in caught.value.sentence


def test_a_file_that_is_gone_is_said_to_be_gone(tmp_path: Path) -> None:
    with pytest.raises(formats.NotReadable, match="no such file"):
        formats.paragraphs_of(tmp_path / "gone.txt")

"""The script that made the notes: the same bytes each time, and a sentence where it can't go on."""

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "transcripts" / "samples" / "make_notes.py"


def run(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, str(SCRIPT), *map(str, arguments)], capture_output=True, text=True)


def test_the_same_recipe_makes_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for folder in (tmp_path / "first", tmp_path / "second"):
        folder.mkdir()
        done = run("--only", "car-park", "--out", folder)
        assert done.returncode == 0, done.stderr
        made.append((folder / "car-park.ogg").read_bytes())
    assert made[0] == made[1]
    assert len(made[0]) > 50_000


def test_a_missing_voice_is_told_in_a_sentence_and_nothing_is_written(tmp_path: Path) -> None:
    done = run("--only", "nearest-the-door", "--piper", tmp_path / "no-such-python", "--out", tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("I need piper-tts")
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_note_that_does_not_exist_is_told_in_a_sentence(tmp_path: Path) -> None:
    done = run("--only", "no-such-note", "--out", tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("I can't find")
    assert "Traceback" not in done.stderr

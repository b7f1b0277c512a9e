"""What each command prints, with the real engines."""

import json
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path

from click.testing import Result
from cryptography.fernet import Fernet

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "transcripts" / "samples"
FAST = ("--engine", "faster-whisper", "--model", "tiny.en")
Ask = Callable[..., Result]
Run = Callable[..., subprocess.CompletedProcess[str]]


def test_transcribe_writes_the_good_ones_and_says_which_was_bad(run: Run, somewhere: Path) -> None:
    (somewhere / "letter.ogg").write_text("This is no recording.")
    told = run("transcribe", str(SAMPLES / "the-suit.ogg"), "letter.ogg", *FAST, "--json")
    assert told.returncode == 2
    assert told.stderr.startswith("letter.ogg: That file has no sound in it") and told.stderr.count("\n") == 1
    (note,) = json.loads(told.stdout)
    assert set(note) == {"file", "seconds", "engine", "model", "text", "segments", "elapsed"}
    assert (note["engine"], note["model"]) == ("faster-whisper", "tiny.en")
    assert 20 < note["seconds"] < 90 and note["elapsed"] > 0
    assert "optometrist" in note["text"]
    assert {key for each in note["segments"] for key in each} == {"start", "end", "text", "confidence", "flags"}


def test_transcribe_with_a_model_that_does_not_exist_is_a_sentence(ask: Ask) -> None:
    told = ask("transcribe", str(SAMPLES / "the-suit.ogg"), "--model", "./nowhere.pt")
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr.startswith('The speech model "./nowhere.pt"') and told.stderr.count("\n") == 1


def test_transcribe_with_nothing_but_bad_files_writes_an_empty_list(ask: Ask) -> None:
    told = ask("transcribe", "nowhere.ogg", *FAST, "--json")
    assert (told.exit_code, json.loads(told.stdout)) == (2, [])
    assert told.stderr == "nowhere.ogg: There is no file nowhere.ogg that I can read.\n"


LINES = """{"id": "a", "text": "I'm Amina Okafor, and Amina is glad."}
{"id": 2, "text": "She rang from Norwich on 3 May."}

{"id": "c", "text": "Nobody is in this one."}
"""


def test_anonymise_jsonl_gives_offsets_in_the_original_text_and_stops_at_a_bad_line(run: Run) -> None:
    told = run("anonymise", "--jsonl", stdin=LINES + '{"id": 4}\n{"id": 5, "text": "Bye."}\n')
    assert told.returncode == 2
    assert told.stderr.startswith("Line 5 isn't a JSON object") and told.stderr.count("\n") == 1
    before = [json.loads(line) for line in LINES.splitlines() if line]
    after = [json.loads(line) for line in told.stdout.splitlines()]
    assert [each["id"] for each in after] == ["a", 2, "c"]
    for original, masked in zip(before, after, strict=True):
        assert put_together(original["text"], masked["spans"]) == masked["masked"]
    hidden = {
        original["text"][each["start"] : each["end"]]
        for original, masked in zip(before, after, strict=True)
        for each in masked["spans"]
    }
    assert {"Amina Okafor", "Norwich", "3 May"} <= hidden
    assert after[2] == {"id": "c", "masked": "Nobody is in this one.", "spans": []}


def test_anonymise_json_counts_over_lines_and_knows_the_roster(run: Run, somewhere: Path) -> None:
    (somewhere / "members.csv").write_text("id,name,organisation\nm01,Wren Tansy,The Old Kiln\n")
    text = "A first line.\nThen Wren Tansy came 🎉 from Norwich.\n"
    told = run("anonymise", "-", "--roster", "members.csv", "--json", stdin=text)
    result = json.loads(told.stdout)
    assert set(result) == {"masked", "spans"}
    assert put_together(text, result["spans"]) == result["masked"]
    assert [text[each["start"] : each["end"]] for each in result["spans"]] == ["Wren Tansy", "Norwich"]


def put_together(text: str, spans: list[dict[str, int | str]]) -> str:
    """The text with every span replaced, by the offsets alone."""
    for span in reversed(spans):
        text = text[: int(span["start"])] + str(span["replacement"]) + text[int(span["end"]) :]
    return text


def test_manifest_is_json_for_socket_mode(ask: Ask) -> None:
    told = ask("manifest")
    assert json.loads(told.stdout)["settings"]["socket_mode_enabled"] is True


def test_db_upgrade_may_be_run_twice(ask: Ask, somewhere: Path) -> None:
    assert ask("db", "upgrade").stdout == ask("db", "upgrade").stdout
    assert (somewhere / ".collaborate" / "collaborate.db").exists()


def test_a_key_is_fresh_every_time_and_nothing_is_changed(ask: Ask, somewhere: Path) -> None:
    first, second = ask("key").stdout.strip(), ask("key").stdout.strip()
    assert first != second
    Fernet(first)
    assert list(somewhere.iterdir()) == []


def test_key_rotate_moves_the_database_to_the_new_key(ask: Ask, somewhere: Path) -> None:
    old, new = ask("key").stdout.strip(), ask("key").stdout.strip()
    ask("db", "upgrade", MASTER_KEYS=old)
    told = ask("key", "rotate", MASTER_KEYS=f"{new},{old}")
    assert told.exit_code == 0
    assert told.stdout.startswith("0 values are under the newest key now.")


def test_the_version_is_the_project_s(run: Run) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    told = run("--version")
    assert told.returncode == 0
    assert told.stdout.strip() in (
        f"collaborate {project['version']}",
        "collaborate, from a folder that was never installed (`make install`)",
    )

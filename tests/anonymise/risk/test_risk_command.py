"""`collaborate rehearse` from outside: lines and a roster in, JSON lines out, and a sentence for what can't be used."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.risk.community import community

TEXT = "I'm an optometrist in the valleys, two years in charge, and my family speaks Yoruba."


def run(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot.cli", "rehearse", *words]
    entry = "import sys; sys.argv = sys.argv[1:]; from bot.cli import main; main()"
    return subprocess.run([sys.executable, "-c", entry, *command[2:]], input=given, capture_output=True, text=True)


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    file = tmp_path / "members.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(community()[0]))
        writer.writeheader()
        writer.writerows(community())
    return file


def test_each_line_gives_all_members_best_first_the_clues_and_softer_words(tmp_path: Path, roster: Path) -> None:
    lines = tmp_path / "texts.jsonl"
    lines.write_text("".join(json.dumps({"id": n, "text": TEXT}) + "\n\n" for n in (1, "two")), encoding="utf-8")
    done = run(str(lines), "--roster", str(roster), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in rows] == [1, "two"]
    assert rows[0]["ranking"][0] == "p15" and len(set(rows[0]["ranking"])) == 64
    assert {"phrase": "an optometrist", "fits": ["profession: optometrist"]} in rows[0]["clues"]
    assert "optometrist" not in rows[0]["softened"] and "Yoruba" not in rows[0]["softened"]


def test_without_json_it_is_for_people_to_read(roster: Path) -> None:
    done = run("-", "--roster", str(roster), given=json.dumps({"id": "x", "text": TEXT}))
    assert done.returncode == 0
    assert done.stdout.startswith("x: most like p15, ")


@pytest.mark.parametrize(
    ("given", "rows", "said"),
    [
        ("{}", "id\nm1\n", "Line 1"),
        ("[]", "id\nm1\n", "Line 1"),
        ("", "name\nAnna\n", "no column id"),
        ("", "", "no rows"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_sentence(tmp_path: Path, given: str, rows: str, said: str) -> None:
    file = tmp_path / "members.csv"
    file.write_text(rows, encoding="utf-8")
    done = run("-", "--roster", str(file), given=given)
    assert done.returncode == 2
    assert said in done.stderr and "Traceback" not in done.stderr

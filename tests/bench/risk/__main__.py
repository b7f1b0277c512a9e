"""`python -m tests.bench.risk`: the rehearsal on labelled cases, as told, softened, and with shuffled profiles."""

import csv
import json
import random
import sys
from pathlib import Path

from bot.anonymise.risk.rehearsal import Intruder
from tests.bench.risk import tics
from tests.bench.risk.community import community

CASES, FRESH = (Path(__file__).parent / name for name in ("cases.jsonl", "fresh.jsonl"))
SAMPLES = Path(__file__).parents[3] / "transcripts" / "samples" / "members.csv"


def cases(half: str) -> list[dict[str, str]]:
    """The labelled cases; those with an even number are held back and never looked at while tuning."""
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if half == "all" or (int(row["id"][1:]) % 2 == 0) == (half == "held")]


def fresh() -> tuple[list[dict[str, str]], dict[str, str]]:
    """The members of transcripts/samples, and a text of each of sixteen, written last and measured once."""
    with SAMPLES.open(encoding="utf-8", newline="") as file:
        members = list(csv.DictReader(file))
    rows = [json.loads(line) for line in FRESH.read_text(encoding="utf-8").splitlines()]
    return members, {row["id"]: row["text"] for row in rows}


def top_three(intruder: Intruder, texts: dict[str, str]) -> float:
    """The share of texts whose speaker is among the first three."""
    return sum(_chance(intruder, speaker, text) for speaker, text in texts.items()) / len(texts)


def _chance(intruder: Intruder, speaker: str, text: str) -> float:
    """1 or 0, or in between where members fit equally well: the lot that `ranking` draws is no finding."""
    scores = intruder.fits.scores(intruder.all_clues(text))
    mine = scores[intruder.community.ids.index(speaker)]
    better, alike = int((scores > mine + 1e-9).sum()), int((abs(scores - mine) <= 1e-9).sum())
    return min(1.0, max(0, 3 - better) / alike)


def shuffled(members: list[dict[str, str]], seed: int = 4) -> list[dict[str, str]]:
    """The same profiles under other members' ids."""
    ids = [row["id"] for row in members]
    random.Random(seed).shuffle(ids)
    return [row | {"id": other} for row, other in zip(members, ids, strict=True)]


def measure(half: str) -> dict[str, float]:
    """Shares of texts with the speaker in the top three: as told, softened, against shuffled profiles; and chance."""
    members, told = fresh() if half == "fresh" else (community(), {row["id"]: row["text"] for row in cases(half)})
    intruder = Intruder(members)
    soft = {speaker: intruder.softened(text) for speaker, text in told.items()}
    return {
        "told": top_three(intruder, told),
        "softened": top_three(intruder, soft),
        "shuffled": sum(top_three(Intruder(shuffled(members, seed)), told) for seed in range(5)) / 5,
        "chance": 3 / len(members),
    }


def show(half: str) -> None:
    """What every case of the tuned half tells, and how it reads softened."""
    intruder = Intruder(community())
    for row in cases(half):
        clues = [(clue.phrase, clue.facts, round(clue.sure, 2)) for clue in intruder.all_clues(row["text"])]
        print(f"\n{row['id']}: rank {intruder.ranking(row['text']).index(row['id']) + 1}", *clues, sep="\n  ")
        print("  softened:", intruder.softened(row["text"]))


if __name__ == "__main__":
    for half in ("tuned", "held", "fresh"):
        print(half, {name: round(share, 3) for name, share in measure(half).items()})
    print("style", {name: round(share, 3) for name, share in tics.measure().items()})
    if "-v" in sys.argv:
        show("tuned")

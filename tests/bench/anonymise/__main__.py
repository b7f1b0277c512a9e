"""How much the anonymiser finds and leaves, beside Presidio's defaults and scrubadub, on both halves of the corpus.

    make bench-anonymise                                  all of it
    python -m tests.bench.anonymise --alone -v FILE…      ours only, on other marked passages, with what it missed

Figures are per cent; false masks are per 1,000 words outside gold. Pace and memory come from the same run, the pace as
the median of several rounds. The held half's texts are never printed: whoever reads its misses tunes on it.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.bench.anonymise import corpus, tools
from tests.bench.anonymise.corpus import Passage
from tests.bench.anonymise.scoring import Figures, figures

ROUNDS = 5
BATCH = 30


def main() -> None:
    """Measures and prints."""
    given = _options()
    if given.memory:
        print(_peak_of_ours(corpus.held()))
        return
    halves = {"given": corpus.read(given.files)} if given.files else {"tuned": corpus.tuned(), "held": corpus.held()}
    peers: dict[str, tools.Tool] = {} if given.alone else {"presidio": tools.presidio, "scrubadub": tools.scrubadub}
    report: dict[str, Any] = {}
    for half, passages in halves.items():
        hushed = half == "held" or corpus.HELD.resolve() in (file.resolve() for file in given.files)
        for name, tool in {"ours": tools.ours, **peers}.items():
            measured = _measured(tool, passages)
            report[f"{name}, {half}"] = {**measured.shares, **{k: list(v) for k, v in measured.labels.items()}}
            if not given.as_json:
                _show(f"{name}, {half} ({len(passages)} passages)", measured, given.verbose and not hushed)
    report["pace"] = _paces(next(reversed(halves.values())), given.alone)
    report["MB"] = _memory()
    print(json.dumps(report) if given.as_json else _last_lines(report))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.anonymise")
    parser.add_argument("files", nargs="*", type=Path, help="marked passages, instead of the two halves")
    parser.add_argument("-v", "--verbose", action="store_true", help="show what was missed and what was masked in vain")
    parser.add_argument("--alone", action="store_true", help="without the peers")
    parser.add_argument("--json", action="store_true", dest="as_json")
    parser.add_argument("--memory", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _measured(tool: tools.Tool, passages: Sequence[Passage]) -> Figures:
    masks = tool([passage.text for passage in passages])
    return figures(passages, {passage.id: ranges for passage, ranges in zip(passages, masks, strict=True)})


def _show(name: str, measured: Figures, verbose: bool) -> None:
    print(f"{name}: " + ", ".join(f"{key} {value:.1f}" for key, value in measured.shares.items()))
    print("   " + ", ".join(f"{label} {hits}/{there}" for label, (hits, there) in measured.labels.items()))
    if verbose:
        print(*(f"  {name} missed {label}: {text!r}" for name, label, text in measured.missed), sep="\n")
        print(*(f"  {name} false: {text!r}" for name, text in measured.wrong), sep="\n")


def _paces(passages: Sequence[Passage], alone: bool) -> dict[str, float]:
    """Characters a second: ours as transcripts of 30 paragraphs and one passage at a time, and the models' own."""
    from bot.anonymise.models import Known

    texts = [passage.text for passage in passages]
    size = sum(map(len, texts))

    def in_batches() -> None:
        for start in range(0, len(texts), BATCH):
            tools.anonymiser().mask(texts[start : start + BATCH], Known())

    runs: dict[str, Callable[[], Any]] = {"ours in batches": in_batches, "ours one by one": lambda: tools.ours(texts)}
    if not alone:
        runs |= {
            "rampart alone": lambda: tools.rampart_alone(texts),
            "spaCy small alone": lambda: tools.spacy_alone(texts),
            "presidio": lambda: tools.presidio(texts),
        }
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for run in runs.values():
        run()
    for _ in range(ROUNDS):  # taking turns, so that whatever else the machine does falls on all
        for name, run in runs.items():
            began = time.perf_counter()
            run()
            seconds[name].append(time.perf_counter() - began)
    return {name: size / statistics.median(taken) for name, taken in seconds.items()}


def _memory() -> float:
    """The most that ours takes, in MB, in a process of its own."""
    answer = subprocess.run(
        [sys.executable, "-m", "tests.bench.anonymise", "--memory"], capture_output=True, check=True, text=True
    )
    return float(answer.stdout)


def _peak_of_ours(passages: Sequence[Passage]) -> float:
    tools.ours([passage.text for passage in passages])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _last_lines(report: dict[str, Any]) -> str:
    paces = ", ".join(f"{name} {pace:.0f}" for name, pace in report["pace"].items())
    return f"characters a second (median of {ROUNDS}): {paces}\nours takes {report['MB']:.0f} MB at most"


if __name__ == "__main__":
    main()

"""Speed and accuracy of both speech engines on the same weights. Run by hand, on a quiet machine:

    python -m tests.bench.voice DIR [--model base] [--threads 1] [--rounds 3] [--weights .collaborate/weights]

DIR holds recordings and a refs.tsv with the columns `file` and `text` (others are passed over). The engines take turns,
so that whatever else the machine does falls on both. Errors are counted after Whisper's own normaliser for English,
which evens out spelling, numbers and punctuation.
"""

import argparse
import csv
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path

from bot.voice.audio import Audio, decode
from bot.voice.transcribe import EngineName, Transcriber, load

ENGINES: tuple[EngineName, ...] = ("whisper", "faster-whisper")


@dataclass
class Trial:
    """One engine's rounds: seconds of work a minute of audio in each, and what it wrote in the last."""

    transcriber: Transcriber
    load_seconds: float
    paces: list[float] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def main() -> None:
    options = _options()
    references = _references(options.folder)
    audio = [decode(options.folder / name, max_seconds=3600) for name in references]
    minutes = sum(each.seconds for each in audio) / 60
    trials = {engine: _loaded(engine, options) for engine in ENGINES}
    for _ in range(options.rounds):
        for trial in trials.values():
            _round(trial, audio, minutes)
    print(f"{len(audio)} recordings, {minutes:.1f} minutes, model {options.model}, {options.threads} thread(s)")
    print(f"{'engine':16}{'load s':>8}{'s a minute (median)':>22}{'all rounds':>24}{'WER':>8}")
    for engine, trial in trials.items():
        paces = " ".join(f"{pace:.1f}" for pace in trial.paces)
        errors = word_error_rate(list(references.values()), trial.texts)
        print(f"{engine:16}{trial.load_seconds:8.1f}{statistics.median(trial.paces):22.2f}{paces:>24}{errors:8.1%}")


def word_error_rate(references: list[str], texts: list[str]) -> float:
    """The share of words that are wrong, missing or too many, over all recordings together."""
    import jiwer
    from whisper.normalizers import EnglishTextNormalizer

    normal = EnglishTextNormalizer()
    return float(jiwer.wer([normal(text) for text in references], [normal(text) for text in texts]))


def _round(trial: Trial, audio: list[Audio], minutes: float) -> None:
    began = time.perf_counter()
    trial.texts = [trial.transcriber.transcribe(each).text for each in audio]
    trial.paces.append((time.perf_counter() - began) / minutes)


def _loaded(engine: EngineName, options: argparse.Namespace) -> Trial:
    began = time.perf_counter()
    transcriber = load(engine, options.model, threads=options.threads, weights_dir=options.weights)
    return Trial(transcriber, time.perf_counter() - began)


def _references(folder: Path) -> dict[str, str]:
    with (folder / "refs.tsv").open(encoding="utf-8", newline="") as file:
        return {row["file"]: row["text"] for row in csv.DictReader(file, delimiter="\t")}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Speed and accuracy of both speech engines.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", default="base")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--weights", type=Path, default=Path(".collaborate/weights"))
    return parser.parse_args()


if __name__ == "__main__":
    main()

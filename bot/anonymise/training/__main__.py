"""`python -m bot.anonymise.training [--folds N]`: measures by cross-validation if asked, then fits and writes."""

import argparse
import sys
import time

import torch

from bot.anonymise.networks.encoder import Encoder
from bot.anonymise.networks.learned import WEIGHTS
from bot.anonymise.training import export, measure, start
from bot.anonymise.training.fit import Example, Recipe, examples, fitted, predicted, variants
from bot.anonymise.training.passages import FOLDER, held_back, read

#: into how many shares the passages come; each has its own share of the lists of names too
FOLDS = 4


def main() -> int:
    """Reads the passages but those held back, makes their variants, measures, fits, writes."""
    parser = argparse.ArgumentParser(prog="python -m bot.anonymise.training", description=__doc__)
    parser.add_argument("--folds", type=int, default=0, choices=range(FOLDS + 1), help="how many shares to measure on")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--measure-only", action="store_true", help="leave the weights as they are")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    recipe = Recipe()
    began = time.monotonic()
    passages = [each for each in read(sorted(FOLDER.glob("*.jsonl")), FOLDS) if not held_back(each)]
    encoder = Encoder.load(threads=given.threads)
    sets = [examples(encoder, one_set) for one_set in variants(passages, FOLDS, recipe.variants, recipe.seed)]
    print(f"{len(passages)} passages, {recipe.variants} variants of each, {time.monotonic() - began:.0f} s", flush=True)
    if given.folds:
        _cross_validate(examples(encoder, passages), sets, recipe, given.folds)
    if not given.measure_only:
        export.write(fitted(sets, start.weights(), recipe), WEIGHTS)
        print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size / 1e6:.1f} MB, {time.monotonic() - began:.0f} s in all")
    return 0


def _cross_validate(plain: list[Example], sets: list[list[Example]], recipe: Recipe, folds: int) -> None:
    """The layer alone, on passages as they are, by a network that saw neither them nor variants of them."""
    for fold in range(folds):
        held = [each for each in plain if each.passage.fold == fold]
        network = fitted([[e for e in one_set if e.passage.fold != fold] for one_set in sets], start.weights(), recipe)
        spans = measure.found(held, predicted(network, held))
        print(f"share {fold}:", measure.figures({e.passage.id: e.passage for e in held}, spans), flush=True)


if __name__ == "__main__":
    sys.exit(main())

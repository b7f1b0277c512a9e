"""Fits the network to passages and their variants."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from bot.anonymise.networks.clues import Clued, clued
from bot.anonymise.networks.encoder import Encoder
from bot.anonymise.training.adamw import AdamW
from bot.anonymise.training.augment import Variants
from bot.anonymise.training.network import LABELS, Network
from bot.anonymise.training.passages import Passage, ordinary, pools

#: tokens that count for nothing in the loss
_SILENT = -100
#: a passage of more words than this is cut too
_LONG = 14


@dataclass(frozen=True)
class Recipe:
    """How the network is fitted."""

    epochs: int = 8
    variants: int = 4
    batch: int = 16
    rate: float = 2e-4
    rate_new: float = 2e-3
    dropout: float = 0.15
    decay: float = 0.01
    smoothing: float = 0.02
    seed: int = 4


@dataclass(frozen=True)
class Example:
    """One piece: which passage and where in it, inputs and the gold label of each token."""

    passage: Passage
    at: int
    clued: Clued
    state: Tensor
    extra: Tensor
    gold: Tensor


def examples(encoder: Encoder, passages: Sequence[Passage]) -> list[Example]:
    """Every piece of every passage as the network sees it."""
    made = []
    for reading in encoder.read([passage.text for passage in passages]):
        passage = passages[reading.which]
        told = clued(reading)
        marks = passage.marks()
        gold = [_SILENT if start == end else _label(marks, reading.at + start) for start, end in reading.offsets]
        state = torch.from_numpy(reading.state).half()
        made.append(Example(passage, reading.at, told, state, torch.from_numpy(told.extra), torch.tensor(gold)))
    return made


def _label(marks: Sequence[tuple[int, int, str]], at: int) -> int:
    return next((LABELS.index(label) for start, end, label in marks if start <= at < end), 0)


def variants(passages: Sequence[Passage], folds: int, how_many: int, seed: int) -> list[list[Passage]]:
    """That many full sets of variants, each made of what its own fold holds; a stretch cut out of each long one too."""
    chance = random.Random(seed)
    makers = [Variants(f, folds, pools(passages, f), ordinary(passages, f), chance) for f in range(folds)]
    sets = []
    for _ in range(how_many):
        whole = [makers[passage.fold].of(passage) for passage in passages]
        sets.append(whole + [makers[p.fold].cut(p) for p in whole if len(p.text.split()) > _LONG])
    return sets


def fitted(sets: Sequence[Sequence[Example]], start: list[dict[str, Any]], recipe: Recipe) -> Network:
    """The network after its epochs, each over one of the sets of variants in turn; its weights averaged at the end."""
    torch.manual_seed(recipe.seed)
    chance = random.Random(recipe.seed)
    network = Network(start, recipe.dropout)
    groups = [
        (network.layers.parameters(), recipe.rate),
        ([*network.clues.parameters(), *network.last.parameters()], recipe.rate_new),
    ]
    optimizer = AdamW(groups, decay=recipe.decay)
    steps = sum(-(-len(sets[epoch % len(sets)]) // recipe.batch) for epoch in range(recipe.epochs))
    done = 0
    network.train()
    for epoch in range(recipe.epochs):
        for batch in _batches(sets[epoch % len(sets)], recipe.batch, chance):
            optimizer.zero_grad()
            torch.autograd.backward(_loss(network, batch, recipe.smoothing))
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step(_pace(done / steps))
            done += 1
    return network.eval()


def _pace(share: float) -> float:
    """Warms up over a tenth of the way, then slows down to nothing."""
    return share / 0.1 if share < 0.1 else max(0.0, (1.0 - share) / 0.9)


def _batches(one_set: Sequence[Example], size: int, chance: random.Random) -> list[list[Example]]:
    """Batches of about the same length, in any order."""
    order = sorted(one_set, key=lambda each: len(each.gold) + 12 * chance.random())
    batches = [order[i : i + size] for i in range(0, len(order), size)]
    chance.shuffle(batches)
    return batches


def padded(batch: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor]:
    """State, extra numbers and mask of a batch."""
    pad = torch.nn.utils.rnn.pad_sequence
    mask = pad([torch.ones(len(each.gold)) for each in batch], batch_first=True)
    return (
        pad([each.state.float() for each in batch], batch_first=True),
        pad([each.extra for each in batch], batch_first=True),
        mask,
    )


def _loss(network: Network, batch: Sequence[Example], smoothing: float) -> Tensor:
    gold = torch.nn.utils.rnn.pad_sequence([each.gold for each in batch], batch_first=True, padding_value=_SILENT)
    scores = network(*padded(batch))
    return functional.cross_entropy(
        scores.flatten(0, 1), gold.flatten(), ignore_index=_SILENT, label_smoothing=smoothing
    )


def predicted(network: Network, held: Sequence[Example]) -> list[Any]:
    """For each piece its tokens' odds per label (tokens x labels)."""
    found = []
    with torch.no_grad():
        for i in range(0, len(held), 16):
            batch = held[i : i + 16]
            odds = network(*padded(batch)).softmax(-1)
            found += [rows[: len(each.gold)].numpy() for rows, each in zip(odds, batch, strict=True)]
    return found

"""The learned layer: what only the words around it tell, such as somebody's health, a role or a name made of words.

Method: two transformer layers and a last step (3.6 million weights, 8 bits each) over the inner state of Rampart's
encoder and the clues of each word. They begin as Rampart's own upper layers and are fitted to our marked passages, all
made up (`python -m bot.anonymise.training`; its README.md has data and figures). A word counts when the odds that it
may stay are low enough; its neighbours then count sooner, so that all of a phrase goes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from bot.anonymise.models import Label, Span
from bot.anonymise.networks.clues import Clued, clued, looks_odd
from bot.anonymise.networks.encoder import BATCH, Encoder, Reading, as_runtime_error, session
from bot.anonymise.networks.rampart import Rampart

WEIGHTS = Path(__file__).parents[1] / "data" / "learned.onnx"
#: what each of the network's answers means; None: may stay
LABELS: tuple[Label | None, ...] = (
    None, Label.PERSON, Label.LOCATION, Label.ORG, Label.DATE, Label.CONTACT, Label.ID, Label.HEALTH, Label.FAMILY,
    Label.ROLE_UNIQUE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bar:
    """How likely a stretch must be: `high` at its likeliest word (`odd` if that looks like a name), `low` at each."""

    high: float
    low: float
    odd: float = 1.0


BARS = {
    Label.PERSON: Bar(0.4, 0.3, 0.35),
    Label.LOCATION: Bar(0.7, 0.4),
    Label.ORG: Bar(0.8, 0.12, 0.35),
    Label.DATE: Bar(0.7, 0.12),
    Label.CONTACT: Bar(0.6, 0.3),
    Label.ID: Bar(0.6, 0.12),
    Label.HEALTH: Bar(0.7, 0.25),
    Label.FAMILY: Bar(0.45, 0.15),
    Label.ROLE_UNIQUE: Bar(0.8, 0.12),
}
#: in a piece with fewer units than this only names count: the network is too sure of "a stroke of genius" on its own
FEW = 17
_NAMES = frozenset({Label.PERSON, Label.LOCATION, Label.ORG})
_BETWEEN = re.compile(r"\s(?:in|at|from|near)\s", re.I)
#: below this a unit is sure to be nothing
DOUBT = 0.1
#: the sources whose finds need no more than a doubt against them to fall
WEAK = frozenset({"ner", "rampart", "names", "maybe place"})


@dataclass(frozen=True, slots=True)
class Guess:
    """A unit of the text, how likely it is to identify (0 to 1), and the likeliest sort.

    `odd`: it looks like a name, by a capital inside a sentence or for being no English word.
    """

    start: int
    end: int
    score: float
    label: Label
    odd: bool = False


@dataclass(frozen=True, slots=True)
class Learned:
    """The loaded network, and the encoder that it stands on."""

    encoder: Encoder
    network: Any

    @classmethod
    def load(cls, encoder: Encoder | None = None, *, threads: int = 1) -> "Learned":
        """Loads the weights. FileNotFoundError, ImportError or RuntimeError where they can't be used."""
        return cls(encoder or Encoder.load(threads=threads), session(WEIGHTS.read_bytes(), threads))

    def find_all(self, texts: Sequence[str]) -> list[list[Span]]:
        """Spans of many stretches; offsets within each stretch."""
        found: list[list[Span]] = [[] for _ in texts]
        for batch in _batches(self.encoder.read(texts)):
            for reading, spans in zip(batch, self.spans(batch), strict=True):
                found[reading.which] += (span for span in spans if span.source != "doubt")
        return [sorted(spans) for spans in found]

    def read(self, readings: Sequence[Reading]) -> list[list[Guess]]:
        """For each reading what the network makes of its units; offsets within the piece."""
        import numpy as np

        told = [clued(reading) for reading in readings]
        length = max(len(reading.offsets) for reading in readings)
        feed = {
            "state": _padded([reading.state for reading in readings], length),
            "extra": _padded([each.extra for each in told], length),
            "mask": _padded([np.ones((len(reading.offsets), 1)) for reading in readings], length)[:, :, 0],
        }
        with as_runtime_error():
            odds = self.network.run(None, feed)[0]
        return [list(guesses(each, rows)) for each, rows in zip(told, odds, strict=True)]

    def spans(self, readings: Sequence[Reading]) -> list[list[Span]]:
        """What stands in each reading, and what is sure to be nothing; offsets within the stretch that it is of."""
        return [
            [
                _moved(span, reading.at)
                for span in (*apart(reading.piece, marked(found)), *doubted(found))
                if len(found) >= FEW or (span.label in _NAMES and span.source != "doubt")
            ]
            for reading, found in zip(readings, self.read(readings), strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Both:
    """Rampart and the learned layer over one and the same reading of the encoder, which is what takes the time."""

    rampart: Rampart
    learned: Learned

    def find_all(self, texts: Sequence[str]) -> list[list[Span]]:
        """Spans of both for many stretches, doubts among them (see `agreed`); offsets within each stretch."""
        found: list[list[Span]] = [[] for _ in texts]
        for batch in _batches(self.rampart.encoder.read(texts)):
            for reading, learned in zip(batch, self.learned.spans(batch), strict=True):
                found[reading.which] += [*self.rampart.spans(reading), *learned]
        return [sorted(spans) for spans in found]


def _moved(span: Span, by: int) -> Span:
    return replace(span, start=span.start + by, end=span.end + by)


def _batches(readings: Iterator[Reading]) -> Iterator[list[Reading]]:
    for _, group in groupby(enumerate(readings), lambda entry: entry[0] // BATCH):
        yield [reading for _, reading in group]


def _padded(rows: Sequence[Any], length: int) -> Any:
    import numpy as np

    full = np.zeros((len(rows), length, rows[0].shape[1]), dtype=np.float32)
    for i, row in enumerate(rows):
        full[i, : len(row)] = row
    return full


def guesses(told: Clued, rows: Any) -> Iterator[Guess]:
    """Each unit of a piece by the mean of its tokens' odds (`rows`, tokens x labels)."""
    mine: list[list[int]] = [[] for _ in told.units]
    for token, owner in enumerate(told.owners[: len(rows)]):
        if owner >= 0:
            mine[owner].append(token)
    for unit, its in zip(told.units, mine, strict=True):
        if its:
            odds = sum(rows[token] for token in its) / len(its)
            label = LABELS[1 + int(odds[1:].argmax())]
            yield Guess(unit.start, unit.end, 1.0 - float(odds[0]), label or Label.ID, looks_odd(told.extra[its[0]]))


def marked(found: Sequence[Guess]) -> Iterator[Span]:
    """Runs of units that are all likely enough, where one is likely enough to begin with; a span for each sort."""
    for likely, run in groupby(found, lambda guess: guess.score > BARS[guess.label].low):
        part = list(run)
        if likely and any(_strong(guess) for guess in part):
            yield from _by_sort(part)


def _strong(guess: Guess) -> bool:
    bar = BARS[guess.label]
    return guess.score > (min(bar.odd, bar.high) if guess.odd else bar.high)


def _by_sort(run: Sequence[Guess]) -> Iterator[Span]:
    """A run in spans of one label; what isn't strong goes with the strong unit before it, or else after it."""
    label = next(guess.label for guess in run if _strong(guess))
    sorts = []
    for guess in run:
        label = guess.label if _strong(guess) else label
        sorts.append((label, guess))
    for sort, pairs in groupby(sorts, lambda pair: pair[0]):
        part = [guess for _, guess in pairs]
        yield Span(part[0].start, part[-1].end, sort, "learned", max(guess.score for guess in part))


def apart(piece: str, spans: Iterable[Span]) -> Iterator[Span]:
    """The same, but a practice and the town that it is in are two stretches."""
    for span in spans:
        start = span.start
        if span.label in _NAMES:
            for match in _BETWEEN.finditer(piece, span.start, span.end):
                yield replace(span, start=start, end=match.start())
                start = match.end()
        yield replace(span, start=start)


def doubted(found: Sequence[Guess]) -> Iterator[Span]:
    """Runs of units that the network is sure are nothing: a weaker layer's find within one doesn't count."""
    for nothing, run in groupby(found, lambda guess: guess.score < DOUBT):
        if nothing:
            part = list(run)
            yield Span(part[0].start, part[-1].end, Label.PERSON, "doubt", 1.0 - max(guess.score for guess in part))


def agreed(spans: Sequence[Span]) -> list[Span]:
    """The finds, less those of weak layers that lie within a doubt, and less the doubts."""
    doubts = [span for span in spans if span.source == "doubt"]
    return [
        span
        for span in spans
        if span.source != "doubt"
        and not (span.source in WEAK and any(d.start <= span.start and span.end <= d.end for d in doubts))
    ]

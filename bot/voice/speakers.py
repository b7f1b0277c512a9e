"""One voice or two, and whose words are whose: on this machine, from the sound alone.

Method: a vector for every few seconds of speech (speaker_encoder), put together by average linkage weighted by time,
until no two groups are alike enough. The two longest groups that hold enough speech are two voices. A piece of speech
goes to the voice that it is clearly nearer to; whatever isn't clear belongs to nobody.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from bot.voice.audio import RATE, Samples
from bot.voice.models import Segment
from bot.voice.speaker_encoder import WINDOW, WINDOW_SECONDS, Matrix, window_of
from bot.voice.speech import Stretch, speech_stretches

#: mean likeness (1: the same) down to which two groups are one voice (measured: tests/bench/voices.py)
ALIKE = 0.66
#: a voice is one that speaks for so many seconds in all; less is a cough, a laugh, or a guess
LEAST = 3.0
#: pieces shorter than this (seconds) say too little about how many voices there are
TELLING = 1.2
#: how much nearer one voice must be than the other, for a whole window of speech; twice that for the shortest
CLEARER = 0.06
#: seconds of speech for each vector: more would cost time and change nothing
EVERY = 3.2
#: people who talk with each other leave shorter pauses between them than one who tells a story
SHORT_PAUSE = 0.2
#: speech that touches (seconds between) is one person's more often than not
TOUCHING = 0.4

#: n windows (n x 25 600 samples) -> n vectors of length one
Embed = Callable[[Matrix], Matrix]
Detector = Callable[[Samples, float], list[Stretch]]


@dataclass(frozen=True)
class Piece:
    """Some unbroken speech: of which stretch (by number), and from when to when (seconds)."""

    stretch: int
    start: float
    end: float

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.end - self.start


class Speakers:
    """Tells voices apart. `embed` and `detector` come from outside for tests; else the encoder is loaded now.

    Raises WeightsMissing, WeightsDamaged.
    """

    def __init__(self, embed: Embed | None = None, detector: Detector = speech_stretches, *, threads: int = 1) -> None:
        if embed is None:
            from bot.voice.speaker_encoder import Encoder

            embed = Encoder(threads).embed
        self._embed, self._detector = embed, detector

    def tell_apart(self, samples: Samples, speech: Sequence[Stretch]) -> tuple[int, list[Stretch]]:
        """How many voices (1 or 2), and where somebody speaks.

        `samples` are 16 kHz mono. One voice: `speech` as it was. Two: parted where the voice changes, each stretch with
        its `voice`. Voice 0 is the one that is heard first; None is speech too short or too doubtful to say.
        """
        turns = self._detector(samples, SHORT_PAUSE)
        pieces = [piece for number, stretch in enumerate(turns) for piece in _pieces(number, stretch)]
        vectors, lengths = self._embed(_windows(samples, pieces)), np.array([piece.seconds for piece in pieces])
        groups = _voices(vectors, lengths)
        if len(groups) < 2:
            return 1, list(speech)
        centres = np.stack([_centre(vectors, lengths, group) for group in groups[:2]])
        whose = [_whose(a, b, length) for (a, b), length in zip(vectors @ centres.T, lengths, strict=True)]
        return 2, _turns(pieces, _first_is_0(_settled(pieces, whose)))


def with_voices(segments: Sequence[Segment], speech: Sequence[Stretch]) -> tuple[Segment, ...]:
    """The segments, each with the voice that speaks in it; None where that isn't clear, or both do."""
    return tuple(replace(segment, voice=_voice_of(segment, speech)) for segment in segments)


def _voice_of(segment: Segment, speech: Sequence[Stretch]) -> int | None:
    whole = Stretch(segment.start, segment.end)
    said = {stretch.voice for stretch in speech if whole.shared(stretch) > 0.1}
    return said.pop() if len(said) == 1 else None


def _pieces(number: int, stretch: Stretch) -> Iterator[Piece]:
    """A stretch, if it is long in equal parts of a few seconds."""
    parts = max(1, round(stretch.seconds / EVERY))
    length = stretch.seconds / parts
    for part in range(parts):
        yield Piece(number, stretch.start + part * length, stretch.start + (part + 1) * length)


def _settled(pieces: Sequence[Piece], whose: Sequence[int | None]) -> list[int | None]:
    """What is beside a change of voice within one breath is nobody's; a doubt inside one person's speech is theirs."""
    settled = list(whose)
    for at, (one, other) in enumerate(pairwise(pieces)):
        if one.stretch == other.stretch and {whose[at], whose[at + 1]} == {0, 1}:
            settled[at] = settled[at + 1] = None
    for at in range(1, len(pieces) - 1):
        before, here, after = pieces[at - 1 : at + 2]
        touches = here.start - before.end < TOUCHING and after.start - here.end < TOUCHING
        if whose[at] is None and touches and settled[at - 1] == settled[at + 1]:
            settled[at] = settled[at - 1]
    return settled


def _first_is_0(whose: Sequence[int | None]) -> list[int | None]:
    first = next((voice for voice in whose if voice is not None), 0)
    return [None if voice is None else voice ^ first for voice in whose]


def _turns(pieces: Sequence[Piece], whose: Sequence[int | None]) -> list[Stretch]:
    """The pieces as stretches, what one voice says without a pause in one."""
    made: list[Stretch] = []
    numbers: list[int] = []
    for piece, voice in zip(pieces, whose, strict=True):
        if made and numbers[-1] == piece.stretch and made[-1].voice == voice:
            made[-1] = Stretch(made[-1].start, piece.end, voice)
        else:
            made.append(Stretch(piece.start, piece.end, voice))
            numbers.append(piece.stretch)
    return made


def _windows(samples: Samples, pieces: Sequence[Piece]) -> Matrix:
    """The middle of each piece, brought to a window's length and loudness."""
    made = np.zeros((len(pieces), WINDOW), np.float32)
    for at, piece in enumerate(pieces):
        middle, half = (piece.start + piece.end) / 2, min(piece.seconds, WINDOW_SECONDS) / 2
        made[at] = window_of(samples[int((middle - half) * RATE) : int((middle + half) * RATE)])
    return made


def _voices(vectors: Matrix, lengths: Matrix) -> list[list[int]]:
    """Groups of telling pieces that hold enough speech to be a voice, the longest first."""
    telling = np.flatnonzero(lengths >= TELLING)
    groups = [[int(telling[i]) for i in group] for group in _linked(vectors[telling], lengths[telling])]
    enough = [group for group in groups if lengths[group].sum() >= LEAST]
    return sorted(enough, key=lambda group: -lengths[group].sum())


def _linked(vectors: Matrix, lengths: Matrix) -> list[list[int]]:
    """Groups by average linkage: the two most alike are joined until none are alike enough."""
    groups = {i: [i] for i in range(len(vectors))}
    weights = lengths.astype(np.float32).copy()
    alike = vectors @ vectors.T
    np.fill_diagonal(alike, -1)
    while len(groups) > 1:
        i, j = divmod(int(alike.argmax()), len(vectors))
        if alike[i, j] < ALIKE:
            break
        joined = (alike[i] * weights[i] + alike[j] * weights[j]) / (weights[i] + weights[j])
        joined[[i, j]] = -1
        joined[alike[i] < 0] = -1  # who was joined to another before stays out
        alike[i] = alike[:, i] = joined
        alike[j] = alike[:, j] = -1
        groups[i] += groups.pop(j)
        weights[i] += weights[j]
    return list(groups.values())


def _centre(vectors: Matrix, lengths: Matrix, group: list[int]) -> Matrix:
    mean = (vectors[group] * lengths[group, None]).sum(axis=0)
    centre: Matrix = (mean / np.linalg.norm(mean)).astype(np.float32)
    return centre


def _whose(first: float, second: float, seconds: float) -> int | None:
    """The nearer voice, if it is nearer by enough: the shorter the speech, the more is asked."""
    needed = CLEARER * min(2.0, max(1.0, WINDOW_SECONDS / seconds))
    if abs(first - second) < needed:
        return None
    return 0 if first > second else 1

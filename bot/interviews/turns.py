"""Who spoke when: what is played of each voice, and what stays out when one of them goes on. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from bot.interviews.models import Whose, goes_on
from bot.voice.models import Segment, Transcription

#: the most seconds that are played of a voice at a time
PLAYED = 8.0


@dataclass(frozen=True)
class Stretch:
    """Seconds of a recording."""

    start: float
    end: float


@dataclass(frozen=True)
class LeftOut:
    """What stayed out of a draft: `seconds` of the other voice, and `parts` that could be anybody's."""

    seconds: float = 0.0
    parts: int = 0


def has_both(heard: Transcription) -> bool:
    """Whether there are two voices, with some clear words of each."""
    return heard.voices == 2 and {0, 1} <= {segment.voice for segment in heard.segments}


def may_hold_another(heard: Transcription, whose: Whose | None) -> bool:
    """Whether words of a second voice may go on unnoticed: nobody could look, or none of it is clear enough to ask."""
    return heard.voices is None or (heard.voices == 2 and whose is None)


def stretch_of(heard: Transcription, voice: int, turn: int) -> Stretch:
    """The n-th stretch (from 0) in which this voice speaks alone, the longest first, and round again."""
    alone = sorted(_turns(heard.segments, voice), key=lambda stretch: stretch.start - stretch.end)
    return alone[turn % len(alone)]


def left_out(heard: Transcription, whose: Whose | None) -> LeftOut:
    """What doesn't go on."""
    out = [segment for segment in heard.segments if not goes_on(segment, whose)]
    other = sum(segment.end - segment.start for segment in out if segment.voice is not None)
    return LeftOut(other, sum(segment.voice is None for segment in out))


def _turns(segments: Sequence[Segment], voice: int) -> list[Stretch]:
    runs = [list(run) for same, run in groupby(segments, key=lambda segment: segment.voice == voice) if same]
    return [part for run in runs for part in _parts(run[0].start, run[-1].end)]


def _parts(start: float, end: float) -> list[Stretch]:
    number = max(1, ceil((end - start) / PLAYED))
    length = (end - start) / number
    return [Stretch(start + part * length, start + (part + 1) * length) for part in range(number)]

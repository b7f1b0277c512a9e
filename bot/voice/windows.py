"""Which piece of a recording the engine hears at a time, and which speech is still without words afterwards."""

from collections.abc import Sequence
from itertools import pairwise

from bot.voice.port import Heard
from bot.voice.speech import LONGEST, MARGIN, Stretch

PAUSE_THAT_CUTS = 3.0  # inside a window silence costs time and tempts the engine to invent
WORTH_ANOTHER_TRY = 2.0


def windows(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Neighbouring stretches put together into windows of at most 28 seconds, cut at every long pause and new voice.

    A window is one unbroken piece of the recording, so times inside it are real times less its start.
    """
    made: list[Stretch] = []
    for stretch in stretches:
        if made and _belong_together(made[-1], stretch):
            made[-1] = Stretch(made[-1].start, stretch.end, stretch.voice)
        else:
            made.append(stretch)
    return made


def _belong_together(window: Stretch, stretch: Stretch) -> bool:
    near = stretch.start - window.end < PAUSE_THAT_CUTS and stretch.end - window.start <= LONGEST
    return near and stretch.voice == window.voice


def placed(heard: Sequence[Heard], window: Stretch, speech: Sequence[Stretch]) -> list[Heard]:
    """What was heard in a window, in the recording's own time; what has no speech under it is left out.

    Engines like to add a "thank you" in the last breath of a window: words that only begin there are left out too.
    """
    kept: list[Heard] = []
    for each in heard:
        span = Stretch(window.start + each.start, min(window.start + each.end, window.end))
        invented = bool(kept) and span.start > window.end - MARGIN
        if each.text and not invented and any(span.shared(stretch) > 0 for stretch in speech):
            kept.append(Heard(span.start, span.end, each.text, each.avg_logprob, each.compression, each.no_speech))
    return kept


def gaps(heard: Sequence[Heard], speech: Sequence[Stretch]) -> list[list[Stretch]]:
    """The speech that has no words: for each gap with two seconds of speech or more, its parts in order.

    `heard` is in the order of its times.
    """
    edges = [0.0, *(time for each in heard for time in (each.start, each.end)), float("inf")]
    found = []
    for start, end in list(pairwise(edges))[::2]:
        parts = [Stretch(max(start, s.start), min(end, s.end), s.voice) for s in speech]
        parts = [part for part in parts if part.seconds > 0]
        if sum(part.seconds for part in parts) >= WORTH_ANOTHER_TRY:
            found.append(parts)
    return found

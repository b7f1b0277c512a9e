"""Which stretches a human ear should check. Flags, not deletion: the same gate was seen to drop real speech."""

from collections.abc import Sequence
from math import exp

from bot.voice.corrections import corrected
from bot.voice.models import Flag, Segment
from bot.voice.port import Heard
from bot.voice.speech import Stretch

LONG_PAUSE = 5.0


def looped(heard: Heard) -> bool:
    """Whether the engine got stuck on the same words (Whisper's own limit of 2.4)."""
    return heard.compression > 2.4


def score_flags(heard: Heard) -> tuple[str, ...]:
    """The flags that the engine's scores give: limits as measured in the project's trial of silence and noise."""
    doubts = {
        Flag.UNSURE: heard.avg_logprob < -1.0,
        Flag.LOOPED: looped(heard),
        Flag.MAYBE_SILENCE: heard.no_speech > 0.6 and heard.avg_logprob < -0.7,
    }
    return tuple(flag for flag, so in doubts.items() if so)


def segments(heard: Sequence[Heard], wordless: Sequence[Sequence[Stretch]]) -> tuple[Segment, ...]:
    """All segments in the order of their times, with an empty one wherever speech stayed without words."""
    said = [Segment(h.start, h.end, corrected(h.text), min(1.0, exp(h.avg_logprob)), score_flags(h)) for h in heard]
    empty = [Segment(parts[0].start, parts[-1].end, "", 0.0, (Flag.HEARD_BUT_EMPTY,)) for parts in wordless]
    return _with_pauses(sorted([*said, *empty], key=lambda segment: segment.start))


def _with_pauses(ordered: Sequence[Segment]) -> tuple[Segment, ...]:
    flagged = []
    before = 0.0
    for segment in ordered:
        flags = segment.flags
        if segment.start - before >= LONG_PAUSE:
            flags = (*flags, Flag.LONG_SILENCE)
        flagged.append(Segment(segment.start, segment.end, segment.text, segment.confidence, flags))
        before = segment.end
    return tuple(flagged)

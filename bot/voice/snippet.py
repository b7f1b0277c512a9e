"""A short stretch of a recording as a small sound file of its own, to be heard again."""

import io
from typing import Any

import numpy as np

from bot.voice.audio import RATE, Samples, stretch
from bot.voice.errors import Empty

#: seconds around a stretch, so that no first or last word is cut, and the longest that is ever made
MARGIN = 0.5
LONGEST = 20.0
#: what every phone and browser plays
CONTAINER, CODEC, SUFFIX = "ipod", "aac", "m4a"
BITS_PER_SECOND = 48_000


def snippet(recording: bytes, *, start: float, end: float) -> bytes:
    """The bytes of a small m4a file: `start` to `end` (seconds of the recording), with a margin, at most 20 seconds.

    Mono, 16 kHz; nothing of the recording's own title, place or time goes with it. Raises Empty if the recording is
    over before `start`, and the errors of reading it (NotAudio, Corrupt).
    """
    begin = max(0.0, start - MARGIN)
    samples = stretch(recording, start=begin, end=min(end + MARGIN, begin + LONGEST))
    if not samples.size:
        raise Empty()
    return _encoded(samples)


def _encoded(samples: Samples) -> bytes:
    import av

    out = io.BytesIO()
    with av.open(out, "w", format=CONTAINER) as file:
        stream: Any = file.add_stream(CODEC, rate=RATE, options={"b": str(BITS_PER_SECOND)})
        for begin in range(0, len(samples), RATE):
            file.mux(stream.encode(_frame(samples[begin : begin + RATE], begin)))
        file.mux(stream.encode(None))
    return out.getvalue()


def _frame(samples: Samples, at: int) -> Any:
    import av

    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples)[None], format="fltp", layout="mono")
    frame.sample_rate, frame.pts = RATE, at
    return frame

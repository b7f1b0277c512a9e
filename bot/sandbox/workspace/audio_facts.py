"""How long a recording is and how it looks, as Slack's recorder would say: `duration_ms`, `audio_wave_samples`."""

import io
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from av.container import InputContainer

#: number of bars in Slack's drawing of a clip
BARS = 100
#: the drawing looks at this much of a recording
LOOKED_AT_SECONDS = 120


def seconds_of(file: Path) -> float:
    """The length that the head of a recording states; 0 where it states none."""
    import av

    with av.open(str(file), mode="r") as container:
        return float((container.duration or 0) / 1_000_000)


def measure(data: bytes) -> tuple[int, list[int]]:
    """(milliseconds, 100 loudnesses of 0 to 100); (0, []) for what is not audio."""
    import av

    try:
        with av.open(io.BytesIO(data), mode="r") as container:
            if not container.streams.audio:
                return 0, []
            loudness, seconds = _listen(container)
            stated = container.duration / 1_000_000 if container.duration else _end(container)
    except (av.error.FFmpegError, ValueError):
        return 0, []
    return round(max(stated, seconds) * 1000), _bars(loudness)


def _listen(container: "InputContainer") -> tuple[list[float], float]:
    """Peak of each frame between 0 and 1, and the seconds listened to."""
    import av
    import numpy

    resampler = av.AudioResampler(format="flt", layout="mono", rate=8000)
    peaks: list[float] = []
    samples = 0
    for frame in container.decode(audio=0):
        for piece in resampler.resample(frame):
            sound = piece.to_ndarray()
            peaks.append(float(numpy.abs(sound).max(initial=0.0)))
            samples += sound.size
        if samples > LOOKED_AT_SECONDS * 8000:
            break
    return peaks, samples / 8000


def _end(container: "InputContainer") -> float:
    """The seconds at which the rest of a recording ends. A browser's recorder writes no length into the head."""
    ends = [0.0]
    for packet in container.demux(audio=0):
        if packet.pts is not None and packet.time_base:
            ends.append(float((packet.pts + (packet.duration or 0)) * packet.time_base))
    return max(ends)


def _bars(peaks: list[float]) -> list[int]:
    """Exactly `BARS` loudnesses; a short recording has fewer frames, and each is drawn more than once."""
    if not peaks:
        return []
    cuts = [bar * len(peaks) // BARS for bar in range(BARS + 1)]
    return [min(100, round(100 * max(peaks[cut : max(cut + 1, end)]))) for cut, end in pairwise(cuts)]

"""Where somebody speaks. This goes first: Whisper invents sentences in silence, and good listening is full of it."""

from dataclasses import dataclass

from bot.voice.audio import RATE, Samples

THRESHOLD = 0.35  # below the detector's usual .5, so that quiet speech stays
SHORTEST_SPEECH = 0.2
SHORTEST_PAUSE = 0.5
MARGIN = 0.3  # kept on both sides, so that no first or last consonant is cut
LONGEST = 28.0  # an engine takes at most 30 seconds
SLICE = 600.0  # the detector copies what it is given several times over


@dataclass(frozen=True)
class Stretch:
    """Speech from `start` to `end`, seconds of the recording; `voice` 0 or 1 where two were told apart."""

    start: float
    end: float
    voice: int | None = None

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.end - self.start

    def shared(self, other: "Stretch") -> float:
        """How many seconds both have in common."""
        return max(0.0, min(self.end, other.end) - max(self.start, other.start))


def speech_stretches(samples: Samples, pause: float = SHORTEST_PAUSE) -> list[Stretch]:
    """Where somebody speaks in 16 kHz mono samples, in order, none longer than 28 seconds; empty if nobody does.

    A silence of `pause` seconds parts two stretches.

    Method: Silero voice activity detection, version 6, with the weights that faster-whisper ships.
    """
    step = int(SLICE * RATE)
    found: list[Stretch] = []
    for begin in range(0, len(samples), step):
        found += _in_slice(samples[begin : begin + step], begin / RATE, pause)
    return found


def _in_slice(samples: Samples, offset: float, pause: float) -> list[Stretch]:
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    options = VadOptions(
        threshold=THRESHOLD,
        min_speech_duration_ms=int(SHORTEST_SPEECH * 1000),
        min_silence_duration_ms=int(pause * 1000),
        speech_pad_ms=int(MARGIN * 1000),
        max_speech_duration_s=LONGEST,
    )
    found = get_speech_timestamps(samples, options)
    return [Stretch(offset + s["start"] / RATE, offset + s["end"] / RATE) for s in found]

"""What a recording becomes: segments of text with times, a confidence, and flags where a human ear is needed."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self


class Flag(StrEnum):
    """Why a stretch deserves a second listen."""

    UNSURE = "unsure"  # the engine was guessing
    LOOPED = "looped"  # the same words over and over, as an engine does when it is stuck
    MAYBE_SILENCE = "maybe_silence"  # the engine itself doubts that anybody spoke
    LONG_SILENCE = "long_silence"  # a long pause came just before
    HEARD_BUT_EMPTY = "heard_but_empty"  # somebody spoke here, and no words could be made out


@dataclass(frozen=True)
class Segment:
    """A stretch of speech: `start` and `end` in seconds of the recording, `confidence` from 0 to 1.

    `voice` is 0 or 1 where there are two voices and it is clear whose words these are.
    """

    start: float
    end: float
    text: str
    confidence: float
    flags: tuple[str, ...] = ()
    voice: int | None = None

    def to_json(self) -> dict[str, Any]:
        """The segment as plain JSON types."""
        return {
            "start": round(self.start, 2),
            "end": round(self.end, 2),
            "text": self.text,
            "confidence": round(self.confidence, 3),
            "flags": [str(flag) for flag in self.flags],
            **({} if self.voice is None else {"voice": self.voice}),
        }

    @classmethod
    def from_json(cls, facts: dict[str, Any]) -> Self:
        """The segment that `to_json` wrote."""
        flags = tuple(str(flag) for flag in facts["flags"])
        return cls(facts["start"], facts["end"], facts["text"], facts["confidence"], flags, facts.get("voice"))


@dataclass(frozen=True)
class Transcription:
    """A whole recording as text. `seconds` is its length, `elapsed` how many seconds the work took.

    `voices`: 1 or 2 voices were heard; None if nobody looked, or the speaker model isn't there.
    """

    seconds: float
    engine: str
    model: str
    text: str
    segments: tuple[Segment, ...]
    elapsed: float
    voices: int | None = None

    def to_json(self) -> dict[str, Any]:
        """The transcription as plain JSON types; times are rounded to hundredths of a second."""
        return {
            "seconds": round(self.seconds, 2),
            "engine": self.engine,
            "model": self.model,
            "text": self.text,
            "segments": [segment.to_json() for segment in self.segments],
            "elapsed": round(self.elapsed, 2),
            **({} if self.voices is None else {"voices": self.voices}),
        }

    @classmethod
    def from_json(cls, facts: dict[str, Any]) -> Self:
        """The transcription that `to_json` wrote."""
        segments = tuple(Segment.from_json(segment) for segment in facts["segments"])
        return cls(
            facts["seconds"],
            facts["engine"],
            facts["model"],
            facts["text"],
            segments,
            facts["elapsed"],
            facts.get("voices"),
        )

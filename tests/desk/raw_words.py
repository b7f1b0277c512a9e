"""Raw words for tests: what an engine heard, as a recording keeps it."""

import json
from collections.abc import Collection
from typing import Any

EVERY = 10.0


def segment(number: int, text: str, *flags: str, **more: Any) -> dict[str, Any]:
    """The `number`th stretch of nine seconds, one second after the one before."""
    times = {"start": number * EVERY, "end": number * EVERY + 9.0}
    return {**times, "text": text, "confidence": 0.9, "flags": list(flags), **more}


def transcribed(*segments: dict[str, Any]) -> dict[str, Any]:
    """What was heard altogether."""
    text = " ".join(each["text"] for each in segments if each["text"])
    facts = {"engine": "whisper", "model": "tiny.en", "elapsed": 1.0}
    return {**facts, "seconds": len(segments) * EVERY, "text": text, "segments": list(segments)}


def heard_as(*texts: str, unclear: Collection[int] = ()) -> str:
    """The same as a recording keeps it; those of `unclear` (numbers) were hard to hear."""
    return json.dumps(
        transcribed(*(segment(n, text, *(["unsure"] if n in unclear else [])) for n, text in enumerate(texts)))
    )

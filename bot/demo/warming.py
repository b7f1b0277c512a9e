"""Waits for the engines in the background, so that the first voice note finds them ready."""

import io
import threading
import wave
from contextlib import suppress

from bot.engine_room import EngineRoom
from bot.errors import Trouble
from bot.voice.errors import NoSpeech

RATE = 16_000  # samples a second


class Warming(threading.Thread):
    """Gives each engine a piece of work that needs nothing but its models. `trouble` is why one of them can't work."""

    def __init__(self, engines: EngineRoom) -> None:
        super().__init__(name="warming", daemon=True)
        self._engines = engines
        self.trouble: Trouble | None = None

    def run(self) -> None:
        """Returns once both have answered."""
        try:
            self._engines.mask([], known=[])
            with suppress(NoSpeech):
                self._engines.transcribe(
                    silence(), max_seconds=5, expected_seconds=None, names=[], progress=lambda _: None
                )
        except Trouble as trouble:
            self.trouble = trouble


def silence(seconds: float = 1.0) -> bytes:
    """A WAV file in which nobody speaks."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(bytes(2 * int(seconds * RATE)))
    return file.getvalue()

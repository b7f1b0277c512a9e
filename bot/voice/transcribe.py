"""A recording becomes text: find the speech, hear it window by window, hear again what was missed, flag the doubtful.

transcriber = load("whisper", "base", threads=1, weights_dir=Path(".collaborate/weights"))
transcription = transcriber.transcribe(decode(Path("note.ogg"), max_seconds=3600), names=["Amina", "Leek"])
"""

import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from bot.voice import doubts
from bot.voice.audio import RATE, Audio, Samples
from bot.voice.errors import NoSpeech, WeightsDamaged, WeightsMissing
from bot.voice.models import Transcription
from bot.voice.port import Engine, Heard
from bot.voice.prompt import build_prompt, plain_words, recites
from bot.voice.speakers import Speakers, with_voices
from bot.voice.speech import Stretch, speech_stretches
from bot.voice.weights import find
from bot.voice.windows import gaps, placed, windows

log = logging.getLogger("collaborate.voice")

EngineName = Literal["whisper", "faster-whisper"]
FIRST_PASS = 0.95  # of the progress shown; the rest is for what has to be heard again


def ignore(fraction: float) -> None:
    """Nobody is watching the progress."""


def load(
    engine: EngineName, model: str, *, threads: int, weights_dir: Path, tell_voices: bool = False
) -> "Transcriber":
    """An engine with its weights, ready for many recordings; one at a time, with `threads` threads.

    With `tell_voices` it also tells two voices apart; without the weights for that, `voices` stays None.

    `model` is a name (base, tiny.en …) or a path: a .pt file for whisper, a folder for faster-whisper. What has to be
    prepared is kept in `weights_dir`. Raises WeightsMissing, WeightsUnusable, WeightsDamaged, DiskFull, CannotKeep.
    """
    weights = find(engine, model, weights_dir)
    if engine == "whisper":
        from bot.voice.whisper_engine import WhisperEngine

        return Transcriber(WhisperEngine(weights, threads), model, speakers=_speakers(threads) if tell_voices else None)
    from bot.voice.faster_engine import FasterWhisperEngine

    return Transcriber(
        FasterWhisperEngine(weights, threads), model, speakers=_speakers(threads) if tell_voices else None
    )


def _speakers(threads: int) -> Speakers | None:
    try:
        return Speakers(threads=threads)
    except (WeightsMissing, WeightsDamaged) as trouble:
        log.warning("voices can't be told apart: %s", type(trouble).__name__)
        return None


class Transcriber:
    """Turns recordings into text. `detector` and `timer` come in from outside for tests."""

    def __init__(
        self,
        engine: Engine,
        model: str,
        detector: Callable[[Samples], list[Stretch]] = speech_stretches,
        timer: Callable[[], float] = time.perf_counter,
        speakers: Speakers | None = None,
    ) -> None:
        self._engine = engine
        self._model = model
        self._detector = detector
        self._timer = timer
        self._speakers = speakers

    def transcribe(
        self, audio: Audio, *, names: Sequence[str] = (), progress: Callable[[float], None] = ignore
    ) -> Transcription:
        """The text of a recording in English, with real times, and flags where a person should listen again.

        `names` of people and places are told to the engine beforehand, most important first. `progress` gets
        fractions from 0 to 1, never going back. Raises NoSpeech if nobody speaks, EngineBroke.
        """
        began = self._timer()
        speech = self._detector(audio.samples)
        if not speech:
            raise NoSpeech()
        voices = None
        if self._speakers is not None:  # before anything is heard, as an engine hears right across two people's turns
            voices, speech = self._speakers.tell_apart(audio.samples, speech)
        heard = self._first_pass(audio, speech, build_prompt(names), progress)
        heard = self._again(audio, speech, heard)
        segments = doubts.segments(heard, gaps(heard, speech))
        if voices == 2:
            segments = with_voices(segments, speech)
        text = " ".join(segment.text for segment in segments if segment.text)
        progress(1.0)
        took = self._timer() - began
        return Transcription(audio.seconds, self._engine.name, self._model, text, segments, took, voices)

    def _first_pass(
        self, audio: Audio, speech: Sequence[Stretch], prompt: str, progress: Callable[[float], None]
    ) -> list[Heard]:
        heard: list[Heard] = []
        pieces = windows(speech)
        whole = sum(piece.seconds for piece in pieces)
        done = 0.0
        for piece in pieces:
            heard += self._hear(audio, piece, speech, prompt)
            done += piece.seconds
            progress(FIRST_PASS * done / whole)
        return heard

    def _hear(self, audio: Audio, window: Stretch, speech: Sequence[Stretch], prompt: str | None) -> list[Heard]:
        """One window; without the prompt if the engine only read that back, or got stuck."""
        sound = audio.samples[int(window.start * RATE) : int(window.end * RATE)]
        heard = self._engine.hear(sound, prompt)
        if prompt and any(doubts.looped(each) or recites(each.text, prompt) for each in heard):
            heard = self._engine.hear(sound, None)
        return placed(heard, window, speech)

    def _again(self, audio: Audio, speech: Sequence[Stretch], heard: list[Heard]) -> list[Heard]:
        """What was heard, and what a second try without the prompt finds where speech stayed without words."""
        found = list(heard)
        for gap in gaps(heard, speech):
            for window in windows(gap):
                found += [each for each in self._hear(audio, window, gap, None) if not _repeats(each, heard)]
        return sorted(found, key=lambda each: each.start)


def _repeats(again: Heard, heard: Sequence[Heard]) -> bool:
    """Whether these words already stand at the edge of a neighbour: an engine's times are not exact."""
    words = plain_words(again.text)
    before = [plain_words(each.text) for each in heard if each.start <= again.start][-1:]
    after = [plain_words(each.text) for each in heard if each.start > again.start][:1]
    return any(near[-len(words) :] == words for near in before) or any(near[: len(words)] == words for near in after)

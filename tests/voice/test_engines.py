"""Real engines, real weights, a real (synthetic) voice."""

from collections.abc import Callable

import numpy as np
import pytest

from bot.voice.audio import Audio
from bot.voice.models import Flag
from bot.voice.speech import speech_stretches
from bot.voice.transcribe import EngineName
from tests.bench.voice import word_error_rate

from .conftest import LoadIt
from .sounds import joined, noise, silence

ROTA = "The practice manager rang me about the rota on Tuesday."
TEAM = "Our neighbourhood team meets every week, and I feel less alone."

BOTH = pytest.mark.parametrize("name", ["whisper", "faster-whisper"])
Say = Callable[[str], Audio]


@pytest.mark.parametrize(
    ("name", "model"),
    [("whisper", "tiny.en"), ("whisper", "base"), ("faster-whisper", "tiny.en"), ("faster-whisper", "base")],
)
def test_a_spoken_sentence_is_understood(engine: LoadIt, say: Say, name: EngineName, model: str) -> None:
    found = engine(name, model).transcribe(joined(say(ROTA).samples, silence(0.4), say(TEAM).samples))

    assert word_error_rate([f"{ROTA} {TEAM}"], [found.text]) < 0.2
    assert "neighbourhood" in found.text
    assert (found.engine, found.model) == (name, model)
    assert all(0 < each.confidence <= 1 and each.start < each.end <= found.seconds for each in found.segments)
    assert found.elapsed > 0


def test_the_same_recording_gives_the_same_text(engine: LoadIt, say: Say) -> None:
    transcriber = engine("whisper", "tiny.en")
    assert transcriber.transcribe(say(ROTA)).segments == transcriber.transcribe(say(ROTA)).segments


@BOTH
def test_a_minute_of_near_silence_after_speech_adds_nothing(engine: LoadIt, say: Say, name: EngineName) -> None:
    transcriber = engine(name, "tiny.en")
    alone = transcriber.transcribe(say(ROTA))
    followed = transcriber.transcribe(joined(say(ROTA).samples, noise(60.0, level=0.0005)), names=["Amina Rahman"])

    assert len(followed.text.split()) <= len(alone.text.split()) + 1
    assert word_error_rate([ROTA], [followed.text]) < 0.2
    assert followed.segments[-1].end < say(ROTA).seconds + 0.5


@BOTH
def test_both_sides_of_a_ten_second_pause_stay_with_their_real_times(
    engine: LoadIt, say: Say, name: EngineName
) -> None:
    first, second = say(ROTA), say(TEAM)
    pause = np.concatenate([first.samples, noise(10.0, level=0.0005), second.samples])
    found = engine(name, "tiny.en").transcribe(joined(pause))
    before, after = found.segments[0], next(each for each in found.segments if Flag.LONG_SILENCE in each.flags)

    assert word_error_rate([f"{ROTA} {TEAM}"], [found.text]) < 0.2
    assert before.end <= first.seconds + 0.5
    assert after.start == pytest.approx(first.seconds + 10.0, abs=0.7)
    assert after.end <= found.seconds


def test_quiet_speech_is_still_speech(engine: LoadIt, say: Say) -> None:
    quiet = joined(say(ROTA).samples * 0.03)
    assert word_error_rate([ROTA], [engine("faster-whisper", "tiny.en").transcribe(quiet).text]) < 0.3


def test_speech_longer_than_an_engine_takes_is_cut_into_windows_and_all_understood(engine: LoadIt, say: Say) -> None:
    eight = joined(*[say(ROTA).samples, say(TEAM).samples] * 8)
    assert all(stretch.seconds <= 28 for stretch in speech_stretches(eight.samples))
    found = engine("faster-whisper", "tiny.en").transcribe(eight)
    assert eight.seconds > 40
    assert word_error_rate([f"{ROTA} {TEAM} " * 8], [found.text]) < 0.2
    assert found.segments[-1].end > eight.seconds - 1.5

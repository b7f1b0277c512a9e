"""A synthetic voice, both engines on the small weights, and a fake engine that says what it is told to say."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from bot.voice.audio import Audio, Samples, decode
from bot.voice.port import Heard
from bot.voice.transcribe import EngineName, Transcriber, load

from .sounds import file_of

LoadIt = Callable[[EngineName, str], Transcriber]

# openai-whisper leaves its list of tokens and its list of spellings open for the garbage collector to close
OPEN_FILES = "ignore:unclosed file .*whisper.*(tiktoken|json):ResourceWarning"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings(OPEN_FILES))


@pytest.fixture(scope="session")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("weights")


@pytest.fixture(scope="session")
def engine(weights: Path) -> LoadIt:
    """Loads an engine once for all tests."""
    return cache(lambda name, model: load(name, model, threads=1, weights_dir=weights))


@pytest.fixture(scope="session")
def say() -> Callable[[str], Audio]:
    """Speaks a sentence, the same way each time."""
    from hibari import SAMPLE_RATE, Hibari

    voice = Hibari()

    @cache
    def speak(sentence: str) -> Audio:
        spoken = np.asarray(voice(sentence, seed=1), np.float32)
        return decode(file_of(spoken, "wav", SAMPLE_RATE), max_seconds=120)

    return speak


class Scripted:
    """An engine that answers each call with the next line of a script, and remembers the prompts it was given."""

    name = "whisper"

    def __init__(self, *script: Sequence[Heard]) -> None:
        self.script = list(script)
        self.prompts: list[str | None] = []
        self.lengths: list[float] = []

    def hear(self, samples: Samples, prompt: str | None) -> Sequence[Heard]:
        self.prompts.append(prompt)
        self.lengths.append(len(samples) / 16_000)
        return self.script.pop(0)


def words(
    start: float, end: float, text: str, logprob: float = -0.2, squeeze: float = 1.2, quiet: float = 0.0
) -> Heard:
    """A stretch as an engine would report it, sound in every score unless said otherwise."""
    return Heard(start, end, text, logprob, squeeze, quiet)

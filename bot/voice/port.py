"""The port that both speech engines stand behind, and what they report."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.voice.audio import Samples


@dataclass(frozen=True)
class Heard:
    """A stretch as an engine reports it: `start`, `end` in seconds of the samples it was given, and its scores.

    `avg_logprob`: mean log probability of its tokens. `compression`: how far the text can be squeezed, high for
    loops. `no_speech`: the engine's own estimate, 0 to 1, that nobody spoke.
    """

    start: float
    end: float
    text: str
    avg_logprob: float
    compression: float
    no_speech: float


class Engine(Protocol):
    """A speech engine with its weights loaded."""

    @property
    def name(self) -> str:
        """The setting's name for it: whisper or faster-whisper."""

    def hear(self, samples: Samples, prompt: str | None) -> Sequence[Heard]:
        """What is said in at most 30 seconds of 16 kHz sound; `prompt` lists words to expect. Raises EngineBroke."""

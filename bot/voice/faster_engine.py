"""faster-whisper behind the port."""

import os
from collections.abc import Sequence
from pathlib import Path

from bot.voice.audio import Samples
from bot.voice.errors import EngineBroke, WeightsUnusable
from bot.voice.port import Heard
from bot.voice.weights import NEEDS


class FasterWhisperEngine:
    """faster-whisper, English, in int8 on the processor, five beams, one temperature (the same text every time)."""

    name = "faster-whisper"

    def __init__(self, weights: Path, threads: int) -> None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")  # the folder is here: nothing is asked of a network
        from faster_whisper import WhisperModel

        try:
            self._model = WhisperModel(
                str(weights), device="cpu", compute_type="int8", cpu_threads=threads, num_workers=1
            )
        except (RuntimeError, ValueError) as error:
            raise WeightsUnusable(model=weights.name, engine=self.name, needs=NEEDS[self.name]) from error

    def hear(self, samples: Samples, prompt: str | None) -> Sequence[Heard]:
        """What is said, by one pass without any memory of other windows. Raises EngineBroke."""
        try:
            segments, _ = self._model.transcribe(
                samples,
                language="en",
                beam_size=5,
                temperature=0.0,
                condition_on_previous_text=False,
                no_speech_threshold=None,  # doubtful speech is flagged for a person, never left out
                initial_prompt=prompt,
                vad_filter=False,  # done before, once for both engines
            )
            # the segments are made while they are asked for, so errors come here too
            return [
                Heard(s.start, s.end, s.text.strip(), s.avg_logprob, s.compression_ratio, s.no_speech_prob)
                for s in segments
            ]
        except RuntimeError as error:
            raise EngineBroke() from error

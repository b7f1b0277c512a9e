"""openai-whisper behind the port."""

import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.voice.audio import Samples
from bot.voice.errors import EngineBroke, WeightsUnusable
from bot.voice.port import Heard
from bot.voice.weights import NEEDS


class WhisperEngine:
    """openai-whisper, English, in float32 on the processor, greedy.

    Greedy because beams cost it nearly three times as long for about half a point of word error rate. One temperature
    only: the retries of the original draw at random, and the same recording must give the same text.
    """

    name = "whisper"

    def __init__(self, weights: Path, threads: int) -> None:
        import torch

        torch.set_num_threads(threads)
        self._model = _load(weights)

    def hear(self, samples: Samples, prompt: str | None) -> Sequence[Heard]:
        """What is said, by one pass without any memory of other windows. Raises EngineBroke."""
        import whisper

        try:
            found = whisper.transcribe(
                self._model,
                samples,
                language="en",
                fp16=False,
                temperature=0.0,
                condition_on_previous_text=False,
                no_speech_threshold=None,  # doubtful speech is flagged for a person, never left out
                initial_prompt=prompt,
            )
        except RuntimeError as error:
            raise EngineBroke() from error
        return [_heard(segment) for segment in found["segments"]]


def _heard(segment: dict[str, Any]) -> Heard:
    return Heard(
        start=segment["start"],
        end=segment["end"],
        text=segment["text"].strip(),
        avg_logprob=segment["avg_logprob"],
        compression=segment["compression_ratio"],
        no_speech=segment["no_speech_prob"],
    )


def _load(weights: Path) -> Any:
    import torch
    import whisper

    try:
        model = whisper.load_model(str(weights), device="cpu")
        kept = torch.load(weights, map_location="cpu", weights_only=True, mmap=True)
    except (RuntimeError, KeyError, TypeError, EOFError, pickle.UnpicklingError) as error:
        raise WeightsUnusable(model=weights.name, engine="whisper", needs=NEEDS["whisper"]) from error
    heads = kept.get("alignment_heads")
    if heads:  # load_model guesses them for a file given by path; ours carries the right ones, for word times
        mask = torch.zeros(model.dims.n_text_layer, model.dims.n_text_head, dtype=torch.bool)
        for layer, head in heads:
            mask[layer, head] = True
        model.register_buffer("alignment_heads", mask.to_sparse(), persistent=False)
    return model

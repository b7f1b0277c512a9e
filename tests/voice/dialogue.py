"""Two people on one recording, put together from the sample notes: their sentences by turns, with pauses between."""

from functools import cache
from pathlib import Path

import numpy as np

from bot.voice.audio import RATE, Audio, Samples, decode
from bot.voice.speech import Stretch, speech_stretches

from .sounds import file_of, silence

SAMPLES = Path(__file__).parents[2] / "transcripts" / "samples"
#: a woman's and a man's synthetic voice
WOMAN, MAN = "rota-home", "nearest-the-door"
PAUSE = 0.8


@cache
def note(name: str) -> Samples:
    """A sample note."""
    return decode(SAMPLES / f"{name}.ogg", max_seconds=600).samples


@cache
def sentences(name: str, number: int) -> tuple[Samples, ...]:
    """The first stretches of speech of a sample note, between its pauses."""
    sound = note(name)
    return tuple(sound[int(s.start * RATE) : int(s.end * RATE)] for s in speech_stretches(sound)[:number])


def dialogue(*names: str, turns: int = 3) -> tuple[Audio, list[tuple[int, Stretch]]]:
    """So many stretches of each in turn, and who (by position in `names`) speaks when."""
    pieces, said, at = [silence(PAUSE)], [], PAUSE
    for turn in range(turns):
        for who, name in enumerate(names):
            spoken = sentences(name, turns)[turn]
            said.append((who, Stretch(at, at + len(spoken) / RATE)))
            pieces += [spoken, silence(PAUSE)]
            at += len(spoken) / RATE + PAUSE
    whole = np.concatenate(pieces)
    return Audio(whole, len(whole) / RATE), said


@cache
def dialogue_file(*names: str, turns: int = 3) -> bytes:
    """The same as the bytes of a voice note."""
    return file_of(dialogue(*names, turns=turns)[0].samples, "ogg")

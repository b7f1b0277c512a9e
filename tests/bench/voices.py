"""How well two voices are told apart: python -m tests.bench.voices FOLDER

FOLDER holds short clips of real speech, several speakers; the first two parts of a file's name (SET_SPEAKER) say whose.
Of every pair of speakers a conversation is made (turns of 1 to 6 seconds, pauses of .3 to 1.2), of every speaker a
monologue, clean and spoilt. Prints how many pairs are heard as two, how much of the time goes to the wrong one and to
nobody, how many monologues are taken for two, and the time per second of sound.
"""

import itertools
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from bot.voice.audio import RATE, Samples, decode
from bot.voice.speakers import Speakers
from bot.voice.speech import Stretch, speech_stretches

LEAST_SECONDS = 8.0
RANDOM = np.random.default_rng(5)
Turn = tuple[int, Samples]


def clips(folder: Path) -> dict[str, list[Samples]]:
    found: dict[str, list[Samples]] = {}
    for path in sorted(path for path in folder.iterdir() if path.suffix in (".wav", ".flac", ".ogg")):
        who = "_".join(path.stem.split("-")[0].split("_")[:2])
        found.setdefault(who, []).append(decode(path, max_seconds=600).samples)
    return {who: sounds for who, sounds in found.items() if sum(map(len, sounds)) > LEAST_SECONDS * RATE}


def turns(who: int, sounds: Sequence[Samples]) -> list[Turn]:
    made: list[Turn] = []
    for sound in sounds:
        at = 0
        while len(sound) - at > 0.8 * RATE:
            size = int(RANDOM.uniform(1, 6) * RATE)
            piece = sound[at : at + size]
            made.append((who, piece * np.float32(0.05 * RANDOM.uniform(0.5, 1.5) / np.sqrt(np.mean(piece**2)))))
            at += size
    return made


def talk(*speakers: Sequence[Samples]) -> tuple[Samples, list[tuple[int, Stretch]]]:
    by_turns = itertools.zip_longest(*(turns(who, sounds) for who, sounds in enumerate(speakers)))
    pieces: list[Samples] = []
    said: list[tuple[int, Stretch]] = []
    at = 0
    for who, sound in (turn for each in by_turns for turn in each if turn is not None):
        said.append((who, Stretch(at / RATE, (at + len(sound)) / RATE)))
        pause = np.zeros(int(RANDOM.uniform(0.3, 1.2) * RATE), np.float32)
        pieces += [sound, pause]
        at += len(sound) + len(pause)
    return np.concatenate(pieces), said


def hiss(sound: Samples, decibels: float) -> Samples:
    level = np.sqrt(np.mean(sound**2)) * 10 ** (-decibels / 20)
    return (sound + level * RANDOM.standard_normal(len(sound))).astype(np.float32)


def hall(sound: Samples) -> Samples:
    echo = (0.15 * RANDOM.standard_normal(4000) * np.exp(-np.arange(4000) / 1200)).astype(np.float32)
    echo[0] = 1
    size = 1 << (len(sound) + len(echo)).bit_length()
    return np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(echo, size), size)[: len(sound)].astype(np.float32)


def telephone(sound: Samples) -> Samples:
    spectrum = np.fft.rfft(sound)
    heard = np.fft.rfftfreq(len(sound), 1 / RATE)
    spectrum[(heard < 300) | (heard > 3400)] = 0
    return np.fft.irfft(spectrum, len(sound)).astype(np.float32)


SPOILT: dict[str, Callable[[Samples], Samples]] = {
    "clean": lambda sound: sound,
    "hiss 20 dB": lambda sound: hiss(sound, 20),
    "hiss 10 dB": lambda sound: hiss(sound, 10),
    "a hall": hall,
    "a telephone": telephone,
}


def measure(speakers: Speakers, by_whom: dict[str, list[Samples]], spoil: Callable[[Samples], Samples]) -> str:
    pairs = found = split = 0
    said_for = wrong = doubtful = spent = whole = 0.0
    for one, other in itertools.combinations(by_whom.values(), 2):
        sound, said = talk(one, other)
        began = time.perf_counter()
        voices, stretches = speakers.tell_apart(spoil(sound), speech_stretches(sound))
        spent, whole, pairs, found = spent + time.perf_counter() - began, whole + len(sound) / RATE, pairs + 1, found
        if voices == 2:
            found += 1
            shares = [(who, each.voice, each.shared(turn)) for who, turn in said for each in stretches]
            to = [sum(s for who, voice, s in shares if voice is not None and voice ^ flip != who) for flip in (0, 1)]
            wrong += min(to)
            doubtful += sum(s for _, voice, s in shares if voice is None)
            said_for += sum(turn.seconds for _, turn in said)
    for sounds in by_whom.values():
        sound, _ = talk(sounds)
        split += speakers.tell_apart(spoil(sound), speech_stretches(sound))[0] == 2
    return (
        f"two heard {found}/{pairs}   wrong {wrong / said_for:.1%}   nobody's {doubtful / said_for:.1%}   "
        f"one split {split}/{len(by_whom)}   {spent / whole:.4f} s a second"
    )


def main(folder: Path) -> None:
    speakers, by_whom = Speakers(), clips(folder)
    for name, spoil in SPOILT.items():
        print(f"{name:12} {measure(speakers, by_whom, spoil)}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""What is done to a voice after it has spoken: pitch, pauses, noise, level, and a small Opus file."""

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]
Noise = Callable[[np.random.Generator, int], Samples]

RATE = 24_000  # Hz; one of the five rates that Opus takes
BIT_RATE = 20_000
LEVEL = 0.08  # root mean square of the speech: about -22 dBFS, as a telephone held close
PEAK = 0.9


def at_rate(samples: Samples, rate: int, pitch: float = 1.0) -> Samples:
    """Samples of any rate (Hz) at RATE; a pitch above 1 is higher, and shorter by the same factor."""
    length = round(len(samples) * RATE / rate / pitch)
    spectrum = np.fft.rfft(samples)
    kept = np.zeros(length // 2 + 1, spectrum.dtype)
    shared = min(len(kept), len(spectrum))
    kept[:shared] = spectrum[:shared]
    return (np.fft.irfft(kept, length) * (length / len(samples))).astype(np.float32)


def quiet(seconds: float) -> Samples:
    """Silence."""
    return np.zeros(round(seconds * RATE), np.float32)


def levelled(samples: Samples) -> Samples:
    """The same speech at LEVEL, measured where somebody speaks, so that long pauses don't make it loud."""
    spoken = samples[np.abs(samples) > 0.01]
    gain = min(LEVEL / _strength(spoken), PEAK / float(np.abs(samples).max()))
    return (samples * gain).astype(np.float32)


def with_noise(samples: Samples, kind: str, snr_db: float, seed: int) -> Samples:
    """Levelled speech with made noise under all of it, `snr_db` decibels below LEVEL."""
    noise = NOISES[kind](np.random.default_rng(seed), len(samples))
    noise *= LEVEL * 10 ** (-snr_db / 20) / _strength(noise)
    mixed: Samples = np.clip(samples + noise, -PEAK, PEAK).astype(np.float32)
    return mixed


def write_opus(path: Path, samples: Samples) -> None:
    """A mono Opus file in an Ogg container, the same bytes for the same samples."""
    pcm = (samples * 32767).astype(np.int16).reshape(1, -1)
    # without bitexact the Ogg stream gets a random serial number
    with av.open(str(path), "w", format="ogg", options={"fflags": "+bitexact"}) as out:
        stream = out.add_stream("libopus", rate=RATE, layout="mono", options={"application": "voip", "vbr": "on"})
        stream.bit_rate = BIT_RATE
        stream.codec_context.flags |= av.codec.context.Flags.bitexact
        frame = av.AudioFrame.from_ndarray(pcm, format="s16", layout="mono")
        frame.sample_rate = RATE
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            out.mux(packet)


def _strength(samples: Samples) -> float:
    return float(np.sqrt(np.mean(samples.astype(np.float64) ** 2)))


def _shaped(chance: np.random.Generator, length: int, slope: float, low: float, high: float) -> Samples:
    """Noise between two frequencies (Hz) whose strength falls as frequency to the power of `slope`."""
    spectrum = np.fft.rfft(chance.standard_normal(length))
    pitch = np.maximum(np.fft.rfftfreq(length, 1 / RATE), 1)
    spectrum *= np.where((pitch >= low) & (pitch <= high), pitch**-slope, 0)
    shaped = np.fft.irfft(spectrum, length)
    full: Samples = (shaped / np.abs(shaped).max()).astype(np.float32)
    return full


def _rain(chance: np.random.Generator, length: int) -> Samples:
    """Rain on the roof of a car with its engine running: a hiss, single drops, and a rumble."""
    drops = np.zeros(length, np.float32)
    drops[chance.integers(0, length, length // 1200)] = chance.uniform(0.2, 1, length // 1200)
    tap = np.exp(-np.arange(120) / 20) * np.sin(np.arange(120) * 0.9)
    rumble = _shaped(chance, length, 1.0, 30, 160)
    return _shaped(chance, length, 0.4, 400, 9000) + 0.5 * np.convolve(drops, tap, "same") + 0.5 * rumble


def _voices(chance: np.random.Generator, length: int) -> Samples:
    """People talking further off, without words: five bands of noise, each rising and falling like syllables."""
    murmur = np.zeros(length, np.float32)
    for _ in range(5):
        syllables = np.abs(_shaped(chance, length, 0.0, 0.3, 5))
        centre = chance.uniform(250, 700)
        murmur += syllables * _shaped(chance, length, 0.8, centre / 2, centre * 5)
    return murmur


def _hum(chance: np.random.Generator, length: int) -> Samples:
    """A fan and the mains: 50 Hz with its overtones, and soft air."""
    time = np.arange(length) / RATE
    mains = sum(np.sin(2 * np.pi * 50 * n * time) / n for n in (1, 2, 3, 5))
    return (0.25 * mains + _shaped(chance, length, 0.7, 80, 4000)).astype(np.float32)


NOISES: dict[str, Noise] = {"rain": _rain, "voices": _voices, "hum": _hum}

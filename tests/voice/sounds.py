"""Small sounds made on the spot, and files of them in any container."""

import io
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

from bot.voice.audio import RATE, Audio, Samples

CODECS = {"ogg": "libopus", "mp4": "aac", "ipod": "aac", "webm": "libopus", "mp3": "libmp3lame", "wav": "pcm_s16le"}


def silence(seconds: float) -> Samples:
    return np.zeros(int(seconds * RATE), np.float32)


def noise(seconds: float, level: float = 0.05) -> Samples:
    return (level * np.random.default_rng(7).standard_normal(int(seconds * RATE))).astype(np.float32)


def tone(seconds: float, rate: int = RATE) -> Samples:
    return (0.3 * np.sin(2 * np.pi * 440 * np.arange(int(seconds * rate)) / rate)).astype(np.float32)


def joined(*pieces: npt.NDArray[np.floating]) -> Audio:
    samples = np.concatenate(pieces).astype(np.float32)
    return Audio(samples, len(samples) / RATE)


def file_of(samples: npt.NDArray[np.floating], container: str, rate: int = RATE, **options: str) -> bytes:
    """The bytes of a file with this sound; `options` go to the container."""
    out = io.BytesIO()
    write_file(out, samples, container, rate, **options)
    return out.getvalue()


def write_file(
    out: Path | io.BytesIO, samples: npt.NDArray[np.floating], container: str, rate: int = RATE, **options: str
) -> None:
    with av.open(out, "w", format=container, options=options) as file:
        stream = file.add_stream(CODECS[container], rate=48_000 if CODECS[container] == "libopus" else rate)
        whole = np.clip(samples * 32767, -32768, 32767).astype(np.int16)
        for begin in range(0, len(whole), rate):
            frame = av.AudioFrame.from_ndarray(whole[None, begin : begin + rate], format="s16", layout="mono")
            frame.sample_rate, frame.pts = rate, begin
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))


def film_without_sound() -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as file:
        stream = file.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for _ in range(10):
            file.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8))))
        file.mux(stream.encode(None))
    return out.getvalue()

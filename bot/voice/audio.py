"""Any recording becomes 16 kHz mono samples, by PyAV in this process; the name of a file counts for nothing."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from bot.voice.errors import Corrupt, Empty, NoSuchFile, NotAudio, TooLong, Truncated

RATE = 16_000
Samples = npt.NDArray[np.float32]

# Only formats that hold sound in themselves. A playlist is left out on purpose: it can make the decoder open other
# files of this machine, or addresses.
FORMATS = "mov,mp4,m4a,3gp,ogg,matroska,webm,wav,mp3,flac,aac,amr,aiff,caf"
# How audio files begin; a file that begins so and cannot be opened is damaged, any other was never audio.
OPENINGS = (b"OggS", b"RIFF", b"\x1aE\xdf\xa3", b"ID3", b"fLaC", b"\xff\xfb", b"\xff\xf3", b"\xff\xf1", b"#!AMR")
# A damaged packet here and there is inaudible; more than this share of them is a damaged recording.
MOST_BAD = 0.05


@dataclass(frozen=True)
class Audio:
    """Sound: `samples` float32 from -1 to 1, one channel, 16 000 a second; `seconds` long."""

    samples: Samples
    seconds: float


def decode(data: bytes | Path, *, max_seconds: float, expected_seconds: float | None = None) -> Audio:
    """The sound of a file, or of its bytes, whatever its container and whatever it is called.

    Reads a piece at a time and stops once `max_seconds` have passed, so neither an hour nor a file made to be huge
    fills the memory. `expected_seconds` is what the sender said; it shows a download that ended early.

    Raises Empty, NotAudio, Corrupt, TooLong, Truncated, and NoSuchFile for a path that cannot be read.
    """
    if isinstance(data, Path):
        with _opened(data) as file:
            return _decode(file, max_seconds, expected_seconds)
    return _decode(io.BytesIO(data), max_seconds, expected_seconds)


def stretch(data: bytes, *, start: float, end: float) -> Samples:
    """The sound from `start` to `end` (seconds) of a file's bytes; shorter or empty where the file ends before.

    Reads on until `end` and keeps only what is wanted. Raises Empty, NotAudio, Corrupt.
    """
    if not data:
        raise Empty()
    first, last = int(start * RATE), int(end * RATE)
    kept: list[Samples] = []
    at = 0
    with _container(io.BytesIO(data), data[:16]) as container:
        if not container.streams.audio:
            raise NotAudio()
        for piece in _pieces(container):
            kept.append(piece[max(0, first - at) : max(0, last - at)])
            at += len(piece)
            if at >= last:
                break
    return _sane(np.concatenate(kept)) if kept else np.zeros(0, np.float32)


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise NoSuchFile(file=path) from error


def _decode(file: BinaryIO, max_seconds: float, expected: float | None) -> Audio:
    head = file.read(16)
    if not head:
        raise Empty()
    file.seek(0)
    with _container(file, head) as container:
        if not container.streams.audio:
            raise NotAudio()
        samples = _samples(container, max_seconds)
        seconds = len(samples) / RATE
        _check_length(seconds, expected or _claimed(container))
    return Audio(samples, seconds)


def _container(file: BinaryIO, head: bytes) -> Any:
    import av

    try:
        return av.open(file, options={"format_whitelist": FORMATS})
    except av.FFmpegError as error:
        damaged = head.startswith(OPENINGS) or head[4:8] == b"ftyp"
        raise (Corrupt() if damaged else NotAudio()) from error


def _samples(container: Any, max_seconds: float) -> Samples:
    most = int(max_seconds * RATE)
    held = bytearray()  # grows in place: a list of pieces joined at the end would need twice the memory
    for piece in _pieces(container):
        held += piece.tobytes()
        if len(held) > most * 4:
            raise TooLong(minutes=f"{max_seconds / 60:g}")
    if not held:
        raise Corrupt()
    return _sane(np.frombuffer(held, dtype=np.float32))


def _sane(samples: Samples) -> Samples:
    """The same, made to be sound in place: a float file may hold anything."""
    np.nan_to_num(samples, copy=False)
    np.clip(samples, -1.0, 1.0, out=samples)
    return samples


def _pieces(container: Any) -> Iterator[Samples]:
    """The sound packet by packet, resampled; damaged packets are passed over while they are few."""
    import av

    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    packets = bad = 0
    try:
        for packet in container.demux(container.streams.audio[0]):
            packets += 1
            try:
                frames = [out for frame in packet.decode() for out in resampler.resample(frame)]
            except (av.FFmpegError, ValueError):  # ValueError: the sound's shape changed half-way
                bad += 1
                continue
            yield from map(_flat, frames)
        yield from map(_flat, resampler.resample(None))
    except av.FFmpegError as error:
        raise Corrupt() from error
    if bad > packets * MOST_BAD:
        raise Corrupt()


def _flat(frame: Any) -> Samples:
    samples: Samples = frame.to_ndarray().reshape(-1)
    return samples


def _claimed(container: Any) -> float | None:
    """The length that an mp4's index states; other formats only guess theirs from the size of the file."""
    if "mp4" in container.format.name and container.duration:
        return float(container.duration) / 1_000_000
    return None


def _check_length(got: float, expected: float | None) -> None:
    if expected and got < expected - max(1.0, expected * 0.05):
        raise Truncated(got=round(got), expected=round(expected))

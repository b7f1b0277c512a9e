"""Recordings as a browser makes them: Opus in WebM, with no length in the head."""

import io

import av
import numpy


class _Pipe(io.RawIOBase):
    """Takes bytes and can't go back, as a recorder in a browser can't."""

    def __init__(self) -> None:
        self.written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self.written += data
        return len(data)


def recorded(seconds: float) -> bytes:
    """A hum of this length."""
    pipe, rate = _Pipe(), 48_000
    with av.open(pipe, mode="w", format="webm") as container:
        stream = container.add_stream("libopus", rate=rate, layout="mono")
        hum = (0.4 * numpy.sin(2 * numpy.pi * 220 * numpy.arange(rate) / rate)).astype("float32")
        for second in range(int(numpy.ceil(seconds))):
            part = hum[: int(rate * min(1.0, seconds - second))]
            frame = av.AudioFrame.from_ndarray(part.reshape(1, -1), format="flt", layout="mono")
            frame.sample_rate, frame.pts = rate, second * rate
            for packet in stream.encode(frame):
                container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)
    return bytes(pipe.written)

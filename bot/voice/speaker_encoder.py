"""What a voice sounds like, as numbers: one vector for every 1.6 seconds of speech.

Method: the GE2E speaker encoder (Wan and others, "Generalized end-to-end loss for speaker verification", 2018) with the
weights of Resemblyzer: 40 mel bands of power (not of its logarithm), three LSTM layers of 256, a linear layer, cut off
below zero and brought to length one. Two vectors are compared by their inner product, 1 for the same.
"""

from functools import cache

import numpy as np
import numpy.typing as npt

from bot.voice import speaker_weights
from bot.voice.audio import RATE, Samples

Matrix = npt.NDArray[np.float32]

#: seconds and samples of a window
WINDOW_SECONDS = 1.6
WINDOW = int(WINDOW_SECONDS * RATE)
#: the spectrum: 25 ms every 10 ms
FRAME, HOP, FRAMES = 400, 160, 160
BANDS = 40
SIZE = 256
#: loudness that the encoder was trained at, as a root mean square of samples from -1 to 1 (-30 dBFS)
LOUDNESS = 10 ** (-30 / 20)
#: windows worked on at a time, so that memory stays small
BATCH = 64


class Encoder:
    """The encoder with its weights loaded, on so many `threads`. Raises WeightsMissing, WeightsDamaged."""

    def __init__(self, threads: int = 1) -> None:
        import torch

        torch.set_num_threads(threads)
        weights = {name: torch.from_numpy(array) for name, array in speaker_weights.load().items()}
        self._lstm = torch.nn.LSTM(BANDS, SIZE, num_layers=3, batch_first=True)
        self._lstm.load_state_dict({name.removeprefix("lstm."): w for name, w in weights.items() if "lstm" in name})
        self._linear = torch.nn.Linear(SIZE, SIZE)
        self._linear.load_state_dict({n.removeprefix("linear."): w for n, w in weights.items() if "linear" in n})

    def embed(self, windows: Matrix) -> Matrix:
        """One vector of length one (n x 256) for each window (n x 25 600 samples at 16 kHz)."""
        parts = [self._embed(windows[at : at + BATCH]) for at in range(0, len(windows), BATCH)]
        return np.concatenate(parts) if parts else np.zeros((0, SIZE), np.float32)

    def _embed(self, windows: Matrix) -> Matrix:
        import torch

        with torch.inference_mode():
            _, (hidden, _) = self._lstm(torch.from_numpy(spectra(windows)))
            raw = torch.relu(self._linear(hidden[-1]))
            unit: Matrix = torch.nn.functional.normalize(raw, dim=1).numpy()
        return unit


def window_of(samples: Samples) -> Samples:
    """Speech brought to one window's length and loudness: cut, or repeated from its beginning."""
    whole = np.resize(samples, WINDOW) if len(samples) else np.zeros(WINDOW, np.float32)
    loudness = float(np.sqrt(np.mean(whole**2)))
    level: Samples = (whole * (LOUDNESS / max(loudness, 1e-6))).astype(np.float32)
    return level


def spectra(windows: Matrix) -> Matrix:
    """The mel spectrum of each window: n x 160 frames x 40 bands of power."""
    padded = np.pad(windows, ((0, 0), (FRAME // 2, FRAME // 2)))
    frames = np.lib.stride_tricks.sliding_window_view(padded, FRAME, axis=1)[:, : FRAMES * HOP : HOP]
    power = np.abs(np.fft.rfft(frames * _hann(), axis=2)) ** 2
    bands: Matrix = (power @ _mel_bands().T).astype(np.float32)
    return bands


@cache
def _hann() -> Matrix:
    return (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(FRAME) / FRAME)).astype(np.float32)


@cache
def _mel_bands() -> Matrix:
    """40 triangles (x 201 frequencies), each of the same area: Slaney's mel scale and norm, as the weights expect."""
    edges = _hertz(np.linspace(0, _mels(RATE / 2), BANDS + 2))
    frequencies = np.linspace(0, RATE / 2, FRAME // 2 + 1)
    rising = (frequencies - edges[:-2, None]) / np.diff(edges)[:-1, None]
    falling = (edges[2:, None] - frequencies) / np.diff(edges)[1:, None]
    triangles = np.maximum(0, np.minimum(rising, falling))
    area = 2 / (edges[2:] - edges[:-2])
    return (triangles * area[:, None]).astype(np.float32)


#: Slaney's scale: straight up to 1000 Hz (15 mels of 66.7 Hz), logarithmic above (27 steps for a factor of 6.4)
STRAIGHT, CORNER, STEP = 200 / 3, 15.0, np.log(6.4) / 27


def _mels(hertz: float) -> float:
    return hertz / STRAIGHT if hertz < 1000 else CORNER + float(np.log(hertz / 1000)) / STEP


def _hertz(mels: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.where(mels < CORNER, mels * STRAIGHT, 1000 * np.exp(STEP * (mels - CORNER)))

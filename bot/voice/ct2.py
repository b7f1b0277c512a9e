"""Whisper's weights from a CTranslate2 file into the form that openai-whisper reads, number for number.

Method: CTranslate2's binary format, version 6, and its Whisper specification, which stacks the attention's query, key
and value into one matrix; here they are taken apart again. Nothing is rounded: half precision stays half precision.
"""

import io
import json
import struct
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

Arrays = dict[str, npt.NDArray[Any]]

KINDS = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}
HEAD_WIDTH = 64  # of every Whisper model


class NotConvertible(ValueError):
    """The bytes are not a whole CTranslate2 Whisper model in half or full precision."""


def to_whisper(model: bytes, config: bytes) -> bytes:
    """The bytes of a .pt file for openai-whisper from a `model.bin` and its `config.json`.

    The alignment heads of the configuration are kept under `alignment_heads`. Raises NotConvertible.
    """
    import torch

    arrays = read(model)
    weights = {name: torch.from_numpy(array.copy()) for name, array in _tensors(arrays)}
    if any(tensor.dtype not in (torch.float16, torch.float32) for tensor in weights.values()):
        raise NotConvertible("quantised weights have lost what a conversion needs")
    made = {
        "dims": _dimensions(arrays),
        "model_state_dict": weights,
        "alignment_heads": json.loads(config).get("alignment_heads"),
    }
    out = io.BytesIO()
    torch.save(made, out)
    return out.getvalue()


def read(model: bytes) -> Arrays:
    """Every array of a `model.bin`, by its name there. Raises NotConvertible."""
    try:
        return _Reader(model).arrays()
    except (struct.error, UnicodeDecodeError, KeyError, ValueError) as error:
        raise NotConvertible(str(error)) from error


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def arrays(self) -> Arrays:
        version, kind, _ = self._number("I"), self._text(), self._number("I")
        if (version, kind) != (6, "WhisperSpec"):
            raise ValueError(f"version {version} of {kind}")
        found = dict(self._array() for _ in range(self._number("I")))
        for _ in range(self._number("I")):
            second_name = self._text()
            found[second_name] = found[self._text()]
        if self._at != len(self._data):
            raise ValueError(f"{len(self._data) - self._at} bytes too many")
        return found

    def _array(self) -> tuple[str, npt.NDArray[Any]]:
        name = self._text()
        shape = [self._number("I") for _ in range(self._number("B"))]
        kind = KINDS[self._number("B")]
        return name, np.frombuffer(self._bytes(self._number("I")), kind).reshape(shape)

    def _number(self, form: str) -> int:
        (value,) = struct.unpack("<" + form, self._bytes(struct.calcsize("<" + form)))
        return int(value)

    def _text(self) -> str:
        return self._bytes(self._number("H"))[:-1].decode()  # it ends with a zero byte

    def _bytes(self, size: int) -> bytes:
        taken = self._data[self._at : self._at + size]
        self._at += size
        return taken


def _tensors(arrays: Arrays) -> Iterator[tuple[str, npt.NDArray[Any]]]:
    """Each of openai-whisper's tensors by its name there."""
    for ours, theirs, part, of in _names(arrays):
        norm = f"{theirs}/gamma" in arrays
        yield f"{ours}.weight", np.split(arrays[f"{theirs}/{'gamma' if norm else 'weight'}"], of)[part]
        if not ours.endswith(".key"):  # a key has no bias; the stacked form holds zeros in its place
            yield f"{ours}.bias", np.split(arrays[f"{theirs}/{'beta' if norm else 'bias'}"], of)[part]
    yield "encoder.positional_embedding", arrays["encoder/position_encodings/encodings"]
    yield "decoder.positional_embedding", arrays["decoder/position_encodings/encodings"]
    yield "decoder.token_embedding.weight", arrays["decoder/embeddings/weight"]


def _names(arrays: Arrays) -> Iterator[tuple[str, str, int, int]]:
    """(openai-whisper's name, CTranslate2's name, which part, of how many) for every layer with weights."""
    yield from (
        ("encoder.conv1", "encoder/conv1", 0, 1),
        ("encoder.conv2", "encoder/conv2", 0, 1),
        ("encoder.ln_post", "encoder/layer_norm", 0, 1),
        ("decoder.ln", "decoder/layer_norm", 0, 1),
    )
    for side in ("encoder", "decoder"):
        for layer in range(_layers(arrays, side)):
            yield from _block(side, f"{side}.blocks.{layer}", f"{side}/layer_{layer}")


def _block(side: str, ours: str, theirs: str) -> Iterator[tuple[str, str, int, int]]:
    yield f"{ours}.attn_ln", f"{theirs}/self_attention/layer_norm", 0, 1
    for part, name in enumerate(("query", "key", "value")):
        yield f"{ours}.attn.{name}", f"{theirs}/self_attention/linear_0", part, 3
    yield f"{ours}.attn.out", f"{theirs}/self_attention/linear_1", 0, 1
    if side == "decoder":
        yield f"{ours}.cross_attn_ln", f"{theirs}/attention/layer_norm", 0, 1
        yield f"{ours}.cross_attn.query", f"{theirs}/attention/linear_0", 0, 1
        yield f"{ours}.cross_attn.key", f"{theirs}/attention/linear_1", 0, 2
        yield f"{ours}.cross_attn.value", f"{theirs}/attention/linear_1", 1, 2
        yield f"{ours}.cross_attn.out", f"{theirs}/attention/linear_2", 0, 1
    yield f"{ours}.mlp_ln", f"{theirs}/ffn/layer_norm", 0, 1
    yield f"{ours}.mlp.0", f"{theirs}/ffn/linear_0", 0, 1
    yield f"{ours}.mlp.2", f"{theirs}/ffn/linear_1", 0, 1


def _layers(arrays: Arrays, side: str) -> int:
    return sum(name.startswith(f"{side}/layer_") and name.endswith("/ffn/linear_0/weight") for name in arrays)


def _dimensions(arrays: Arrays) -> dict[str, int]:
    words, width = arrays["decoder/embeddings/weight"].shape
    sound_width, mels, _ = arrays["encoder/conv1/weight"].shape
    return {
        "n_mels": mels,
        "n_audio_ctx": len(arrays["encoder/position_encodings/encodings"]),
        "n_audio_state": sound_width,
        "n_audio_head": sound_width // HEAD_WIDTH,
        "n_audio_layer": _layers(arrays, "encoder"),
        "n_vocab": words,
        "n_text_ctx": len(arrays["decoder/position_encodings/encodings"]),
        "n_text_state": width,
        "n_text_head": width // HEAD_WIDTH,
        "n_text_layer": _layers(arrays, "decoder"),
    }

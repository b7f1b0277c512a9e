"""Rampart's own upper layers as they are, unpacked from 4 bits: what training starts from."""

import re
from typing import Any

from bot.anonymise.networks.encoder import DEPTH, folder

_NAMES = {
    "attention/self/query": "query", "attention/self/key": "key", "attention/self/value": "value",
    "attention/output/dense": "out", "intermediate/dense": "wide", "output/dense": "narrow",
}  # fmt: skip


def weights(first: int = DEPTH) -> list[dict[str, Any]]:
    """For each of Rampart's layers from `first` on: its matrices (inputs x outputs), biases and norms, float32."""
    import onnx
    from onnx import numpy_helper

    home = folder()
    if home is None:
        raise FileNotFoundError("rampart weights")
    graph = onnx.load(str(home / "onnx" / "model_q4.onnx")).graph
    stored = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    layers: list[dict[str, Any]] = [{} for _ in range(6 - first)]
    for node in graph.node:
        place = re.fullmatch(r"/bert/encoder/layer\.(\d)/(.+)/MatMul_output_0", node.output[0])
        if node.op_type == "MatMulNBits" and place and int(place[1]) >= first:
            layers[int(place[1]) - first][_NAMES[place[2]]] = _unpacked(node, stored)
    for i, layer in enumerate(layers):
        prefix = f"bert.encoder.layer.{i + first}."
        for path, name in _NAMES.items():
            layer[f"{name}_bias"] = stored[f"{prefix}{path.replace('/', '.')}.bias"]
        for path, name in (("attention.output", "norm_out"), ("output", "norm_narrow")):
            layer[name] = stored[f"{prefix}{path}.LayerNorm.weight"]
            layer[f"{name}_bias"] = stored[f"{prefix}{path}.LayerNorm.bias"]
    return layers


def _unpacked(node: Any, stored: dict[str, Any]) -> Any:
    import numpy as np

    facts = {each.name: each.i for each in node.attribute}
    packed, scales = stored[node.input[1]], stored[node.input[2]]
    numbers = np.stack([packed & 15, packed >> 4], axis=-1).reshape(*packed.shape[:2], -1).astype(np.float32)
    zero: Any = 8.0
    if len(node.input) > 3 and node.input[3]:
        points = stored[node.input[3]].reshape(packed.shape[0], -1)
        zero = np.stack([points & 15, points >> 4], axis=-1).reshape(packed.shape[0], -1)[:, : packed.shape[1], None]
    matrix = (numbers - zero) * scales.reshape(packed.shape[0], packed.shape[1], 1)
    return matrix.reshape(facts["N"], -1)[:, : facts["K"]].T.copy()

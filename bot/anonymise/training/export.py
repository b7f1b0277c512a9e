"""Writes the trained network as a small ONNX file, its matrices in 8 bits, that onnxruntime reads without torch."""

import math
from pathlib import Path
from typing import Any

import numpy as np

from bot.anonymise.networks.clues import EXTRA
from bot.anonymise.training.network import HEADS, WIDTH, Network

_BLOCK = 32


class _Graph:
    """An ONNX graph in the making."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.stored: list[Any] = []

    def step(self, kind: str, *inputs: str, domain: str = "", **facts: Any) -> str:
        """Adds a node; gives the name of what comes out."""
        from onnx import helper

        name = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name=name, domain=domain, **facts))
        return name

    def store(self, values: Any) -> str:
        """Adds a constant; gives its name."""
        from onnx import numpy_helper

        name = f"stored_{len(self.stored)}"
        self.stored.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def linear(self, state: str, linear: Any) -> str:
        """A matrix in 8 bits, blocks of 32 with a scale each, and its bias."""
        matrix = linear.weight.detach().numpy()
        rows, columns = matrix.shape
        blocks = matrix.reshape(rows, columns // _BLOCK, _BLOCK)
        scales = np.abs(blocks).max(axis=-1, keepdims=True) / 127 + 1e-12
        packed = (np.round(blocks / scales) + 128).astype(np.uint8)
        facts = {"K": columns, "N": rows, "bits": 8, "block_size": _BLOCK, "accuracy_level": 4}
        product = self.step(
            "MatMulNBits", state, self.store(packed), self.store(scales.astype(np.float32).reshape(rows, -1)),
            domain="com.microsoft", **facts,
        )  # fmt: skip
        return self.step("Add", product, self.store(linear.bias.detach().numpy()))

    def exact(self, state: str, linear: Any) -> str:
        """A small matrix as it is."""
        product = self.step("MatMul", state, self.store(linear.weight.detach().numpy().T))
        return self.step("Add", product, self.store(linear.bias.detach().numpy()))

    def norm(self, state: str, norm: Any) -> str:
        """A layer's normalising step."""
        kept = self.store(norm.weight.detach().numpy()), self.store(norm.bias.detach().numpy())
        return self.step("LayerNormalization", state, *kept, axis=-1, epsilon=1e-12)


def write(network: Network, path: Path) -> None:
    """One file: state (pieces x tokens x 384), extra (x EXTRA) and mask (pieces x tokens) in, odds of labels out."""
    from onnx import TensorProto, helper, save

    graph = _Graph()
    blind = _blind(graph)
    state = graph.step("Add", "state", graph.exact("extra", network.clues))
    for layer in network.layers:
        state = _layer(graph, state, blind, layer)
    scores = graph.exact(graph.step("Concat", state, "extra", axis=-1), network.last)
    graph.nodes.append(helper.make_node("Softmax", [scores], ["odds"], axis=-1))
    sizes = {"state": WIDTH, "extra": EXTRA, "odds": network.last.out_features}
    shaped = {name: _value(name, ["pieces", "tokens", size]) for name, size in sizes.items()}
    made = helper.make_graph(
        graph.nodes, "learned", [shaped["state"], shaped["extra"], _value("mask", ["pieces", "tokens"])],
        [shaped["odds"]], graph.stored,
    )  # fmt: skip
    assert TensorProto.FLOAT == 1
    versions = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    save(helper.make_model(made, opset_imports=versions, ir_version=8), str(path))


def _value(name: str, shape: list[str | int]) -> Any:
    from onnx import TensorProto, helper

    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def _blind(graph: _Graph) -> str:
    """0 for tokens and a large negative for padding: pieces x 1 x 1 x tokens."""
    there = graph.step("Unsqueeze", "mask", graph.store(np.array([1, 2], dtype=np.int64)))
    missing = graph.step("Sub", graph.store(np.float32(1.0)), there)
    return graph.step("Mul", missing, graph.store(np.float32(-1e4)))


def _layer(graph: _Graph, state: str, blind: str, layer: Any) -> str:
    def heads(linear: Any, *order: int) -> str:
        apart = graph.step("Reshape", graph.linear(state, linear), graph.store(np.array([0, 0, HEADS, -1])))
        return graph.step("Transpose", apart, perm=list(order))

    products = graph.step("MatMul", heads(layer.query, 0, 2, 1, 3), heads(layer.key, 0, 2, 3, 1))
    scaled = graph.step("Div", products, graph.store(np.float32(math.sqrt(WIDTH // HEADS))))
    looks = graph.step("Softmax", graph.step("Add", scaled, blind), axis=-1)
    seen = graph.step("Transpose", graph.step("MatMul", looks, heads(layer.value, 0, 2, 1, 3)), perm=[0, 2, 1, 3])
    flat = graph.step("Reshape", seen, graph.store(np.array([0, 0, WIDTH])))
    state = graph.norm(graph.step("Add", state, graph.linear(flat, layer.out)), layer.norm_out)
    wide = graph.step("Gelu", graph.linear(state, layer.wide), domain="com.microsoft")
    return graph.norm(graph.step("Add", state, graph.linear(wide, layer.narrow)), layer.norm_narrow)

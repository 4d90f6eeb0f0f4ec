"""One operator for the attention of each layer of an exported network, in place of some thirty.

onnxruntime finds attention by itself in other networks, but not in one with weights of eight bits each in a scale of
its own. ``QAttention`` gives the same numbers to the last bit, for windows read one by one: it takes no mask, so the
network loses that input. Shipped networks are written anew by `python -m training.fuse FILE…`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper

HEADS = 12


def fuse(path: Path) -> None:
    """Fuse the attention of every layer of a quantised network, in place."""
    model = onnx.load(path)
    graph = model.graph
    model.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    ends = "/query/MatMul_quant"
    for place in [node.name.removesuffix(ends) for node in graph.node if node.name.endswith(ends)]:
        _fuse_layer(graph, place)
    _sweep(graph)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def _fuse_layer(graph: onnx.GraphProto, place: str) -> None:
    """Put an operator in the place of what makes queries, keys, values and mixes them."""
    held = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    nodes = {node.name: node for node in graph.node}
    packed: dict[str, list[np.ndarray]] = {"weight": [], "scale": [], "zero": [], "bias": []}
    for part in ("query", "key", "value"):
        product, addition = nodes[f"{place}/{part}/MatMul_quant"], nodes[f"{place}/{part}/Add"]
        weight = product.input[1].removesuffix("_quantized")
        packed["weight"].append(held[product.input[1]])
        packed["scale"].append(held[f"{weight}_scale"])
        packed["zero"].append(held[f"{weight}_zero_point"])
        packed["bias"].append(next(held[name] for name in addition.input if name in held))
    for name, parts in packed.items():
        joined = np.ascontiguousarray(np.concatenate(parts, axis=-1))
        graph.initializer.append(numpy_helper.from_array(joined, f"{place}/{name}"))
    states = nodes[f"{place}/query/MatMul_quant"].input[0].removesuffix("_quantized")
    mixed = nodes[f"{place}/Reshape_3"]
    whole = helper.make_node(
        "QAttention",
        [
            f"{states}_quantized",
            f"{place}/weight",
            f"{place}/bias",
            f"{states}_scale",
            f"{place}/scale",
            "",
            f"{states}_zero_point",
            f"{place}/zero",
        ],
        [mixed.output[0]],
        name=f"{place}/whole",
        domain="com.microsoft",
        num_heads=HEADS,
    )
    graph.node.remove(mixed)
    graph.node.append(whole)


def _sweep(graph: onnx.GraphProto) -> None:
    """Put nodes in the order of their need, and drop what no output needs."""
    makers = {output: node for node in graph.node for output in node.output}
    ordered = list(_needed([output.name for output in graph.output], makers))
    used = {name for node in ordered for name in node.input}
    tensors = [tensor for tensor in graph.initializer if tensor.name in used]
    inputs = [value for value in graph.input if value.name in used]
    for field, kept in ((graph.node, ordered), (graph.initializer, tensors), (graph.input, inputs)):
        del field[:]
        field.extend(kept)


def _needed(outputs: Sequence[str], makers: dict[str, onnx.NodeProto]) -> Iterator[onnx.NodeProto]:
    """The nodes that some outputs need, each after those that it needs."""
    told: set[str] = set()
    waiting = [(name, False) for name in reversed(outputs)]
    while waiting:
        name, is_ready = waiting.pop()
        node = makers.get(name)
        if node is None or node.output[0] in told:
            continue
        if is_ready:
            told.add(node.output[0])
            yield node
        else:
            waiting.append((name, True))
            waiting.extend((needed, False) for needed in node.input)


def main() -> None:
    """Fuse from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("networks", type=Path, nargs="+")
    for path in parser.parse_args().networks:
        fuse(path)


if __name__ == "__main__":
    main()

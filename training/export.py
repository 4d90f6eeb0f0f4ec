"""Write the tuned encoder as the package holds it: `python -m training.export --tuned build/encoder --data … --out …`.

The network as ONNX with eight-bit weights; the small layers in half precision; vocabulary, labels, settled lemmas.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import srsly
import torch
from torch import Tensor, nn

from training.corpus import read_docs
from training.encoder import Encoder, Inventory, encoder_home
from training.fuse import fuse
from training.inflections import add_inflections
from training.settled import settled_lemmas

TAGS = ("xpos", "upos", "feats", "lemma")


class Network(nn.Module):
    """What runs for every window: states, tags, sentence starts, heads, names."""

    def __init__(self, model: Encoder) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, mask: Tensor, cases: Tensor, gaps: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        lower, states = self.model.both_states(ids, mask, cases, gaps, first)
        words = states[:, 1:]
        tags = [self.model.tag[tag](words).argmax(2) for tag in TAGS]
        begin = self.model.tag["sentence"](words)
        return (
            *tags,
            begin[:, :, 1] - begin[:, :, 0],
            self.model.arcs(states),
            self.model.tag["name"](words),
            states,
            lower[:, 1:],
        )


def load(tuned: Path) -> Encoder:
    """The tuned encoder."""
    inventory = Inventory(json.loads((tuned / "labels.json").read_text(encoding="utf-8")))
    model = Encoder(inventory)
    model.load_state_dict(torch.load(tuned / "weights.pt", weights_only=True))
    return model.eval()


def export(tuned: Path, data: Path, out: Path) -> None:
    """Write the folder in place of an earlier one."""
    model = load(tuned)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        write_network(model, plain)
        quantise(plain, out / "encoder.onnx")
    write_heads(model, out / "heads.npz")
    (out / "labels.json").write_text(json.dumps(model.inventory.labels, ensure_ascii=False), encoding="utf-8")
    shutil.copyfile(encoder_home() / "vocab.txt", out / "pieces.txt")
    srsly.write_msgpack(out / "lemmas.msgpack", add_inflections(settled_lemmas(read_docs(data, "train"))))


def write_network(model: Encoder, path: Path) -> None:
    """Trace the network on a made-up batch; every size but the widths stays open."""
    ids = torch.randint(1000, 20000, (2, 24))
    zeros = torch.zeros_like(ids)
    first = torch.arange(1, 17).expand(2, -1)
    names = ["ids", "mask", "cases", "gaps", "first"]
    outputs = [*TAGS, "begin", "arcs", "names", "states", "lower"]
    axes = {name: {0: "windows", 1: "pieces"} for name in names[:4]}
    axes |= {name: {0: "windows", 1: "words"} for name in ("first", *TAGS, "begin", "names", "lower")}
    axes |= {"arcs": {0: "windows", 1: "words", 2: "heads"}, "states": {0: "windows", 1: "heads"}}
    torch.onnx.export(
        Network(model),
        (ids, torch.ones_like(ids), zeros, zeros, first),
        str(path),
        input_names=names,
        output_names=outputs,
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def quantise(plain: Path, out: Path) -> None:
    """Weights to eight bits, a scale for each column; seven of them are used, so that no processor overflows.

    Attention is then made whole (``fuse``).
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(plain, out, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    fuse(out)


def write_heads(model: Encoder, path: Path) -> None:
    """The layers that work on states outside the network, in half precision."""
    layers = {f"pair_head.{n}": layer for n, layer in model.pair_head.items()}
    layers |= {f"pair_dep.{n}": layer for n, layer in model.pair_dep.items()}
    layers |= {f"pair.{n}": layer for n, layer in model.pair.items()}
    held = {}
    for name, layer in layers.items():
        held[f"{name}.weight"] = layer.weight.detach().numpy().astype(np.float16)
        held[f"{name}.bias"] = layer.bias.detach().numpy().astype(np.float16)
    np.savez(path, **held)


def main() -> None:
    """Export from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tuned", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    export(asked.tuned, asked.data, asked.out)


if __name__ == "__main__":
    main()

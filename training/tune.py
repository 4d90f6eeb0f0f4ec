"""Tune the encoder on every task together: `python -m training.tune --data ../shared/data --out build/encoder`.

One step takes windows of one source and teaches the heads that the source knows. The last epoch is kept: the learning
rate falls to nothing, so there is no epoch to choose.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from dragoman.language.pieces import WordPieces
from dragoman.record import EventType
from training.batches import (
    IGNORED,
    Batch,
    Window,
    act_windows,
    encode,
    padded,
    same_windows,
    speech_windows,
    take_inventory,
    tree_window,
    type_windows,
)
from training.corpus import cut, read_docs, vary
from training.encoder import Encoder, encoder_home
from training.names import NamePool, rename

log = logging.getLogger("training")

LENGTHS = (10, 25, 60, 120, 120)
"""Words of a stretch of treebank at most, drawn for each document and epoch: the encoder meets short texts too."""
EPOCHS = 8
BATCH_WORDS = 900
BODY_RATE, HEAD_RATE = 8e-5, 8e-4
WARM_UP = 0.05
RENAME = 0.35
RATES = {"wrap": 0.1, "double": 0.05, "join": 0.15, "newline": 0.1, "lower": 0.03, "upper": 0.02, "title": 0.02}
SPEECH_WORDS = 90_000
WEIGHTS = {
    "dep": 1.0,
    "arc": 1.0,
    "sentence": 2.0,
    "name": 3.0,
    "name-gum": 1.0,
    "same": 1.0,
    "speech": 1.0,
    "lemma": 0.5,
    "upos": 0.5,
    "feats": 0.5,
    "xpos": 1.0,
    "act-type": 0.3,
    "side": 0.3,
    "act": 0.5,
}
SEED = 7


class Sources:
    """What is learned from, source by source."""

    def __init__(self, data: Path) -> None:
        self.docs = read_docs(data, "train")
        self.inventory = take_inventory((p for d in self.docs for p in cut(d, 120)), [str(t) for t in EventType])
        self.pool = NamePool(self.docs)
        self.speech = list(speech_windows(data / "polnear" / "train.jsonl.gz"))
        self.types = list(type_windows(data / "plv" / "train.jsonl", self.inventory))
        self.acts = list(act_windows(data / "ecbplus" / "train.jsonl.gz"))
        self.same = list(
            same_windows((d for d in self.docs if d.doc_id.startswith("GUM_")), data / "gum" / "train.jsonl.gz", 240)
        )

    def epoch(self, rng: random.Random) -> list[list[Window]]:
        """One epoch's windows, varied, in batches of one source each."""
        trees = []
        for doc in self.docs:
            gum = doc.doc_id.startswith("GUM_")
            for piece in cut(doc, rng.choice(LENGTHS)):
                changed = vary(rename(piece, self.pool, rng, RENAME), rng, RATES)
                trees.append(tree_window(changed, self.inventory, gum=gum))
        mean = sum(len(w.forms) for w in self.speech) / len(self.speech)
        speech = rng.sample(self.speech, min(len(self.speech), round(SPEECH_WORDS / mean)))
        found = [b for source in (trees, speech, self.types, self.acts, self.same) for b in grouped(source, rng)]
        rng.shuffle(found)
        return found


def grouped(windows: list[Window], rng: random.Random) -> Iterator[list[Window]]:
    """Windows about equally long together, some ``BATCH_WORDS`` words at a time."""
    order = sorted(windows, key=lambda w: len(w.forms) + rng.random() * 10)
    held: list[Window] = []
    for window in order:
        if held and (len(held) + 1) * len(window.forms) > BATCH_WORDS:
            yield held
            held = []
        held.append(window)
    if held:
        yield held


def loss_of(model: Encoder, windows: list[Window], batch: Batch) -> dict[str, Tensor]:
    """The losses of the heads that these windows teach."""
    states = model.drop(model.states(batch.ids, batch.mask, batch.cases, batch.gaps, batch.first)).float()
    width = batch.first.size(1)
    losses = {}
    for head in sorted({head for w in windows for head in w.tags}):
        wanted = padded((w.tags.get(head, []) for w in windows), width)
        if (wanted != IGNORED).any():
            losses[head] = functional.cross_entropy(
                model.tag[head](states[:, 1:]).transpose(1, 2), wanted, ignore_index=IGNORED
            )
    if windows[0].heads is not None:
        losses |= tree_loss(model, windows, batch, states)
    if windows[0].mentions is not None:
        losses["same"] = same_loss(model, windows, states)
    if windows[0].type is not None:
        losses["act-type"] = type_loss(model, windows, batch, states)
    return losses


def tree_loss(model: Encoder, windows: list[Window], batch: Batch, states: Tensor) -> dict[str, Tensor]:
    """Losses of heads and of labels, the labels asked for the right heads."""
    width = batch.first.size(1)
    heads = padded((w.heads or [] for w in windows), width)
    deps = padded((w.deps or [] for w in windows), width)
    scores = model.arcs(states).masked_fill(~torch.cat([batch.real[:, :1], batch.real], 1).unsqueeze(1), -1e4)
    labels = model.pairs("dep", states, torch.arange(1, width + 1).expand(len(windows), -1), heads.clamp(min=0))
    return {
        "arc": functional.cross_entropy(scores.transpose(1, 2), heads, ignore_index=IGNORED),
        "dep": functional.cross_entropy(labels.transpose(1, 2), deps, ignore_index=IGNORED),
    }


def same_loss(model: Encoder, windows: list[Window], states: Tensor) -> Tensor:
    """Minus the log probability of any right earlier mention, or of none where there is none (Lee et al. 2017)."""
    losses = []
    for row, window in enumerate(windows):
        mentions = torch.tensor(window.mentions)
        if len(mentions) < 2:
            continue
        n = len(mentions)
        own = states[row : row + 1]
        deps, heads = mentions.repeat_interleave(n), mentions.repeat(n)
        scores = model.pairs("same", own, deps[None], heads[None]).view(n, n)
        scores = scores.masked_fill(torch.triu(torch.ones(n, n, dtype=torch.bool)), -1e4)
        none = model.alone(own[0, mentions])
        table = torch.cat([none, scores], 1)
        right = torch.zeros_like(table, dtype=torch.bool)
        place = {m: k for k, m in enumerate(window.mentions or [])}
        for k, earlier in enumerate(window.same or []):
            for m in earlier:
                right[k, 1 + place[m]] = True
            right[k, 0] = not earlier
        losses.append(torch.logsumexp(table, 1) - torch.logsumexp(table.masked_fill(~right, -1e4), 1))
    return torch.cat(losses).mean() if losses else states.sum() * 0


def type_loss(model: Encoder, windows: list[Window], batch: Batch, states: Tensor) -> Tensor:
    """The stretch's event type, from whichever word tells it best: scores by word, pooled by log-sum-exp."""
    scores = model.tag["act-type"](states[:, 1:]).masked_fill(~batch.real.unsqueeze(2), -1e4)
    pooled = torch.logsumexp(scores, 1)
    pooled = torch.cat([torch.full_like(pooled[:, :1], -1e4), pooled[:, 1:]], 1)
    return functional.cross_entropy(pooled, torch.tensor([w.type for w in windows]))


def optimizer_of(model: Encoder) -> torch.optim.AdamW:
    """Weights of the body change slowly, those of the heads fast."""
    body = [p for p in model.body.parameters() if p.requires_grad]
    known = {id(p) for p in model.body.parameters()}
    rest = [p for p in model.parameters() if id(p) not in known]
    return torch.optim.AdamW(
        [{"params": body, "lr": BODY_RATE}, {"params": rest, "lr": HEAD_RATE}], weight_decay=0.01, fused=True
    )


def tune(data: Path, out: Path, epochs: int, begin: Path | None = None) -> None:
    """Train, and write weights and inventory after each epoch; ``begin`` is the folder of weights to go on from."""
    torch.manual_seed(SEED)
    out.mkdir(parents=True, exist_ok=True)
    sources = Sources(data)
    vocabulary = WordPieces(encoder_home() / "vocab.txt")
    model = Encoder(sources.inventory)
    if begin is not None:
        model.load_state_dict(torch.load(begin / "weights.pt", weights_only=True))
    optimizer = optimizer_of(model)
    full = [group["lr"] for group in optimizer.param_groups]
    for epoch in range(epochs):
        rng = random.Random(SEED * 1000 + epoch)
        batches = sources.epoch(rng)
        sums: dict[str, list[float]] = {}
        begun = time.time()
        model.train()
        for number, windows in enumerate(batches):
            for group, most in zip(optimizer.param_groups, full, strict=True):
                group["lr"] = most * rate((epoch + number / len(batches)) / epochs)
            batch = encode(windows, vocabulary)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                losses = loss_of(model, windows, batch)
                loss = sum((WEIGHTS[name] * value for name, value in losses.items()), torch.tensor(0.0))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            for name, value in losses.items():
                sums.setdefault(name, []).append(float(value.detach()))
        means = {name: round(float(np.mean(values)), 3) for name, values in sorted(sums.items())}
        log.info("epoch %d: %.0f s %s", epoch, time.time() - begun, json.dumps(means))
        save(model, out)


def rate(done: float) -> float:
    """The share of the full learning rate: up at first, then down to nothing."""
    return min(done / WARM_UP, max(0.0, (1 - done) / (1 - WARM_UP)))


def save(model: Encoder, out: Path) -> None:
    """Write weights and labels."""
    torch.save(model.state_dict(), out / "weights.new")
    (out / "weights.new").replace(out / "weights.pt")
    (out / "labels.json").write_text(json.dumps(model.inventory.labels, ensure_ascii=False, indent=0), encoding="utf-8")


def main() -> None:
    """Tune from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--begin", type=Path, help="folder of weights to go on from, instead of the pretrained ones")
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    tune(asked.data, asked.out, asked.epochs, asked.begin)


if __name__ == "__main__":
    main()

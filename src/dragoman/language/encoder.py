"""The tuned encoder at work: windows in, scores and states out.

The network is an ONNX file with eight-bit weights (dynamic quantisation), run on the processor in one thread, so that
the same words give the same numbers on every run. What it was tuned on: ``docs/model-card.md``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from dragoman.language.pieces import WordPieces, case_of, gap_of
from dragoman.language.windows import Window

LONE = 25
"""Words under which a window is read behind a lead-in."""
LEAD = ("Talks", "have", "stalled", "since", "Monday", ".")
"""The lead-in: the encoder was made to give a text one meaning and lets the words of a lone short sentence grow alike
(*met* between two titles came out as a name); a sentence before it keeps them apart. No score is asked for its words.
Single sentences of EWT and GUM dev were read as well with it as without (unlabelled attachment within 0.2 points)."""
_NO_LEAD: tuple[list[int], list[int], list[int]] = ([], [], [])


@dataclass(frozen=True, slots=True)
class Scores:
    """What the encoder says of one window's words, row by row.

    ``tags`` are label numbers by head (``TAGS``), ``begin`` the log odds that a sentence
    begins, ``arcs`` scores of heads (column 0 the root), ``names`` scores of name labels, ``states`` what the other
    heads work on (row 0 stands for the root), ``lower`` the states halfway.
    """

    tags: dict[str, np.ndarray]
    begin: np.ndarray
    arcs: np.ndarray
    names: np.ndarray
    states: np.ndarray
    lower: np.ndarray


TAGS = ("xpos", "upos", "feats", "lemma")


class Encoder:
    """The network, its vocabulary, and the small layers that work on its states."""

    def __init__(self, home: Path) -> None:
        self.session = open_session((home / "encoder.onnx").read_bytes())
        self.vocabulary = WordPieces(home / "pieces.txt")
        self.lead = _lead_in(self.vocabulary)
        self.labels: dict[str, list[str]] = json.loads((home / "labels.json").read_text(encoding="utf-8"))
        with np.load(home / "heads.npz") as held:
            self.weights: dict[str, np.ndarray] = {name: held[name].astype(np.float32) for name in held.files}

    def read(self, window: Window) -> Scores:
        """The scores of one window.

        Windows are read one by one: what is worked on then stays in the processor's cache, no place is filled up, and
        the network rounds by nothing but the window's own words.
        """
        found: list[Any] = self.session.run(None, self._inputs(window))
        outputs = {output.name: values[0] for output, values in zip(self.session.get_outputs(), found, strict=True)}
        return Scores(
            {tag: outputs[tag] for tag in TAGS},
            outputs["begin"],
            outputs["arcs"],
            outputs["names"],
            outputs["states"],
            outputs["lower"],
        )

    def _inputs(self, window: Window) -> dict[str, np.ndarray]:
        ids, cases, gaps = self.lead if len(window.words) < LONE else _NO_LEAD
        lengths = np.array([len(p) for p in window.pieces])
        rows = {
            "ids": [self.vocabulary.begin, *ids, *chain.from_iterable(window.pieces), self.vocabulary.end],
            "cases": [0, *cases, *np.repeat([case_of(form) for form in window.forms], lengths), 0],
            "gaps": [0, *gaps, *np.repeat([gap_of(blanks) for blanks in window.blanks], lengths), 0],
            "first": np.cumsum(lengths) - lengths + 1 + len(ids),
        }
        return {name: np.array([row], dtype=np.int64) for name, row in rows.items()}

    def project(self, head: str, states: np.ndarray) -> np.ndarray:
        """States through one of the small layers."""
        projected: np.ndarray = states @ self.weights[f"{head}.weight"].T + self.weights[f"{head}.bias"]
        return projected

    def pairs(self, name: str, deps: np.ndarray, heads: np.ndarray) -> np.ndarray:
        """Scores of pairs of states, row by row: what is the first to the second?"""
        hidden = self.project(f"pair_dep.{name}", deps) + self.project(f"pair_head.{name}", heads)
        return self.project(f"pair.{name}", np.maximum(hidden, 0.0))


def _lead_in(vocabulary: WordPieces) -> tuple[list[int], list[int], list[int]]:
    """Pieces, spellings and blanks of the lead-in, a paragraph of its own."""
    ids: list[int] = []
    cases: list[int] = []
    gaps: list[int] = []
    for place, form in enumerate(LEAD):
        pieces = vocabulary.cut(form)
        ids += pieces
        cases += [case_of(form)] * len(pieces)
        gaps += [gap_of("" if form == "." else " " if place else "\n\n")] * len(pieces)
    return ids, cases, gaps


def open_session(network: bytes) -> onnxruntime.InferenceSession:
    """An ONNX network ready to run in this thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # would hold plans of memory for shapes that hardly come twice
    options.log_severity_level = 3
    slower = ["SkipLayerNormFusion"]  # three times as slow as an addition and a normalisation, measured with 1.32
    return onnxruntime.InferenceSession(
        network, options, providers=["CPUExecutionProvider"], disabled_optimizers=slower
    )

"""The tuned encoder at work: windows in, scores and states out.

The network is an ONNX file with eight-bit weights (dynamic quantisation), run on the processor in one thread, so that
the same words give the same numbers on every run. What it was tuned on: ``docs/model-card.md``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from dragoman.language.pieces import WordPieces, case_of, gap_of
from dragoman.language.windows import Window

BATCH_PIECES = 2_000
"""Pieces read together, about; more are no faster."""


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

    def read(self, windows: Sequence[Window]) -> Iterator[tuple[int, Scores]]:
        """The scores of each window beside its number, not in order: windows of a length are read together."""
        order = sorted(range(len(windows)), key=lambda n: sum(map(len, windows[n].pieces)))
        for group in _batches(order, windows):
            inputs = self._inputs([windows[n] for n in group])
            found: list[Any] = self.session.run(None, inputs)
            names = [output.name for output in self.session.get_outputs()]
            outputs = dict(zip(names, found, strict=True))
            for row, n in enumerate(group):
                size = len(windows[n].words)
                yield (
                    n,
                    Scores(
                        {tag: outputs[tag][row, :size] for tag in TAGS},
                        outputs["begin"][row, :size],
                        outputs["arcs"][row, :size, : size + 1],
                        outputs["names"][row, :size],
                        outputs["states"][row, : size + 1],
                        outputs["lower"][row, :size],
                    ),
                )

    def _inputs(self, windows: Sequence[Window]) -> dict[str, np.ndarray]:
        leads = [self.lead if len(w.words) < LONE else _NO_LEAD for w in windows]
        longest = max(sum(map(len, w.pieces)) + len(lead[0]) for w, lead in zip(windows, leads, strict=True)) + 2
        most = max(len(w.words) for w in windows)
        shape = (len(windows), longest)
        ids, mask, cases, gaps = (np.zeros(shape, dtype=np.int64) for _ in range(4))
        first = np.zeros((len(windows), most), dtype=np.int64)
        for row, (window, lead) in enumerate(zip(windows, leads, strict=True)):
            before = 1 + len(lead[0])
            lengths = np.array([len(p) for p in window.pieces])
            starts = np.cumsum(lengths) - lengths + before
            end = int(starts[-1] + lengths[-1])
            ids[row, 0], ids[row, end] = self.vocabulary.begin, self.vocabulary.end
            ids[row, 1:before], cases[row, 1:before], gaps[row, 1:before] = lead
            ids[row, before:end] = np.concatenate([np.array(p) for p in window.pieces])
            mask[row, : end + 1] = 1
            cases[row, before:end] = np.repeat([case_of(form) for form in window.forms], lengths)
            gaps[row, before:end] = np.repeat([gap_of(blanks) for blanks in window.blanks], lengths)
            first[row, : len(starts)] = starts
        return {"ids": ids, "mask": mask, "cases": cases, "gaps": gaps, "first": first}

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
    return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])


def _batches(order: Sequence[int], windows: Sequence[Window]) -> Iterator[list[int]]:
    held: list[int] = []
    for n in order:
        longest = sum(map(len, windows[n].pieces)) + 2
        if held and (len(held) + 1) * longest > BATCH_PIECES:
            yield held
            held = []
        held.append(n)
    if held:
        yield held

"""What the report networks learn from: coded articles, sentences of them, and articles that nobody coded.

A lesson is plain data: what reading tells the network of a text, and what was coded in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np
from spacy.tokens import Doc

from dragoman import language
from dragoman.language.pieces import case_of, gap_of
from dragoman.reading.arguments import way_between
from dragoman.reading.network import ABSENT, NUMBER, KnownWays, Marks, Stretch, Way, lower_states
from dragoman.reading.scene import Scene
from dragoman.record import Kind, Standing

STANDINGS = tuple(Standing)
"""Taught beside the rest; reading does not ask for them."""


@dataclass(slots=True)
class Told:
    """One coded report as the network should see it: where, what, how, and who."""

    claim: int
    trigger: int | None
    evidence: tuple[int, ...]
    standing: int
    roles: dict[str, frozenset[str]] | None
    """Nothing where one who takes part is not known by any name in the text."""


@dataclass(slots=True)
class Pieces:
    """A text as a pretrained encoder takes it: numbers of WordPieces one after another, and for each token how many are
    its own, its spelling and the blanks before it."""

    numbers: np.ndarray
    lengths: np.ndarray
    cases: np.ndarray
    gaps: np.ndarray


@dataclass(slots=True)
class Lesson:
    """One article: states, marks and windows, its actors' mentions by head, and its coded reports.

    ``ways`` are those from words that are coded or that frames could claim something of.
    """

    states: np.ndarray
    pieces: Pieces
    marks: Marks
    stretches: list[Stretch]
    mentions: dict[int, tuple[str, ...]]
    ways: dict[tuple[int, int], Way]
    sentences: list[tuple[int, int]]
    told: list[Told]
    open: np.ndarray
    """Tokens × claims: where more may be told than is coded."""


FIRST = {"event": "source", "position": "holder", "commitment": "by", "forecast": "by", "relation": "subject"}
SECOND = {"event": "target", "relation": "object"}
FIELD = {"event": "type", "position": "stance", "commitment": "status", "relation": "predicate"}


def make_lesson(
    scene: Scene,
    marks: Marks,
    windows: list[Stretch],
    gold: Any,
    predicted: Any,
    paired: dict[Kind, dict[int, int]],
    tool: ModuleType,
    *,
    whole: bool = True,
) -> Lesson:
    """The lesson of a coded article; ``paired`` has the triggers of those reports that a proposal stands for.

    In a text that is not ``whole`` somebody who takes part may be told of elsewhere: then the lesson has no roles.
    """
    names = tool.Names(gold, predicted)
    known = {names.pred(actor["name"]) for actor in predicted.actors}
    told = []
    for kind in FIRST:
        golds = [r for r in gold.reports if r["kind"] == kind]
        for i, row in enumerate(golds):
            claim = NUMBER[f"{kind}:{row[FIELD[kind]] if kind in FIELD else ''}"]
            found = scene.doc.char_span(row["evidence"]["start"], row["evidence"]["end"], alignment_mode="expand")
            evidence = tuple(t.i for t in found if not t.is_space and not t.is_punct)
            roles = {
                "first": _named(row, FIRST[kind], names, tool),
                "voice": frozenset(names.gold(n) for n in row.get("voice", [])[-1:]),
            }
            roles["second"] = _named(row, SECOND[kind], names, tool) if kind in SECOND else frozenset()
            cast = whole or known.issuperset(frozenset[str]().union(*roles.values()))
            standing = STANDINGS.index(row["standing"]) if kind in ("event", "relation", "commitment") else -100
            trigger = paired[Kind(kind)].get(i, _word_of(row, scene))
            told.append(Told(claim, trigger, evidence, standing, roles if cast else None))
    mentions = {
        m.head: tuple(names.pred(scene.cast.actors[a].name) for a in (m.actor, *m.others)) for m in scene.cast.mentions
    }
    return _lesson(scene, marks, windows, mentions, told)


def raw_lesson(scene: Scene, marks: Marks, windows: list[Stretch]) -> Lesson:
    """The lesson of an article that nobody coded: only what a teacher says of it can be learned."""
    mentions = {m.head: tuple(map(str, (m.actor, *m.others))) for m in scene.cast.mentions}
    return _lesson(scene, marks, windows, mentions, [])


def _lesson(
    scene: Scene, marks: Marks, windows: list[Stretch], mentions: dict[int, tuple[str, ...]], told: list[Told]
) -> Lesson:
    sentences = [(s.start, s.end) for s in scene.sentences]
    triggers = {t.trigger for t in told if t.trigger is not None} | set(np.flatnonzero(marks.claims.any(1)).tolist())
    ways = {
        (trigger, head): way_between(scene.doc[trigger], scene.doc[head])
        for start, end in sentences
        for trigger in triggers.intersection(range(start, end))
        for head in mentions.keys() & range(start, end)
    }
    nowhere = np.zeros(marks.claims.shape, bool)
    return Lesson(lower_states(scene.doc), _pieces(scene.doc), marks, windows, mentions, ways, sentences, told, nowhere)


def _pieces(doc: Doc) -> Pieces:
    vocabulary = language.load().encoder.vocabulary
    cut = [() if token.is_space else vocabulary.cut(token.text) for token in doc]
    gaps, blanks = [], "\n\n"
    for token in doc:
        gaps.append(gap_of(blanks))
        blanks = (blanks + token.text if token.is_space else "") + token.whitespace_
    return Pieces(
        np.array([number for pieces in cut for number in pieces], np.int64),
        np.array([len(pieces) for pieces in cut], np.int64),
        np.array([case_of(token.text) for token in doc], np.int64),
        np.array(gaps, np.int64),
    )


def _word_of(row: dict[str, Any], scene: Scene) -> int | None:
    """The token that the coder names as the report's word; nothing where none is named."""
    if "word" not in row:
        return None
    found = scene.doc.char_span(*row["word"], alignment_mode="expand")
    return found.root.i if found is not None else None


def _named(row: dict[str, Any], role: str, names: Any, tool: ModuleType) -> frozenset[str]:
    return frozenset(names.gold(n) for n in tool.as_list(row.get(role)))


PATHS, MARKERS = 500, 40


def known_ways(lessons: Sequence[Lesson]) -> KnownWays:
    """The most frequent paths and prepositions between words and actors."""
    ways = [way for lesson in lessons for way in lesson.ways.values()]
    paths, markers = (Counter(part) for part in zip(*ways, strict=True))
    return KnownWays.of(
        [ABSENT[0], *(p for p, _ in paths.most_common(PATHS))], [m for m, _ in markers.most_common(MARKERS)]
    )

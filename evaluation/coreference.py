"""ECB+ events gathered by the rules that gather a case's reports: gold mentions given, sub-topic known.

A mention is a telling without type, date and place: its word is its head's lemma, its parties are the heads of the
phrases that hang on it, and the names in them.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, Token

from dragoman import language
from dragoman.reconcile.acts import stem
from dragoman.reconcile.gathering import LINK, gather
from dragoman.reconcile.likeness import judge
from dragoman.reconcile.tellings import WINDOW, Telling

_SOURCES = frozenset({"nsubj", "csubj", "obl:agent"})
_TARGETS = frozenset({"obj", "iobj", "nsubj:pass"})
_AROUND = ("obl", "nmod", "compound", "amod")
_TELLING_WORDS = frozenset({"NOUN", "PROPN", "VERB", "NUM", "ADJ"})
_REACH = 5
"""Words between a phrase's head and a name in it that still names it."""

Row = Mapping[str, Any]


def load_rows(path: Path) -> list[Row]:
    """The documents of one part of ECB+."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def analyse_rows(rows: Sequence[Row]) -> Iterator[Doc]:
    """Their analyses, by the product's own language room."""
    return language.analyse((row["text"], ()) for row in rows)


def tellings_by_subtopic(rows: Sequence[Row], docs: Iterable[Doc]) -> dict[str, list[tuple[Telling, str]]]:
    """The gold mentions as tellings, with their gold chains."""
    found: dict[str, list[tuple[Telling, str]]] = {}
    for row, doc in zip(rows, docs, strict=True):
        for number, mention in enumerate(row["events"]):
            telling = _telling(f"{row['doc_id']}#{number:03}", row["doc_id"], _head(doc, mention))
            found.setdefault(row["subtopic"], []).append((telling, mention["chain"]))
    return found


def _head(doc: Doc, mention: Row) -> Token:
    start, end = mention.get("head") or (mention["start"], mention["end"])
    span = doc.char_span(start, end, alignment_mode="expand")
    return span.root


def _telling(id: str, document: str, head: Token) -> Telling:
    sides: dict[str, set[str]] = {"source": set(), "target": set(), "around": set()}
    for child in head.children:
        if child.dep_ in _SOURCES:
            sides["source"] |= _called(child)
        elif child.dep_ in _TARGETS:
            sides["target"] |= _called(child)
        elif child.dep_.startswith(_AROUND):
            sides["around"] |= _called(child)
    window = [t for t in head.sent if t.i != head.i and abs(t.i - head.i) <= WINDOW and t.pos_ in _TELLING_WORDS]
    return Telling(
        id=id,
        document=document,
        start=head.sent.start_char,
        word=head.lemma_.lower(),
        near=frozenset(stem(t.lemma_.lower()) for t in window),
        **{side: frozenset(names) for side, names in sides.items()},
    )


def _called(phrase: Token) -> set[str]:
    """The head of a phrase, unless it is a pronoun, and the names in it."""
    names = {t.lemma_.lower() for t in phrase.subtree if t.pos_ == "PROPN" and abs(t.i - phrase.i) <= _REACH}
    return names if phrase.pos_ in ("PRON", "DET") else names | {phrase.lemma_.lower()}


def gather_subtopic(tellings: Sequence[Telling]) -> tuple[tuple[str, ...], ...]:
    """The occurrences of one sub-topic."""
    links = {}
    for a, b in combinations(sorted(tellings, key=lambda t: t.id), 2):
        likeness = judge(a, b, setting=True)
        if likeness is not None and likeness.score >= LINK:
            links[a.id, b.id] = likeness.score
    return gather({t.id: t for t in tellings}, links)


def chains(subtopics: Mapping[str, Sequence[tuple[Telling, str]]]) -> dict[str, str]:
    """The chain that each mention is put in."""
    return {
        id: ids[0]
        for rows in subtopics.values()
        for ids in gather_subtopic([telling for telling, _ in rows])
        for id in ids
    }


def to_predictions(rows: Sequence[Row], chain_of: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The lines that ``tools/score_clusters.py`` reads."""
    for row in rows:
        mentions = [
            {"start": m["start"], "end": m["end"], "chain": chain_of[f"{row['doc_id']}#{number:03}"]}
            for number, m in enumerate(row["events"])
        ]
        yield {"doc_id": row["doc_id"], "mentions": mentions}


def score_ecb(path: Path, tools: Path) -> dict[str, Any]:
    """The figures of ``score_clusters.py`` for the events of one part."""
    rows = load_rows(path)
    chain_of = chains(tellings_by_subtopic(rows, analyse_rows(rows)))
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "found.jsonl"
        found.write_text("".join(json.dumps(row) + "\n" for row in to_predictions(rows, chain_of)), encoding="utf-8")
        scorer = tools / "score_clusters.py"
        options = ["--gold", str(path), "--pred", str(found), "--gold-mentions", "--json"]
        done = subprocess.run([sys.executable, str(scorer), *options], capture_output=True, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures

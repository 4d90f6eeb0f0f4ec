"""Near-copies found and missed: copies made of real texts, against different articles on one event.

A copy has a fifth of its words changed (replaced, dropped or put in, at places drawn at random, which is harder than an
editor's changes, that come in clusters), another headline and other paragraphs; half of them are cut by up to a half.
Different articles are the pairs of one sub-topic of ECB+ and the Guardian's articles on one war. ECB+ has syndicated
copies of its own: pairs with most of their words in common in the same order (by ``difflib``, which the product does
not use) are told apart as such, and those in between are left out and counted.
"""

from __future__ import annotations

import gzip
import json
import random
import time
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path
from typing import Any

from dragoman.reconcile.copies import LEAST_ESTIMATE, Sketch, are_copies, estimated_likeness, sketch_of, words_of
from evaluation.tables import Table

CHANGED = 0.2
FEWEST = 40
"""Words of the shortest text that is copied."""
SURELY_OTHER, SURELY_COPY = 0.45, 0.75
"""Part of the shorter text's words matched by ``difflib`` in order: two articles below the one, one above the other."""
SEED = 2026


def measure_copies(data: Path, examples: Path) -> dict[str, Any]:
    """Recall on copies of each kind, precision and counts on different articles, seconds a text."""
    topics = list(_topics(data))
    texts = [text for group in topics for text in group] + list(_examples(examples))
    texts = [text for text in texts if len(words_of(text)) >= FEWEST]
    vocabulary = [word for text in texts for word in words_of(text)]
    draw = random.Random(SEED)
    result: dict[str, Any] = {"texts": len(texts), "copies": {}}
    begun = time.process_time()
    sketches = {text: sketch_of(words_of(text)) for text in texts}
    result["milliseconds a sketch"] = round(1000 * (time.process_time() - begun) / len(texts), 2)
    found = 0
    for name, least in (("changed", 1.0), ("changed and cut", 0.5)):
        hits = sum(_is_found(text, sketches[text], _copy(text, vocabulary, draw, least)) for text in texts)
        result["copies"][name] = {"found": hits, "of": len(texts), "recall": round(hits / len(texts), 4)}
        found += hits
    result["different"] = _different(topics, sketches)
    result["recall"] = round(found / (2 * len(texts)), 4)
    result["precision"] = round(found / (found + result["different"]["taken for copies"]), 4)
    return result


def _copy(text: str, vocabulary: Sequence[str], draw: random.Random, least: float) -> str:
    words = words_of(text)
    words = words[: int(len(words) * draw.uniform(least, 1.0))] if least < 1 else words
    changed: list[str] = ["news", *draw.choices(vocabulary, k=6)]
    for word in words:
        if draw.random() >= CHANGED:
            changed.append(word)
        elif (how := draw.random()) < 0.7:
            changed.append(draw.choice(vocabulary))
        elif how < 0.85:
            changed += [word, draw.choice(vocabulary)]
    return "".join(word + ("\n\n" if draw.random() < 0.03 else " ") for word in changed)


def _is_found(text: str, sketch: Sketch | None, other: str) -> bool:
    words = words_of(other)
    return _meet(sketch, sketch_of(words)) and are_copies(words_of(text), words)


def _meet(one: Sketch | None, other: Sketch | None) -> bool:
    if one is None or other is None or not set(one.bands) & set(other.bands):
        return False
    return estimated_likeness(one.hashes, [other.hashes])[0] >= LEAST_ESTIMATE


def _different(topics: Sequence[Sequence[str]], sketches: dict[str, Sketch | None]) -> dict[str, int]:
    """How many pairs on one event are taken for copies, and what ``difflib`` says of those and of all that meet."""
    counts = {"pairs": 0, "meet": 0, "copies in the corpus": 0, "in between": 0, "taken for copies": 0}
    for group in topics:
        for one, other in combinations([text for text in group if len(words_of(text)) >= FEWEST], 2):
            counts["pairs"] += 1
            if not _meet(sketches[one], sketches[other]):
                continue
            counts["meet"] += 1
            if are_copies(words := words_of(one), others := words_of(other)):
                share = _in_common(words, others)
                kind = "taken for copies" if share < SURELY_OTHER else "in between"
                counts["copies in the corpus" if share >= SURELY_COPY else kind] += 1
    return counts


def _in_common(words: Sequence[str], others: Sequence[str]) -> float:
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / min(len(words), len(others))


def _topics(data: Path) -> Iterator[list[str]]:
    """Texts on one event or one war."""
    yield [row["text"] for row in _rows(data / "guardian" / "articles.jsonl.gz")]
    topics: dict[str, list[str]] = {}
    for part in ("train", "dev"):
        for row in _rows(data / "ecbplus" / f"{part}.jsonl.gz"):
            topics.setdefault(row["subtopic"], []).append(row["text"])
    yield from topics.values()


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _examples(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.txt")):
        yield path.read_text(encoding="utf-8")


def copies_table(result: dict[str, Any]) -> Table:
    """The figures as a table."""
    rows = [(name, one["found"], one["of"], one["recall"]) for name, one in result["copies"].items()]
    different = result["different"]
    rows.append(
        ("different articles on one event taken for copies", different["taken for copies"], different["pairs"], "")
    )
    rows.append(
        ("of these pairs, copies in the corpus itself", different["copies in the corpus"], different["pairs"], "")
    )
    rows.append(("of these pairs, half a copy, left out", different["in between"], different["pairs"], ""))
    title = f"near-copies: recall {result['recall']:.3f}, precision {result['precision']:.3f}"
    return Table(title, ("texts", "found", "of", "recall"), tuple(rows))

"""Names against UNER (each sentence alone, exact spans) and against the named mentions of GUM (whole documents).

GUM marks whole noun phrases (*Ban Ki-moon, the head of the UN*), we mark names, so beside exact spans a second count
asks only that a name of the same label covers the head word of the mention.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman import language
from evaluation.conll18 import Score
from evaluation.errors import GoldError
from evaluation.treebank import open_text

UNER_LABELS = {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE"}
GUM_LABELS = {"person": "PERSON", "organization": "ORG", "place": "PLACE", "event": "EVENT"}
ALL = "all"


@dataclass(frozen=True, slots=True)
class Name:
    """A marked name: half-open code points, label, and the place of its head word where gold gives one."""

    start: int
    end: int
    label: str
    head: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with its names."""

    text: str
    names: tuple[Name, ...]


def score_names(gold: Path) -> dict[str, dict[str, Score]]:
    """Scores by way of matching (``exact``; for GUM also ``head``), then by label and for ``all`` together."""
    is_gum = ".jsonl" in gold.suffixes
    golds = list(read_gum(gold) if is_gum else read_uner(gold))
    labels = (GUM_LABELS if is_gum else UNER_LABELS).values()
    predictions = list(find_names((marked.text for marked in golds), labels))
    scores = {"exact": score_exact(golds, predictions)}
    return scores | {"head": score_heads(golds, predictions)} if is_gum else scores


def find_names(texts: Iterable[str], labels: Iterable[str]) -> Iterator[Marked]:
    """The product's names of the given labels in raw texts."""
    wanted = frozenset(labels)
    for doc in language.analyse((text, ()) for text in texts):
        names = (Name(e.start_char, e.end_char, e.label_) for e in doc.ents if e.label_ in wanted)
        yield Marked(doc.text, tuple(names))


def read_uner(path: Path) -> Iterator[Marked]:
    """The sentences of an IOB2 file; ``# text`` is the raw sentence, tokens are found in it from left to right."""
    text, cells = "", list[list[str]]()
    for line in [*open_text(path), ""]:
        if line.startswith("# text = "):
            text = line.removeprefix("# text = ")
        elif line and not line.startswith("#"):
            cells.append(line.split("\t"))
        elif not line and cells:
            yield _marked_sentence(text, cells)
            text, cells = "", []


def _marked_sentence(text: str, rows: Sequence[Sequence[str]]) -> Marked:
    text = text or " ".join(row[1] for row in rows)
    names: list[Name] = []
    place = 0
    for _, form, tag, *_ in rows:
        start = text.find(form, place)
        if start < 0:
            raise GoldError(f"token {form!r} is not in its sentence {text[:60]!r}; the gold's # text and tokens differ")
        place = start + len(form)
        if tag[0] == "B" or (tag[0] == "I" and (not names or names[-1].label != UNER_LABELS.get(tag[2:]))):
            names.append(Name(start, place, UNER_LABELS.get(tag[2:], tag[2:])))
        elif tag[0] == "I":
            names[-1] = Name(names[-1].start, place, names[-1].label)
    return Marked(text, tuple(name for name in names if name.label in UNER_LABELS.values()))


def read_gum(path: Path) -> Iterator[Marked]:
    """Documents of GUM's JSON Lines with their named mentions of persons, organizations, places and events."""
    for line in open_text(path):
        row = json.loads(line)
        mentions = (m for m in row["mentions"] if m["named"] and m["type"] in GUM_LABELS)
        names = (Name(m["start"], m["end"], GUM_LABELS[m["type"]], (m["head"][0], m["head"][1])) for m in mentions)
        yield Marked(row["text"], tuple(names))


def score_exact(golds: Sequence[Marked], predictions: Sequence[Marked]) -> dict[str, Score]:
    """Both ends and the label agree; micro-averaged over the texts."""
    return _by_label(golds, predictions, _agrees_exactly)


def score_heads(golds: Sequence[Marked], predictions: Sequence[Marked]) -> dict[str, Score]:
    """The label agrees and the predicted name covers the head word of the gold mention.

    Precision and recall count the same pairs: each name on either side is paired once.
    """
    return _by_label(golds, predictions, _covers_head)


def _agrees_exactly(gold: Name, predicted: Name) -> bool:
    return (gold.start, gold.end) == (predicted.start, predicted.end)


def _covers_head(gold: Name, predicted: Name) -> bool:
    start, end = gold.head or (gold.start, gold.end)
    return predicted.start <= start and end <= predicted.end


def _by_label(
    golds: Sequence[Marked], predictions: Sequence[Marked], agree: Callable[[Name, Name], bool]
) -> dict[str, Score]:
    scores: dict[str, Score] = {}
    for gold, predicted in zip(golds, predictions, strict=True):
        for label in {name.label for name in (*gold.names, *predicted.names)}:
            value = _paired(
                [n for n in gold.names if n.label == label], [n for n in predicted.names if n.label == label], agree
            )
            scores[label] = scores.get(label, Score()) + value
    return dict(sorted(scores.items())) | {ALL: sum(scores.values(), Score())}


def _paired(golds: list[Name], predictions: list[Name], agree: Callable[[Name, Name], bool]) -> Score:
    """Pair each gold name with the first free predicted one that agrees."""
    free = list(predictions)
    for gold in golds:
        match = next((name for name in free if agree(gold, name)), None)
        if match is not None:
            free.remove(match)
    return Score(len(predictions) - len(free), len(golds), len(predictions))

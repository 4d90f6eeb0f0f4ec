"""What the encoder learns from, as tensors: windows of words with the answers that their source knows."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor

from dragoman.language import english  # noqa: F401  (registers the tokenizer's language)
from dragoman.language.english import DragomanEnglish
from dragoman.language.pieces import WordPieces, case_of, gap_of
from training.corpus import Piece, cut
from training.encoder import NAME_LABELS, SPEECH_LABELS, Inventory
from training.lemma_scripts import script_of
from training.treebank import TreebankDoc

IGNORED = -100
MOST_PIECES = 400


@dataclass(slots=True)
class Window:
    """Words with the blanks before each, and what is known of them; a head that is not named is not taught."""

    forms: list[str]
    gaps: list[str]
    tags: dict[str, list[int]] = field(default_factory=dict)
    heads: list[int] | None = None
    deps: list[int] | None = None
    same: list[list[int]] | None = None
    """For each word that heads a mention, the earlier words that head a mention of the same thing; empty for none."""
    mentions: list[int] | None = None
    type: int | None = None
    """The event type that the stretch tells, by number, where only one is marked."""


@dataclass(slots=True)
class Batch:
    """Windows as tensors; ``first`` is the place of each word's first piece, ``real`` marks words that exist."""

    ids: Tensor
    mask: Tensor
    cases: Tensor
    gaps: Tensor
    first: Tensor
    real: Tensor


def encode(windows: Sequence[Window], vocabulary: WordPieces) -> Batch:
    """The windows as the encoder takes them."""
    rows = []
    for window in windows:
        ids, cases, gaps, first = [vocabulary.begin], [0], [0], []
        for form, gap in zip(window.forms, window.gaps, strict=True):
            pieces = vocabulary.cut(form)
            first.append(len(ids))
            ids += pieces
            cases += [case_of(form)] * len(pieces)
            gaps += [gap_of(gap)] * len(pieces)
        rows.append(([*ids, vocabulary.end], [*cases, 0], [*gaps, 0], first))
    longest, most = max(len(r[0]) for r in rows), max(len(r[3]) for r in rows)

    def fill(values: Iterable[list[int]], width: int) -> Tensor:
        return torch.tensor([v + [0] * (width - len(v)) for v in values])

    return Batch(
        fill((r[0] for r in rows), longest),
        fill(([1] * len(r[0]) for r in rows), longest),
        fill((r[1] for r in rows), longest),
        fill((r[2] for r in rows), longest),
        fill((r[3] for r in rows), most),
        fill(([1] * len(r[3]) for r in rows), most).bool(),
    )


def padded(values: Iterable[Sequence[int]], width: int) -> Tensor:
    """Answers as a tensor, where there is none ignored."""
    return torch.tensor([[*v, *[IGNORED] * (width - len(v))] for v in values])


def take_inventory(pieces: Iterable[Piece], event_types: Sequence[str]) -> Inventory:
    """The labels that the treebanks use, lemma edits seen once left out."""
    seen: dict[str, Counter[str]] = {head: Counter() for head in ("xpos", "upos", "feats", "lemma", "dep")}
    for piece in pieces:
        for word in piece.words:
            for head, label in labels_of(word).items():
                seen[head][label] += 1
    labels = {
        head: sorted(label for label, n in counts.items() if n > (head in ("lemma", "feats")))
        for head, counts in seen.items()
    }
    labels |= {"sentence": ["inside", "begin"], "name": NAME_LABELS, "name-gum": NAME_LABELS, "speech": SPEECH_LABELS}
    labels |= {"act-type": ["none", *event_types], "side": ["O", "source", "target"], "act": ["O", "act"]}
    return Inventory(labels)


def labels_of(word: object) -> dict[str, str]:
    """The labels of a treebank word by head."""
    return {
        "xpos": word.tag,
        "upos": word.upos,
        "feats": word.morph,
        "lemma": script_of(word.form, word.lemma),
        "dep": word.dep,
    }


def tree_window(piece: Piece, inventory: Inventory, *, gum: bool) -> Window:
    """A stretch of treebank."""
    size = len(piece.words)
    labels = [labels_of(word) for word in piece.words]
    tags = {
        head: [inventory.number(head, known[head]) for known in labels] for head in ("xpos", "upos", "feats", "lemma")
    }
    tags["sentence"] = [int(i in piece.sent_starts) for i in range(size)]
    if piece.names is not None:
        tags["name-gum" if gum else "name"] = bioes(piece.names, size)
    heads = [0 if word.head == i else word.head + 1 for i, word in enumerate(piece.words)]
    deps = [inventory.number("dep", known["dep"]) for known in labels]
    return Window([w.form for w in piece.words], ["\n\n", *piece.gaps[: size - 1]], tags, heads, deps)


def bioes(names: Iterable[tuple[int, int, str]], size: int) -> list[int]:
    """Names as label numbers."""
    tags = ["O"] * size
    for start, end, label in names:
        inner = [f"I-{label}"] * (end - start - 2)
        tags[start:end] = [f"S-{label}"] if end - start == 1 else [f"B-{label}", *inner, f"E-{label}"]
    return [NAME_LABELS.index(tag) for tag in tags]


_TOKENIZER = DragomanEnglish().tokenizer


def tokenise(text: str, start: int, end: int) -> Iterator[tuple[int, int, str, str]]:
    """Words of a stretch of text: start, end, form and the blanks before."""
    blanks = "\n\n"
    for token in _TOKENIZER(text[start:end]):
        if token.is_space:
            blanks += token.text
        else:
            yield start + token.idx, start + token.idx + len(token), token.text, blanks
            blanks = ""
        blanks += token.whitespace_


def stretches(text: str, longest: int = 700) -> Iterator[tuple[int, int]]:
    """Paragraphs put together up to so many characters; a long paragraph ends at a sentence's likely end."""
    ends = [m.end() for m in re.finditer(r"\n+|(?<=[.!?\"”])\s+(?=[A-Z“\"])", text)] + [len(text)]
    start = last = 0
    for end in ends:
        if end - start > longest and last > start:
            yield start, last
            start = last
        last = end
    if start < len(text):
        yield start, len(text)


def speech_windows(path: Path) -> Iterator[Window]:
    """PolNeAR's articles, one annotation of each, with source, cue and content by word."""
    seen = set()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["doc_id"] in seen:
                continue
            seen.add(row["doc_id"])
            spans = [
                (start, end, role)
                for a in row["attributions"]
                for role in ("source", "cue", "content")
                for start, end in a[role]
            ]
            ignored = [*row["discard"], *row["discuss"]]
            for first, last in stretches(row["text"]):
                words = list(tokenise(row["text"], first, last))
                if not words or len(words) > 250:
                    continue
                tags = spans_as_tags(words, spans, ignored)
                yield Window([w[2] for w in words], [w[3] for w in words], {"speech": tags})


def spans_as_tags(
    words: list[tuple[int, int, str, str]], spans: list[tuple[int, int, str]], ignored: list[list[int]]
) -> list[int]:
    """BIO labels of words by the spans that they lie in; a source or cue inside a content goes before it."""
    tags = [0] * len(words)
    order = {"content": 0, "source": 1, "cue": 2}
    for start, end, role in sorted(spans, key=lambda s: order[s[2]]):
        begun = False
        for i, (a, b, *_) in enumerate(words):
            if a < end and start < b:
                tags[i] = SPEECH_LABELS.index(f"{'I' if begun else 'B'}-{role}")
                begun = True
    for start, end in ignored:
        tags = [IGNORED if a < end and start < b else tag for tag, (a, b, *_) in zip(tags, words, strict=True)]
    return tags


def type_windows(path: Path, inventory: Inventory) -> Iterator[Window]:
    """PLV's sentences: the event's type and which words are its source and target."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if len({e["type"] for e in row["events"]}) != 1:
                continue
            words = list(tokenise(row["text"], 0, len(row["text"])))
            side = [0] * len(words)
            for event in row["events"]:
                for span in event["spans"]:
                    if span["role"] in ("SRC", "TAR"):
                        for i, (a, b, *_) in enumerate(words):
                            if a < span["end"] and span["start"] < b:
                                side[i] = 1 + (span["role"] == "TAR")
            number = inventory.number("act-type", row["events"][0]["type"])
            yield Window([w[2] for w in words], [w[3] for w in words], {"side": side}, type=number)


def act_windows(path: Path) -> Iterator[Window]:
    """ECB+'s validated sentences: which words tell an act."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            heads = {e["head"][0] for e in row["events"] if "OCCURRENCE" in e["type"] or "REPORTING" in e["type"]}
            for number in row["validated"]:
                start, end = row["sentences"][number]
                words = list(tokenise(row["text"], start, end))
                if len(words) > 2:
                    tags = [int(any(a <= h < b for h in heads)) for a, b, *_ in words]
                    yield Window([w[2] for w in words], [w[3] for w in words], {"act": tags})


def add_mentions(window: Window, clusters: dict[int, str], first: int) -> None:
    """Give a window its mentions' heads; ``clusters`` maps a word of the document to its cluster."""
    last: dict[str, list[int]] = {}
    window.mentions, window.same = [], []
    for i in range(len(window.forms)):
        cluster = clusters.get(first + i)
        if cluster is not None:
            window.mentions.append(i + 1)
            window.same.append(list(last.get(cluster, [])))
            last.setdefault(cluster, []).append(i + 1)


def same_windows(docs: Iterable[TreebankDoc], path: Path, longest: int) -> Iterator[Window]:
    """GUM's coreference: longer stretches, in which each mention's head word has earlier ones of the same thing."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        mentions = {row["doc_id"]: row["mentions"] for row in map(json.loads, lines)}
    for doc in docs:
        numbers = {word.start: i for i, word in enumerate(doc.words)}
        clusters = {numbers[m["head"][0]]: m["cluster"] for m in mentions[doc.doc_id] if m["head"][0] in numbers}
        first = 0
        for piece in cut(doc, longest):
            size = len(piece.words)
            window = Window([w.form for w in piece.words], ["\n\n", *piece.gaps[: size - 1]])
            add_mentions(window, clusters, first)
            first += size
            yield window

"""Treebank documents as raw text with word spans, the shape in which the finished pipeline meets text."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Word:
    """One syntactic word: its place in the document's text and its analysis. `head` counts words in the document."""

    start: int
    end: int
    form: str
    lemma: str
    upos: str
    tag: str
    morph: str
    head: int
    dep: str


@dataclass(slots=True)
class Name:
    """One marked name, half-open in code points."""

    start: int
    end: int
    label: str


@dataclass(slots=True)
class TreebankDoc:
    """A document: text with a blank line between paragraphs, words, sentences as word ranges, names if it has any."""

    doc_id: str
    text: str = ""
    words: list[Word] = field(default_factory=list)
    sents: list[tuple[int, int]] = field(default_factory=list)
    sent_ids: list[str] = field(default_factory=list)
    names: list[Name] | None = None


def read_treebank(path: Path) -> Iterator[TreebankDoc]:
    """Documents of a CoNLL-U file. Words of a multiword token share its text in order (they spell it out)."""
    doc: TreebankDoc | None = None
    comments: list[str] = []
    rows: list[list[str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("#"):
                comments.append(line)
            elif line:
                rows.append(line.split("\t"))
            else:
                for comment in comments:
                    if comment.startswith("# newdoc id"):
                        if doc is not None:
                            yield doc
                        doc = TreebankDoc(comment.split(" = ", 1)[1])
                if doc is None:
                    raise ValueError(f"{path} begins without a '# newdoc id' line")
                add_sentence(doc, comments, rows)
                comments, rows = [], []
    if doc is not None:
        yield doc


def add_sentence(doc: TreebankDoc, comments: list[str], rows: list[list[str]]) -> None:
    """Append one sentence's text and words to the document, with a blank line before it where a paragraph begins."""
    new_paragraph = any(c.startswith("# newpar") for c in comments)
    if doc.text:
        doc.text = doc.text.rstrip(" ") + "\n\n" if new_paragraph else doc.text
    first = len(doc.words)
    inside_until = 0
    for row in rows:
        space = "" if "SpaceAfter=No" in row[9].split("|") else " "
        if "-" in row[0]:
            inside_until = int(row[0].split("-")[1])
            after_unit = space
        elif row[0].isdigit():
            number = int(row[0])
            start = len(doc.text)
            doc.text += row[1]
            head = first + int(row[6]) - 1 if row[6] != "0" else len(doc.words)
            doc.words.append(Word(start, len(doc.text), row[1], row[2], row[3], row[4], row[5], head, row[7]))
            if number < inside_until:
                continue
            doc.text += after_unit if number == inside_until else space
    doc.sents.append((first, len(doc.words)))
    doc.sent_ids.append(next(c.split(" = ", 1)[1] for c in comments if c.startswith("# sent_id")))


_UNER = {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE"}
_GUM = {"person": "PERSON", "organization": "ORG", "place": "PLACE", "event": "EVENT"}


def read_uner(path: Path) -> dict[str, list[tuple[str, str]]]:
    """For each sentence id, its tokens with their IOB2 tags."""
    sentences: dict[str, list[tuple[str, str]]] = {}
    current: list[tuple[str, str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# sent_id"):
                current = sentences.setdefault(line.split(" = ", 1)[1].strip(), [])
            elif line.strip() and not line.startswith("#"):
                cells = line.rstrip("\n").split("\t")
                current.append((cells[1], cells[2]))
    return sentences


def add_uner_names(doc: TreebankDoc, sentences: dict[str, list[tuple[str, str]]]) -> None:
    """Put UNER's names on the document, sentence by sentence, by characters; a sentence that differs is left bare."""
    doc.names = []
    for (first, last), sent_id in zip(doc.sents, doc.sent_ids, strict=True):
        words = doc.words[first:last]
        tagged = sentences.get(sent_id, [])
        if "".join(w.form for w in words) != "".join(form for form, _ in tagged):
            continue
        starts = [w.start + k for w in words for k in range(len(w.form))]
        place = 0
        current: Name | None = None
        for form, tag in tagged:
            begin, end = starts[place], starts[place + len(form) - 1] + 1
            place += len(form)
            if tag.startswith("B-"):
                current = Name(begin, end, _UNER.get(tag[2:], ""))
                if current.label:
                    doc.names.append(current)
            elif tag.startswith("I-") and current is not None:
                current.end = end
            else:
                current = None


def read_gum_names(path: Path) -> dict[str, tuple[str, list[tuple[int, int, str, str]]]]:
    """For each GUM document its text and its named mentions of people, bodies, places and events."""
    found: dict[str, tuple[str, list[tuple[int, int, str, str]]]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            mentions = [
                (m["start"], m["end"], _GUM[m["type"]], tuple(m["head"]))
                for m in record["mentions"]
                if m["named"] and m["type"] in _GUM
            ]
            found[record["doc_id"]] = (record["text"], mentions)
    return found


def add_gum_names(docs: list[TreebankDoc], path: Path) -> None:
    """Put the names inside GUM's named mentions on the documents, cut down to the bare name as UNER marks it."""
    found = read_gum_names(path)
    for doc in docs:
        text, mentions = found[doc.doc_id]
        if text.strip() != doc.text.strip():
            raise ValueError(f"text of {doc.doc_id} differs between {path} and its treebank")
        children: dict[int, list[int]] = {}
        for i, word in enumerate(doc.words):
            if word.head != i:
                children.setdefault(word.head, []).append(i)
        names = []
        for start, end, label, _ in mentions:
            inside = [i for i, w in enumerate(doc.words) if w.start >= start and w.end <= end]
            core = bare_name(doc, children, inside, label)
            if core is not None:
                names.append(Name(doc.words[core[0]].start, doc.words[core[1] - 1].end, label))
        names.sort(key=lambda n: (n.start, -n.end))
        doc.names = []
        for name in names:
            if not doc.names or name.start >= doc.names[-1].end:
                doc.names.append(name)


_NAME_PARTS = {"compound", "flat", "amod", "nummod", "goeswith"}


def bare_name(
    doc: TreebankDoc, children: dict[int, list[int]], inside: list[int], label: str
) -> tuple[int, int] | None:
    """The words of a mention that are its name, as a range of words; None where the mention only describes.

    Fires: "US President [Barack Obama]", "the [Google Science Fair]", "[University of Portsmouth]"
    Not:   "the Secretary of State", "Bangladeshis"
    """
    within = set(inside)
    heads = [i for i in inside if doc.words[i].head not in within or doc.words[i].head == i]
    if not heads or not doc.words[heads[0]].tag.startswith("NNP"):
        return None
    head = heads[0]
    keep = {head}
    stack = [head]
    while stack:
        for child in children.get(stack.pop(), ()):
            word = doc.words[child]
            kind = word.dep.split(":")[0]
            named = word.tag in ("NNP", "NNPS", "CD", "HYPH", "IN", "POS", "CC", "FW") or word.form[:1].isupper()
            part = kind in _NAME_PARTS or (label != "PERSON" and kind in ("nmod", "case", "conj", "cc", "punct", "det"))
            if label == "PERSON" and word.dep not in ("flat", "flat:foreign", "goeswith") and kind != "punct":
                part = kind == "compound" and doc.words[head].dep != "nmod:desc" and word.tag == "NNP"
            if child in within and named and part:
                keep.add(child)
                stack.append(child)
    first = last = head
    while first - 1 in keep:
        first -= 1
    while last + 1 in keep:
        last += 1
    while first < last and doc.words[first].tag in ("DT", "PRP$", "IN", "CC", "HYPH", ","):
        first += 1
    while last > first and doc.words[last].tag in ("POS", "IN", "CC", "HYPH", ","):
        last -= 1
    if label == "PERSON" and doc.words[head].tag == "NNPS":
        return None
    if label == "PERSON" and any(doc.words[c].tag == "DT" for c in children.get(head, ())):
        return None
    return first, last + 1

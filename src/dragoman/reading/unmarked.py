"""Names that the language model leaves unmarked: further uses of marked ones, and runs of proper nouns.

Part of the first step of the actors stage.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from dragoman.knowledge import Pack
from dragoman.reading.name_spans import NameSpan, fold
from dragoman.reading.phrases import Nature
from dragoman.reading.syntax import relation

_JOINTS = frozenset(
    {"-", "‑", "–", "of", "al", "el", "bin", "ibn", "de", "van", "von", "der", "di", "da", "ul", "’s", "'s"}
)


def find_unmarked(doc: Doc, marked: Sequence[NameSpan], pack: Pack, nature: Nature) -> list[NameSpan]:
    """Names beside those that are marked already, in text order."""
    taken = {i for span in marked for i in range(span.start, span.end)}
    again = list(_used_again(doc, marked, taken))
    taken |= {i for span in again for i in range(span.start, span.end)}
    return [*again, *_new_runs(doc, taken, pack, nature)]


def _used_again(doc: Doc, marked: Sequence[NameSpan], taken: set[int]) -> Iterator[NameSpan]:
    """Words that are marked as a name elsewhere in the document, and surnames of the people named."""
    known: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for span in marked:
        if span.form is None:
            words = fold(doc[span.start : span.end].text)
            known[words[0]].append((words, span.label))
            if span.label == "PERSON" and len(words) > 1:
                known[words[-1]].append((words[-1:], span.label))
    for options in known.values():
        options.sort(key=lambda option: -len(option[0]))
    position = 0
    while position < len(doc):
        found = _known_at(doc, position, known, taken)
        if found is not None:
            yield found
        position = found.end if found is not None else position + 1


def _known_at(
    doc: Doc, start: int, known: dict[str, list[tuple[tuple[str, ...], str]]], taken: set[int]
) -> NameSpan | None:
    token = doc[start]
    if start in taken or not token.text[0].isupper() or (token.is_sent_start and token.pos_ != "PROPN"):
        return None
    first = fold(token.text)
    for words, label in known.get(first[0], ()) if first else ():
        end = start
        spelt: tuple[str, ...] = ()
        while end < len(doc) and end not in taken and len(spelt) < len(words):
            spelt += fold(doc[end].text)
            end += 1
        if spelt == words:
            return NameSpan(start, end, doc[start:end].root.i, label)
    return None


def _new_runs(doc: Doc, taken: set[int], pack: Pack, nature: Nature) -> Iterator[NameSpan]:
    """Runs of proper nouns whose words or surroundings tell that they name a person or a body."""
    position = 0
    while position < len(doc):
        end = _run_end(doc, position, taken)
        if end > position:
            label = _label(doc, position, end, pack, nature)
            if label:
                yield NameSpan(position, end, doc[position:end].root.i, label)
        position = max(end, position + 1)


def _run_end(doc: Doc, start: int, taken: set[int]) -> int:
    """The end of a run of proper nouns of one phrase, ``start`` itself when none begins there."""
    end = start
    while end < len(doc) and end not in taken and "\n" not in doc[end].text:
        if doc[end].pos_ == "PROPN" and doc[end].text[0].isupper() and (end == start or _linked(doc[start], doc[end])):
            end += 1
        elif end > start and doc[end].lower_ in _JOINTS and end + 1 < len(doc) and doc[end + 1].pos_ == "PROPN":
            end += 1
        else:
            break
    return end if end == start or doc[end - 1].pos_ == "PROPN" else start


def _linked(first: Token, token: Token) -> bool:
    return relation(token) in ("flat", "compound", "nmod", "amod") or first.head.i >= first.i


def _label(doc: Doc, start: int, end: int, pack: Pack, nature: Nature) -> str:
    """PERSON or ORG by given name, title, acronym or head noun; empty when nothing tells."""
    words = [t.lower_ for t in doc[start:end] if fold(t.text)]
    last = words[-1]
    if any(last in pack.words.get(name, ()) for name in ("org-nouns", "armed-nouns")):
        return "ORG" if len(words) > 1 else ""
    if len(words) > 1 and f"={words[0]}" in nature.genders:
        return "PERSON"
    if len(words) == 1:
        text = doc[start].text
        return "ORG" if text.isupper() and text.isalpha() and 2 <= len(text) <= 7 and not _shouting(doc[start]) else ""
    person = any(c.lower_ in pack.words.get("office-nouns", ()) for c in doc[start].children)
    flat = all(relation(t) in ("flat", "punct", "case") for t in doc[start + 1 : end])
    return "PERSON" if person or (flat and relation(doc[start]) in ("nsubj", "appos")) else ""


def _shouting(token: Token) -> bool:
    """Whether the whole sentence is in capitals, so that they tell nothing."""
    letters = [t for t in token.sent if t.is_alpha and len(t) > 1]
    return sum(t.is_upper for t in letters) * 2 > len(letters) > 2

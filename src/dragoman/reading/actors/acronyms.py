"""Acronyms that a text introduces in brackets: *National Resistance Front (NRF)*."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dragoman.reading.actors.name_spans import NameSpan, fold
from dragoman.reading.actors.roster import Roster
from dragoman.reading.words import Doc

SMALL_WORDS = frozenset("of the and for in on at to a an de al e y against".split())
"""Words that an acronym mostly leaves out."""


def find_brackets(doc: Doc, spans: Sequence[NameSpan]) -> Iterator[tuple[int, tuple[int, int]]]:
    """Acronyms in brackets: token index of the acronym -> token bounds of the words that it abbreviates."""
    ends = {span.end: span for span in spans if span.label in ("ORG", "EVENT")}
    for i in range(1, len(doc) - 2):
        if doc[i].text in ("(", "[") and doc[i + 2].text in (")", "]") and _is_acronym(doc[i + 1].text):
            before = ends.get(i)
            bounds = (before.start, i) if before is not None else _abbreviated(doc, i, doc[i + 1].text)
            if bounds is not None:
                yield i + 1, bounds


def _is_acronym(text: str) -> bool:
    letters = text.replace("-", "").replace(".", "")
    return 2 <= len(letters) <= 10 and letters.isalpha() and sum(c.isupper() for c in letters) >= 2


def _abbreviated(doc: Doc, bracket: int, acronym: str) -> tuple[int, int] | None:
    """The words before a bracket whose initials spell the acronym, small words counted or not."""
    wanted = "".join(fold(acronym))
    initials: list[str] = []
    for start in range(bracket - 1, max(-1, bracket - 2 * len(wanted) - 4), -1):
        word = fold(doc[start].text) if doc[start].tag_ != "POS" else ()
        if doc[start].text in (".", "(", ")") or "\n" in doc[start].text:
            return None
        initials[:0] = ["" if w in SMALL_WORDS else w[0] for w in word]
        spelt = "".join(initials)
        full = "".join(w[0] for i in range(start, bracket) if doc[i].tag_ != "POS" for w in fold(doc[i].text))
        if wanted in (spelt, full) and word and word[0][0] == wanted[0]:
            return start, bracket
        if len(spelt) > len(wanted):
            return None
    return None


def join_brackets(
    doc: Doc,
    brackets: Mapping[int, tuple[int, int]],
    spans: Iterable[NameSpan],
    found: dict[int, int],
    roster: Roster,
) -> None:
    """Let an acronym and the name before its bracket be one entity, and take in the form with the bracket."""
    starts = {span.start: span for span in spans}
    for place, (start, end) in brackets.items():
        long = next((found[s] for s in range(start, end) if s in starts and starts[s].end == end), None)
        short = found.get(place)
        text = doc[start:end].text
        if long is None and short is None:
            continue
        if long is None and short is not None:
            entity = roster[short]
            if entity.entry is None:
                entity.name, entity.words = text, fold(text)
            entity.forms[text] = None
        elif long is not None and short is not None and long != short:
            for key, number in found.items():
                if number == short:
                    found[key] = long
        kept = long if long is not None else short
        if kept is not None:
            roster[kept].forms[doc[start : place + 2].text] = None


def redefined(doc: Doc, spans: Sequence[NameSpan], brackets: Mapping[int, tuple[int, int]]) -> set[int]:
    """Acronyms that a pack knows, in a text that introduces them in brackets for something else."""
    known = {s.start: s for s in spans if s.form is not None}
    own = set()
    for place, (start, end) in brackets.items():
        span = known.get(place)
        if span is None or span.form is None or span.end != place + 1:
            continue
        before = next((known[i] for i in range(start, end) if i in known and known[i].end == end), None)
        same = before is not None and before.form is not None and before.form.entry.key == span.form.entry.key
        if not same and _abbreviated(doc, place - 1, doc[place].text) is not None:
            own.add(doc[place].text)
    return {start for start, span in known.items() if doc[start : span.end].text in own}

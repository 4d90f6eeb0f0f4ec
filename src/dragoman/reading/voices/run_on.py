"""Quotations that run on: whole sentences in quotation marks, without a cue of their own, are still the last
speaker's.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from dragoman.reading.voices.attribution import Attribution, AttributionKind
from dragoman.reading.voices.cues import Bounds, QuoteIndex
from dragoman.reading.words import Doc
from dragoman.record import Span

_FEWEST_TOKENS = 6
"""Marks included; what is shorter is a name, a title or a word held at arm's length."""
_LONGEST_PAUSE = 300
"""Characters that may stand between what a speaker said and a quotation that goes on: about two sentences of news."""


def with_run_on_quotations(doc: Doc, found: Sequence[Attribution], quotes: QuoteIndex) -> list[Attribution]:
    """Attributions with the quotations added that stand alone after them; those are no longer certain.

    Fires: *“We stay,” said Omar. He paused. “We will not leave.”*
    Not: *“We stay,” said Omar. The “neutral zone” is small.*
    """
    grown = list(found)
    ends = sorted((_end(a), n) for n, a in enumerate(found) if a.kind is AttributionKind.SPEECH)
    told = sorted(piece for a in found for piece in a.content)
    for pieces in quotes.pieces:
        spans = tuple(Span(doc[a].idx, doc[b - 1].idx + len(doc[b - 1].text)) for a, b in pieces)
        if (
            quotes.around.get(pieces[0][0] - 1) is not None
            or not _stands_alone(doc, pieces)
            or _is_told(spans[0], told)
        ):
            continue
        at = bisect_right(ends, (spans[0].start, len(found))) - 1
        if at >= 0 and spans[0].start - ends[at][0] <= _LONGEST_PAUSE:
            last = grown[ends[at][1]]
            content, quoted = (*last.content, *spans), (*last.quotes, *spans)
            grown[ends[at][1]] = replace(last, content=content, quotes=quoted, certain=False)
    return grown


def _end(attribution: Attribution) -> int:
    cue = (attribution.cue,) if attribution.cue is not None else ()
    ends: list[int] = [span.end for span in (*attribution.content, *attribution.source, *cue)]
    return max(ends)


def _stands_alone(doc: Doc, pieces: tuple[Bounds, ...]) -> bool:
    """Whether a quotation is whole sentences: it follows a sentence's end and ends one."""
    (start, _), end = pieces[0], pieces[-1][1]
    before = next((doc[i].text for i in range(start - 1, max(-1, start - 4), -1) if not doc[i].is_space), ".")
    last = next((doc[i].text for i in range(end - 1, max(start, end - 4), -1) if doc[i].text not in _CLOSING), "")
    return end - start >= _FEWEST_TOKENS and before[-1:] in ".!?…”\"'’" and last[-1:] in ".!?…"


_CLOSING = frozenset({"”", '"', "’", "'", "''", "»", "›"})


def _is_told(quotation: Span, told: Sequence[Span]) -> bool:
    """Whether somebody's content reaches into a quotation."""
    at = bisect_right(told, Span(quotation.end, quotation.end + 1))
    return any(piece.overlaps(quotation) for piece in told[max(0, at - 8) : at])

"""Voice: who says so. Finds the attributions of a document and tells whose words a token is (codebook, *Voice*)."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from dragoman.knowledge import Pack
from dragoman.reading.attribution import UNNAMED, Attribution, AttributionKind
from dragoman.reading.cast import Cast
from dragoman.reading.cues import Candidate, find_candidates
from dragoman.reading.quotes import Quotation, find_quotations
from dragoman.reading.syntax import conjuncts
from dragoman.record import Span

__all__ = [
    "UNNAMED",
    "Attribution",
    "AttributionKind",
    "attributions_at",
    "find_attributions",
    "outermost",
    "speaker_at",
    "voice_at",
]


def find_attributions(doc: Doc, cast: Cast, pack: Pack) -> tuple[Attribution, ...]:
    """Every attribution of a document in text order of its cues, nested ones included."""
    quotations = find_quotations(doc.text)
    return tuple(_to_attribution(c, doc, cast, quotations) for c in find_candidates(doc, pack.words))


def attributions_at(token: Token, attributions: Iterable[Attribution]) -> tuple[Attribution, ...]:
    """The attributions that carry voice and whose content holds the token, outermost first."""
    holding = [a for a in attributions if a.carries_voice and a.holds(token.idx)]
    return tuple(sorted(holding, key=_size, reverse=True))


def voice_at(token: Token, attributions: Iterable[Attribution]) -> tuple[str, ...]:
    """Who says what the token tells, outermost first; empty when it is the document's own word.

    Of two who speak jointly the first-named counts. One who says what he believes is one voice.
    """
    voices: list[str] = []
    for attribution in attributions_at(token, attributions):
        name = attribution.names[0] if attribution.names else UNNAMED
        if name not in voices[-1:]:
            voices.append(name)
    return tuple(voices)


def speaker_at(token: Token, attributions: Iterable[Attribution]) -> tuple[str, ...]:
    """Who *I* and *we* are at a token: the names behind the innermost quotation around it; empty outside
    quotations.
    """
    quoting = [a for a in attributions if a.quotes_at(token.idx) and a.holds(token.idx)]
    return min(quoting, key=_size).names if quoting else ()


def outermost(attributions: Iterable[Attribution]) -> tuple[Attribution, ...]:
    """The attributions whose cue stands in nobody else's content."""
    every = tuple(attributions)
    return tuple(
        a
        for a in every
        if a.cue is None or not any(o is not a and o.holds(a.cue.start) and _size(o) > _size(a) for o in every)
    )


def _size(attribution: Attribution) -> int:
    return sum(piece.end - piece.start for piece in attribution.content)


def _to_attribution(found: Candidate, doc: Doc, cast: Cast, quotations: tuple[Quotation, ...]) -> Attribution:
    content = tuple(_characters(doc, start, end) for start, end in found.content)
    quotes = tuple(p for q in quotations for p in q.pieces if q.depth == 0 and any(p.overlaps(c) for c in content))
    source = (
        () if found.source is None else (_characters(doc, found.source.left_edge.i, found.source.right_edge.i + 1),)
    )
    cue = Span(found.cue.idx, found.cue.idx + len(found.cue.text))
    names = _names(found.source, cast)
    return Attribution(source, cue, content, names, True, found.cue.lemma_, AttributionKind.SPEECH, quotes)


def _names(source: Token | None, cast: Cast) -> tuple[str, ...]:
    """Who a source is: the actors of the cast, else its own words."""
    if source is None:
        return (UNNAMED,)
    known = cast.names_of(source)
    return known or tuple(part.text for part in conjuncts(source) if part.pos_ != "PRON")


def _characters(doc: Doc, start: int, end: int) -> Span:
    last = doc[end - 1]
    return Span(doc[start].idx, last.idx + len(last.text))

"""Voice: who says so. Finds the attributions of a document and tells whose words a token is (codebook, *Voice*)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dragoman.knowledge import Pack
from dragoman.reading.actors.cast import Cast
from dragoman.reading.syntax import child, children, subtree_bounds
from dragoman.reading.voices.asserted import aside_around, is_cued_inside
from dragoman.reading.voices.attribution import UNNAMED, Attribution, AttributionKind, ContentIndex
from dragoman.reading.voices.cue_model import CueModel, cue_key, load_cue_model
from dragoman.reading.voices.cues import Bounds, QuoteIndex
from dragoman.reading.voices.kinds import is_plain, is_telling, kind_of, may_tell
from dragoman.reading.voices.quotes import find_quotations
from dragoman.reading.voices.roles import Filled, fill_roles
from dragoman.reading.voices.run_on import with_run_on_quotations
from dragoman.reading.voices.speakers import may_speak, names_of_source, owner_of
from dragoman.reading.voices.turns import with_speakers
from dragoman.reading.words import Doc, Token
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

_DOUBTFUL = 0.05
"""Likelihood that a word of saying with a clause of its own must have; from the build part of the coded news,
2026-11-25.
"""


def find_attributions(doc: Doc, cast: Cast, pack: Pack, model: CueModel | None = None) -> tuple[Attribution, ...]:
    """Every attribution of a document in text order of its cues, nested ones and those whom a source cites
    included.
    """
    weights = model or load_cue_model()
    quotes = QuoteIndex.of(doc, find_quotations(doc.text))
    found, heads = [], []
    for token in doc:
        if cue_key(token) in weights.shares or may_tell(token, pack.words) or is_plain(token, pack.words):
            filled = _with_owner(fill_roles(token, weights, quotes), cast)
            if filled is not None and _is_kept(filled, weights, pack):
                attribution = _to_attribution(filled, cast, pack, quotes)
                cited = [_to_cited(attribution, verb, noun, cast, pack) for verb, noun in _cited(filled)]
                found += [attribution, *cited]
                heads += [filled.head, *(None for _ in cited)]
    return with_speakers(with_run_on_quotations(doc, found, quotes), heads, cast)


def _with_owner(filled: Filled | None, cast: Cast) -> Filled | None:
    """A noun that nobody was found for, with whoever stands before it or behind *by* for its source."""
    if filled is None or filled.head is not None or filled.cue.pos_ != "NOUN":
        return filled
    return replace(filled, head=owner_of(filled.cue, cast))


def _is_kept(filled: Filled, weights: CueModel, pack: Pack) -> bool:
    """Whether a cue with its roles filled attributes; the likelihood asked of a word of saying with a clause is
    low.
    """
    if is_plain(filled.cue, pack.words):
        return True
    probability = weights.probability(filled.features)
    if probability >= weights.threshold:
        return True
    return probability >= _DOUBTFUL and is_telling(filled, pack.words)


def attributions_at(token: Token, attributions: Iterable[Attribution]) -> tuple[Attribution, ...]:
    """The attributions that carry voice and whose content holds the token, outermost first.

    A relative clause set off by a comma is the document's own aside, outside quotation marks.
    """
    holding = [a for a in attributions if a.carries_voice and a.holds(token.idx)]
    if holding:
        aside = aside_around(token)
        holding = [a for a in holding if aside is None or a.quotes_at(token.idx) or is_cued_inside(a, aside)]
    return tuple(sorted(holding, key=lambda a: a.size, reverse=True))


def voice_at(token: Token, attributions: Iterable[Attribution]) -> tuple[str, ...]:
    """Who says what the token tells, outermost first; empty when it is the document's own word.

    Of two who speak jointly the first-named counts. One who says what he believes is one voice.
    """
    return names_of(attributions_at(token, attributions))


def names_of(tellers: Iterable[Attribution]) -> tuple[str, ...]:
    """Who is the voice, by attributions that go from the outermost to the innermost."""
    voices: list[str] = []
    for attribution in tellers:
        name = attribution.names[0] if attribution.names else UNNAMED
        if name not in voices[-1:]:
            voices.append(name)
    return tuple(voices)


def speaker_at(token: Token, attributions: Iterable[Attribution]) -> tuple[str, ...]:
    """Who *I* and *we* are at a token: the names behind the innermost quotation around it; empty outside
    quotations.
    """
    quoting = [a for a in attributions if a.quotes_at(token.idx) and a.holds(token.idx)]
    return min(quoting, key=lambda a: a.size).names if quoting else ()


def outermost(attributions: Iterable[Attribution]) -> tuple[Attribution, ...]:
    """The attributions whose cue stands in nobody else's content."""
    every = tuple(attributions)
    index = ContentIndex.of(every)
    return tuple(a for a in every if not _is_inside(a, index))


def _is_inside(inner: Attribution, index: ContentIndex) -> bool:
    return inner.cue is not None and any(o is not inner and o.size > inner.size for o in index.at(inner.cue.start))


def _to_attribution(filled: Filled, cast: Cast, pack: Pack, quotes: QuoteIndex) -> Attribution:
    doc = filled.cue.doc
    content = tuple(_characters(doc, piece) for piece in filled.content)
    level = quotes.around.get(filled.cue.i)
    inside = sorted({quotes.around[i] for a, b in filled.content for i in range(a, b) if i in quotes.around} - {level})
    quoted = tuple(_characters(doc, piece) for n in inside for piece in quotes.pieces[n])
    kind = kind_of(filled, pack.words, _is_mostly(content, quoted))
    if filled.head is not None and not may_speak(filled.head, cast, pack.words):
        kind = AttributionKind.ATTITUDE
    return Attribution(
        source=tuple(_characters(doc, piece) for piece in filled.source),
        cue=_characters(doc, filled.words),
        content=content,
        names=names_of_source(filled.head, cast, pack.words),
        certain=True,
        cue_lemma=filled.cue.lemma_.lower(),
        kind=kind,
        quotes=quoted,
    )


def _cited(filled: Filled) -> Iterator[tuple[Token, Token]]:
    """Whom a source relies on: *X said, citing Y*; *a report quoting Y said*."""
    if filled.head is None:
        return
    for clause in (*children(filled.cue, "advcl"), *children(filled.head, "acl", "advcl")):
        noun = child(clause, "obj")
        if noun is not None and clause.tag_ == "VBG" and clause.lemma_.lower() in ("cite", "quote"):
            yield clause, noun


def _to_cited(outer: Attribution, verb: Token, noun: Token, cast: Cast, pack: Pack) -> Attribution:
    names = names_of_source(noun, cast, pack.words)
    source = (_characters(noun.doc, subtree_bounds(noun)),)
    cue = Span(verb.idx, verb.idx + len(verb.text))
    return replace(outer, source=source, cue=cue, names=names, cue_lemma=verb.lemma_.lower(), quotes=())


def _is_mostly(content: tuple[Span, ...], quoted: tuple[Span, ...]) -> bool:
    """Whether quotations make up more than half of the content."""
    shared = sum(max(0, min(c.end, q.end) - max(c.start, q.start)) for c in content for q in quoted)
    return 2 * shared > sum(c.end - c.start for c in content)


def _characters(doc: Doc, bounds: Bounds) -> Span:
    first, last = doc[bounds[0]], doc[bounds[1] - 1]
    return Span(first.idx, last.idx + len(last.text))

"""A cue word with its roles filled: which tokens are its source and which its content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.reading.syntax import case_of, child, relation
from dragoman.reading.voices.cue_model import CueModel, Role, keep_features, role_features
from dragoman.reading.voices.cues import Argument, Bounds, QuoteIndex, find_arguments
from dragoman.reading.voices.surface import near_arguments, words_of_name
from dragoman.reading.words import Doc, Token

Judged = tuple[Argument, Role, float]
"""An argument, its likeliest role, and how likely that is."""

_EDGE = frozenset({",", ";", ":", "-", "–", "—", "--", ".", "..."})
_PLAIN_ROLES = {
    "up:advmod": Role.CONTENT,
    "up:obl": Role.CONTENT,
    "case:noun": Role.SOURCE,
    "case:clause": Role.CONTENT,
    "nmod:poss": Role.SOURCE,
    "nmod": Role.SOURCE,
}
"""What is what around an adverb, a preposition or *in his opinion*, if it attributes at all."""
_LIKELY_ENOUGH = 0.2
"""Likelihood from which an argument fills a role that would stay empty."""
_CUE_PARTS = frozenset({"aux", "advmod", "compound", "fixed", "cop", "mark"})


@dataclass(frozen=True, slots=True)
class Filled:
    """A cue, the head of its source (none when the text leaves it out), what was taken for content, and token
    bounds.
    """

    cue: Token
    head: Token | None
    told: tuple[Argument, ...]
    words: Bounds
    source: tuple[Bounds, ...]
    content: tuple[Bounds, ...]
    features: tuple[str, ...]


def fill_roles(cue: Token, model: CueModel, quotes: QuoteIndex) -> Filled | None:
    """The likeliest source and content of a cue; nothing when no content is to be had."""
    arguments = find_arguments(cue, quotes)
    chosen = _judged(cue, arguments, arguments, model)
    missing = _missing(chosen)
    if cue.pos_ == "VERB" and missing:
        chosen += [c for c in _judged(cue, _near(cue), arguments, model) if c[1] in missing]
        missing = _missing(chosen)
        if len(missing) == 1:
            chosen += _second_best(cue, arguments, chosen, missing[0], model)
    return assemble(cue, chosen, quotes)


def _near(cue: Token) -> list[Argument]:
    """What stands near a verb; what stands before a passive is no source (*rebels near Hama are said to have fled*)."""
    return [a for a in near_arguments(cue) if a.relation != "near:before" or not _has_passive_subject(cue)]


def _has_passive_subject(verb: Token) -> bool:
    return any(part.dep_ == "nsubj:pass" for part in verb.children)


def _missing(chosen: Sequence[Judged]) -> list[Role]:
    """The roles that no argument was given."""
    filled = {role for _, role, _ in chosen}
    return [role for role in (Role.SOURCE, Role.CONTENT) if role not in filled]


def _second_best(
    cue: Token, arguments: Sequence[Argument], chosen: Sequence[Judged], wanted: Role, model: CueModel
) -> list[Judged]:
    """The likeliest argument for a role that is still empty, where it is likely enough."""
    free = {id(a) for a, role, _ in chosen if role is Role.NONE}
    described = zip(arguments, role_features(cue, arguments, arguments), strict=True)
    likely = [(a, wanted, model.likelihoods(features)[wanted]) for a, features in described if id(a) in free]
    return [best for best in sorted(likely, key=lambda j: -j[2])[:1] if best[2] >= _LIKELY_ENOUGH]


def _judged(cue: Token, arguments: Sequence[Argument], frame: Sequence[Argument], model: CueModel) -> list[Judged]:
    if cue.pos_ == "ADV" or relation(cue) == "case" or is_in_somebodys(cue):
        return [(a, _PLAIN_ROLES.get(a.relation, Role.NONE), 1.0) for a in arguments]
    described = zip(arguments, role_features(cue, arguments, frame), strict=True)
    return [(a, *model.role_of(features)) for a, features in described]


def is_in_somebodys(cue: Token) -> bool:
    """Whether a noun stands in a phrase like *in his opinion*, *in the view of X*."""
    return cue.dep_ == "obl" and cue.pos_ == "NOUN" and case_of(cue) == "in" and child(cue, "nmod") is not None


def assemble(cue: Token, chosen: Sequence[Judged], quotes: QuoteIndex) -> Filled | None:
    """Tokens of source and content from arguments whose roles are known."""
    doc = cue.doc
    sources = [(p, a) for a, role, p in chosen if role is Role.SOURCE]
    source = max(sources, key=lambda s: s[0])[1] if sources else None
    words = cue_bounds(cue)
    taken = set(range(*words))
    spoken = _source_tokens(source) - taken if source else set()
    told = tuple(a for a, role, _ in chosen if role is Role.CONTENT)
    tokens = {i for argument in told for start, end in argument.pieces for i in range(start, end)}
    whole = _whole_quotations(tokens, cue, quotes) - taken - spoken
    first = quotes.beginning(cue)
    content = _runs(doc, (i for i in whole if i >= first and not quotes.is_anothers(i, cue)))
    if not content:
        return None
    features = keep_features(cue, [c for c in chosen if c[1] is not Role.SOURCE or c[0] is source], quotes)
    return Filled(cue, source.head if source else None, told, words, _runs(doc, spoken), content, tuple(features))


def cue_bounds(cue: Token) -> Bounds:
    """The cue's verb group, in one piece: auxiliaries and negation before it, particles after it."""
    start, end = cue.i, cue.i + 1
    parts = {c.i for c in cue.children if relation(c) in _CUE_PARTS and len(list(c.children)) == 0}
    while start - 1 in parts and relation(cue.doc[start - 1]) != "mark":
        start -= 1
    while end in parts and cue.doc[end].dep_ in ("compound:prt", "fixed"):
        end += 1
    while (
        relation(cue) == "case" and end < len(cue.doc) and cue.doc[end].dep_ == "case" and cue.doc[end].head == cue.head
    ):
        end += 1
    return start, end


def _source_tokens(source: Argument) -> set[int]:
    """The words of a source: its whole name, without its preposition."""
    doc, head = source.head.doc, source.head
    tokens = {i for start, end in source.pieces for i in range(start, end)}
    for part in head.children:
        if relation(part) == "case" and part.i == min(tokens, default=-1):
            tokens.discard(part.i)
    first = min(tokens, default=head.i)
    return tokens | set(words_of_name(doc, first, head.i + 1))


def _whole_quotations(told: set[int], cue: Token, quotes: QuoteIndex) -> set[int]:
    """Content with every quotation made whole of whose first or last sentence it holds at least half."""
    level = quotes.around.get(cue.i)
    for n in {quotes.around[i] for i in told if i in quotes.around} - {level}:
        tokens = {i for start, end in quotes.pieces[n] for i in range(start, end)}
        sentences = {cue.doc[i].sent.start: cue.doc[i].sent for i in (min(tokens), max(tokens))}
        parts = [tokens.intersection(range(s.start, s.end)) for s in sentences.values()]
        if cue.i not in tokens and any(2 * len(part & told) >= len(part) for part in (*parts, tokens)):
            told = told | tokens
    return told


def _runs(doc: Doc, tokens: Iterable[int]) -> tuple[Bounds, ...]:
    """Token indices as unbroken bounds, without white space and punctuation at their edges."""
    runs: list[list[int]] = []
    for i in sorted(tokens):
        if runs and runs[-1][1] == i:
            runs[-1][1] = i + 1
        else:
            runs.append([i, i + 1])
    return tuple((start, end) for start, end in (_trim(doc, a, b) for a, b in runs) if start < end)


def _trim(doc: Doc, start: int, end: int) -> Bounds:
    while start < end and (doc[start].is_space or doc[start].text in _EDGE):
        start += 1
    while start < end and (doc[end - 1].is_space or doc[end - 1].text in _EDGE):
        end -= 1
    return start, end

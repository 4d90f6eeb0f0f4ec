"""Whose turn it is to speak: sources that are pronouns, resolved by who has spoken before."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dragoman.reading.actors.cast import Cast
from dragoman.reading.syntax import relation
from dragoman.reading.voices.attribution import Attribution, AttributionKind, ContentIndex
from dragoman.reading.voices.speakers import is_first_person
from dragoman.reading.words import Token
from dragoman.record import Actor, ActorKind

_THIRD_PERSON = frozenset({"he", "she"})
_BODIES = frozenset({"it", "they"})
_LONGEST_SILENCE = 900
"""Tokens after which *he* is no longer taken for the last speaker; chosen on the build part of the coded news,
2026-11-25.
"""


@dataclass(frozen=True, slots=True)
class _Turn:
    """The last speaker in the document's own words: names, source token, where the speech ends, and a pronoun used
    since.
    """

    names: tuple[str, ...]
    at: int
    end: int
    pronoun: str


def with_speakers(found: Sequence[Attribution], heads: Sequence[Token | None], cast: Cast) -> tuple[Attribution, ...]:
    """Attributions with pronoun sources resolved; ``heads`` are the heads of their sources.

    *I* and *we* are the speaker's inside a quotation, the author's own outside. *He said* goes on with the last
    speaker, unless somebody else was made the subject since; *they* and *it* that stand for nobody known go on with the
    last speaker who is no known person.
    """
    index = ContentIndex.of(found)
    done: list[Attribution] = []
    turn: _Turn | None = None
    body: _Turn | None = None
    for attribution, head in zip(found, heads, strict=True):
        word = head.lower_ if head is not None else ""
        if head is not None and is_first_person(head):
            attribution = _to_speaker(attribution, head, index)
        elif head is not None and attribution.carries_voice and not _is_inside_another(attribution, index):
            if word in _THIRD_PERSON and turn is not None and _goes_on(turn, head, attribution.names, cast):
                attribution = replace(attribution, names=turn.names)
            elif word in _BODIES and not attribution.names and body is not None and _is_near(body, head):
                attribution = replace(attribution, names=body.names)
            end = max(piece.end for piece in (*attribution.content, *attribution.source))
            if _is_person(attribution.names, cast):
                same = turn is not None and turn.names == attribution.names
                pronoun = word if word in _THIRD_PERSON else turn.pronoun if same and turn is not None else ""
                turn = _Turn(attribution.names, head.i, end, pronoun)
            if attribution.names and not _is_known_person(attribution.names, cast):
                body = _Turn(attribution.names, head.i, end, "")
        done.append(attribution)
    return tuple(done)


def _to_speaker(attribution: Attribution, pronoun: Token, index: ContentIndex) -> Attribution:
    around = [a for a in index.at(pronoun.idx) if a is not attribution and a.quotes_at(pronoun.idx)]
    if not around:
        return replace(attribution, names=(), kind=AttributionKind.OWN)
    return replace(attribution, names=min(around, key=lambda a: a.size).names)


def _is_inside_another(attribution: Attribution, index: ContentIndex) -> bool:
    cue = attribution.cue
    return cue is not None and any(a is not attribution and a.carries_voice for a in index.at(cue.start))


def _goes_on(turn: _Turn, pronoun: Token, names: tuple[str, ...], cast: Cast) -> bool:
    """Whether *he* or *she* is the last speaker still, and not the one whom the cast takes it for."""
    if not _is_near(turn, pronoun) or (turn.pronoun and turn.pronoun != pronoun.lower_):
        return False
    return not any(actor.name in names for actor in _new_subjects(turn.at + 1, pronoun, cast))


def _is_near(turn: _Turn, pronoun: Token) -> bool:
    return pronoun.idx - turn.end <= _LONGEST_SILENCE


def _new_subjects(first: int, pronoun: Token, cast: Cast) -> Iterator[Actor]:
    """Persons who are named as a subject between a token and a pronoun."""
    begin = bisect_left(cast.mentions, first, key=lambda mention: mention.start)
    end = bisect_left(cast.mentions, pronoun.i, key=lambda mention: mention.start)
    for mention in cast.mentions[begin:end]:
        actor = cast.actors[mention.actor]
        if mention.kind == "name" and actor.kind is ActorKind.PERSON and relation(pronoun.doc[mention.head]) == "nsubj":
            yield actor


def _is_known_person(names: tuple[str, ...], cast: Cast) -> bool:
    actor = cast.actor(names[0])
    return actor is not None and actor.kind is ActorKind.PERSON


def _is_person(names: tuple[str, ...], cast: Cast) -> bool:
    actor = cast.actor(names[0]) if names else None
    return bool(names) and (actor is None or actor.kind in (ActorKind.PERSON, ActorKind.OFFICE))

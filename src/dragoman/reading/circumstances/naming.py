"""Names of places in a text: towns (*Manbij*), regions (*northern Syria*, *Idlib province*), ground named by a people
(*the Iraqi border*).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.knowledge import Pack
from dragoman.reading.circumstances.atlas import is_town
from dragoman.reading.circumstances.calendar import MONTHS, WEEKDAYS
from dragoman.reading.words import Doc
from dragoman.record import ActorKind


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A named place: its tokens ``[start, end)``, its syntactic head, its name as the text gives it, without article.

    ``wide`` marks countries and larger parts of the world, ``acts`` the names of countries and of capitals, which stand
    for a government as often as for a place, ``told`` words whose name is that of a place told before (*the city*).
    """

    start: int
    end: int
    head: int
    name: str
    wide: bool = False
    acts: bool = False
    told: bool = False


def find_named_places(doc: Doc, pack: Pack) -> tuple[PlaceMention, ...]:
    """The named places of a document, in text order, without overlap."""
    nouns, directions = pack.words["place-nouns"], pack.words["directions"]
    states = [a for a in pack.actors if a.kind is ActorKind.STATE]
    wide = pack.words["broad-places"] | {name.lower() for a in states for name in (a.name, *a.names)}
    capitals = {name.lower() for a in states for name in a.metonyms}
    others = {name.lower() for a in pack.actors if a.kind is not ActorKind.STATE for name in (a.name, *a.names)}
    named = {span for span in _tagged(doc, nouns) if doc[slice(*span)].text.lower() not in others}
    named |= set(_passed_over(doc, wide, nouns))
    named |= set(_named_again(doc, {doc[a:b].text for a, b in named if b - a == 1}))
    spans = {_widened(doc, start, end, nouns, directions) for start, end in named}
    mentions: list[PlaceMention] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not mentions or start >= mentions[-1].end:
            name = doc[start:end].text.lower()
            is_wide, head = name in wide, doc[start:end].root.i
            mentions.append(PlaceMention(start, end, head, doc[start:end].text, is_wide, is_wide or name in capitals))
    return tuple(mentions)


def _tagged(doc: Doc, nouns: frozenset[str]) -> Iterator[tuple[int, int]]:
    """What the pipeline calls places, and names of ground: *Google headquarters*, *the Iraqi border*."""
    for ent in doc.ents:
        if (ent.label_ == "PLACE" and any(t.tag_ != "JJ" for t in ent)) or (
            ent.label_ == "ORG" and ent.end < len(doc) and doc[ent.end].lower_ in nouns
        ):
            yield ent.start, ent.end
    for token in doc[: len(doc) - 2]:
        if token.tag_ == "JJ" and token.is_title and token.nbor().lower_ in nouns and token.nbor(2).lower_ != "of":
            yield token.i, token.i + 1


def _passed_over(doc: Doc, wide: frozenset[str], nouns: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Names that the pipeline did not take for places, but that the words around or the atlas do.

    *in Sochi*, *the Sochi talks*; unknown names only in *near Hajin*, *the Barmal district*.
    """
    for token in doc[1 : len(doc) - 1]:
        before = token.nbor(-1)
        if token.tag_ != "NNP" or token.ent_iob_ == "I" or before.tag_ == "NNP" or token.lower_ in _CALENDAR:
            continue
        end = token.i + 1
        while end < len(doc) - 1 and doc[end].tag_ == "NNP":
            end += 1
        name, untyped, led = doc[token.i : end].text, not token.ent_type_, before.tag_ in ("IN", "TO")
        known = name.lower() in wide or is_town(name)
        if led and before.lower_ in _WITHIN and (known or (untyped and not name.isupper())):
            yield token.i, end
        elif untyped and doc[end].lower_ in nouns:
            yield token.i, end
        elif known and untyped and ((led and before.lower_ in _LOCATIVE) or doc[end].tag_ in ("NN", "NNS")):
            yield token.i, end


_WITHIN = frozenset({"in", "near", "inside", "outside"})
_LOCATIVE = frozenset({"at", "to", "from", "around", "for", "of", "on", "across", "into", "through"})
_CALENDAR = frozenset(WEEKDAYS) | frozenset(MONTHS) | frozenset(month[:3] for month in MONTHS)


def _named_again(doc: Doc, names: set[str]) -> Iterator[tuple[int, int]]:
    """Places by one-word names that the text uses for a place elsewhere."""
    for token in doc:
        if token.tag_ == "NNP" and not token.ent_type_ and token.text in names:
            yield token.i, token.i + 1


def _widened(doc: Doc, start: int, end: int, nouns: frozenset[str], directions: frozenset[str]) -> tuple[int, int]:
    """A name with its direction and its noun, without article: *northern Syria*, *Idlib province*, *Mali’s north*."""
    if doc[start].lower_ in ("the", "a") and start + 1 < end:
        start += 1
    while start >= 1 and (doc[start - 1].lower_ in directions or _joins_directions(doc, start - 1)):
        start -= 1
    if end - start > 1 and doc[end - 1].tag_ == "POS":
        end -= 1
    if end < len(doc) and doc[end].lower_ in nouns and doc[end].lower_ not in directions:
        return start, end + 1
    return start, _part_end(doc, end, nouns, directions)


def _part_end(doc: Doc, end: int, nouns: frozenset[str], directions: frozenset[str]) -> int:
    """Where a name ends that goes on with a part of the place: *’s eastern deserts*, *’s frontier*, *’s north-east*."""
    part = end + 1
    if part >= len(doc) or doc[end].tag_ != "POS":
        return end
    while part < len(doc) and (doc[part].lower_ in directions or _joins_directions(doc, part)):
        part += 1
    if part < len(doc) and doc[part].lower_.removesuffix("s") in nouns:
        part += 1
    return part if part > end + 1 else end


def _joins_directions(doc: Doc, i: int) -> bool:
    """Whether a token stands between two halves of a direction: *north-western*, *northern and eastern*."""
    return i >= 1 and doc[i].lower_ in ("-", "and") and doc[i - 1].lower_[:5] in ("north", "south", "easte", "weste")

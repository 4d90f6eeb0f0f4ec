"""Names of one document gathered into entities: full names and surnames, acronyms, spellings of one name.

Second step of the actors stage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import takewhile

from dragoman.knowledge import PackActor
from dragoman.reading.actors.acronyms import SMALL_WORDS, find_brackets, join_brackets, redefined
from dragoman.reading.actors.name_spans import NameSpan, fold, is_placed
from dragoman.reading.actors.roster import Entity, Roster, Words
from dragoman.reading.words import Doc
from dragoman.record import ActorKind

_PARTICLES = frozenset({"al", "el", "bin", "ibn", "de", "van", "von", "der", "la", "le", "di", "da", "abu", "ul", "ur"})
_KINDS = {
    "PERSON": ActorKind.PERSON,
    "ORG": ActorKind.ORGANIZATION,
    "PLACE": ActorKind.STATE,
    "EVENT": ActorKind.MEETING,
}


def gather_names(
    doc: Doc, spans: Sequence[NameSpan], roster: Roster, actors: Mapping[str, PackActor]
) -> dict[int, int]:
    """Put each name into an entity of the roster: token index of the name's first word -> entity number.

    Longer names come first, so that a surname in a headline finds the full name below it.
    """
    found: dict[int, int] = {}
    brackets = dict(find_brackets(doc, spans))
    namesakes = _namesakes(doc, spans) | redefined(doc, spans, brackets)
    rest = [span for span in spans if span.form is None or span.start in namesakes]
    for span in spans:
        if span.form is not None and span.start not in namesakes:
            found[span.start] = roster.known(span.form.entry, actors)
    texts = {span.start: doc[span.start : span.end].text for span in rest}
    longest_first = sorted(rest, key=lambda s: (-len(_significant(fold(texts[s.start]))), s.start))
    index = _Index(roster)
    for span in spans:
        if span.start in found:
            index.add(doc[span.start : span.end].text, found[span.start], span.start)
    for span in longest_first:
        text = texts[span.start]
        number = index.find(text, span, found)
        if number is None:
            number = roster.add(Entity(text, _KINDS[span.label], fold(text)))
        index.add(text, number, span.start)
        found[span.start] = number
    join_brackets(doc, brackets, spans, found, roster)
    return found


def _namesakes(doc: Doc, spans: Sequence[NameSpan]) -> set[int]:
    """Surnames by which a pack knows somebody, in a text that introduces another bearer and not the one of the pack."""
    surnames = {s.start: fold(doc[s.start : s.end].text) for s in spans}
    strangers = {
        surnames[s.start][-1] for s in spans if s.label == "PERSON" and s.form is None and len(surnames[s.start]) > 1
    }
    known = [s for s in spans if s.form is not None and (s.label == "PERSON" or not is_placed(doc[s.head]))]
    introduced = {s.form.entry.key for s in known if s.form is not None and len(surnames[s.start]) > 1}
    return {
        s.start
        for s in known
        if len(surnames[s.start]) == 1
        and surnames[s.start][0] in strangers
        and s.form is not None
        and s.form.entry.key not in introduced
    }


def _significant(words: Words) -> Words:
    return tuple(w for w in words if w not in SMALL_WORDS)


_UNTOLD = -1
"""The place of a name that the pack knows and the text need not use."""


class _Index:
    """Names already placed, by their whole text, by each last word, and by initials."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._whole: dict[Words, int] = {}
        self._bodies: dict[str, list[tuple[Words, int]]] = {}
        self._people: dict[str, list[tuple[int, int]]] = {}
        self._surnames: dict[str, list[str]] = {}
        self._initials: dict[str, int] = {}
        for number, entity in enumerate(roster.entities):
            names = (entity.entry.name, *entity.entry.names) if entity.entry else (entity.name,)
            for name in names:
                self.add(name, number, _UNTOLD)

    def add(self, text: str, number: int, place: int) -> None:
        """Make a name findable."""
        words = fold(text)
        entity = self._roster[number]
        self._whole.setdefault(_bare(words), number)
        if entity.kind == ActorKind.PERSON:
            for word in sorted({words[-1], words[0]}) if words else ():
                if word not in self._people:
                    self._surnames.setdefault(word[0], []).append(word)
                self._people.setdefault(word, []).append((place, number))
            return
        full = _significant(words)
        if len(full) > 1:
            self._initials.setdefault("".join(w[0] for w in full), number)
            for word in sorted({full[0], full[-1]}):
                self._bodies.setdefault(word, []).append((full, number))

    def find(self, text: str, span: NameSpan, placed: Mapping[int, int]) -> int | None:
        """The entity that a name belongs to, ``None`` when it is new."""
        words = fold(text)
        whole = self._whole.get(_bare(words))
        if whole is not None:
            return whole
        if span.label == "PERSON":
            return self._find_person(words, span.start)
        if len(words) == 1 and span.label != "PLACE":
            return self._initials.get(words[0]) if text.isupper() else self._find_person(words, span.start)
        return self._find_body(words)

    def _find_person(self, words: Words, start: int) -> int | None:
        own = tuple(w for w in words if w not in _PARTICLES) or words
        hits = self._people.get(own[-1], []) or (self._alike(own[-1]) if len(own[-1]) > 4 else [])
        fitting = [(place, n) for place, n in hits if _same_person(own, self._roster[n].words)]
        if not fitting:
            return None
        before = [hit for hit in fitting if _UNTOLD < hit[0] <= start]
        if before:
            return max(before)[1]
        uses = Counter(n for _, n in fitting)
        return max(fitting, key=lambda hit: (uses[hit[1]], -hit[0]))[1]

    def _alike(self, word: str) -> list[tuple[int, int]]:
        """Bearers of a last word spelt nearly so (*Massoud*, *Masoud*)."""
        alike = [other for other in self._surnames.get(word[0], ()) if _nearly(word, other)]
        return [hit for other in alike for hit in self._people[other]]

    def _find_body(self, words: Words) -> int | None:
        """A body named more briefly, by the start or the end of its name (*Conservative party*, *the Red Cross*)."""
        bare = _significant(words)
        if len(bare) < 2:
            return None
        for full, number in self._bodies.get(bare[-1], ()):
            if len(full) > len(bare) and full[-len(bare) :] == bare:
                return number
        for full, number in self._bodies.get(bare[0], ()) if len(bare) > 2 else ():
            if len(full) > len(bare) and full[: len(bare)] == bare:
                return number
        return None


def _bare(words: Words) -> Words:
    return words[1:] if len(words) > 1 and words[0] == "the" else words


def _nearly(one: str, other: str) -> bool:
    """Whether two words are spellings of one name: one letter apart, two in long ones, the same first letter."""
    if abs(len(one) - len(other)) > 2 or one[0] != other[0] or min(len(one), len(other)) < 5:
        return False
    allowed = 1 if max(len(one), len(other)) < 8 else 2
    return _is_within(one, other, allowed)


def _is_within(one: str, other: str, edits: int) -> bool:
    """Whether that many letters added, dropped, changed or swapped with their neighbour make one of the other."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    one, other = one[same:], other[same:]
    if not one or not other:
        return len(one) + len(other) <= edits
    if edits == 0:
        return False
    swapped = one[:2] == other[1::-1] and _is_within(one[2:], other[2:], edits - 1)
    rests = ((one[1:], other[1:]), (one[1:], other), (one, other[1:]))
    return swapped or any(_is_within(*rest, edits - 1) for rest in rests)


def _same_person(short: Words, full: Words) -> bool:
    """Whether a name can be a shorter or other spelling of a full one: *Massoud*, *A. Massoud*, *Ahmad Masoud*."""
    own = tuple(w for w in full if w not in _PARTICLES) or full
    if len(short) == 1:
        return any(short[0] == w or _nearly(short[0], w) for w in (own[0], own[-1]))
    if not (short[-1] == own[-1] or _nearly(short[-1], own[-1])):
        return False
    return all(any(_same_given(a, b) for b in own[:-1]) for a in short[:-1])


def _same_given(one: str, other: str) -> bool:
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return one == other or _nearly(one, other)

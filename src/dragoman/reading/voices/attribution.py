"""Attributions: who is told as saying, believing or wanting what (codebook, *Voice*)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from dragoman.record import Span

UNNAMED = "unnamed sources"
"""The codebook's name for whoever stands behind *reportedly*, *it is claimed*, *is said to*."""


class AttributionKind(StrEnum):
    """What the source does with the content.

    Speech and belief carry voice by the codebook. An attitude (wanting, planning) does not, nor do the author's own
    words (*I think*, outside quotation marks).
    """

    SPEECH = "speech"
    BELIEF = "belief"
    ATTITUDE = "attitude"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Attribution:
    """One source, the words that attribute (the cue) and what is attributed; all spans count characters of the
    document.

    ``content`` may be in pieces, across sentences. ``quotes`` are the quotations it is made of: inside them *I* and
    *we* are the speaker's. ``names`` says who it is: actors' names, the words of the source where no actor is known,
    ``unnamed sources``, or nothing where the text leaves it open. ``certain`` is false where only nearness ties
    content to source.
    """

    source: tuple[Span, ...]
    cue: Span | None
    content: tuple[Span, ...]
    names: tuple[str, ...]
    certain: bool
    cue_lemma: str
    kind: AttributionKind = AttributionKind.SPEECH
    quotes: tuple[Span, ...] = ()

    @property
    def carries_voice(self) -> bool:
        """Whether the codebook counts the content as told by the source."""
        return self.kind in (AttributionKind.SPEECH, AttributionKind.BELIEF)

    @property
    def size(self) -> int:
        """Characters of content."""
        return sum(piece.end - piece.start for piece in self.content)

    def holds(self, offset: int) -> bool:
        """Whether a character belongs to the content and not to the words that attribute it."""
        if self.cue is not None and self.cue.start <= offset < self.cue.end:
            return False
        return any(piece.start <= offset < piece.end for piece in self.content)

    def quotes_at(self, offset: int) -> bool:
        """Whether a character stands in the source's own words."""
        return any(piece.start <= offset < piece.end for piece in self.quotes)


@dataclass(frozen=True, slots=True)
class ContentIndex:
    """Attributions by where their content stands, so that a long document is not searched whole for each word."""

    pieces: tuple[tuple[int, int, Attribution], ...]
    longest: int

    @classmethod
    def of(cls, attributions: Iterable[Attribution]) -> ContentIndex:
        """Index the content of attributions, piece by piece."""
        pieces = sorted(((p.start, p.end, a) for a in attributions for p in a.content), key=lambda piece: piece[:2])
        return cls(tuple(pieces), max((end - start for start, end, _ in pieces), default=0))

    def at(self, offset: int) -> list[Attribution]:
        """The attributions whose content holds a character."""
        first = bisect_right(self.pieces, offset - self.longest, key=lambda piece: piece[0])
        last = bisect_right(self.pieces, offset, key=lambda piece: piece[0])
        return [a for _, _, a in self.pieces[max(0, first - 1) : last] if a.holds(offset)]

"""Evidence that holds the words that attribute, where a quotation runs over sentences (codebook, *Voice*)."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from dragoman.reading.voices.attribution import Attribution
from dragoman.reading.voices.finding import attributions_at

_FARTHEST = 600
"""Characters that evidence may span when it is widened: the few adjoining sentences of the codebook."""


def bounds_with_cue(token: Token, attributions: Iterable[Attribution]) -> tuple[int, int]:
    """Character bounds of a token's sentence, widened to the sentence with the words that say whose it is.

    Left as it is where those words stand in the sentence itself, or farther off than evidence may reach.
    """
    sentence = token.sent
    start, end = sentence.start_char, sentence.end_char
    for attribution in attributions_at(token, attributions):
        cue = attribution.cue
        if cue is None or (start <= cue.start and cue.end <= end):
            continue
        telling = token.doc.char_span(cue.start, cue.end, alignment_mode="expand")
        if telling is not None:
            wider = min(start, telling[0].sent.start_char), max(end, telling[-1].sent.end_char)
            if wider[1] - wider[0] <= _FARTHEST:
                start, end = wider
    return start, end

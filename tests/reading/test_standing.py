"""Standing, on sentences of our own: the cue nearest to the act decides."""

from __future__ import annotations

import pytest

from dragoman.knowledge import load_pack
from dragoman.language import analyse
from dragoman.reading.standing import standing_of
from dragoman.record import Standing

CASES = [
    ("The rebels attacked the barracks.", "attacked", Standing.ACTUAL),
    ("The rebels did not attack the barracks.", "attack", Standing.DENIED),
    ("The rebels never attacked the barracks.", "attacked", Standing.DENIED),
    ("No group has attacked the barracks.", "attacked", Standing.DENIED),
    ("The rebels may attack the barracks.", "attack", Standing.POSSIBLE),
    ("The rebels will attack the barracks on Friday.", "attack", Standing.PLANNED),
    ("The rebels plan to attack the barracks.", "attack", Standing.PLANNED),
    ("The minister urged the rebels to leave the town.", "leave", Standing.DEMANDED),
    ("The rebels must leave the town.", "leave", Standing.DEMANDED),
    ("The rebels failed to leave the town.", "leave", Standing.DENIED),
    ("The rebels refused to leave the town.", "leave", Standing.DENIED),
    ("The rebels managed to leave the town.", "leave", Standing.ACTUAL),
    ("If the rebels leave the town, the army will advance.", "leave", Standing.CONDITIONAL),
    ("A planned visit was announced in the capital.", "visit", Standing.PLANNED),
]


@pytest.mark.parametrize(("text", "word", "expected"), CASES, ids=[text for text, *_ in CASES])
def test_standing(text: str, word: str, expected: Standing) -> None:
    (doc,) = analyse([(text, ())])
    trigger = next(token for token in doc if token.text == word)
    assert standing_of(trigger, load_pack(())).standing is expected

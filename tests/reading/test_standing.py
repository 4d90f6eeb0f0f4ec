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
    ("The rebels claimed responsibility for the attack.", "attack", Standing.ACTUAL),
    ("The rebels failed to leave the town.", "leave", Standing.DENIED),
    ("The rebels refused to leave the town.", "leave", Standing.DENIED),
    ("The rebels managed to leave the town.", "leave", Standing.ACTUAL),
    ("If the rebels leave the town, the army will advance.", "leave", Standing.CONDITIONAL),
    ("A planned visit was announced in the capital.", "visit", Standing.PLANNED),
    ("The army will attack if the rebels advance.", "attack", Standing.CONDITIONAL),
    ("The army will not leave unless the rebels disarm.", "leave", Standing.CONDITIONAL),
    ("The army did not leave when the rebels came.", "leave", Standing.DENIED),
    ("The rebels may not leave the town.", "leave", Standing.POSSIBLE),
    ("The rebels did not manage to leave the town.", "leave", Standing.DENIED),
    ("The rebels did not refuse to leave the town.", "leave", Standing.ACTUAL),
    ("The rebels did not plan to leave the town.", "leave", Standing.DENIED),
    ("The minister did not rule out an attack on the rebels.", "attack", Standing.POSSIBLE),
    ("The rebels stopped short of attacking the barracks.", "attacking", Standing.DENIED),
    ("The rebels were unable to attack the barracks.", "attack", Standing.DENIED),
    ("The army is believed to have attacked the rebels.", "attacked", Standing.ACTUAL),
    ("The army is not believed to have attacked the rebels.", "attacked", Standing.DENIED),
    ("The army plans to leave despite the attack.", "attack", Standing.ACTUAL),
    ("The minister repeated his offer to visit the rebels.", "visit", Standing.PLANNED),
    ("The army no longer attacks the rebels.", "attacks", Standing.DENIED),
    ("While the army may deny the attack, the rebels blame it.", "deny", Standing.ACTUAL),
    ("The minister denied that the army had attacked the rebels.", "attacked", Standing.DENIED),
    ("The minister announced that the army had attacked the rebels.", "attacked", Standing.ACTUAL),
    ("The minister announced that the army will attack the rebels.", "attack", Standing.PLANNED),
    ("It is not known whether the rebels attacked the barracks.", "attacked", Standing.POSSIBLE),
    ("The rebels attacked nobody.", "attacked", Standing.DENIED),
    ("The attack will begin on Friday.", "attack", Standing.PLANNED),
    ("The attack did not happen.", "attack", Standing.DENIED),
    ("The talks planned for Friday worry the rebels.", "talks", Standing.PLANNED),
    ("The rebels may attack the barracks and the army fled.", "fled", Standing.ACTUAL),
    ("Before any attack, the army must leave the town.", "attack", Standing.POSSIBLE),
    ("After the attack, the army left the town.", "attack", Standing.ACTUAL),
    ("The army is close to recognition of the rebels.", "recognition", Standing.POSSIBLE),
    ("The road to recognition of the rebels is long.", "recognition", Standing.POSSIBLE),
    ("The rebels are approaching recognition.", "recognition", Standing.POSSIBLE),
    ("The visit does not amount to recognition of the rebels.", "recognition", Standing.DENIED),
    ("The visit did not mean recognition of the rebels.", "recognition", Standing.DENIED),
    ("The order may mean an attack on the rebels.", "attack", Standing.POSSIBLE),
]


@pytest.mark.parametrize(("text", "word", "expected"), CASES, ids=[text for text, *_ in CASES])
def test_standing(text: str, word: str, expected: Standing) -> None:
    (doc,) = analyse([(text, ())])
    trigger = next(token for token in doc if token.text == word)
    assert standing_of(trigger, load_pack(())).standing is expected

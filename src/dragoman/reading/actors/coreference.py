"""Who a pronoun stands for: a small log-linear ranker over the noun phrases around it that agree with it.

The weights are learned from GUM's coreference by ``training/coreference.py`` and ship as one JSON file.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from dragoman.language import same_odds
from dragoman.reading.actors.antecedent_features import History, features, is_reflexive
from dragoman.reading.actors.phrases import Nature, Phrase
from dragoman.reading.syntax import relation
from dragoman.reading.words import Doc, Token

SENTENCES_BACK = {"he": 10, "she": 10, "it": 4, "they": 4}
"""How far an antecedent is looked for; beyond it GUM's pronouns find one in under two cases of a hundred."""
LONGEST_LIST = 40
SENSE = 0.5
"""Weight of what the encoder says, beside the features; it has seen what they are learned from, so it is set on dev."""
MODEL = Path(__file__).parents[1] / "model" / "coreference.json"


class Resolver(Protocol):
    """Whoever tells for whom pronouns stand."""

    @property
    def nature(self) -> Nature:
        """What words tell of beings."""

    def antecedent(self, doc: Doc, phrases: Sequence[Phrase], place: int, history: History) -> Phrase | None:
        """The phrase that the pronoun at ``place`` stands for, ``None`` when there is none."""


@dataclass(frozen=True, slots=True)
class Ranker:
    """Feature weights, and what words tell of beings."""

    weights: Mapping[str, float]
    nature: Nature

    def score(self, names: Sequence[str]) -> float:
        """The sum of the weights of the features that are set."""
        weights = self.weights
        return sum(weights.get(name, 0.0) for name in names)

    def antecedent(self, doc: Doc, phrases: Sequence[Phrase], place: int, history: History) -> Phrase | None:
        """The phrase that the pronoun at ``place`` stands for, ``None`` when nothing before it agrees with it.

        An actor's phrases speak for it together: of the actor that they make likeliest, the likeliest phrase.
        """
        options = candidates(doc, phrases, place, history)
        if not options:
            return None
        scores = [self.score(names) for names in features(doc, phrases[place], options, history)]
        sense = same_odds(doc.tensor, phrases[place].head, [option.head for option in options])
        scores = [score + SENSE * float(odds) for score, odds in zip(scores, sense, strict=True)]
        most = max(scores)
        sums: dict[int, float] = {}
        for number, (option, score) in enumerate(zip(options, scores, strict=True)):
            key = option.entity if option.entity >= 0 else -1 - number
            sums[key] = sums.get(key, 0.0) + math.exp(score - most)
        best = max(sums, key=sums.__getitem__)
        if phrases[place].article == "it" and best >= 0 and sums[best] * 2 < sum(sums.values()):
            return None  # mostly a thing is meant
        own = [n for n, option in enumerate(options) if best in (option.entity, -1 - n)]
        return options[max(own, key=scores.__getitem__)]


@cache
def load_ranker() -> Ranker:
    """The shipped ranker."""
    data = json.loads(MODEL.read_text(encoding="utf-8"))
    beings = {lemma: being for being, lemmas in data["beings"].items() for lemma in lemmas.split()}
    genders = {word: gender for gender, words in data["genders"].items() for word in words.split()}
    return Ranker(data["weights"], Nature(beings, genders, frozenset(data["speech"].split())))


def candidates(doc: Doc, phrases: Sequence[Phrase], place: int, history: History) -> list[Phrase]:
    """The phrases that the pronoun at ``place`` may stand for: those shortly before it, nearest first, and, for what
    precedes its subject (*In his speech, Macron …*), the next few of its own sentence.

    An object is not its own verb's subject unless it says so (*Assad praised him*, *himself*), and nothing is a part
    of itself (*dozens of them*, *his father*).
    """
    pronoun = phrases[place]
    token = doc[pronoun.head]
    barred = token.head.i if pronoun.role == "obj" and not is_reflexive(token) else -1
    above = _holders(token)
    found: list[Phrase] = []
    for i in range(place - 1, -1, -1):
        option = phrases[i]
        if pronoun.sentence - option.sentence > SENTENCES_BACK[pronoun.article] or len(found) == LONGEST_LIST:
            break
        itself = option.head in above or (option.role == "subj" and doc[option.head].head.i == barred)
        if not itself and agrees(pronoun, option, history):
            found.append(option)
    for after in phrases[place + 1 : place + 6]:
        ahead = after.sentence == pronoun.sentence and after.sort != "pronoun" and after.role == "subj"
        if ahead and after.head not in above and agrees(pronoun, after, history):
            found.append(after)
    return found


def agrees(pronoun: Phrase, option: Phrase, history: History) -> bool:
    """Whether number, being and gender allow a phrase as antecedent.

    *She* is no institute, no thing and no man, *it* no person, *they* no single person with a name, but maybe a body.
    """
    kind = pronoun.article
    if option.sort == "pronoun" and option.article != kind and {kind, option.article} != {"it", "they"}:
        return False
    if kind == "they":
        return option.sort != "name" or option.number != "sing" or option.being != "person"
    if option.number == "plur" and option.sort != "pronoun":
        return False
    known = history.gender(option)
    if kind == "it":
        return option.being != "person" and known not in ("he", "she")
    if option.being != "person" and (option.being or option.sort != "name"):
        return False
    return known in ("", kind)


def _holders(token: Token) -> set[int]:
    """The nouns whose phrases hold a pronoun, up to its clause."""
    found: set[int] = set()
    while relation(token) in ("nmod", "det") and token.head.i != token.i:
        token = token.head
        found.add(token.i)
    return found

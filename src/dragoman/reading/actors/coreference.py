"""Who a pronoun stands for: a small log-linear ranker over the noun phrases around it.

The weights are learned from GUM's coreference by ``training/coreference.py`` and ship as one JSON file.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.tokens import Doc, Token

from dragoman.reading.actors.phrases import Nature, Phrase
from dragoman.reading.syntax import relation

SENTENCES_BACK = 4
"""How far an antecedent is looked for; beyond it GUM's pronouns find one in under two cases of a hundred."""
LONGEST_LIST = 40
MODEL = Path(__file__).parents[1] / "model" / "coreference.json"


@dataclass(frozen=True, slots=True)
class Ranker:
    """Feature weights, and what words tell of beings."""

    weights: Mapping[str, float]
    nature: Nature

    def score(self, features: Sequence[str]) -> float:
        """The sum of the weights of the features that are set."""
        weights = self.weights
        return sum(weights.get(name, 0.0) for name in features)


@cache
def load_ranker() -> Ranker:
    """The shipped ranker."""
    data = json.loads(MODEL.read_text(encoding="utf-8"))
    beings = {lemma: being for being, lemmas in data["beings"].items() for lemma in lemmas.split()}
    genders = {word: gender for gender, words in data["genders"].items() for word in words.split()}
    return Ranker(data["weights"], Nature(beings, genders))


class History:
    """What the text so far has told of each chain: how often it was mentioned, and as whom."""

    __slots__ = ("genders", "mentions", "plurals")

    def __init__(self) -> None:
        self.mentions: dict[int, int] = {}
        self.genders: dict[int, str] = {}
        self.plurals: set[int] = set()

    def add(self, phrase: Phrase) -> None:
        """Take note of a phrase whose chain is known."""
        if phrase.entity < 0:
            return
        self.mentions[phrase.entity] = self.mentions.get(phrase.entity, 0) + 1
        if phrase.gender:
            self.genders.setdefault(phrase.entity, phrase.gender)
        elif phrase.sort == "pronoun" and phrase.article == "it":
            self.genders.setdefault(phrase.entity, "it")
        if phrase.sort == "pronoun" and phrase.article == "they":
            self.plurals.add(phrase.entity)


def candidates(doc: Doc, phrases: Sequence[Phrase], place: int) -> list[Phrase]:
    """The phrases that the pronoun at ``place`` may stand for: those shortly before it, nearest first, and, for what
    precedes its subject (*In his speech, Macron …*), the next few of its own sentence.

    An object is not its own verb's subject unless it says so (*Assad praised him*, *himself*), and nothing is a part
    of itself (*dozens of them*, *his father*).
    """
    pronoun = phrases[place]
    token = doc[pronoun.head]
    barred = token.head.i if pronoun.role == "obj" and not _is_reflexive(token) else -1
    above = _holders(token)
    found: list[Phrase] = []
    for i in range(place - 1, -1, -1):
        if pronoun.sentence - phrases[i].sentence > SENTENCES_BACK or len(found) == LONGEST_LIST:
            break
        option = phrases[i]
        if option.head not in above and (option.role != "subj" or doc[option.head].head.i != barred):
            found.append(option)
    for after in phrases[place + 1 : place + 6]:
        if (
            after.sentence == pronoun.sentence
            and after.head not in above
            and after.sort != "pronoun"
            and after.role == "subj"
        ):
            found.append(after)
    return found


def _holders(token: Token) -> set[int]:
    """The nouns whose phrases hold a pronoun, up to its clause."""
    found: set[int] = set()
    while relation(token) in ("nmod", "det") and token.head.i != token.i:
        token = token.head
        found.add(token.i)
    return found


def features(doc: Doc, pronoun: Phrase, options: Sequence[Phrase], history: History) -> Iterator[list[str]]:
    """For each option the names of the features that hold of it, as the antecedent of the pronoun."""
    token = doc[pronoun.head]
    kind = pronoun.article
    above = [token, *token.ancestors]
    above_at = {a.i for a in above}
    rank = 0
    for option in options:
        fits = _fits(pronoun, option, history)
        yield _pair_features(doc, token, above_at, kind, pronoun, option, history, fits, rank)
        rank += fits


def _fits(pronoun: Phrase, option: Phrase, history: History) -> bool:
    """Whether number and gender allow it; only a coarse filter, for counting how many come nearer."""
    known = option.gender or history.genders.get(option.entity, "")
    if pronoun.article == "they":
        return option.number != "sing" or option.being == "organization"
    if pronoun.article == "it":
        return option.number == "sing" and option.being != "person" and known not in ("he", "she")
    return option.number == "sing" and option.being in ("person", "") and known in ("", pronoun.article)


def _pair_features(
    doc: Doc,
    token: Token,
    above: set[int],
    kind: str,
    pronoun: Phrase,
    option: Phrase,
    history: History,
    fits: bool,
    rank: int,
) -> list[str]:
    gap = pronoun.sentence - option.sentence
    other = doc[option.head]
    known = history.genders.get(option.entity, "")
    later = option.head > pronoun.head
    near = "later" if later else ("0", "1", "2", "3", "3")[min(gap, 4)]
    possessive = "poss" if pronoun.role == "poss" else "bare"
    found = [
        f"{kind} near {near} {possessive}",
        f"{kind} number {option.number} {option.sort}",
        f"{kind} being {option.being} {option.sort}",
        f"{kind} gender {option.gender}",
        f"{kind} known {known}",
        f"{kind} role {option.role} {near}",
        f"role {option.role} {pronoun.role}",
        f"{kind} article {option.article}",
        f"{kind} fits {fits} {min(rank, 4)}",
        f"{kind} often {min(history.mentions.get(option.entity, 0), 4)} {near != '0'}",
        f"quote {(pronoun.quote > 0) + (option.quote > 0)} {pronoun.quote == option.quote}",
        f"between {kind} {_bucket(abs(pronoun.head - option.head))}",
    ]
    if option.sort == "pronoun":
        found.append(f"pronouns {kind} {option.article} {near}")
    if option.entity in history.plurals:
        found.append(f"{kind} plural chain")
    if other.head.i in above and other.i not in above:
        found.append(_over(kind, other, token, option, possessive))
    if other.i in above:
        found.append(f"inside {possessive}")
    if gap == 0 and relation(token) == "conj" and token.head.i == other.i:
        found.append("conjunct")
    return found


def _over(kind: str, other: Token, token: Token, option: Phrase, possessive: str) -> str:
    """How an option commands the pronoun: as a co-argument (*Assad praised him*) or from a clause above."""
    verb = other.head
    same = verb.i == token.head.i
    return f"over {option.role} {'same' if same else 'above'} {possessive} {_is_reflexive(token)}"


def _is_reflexive(token: Token) -> bool:
    return token.lower_.endswith(("self", "selves"))


_BUCKETS = (2, 5, 10, 20, 40, 80)


def _bucket(distance: int) -> int:
    return bisect_right(_BUCKETS, distance)


def antecedent(doc: Doc, phrases: Sequence[Phrase], place: int, history: History, ranker: Ranker) -> Phrase | None:
    """The phrase that the pronoun at ``place`` stands for, ``None`` when there is nothing before it."""
    options = candidates(doc, phrases, place)
    scores = [ranker.score(names) for names in features(doc, phrases[place], options, history)]
    if not scores:
        return None
    return options[max(range(len(scores)), key=scores.__getitem__)]

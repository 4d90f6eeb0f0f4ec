"""What speaks for a noun phrase as the antecedent of a pronoun: features of both and of what the text told so far."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.reading.actors.phrases import Phrase
from dragoman.reading.syntax import relation
from dragoman.reading.words import Doc, Token


@dataclass(slots=True)
class Chain:
    """What the text told of one actor: how often, in which sentence last, as whom, by which pronoun last."""

    mentions: int = 0
    subjects: int = 0
    sentence: int = 0
    gender: str = ""
    plural: bool = False


class History:
    """The chains that the text has told of so far, which one each pronoun took up last, and who spoke last."""

    __slots__ = ("_chains", "_last", "speaker")

    def __init__(self) -> None:
        self._chains: dict[int, Chain] = {}
        self._last: dict[str, Phrase] = {}
        self.speaker: Phrase | None = None

    def add(self, phrase: Phrase) -> None:
        """Take note of a phrase whose chain is known."""
        if phrase.entity < 0:
            return
        chain = self._chains.setdefault(phrase.entity, Chain())
        chain.mentions += 1
        chain.subjects += phrase.role == "subj"
        chain.sentence = phrase.sentence
        chain.gender = chain.gender or phrase.gender
        if phrase.sort == "pronoun":
            self._last[phrase.article] = phrase
            if phrase.article == "it":
                chain.gender = chain.gender or "it"
            chain.plural |= phrase.article == "they"
        if phrase.speaks:
            self.speaker = phrase

    def of(self, phrase: Phrase) -> Chain:
        """The chain that a phrase belongs to; an empty one when it belongs to none."""
        return self._chains.get(phrase.entity, _NOBODY)

    def gender(self, phrase: Phrase) -> str:
        """*He*, *she* or *it* as which a phrase's chain was told of; empty when nothing tells."""
        return phrase.gender or self.of(phrase).gender

    def last(self, pronoun: str) -> Phrase | None:
        """The last pronoun of that kind that stands for somebody."""
        return self._last.get(pronoun)


_NOBODY = Chain()


def features(doc: Doc, pronoun: Phrase, options: Sequence[Phrase], history: History) -> Iterator[list[str]]:
    """For each option the names of the features that hold of it, as the antecedent of the pronoun."""
    token = doc[pronoun.head]
    above = {token.i, *(a.i for a in token.ancestors)}
    seen: set[int] = set()
    for rank, option in enumerate(options):
        found = [*_of_pair(pronoun, option, rank), *_of_chain(pronoun, option, history, option.entity in seen)]
        found += _of_tree(doc, token, above, pronoun, option)
        seen.add(option.entity)
        yield found


def _near(pronoun: Phrase, option: Phrase) -> str:
    if option.head > pronoun.head:
        return "later"
    return str(min(pronoun.sentence - option.sentence, 3))


def _of_pair(pronoun: Phrase, option: Phrase, rank: int) -> Iterator[str]:
    """How the two phrases lie to each other, and what each tells of number, being and gender."""
    kind, near = pronoun.article, _near(pronoun, option)
    possessive = "poss" if pronoun.role == "poss" else "bare"
    quotes = f"{pronoun.quote > 0}{option.quote > 0}{pronoun.quote == option.quote}"
    yield f"{kind} near {near} {possessive}"
    yield f"{kind} number {option.number} {option.sort}"
    yield f"{kind} being {option.being} {option.sort}"
    yield f"{kind} being {option.being} {option.number} {option.article}"
    yield f"{kind} gender {option.gender} {option.sort}"
    yield f"{kind} role {option.role} {near}"
    yield f"role {option.role} {pronoun.role} {near}"
    yield f"{kind} article {option.article} {option.sort}"
    yield f"{kind} rank {min(rank, 5)} {option.role == 'subj'}"
    yield f"quote {quotes} {kind}"
    yield f"quote {quotes} {pronoun.speaks} {option.sort}"
    yield f"between {kind} {_bucket(abs(pronoun.head - option.head))}"
    yield f"speaks {pronoun.speaks} {option.speaks} {near}"
    if option.sort == "pronoun":
        yield f"pronouns {kind} {option.article} {near}"
        yield f"pronouns {kind} {option.article} {option.role} {pronoun.role}"


def _of_chain(pronoun: Phrase, option: Phrase, history: History, again: bool) -> Iterator[str]:
    """What the text told of the option's actor before."""
    kind, near, chain = pronoun.article, _near(pronoun, option), history.of(option)
    yield f"{kind} known {history.gender(option)}"
    yield f"{kind} often {min(chain.mentions, 5)} {near}"
    yield f"{kind} subject often {min(chain.subjects, 4)}"
    yield f"{kind} chain {option.entity >= 0} {option.sort} {option.being}"
    yield f"{kind} again {again}"
    if chain.plural:
        yield f"{kind} plural chain"
    before = history.last(kind)
    if before is not None and option.entity >= 0:
        yield f"{kind} last {before.entity == option.entity} {min(pronoun.sentence - before.sentence, 3)}"
    if history.speaker is not None and option.entity >= 0:
        gap = min(pronoun.sentence - history.speaker.sentence, 3)
        same = history.speaker.entity == option.entity
        yield f"speaker {pronoun.speaks} {same} {gap} {pronoun.quote > 0}"


def _of_tree(doc: Doc, token: Token, above: set[int], pronoun: Phrase, option: Phrase) -> Iterator[str]:
    """How an option commands the pronoun: as a co-argument (*Assad praised him*), from a clause above, beside it."""
    other = doc[option.head]
    possessive = "poss" if pronoun.role == "poss" else "bare"
    if other.head.i in above and other.i not in above:
        same = "same" if other.head.i == token.head.i else "above"
        yield f"over {option.role} {same} {possessive} {is_reflexive(token)}"
        yield f"over {pronoun.article} {option.role} {same} {relation(token)}"
    if other.i in above:
        yield f"inside {possessive}"
    if relation(token) == "conj" and token.head.i == other.i:
        yield "conjunct"


def is_reflexive(token: Token) -> bool:
    """Whether a pronoun points back within its clause: *himself*."""
    return token.lower_.endswith(("self", "selves"))


_BUCKETS = (2, 5, 10, 20, 40, 80)


def _bucket(distance: int) -> int:
    return bisect_right(_BUCKETS, distance)

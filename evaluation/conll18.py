"""The measures of the CoNLL 2018 shared task on Universal Dependencies, by their published definitions.

Two analyses of one text are aligned by characters. Tokens and sentences count as right when both ends agree. Words are
aligned when their places agree; inside multiword tokens by the longest common subsequence of their lower-cased forms.
A property of a word counts as right when the words are aligned and the property agrees; its F1 counts all words of both
sides. Relations are compared without subtypes. CLAS counts content words only, MLAS asks tag, features and function
words of them too, BLEX asks the lemma.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from evaluation.errors import GoldError
from evaluation.treebank import Place, Tree, Word

CONTENT = frozenset(
    "nsubj obj iobj csubj ccomp xcomp obl vocative expl dislocated advcl advmod discourse nmod appos nummod acl amod "
    "conj fixed flat compound list parataxis orphan goeswith reparandum root dep".split()
)
FUNCTION = frozenset("aux cop mark det clf case cc".split())
FEATURES = frozenset(
    "PronType NumType Poss Reflex Foreign Abbr Gender Animacy Number Case Definite Degree VerbForm Mood Tense Aspect "
    "Voice Evident Polarity Person Polite".split()
)
METRICS = (
    "Tokens Sentences Words UPOS XPOS UFeats AllTags Lemmas UAS LAS CLAS MLAS BLEX".split()  # in the task's own order
)


@dataclass(frozen=True, slots=True)
class Score:
    """How many are right, how many gold has, how many were predicted."""

    correct: int = 0
    gold: int = 0
    predicted: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.correct + other.correct, self.gold + other.gold, self.predicted + other.predicted)

    @property
    def precision(self) -> float:
        return self.correct / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.correct / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.correct / (self.gold + self.predicted) if self.gold + self.predicted else 0.0


def score(golds: Iterable[Tree], predictions: Iterable[Tree]) -> dict[str, Score]:
    """The task's measures over documents, given in the same order; raises ``GoldError`` where texts differ."""
    total = dict.fromkeys(METRICS, Score())
    for gold, predicted in zip(golds, predictions, strict=True):
        if gold.text != predicted.text:
            raise GoldError(f"gold and predicted text of {gold.id} differ; both must be of the same text")
        for name, value in _score_document(gold, predicted).items():
            total[name] += value
    return total


def _score_document(gold: Tree, predicted: Tree) -> dict[str, Score]:
    pairs = align(gold.words, predicted.words)
    sides = _Side(gold.words, gold.words), _Side(predicted.words, gold.words, {p: g for g, p in pairs})
    scores = {
        "Tokens": _score_places(gold.tokens, predicted.tokens),
        "Sentences": _score_places(gold.sentences, predicted.sentences),
    }
    for name, (view, counted) in _VIEWS.items():
        correct = sum(view(sides[0], g) == view(sides[1], p) for g, p in pairs if counted(gold.words[g]))
        scores[name] = Score(correct, sum(map(counted, gold.words)), sum(map(counted, predicted.words)))
    return scores


def _score_places(gold: Sequence[Place], predicted: Sequence[Place]) -> Score:
    return Score(len(set(gold) & set(predicted)), len(gold), len(predicted))


class _Side:
    """One side's words, seen in gold's word numbers, so that keys of both sides can be compared."""

    def __init__(self, words: Sequence[Word], gold: Sequence[Word], to_gold: dict[int, int] | None = None) -> None:
        self.words = words
        self.gold = gold
        self.to_gold = to_gold
        self.function_words: dict[int, list[int]] = {}
        for i, word in enumerate(words):
            if word.head is not None and _relation(word) in FUNCTION:
                self.function_words.setdefault(word.head, []).append(i)

    def in_gold(self, i: int | None) -> int | None:
        """Gold's number of a word: -1 when gold has no such word, ``None`` for the root above a sentence."""
        return i if i is None or self.to_gold is None else self.to_gold.get(i, -1)

    def head(self, i: int) -> int | None:
        return self.in_gold(self.words[i].head)

    def lemma(self, i: int) -> str:
        """The word's lemma; where gold gives none, whatever was predicted is right."""
        own = self.in_gold(i)
        return "_" if own is not None and own >= 0 and self.gold[own].lemma == "_" else self.words[i].lemma


def _relation(word: Word) -> str:
    return word.deprel.partition(":")[0]


def _features(word: Word) -> str:
    """Universal features only, in one order."""
    pairs = [pair for pair in word.feats.split("|") if pair.partition("=")[0] in FEATURES]
    return "|".join(sorted(pairs))


def _morphosyntax(side: _Side, i: int) -> tuple[object, ...]:
    children = [
        (side.in_gold(c), _relation(side.words[c]), side.words[c].upos, _features(side.words[c]))
        for c in side.function_words.get(i, ())
    ]
    word = side.words[i]
    return side.head(i), _relation(word), word.upos, _features(word), tuple(children)


def _always(word: Word) -> bool:
    return True


def _is_content(word: Word) -> bool:
    return _relation(word) in CONTENT


_View = Callable[[_Side, int], object]
_VIEWS: dict[str, tuple[_View, Callable[[Word], bool]]] = {
    "Words": (lambda side, i: True, _always),
    "UPOS": (lambda side, i: side.words[i].upos, _always),
    "XPOS": (lambda side, i: side.words[i].xpos, _always),
    "UFeats": (lambda side, i: _features(side.words[i]), _always),
    "AllTags": (lambda side, i: (side.words[i].upos, side.words[i].xpos, _features(side.words[i])), _always),
    "Lemmas": (lambda side, i: side.lemma(i), _always),
    "UAS": (lambda side, i: side.head(i), _always),
    "LAS": (lambda side, i: (side.head(i), _relation(side.words[i])), _always),
    "CLAS": (lambda side, i: (side.head(i), _relation(side.words[i])), _is_content),
    "MLAS": (_morphosyntax, _is_content),
    "BLEX": (lambda side, i: (side.head(i), _relation(side.words[i]), side.lemma(i)), _is_content),
}


def align(gold: Sequence[Word], predicted: Sequence[Word]) -> list[tuple[int, int]]:
    """Pairs of word numbers that are the same word of the text, in order."""
    pairs: list[tuple[int, int]] = []
    g = p = 0
    while g < len(gold) and p < len(predicted):
        if gold[g].multiword or predicted[p].multiword:
            gs, ps = _region(gold, predicted, g, p)
            pairs += _common_forms(gold, predicted, gs, ps)
            g, p = gs.stop, ps.stop
        elif gold[g].place == predicted[p].place:
            pairs.append((g, p))
            g, p = g + 1, p + 1
        elif gold[g].place[0] <= predicted[p].place[0]:
            g += 1
        else:
            p += 1
    return pairs


def _region(gold: Sequence[Word], predicted: Sequence[Word], g: int, p: int) -> tuple[range, range]:
    """The shortest stretch of both sides that begins here and cuts no multiword token of either."""
    if gold[g].multiword:
        end = gold[g].place[1]
        p += not predicted[p].multiword and predicted[p].place[0] < gold[g].place[0]
    else:
        end = predicted[p].place[1]
        g += gold[g].place[0] < predicted[p].place[0]
    first_g, first_p = g, p
    while _is_within(gold, g, end) or _is_within(predicted, p, end):
        if p >= len(predicted) or (g < len(gold) and gold[g].place[0] <= predicted[p].place[0]):
            word, g = gold[g], g + 1
        else:
            word, p = predicted[p], p + 1
        end = max(end, word.place[1]) if word.multiword else end
    return range(first_g, g), range(first_p, p)


def _is_within(words: Sequence[Word], i: int, end: int) -> bool:
    """Whether a word belongs to a region: a multiword token by its start, another word by its end."""
    if i >= len(words):
        return False
    return words[i].place[0] < end if words[i].multiword else words[i].place[1] <= end


def _common_forms(gold: Sequence[Word], predicted: Sequence[Word], gs: range, ps: range) -> list[tuple[int, int]]:
    """The longest common subsequence of lower-cased forms, as pairs of word numbers."""
    best: dict[tuple[int, int], int] = Counter()
    for g in reversed(gs):
        for p in reversed(ps):
            same = gold[g].form.lower() == predicted[p].form.lower()
            best[g, p] = 1 + best[g + 1, p + 1] if same else max(best[g + 1, p], best[g, p + 1])
    pairs: list[tuple[int, int]] = []
    g, p = gs.start, ps.start
    while g in gs and p in ps:
        if gold[g].form.lower() == predicted[p].form.lower():
            pairs.append((g, p))
            g, p = g + 1, p + 1
        elif best[g, p] == best[g + 1, p]:
            g += 1
        else:
            p += 1
    return pairs

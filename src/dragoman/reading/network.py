"""The report network: what a small trained network sees in words that frames, one word at a time, do not.

It stands on the states that the language model leaves on each word (``Doc.tensor``), is told which words are actors and
what the frames could claim there, and says for each word how surely it asserts each claim of the codebook, and for each
pair of a word and an actor whether the actor has the first or second role in the claim or says it. It decides nothing
by itself: its answers are features of the models that choose (``scorer``).
"""

from __future__ import annotations

import io
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from dragoman.language.encoder import open_session
from dragoman.reading.actors.cast import Cast
from dragoman.reading.triggers import Trigger
from dragoman.reading.voices.attribution import Attribution
from dragoman.reading.words import Doc
from dragoman.reading.words import Span as Sentence
from dragoman.record import ActorKind, EventType, Kind, Predicate, Stance, Status

CLAIMS = (
    *(f"event:{t}" for t in EventType),
    *(f"position:{s}" for s in Stance),
    *(f"commitment:{s}" for s in Status),
    "forecast:",
    *(f"relation:{p}" for p in Predicate),
)
"""What a word may assert: a kind of report and the value that tells it from others of its kind."""
NUMBER = {claim: n for n, claim in enumerate(CLAIMS)}
ROLES = ("first", "second", "voice")
"""Of a word and an actor: source, subject, holder or who undertakes; target or object; who says it."""
ACTOR_KINDS = ("", *ActorKind, "pronoun")
MAIN, CONTEXT = 112, 48
"""Words that a window is read for, and words before them that it is read with."""
NEAR = 12
"""Distances between two words are told apart up to this many, then in steps of four, up to ``FAR``."""
FAR = 22


@dataclass(frozen=True, slots=True)
class Marks:
    """What the network is told of a document, token by token, beside the states."""

    kinds: np.ndarray
    claims: np.ndarray
    told: np.ndarray


@dataclass(frozen=True, slots=True)
class Stretch:
    """A window: its tokens (blanks left out), of which those from ``main`` on are read for."""

    tokens: tuple[int, ...]
    main: int


def mark(
    doc: Doc, cast: Cast, attributions: Sequence[Attribution], triggers: Mapping[Kind, Sequence[Trigger]]
) -> Marks:
    """Actors by kind, what frames could claim, and whether somebody is told to say it."""
    size = len(doc)
    kinds, told = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    claims = np.zeros((size, len(CLAIMS)), dtype=np.float32)
    for mention in cast.mentions:
        kind = str(cast.actors[mention.actor].kind)
        kinds[mention.head] = ACTOR_KINDS.index("pronoun" if mention.kind == "pronoun" else kind)
    for kind, found in triggers.items():
        for trigger in found:
            number = NUMBER.get(claim_of(kind, trigger.frame.yields))
            if number is not None:
                claims[trigger.token.i, number] = 1.0
    starts = [token.idx for token in doc]
    for attribution in attributions:
        for span in attribution.content:
            first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
            told[first:last] = 1
    return Marks(kinds, claims, told)


def claim_of(kind: str, values: Mapping[str, str]) -> str:
    """The claim of a report of a kind by the field that tells it from others."""
    return f"{kind}:{next((values[f] for f in ('type', 'stance', 'status', 'predicate') if f in values), '')}"


def stretches(doc: Doc, sentences: Sequence[Sentence]) -> Iterator[Stretch]:
    """The document's sentences in windows, each with some words of the text before it."""
    words = [t.i for t in doc if not t.is_space]
    places = {i: n for n, i in enumerate(words)}
    starts = [places[next(t.i for t in s if not t.is_space)] for s in sentences]
    bounds = [*starts, len(words)]
    first = 0
    while first < len(starts):
        last = first + 1
        while last < len(starts) and bounds[last + 1] - bounds[first] <= MAIN:
            last += 1
        end = min(bounds[last], bounds[first] + 2 * MAIN)
        begin = max(0, bounds[first] - CONTEXT)
        yield Stretch(tuple(words[begin:end]), bounds[first] - begin)
        first = last


_FURTHEST = 4 * FAR
_GAPS = np.arange(-_FURTHEST, _FURTHEST + 1)
_SIZES = np.abs(_GAPS)
_STEPS = np.sign(_GAPS) * np.minimum(np.where(_SIZES <= NEAR, _SIZES, NEAR + 1 + (_SIZES - NEAR - 1) // 4), FAR) + FAR
"""The number of each gap between two words, from ``-_FURTHEST`` on."""


def distance(i: np.ndarray, j: np.ndarray) -> np.ndarray:
    """How far apart two words are, as one of ``2 * FAR + 1`` numbers, the middle one for the word itself."""
    far: np.ndarray = _STEPS[np.minimum(np.maximum(j - i, -_FURTHEST), _FURTHEST) + _FURTHEST]
    return far


@dataclass(frozen=True, slots=True)
class Insight:
    """What the network says of one document, a row for each token: log odds of claims, and the two sides of the pairs
    that it can be asked about."""

    claims: np.ndarray
    triggers: np.ndarray
    actors: np.ndarray
    places: np.ndarray
    pairs: Mapping[str, np.ndarray]
    known: KnownWays

    def odds(self, token: int, claim: str) -> float:
        """Log odds that a word asserts a claim."""
        return float(self.claims[token, NUMBER[claim]])

    def most(self, start: int, end: int, claim: str) -> float:
        """The highest log odds of a claim among some tokens, half-open."""
        return float(self.claims[start:end, NUMBER[claim]].max())

    def pairs_of(self, token: int, actors: Sequence[int], ways: Sequence[Way]) -> Pairs:
        """A word paired with the actors whose mentions have these heads and lie on these ways from it."""
        chosen = np.array(actors, dtype=np.int64)
        far = self.pairs["far.weight"][distance(self.places[token], self.places[chosen])]
        paths, markers = (np.array(numbers) for numbers in zip(*map(self.known.numbers, ways), strict=True))
        way = self.pairs["path.weight"][paths] + self.pairs["marker.weight"][markers]
        return Pairs(self.triggers[token] + self.actors[chosen], far, way, self.pairs)


@dataclass(frozen=True, slots=True)
class Pairs:
    """What the network has of a word and some actors, a row for each, before it is asked about a claim of the word."""

    sides: np.ndarray
    far: np.ndarray
    way: np.ndarray
    weights: Mapping[str, np.ndarray]

    def roles(self, claim: str) -> np.ndarray:
        """Log odds of each role in the word's claim: actors × roles."""
        hidden = self.sides + self.weights["claimed.weight"][NUMBER[claim]]
        hidden += self.far
        hidden += self.way
        odds: np.ndarray = np.maximum(hidden, 0.0, out=hidden) @ self.weights["role.weight"].T
        odds += self.weights["role.bias"]
        return odds


Way = tuple[str, str]
"""How an actor lies to a word: the path in the tree, as ``^obl/nsubj``, and the preposition that marks it."""
ABSENT: Way = ("absent", "")
"""The way to an actor of another sentence."""


@dataclass(frozen=True, slots=True)
class KnownWays:
    """The paths and markers that are told apart, each by its number; zero is any other."""

    paths: Mapping[str, int]
    markers: Mapping[str, int]

    @classmethod
    def of(cls, paths: Iterable[str], markers: Iterable[str]) -> KnownWays:
        """Numbered from one, in this order."""
        return cls({p: n for n, p in enumerate(paths, 1)}, {m: n for n, m in enumerate(markers, 1)})

    def numbers(self, way: Way) -> tuple[int, int]:
        """The numbers of a way's path and marker."""
        return self.paths.get(way[0], 0), self.markers.get(way[1], 0)


OUTPUTS = ("claim", "trigger", "actor")
INPUTS = ("lower", "kinds", "claims", "told")
Run = Callable[[dict[str, np.ndarray]], Sequence[np.ndarray]]
"""A window in, by name of input; ``OUTPUTS`` out, one × words × …"""


@dataclass(frozen=True, slots=True)
class Network:
    """A trained network: what runs it, and the weights for pairs."""

    run: Run
    pairs: Mapping[str, np.ndarray]
    known: KnownWays

    def see(self, lower: np.ndarray, marks: Marks, windows: Sequence[Stretch]) -> Insight:
        """Read a document, window by window; ``lower`` are its states (``lower_states``)."""
        size, pair = len(lower), self.pairs["role.weight"].shape[1]
        widths = (len(CLAIMS), pair, pair)
        answers = [np.zeros((size, width), dtype=np.float32) for width in widths]
        answers[0] -= _NEVER
        places = np.zeros(size, dtype=np.int64)
        words = [token for window in windows for token in window.tokens[window.main :]]
        places[words] = np.arange(len(words))
        for window in windows:
            main = np.array(window.tokens[window.main :])
            for answer, values in zip(answers, self.run(_inputs(lower, marks, window)), strict=True):
                answer[main] = values[0, window.main :]
        claims, triggers, actors = answers
        return Insight(claims, triggers, actors, places, self.pairs, self.known)


_NEVER = 20.0


def lower_states(doc: Doc) -> np.ndarray:
    """The states that the network begins with: those that the language model has halfway, a row for each token."""
    tensor = np.asarray(doc.tensor)
    return tensor[:, tensor.shape[1] // 2 :]


def _inputs(lower: np.ndarray, marks: Marks, window: Stretch) -> dict[str, np.ndarray]:
    tokens = np.array([window.tokens])
    return {
        "lower": lower[tokens].astype(np.float32),
        "kinds": marks.kinds[tokens],
        "claims": marks.claims[tokens],
        "told": marks.told[tokens],
    }


@cache
def load_network() -> Network:
    """The network that ships with the package."""
    home = resources.files("dragoman.reading") / "model"
    session = open_session(home.joinpath("network.onnx").read_bytes())
    with np.load(io.BytesIO(home.joinpath("network.npz").read_bytes())) as held:
        pairs = {name: held[name].astype(np.float32) for name in held.files if name not in ("paths", "markers")}
        known = KnownWays.of(held["paths"].tolist(), held["markers"].tolist())
    return Network(lambda inputs: session.run(OUTPUTS, inputs), pairs, known)

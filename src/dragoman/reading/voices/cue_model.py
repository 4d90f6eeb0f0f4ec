"""The learned part of voice: which words attribute, and which of their arguments are source and content.

Two linear models over readable features, learned from PolNeAR by ``training/attribution.py`` and shipped as weights.
A role model says for each argument of a cue word whether it is source, content or neither; with the roles filled, a
keep model says how likely the whole is an attribution.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib.resources import files

from dragoman.reading.syntax import child, children, is_passive, relation
from dragoman.reading.voices.cues import Argument, QuoteIndex
from dragoman.reading.words import Token


class Role(IntEnum):
    """What an argument is to a cue."""

    NONE = 0
    SOURCE = 1
    CONTENT = 2


@dataclass(frozen=True, slots=True)
class CueModel:
    """Weights by feature, and the share of a cue word's occurrences that attribute, by ``lemma POS``."""

    shares: Mapping[str, float]
    roles: Mapping[str, tuple[float, float]]
    keep: Mapping[str, float]
    threshold: float = 0.5

    def role_of(self, features: Iterable[str]) -> tuple[Role, float]:
        """The likeliest role of an argument, and its probability."""
        likelihoods = self.likelihoods(features)
        best = max(Role, key=lambda role: likelihoods[role])
        return best, likelihoods[best]

    def likelihoods(self, features: Iterable[str]) -> tuple[float, float, float]:
        """How likely an argument is to have each role, in the order of ``Role``."""
        source = content = 0.0
        for feature in features:
            weights = self.roles.get(feature)
            if weights is not None:
                source += weights[0]
                content += weights[1]
        odds = (1.0, math.exp(min(source, 50.0)), math.exp(min(content, 50.0)))
        return odds[0] / sum(odds), odds[1] / sum(odds), odds[2] / sum(odds)

    def probability(self, features: Iterable[str]) -> float:
        """How likely a cue with its roles filled is an attribution."""
        score = sum(self.keep.get(feature, 0.0) for feature in features)
        return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, score))))


@cache
def load_cue_model() -> CueModel:
    """The weights that ship with the package."""
    text = files("dragoman.reading").joinpath("model/attribution.json").read_text("utf-8")
    row = json.loads(text)
    return CueModel(row["shares"], {k: (s, c) for k, (s, c) in row["roles"].items()}, row["keep"], row["threshold"])


def cue_key(token: Token) -> str:
    """What a cue word is looked up by."""
    return f"{token.lemma_.lower()} {token.pos_}"


def role_features(cue: Token, arguments: Sequence[Argument], beside: Sequence[Argument]) -> list[list[str]]:
    """For each argument of a cue, what may tell its role; ``beside`` are all arguments that syntax gives the cue."""
    key, pos, voice = cue_key(cue), cue.pos_, "passive" if is_passive(cue) else "active"
    kinds = [_kind(a) for a in arguments]
    frame = ",".join(sorted({_kind(a) for a in beside}))
    return [_role_features(cue, a, kind, key, pos, voice, frame) for a, kind in zip(arguments, kinds, strict=True)]


def _kind(argument: Argument) -> str:
    """The way to an argument, with its preposition or conjunction."""
    marker = child(argument.head, "mark", "case")
    return f"{argument.relation}/{marker.lower_ if marker is not None else ''}"


def _role_features(cue: Token, argument: Argument, kind: str, key: str, pos: str, voice: str, frame: str) -> list[str]:
    head, reached = argument.head, argument.relation
    side = "<" if argument.pieces and argument.pieces[0][0] < cue.i else ">"
    rough, head_pos, lemma = f"{reached}{side}{pos}", head.pos_, head.lemma_.lower()
    return [
        "1",
        rough,
        f"{rough}|{voice}",
        f"{kind}|{pos}|{voice}",
        f"{reached}|{key}|{voice}",
        f"{kind}|{key}",
        f"{rough}|{head_pos}|{head.ent_type_}",
        f"{reached}|{head.tag_}|{voice}",
        f"{reached}|{lemma}",
        f"{rough}|{_size(sum(b - a for a, b in argument.pieces))}",
        f"{reached}|{frame}",
        f"{key}|{head_pos}",
        f"{kind}|{head_pos}",
        f"{reached}|{cue.tag_}|{cue.dep_}",
    ]


def keep_features(cue: Token, chosen: Sequence[tuple[Argument, Role, float]], quotes: QuoteIndex) -> list[str]:
    """What may tell whether a cue, with its roles filled, attributes."""
    key, pos = cue_key(cue), cue.pos_
    sources = sorted((a for a, role, _ in chosen if role is Role.SOURCE), key=lambda a: a.pieces)
    contents = sorted((a for a, role, _ in chosen if role is Role.CONTENT), key=lambda a: a.pieces)
    way = "+".join(_kind(a) for a in contents) or "-"
    rough = "+".join(a.relation for a in contents) or "-"
    by = sources[0].relation if sources else "-"
    who = sources[0].head if sources else None
    sure = min((p for _, role, p in chosen if role is not Role.NONE), default=0.0)
    quoted = _quoted_share(contents, quotes)
    found = [
        "1",
        key,
        f"{key}|{cue.tag_}",
        f"{key}|{rough}",
        f"{key}|{way}",
        f"{key}|by:{by}",
        f"{key}|{bool(sources)}{bool(contents)}",
        f"{pos}|{way}",
        f"{pos}|{rough}|{by}",
        f"{pos}|{cue.dep_}",
        f"{pos}|quoted:{quoted}",
        f"{rough}|quoted:{quoted}",
        f"{key}|quoted:{quoted}",
        f"sure:{int(sure * 5)}|{pos}",
        f"size:{_size(sum(b - a for c in contents for a, b in c.pieces))}|{pos}",
        f"cue in quote:{cue.i in quotes.around}|{pos}",
    ]
    if who is not None:
        found += [
            f"who:{who.lemma_.lower()}",
            f"who:{who.tag_}|{who.ent_type_}|{by}",
            f"{key}|who:{who.pos_}|{who.ent_type_}",
        ]
    found += [f"with:{c.lemma_.lower()}|{pos}" for c in children(cue, "aux", "advmod", "mark", "cop", "det", "case")]
    found += [f"content:{c.head.tag_}|{c.relation}|{pos}" for c in contents]
    found += [f"content:{c.head.lemma_.lower()}|{key}" for c in contents if relation(c.head) in ("obj", "obl", "nmod")]
    return found


def _quoted_share(contents: Sequence[Argument], quotes: QuoteIndex) -> str:
    tokens = [i for c in contents for a, b in c.pieces for i in range(a, b)]
    if not tokens:
        return "none"
    share = sum(i in quotes.around for i in tokens) / len(tokens)
    return "all" if share > 0.8 else "part" if share > 0 else "no"


def _size(count: int) -> str:
    return str(count) if count < 4 else "<8" if count < 8 else "<16" if count < 16 else "<32" if count < 32 else "long"

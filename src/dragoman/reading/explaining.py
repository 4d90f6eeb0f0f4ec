"""How a report was read, in a few words each: the word that tells it, what set its standing and voice, its roles.

For people, in ``show … report``; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Token

from dragoman.reading.arguments import Candidate
from dragoman.reading.participants import Names
from dragoman.reading.scene import Scene
from dragoman.reading.scorer import Scorer


def cues(token: Token, standing: str, scene: Scene, *, word: str = "") -> tuple[str, ...]:
    """What a report rests on: its word, and the words that set standing and voice where any did."""
    found = [f"word: {word or token.text}"]
    if standing:
        found.append(f"standing: {standing}")
    spans = (a.cue for a in scene.told_at(token) if a.cue is not None)
    found += [f"voice: {scene.document.text[span.start : span.end]}" for span in spans]
    return tuple(found)


def roles(cast: Mapping[str, Names], kind: str, candidates: Sequence[Candidate], scorer: Scorer) -> Iterator[str]:
    """How each participant was cast: where it stands to the report's word, and how sure the model is."""
    for role, names in cast.items():
        for name in names:
            known = [c for c in candidates if c.name == name]
            if known:
                best = max(known, key=lambda c: scorer.probability(f"{kind}/{role}", c.features))
                sure = scorer.probability(f"{kind}/{role}", best.features)
                yield f"{role}: {name}, {_place(best)} ({sure:.2f})"


_FRAME_PATHS = ("source-path=", "target-path=")


def _place(candidate: Candidate) -> str:
    """Where a candidate stands: on a path that the frame names, else along the tree."""
    for feature in candidate.features:
        if feature.startswith(_FRAME_PATHS) and feature.count(":") == 1:
            return f"as {feature.partition('=')[2].partition(':')[0]}"
    tree = next((f.partition("=")[2] for f in candidate.features if f.startswith("tree=")), "")
    return f"along {tree.replace('/', ' ').replace('^', '↑')}" if tree else "not in the sentence"

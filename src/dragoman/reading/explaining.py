"""How a report was read, in a few words each: the word that tells it, what set its standing and voice, its roles.

For people, in ``show … report``; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dragoman.reading.arguments import Candidate
from dragoman.reading.participants import Names
from dragoman.reading.scene import Scene
from dragoman.reading.scorer import Scorer
from dragoman.reading.voices.attribution import Attribution
from dragoman.reading.words import Token


def cues(token: Token, standing: str, scene: Scene, *, word: str = "") -> tuple[str, ...]:
    """What a report rests on: its word, and the words that set standing and voice where any did."""
    found = [f"word: {word or token.text}"]
    if standing:
        found.append(f"standing: {standing}")
    return (*found, *voices(scene.told_at(token), scene))


_VOICE, _LEAD = "voice: ", ("word: ", "standing: ")


def voices(tellers: Iterable[Attribution], scene: Scene) -> Iterator[str]:
    """The words that make somebody a voice."""
    spans = (a.cue for a in tellers if a.cue is not None)
    return (f"{_VOICE}{scene.document.text[span.start : span.end]}" for span in spans)


def with_voices(why: Names, tellers: Iterable[Attribution], scene: Scene) -> Names:
    """What a report rests on, when these make its voice."""
    lead = [told for told in why if told.startswith(_LEAD)]
    rest = [told for told in why if not told.startswith((*_LEAD, _VOICE))]
    return (*lead, *voices(tellers, scene), *rest)


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
_LINKS = {
    "nsubj": "a subject",
    "obj": "an object",
    "iobj": "an object",
    "nmod:poss": "an owner",
    "compound": "the word before a noun",
    "amod": "the word before a noun",
    "appos": "an apposition",
    "obl": "a phrase",
    "nmod": "a phrase",
}


def _place(candidate: Candidate) -> str:
    """Where a candidate stands: on a path that the frame names, else what it is in the tree."""
    told: dict[str, str] = {}
    for feature in candidate.features:
        name, _, value = feature.partition("=")
        if feature.startswith(_FRAME_PATHS) and value.count(":") == 1:
            return f"as {value.partition(':')[0]}"
        told.setdefault(name, value)
    if "first" in told:
        return "as we or I"
    if "absent" in told:
        return "named before"
    path = told.get("tree", "").split("/")
    link, marker = path[-1], told.get("link", "").rpartition(":")[2]
    what = _LINKS.get(link, _LINKS.get(link.partition(":")[0], "another part"))
    what += f" with *{marker}*" if marker and link.startswith(("obl", "nmod")) else ""
    return f"as {what}{' of another clause' if len(path) > 1 and not link.startswith('nmod') else ''}"

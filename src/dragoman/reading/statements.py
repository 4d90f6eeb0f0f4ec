"""What positions, commitments and forecasts share: who holds a statement, and what it is found by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.reading.arguments import Candidate, cast_roles, find_candidates
from dragoman.reading.participants import Names
from dragoman.reading.scene import Scene
from dragoman.reading.scorer import Scorer
from dragoman.reading.syntax import children, objects
from dragoman.reading.triggers import Trigger
from dragoman.reading.words import Token
from dragoman.record import Kind

AUTHOR = "document"
"""The author of the document, where nobody else holds a statement (the codebook's word for one without a name)."""
_COMPLEMENTS = ("ccomp", "xcomp", "obj", "obl", "csubj", "nsubj", "advcl", "nmod", "acl")
_MAX_ABOUT = 24
"""Words of what a stance governs that are looked at."""


def cast_holder(
    trigger: Trigger, key: str, model: tuple[Kind, str], scene: Scene, scorer: Scorer
) -> tuple[Names, tuple[Candidate, ...]]:
    """Who holds the statement, of the sentence's actors, whoever the words are attributed to, and the author.

    The author stands as ``AUTHOR``. The second value is all the candidates.
    """
    kind, role = model
    present = find_candidates(trigger, key, scene)
    candidates = (*present, *_outside(trigger, key, {c.name for c in present}, scene))
    return cast_roles(candidates, (role,), kind, scorer, somebody=True)[role], candidates


def _outside(trigger: Trigger, key: str, present: set[str], scene: Scene) -> Iterator[Candidate]:
    """Holders that the sentence does not name: a speaker named before, and the document's author."""
    voice = scene.voice(trigger.token)
    told = "said" if voice else "untold"
    for depth, name in enumerate(reversed(voice)):
        if name not in present:
            yield Candidate(
                name,
                trigger.token.i,
                (f"absent={depth}", f"absent={key}:{trigger.form}", f"rivals={min(len(present), 4)}"),
            )
    yield Candidate(
        AUTHOR,
        trigger.token.i,
        (f"author={told}", f"author={key}:{told}:{trigger.form}", f"author-rivals={told}:{min(len(present), 4)}"),
    )


def matter(token: Token) -> str:
    """What a statement is about: the words of its object or complement, else of its clause, cut to a few."""
    return phrase(next(iter(matters(token)), token))


def matters(token: Token) -> list[Token]:
    """The heads of the phrases and clauses that a word of stance governs, its objects first."""
    return objects(token) or list(children(token, *_COMPLEMENTS))


def phrase(head: Token) -> str:
    """The words under a token, in one line, without edge punctuation, cut at a word."""
    start = head.left_edge.i
    words = head.doc[start : min(head.right_edge.i + 1, start + _MAX_ABOUT)]
    return " ".join(words.text.split()).strip(" ,;:.–—-“”\"'‘’()")


def modal_triggers(scene: Scene, frame_id: str, *lists: str) -> Iterator[Trigger]:
    """Verbs (or predicates) with a modal of one of the pack's word lists; the modal is the trigger's form."""
    frame = next((f for f in scene.pack.frames if f.id == frame_id), None)
    if frame is None:
        return
    wanted = frozenset[str]().union(*(scene.pack.words.get(name, frozenset()) for name in lists))
    for token in scene.auxiliaries():
        if token.lower_ in wanted:
            yield Trigger(frame, token.head, token.lower_)


def bag_of(token: Token, key: str, scene: Scene) -> Iterator[str]:
    """The content words of a token's sentence as features of a claim."""
    for lemma in scene.content_of(token.sent):
        yield f"bag={lemma}"
        yield f"bag={key}:{lemma}"


def own_places(names: Names, candidates: Sequence[Candidate]) -> frozenset[int]:
    """The places of the words that stand for those who hold a statement."""
    return frozenset(c.place for c in candidates if c.name in names)


def is_negated(token: Token, scene: Scene) -> bool:
    """Whether a negation hangs on the token itself."""
    negations = scene.pack.words["standing-negations"]
    return any(c.lower_ in negations for c in children(token, "advmod", "det"))

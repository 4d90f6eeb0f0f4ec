"""What positions, commitments and forecasts share: who holds a statement, and the words that say what it is about."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dragoman.reading.participants import fill_first
from dragoman.reading.scene import Scene
from dragoman.reading.syntax import children, objects
from dragoman.reading.triggers import Trigger

_COMPLEMENTS = ("ccomp", "xcomp", "obj", "obl", "csubj", "nsubj", "advcl", "nmod", "acl")
_MAX_ABOUT = 24
"""Words that a statement's ``about`` or ``what`` may have: the codebook asks for a few."""


def holders(trigger: Trigger, scene: Scene) -> tuple[str, ...]:
    """Who holds the statement: the frame's source, else whoever the words are attributed to."""
    paths = tuple(p for p in trigger.frame.source if p != "voice")
    found = fill_first(trigger, paths, scene)
    if not found and "voice" in trigger.frame.source:
        return scene.voice(trigger.token)[-1:]
    return found


def author_of(scene: Scene) -> str:
    """The document's own voice as a holder: its author by name, else ``document``."""
    return scene.document.author.value if scene.document.author else "document"


def matter(token: Token) -> str:
    """What a statement is about: the words of its object or complement, else of its clause, cut to a few."""
    found = objects(token) or list(children(token, *_COMPLEMENTS))
    return phrase(found[0] if found else token)


def phrase(head: Token) -> str:
    """The words under a token, in one line, without edge punctuation, cut at a word."""
    start, end = head.left_edge.i, head.right_edge.i + 1
    words = head.doc[start : min(end, start + _MAX_ABOUT)]
    return " ".join(words.text.split()).strip(" ,;:.–—-“”\"'‘’()")


def modal_verbs(scene: Scene, *lists: str) -> Iterator[tuple[Token, Token]]:
    """Verbs (or predicates) with a modal of one of the pack's word lists: ``(predicate, modal)``."""
    wanted = frozenset[str]().union(*(scene.pack.words.get(name, frozenset()) for name in lists))
    for token in scene.doc:
        if token.dep_ == "aux" and token.lower_ in wanted:
            yield token.head, token


def is_negated(token: Token, scene: Scene) -> bool:
    """Whether a negation hangs on the token itself."""
    negations = scene.pack.words["standing-negations"]
    return any(c.lower_ in negations for c in children(token, "advmod", "det"))

"""Participants: who fills a frame's source and target, along the paths that the frame names.

Paths: ``subject`` and ``object`` of the verb, ``light`` the subject of the light verb that carries a noun, ``poss`` the
owner, ``modifier`` an actor word before the noun (*Turkish attack*), ``iobj`` the indirect object, ``clause-subject``
the subject of the clause asked for, ``holder`` whom a noun is said of, ``itself`` the noun phrase, ``backer`` the word
before an adjective (*US-backed*); any other word is a preposition.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.reading.scene import Scene
from dragoman.reading.syntax import (
    agent,
    case_of,
    child,
    children,
    is_passive,
    objects,
    own_subject,
    prepositional,
    relation,
    subject,
)
from dragoman.reading.triggers import Trigger
from dragoman.reading.words import Token

Names = tuple[str, ...]


def fill(trigger: Trigger, paths: tuple[str, ...], scene: Scene) -> Names:
    """Actor names at the paths, in the paths' order, each once."""
    found: dict[str, None] = {}
    for path in paths:
        for phrase in phrases(trigger, path):
            found |= dict.fromkeys(scene.names(phrase))
    return tuple(found)


def fill_first(trigger: Trigger, paths: tuple[str, ...], scene: Scene) -> Names:
    """Actor names at the first path that has any: a role is told once, the other paths are other wordings of it."""
    for path in paths:
        found = fill(trigger, (path,), scene)
        if found:
            return found
    return ()


def phrases(trigger: Trigger, path: str) -> Iterator[Token]:
    """The heads of the noun phrases at a path."""
    finder = _PATHS.get(path)
    yield from finder(trigger) if finder is not None else _prepositional(trigger, path)


def _subject(trigger: Trigger) -> Iterator[Token]:
    if trigger.form == "verb":
        yield from _present(agent(trigger.token))
    elif trigger.form == "adjective":
        yield from _present(subject(trigger.token))


def _object(trigger: Trigger) -> Iterator[Token]:
    if trigger.form == "verb":
        yield from objects(trigger.token)


def _light(trigger: Trigger) -> Iterator[Token]:
    if trigger.light is not None:
        yield from _present(agent(trigger.light))


def _owner(trigger: Trigger) -> Iterator[Token]:
    yield from (c for c in trigger.token.children if c.dep_ == "nmod:poss")


def _modifier(trigger: Trigger) -> Iterator[Token]:
    if trigger.form == "noun":
        before = (c for c in children(trigger.token, "amod", "compound", "nmod") if c.i < trigger.token.i)
        yield from (c for c in before if c.dep_ != "nmod:poss")


def _indirect_object(trigger: Trigger) -> Iterator[Token]:
    yield from children(trigger.token, "iobj")


def _clause_subject(trigger: Trigger) -> Iterator[Token]:
    for clause in children(trigger.token, "ccomp", "xcomp"):
        yield from _present(own_subject(clause))


def _holder(trigger: Trigger) -> Iterator[Token]:
    """*Ana Reyes, the minister*; *minister Ana Reyes*; *she is minister*; *serves as minister*."""
    noun = trigger.token
    if noun.dep_ in ("appos", "nmod:desc"):
        yield noun.head
    yield from (c for c in noun.children if c.dep_ in ("appos", "nmod:desc") or (c.dep_ == "flat" and c.i > noun.i))
    if child(noun, "cop") is not None:
        yield from _present(subject(noun))
    elif relation(noun) == "xcomp" or (relation(noun) == "obl" and case_of(noun) == "as"):
        yield from objects(noun.head) or list(_present(subject(noun.head)))


def _itself(trigger: Trigger) -> Iterator[Token]:
    token = trigger.token
    yield token.head if trigger.form == "adjective" and relation(token) == "amod" else token


def _backer(trigger: Trigger) -> Iterator[Token]:
    token = trigger.token
    yield from (c for c in children(token, "compound", "obl", "nsubj", "nmod", "obj", "amod") if c.i < token.i)


_PATHS = {
    "subject": _subject,
    "object": _object,
    "light": _light,
    "poss": _owner,
    "modifier": _modifier,
    "iobj": _indirect_object,
    "clause-subject": _clause_subject,
    "holder": _holder,
    "itself": _itself,
    "backer": _backer,
}


def _prepositional(trigger: Trigger, path: str) -> Iterator[Token]:
    if path == "by" and trigger.form == "verb" and is_passive(trigger.token):
        return
    yield from prepositional(trigger.token, path)
    if trigger.light is not None:
        yield from prepositional(trigger.light, path)


def _present(token: Token | None) -> Iterator[Token]:
    if token is not None:
        yield token

"""Small questions about Universal Dependencies trees, asked by every module of the reading.

Relations are compared without their subtype unless the subtype matters: ``nsubj:pass`` is an ``nsubj``.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.reading.words import Token

_SUBJECT_LENDERS = frozenset({"xcomp", "conj", "advcl"})


class _Universal(dict[str, str]):
    """The universal relation of each label; looked up so often that a call of a function would tell."""

    def __missing__(self, label: str) -> str:
        found = self[label] = label.partition(":")[0]
        return found


_UNIVERSAL = _Universal()


def relation(token: Token) -> str:
    """The universal relation of a token to its head, subtype dropped."""
    return _UNIVERSAL[token.dep_]


def children(token: Token, *relations: str) -> Iterator[Token]:
    """Children of a token by universal relation, left to right."""
    return (c for c in token.children if _UNIVERSAL[c.dep_] in relations)


def child(token: Token, *relations: str) -> Token | None:
    """The first child of a token by universal relation."""
    for c in token.children:
        if _UNIVERSAL[c.dep_] in relations:
            return c
    return None


def case_of(noun: Token) -> str:
    """The preposition (or fixed chain: *according to*) that marks a noun phrase, lower-cased; empty when bare."""
    marker = child(noun, "case")
    if marker is None:
        return ""
    return " ".join([marker.lower_, *(c.lower_ for c in children(marker, "fixed"))])


def conjuncts(token: Token) -> list[Token]:
    """The token and everything coordinated with it, in text order."""
    found = [token]
    for part in found:
        found.extend(children(part, "conj"))
    return sorted(found, key=lambda t: t.i)


def is_passive(verb: Token) -> bool:
    """Whether a verb is in the passive, or a bare participle that modifies a noun (*the man arrested*)."""
    if any(c.dep_ in ("nsubj:pass", "aux:pass") for c in verb.children):
        return True
    return verb.tag_ == "VBN" and relation(verb) == "acl" and not any(c.dep_.startswith("aux") for c in verb.children)


def own_subject(verb: Token) -> Token | None:
    """The subject that hangs on the verb itself, of whichever voice."""
    return child(verb, "nsubj", "csubj")


def subject(verb: Token) -> Token | None:
    """The verb's grammatical subject: its own, the noun a clause modifies, or one shared by control or coordination.

    Fires: *Kabul wants to send envoys* (send: Kabul); *the man who fled* (fled: man); *they met and signed* (signed:
    they).
    """
    seen: set[int] = set()
    while verb.i not in seen:
        seen.add(verb.i)
        own = own_subject(verb)
        if own is not None and not _is_relative(own):
            return own
        link = relation(verb)
        if verb.dep_ == "acl:relcl" or (own is not None and link == "acl"):
            return verb.head if own is not None or not _fills_gap(verb) else None
        if link == "acl" and verb.tag_ in ("VBG", "VBN"):
            return verb.head
        if link == "xcomp":
            controller = child(verb.head, "iobj", "obj")
            if controller is not None and verb.head.lemma_ not in _SUBJECT_CONTROL:
                return controller
        if link not in _SUBJECT_LENDERS or verb.head == verb:
            return None
        if link == "advcl" and child(verb, "mark") is not None and verb.tag_ not in ("VBG", "VB", "VBN"):
            return None
        verb = verb.head
    return None


_SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow", "pledge", "use", "take", "spend"})


def _is_relative(token: Token) -> bool:
    return token.lower_ in ("who", "which", "that", "whom") and token.tag_ in ("WP", "WDT", "IN", "WP$")


def _fills_gap(verb: Token) -> bool:
    """Whether a relative pronoun stands for something other than the subject (*the man whom they met*)."""
    return any(_is_relative(c) for c in children(verb, "obj", "obl", "iobj"))


def objects(verb: Token) -> list[Token]:
    """Direct objects, the passive's subject among them, and the noun that an object relative clause modifies."""
    found = list(children(verb, "obj"))
    if is_passive(verb):
        patient = subject(verb)
        found += [patient] if patient is not None else []
    elif verb.dep_ == "acl:relcl" and not found:
        own = own_subject(verb)
        if own is not None and not _is_relative(own):
            found.append(verb.head)
    return [verb.head if _is_relative(o) and verb.dep_ == "acl:relcl" else o for o in found]


def agent(verb: Token) -> Token | None:
    """Who does it: the subject of an active verb, the *by* phrase of a passive one."""
    if not is_passive(verb):
        return subject(verb)
    return next((c for c in children(verb, "obl") if c.dep_ == "obl:agent" or case_of(c) == "by"), None)


def prepositional(token: Token, *prepositions: str) -> list[Token]:
    """Noun phrases that hang on a verb or noun by one of the prepositions (any, when none is given)."""
    phrases = children(token, "obl", "nmod")
    return [p for p in phrases if (case_of(p) in prepositions if prepositions else case_of(p))]


def subtree_bounds(token: Token) -> tuple[int, int]:
    """Half-open token bounds of everything under a token."""
    return token.left_edge.i, token.right_edge.i + 1

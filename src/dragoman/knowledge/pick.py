"""Choosing packs for texts that came without a choice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from dragoman.knowledge.folder import Part
from dragoman.knowledge.load import CORE, read_part, shipped_packs

MIN_PER_1000_WORDS = 3.0
MIN_ACTORS = 3
"""A text about a question names its particular actors every few sentences, and several of them; one that only touches
it (a country profile, a world round-up) names one or two now and then."""

_WORD = re.compile(r"\w[\w'’-]*")

Forms = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]


def pick_packs(texts: Iterable[str]) -> tuple[str, ...]:
    """The shipped topic packs (core left out) whose particular names the texts are full of.

    Particular are the names that core does not have. A pack is picked when its names come at least
    ``MIN_PER_1000_WORDS`` times in a thousand words of all texts together, and stand for at least ``MIN_ACTORS``
    different actors.
    """
    topics = {name: _index_forms(read_part(name), read_part(CORE)) for name in shipped_packs() if name != CORE}
    hits = dict.fromkeys(topics, 0)
    actors: dict[str, set[str]] = {name: set() for name in topics}
    total = 0
    for text in texts:
        words = _WORD.findall(text)
        total += len(words)
        for name, forms in topics.items():
            found = _find_actors(words, forms)
            hits[name] += len(found)
            actors[name].update(found)
    return tuple(
        name
        for name in topics
        if hits[name] * 1000 >= MIN_PER_1000_WORDS * max(total, 1) and len(actors[name]) >= MIN_ACTORS
    )


def _index_forms(topic: Part, core: Part) -> Forms:
    """First word of each particular name -> the words of the names that begin with it, and whose names they are."""
    common = {form for entry in core.sections["actors"] for form in _names_of(entry.values)}
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for entry in topic.sections["actors"]:
        for form in _names_of(entry.values):
            words = tuple(_WORD.findall(form))
            if words and form not in common:
                index.setdefault(words[0], []).append((words, entry.id))
    return {first: tuple(rows) for first, rows in index.items()}


def _names_of(values: Mapping[str, object]) -> tuple[str, ...]:
    names, metonyms = values.get("names", ()), values.get("metonyms", ())
    first = (values["name"],) if "name" in values else ()
    return (*first, *names, *metonyms)  # type: ignore[misc]


def _find_actors(words: list[str], forms: Forms) -> list[str]:
    """The actors named, one for each place at which a particular name begins."""
    found = []
    for at, word in enumerate(words):
        for form, actor in forms.get(word, ()):
            if tuple(words[at : at + len(form)]) == form:
                found.append(actor)
                break
    return found

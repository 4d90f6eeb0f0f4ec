"""Inflected forms of English verbs, nouns and adjectives by tag, so that words no treebank shows get their lemma.

Base forms and exceptions are WordNet 3.0's (Princeton's licence), as packed in ``spacy-lookups-data``; the regular
forms follow the spelling rules of English.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import srsly

Table = dict[str, dict[str, str]]

_VOWELS = frozenset("aeiou")
_SIBILANTS = ("s", "x", "z", "ch", "sh")


def inflections() -> Table:
    """For each Penn tag the lemma of each inflected form, in lower case; an irregular form goes before a regular one,
    except that a plural which is regular for some noun is that noun's (*bases*: *base*)."""
    table: Table = {tag: {} for tag in ("VBD", "VBN", "VBG", "VBZ", "VBP", "NNS", "JJR", "JJS")}
    verbs, verb_exceptions = _words("verb"), _exceptions("verb")
    for form, lemma in verb_exceptions:
        for tag in ("VBG",) if form.endswith("ing") else ("VBD", "VBN"):
            table[tag].setdefault(form, lemma)
    for verb in verbs:
        for tag, form in _regular_verb(verb):
            table[tag].setdefault(form, verb)
    for noun in _words("noun"):
        table["NNS"].setdefault(_with_s(noun), noun)
    for form, lemma in _exceptions("noun"):
        table["NNS"].setdefault(form, lemma)
    for form, lemma in _exceptions("adj"):
        table["JJS" if form.endswith("st") else "JJR"].setdefault(form, lemma)
    return table


def add_inflections(table: Table) -> Table:
    """A table of what the treebanks settle, with the inflections that they leave open."""
    return {tag: inflections().get(tag, {}) | table.get(tag, {}) for tag in {*table, *inflections()}}


def _words(part: str) -> list[str]:
    found: dict[str, Any] = _load("en_lemma_index.json.gz")[part]
    return sorted(word for word in found if word.isalpha() and word.islower() and len(word) > 1)


def _exceptions(part: str) -> Iterator[tuple[str, str]]:
    for form, lemmas in sorted(_load("en_lemma_exc.json.gz")[part].items()):
        if form.isalpha() and lemmas[0] != form:
            yield form, lemmas[0]


def _load(name: str) -> Any:
    return srsly.read_gzip_json(str(files("spacy_lookups_data") / "data" / name))


def _regular_verb(verb: str) -> Iterator[tuple[str, str]]:
    yield "VBZ", _with_s(verb)
    if verb.endswith("e"):
        past, present = verb + "d", (verb if verb.endswith(("ee", "oe", "ye")) else verb[:-1]) + "ing"
    elif verb.endswith("y") and verb[-2] not in _VOWELS:
        past, present = verb[:-1] + "ied", verb + "ing"
    else:
        past, present = verb + "ed", verb + "ing"
    yield "VBD", past
    yield "VBN", past
    yield "VBG", present


def _with_s(word: str) -> str:
    if word.endswith("y") and word[-2] not in _VOWELS:
        return word[:-1] + "ies"
    if word.endswith(_SIBILANTS) or (word.endswith("o") and word[-2] not in _VOWELS):
        return word + "es"
    return word + "s"

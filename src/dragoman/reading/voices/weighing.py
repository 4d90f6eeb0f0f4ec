"""Whose word a report is, of all who are told as saying something at its word, weighed by a model learned from coded
articles.

By rule (``finding.voice_at``) a speaker's is every word of what he says. But of what he names in passing much is the
document's own (*said that he had met the foreign minister*), he tells of his own acts in other words than of others',
and some who want, accuse or consider say how things are. What is said, by whom, how far in it the word stands and what
it claims speak for or against each.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from dragoman.reading.circumstances.governing import way_between
from dragoman.reading.scorer import Scorer
from dragoman.reading.syntax import child, children, relation
from dragoman.reading.voices.asserted import is_clause
from dragoman.reading.voices.attribution import UNNAMED, Attribution
from dragoman.reading.voices.finding import attributions_at
from dragoman.reading.words import Token
from dragoman.record import Kind, Report

MODEL = "voice"
HELD = frozenset({Kind.POSITION, Kind.COMMITMENT, Kind.FORECAST})
"""Kinds whose holder speaks for himself: that he is their voice too is as the rule has it."""
_FIRST_ROLE = {
    Kind.EVENT: "source",
    Kind.POSITION: "holder",
    Kind.STEP: "by",
    Kind.COMMITMENT: "by",
    Kind.FORECAST: "by",
    Kind.RELATION: "subject",
}
_KEYS = ("type", "stance", "predicate", "status", "rung")
_LONGEST_WAY = 5


@dataclass(frozen=True, slots=True)
class Claim:
    """What of a report tells whose word it may be: its kind, its value, its standing, and who is foremost in it."""

    kind: Kind
    key: str
    standing: str
    doers: tuple[str, ...]

    @classmethod
    def of(cls, report: Report) -> Claim:
        """The claim that a report makes."""
        row = report.to_dict()
        doers = row.get(_FIRST_ROLE[report.kind]) or ()
        key = next((str(row[name]) for name in _KEYS if row.get(name)), "")
        return cls(report.kind, key, str(report.standing), (doers,) if isinstance(doers, str) else tuple(doers))


@dataclass(frozen=True, slots=True)
class TellerOption:
    """An attribution around a word, by whom, and what speaks for and against his being the voice there."""

    attribution: Attribution
    name: str
    features: tuple[str, ...]


def tellers_of(word: Token, claim: Claim, attributions: Iterable[Attribution]) -> tuple[Attribution, ...]:
    """The attributions whose sources are the voice of what a word claims, outermost first.

    Fires: *said that rebels had left*, *considers the militia an arm of the party* (its being one).
    Not:   *said that he had met the foreign minister* (whose office the document tells), *as aid agencies warn*.
    """
    every = tuple(attributions)
    ruled, model = attributions_at(word, every), load_model()
    found = []
    for option in teller_options(word, claim, every):
        if claim.kind in HELD and option.name in claim.doers:
            told = option.attribution in ruled
        else:
            told = model.probability(MODEL, option.features) >= model.thresholds[MODEL]
        found += [option.attribution] if told else []
    return tuple(found)


@lru_cache(maxsize=1)
def load_model() -> Scorer:
    """The model that ships with the package."""
    data = json.loads(resources.files("dragoman.reading").joinpath("model/voices.json").read_text(encoding="utf-8"))
    return Scorer({MODEL: data["weights"]}, {MODEL: data["threshold"]})


def teller_options(word: Token, claim: Claim, attributions: Iterable[Attribution]) -> list[TellerOption]:
    """The attributions whose content holds a word, outermost first, each described as it lies to the word."""
    holding = [a for a in attributions if a.cue is not None and a.holds(word.idx)]
    holding.sort(key=lambda a: a.size, reverse=True)
    return [
        TellerOption(a, name_of(a), (*_describe(word, claim, a), f"rank={min(n, 2)} of {min(len(holding), 3)}"))
        for n, a in enumerate(holding)
    ]


def name_of(attribution: Attribution) -> str:
    """Who speaks: of two the first-named, ``unnamed sources`` where the text leaves it open."""
    return attribution.names[0] if attribution.names else UNNAMED


def _describe(word: Token, claim: Claim, attribution: Attribution) -> Iterator[str]:
    """What is said and how, what the word claims, and the way between them."""
    cue, lemma, name = _cue_of(word, attribution), attribution.cue_lemma, name_of(attribution)
    kind, claimed, told = claim.kind, f"{claim.kind}:{claim.key}", attribution.kind
    form = "clause" if is_clause(word) else "noun" if word.pos_ in ("NOUN", "PROPN") else "modifier"
    near, own, quoted = cue.sent is word.sent, name in claim.doers, attribution.quotes_at(word.idx)
    up = way_between(word, cue)[0] if near else []
    last = relation(up[-1]) if up else ""
    yield from (f"said={told}", f"said={told}:{kind}", f"cue={lemma}", f"cue={lemma}:{form}", f"cue={lemma}:{kind}")
    yield from (f"cue={lemma}:{last}", f"last={last}", f"last={last}:{form}", f"link={word.tag_}:{relation(word)}")
    yield from (f"form={form}:{kind}", f"form={form}:{claimed}", f"near={near}:{quoted}")
    yield from (f"standing={kind}:{claim.standing}", f"standing={form}:{claim.standing}")
    yield from (f"standing={told}:{claim.standing}", f"quoted={quoted}:{form}", f"quoted={quoted}:{claimed}")
    yield from (f"quoted={quoted}:{kind}", f"own={own}:{claimed}", f"own={own}:{form}", f"own={own}:{lemma}")
    yield from (f"own={own}:{kind}", f"own={own}:{quoted}:{claim.standing}")
    yield from (f"far={min(abs(word.i - cue.i) // 6, 5)}:{quoted}", f"unnamed={name == UNNAMED}:{lemma}")
    yield f"unnamed={name == UNNAMED}:{cue.pos_}"
    yield from _describe_noun(word, claimed, claim)
    yield from _describe_way(word, cue, up, form, quoted) if near else ()


def _describe_noun(word: Token, claimed: str, claim: Claim) -> Iterator[str]:
    """Whether a noun speaks of something as known: *the war*, *its war*; not *a war*."""
    known = _article(word)
    yield from (f"known={known}:{relation(word)}", f"known={known}:{claimed}", f"known={known}:{claim.standing}")


def _article(word: Token) -> str:
    if word.pos_ != "NOUN":
        return ""
    if child(word, "det") is None:
        return "poss" if any(c.dep_ == "nmod:poss" for c in word.children) else "bare"
    return next(c.lower_ for c in children(word, "det"))


def _describe_way(word: Token, cue: Token, up: list[Token], form: str, quoted: bool) -> Iterator[str]:
    """The way through the tree from a word up to what is said of it, and the asides that it leads out of."""
    links, down = [relation(t) for t in up], [relation(t) for t in way_between(word, cue)[1]]
    yield f"way={'/'.join([*(f'^{link}' for link in links[:_LONGEST_WAY]), *down[:3]])}"
    yield from (f"inner={'/'.join(links[:-1][:3])}", f"inner={'/'.join(links[:-1][:3])}:{form}")
    aside = any(t.dep_ == "acl:relcl" for t in up)
    yield from (f"aside={aside}:{form}", f"aside={aside}:{quoted}")
    adverbial = [t for t in up[:-1] if relation(t) == "advcl"]
    marker = next((c.lower_ for t in adverbial for c in children(t, "mark")), "")
    yield f"adverbial={bool(adverbial)}:{marker}"


def _cue_of(word: Token, attribution: Attribution) -> Token:
    """The word that attributes, without its auxiliaries."""
    assert attribution.cue is not None
    span = word.doc.char_span(attribution.cue.start, attribution.cue.end)
    return next((t for t in span if t.lemma_.lower() == attribution.cue_lemma), span[0])

"""English as the treebanks write it down: where words end, and how odd spellings are looked up.

The rules start from spaCy's and follow the Universal Dependencies treebanks where those differ: *well-known* is three
words, *anti-war* one, *!!!* one, *cannot* two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from spacy.attrs import NORM, ORTH
from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER, CONCAT_QUOTES, LIST_ELLIPSES, LIST_ICONS
from spacy.lang.en import English, EnglishDefaults
from spacy.lang.norm_exceptions import BASE_NORMS
from spacy.util import registry

_BOUND_PREFIXES = (
    "anti arch bi co counter cross de e ex extra hyper inter intra macro mega mid mini micro multi neo non over pan "
    "para post pre pro proto pseudo psycho quasi re self-re semi socio sub super trans ultra un under vice"
).split()
"""Prefixes that the treebanks leave joined to their word across a hyphen."""

_RUNS = (r"!+[!?]*", r"\?+[!?]*", r"\*+", r"=+", r"_+", r"<+", r">+", r"~+", r"#+(?![A-Za-z])", r"-{2,}", r"\+{2,}")
"""Marks that are one word however often they repeat."""

_SINGLE_RUNS = {"!", r"\!", r"\?", "?", r"\*", "*", "=", "_", "<", ">", "~", "#"}

_ABBREVIATIONS = (
    "Ft. Nos. Lt. Sgt. Capt. Col. Gen. Maj. Rep. Reps. Sen. Sens. Gov. Pres. Hon. Rev. Fr. Sr. Sat. Mon. "
    "Tue. Tues. Wed. Thu. Thur. Thurs. Fri. al. Mlle. Mme. ca. approx. vs. cf. Vol. vol. pp. Fig. fig. Eq. Dept. "
    "Univ. Assn. Bros. Mt. Ave. Blvd. Rd. Sq. Tel. tel. ext. Ext. Op. op. Cmdr. Adm. Amb. Eng. Prof. Supt. "
    "Messrs. St. Jr. Dr. Mr. Mrs. Ms. U.S. U.K. U.N. U.A.E. E.U. D.C. U.S.A. a.m. p.m. A.M. P.M. i.e. e.g. Ph.D. M.D. "
    "Calif. Conn. Fla. Ariz. Colo. Mich. Minn. Neb. Nev. Okla. Tenn. Wis. Wyo. N.Y. N.J. N.M. N.H. N.C. S.C. N.D. "
    "S.D. R.I. W.Va. B.C. L.A. 9/11 7/7 24/7"
).split()

_SPLIT_WORDS = {
    "wanna": ("wan", "na"),
    "lotta": ("lot", "ta"),
    "gimme": ("gim", "me"),
    "lemme": ("lem", "me"),
    "dunno": ("du", "n", "no"),
}


_NOT_WORDS = ("etc.", "and/or", "):", ") :", "(:", "(;", ";)", ";-)", ":(", "(-:")
"""What spaCy takes as one word and is not: alternatives, faces that are brackets beside a colon, and *etc.*, which the
treebank splits more often than not, since it mostly ends a sentence."""


def _exceptions() -> dict[str, list[dict[int, str]]]:
    rules: dict[str, list[dict[int, str]]] = dict(EnglishDefaults.tokenizer_exceptions)
    for word in _NOT_WORDS:
        rules.pop(word, None)
    for word in _ABBREVIATIONS:
        rules.setdefault(word, [{ORTH: word}])
    for word, parts in _SPLIT_WORDS.items():
        for spelling, pieces in ((word, parts), (word.capitalize(), (parts[0].capitalize(), *parts[1:]))):
            rules[spelling] = [{ORTH: piece} for piece in pieces]
    return rules


def _infixes() -> list[str]:
    bound = "".join(
        rf"(?<!\b{re.escape(spelling)})" for prefix in _BOUND_PREFIXES for spelling in (prefix, prefix.capitalize())
    )
    hyphens = r"(?:-{1,3}|–|—{1,2}|~)"
    return [
        *LIST_ELLIPSES,
        *LIST_ICONS,
        r"(?<=[0-9])[+*^](?=[0-9-])",
        rf"(?<=[{ALPHA_LOWER}{CONCAT_QUOTES}])\.(?=[{ALPHA_UPPER}{CONCAT_QUOTES}])",
        rf"(?<=[{ALPHA}]),(?=[{ALPHA}])",
        rf"(?<=[{ALPHA}0-9]){bound}{hyphens}(?=[{ALPHA}])",
        rf"(?<=[{ALPHA}]){bound}{hyphens}(?=[0-9])",
        rf"(?<=[A-Z]\.){hyphens}(?=[{ALPHA}])",
        r"(?<=[0-9])–(?=[0-9])",
        r"(?<![0-9-][0-9]{2})(?<=[0-9])-(?=[0-9]{1,4}(?![0-9-]))",
        r"(?<![0-9-][0-9]{4})(?<=[0-9]{4})-(?=[0-9]{4}(?![0-9-]))",
        r"(?<![0-9-][0-9]{3})(?<=[0-9]{3})-(?=[0-9]{3}(?![0-9-]))",
        r"(?<![0-9/.][0-9])(?<![0-9/.][0-9]{2})(?<=[0-9])/(?=[0-9]{1,2}(?![0-9/]))",
        rf"(?<=[{ALPHA}0-9\)])[:<>=/](?=[{ALPHA}\(])",
        rf"(?<=[{ALPHA}0-9.!?,])[\"”“\]\)](?=[{ALPHA}])",
        rf"(?<=[{ALPHA}])[\"“\(\[](?=[{ALPHA}0-9])",
        r"(?<=[A-Za-z])[!?]+(?=[A-Za-z])",
        r"\)(?=\()",
        r"(?<=[A-Za-z])\"(?=<)",
    ]


def _norm_of(text: str) -> str:
    """What a spelling is looked up as: any run of blanks looks like the plainest one of its sort."""
    if text.isspace():
        return "\n\n" if text.count("\n") > 1 else "\n" if "\n" in text else " "
    return BASE_NORMS.get(text, text.lower())


def _lex_attr_getters() -> dict[int, Callable[[str], Any]]:
    return {**EnglishDefaults.lex_attr_getters, NORM: _norm_of}


def _without_single_runs(rules: Sequence[str | re.Pattern[str]] | None) -> list[str]:
    return [rule for rule in rules or () if isinstance(rule, str) and rule not in _SINGLE_RUNS]


def _prefixes() -> list[str]:
    return [*_RUNS, r"-(?=[A-Za-z])", *_without_single_runs(EnglishDefaults.prefixes)]


def _suffixes() -> list[str]:
    return [*_RUNS, *_without_single_runs(EnglishDefaults.suffixes), "(?<=[0-9])(?:[ap]m|[AP]M|k)"]


class DragomanDefaults(EnglishDefaults):
    """spaCy's English with the treebanks' words."""

    tokenizer_exceptions = _exceptions()
    prefixes = _prefixes()
    suffixes = _suffixes()
    infixes = _infixes()
    lex_attr_getters = _lex_attr_getters()


@registry.languages("dragoman_en")
class DragomanEnglish(English):  # type: ignore[no-untyped-call]
    """The language that the shipped pipeline is built on."""

    lang = "dragoman_en"
    Defaults = DragomanDefaults

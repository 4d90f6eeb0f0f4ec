"""Whether a text is English, and if not, the name of what it is."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from dragoman.intake.phrases import load_phrases

FEWEST_LETTERS = 50
"""A shorter text in Latin letters is taken as English: a headline of names has no language to tell."""

_SAMPLE = 4000
_ENOUGH = 0.1
"""The commonest words are 19 % and more of each of 166 Guardian articles, 16 % of each GUM text; elsewhere only a few
homographs (Dutch *of*, Danish *for* and *have*) count."""
_SURE = 0.5
_ENGLISHES = frozenset({"en", "pcm", "sco"})
"""What the classifier calls English: a sentence full of foreign names passes for Nigerian Pidgin or Scots."""
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


def foreign_language(text: str) -> str | None:
    """The English name of the language of a text that is not English; ``None`` for English and what cannot be told.

    Most English is known by its commonest words; only what is not goes to the classifier, which takes a second to load.
    """
    samples = [text[:_SAMPLE]] if len(text) <= 2 * _SAMPLE else [text[:_SAMPLE], text[len(text) // 2 :][:_SAMPLE]]
    sample = " ".join(samples)
    words = [word.casefold() for word in _WORD.findall(sample)]
    letters = sum(map(len, words))
    latin = len(_LATIN.findall(sample))
    if letters == 0 or (letters < FEWEST_LETTERS and 2 * latin >= letters):
        return None
    common = sum(word in load_phrases().english for word in words)
    if common >= _ENOUGH * len(words):
        return None
    language, sureness = _identifier().classify(sample)
    if language in _ENGLISHES or (sureness < _SURE and 2 * latin >= letters):
        return None
    return _language_name(language)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # slow to load, seldom needed

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _language_name(code: str) -> str:
    from babel import Locale  # seldom needed

    return str(Locale("en").languages.get(code, f"the language {code}"))

"""The look of a person's or outlet's name, for lines that stand alone on a page. No knowledge of who exists."""

from __future__ import annotations

import re

from dragoman.intake.phrases import Phrases

_TOKEN = re.compile(r"[^\W\d_][\w./'’-]*\Z")


def is_name(text: str, phrases: Phrases, most: int = 5) -> bool:
    """Whether a line can be one person's name: two to ``most`` capitalised words, particles between them.

    Fires: "Ana de la Cruz", "J. B. Karimi". Not: "Kabul", "Talks in Doha", "The Kabul Times Of Today And Then".
    """
    words = text.split()
    if not 2 <= len(words) <= most or len(text) > 60:
        return False
    return all(_fits(word, phrases) for word in words) and words[0][0].isupper() and words[-1][0].isupper()


def _fits(word: str, phrases: Phrases) -> bool:
    if not _TOKEN.match(word):
        return False
    folded = word.casefold()
    return folded in phrases.name_particles or (word[0].isupper() and folded not in phrases.not_names)

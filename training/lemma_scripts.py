"""Lemmas as edits of a form's end, after UDPipe (Straka et al. 2016); ``dragoman.language.lemmas`` applies them."""

from __future__ import annotations


def script_of(form: str, lemma: str) -> str:
    """The edit that makes the lemma of the form: ``l`` or ``k`` (lower-case it or not), one digit for how many
    characters go from the end, and what comes in their place; ``w`` and the lemma itself where nothing is shared."""
    case, base = ("k", form) if lemma[:1] == form[:1] and form[:1].isupper() else ("l", form.lower())
    shared = 0
    while shared < min(len(base), len(lemma)) and base[shared] == lemma[shared]:
        shared += 1
    gone = len(base) - shared
    return f"w{lemma}" if gone > 9 or not shared else f"{case}{gone}{lemma[shared:]}"

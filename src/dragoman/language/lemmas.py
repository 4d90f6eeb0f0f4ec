"""Lemmas: by the table where a form and its tag leave no doubt, else by the edit that the encoder chose."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import srsly  # type: ignore[import-untyped]

_VERBS = ("VBD", "VBN", "VBG", "VBZ", "VBP", "VB")


@dataclass(frozen=True, slots=True)
class LemmaTable:
    """The lemma of each form, by tag, as the treebanks and WordNet's inflections settle it."""

    by_tag: dict[str, dict[str, str]]

    def lemma_of(self, form: str, tag: str) -> str | None:
        """The settled lemma, looked up as spelt, then in lower case; none where there is doubt.

        A verb's form that its tag does not know may be another form of a verb (*condemned*, tagged as if in *-ing*).
        """
        tags = (tag, *_VERBS) if tag in _VERBS else (tag,)
        tables = [self.by_tag[t] for t in tags if t in self.by_tag]
        found = next((table[f] for table in tables for f in (form, form.lower()) if f in table), None)
        return _one_of_men(form) if found is None and tag == "NNS" else found


def _one_of_men(form: str) -> str | None:
    """The singular of *militiamen* and whatever else is a compound of *men*."""
    return form.lower()[:-2] + "an" if form.lower().endswith("men") else None


def load_lemmas(path: Path) -> LemmaTable:
    """Read the table."""
    return LemmaTable(srsly.read_msgpack(path))


def apply_script(form: str, script: str) -> str:
    """The lemma that an edit makes of a form.

    ``l2y`` lower-cases *Armies*, takes two characters... from its end and puts *y* there; ``k`` keeps the case; ``w``
    is followed by the lemma itself.
    """
    if script[0] == "w":
        return script[1:]
    base = form if script[0] == "k" else form.lower()
    gone = int(script[1])
    return base[: len(base) - gone] + script[2:] if gone < len(base) else base

"""Lemmas that the treebanks settle: forms that under one tag always had one lemma."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from training.treebank import TreebankDoc

SETTLED = 0.97
"""Share of a form's occurrences under one tag that must have the same lemma for the table to settle it."""


def settled_lemmas(docs: Iterable[TreebankDoc]) -> dict[str, dict[str, str]]:
    """For each tag, the lemma of each form that leaves no doubt, as spelt and in lower case."""
    seen: dict[tuple[str, str], Counter[str]] = {}
    for doc in docs:
        for word in doc.words:
            for form in {word.form, word.form.lower()}:
                seen.setdefault((word.tag, form), Counter())[word.lemma] += 1
    table: dict[str, dict[str, str]] = {}
    for (tag, form), counts in sorted(seen.items()):
        lemma, count = counts.most_common(1)[0]
        if count >= SETTLED * counts.total():
            table.setdefault(tag, {})[form] = lemma
    return table

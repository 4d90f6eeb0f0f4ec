"""Numbers as news writes them: *2,000*, *1.5 million*, *twenty-one*, *a dozen*, *two and a half*.

Dates and casualty figures both read quantities through here. Vague ones (*several*, *dozens*) have no value.
"""

from __future__ import annotations

import re
from itertools import pairwise

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()

_UNITS: dict[str, float] = (
    {word: n for n, word in enumerate(_ONES)}
    | {word: 10 * n for n, word in enumerate(_TENS, 2)}
    | {"no": 0, "half": 0.5, "couple": 2, "pair": 2}
)
_SCALES: dict[str, float] = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1000,
    "k": 1000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "million": 1_000_000,
    "bn": 1_000_000_000,
    "billion": 1_000_000_000,
}
_FILLERS = frozenset({"and", "of", "a", "an"})
_PIECE = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[a-z]+")

NUMBER_WORD = "|".join([*_ONES[1:], *_TENS])
"""The number words from *one* to *ninety*, as a piece of a regular expression."""


def parse_number(text: str) -> float | None:
    """The value of a phrase that is a number and nothing else; ``None`` for anything vague, empty or not a number."""
    pieces = [p for p in _PIECE.findall(text.lower()) if p not in _FILLERS]
    total: float = 0.0
    current: float | None = None
    if any(a[0].isdigit() and b[0].isdigit() for a, b in pairwise(pieces)):
        return None  # "12-15": two numbers
    for piece in pieces:
        if piece in _SCALES:
            current = (1.0 if current is None else current) * _SCALES[piece]
            if _SCALES[piece] >= 1000:
                total, current = total + current, None
        elif piece in _UNITS or piece[0].isdigit():
            current = (current or 0.0) + (_UNITS[piece] if piece in _UNITS else float(piece.replace(",", "")))
        else:
            return None
    if not pieces:
        return 1.0 if text.strip().lower() in ("a", "an") else None
    return total + (current or 0.0)

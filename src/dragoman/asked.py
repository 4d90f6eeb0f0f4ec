"""What a user asks for by a word or a date: whether there can be such a thing, else one sentence with the nearest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from typing import TypeVar

from dragoman.errors import UsageError

Choice = TypeVar("Choice", bound=StrEnum)
_ISO_PREFIX = re.compile(r"\d{4}(-\d\d(-\d\d)?)?\Z", re.ASCII)


def nearest(wanted: str, known: Iterable[str], key: Callable[[str], str] = str.casefold) -> str | None:
    """What is known and most like what is wanted, if anything is; both are compared as ``key`` has them."""
    import difflib  # only needed where something is wrong

    by_key = {key(one): one for one in known}
    near = difflib.get_close_matches(key(wanted), by_key, n=1)
    return by_key[near[0]] if near else None


def one_of(enum: type[Choice], what: str, value: str) -> Choice:
    """The value of a closed vocabulary. Raises ``UsageError``, with all that there are and the nearest, if it has none
    of that name."""
    if value in list(enum):
        return enum(value)
    near = nearest(value, enum)
    hint = f"; did you mean {near}?" if near else ""
    raise UsageError(f"unknown {what} {value!r}; there are {', '.join(enum)}{hint}")


def iso_date(text: str) -> str:
    """The date as it is: a year, a month or a day. Raises ``UsageError`` for what no calendar has."""
    try:
        if not _ISO_PREFIX.match(text):
            raise ValueError
        date.fromisoformat(text + "0001-01-01"[len(text) :])
    except ValueError:
        raise UsageError(f"{text!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD") from None
    return text


def check_period(since: str | None, until: str | None) -> None:
    """Raises ``UsageError`` for a period with an end that is no date, or that runs backwards."""
    for end in (since, until):
        if end is not None:
            iso_date(end)
    if since and until and since[: len(until)] > until[: len(since)]:
        raise UsageError(f"the period runs backwards, from {since} until {until}; give the earlier date first")

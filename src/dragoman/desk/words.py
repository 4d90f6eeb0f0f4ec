"""What templates say of the record, in the words that the rest of the product uses."""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, urlencode

from jinja2.filters import do_urlencode

from dragoman.asked import iso_date
from dragoman.case import Duplicates, Hit
from dragoman.errors import UsageError
from dragoman.knowledge.countries import name_of
from dragoman.record import EventType, Kind, Predicate, Stance, Standing
from dragoman.record.happening import happening
from dragoman.record.occurrence import Dispute, Matter
from dragoman.record.words import STANCES, dated, listed, plural, slug_in_words
from dragoman.views.decided import said, summary, things
from dragoman.views.discourse import Aggregation, Mode, Normalisation, weight_in_words
from dragoman.views.ladder import MARKS, Held, turned
from dragoman.views.ledger_words import likelihood_of, state_of, status_of, told_as
from dragoman.views.pages import write_record
from dragoman.views.positions import in_signs
from dragoman.views.wording import (
    MATTERS,
    POSTS,
    QUALIFIERS,
    SORTS,
    STATUSES,
    TIES,
    counted,
    how_told,
    line,
    qualification,
    side_told,
    tenure_told,
)

LETTERS: dict[Kind, str] = {
    Kind.EVENT: "E",
    Kind.POSITION: "P",
    Kind.STEP: "S",
    Kind.COMMITMENT: "C",
    Kind.FORECAST: "F",
    Kind.RELATION: "R",
}
"""A kind of report by letter, beside its colour: not everybody tells colours apart."""

_SHORT = 8
_ADVICE = re.compile(r"; `dragoman show CASE (\w+)` lists \w+( with their ids)?$")
_NEAREST = re.compile(r".*\bdid you mean (.+)\?$", re.DOTALL)
_LISTS = {name: f"/{name}" for name in ("documents", "actors", "sources", "commitments", "forecasts")} | {
    "occurrences": "/timeline",
    "events": "/timeline",
}


def on_the_desk(sentence: str) -> tuple[str, str]:
    """A sentence without the command that would list what there is, and the page that does; empty where none is."""
    found = _ADVICE.search(sentence)
    return (sentence[: found.start()], _LISTS.get(found[1], "")) if found else (sentence, "")


def suggested(sentence: str) -> tuple[str, str]:
    """What a sentence asks whether it was meant, after all that it says before; both empty where it does not ask."""
    found = _NEAREST.match(sentence)
    if found is None:
        return "", ""
    try:
        near = str(literal_eval(found[1])) if found[1][0] in "'\"" else found[1]
    except (SyntaxError, ValueError):  # a name that itself asks so
        return "", ""
    return sentence[: found.start(1)], near


ROLES: dict[str, str] = {
    "source": "by it",
    "by": "by it",
    "holder": "held by it",
    "target": "toward it",
    "toward": "toward it",
    "to": "to it",
    "subject": "of it to others",
    "object": "of others to it",
}
"""What an actor is in a report, after the number of them."""
TIED_BY: dict[str, str] = {
    Mode.AFFILIATION: "actors and matters",
    Mode.ACTORS: "actors",
    Mode.CONCEPTS: "matters",
    Aggregation.IGNORE: "how much both say",
    Aggregation.COMBINE: "for, against or both",
    Aggregation.CONGRUENCE: "agreement",
    Aggregation.CONFLICT: "conflict",
    Aggregation.SUBTRACT: "agreement less conflict",
    Normalisation.NO: "nothing",
    Normalisation.AVERAGE_ACTIVITY: "their mean activity",
    Normalisation.JACCARD: "all that either holds (Jaccard)",
    Normalisation.COSINE: "their lengths (cosine)",
    Duplicates.RANGE: "period",
    Duplicates.DOCUMENT: "document",
    Duplicates.INCLUDE: "statement",
    Duplicates.WEEK: "week",
    Duplicates.MONTH: "month",
    Duplicates.YEAR: "year",
}
"""What is chosen of a network, in words; ``views.discourse`` says what each is."""


def of_what(dispute: Dispute) -> str:
    """What a dispute is of."""
    first, _, rest = dispute.about.partition(" ")
    if dispute.occurrence and first in tuple(EventType):
        sort = SORTS[EventType(first)]
        return f"{sort[:1].upper()}{sort[1:]}: {rest}"
    who, parted, matter = dispute.about.partition(" · ")
    return f"{who} on {slug_in_words(matter)}" if parted else dispute.about


def in_path(name: str) -> str:
    """A name as the end of an address; its slashes are kept, unless its dots would be taken for a way up."""
    return quote(name, safe="" if {".", ".."} & set(name.split("/")) else "/")


def address(path: str, **asked: object) -> str:
    """A page with what is asked of it; what is empty is not."""
    given = {name: value for name, value in asked.items() if value not in (None, "")}
    return f"{path}?{urlencode(given)}" if given else path


def is_date(text: str) -> bool:
    """Whether a text is a date to look as of."""
    try:
        iso_date(text)
    except UsageError:
        return False
    return True


def short(id: str) -> str:
    """An id as people write it: long enough to find it again."""
    return id[:_SHORT]


def matched(hit: Hit) -> Iterator[tuple[str, bool]]:
    """The sentence of a hit in parts, each with whether the search found it."""
    at = hit.span.start
    for match in hit.matches:
        if match.start > at:
            yield hit.sentence[at - hit.span.start : match.start - hit.span.start], False
        if match.end > at:
            yield hit.sentence[max(match.start, at) - hit.span.start : match.end - hit.span.start], True
            at = match.end
    yield hit.sentence[at - hit.span.start :], False


FILTERS: dict[str, Callable[..., Any]] = {
    "country": lambda code: name_of(code) or code,
    "counted": counted,
    "dated": dated,
    "happening": happening,
    "held": lambda held: MARKS[Held(held)][1],
    "how_told": how_told,
    "tenure_told": tenure_told,
    "in_signs": in_signs,
    "is_date": is_date,
    "letter": lambda kind: LETTERS[Kind(kind)],
    "likelihood_of": likelihood_of,
    "line": line,
    "listed": listed,
    "matched": matched,
    "matter": lambda matter: MATTERS[Matter(matter)],
    "of_what": of_what,
    "plural": plural,
    "post": lambda predicate: POSTS[Predicate(predicate)],
    "qualified": qualification,
    "role": lambda role: ROLES.get(role, f"with it as {role}"),
    "record": lambda brief: write_record(brief, "/reports/"),
    "said": said,
    "short": short,
    "sort_of": lambda type: SORTS[EventType(type)],
    "slug_in_words": slug_in_words,
    "side": lambda stance: STANCES[Stance(stance)].removesuffix(" about"),
    "side_told": lambda value, matter: side_told(Matter(matter), value),
    "sign": lambda held: MARKS[Held(held)][0],
    "standing": lambda standing: QUALIFIERS[Standing(standing)],
    "state_of": state_of,
    "status_of": status_of,
    "status_words": lambda turn: STATUSES[turn.status],
    "summary": summary,
    "step_told_as": lambda step: told_as(step.standing, step.said, step.voices),
    "things": things,
    "tied_by": lambda choice: TIED_BY[choice],
    "tie": lambda predicate: TIES[Predicate(predicate)],
    "turned": turned,
    "urlencode": lambda value: in_path(value) if isinstance(value, str) else do_urlencode(value),
    "weight": weight_in_words,
}

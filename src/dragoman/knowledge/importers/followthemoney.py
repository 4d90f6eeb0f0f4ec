"""Actors from FollowTheMoney entities, as OpenSanctions publishes them: JSON Lines, nested entities too.

Persons, organizations, public bodies, companies and countries become actors. Who holds which office since and until
when comes from ``Occupancy`` and ``Position``, ``Directorship``, ``Membership`` and ``Employment``; an office whose
body is not named is at the state of its country. Other entities are passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.knowledge.countries import alpha3
from dragoman.knowledge.importers.entries import MAX_ENTRIES, Entry, Found, clean_name, iter_lines
from dragoman.knowledge.pack import Office
from dragoman.knowledge.source import clip
from dragoman.record import ActorKind

KINDS: Mapping[str, tuple[ActorKind, str | None]] = {
    "Person": (ActorKind.PERSON, None),
    "Organization": (ActorKind.ORGANIZATION, None),
    "LegalEntity": (ActorKind.ORGANIZATION, None),
    "PublicBody": (ActorKind.ORGANIZATION, "GOV"),
    "Company": (ActorKind.ORGANIZATION, "BUS"),
    "Country": (ActorKind.STATE, "GOV"),
    "Territory": (ActorKind.STATE, "GOV"),
}
"""Schemas that become actors, with the kind and the sector that follow from them."""

TIES = {
    "Occupancy": ("holder", "post"),
    "Directorship": ("director", "organization"),
    "Membership": ("member", "organization"),
    "Employment": ("employee", "employer"),
}
"""Schemas that tell an office, with the properties of who holds it and at whom."""
_TITLES = {"Directorship": "director", "Membership": "member", "Employment": "employee"}
_DEPTH = 6
_DATE = re.compile(r"(\d{4})(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")

Properties = Mapping[str, list[Any]]


@dataclass(frozen=True, slots=True)
class _Tie:
    line: int
    schema: str
    holder: str
    at: str
    title: str | None
    since: str | None
    until: str | None


@dataclass(slots=True)
class _Seen:
    """What was met so far: entities may refer to later ones, so that offices are put together at the end."""

    found: Found
    entries: dict[str, Entry] = field(default_factory=dict)
    posts: dict[str, tuple[str, str]] = field(default_factory=dict)
    ties: list[_Tie] = field(default_factory=list)


def read_followthemoney(path: Path) -> Found:
    """The actors of a file of entities, one a line."""
    seen = _Seen(Found())
    for line, text in iter_lines(path, seen.found):
        if text.strip():
            try:
                row = json.loads(text)
            except (ValueError, RecursionError) as error:
                seen.found.set_aside(line, f"not JSON: {clip(getattr(error, 'msg', None) or error)}")
                continue
            _take(seen, line, row, "", 0)
    for tie in seen.ties:
        _settle(seen, tie)
    return seen.found


def _take(seen: _Seen, line: int, row: Any, parent: str, depth: int) -> str | None:
    """Take in an entity and those nested in it; its id, if it is one."""
    if not isinstance(row, dict) or not isinstance(row.get("schema"), str):
        seen.found.set_aside(line, "not an entity: a map with id, schema and properties")
        return None
    id, schema, properties = row.get("id"), row["schema"], row.get("properties")
    if not isinstance(id, str) or not id or not isinstance(properties, dict):
        seen.found.set_aside(line, f"a {clip(schema)} without an id or properties")
        return None
    if depth > _DEPTH:
        return id
    values: dict[str, list[Any]] = {}
    for name, given in properties.items():
        listed = given if isinstance(given, list) else [given]
        values[str(name)] = [_take(seen, line, v, id, depth + 1) if isinstance(v, dict) else v for v in listed]
    if schema in KINDS:
        _take_actor(seen, line, id, schema, values)
    elif schema == "Position":
        at = _first(values, "organization") or _state(values) or ""
        seen.posts[id] = (_first(values, "name") or "", at)
    elif schema in TIES:
        _take_tie(seen, line, schema, values, parent)
    return id


def _take_actor(seen: _Seen, line: int, id: str, schema: str, values: Properties) -> None:
    kind, sector = KINDS[schema]
    names = list(_texts(values, "name", "alias", "previousName", "abbreviation", "weakAlias"))
    if not names:
        seen.found.set_aside(line, f"the {schema} {clip(id)} has no name")
        return
    caption = names[0]
    countries = [alpha3(str(code)) for code in (*values.get("mainCountry", ()), *values.get("country", ()))]
    countries += [alpha3(str(code)) for code in (*values.get("jurisdiction", ()), *values.get("citizenship", ()))]
    country = next((code for code in countries if code), None)
    if kind is ActorKind.STATE and country is None:
        country = next((code for name in names if (code := alpha3(name))), None)
    key = f"state/{country}" if kind is ActorKind.STATE and country else None
    old = seen.entries.get(id)
    if old is not None:
        old.names += [name for name in names if name != old.name and name not in old.names]
        return
    entry = Entry(line, caption, kind, id=id, names=names[1:], country=country, sector=sector, key=key)
    seen.entries[id] = entry
    seen.found.add(entry)


def _take_tie(seen: _Seen, line: int, schema: str, values: Properties, parent: str) -> None:
    ends = [_first(values, name) for name in TIES[schema]]
    if ends[0] is None and parent:
        ends[0] = parent
    holder, at = ends
    if not holder or not at:
        seen.found.set_aside(line, f"an {schema} without {' or '.join(TIES[schema])}")
        return
    if len(seen.ties) < 2 * MAX_ENTRIES:
        dates = [_date(values, *names) for names in (("startDate", "periodStart", "date"), ("endDate", "periodEnd"))]
        seen.ties.append(_Tie(line, schema, holder, at, _first(values, "role"), *dates))


def _settle(seen: _Seen, tie: _Tie) -> None:
    """Give an office to its holder, if he is a person."""
    holder = seen.entries.get(tie.holder)
    if holder is None or holder.kind is not ActorKind.PERSON:
        return
    title, at = tie.title or _TITLES.get(tie.schema), tie.at
    if tie.schema == "Occupancy":
        post, at = seen.posts.get(tie.at, ("", ""))
        title = post or title
    title = clean_name(title)
    if title is None or not at:
        missing = "nobody tells where" if title else "without a title"
        seen.found.set_aside(tie.line, f"an office of {clip(holder.name)} {missing}; it is left out")
        return
    if tie.since and tie.until and tie.until[: len(tie.since)] < tie.since[: len(tie.until)]:
        seen.found.set_aside(tie.line, f"the office {clip(title)} of {clip(holder.name)} ends before it begins")
        return
    holder.offices.append(Office(title, at, tie.since, tie.until))


def _texts(values: Properties, *names: str) -> Iterator[str]:
    """Distinct names of these properties that are written in Latin letters, in which the texts are."""
    told: dict[str, None] = {}
    for name in names:
        for value in values.get(name, ()):
            text = clean_name(value)
            if text and any("A" <= letter <= "z" for letter in text):
                told[text] = None
    yield from told


def _first(values: Properties, name: str) -> str | None:
    return next((value for value in values.get(name, ()) if isinstance(value, str) and value), None)


def _state(values: Properties) -> str | None:
    codes = (alpha3(str(code)) for code in values.get("country", ()))
    return next((f"state/{code}" for code in codes if code), None)


def _date(values: Properties, *names: str) -> str | None:
    for name in names:
        for value in values.get(name, ()):
            if isinstance(value, str) and (match := _DATE.match(value)):
                return match.group()
    return None

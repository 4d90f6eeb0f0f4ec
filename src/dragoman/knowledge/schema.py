"""The schema of a pack's files, in one place: which keys an entry may have and what each holds.

Every file but ``pack.yaml`` holds entries, each under its id. The tables at the end are the schema; docs/packs.md
explains them to users.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import yaml

from dragoman.knowledge.pack import Office
from dragoman.knowledge.source import MAX_TEXT, Notes, clip, did_you_mean, line_of
from dragoman.record import ActorKind, Direction, EventType, Kind, Likelihood, Predicate, Stance, Standing, Status

Parse = Callable[[yaml.Node, Notes], Any]

SECTORS = tuple(
    "AGR BUS COP CRM CVL EDU ELI ENV GOV HLH HRI IGO JUD LAB LEG MED MIL MNC NGO OPP PTY REB REF REL SPY UAF".split()
)
"""PLOVER sector codes that a pack may give an actor."""

_ID = re.compile(r"[\w][\w./+-]{0,79}\Z")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?\Z")
_PROBABILITY = re.compile(r"0?\.\d{1,6}\Z")
_COUNTRY = re.compile(r"[A-Z]{3}\Z")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as written: its id, the values of the keys that it gives, and the line it starts on."""

    id: str
    values: Mapping[str, Any]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of file: the keys of its entries, those that a new entry must have, and a check over the whole entry."""

    keys: Mapping[str, Parse]
    required: tuple[str, ...] = ()
    check: Callable[[Mapping[str, Any]], Iterator[str]] = field(default=lambda _values: iter(()))


def parse_text(node: yaml.Node, notes: Notes) -> str | None:
    """One piece of text, blanks around it removed; noted and ``None`` if it is none, empty or too long."""
    if not notes.enter(node):
        return None
    if not isinstance(node, yaml.ScalarNode):
        notes.note(node, "expected text here, found a list or mapping")
    elif not (text := " ".join(node.value.split())):
        notes.note(node, "empty value; write one or leave the key out")
    elif len(text) > MAX_TEXT:
        notes.note(node, f"text of {len(text):,} characters; at most {MAX_TEXT:,} are allowed")
    else:
        return str(text)
    return None


def parse_texts(node: yaml.Node, notes: Notes) -> tuple[str, ...]:
    """A list of texts; one line with commas is a list too (``names: Türkiye, Turkiye``)."""
    if isinstance(node, yaml.ScalarNode):
        if not notes.enter(node):
            return ()
        parts = [" ".join(part.split()) for part in node.value.split(",")]
        if not all(parts) or max(map(len, parts)) > MAX_TEXT:
            notes.note(node, "an empty or overlong item in a list with commas; write items between the commas")
            return ()
        return tuple(dict.fromkeys(parts))
    return parse_sentences(node, notes)


def parse_sentences(node: yaml.Node, notes: Notes) -> tuple[str, ...]:
    """A list of texts in which commas mean nothing."""
    if not notes.enter(node):
        return ()
    if not isinstance(node, yaml.SequenceNode):
        notes.note(node, "expected a list here, one item a line after '- '")
        return ()
    found = [parse_text(item, notes) for item in node.value]
    return tuple(dict.fromkeys(text for text in found if text))


def one_of(what: str, allowed: type[StrEnum] | tuple[str, ...]) -> Parse:
    """A parser of one value of a closed vocabulary."""
    known = {str(value): value for value in allowed}

    def parse(node: yaml.Node, notes: Notes) -> Any:
        text = parse_text(node, notes)
        if text is None or text in known:
            return known.get(text or "")
        hint = did_you_mean(text, known) or f"; allowed are {', '.join(known)}"
        notes.note(node, f"unknown {what} {clip(text)}{hint}")
        return None

    return parse


def matching(pattern: re.Pattern[str], rule: str) -> Parse:
    """A parser of text of a given shape."""

    def parse(node: yaml.Node, notes: Notes) -> str | None:
        text = parse_text(node, notes)
        if text is not None and not pattern.match(text):
            notes.note(node, f"{clip(text)} is not {rule}")
            return None
        return text

    return parse


def parse_probability(node: yaml.Node, notes: Notes) -> float | None:
    """A number between 0 and 1, both left out: a forecast that was certain and wrong could not be scored fairly."""
    text = parse_text(node, notes)
    if text is None:
        return None
    if not _PROBABILITY.match(text) or not float(text):
        notes.note(node, f"{clip(text)} is not a probability; write a number between 0 and 1, such as 0.8")
        return None
    return float(text)


def parse_offices(node: yaml.Node, notes: Notes) -> tuple[Office, ...]:
    """The offices of a person, a list of mappings."""
    if not notes.enter(node):
        return ()
    if not isinstance(node, yaml.SequenceNode):
        notes.note(node, "expected a list of offices, each '- {title: …, at: …, since: …, until: …}'")
        return ()
    rows = [parse_record(item, OFFICE, notes, complete=True) for item in node.value]
    return tuple(Office(**row) for row in rows if {"title", "at"} <= row.keys())


def parse_yields(node: yaml.Node, notes: Notes) -> dict[str, str]:
    """What a frame gives the report: field and value; the values are checked against the vocabularies."""
    return parse_record(node, YIELDS, notes, complete=True)


def parse_record(node: yaml.Node, section: Section, notes: Notes, *, complete: bool) -> dict[str, Any]:
    """The values of a mapping whose keys the section knows; ``complete`` asks for the required ones as well."""
    values: dict[str, Any] = {}
    before = len(notes.problems)
    for key, value in iter_pairs(node, notes):
        parse = section.keys.get(key.value)
        if parse is None:
            hint = did_you_mean(key.value, section.keys) or f"; keys are {', '.join(section.keys)}"
            notes.note(key, f"unknown key {clip(key.value)}{hint}")
        elif (parsed := parse(value, notes)) is not None:
            values[key.value] = parsed
    if complete and len(notes.problems) == before:
        for message in missing(values, section):
            notes.note(node, message)
    return values


def missing(values: Mapping[str, Any], section: Section) -> Iterator[str]:
    """What an entry lacks to stand by itself."""
    for key in section.required:
        if not values.get(key):
            yield f"the key {key!r} is missing"
    yield from section.check(values)


def iter_pairs(node: yaml.Node, notes: Notes) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
    """The keys and values of a mapping; doubled and odd keys are noted and skipped."""
    if not notes.enter(node):
        return
    if not isinstance(node, yaml.MappingNode):
        notes.note(node, "expected a mapping here ('key: value' lines)")
        return
    seen: dict[str, int] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            notes.note(key, "a key must be plain text")
        elif key.value in seen:
            notes.note(key, f"{clip(key.value)} stands here for the second time, first on line {seen[key.value]}")
        else:
            seen[key.value] = line_of(key)
            yield key, value


def parse_entries(root: yaml.Node | None, section: Section, notes: Notes) -> tuple[Entry, ...]:
    """The entries of a file, in order: a mapping from id to entry, or a list of entries that have a key ``id``."""
    if root is None:
        return ()
    if isinstance(root, yaml.SequenceNode):
        return tuple(_iter_listed(root, section, notes))
    entries = []
    for key, value in iter_pairs(root, notes):
        if (name := _parse_id(key, notes)) is not None:
            entries.append(Entry(name, parse_record(value, section, notes, complete=False), notes.file, line_of(key)))
    return tuple(entries)


def _iter_listed(root: yaml.SequenceNode, section: Section, notes: Notes) -> Iterator[Entry]:
    with_id = Section({"id": _parse_id} | dict(section.keys))
    for item in root.value:
        values = parse_record(item, with_id, notes, complete=False)
        name = values.pop("id", None)
        if name is not None:
            yield Entry(name, values, notes.file, line_of(item))
        elif not notes.problems:
            notes.note(item, "the key 'id' is missing")


def _check_head(values: Mapping[str, Any]) -> Iterator[str]:
    if "since" in values and "authority" not in values:
        yield "since is the day since which the authority has been there; name the authority too, or leave it out"


def _check_frame(values: Mapping[str, Any]) -> Iterator[str]:
    kind, yields = values.get("kind"), values.get("yields", {})
    if "modal" in yields:  # The modal verb is the trigger, and tells the rest.
        return
    # Where the source is a name itself (the Green Party in Peru), the name is the trigger.
    if "name" not in values.get("source", ()) and not any(values.get(key) for key in ("verbs", "nouns", "adjectives")):
        yield "a frame needs a trigger: verbs, nouns or adjectives"
    needed = _YIELD_OF_KIND.get(kind) if kind else None
    if needed and needed not in yields:
        yield f"a frame of kind {str(kind)!r} must yield {needed!r}"


_YIELD_OF_KIND = {
    Kind.EVENT: "type",
    Kind.POSITION: "stance",
    Kind.STEP: "rung",
    Kind.COMMITMENT: "status",
    Kind.FORECAST: "likelihood",
    Kind.RELATION: "predicate",
}

_parse_id = matching(_ID, "an id; use letters, digits and . / - (at most 80)")
_parse_date = matching(_DATE, "a date; write YYYY, YYYY-MM or YYYY-MM-DD")

HEAD = Section(
    {"id": _parse_id, "title": parse_text, "about": parse_text, "authority": parse_text, "since": _parse_date},
    required=("id", "title"),
    check=_check_head,
)
OFFICE = Section(
    {"title": parse_text, "at": parse_text, "since": _parse_date, "until": _parse_date}, required=("title", "at")
)
YIELDS = Section(
    {
        "type": one_of("event type", EventType),
        "reciprocal": one_of("value", ("yes", "no")),
        "modal": parse_text,
        "stance": one_of("stance", Stance),
        "issue": parse_text,
        "rung": parse_text,
        "direction": one_of("direction", Direction),
        "status": one_of("status", Status),
        "instrument": parse_text,
        "likelihood": one_of("likelihood", Likelihood),
        "predicate": one_of("predicate", Predicate),
        "title": parse_text,
    }
)
ACTORS = Section(
    {
        "name": parse_text,
        "kind": one_of("actor kind", ActorKind),
        "names": parse_texts,
        "adjectives": parse_texts,
        "metonyms": parse_texts,
        "shared": parse_texts,
        "of": parse_text,
        "country": matching(_COUNTRY, "a country code; write ISO 3166 alpha-3, such as AFG"),
        "sector": one_of("sector", SECTORS),
        "offices": parse_offices,
    },
    required=("name", "kind"),
)
ISSUES = Section(
    {"question": parse_text, "about": parse_text, "words": parse_texts, "reverse": parse_texts}, required=("question",)
)
RUNGS = Section(
    {"about": parse_text}
    | dict.fromkeys(("nouns", "up", "down", "alone_up", "alone_down", "undoes"), parse_texts)
    | {"above": parse_text},
    required=("about",),
)
LIKELIHOODS = Section({"probability": parse_probability, "source": parse_text}, required=("probability", "source"))
WORDS = Section({"source": parse_text, "words": parse_texts}, required=("source", "words"))
FRAMES = Section(
    {
        "kind": one_of("kind", Kind),
        "yields": parse_yields,
        "standing": one_of("standing", Standing),
        "fires": parse_sentences,
        "not": parse_sentences,
    }
    | dict.fromkeys(("verbs", "nouns", "adjectives", "light", "object", "source", "target"), parse_texts),
    required=("kind", "yields", "fires", "not"),
    check=_check_frame,
)

SECTIONS: Mapping[str, Section] = {
    "actors": ACTORS,
    "issues": ISSUES,
    "rungs": RUNGS,
    "words": WORDS,
    "frames": FRAMES,
    "likelihoods": LIKELIHOODS,
}
"""The kinds of files beside ``pack.yaml``: each is ``NAME.yaml``, a folder ``NAME/*.yaml``, or both."""

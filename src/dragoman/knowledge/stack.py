"""Packs stacked into one: later packs add to what earlier ones know, or correct it.

The law: an entry with the id of an earlier one extends it (lists grow, single values are replaced), and a surface form
goes to the latest pack that claims it, so that a pack may say that *Kabul* means another actor than core says. Stacking
a pack on itself changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dragoman.knowledge.folder import Part
from dragoman.knowledge.pack import Frame, Issue, Outline, Pack, PackActor, Rung
from dragoman.knowledge.schema import SECTIONS, Entry, missing
from dragoman.knowledge.source import Problem, clip, did_you_mean
from dragoman.record import Likelihood

FORM_KEYS = ("name", "names", "adjectives", "metonyms")

Values = dict[str, Any]


def stack_parts(parts: Sequence[Part], names: tuple[str, ...] = ()) -> Pack:
    """The pack that the parts, loaded by these names, make together; they must be free of ``find_problems``."""
    merged = {name: merge_entries(parts, name) for name in SECTIONS}
    actors = tuple(PackActor(key=key, **values) for key, values in _settle_forms(parts, merged["actors"]).items())
    heads = [part.head.values for part in parts]
    return Pack(
        ids=tuple(dict.fromkeys(part.head.id for part in parts)),
        title=heads[-1]["title"],
        about=heads[-1].get("about", ""),
        actors=actors,
        by_key={actor.key: actor for actor in actors},
        issues=tuple(Issue(id=key, **values) for key, values in merged["issues"].items()),
        rungs=rungs_of(merged["rungs"]),
        authority=authority_of(parts),
        frames=tuple(_build_frame(key, values) for key, values in merged["frames"].items()),
        words={key: frozenset(values["words"]) for key, values in merged["words"].items()},
        names=names,
        likelihoods=likelihoods_of(merged["likelihoods"]),
    )


def outline_parts(parts: Sequence[Part]) -> Outline:
    """Of the pack that the parts make together, what views of a record need."""
    return Outline(
        authority=authority_of(parts),
        since=next((p.head.values.get("since") for p in reversed(parts) if "authority" in p.head.values), None),
        rungs=rungs_of(merge_entries(parts, "rungs")),
        likelihoods=likelihoods_of(merge_entries(parts, "likelihoods")),
    )


def authority_of(parts: Sequence[Part]) -> str | None:
    """The key of the actor that the topmost pack that names one puts in question."""
    heads = (part.head.values for part in reversed(parts))
    return next((head["authority"] for head in heads if "authority" in head), None)


def rungs_of(entries: Mapping[str, Values]) -> tuple[Rung, ...]:
    """The rungs, lowest first: in order of appearance, but right above the one that they name."""
    order: list[str] = []
    waiting = dict(entries)
    while waiting:
        # A rung may name one that appears after it; what names each other in a circle is a problem found before.
        ready = next((k for k, v in waiting.items() if v.get("above") not in waiting or v["above"] == k), None)
        key = next(iter(waiting)) if ready is None else ready
        below = waiting.pop(key).get("above")
        order.insert(order.index(below) + 1 if below in order else len(order), key)
    return tuple(Rung(id=key, **entries[key]) for key in order)


def likelihoods_of(entries: Mapping[str, Values]) -> dict[Likelihood, float]:
    """Words to probabilities."""
    return {Likelihood(key): values["probability"] for key, values in entries.items()}


def merge_entries(parts: Sequence[Part], section: str) -> dict[str, Values]:
    """The entries of all parts by id, in order of first appearance."""
    merged: dict[str, Values] = {}
    for part in parts:
        for entry in part.sections[section]:
            merged[entry.id] = _merge_values(merged.get(entry.id, {}), entry.values)
    return merged


def _merge_values(old: Mapping[str, Any], new: Mapping[str, Any]) -> Values:
    values = dict(old)
    for key, value in new.items():
        both = isinstance(value, tuple) and key in old
        values[key] = tuple(dict.fromkeys((*old[key], *value))) if both else value
    return values


def _build_frame(key: str, values: Values) -> Frame:
    rest = {name: value for name, value in values.items() if name != "not"}
    return Frame(id=key, near_misses=values["not"], **rest)


def _forms_of(values: Mapping[str, Any]) -> Iterator[str]:
    if "name" in values:
        yield values["name"]
    for key in FORM_KEYS[1:]:
        yield from values.get(key, ())


def _settle_forms(parts: Sequence[Part], actors: dict[str, Values]) -> dict[str, Values]:
    """Leave each form with the actors of the latest pack that claims it (with all its bearers where it is shared)."""
    claims: dict[str, tuple[int, set[str]]] = {}
    for level, part in enumerate(parts):
        for entry in part.sections["actors"]:
            for form in _forms_of(entry.values):
                since, keys = claims.get(form, (level, set()))
                kept = keys if since == level or form in entry.values.get("shared", ()) else set()
                claims[form] = (level, kept | {entry.id})
    settled = {}
    for actor, values in actors.items():
        kept_forms = {
            key: tuple(form for form in values[key] if actor in claims[form][1] and form != values.get("name"))
            for key in FORM_KEYS[1:]
            if key in values
        }
        settled[actor] = values | kept_forms
    return settled


def find_problems(parts: Sequence[Part]) -> Iterator[Problem]:
    """What is wrong in the last part, seen on top of the others: its own problems first, then dangling references."""
    *below, top = parts
    yield from top.problems
    if top.problems:
        return  # What follows from a broken entry would only hide it.
    for name, section in SECTIONS.items():
        known = {entry.id for part in below for entry in part.sections[name]}
        first: dict[str, Entry] = {}
        for entry in top.sections[name]:
            if entry.id in first:
                where = f"{first[entry.id].file} line {first[entry.id].line}"
                yield _problem(entry, f"{clip(entry.id)} stands here for the second time, first in {where}")
            elif entry.id not in known:
                yield from (_problem(entry, f"{clip(entry.id)}: {text}") for text in missing(entry.values, section))
            first.setdefault(entry.id, entry)
    yield from _find_dangling(parts)
    yield from _find_odd_rungs(parts)
    yield from _find_odd_likelihoods(top)
    yield from _find_contested(parts)


def _find_dangling(parts: Sequence[Part]) -> Iterator[Problem]:
    """References of the last part to ids that nobody has."""
    ids = {name: [entry.id for part in parts for entry in part.sections[name]] for name in SECTIONS}
    known = {name: frozenset(keys) for name, keys in ids.items()}
    for entry, section, reference in _iter_references(parts[-1]):
        # Core has neither issues nor rungs; a frame that names one is checked where a pack brings some.
        if reference not in known[section] and (ids[section] or section == "actors"):
            hint = did_you_mean(reference, ids[section]) or "; add it or correct the key"
            yield _problem(entry, f"no entry {clip(reference)} in {section}{hint}")


def _iter_references(part: Part) -> Iterator[tuple[Entry, str, str]]:
    """(entry, section referred to, id referred to)."""
    if "authority" in part.head.values:
        yield part.head, "actors", part.head.values["authority"]
    for entry in part.sections["actors"]:
        if "of" in entry.values:
            yield entry, "actors", entry.values["of"]
        for office in entry.values.get("offices", ()):
            yield entry, "actors", office.at
    for entry in part.sections["rungs"]:
        for rung in (*entry.values.get("undoes", ()), *filter(None, [entry.values.get("above")])):
            yield entry, "rungs", rung
    for entry in part.sections["frames"]:
        for key, section in (("issue", "issues"), ("rung", "rungs")):
            if key in entry.values.get("yields", {}):
                yield entry, section, entry.values["yields"][key]


def _find_odd_rungs(parts: Sequence[Part]) -> Iterator[Problem]:
    """Rungs of the last part that undo themselves, which goes without saying, or stand above themselves."""
    above = {key: values.get("above") for key, values in merge_entries(parts, "rungs").items()}
    for entry in parts[-1].sections["rungs"]:
        if entry.id in entry.values.get("undoes", ()):
            yield _problem(entry, f"{clip(entry.id)} undoes itself; a move down does that anyway, so leave it out")
        below, seen = above[entry.id], {entry.id}
        while below is not None and below not in seen:
            seen.add(below)
            below = above.get(below)
        if below == entry.id:
            yield _problem(entry, f"{clip(entry.id)} stands above itself; correct its 'above'")


def _find_odd_likelihoods(part: Part) -> Iterator[Problem]:
    for entry in part.sections["likelihoods"]:
        if entry.id not in list(Likelihood):
            hint = did_you_mean(entry.id, [str(word) for word in Likelihood]) or f"; there are {', '.join(Likelihood)}"
            yield _problem(entry, f"{clip(entry.id)} is not a likelihood of the codebook{hint}")


def _find_contested(parts: Sequence[Part]) -> Iterator[Problem]:
    """Forms of the last part that another of its actors bears, or that are the very name of an actor below it."""
    *below, top = parts
    owners = {e.values["name"]: e.id for part in below for e in part.sections["actors"] if "name" in e.values}
    for entry in top.sections["actors"]:
        for form in _forms_of(entry.values):
            owner = owners.setdefault(form, entry.id)
            if owner != entry.id and form not in entry.values.get("shared", ()):
                yield _problem(
                    entry,
                    f"{clip(form)} of {clip(entry.id)} stands for {clip(owner)} already; drop one, or list it under "
                    "'shared' of both",
                )


def _problem(entry: Entry, message: str) -> Problem:
    return Problem(entry.file, entry.line, message)

"""FollowTheMoney entities as JSON Lines, the way OpenSanctions and Aleph take them in.

| record | entity |
| --- | --- |
| actor | by kind and sector (`schema_of`) |
| occurrence | `Event`, those in a role `involved`; its name and `keywords` say how it is told |
| relation `office` | `Position` and `Occupancy` |
| `leads`, `member-of`, `speaks-for` | `Directorship`, `Membership`, `Representation` |
| `part-of`, `allied-with`, `opposed-to`, and ties that those cannot hold | `UnknownLink` with the tie as its `role` |
| document | `Article`; a `Mention` for each of its actors |

A country has no entity of its own in that schema: a state is the `PublicBody` of its government, and countries are
codes (ISO 3166 alpha-2). Every event and tie is proven by the article that tells it (`proof`). The schema has no word
for what is only planned, asked for, possible or denied, so ties that are told so, and occurrences told only as denied,
are left out, as is where somebody is based; the number of these is said. A tie that is somebody's word says so in its
summary. An entity keeps its id in every export.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import BinaryIO

from dragoman.case import Case, CastReport, Gathered, Identified, Participant, StoredDocument
from dragoman.case.text import mended
from dragoman.export.period import Period
from dragoman.export.plover import parties
from dragoman.export.target import Target, writing
from dragoman.export.wording import quoted, title_of, told_by
from dragoman.knowledge.countries import alpha2
from dragoman.record import Actor, ActorKind, Predicate, Relation, Role, Standing
from dragoman.record.occurrence import Told

_PUBLIC = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
_FIRMS = frozenset({"BUS", "MNC"})
_ORGANIZATIONS = frozenset({"Organization", "PublicBody", "Company"})
_INVOLVED = ("source", "target", Role.INVITED, Role.MEDIATOR)
_LANGUAGES = {"en": "eng"}

_SCHEMAS = {
    ActorKind.PERSON: "Person",
    ActorKind.STATE: "PublicBody",
    ActorKind.MOVEMENT: "Organization",
    ActorKind.MEETING: "Organization",
}

Properties = dict[str, Iterable[str | None]]


@dataclass(slots=True)
class _Out:
    """The entities written so far: the schema of each actor by identity, and what was left out."""

    stream: BinaryIO
    schemas: dict[str, str] = field(default_factory=dict)
    posts: set[str] = field(default_factory=set)
    left_out: Counter[str] = field(default_factory=Counter)

    def write(self, id: str, schema: str, properties: Properties) -> None:
        """One entity; properties without a value are left out."""
        kept = {name: list(dict.fromkeys(v for v in values if v)) for name, values in properties.items()}
        row = {"id": id, "schema": schema, "properties": {name: values for name, values in kept.items() if values}}
        self.stream.write(json.dumps(mended(row), ensure_ascii=False).encode() + b"\n")

    def actor(self, who: Participant) -> str:
        """The entity's id of somebody in a role, who is written if no document of the export has him as an actor."""
        if who.identity not in self.schemas:
            _write_actor(self, who.identity, who.name, who.kind or ActorKind.GROUP, who.country, who.sector, ())
        return _id("actor", who.identity)


def export_followthemoney(
    case: Case, target: Target, *, since: str | None = None, until: str | None = None, as_of: str | None = None
) -> tuple[str, ...]:
    """Write actors, documents with mentions, occurrences and relations of a case; returns what was left out."""
    scope = Period(since=since, until=until, as_of=as_of)
    with writing(target) as stream:
        out = _Out(stream)
        for actor in case.identified(**scope):
            _write_identified(out, actor)
        for document in case.told_documents(**scope):
            _write_article(out, document, case.cast(document.id))
        for one in case.gathered(**scope):
            _write_event(out, one)
        for told in case.cast_reports("relation", by_document=True, **scope):
            _write_relation(out, told)
    return tuple(f"Left out {what}: {number:,}." for what, number in sorted(out.left_out.items()))


def _id(kind: str, of: str) -> str:
    packed = of.encode("utf-8", "surrogatepass")
    return f"dragoman-{kind}-{hashlib.sha256(packed).hexdigest()[:24]}"


def schema_of(kind: ActorKind, sector: str | None) -> str:
    """The schema of an actor."""
    if kind is ActorKind.ORGANIZATION:
        return "PublicBody" if sector in _PUBLIC else "Company" if sector in _FIRMS else "Organization"
    return _SCHEMAS.get(kind, "LegalEntity")


def _write_identified(out: _Out, actor: Identified) -> None:
    forms = [name for name in actor.names if name != actor.name]
    _write_actor(out, actor.identity, actor.name, actor.kind, actor.country, actor.sector, forms)


def _write_actor(
    out: _Out,
    identity: str,
    name: str,
    kind: ActorKind,
    country: str | None,
    sector: str | None,
    forms: Iterable[str],
) -> None:
    out.schemas[identity] = schema = schema_of(kind, sector)
    properties: Properties = {"name": [name], "weakAlias": forms, "country": [_country(country)]}
    out.write(_id("actor", identity), schema, properties | {"keywords": [kind, sector]})


def _country(code: str | None) -> str | None:
    two = alpha2(code) if code else None
    return two.lower() if two else None


def _write_article(out: _Out, document: StoredDocument, cast: Iterable[tuple[str, Actor]]) -> None:
    id = _id("document", document.id)
    properties: Properties = {
        "fileName": [document.id],
        "title": [document.title],
        "author": [document.author],
        "publisher": [document.outlet],
        "publishedAt": [document.published],
        "sourceUrl": [document.url],
        "mimeType": [document.media_type],
        "language": [_LANGUAGES.get(document.language)],
    }
    out.write(id, "Article", properties)
    together: dict[str, list[Actor]] = {}
    for identity, actor in cast:  # two in one document are one in the case where they were merged or share a name
        together.setdefault(identity, []).append(actor)
    for identity, actors in together.items():
        mention: Properties = {
            "document": [id],
            "resolved": [_id("actor", identity)],
            "name": [form for actor in actors for form in (actor.name, *actor.mentions)],
            "detectedSchema": [out.schemas.get(identity)],
            "contextCountry": [_country(actor.country) for actor in actors],
        }
        out.write(_id("mention", f"{document.id} {identity}"), "Mention", mention)


def _write_event(out: _Out, one: Gathered) -> None:
    happening = one.occurrence
    if happening.status is Told.DENIED:
        out.left_out["occurrences told only as denied"] += 1
        return
    involved = {out.actor(who): None for role in _INVOLVED for who in parties(one, role)}
    organizers = {out.actor(who): None for role in (Role.ORGANIZER, Role.HOST) for who in parties(one, role)}
    date = happening.date
    single = date is not None and date.start == date.end
    properties: Properties = {
        "name": [title_of(happening)],
        "date": [date.start] if date and single else [],
        "startDate": [date.start] if date and not single else [],
        "endDate": [date.end] if date and not single else [],
        "location": [happening.place],
        "involved": involved,
        "organizer": organizers,
        "summary": [f"{happening.status}; {told_by(happening)}"],
        "description": [quoted(report) for report in one.reports],
        "keywords": [happening.type, happening.status],
        "recordId": [happening.id],
        "sourceUrl": [report.url for report in one.reports],
        "publisher": [report.stored.outlet for report in one.reports],
        "proof": [_id("document", report.stored.report.document) for report in one.reports],
    }
    out.write(_id("occurrence", happening.id), "Event", properties)


def _write_relation(out: _Out, told: CastReport) -> None:
    report = told.stored.report
    if not isinstance(report, Relation):
        return
    if report.predicate is Predicate.BASED_IN:
        out.left_out["relations that tell where somebody is based"] += 1
    elif report.standing is not Standing.ACTUAL:
        out.left_out["relations that are not told as so"] += 1
    else:
        (subject, *_), (object, *_) = told.people["subject"], told.people["object"]
        _write_tie(out, told, report, (subject, object))


def _write_tie(out: _Out, told: CastReport, report: Relation, ends: tuple[Participant, Participant]) -> None:
    one, other = (out.actor(who) for who in ends)
    kinds = tuple(out.schemas[who.identity] for who in ends)
    common: Properties = {
        "startDate": [report.since],
        "endDate": [report.until],
        "summary": [f"says {' via '.join(reversed(report.voice))}"] if report.voice else [],
        "description": [quoted(told)],
        "recordId": [told.stored.id],
        "sourceUrl": [told.url],
        "publisher": [told.stored.outlet],
        "proof": [_id("document", report.document)],
        "status": ["ended" if report.former else None],
    }
    id, body = _id("report", told.stored.id), kinds[1] in _ORGANIZATIONS
    match report.predicate:
        case Predicate.OFFICE if kinds[0] == "Person" and body and report.title:
            post = _post(out, report.title, ends[1], other)
            out.write(id, "Occupancy", common | {"holder": [one], "post": [post]})
        case Predicate.OFFICE | Predicate.LEADS if body:
            role = report.title or "leader"
            out.write(id, "Directorship", common | {"director": [one], "organization": [other], "role": [role]})
        case Predicate.MEMBER_OF if body:
            out.write(id, "Membership", common | {"member": [one], "organization": [other], "role": [report.title]})
        case Predicate.SPEAKS_FOR:
            role = report.title or "spokesperson"
            out.write(id, "Representation", common | {"agent": [one], "client": [other], "role": [role]})
        case predicate:
            role = report.title or str(predicate)
            out.write(id, "UnknownLink", common | {"subject": [one], "object": [other], "role": [role]})


def _post(out: _Out, title: str, at: Participant, organization: str) -> str:
    """The id of the office at a body, which is written where it is met first."""
    id = _id("position", f"{title.casefold()} {at.identity}")
    if id not in out.posts:
        out.posts.add(id)
        properties: Properties = {"organization": [organization], "country": [_country(at.country)]}
        out.write(id, "Position", {"name": [f"{title}, {at.name}"]} | properties)
    return id

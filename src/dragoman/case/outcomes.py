"""What later documents tell that may bear on a forecast: found by its actors and words, judged by nobody here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy import text as sql

from dragoman.case import schema
from dragoman.case.connection import snapshot
from dragoman.case.ledgers import Party, people_of, teller, told_by
from dragoman.case.names import chunks
from dragoman.case.rows import VOICE
from dragoman.case.text import fold, unpack_text
from dragoman.record import Kind, Standing

_SENTENCES = 300
"""Sentences that are looked at: the best by the index's own rank. What comes after shares a common word or two."""
_FOUND = sql("SELECT rowid FROM search WHERE search MATCH :query ORDER BY rank, rowid LIMIT :most")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event or step that a later document tells, with its sentence and those of the forecast's ``actors`` in it."""

    id: str
    kind: Kind
    document: str
    teller: str
    published: str
    standing: Standing
    said: bool
    when: str
    sentence: str
    actors: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """An actor whom a forecast names, and the forms by which its document calls it."""

    party: Party
    forms: tuple[str, ...]


def named_in(conn: Connection, report: str, text: str) -> tuple[Named, ...]:
    """The actors of a report's document whose name, or a form of it, stands in a text; by the order of the document."""
    reports, cast, names, mentions = schema.reports.c, schema.document_actors.c, schema.names.c, schema.mentions.c
    document = select(reports.document).where(reports.id == report).scalar_subquery()
    own = select(cast.position, cast.actor, names.name).join(schema.names, names.id == cast.name)
    called = (
        select(cast.position, cast.actor, names.name)
        .join(schema.mentions, (mentions.document == cast.document) & (mentions.actor_position == cast.position))
        .join(schema.names, names.id == mentions.name)
    )
    merged = dict(conn.execute(select(schema.merged.c.base, schema.merged.c.actor)).all())
    forms: dict[int, list[str]] = {}
    usual: dict[int, str] = {}
    for query in (own, called):
        for _, actor, name in conn.execute(query.where(cast.document == document).order_by(cast.position)):
            usual.setdefault(actor, name)
            forms.setdefault(actor, []).append(name)
    folded = f" {fold(text)} "
    return tuple(
        Named(Party(str(merged.get(actor, actor)), usual[actor]), tuple(dict.fromkeys(found)))
        for actor, found in forms.items()
        if any(f" {fold(form)} " in folded for form in found)
    )


def told_later(
    conn: Connection, *, after: str, named: Sequence[Named], stems: Sequence[str], as_of: str | None = None
) -> tuple[Candidate, ...]:
    """Events and steps of documents published after a date, in whose sentence a word begins with one of the ``stems``,
    and in which one of those who are ``named`` takes part."""
    names = _any(f'"{form}"' for one in named for form in one.forms if fold(form))
    words = _any(f'"{stem}"*' for stem in stems)
    if not names or not words:
        return ()
    with snapshot(conn):
        query = {"query": f"({names}) AND ({words})", "most": _SENTENCES}
        keys = list(conn.execute(_FOUND, query).scalars())
        return tuple(_candidates(conn, keys, after, {one.party.actor for one in named}, as_of))


def _any(terms: Iterator[str]) -> str:
    return " OR ".join(dict.fromkeys(term.replace("\0", " ") for term in terms if term.count('"') == 2))


def _candidates(
    conn: Connection, keys: Sequence[int], after: str, actors: set[str], as_of: str | None
) -> Iterator[Candidate]:
    reports, documents, sentences = schema.reports.c, schema.documents.c, schema.sentences.c
    query = (
        select(schema.reports, documents.id.label("name"), documents.published, teller().label("teller"))
        .add_columns(sentences.start.label("from"), sentences.end.label("to"), schema.bodies.c.text)
        .select_from(schema.sentences)
        .join(schema.documents, documents.pk == sentences.document)
        .join(schema.bodies, schema.bodies.c.document == documents.pk)
        .join(schema.reports, reports.document == documents.pk)
        .where(reports.start >= sentences.start, reports.start < sentences.end)
        .where(reports.kind.in_((Kind.EVENT, Kind.STEP)), documents.published > after, *told_by(as_of))
    )
    for chunk in chunks(keys):
        rows = {row.pk: row for row in conn.execute(query.where(sentences.id.in_(chunk)))}
        for pk, roles in people_of(conn, list(rows)).items():
            row = rows[pk]
            parties = {p.actor: p for role, found in roles.items() if role != VOICE for p in found}
            shared = tuple(party for actor, party in parties.items() if actor in actors)
            if shared:
                yield Candidate(
                    id=row.id,
                    kind=Kind(row.kind),
                    document=row.name,
                    teller=row.teller,
                    published=row.published,
                    standing=Standing(row.standing),
                    said=VOICE in roles,
                    when=row.date_from or row.date_to or row.published,
                    sentence=" ".join(unpack_text(row.text)[row._mapping["from"] : row.to].split()),
                    actors=shared,
                )

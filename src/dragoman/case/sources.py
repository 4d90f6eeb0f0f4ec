"""Outlets as sources: what each tells and copies, whom it quotes, what it alone tells, and what it leaves out.

An outlet is every document under its name, however spelt, and under those that people decided to be the same outlet's.
Lists add up ``tallies`` and ``quotes``, not reports.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, case, false, func, or_, select, true

from dragoman.asked import nearest
from dragoman.case import schema
from dragoman.case.connection import snapshot
from dragoman.case.figures import names_of, usual_names
from dragoman.case.ledgers import told_by
from dragoman.case.names import chunks
from dragoman.case.outlets import chiefs_of, usual_spelling
from dragoman.case.reports import hydrate
from dragoman.case.results import Source, SourceInDetail, Sources, ToldOf
from dragoman.case.statements import AUTHOR
from dragoman.case.text import fold
from dragoman.errors import UsageError
from dragoman.record import Kind

QUOTED = 5
"""Voices that a list gives for each outlet; an outlet by itself comes with all."""
LEFT_OUT_FROM = 2
"""Independent sources that tell an occurrence before an outlet is said to leave it out."""
TOLD = 20
"""Occurrences that are listed as told alone, and as left out, unless asked otherwise."""
_TOGETHER = 50  # occurrences that are looked up at once
_NOBODY = "~"  # how the tellers begin that have no outlet


@dataclass(slots=True)
class _Sum:
    """What is counted of one outlet, under whatever spellings."""

    spelt: Counter[str] = field(default_factory=Counter)
    documents: int = 0
    stories: int = 0
    again: int = 0
    copies: Counter[str] = field(default_factory=Counter)
    kinds: Counter[Kind] = field(default_factory=Counter)
    first: str | None = None
    last: str | None = None

    def add_documents(self, row: Row[Any], key: str) -> None:
        """Add documents of one outlet and teller that are, or are not, the first of their story."""
        self.spelt[row.outlet or ""] += row.documents
        self.documents += row.documents
        if row.is_first and row.teller in (key, _NOBODY):
            self.stories += row.documents
        elif row.teller == key:
            self.again += row.documents
        else:
            self.copies[row.teller] += row.documents
        self.kinds.update({kind: row._mapping[f"n_{kind}"] or 0 for kind in Kind})
        self.first = min(filter(None, (self.first, row.first)), default=None)
        self.last = max(filter(None, (self.last, row.last)), default=None)


def list_sources(conn: Connection, *, as_of: str | None = None, limit: int | None = None) -> Sources:
    """Every outlet, those with most documents first; documents without one are together under ``""``."""
    tuple(told_by(as_of))  # refuses what is no date
    with snapshot(conn):
        undated = _undated(conn) if as_of else 0
        sums = _sums(conn, as_of, chiefs_of(conn))
        keys = sorted(sums, key=lambda key: (-sums[key].documents, key))[:limit]
        quoted = _quoted(conn, as_of, most=QUOTED)
    names = {key: usual_spelling(one.spelt) for key, one in sums.items()}
    rows = tuple(_source(key, sums[key], names, quoted.get(key, ())) for key in keys)
    return Sources(rows, outlets=len(sums), undated=undated)


def source_in_detail(
    conn: Connection, name: str, *, as_of: str | None = None, limit: int | None = TOLD
) -> SourceInDetail:
    """One outlet with all whom it quotes, who copies it, and at most ``limit`` occurrences of either list.

    Raises ``UsageError``, with the nearest name, for an outlet that has nothing in the case.
    """
    tuple(told_by(as_of))
    with snapshot(conn):
        chiefs = chiefs_of(conn)
        sums = _sums(conn, as_of, chiefs)
        key = fold(name) if name.strip() else ""
        key = chiefs.get(key, key)
        if key not in sums:
            raise UsageError(f"no outlet {name!r} in this case{_by(as_of)}; {_nearest(key, sums)}")
        names = {one: usual_spelling(total.spelt) for one, total in sums.items()}
        quoted = _quoted(conn, as_of, outlet=key).get(key, ())
        authors = _authors(conn, sums[key], as_of)
        alone = tuple(_told_alone(conn, key, sums[key], as_of, limit))
        left_out = tuple(_left_out(conn, sums[key], as_of, limit)) if key else ()
    copied = Counter({one: total.copies[key] for one, total in sums.items() if total.copies[key]} if key else {})
    return SourceInDetail(
        source=_source(key, sums[key], names, quoted),
        authors=authors,
        copied_by=_ranked(copied, names),
        alone=alone,
        left_out=left_out,
    )


def _source(key: str, total: _Sum, names: Mapping[str, str], quoted: Iterable[tuple[str, int]]) -> Source:
    return Source(
        name=names[key],
        names=tuple(sorted(total.spelt.items(), key=lambda pair: (-pair[1], pair[0]))) if key else (),
        documents=total.documents,
        stories=total.stories,
        again=total.again,
        copies=_ranked(total.copies, names),
        reports={kind: total.kinds[kind] for kind in Kind},
        quoted=tuple(quoted),
        first_published=total.first,
        last_published=total.last,
    )


def _ranked(counts: Counter[str], names: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(("" if key == _NOBODY else names.get(key, key), number) for key, number in ranked)


def _nearest(key: str, sums: Mapping[str, _Sum]) -> str:
    near = nearest(key, sums, str)
    return f"did you mean {usual_spelling(sums[near].spelt)!r}?" if near else "`dragoman show CASE sources` lists them"


def _undated(conn: Connection) -> int:
    documents = schema.documents.c
    return conn.execute(select(func.count()).where(documents.published.is_(None))).scalar_one()


def _by(as_of: str | None) -> str:
    return f" by {as_of}" if as_of else ""


def _until(published: ColumnElement[str], as_of: str | None) -> ColumnElement[bool]:
    """Documents published by the end of a day, month or year; undated ones are left out."""
    return true() if as_of is None else func.substr(published, 1, len(as_of)) <= as_of


def _sums(conn: Connection, as_of: str | None, chiefs: Mapping[str, str]) -> dict[str, _Sum]:
    """All outlets by folded name, merges followed, with whatever is counted of their documents and of the texts that
    they repeat."""
    sums: dict[str, _Sum] = {}

    def key_of(outlet: str | None) -> str:
        key = fold(outlet) if outlet else ""
        return chiefs.get(key, key)

    for row in conn.execute(_documents_query(as_of)):
        key = key_of(row.outlet)
        sums.setdefault(key, _Sum()).add_documents(row, key)
    documents, aliases = schema.documents.c, schema.aliases.c
    repeated = (
        select(aliases.outlet, documents.outlet.label("kept"), _teller(documents.teller), func.count().label("number"))
        .join(schema.documents, documents.pk == aliases.document)
        .where(aliases.outlet.is_not(None), _until(aliases.published, as_of))
        .group_by(aliases.outlet, documents.outlet, _teller(documents.teller))
    )
    for row in conn.execute(repeated):
        key, kept = key_of(row.outlet), key_of(row.kept)
        if key == kept:
            continue  # the same document under another address
        total = sums.setdefault(key, _Sum())
        total.spelt[row.outlet] += 0
        if row.teller == key:
            total.stories += row.number
        else:
            total.copies[row.teller] += row.number
    return sums


def _teller(teller: ColumnElement[str]) -> ColumnElement[str]:
    return case((teller.startswith(_NOBODY), _NOBODY), else_=teller).label("teller")


def _documents_query(as_of: str | None) -> Select[Any]:
    documents, tallies = schema.documents.c, schema.tallies.c
    is_first = documents.story == documents.pk
    return (
        select(
            documents.outlet,
            _teller(documents.teller),
            is_first.label("is_first"),
            func.count().label("documents"),
            func.min(documents.published).label("first"),
            func.max(documents.published).label("last"),
            *(func.sum(tallies[kind]).label(f"n_{kind}") for kind in Kind),
        )
        .outerjoin(schema.tallies, tallies.document == documents.pk)
        .where(_until(documents.published, as_of))
        .group_by(documents.outlet, _teller(documents.teller), is_first)
    )


def _quoted(
    conn: Connection, as_of: str | None, *, outlet: str | None = None, most: int | None = None
) -> dict[str, tuple[tuple[str, int], ...]]:
    """Whom outlets quote, their own authors apart, in how many reports, the most quoted first, by folded outlet."""
    quotes, merged, documents = schema.quotes.c, schema.merged.c, schema.documents.c
    voice = func.coalesce(merged.actor, quotes.voice)
    itself = select(-schema.names.c.id).where(schema.names.c.name == AUTHOR)
    query = select(quotes.outlet, voice.label("voice"), func.sum(quotes.reports).label("number"))
    query = query.outerjoin(schema.merged, merged.base == quotes.voice).where(quotes.voice.not_in(itself))
    query = query.group_by(quotes.outlet, voice)
    if as_of is not None:
        query = query.join(schema.documents, documents.pk == quotes.document).where(_until(documents.published, as_of))
    if outlet is not None:
        query = query.where(quotes.outlet == outlet)
    counted = query.subquery()
    place = func.row_number().over(partition_by=counted.c.outlet, order_by=(counted.c.number.desc(), counted.c.voice))
    ranked = select(counted, place.label("place")).subquery()
    wanted = select(ranked).order_by(ranked.c.outlet, ranked.c.place)
    rows = conn.execute(wanted if most is None else wanted.where(ranked.c.place <= most)).all()
    names = voice_names(conn, {row.voice for row in rows})
    found: dict[str, list[tuple[str, int]]] = {}
    for row in rows:
        found.setdefault(row.outlet, []).append((names[row.voice], row.number))
    return {key: tuple(voices) for key, voices in found.items()}


def voice_names(conn: Connection, voices: Iterable[int]) -> dict[int, str]:
    """What voices are called: rows of actors by the name that most documents give, minus rows of names as they are."""
    voices = set(voices)
    own = names_of(conn, (-voice for voice in voices if voice < 0))
    usual = usual_names(conn, (voice for voice in voices if voice > 0))
    return {voice: (usual.get(voice, "") if voice > 0 else own[-voice]) for voice in voices}


def _authors(conn: Connection, total: _Sum, as_of: str | None) -> tuple[tuple[str, int], ...]:
    documents, number = schema.documents.c, func.count()
    query = select(documents.author, number).where(_of_outlet(total), _until(documents.published, as_of))
    query = query.where(documents.author.is_not(None)).group_by(documents.author)
    return tuple((name, count) for name, count in conn.execute(query.order_by(number.desc(), documents.author)))


def _told_alone(conn: Connection, key: str, total: _Sum, as_of: str | None, limit: int | None) -> Iterator[ToldOf]:
    """Occurrences that no independent source but this one tells, the latest told first.

    Documents are gone through from the latest on, a handful at a time, so that a long-lived outlet answers at once.
    """
    documents, reports, gathered = schema.documents.c, schema.reports.c, schema.occurrence_reports.c
    own = select(documents.pk).where(documents.teller == key if key else documents.teller.startswith(_NOBODY))
    own = own.where(_of_outlet(total), _until(documents.published, as_of)).order_by(
        documents.published.desc(), documents.id
    )
    seen: set[int] = set()
    for keys in chunks(conn.execute(own).scalars().all()):
        told = (
            select(gathered.occurrence, func.max(documents.published).label("last"))
            .join(schema.reports, reports.pk == gathered.report)
            .join(schema.documents, documents.pk == reports.document)
            .where(reports.document.in_(keys), gathered.occurrence.is_not(None))
            .group_by(gathered.occurrence)
            .order_by(func.max(documents.published).desc(), gathered.occurrence)
        )
        new = [row.occurrence for row in conn.execute(told).all() if row.occurrence not in seen]
        seen.update(new)
        for found in _told_of(conn, new, as_of):
            if found.sources == 1:
                yield found
                if limit is not None and (limit := limit - 1) < 1:
                    return


def _left_out(conn: Connection, total: _Sum, as_of: str | None, limit: int | None) -> Iterator[ToldOf]:
    """Occurrences of the time that the outlet covers which several others tell and it does not, the most told first."""
    if total.first is None or total.last is None:
        return
    found, documents, reports, gathered = (
        schema.occurrences.c,
        schema.documents.c,
        schema.reports.c,
        schema.occurrence_reports.c,
    )
    told_here = (
        select(gathered.report)
        .join(schema.reports, reports.pk == gathered.report)
        .join(schema.documents, documents.pk == reports.document)
        .where(gathered.occurrence == found.pk, _of_outlet(total), _until(documents.published, as_of))
    )
    query = select(found.pk).where(
        found.sources >= LEFT_OUT_FROM,
        found.day >= total.first,
        func.substr(found.day, 1, len(total.last)) <= total.last,
        ~told_here.exists(),
    )
    for told in _told_of(
        conn, conn.execute(query.order_by(found.sources.desc(), found.day.desc(), found.pk)).scalars(), as_of
    ):
        if told.sources >= LEFT_OUT_FROM:
            yield told
            if limit is not None and (limit := limit - 1) < 1:
                return


def _of_outlet(total: _Sum) -> ColumnElement[bool]:
    spelt = [name for name in total.spelt if name]
    documents = schema.documents.c
    return or_(
        documents.outlet.in_(spelt) if spelt else false(), documents.outlet.is_(None) if "" in total.spelt else false()
    )


def _told_of(conn: Connection, occurrences: Iterable[int], as_of: str | None) -> Iterator[ToldOf]:
    """Occurrences by their first reports, with how many tell each; without those that nobody had told by then."""
    documents, reports, gathered = schema.documents.c, schema.reports.c, schema.occurrence_reports.c
    found, remaining = schema.occurrences.c, iter(occurrences)
    while batch := list(islice(remaining, _TOGETHER)):
        query = (
            select(gathered.occurrence, found.id, reports.pk, reports.document, documents.teller)
            .join(schema.reports, reports.pk == gathered.report)
            .join(schema.documents, documents.pk == reports.document)
            .join(schema.occurrences, found.pk == gathered.occurrence)
            .where(gathered.occurrence.in_(batch), _until(documents.published, as_of))
            .order_by(documents.published.is_(None), documents.published, documents.id, reports.position)
        )
        told: dict[int, list[Any]] = {}
        for row in conn.execute(query):
            told.setdefault(row.occurrence, []).append(row)
        rows = [told[one] for one in batch if one in told]
        for all_rows, first in zip(rows, hydrate(conn, [one[0].pk for one in rows]), strict=True):
            tellers = {row.teller for row in all_rows}
            yield ToldOf(all_rows[0].id, first, len({row.document for row in all_rows}), len(tellers))

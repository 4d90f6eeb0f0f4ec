"""Outlets that people decided to be one source, or not to be; what a document says of its outlet stays as it is.

``merged_outlets`` has the folded names that are merged, each with the one that stands for all: under it they are one in
every count of independent sources. It is worked out anew from the decisions that stand, so each can be undone, and
hangs on them alone: a document that comes later from an outlet of a merge is counted with it at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, select, update

from dragoman.asked import iso_date, nearest
from dragoman.case import schema
from dragoman.case.connection import snapshot
from dragoman.case.decisions import standing, with_ties
from dragoman.case.names import among, chunks
from dragoman.case.results import Decided, NamedOutlet, OutletMerge
from dragoman.case.text import fold
from dragoman.errors import UsageError
from dragoman.reconcile.outlets import Outlet, is_site, propose_outlets
from dragoman.record import Action, Decision


def chiefs_of(conn: Connection) -> dict[str, str]:
    """The folded names of merged outlets, each with the one that stands for all; others stand for themselves."""
    return dict(conn.execute(_CHIEFS).all())


_CHIEFS = select(schema.merged_outlets.c.name, schema.merged_outlets.c.chief)


def usual_spelling(spelt: Mapping[str, int]) -> str:
    """What an outlet is called: a name rather than a page's address, as most documents spell it."""
    return min(spelt, key=lambda name: (is_site(name), -spelt[name], name), default="")


def spellings(conn: Connection, as_of: str | None = None) -> dict[str, Counter[str]]:
    """Every outlet of the case, or of what was published by a date, under its folded name, merges not followed: how
    many documents spell it how."""
    found: dict[str, Counter[str]] = {}
    for table in (schema.documents.c, schema.aliases.c):
        query = select(table.outlet, func.count()).where(table.outlet.is_not(None), *_by_then(table.published, as_of))
        for name, number in conn.execute(query.group_by(table.outlet)):
            found.setdefault(fold(name), Counter())[name] += number
    return found


def _by_then(published: ColumnElement[str], as_of: str | None) -> Iterator[ColumnElement[bool]]:
    if as_of is not None:
        yield func.substr(published, 1, len(iso_date(as_of))) <= as_of


def outlets_by_documents(conn: Connection, *then: ColumnElement[bool]) -> tuple[tuple[str, int], ...]:
    """Every outlet that documents name, or those that meet the conditions, with their number, the most first."""
    outlet, number = schema.documents.c.outlet, func.count()
    chiefs = chiefs_of(conn)
    found: dict[str, Counter[str]] = {}
    for name, documents in conn.execute(select(outlet, number).where(outlet.is_not(None), *then).group_by(outlet)):
        key = fold(name)
        found.setdefault(chiefs.get(key, key), Counter())[name] += documents
    counted = ((usual_spelling(spelt), spelt.total()) for spelt in found.values())
    return tuple(sorted(counted, key=lambda pair: (-pair[1], pair[0])))


def decided(conn: Connection) -> list[Decision]:
    """The standing decisions on which outlets are one, oldest first."""
    return [one for one in standing(conn, Action.MERGE, Action.APART) if one.outlets]


def merge_outlets_anew(conn: Connection) -> set[int]:
    """Bring ``merged_outlets`` in line with the merges that stand; the documents (row ids) of outlets that stand under
    another name now, whose stories are to be told anew."""
    table = schema.merged_outlets
    wanted = dict(_chiefs(one.outlets for one in decided(conn) if one.action is Action.MERGE))
    present = chiefs_of(conn)
    changed = {name for name, _ in present.items() ^ wanted.items()}
    if not changed:
        return set()
    conn.execute(delete(table))
    if wanted:
        conn.execute(insert(table), [{"name": name, "chief": chief} for name, chief in sorted(wanted.items())])
    told: set[int] = set()
    here = spellings(conn)
    for name in sorted(changed):
        own, repeated = _documents_of(conn, here.get(name, ()))
        conn.execute(_REQUOTE, {"chief": wanted.get(name, name), "keys": own})
        told.update(own, repeated)
    return told


def _documents_of(conn: Connection, spelt: Iterable[str]) -> tuple[list[int], list[int]]:
    """The documents of an outlet, however its name is spelt, and those whose text it has too."""
    documents, aliases = schema.documents.c, schema.aliases.c
    own: list[int] = []
    repeated: list[int] = []
    for chunk in chunks(spelt):
        own += conn.execute(select(documents.pk).where(documents.outlet.in_(chunk))).scalars()
        repeated += conn.execute(select(aliases.document).where(aliases.outlet.in_(chunk))).scalars()
    return own, repeated


_REQUOTE = update(schema.quotes).where(among(schema.quotes.c.document)).values(outlet=bindparam("chief"))


def _chiefs(merges: Iterable[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Each folded name of a merge with that of the whole that it is of: of a name, sooner than of a page's address."""
    wholes: dict[str, dict[str, bool]] = {}  # of each name the whole: folded names, and whether each is an address
    for names in merges:
        whole = {fold(name): is_site(name) for name in names}
        for name in list(whole):
            whole |= wholes.get(name, {})
        wholes |= dict.fromkeys(whole, whole)
    for name, whole in wholes.items():
        yield name, min(whole, key=lambda one: (whole[one], one))


def tie_outlets(conn: Connection) -> None:
    """Mark whether the outlets that each decision is about are in the case."""
    found = decided(conn)
    if not found:
        return
    here, part = spellings(conn), schema.decision_parts.c
    for decision in found:
        tied = int(all(fold(name) in here for name in decision.outlets))
        own = (part.decision == decision.id, part.tied != tied)
        conn.execute(update(schema.decision_parts).where(*own).values(tied=tied))


def outlets_subject(conn: Connection, names: Sequence[str]) -> dict[str, Any]:
    """What a decision that these outlets are one, or are not, is about. Raises ``UsageError`` for one that is not."""
    here = spellings(conn)
    for name in names:
        if not name.strip() or fold(name) not in here:
            near = nearest(fold(name), here, str)
            meant = (
                f"did you mean {usual_spelling(here[near])!r}?" if near else "`dragoman show CASE sources` lists them"
            )
            raise UsageError(f"no outlet {name!r} in this case; {meant}")
    spelt = ((name, here[fold(name)]) for name in names)
    return {"outlets": [name if name in known else usual_spelling(known) for name, known in spelt]}


def outlets_apart(conn: Connection) -> dict[frozenset[str], Decision]:
    """Pairs of outlets, by the names that stand for them, that somebody decided not to be one."""
    chiefs = chiefs_of(conn)
    found: dict[frozenset[str], Decision] = {}
    for decision in decided(conn):
        if decision.action is Action.APART:
            keys = [chiefs.get(key, key) for key in map(fold, decision.outlets)]
            found |= {frozenset(pair): decision for pair in combinations(keys, 2) if len(set(pair)) > 1}
    return found


def decisions_on_outlet(conn: Connection, name: str) -> tuple[Decided, ...]:
    """The standing decisions on which outlets one is, by any of its names, or is not, oldest first."""
    chiefs = chiefs_of(conn)
    key = chiefs.get(fold(name), fold(name))
    ids = [one.id for one in decided(conn) if key in {chiefs.get(k, k) for k in map(fold, one.outlets)}]
    table = schema.decisions.c
    query = select(schema.decisions).where(table.id.in_(ids)).order_by(table.made, table.id)
    return tuple(with_ties(conn, conn.execute(query).all()))


def propose_outlet_merges(
    conn: Connection, *, as_of: str | None = None, limit: int | None = None
) -> tuple[OutletMerge, ...]:
    """Pairs of outlets that may be one and that nobody merged or told apart yet, the surest first; as of a date, by
    what was published by then. Raises ``UsageError`` for no date."""
    with snapshot(conn):
        chiefs, apart = chiefs_of(conn), outlets_apart(conn)
        spelt: dict[str, Counter[str]] = {}
        for key, names in spellings(conn, as_of).items():
            spelt.setdefault(chiefs.get(key, key), Counter()).update(names)
        sites = _sites(conn, chiefs, as_of)
    outlets = [Outlet(key, tuple(sorted(names)), sites.get(key, {})) for key, names in spelt.items()]
    pairs = [one for one in propose_outlets(outlets) if frozenset((one.one, one.other)) not in apart]
    named = {key: NamedOutlet(usual_spelling(names), names.total()) for key, names in spelt.items()}
    return tuple(OutletMerge(named[p.one], named[p.other], p.score, p.reasons) for p in pairs[:limit])


def _sites(conn: Connection, chiefs: Mapping[str, str], as_of: str | None) -> dict[str, Counter[str]]:
    """At which sites the documents of each outlet are, with their number."""
    documents = schema.documents.c
    rest = func.substr(documents.url, func.instr(documents.url, "://") + 3)
    site = func.substr(rest, 1, func.instr(rest.concat("/"), "/") - 1)
    query = select(documents.outlet, site, func.count()).group_by(documents.outlet, site)
    query = query.where(documents.outlet.is_not(None), documents.url.contains("://"))
    query = query.where(*_by_then(documents.published, as_of))
    found: dict[str, Counter[str]] = {}
    for outlet, host, number in conn.execute(query):
        key = chiefs.get(fold(outlet), fold(outlet))
        found.setdefault(key, Counter())[host.casefold().removeprefix("www.")] += number
    return found

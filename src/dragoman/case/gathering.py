"""Occurrences kept up to date: within the transaction that adds a document or takes a decision, only what it touches.

Each event report is kept as a telling. Its keys find the reports that may be of the same happening, the links to those
that are likely so are kept, and the components of links that changed are gathered anew. What comes out depends on the
tellings alone, not on the order in which they came. Where many tell alike, only some of them are linked, and the others
follow one of these (``crowding``); keys and links are kept by ``linking``.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import JSON, Connection, Select, Table, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.dialects.sqlite import insert as insert_or_update

from dragoman.case import schema
from dragoman.case.crowding import Arranged, arrange, crowds_of
from dragoman.case.linking import link, silence
from dragoman.case.names import among, chunks
from dragoman.case.standings import file_accounts
from dragoman.case.tellings import kept_tellings, kept_values, load_tellings, to_json
from dragoman.case.witnesses import load_testimonies
from dragoman.reconcile.crowds import crowd_of
from dragoman.reconcile.gathering import LINK, gather, rank
from dragoman.reconcile.summary import Summary, sum_up
from dragoman.reconcile.tellings import Telling, first_day
from dragoman.record import Kind

BY_DECISION = "put together by a decision"
_AT_ONCE = 10_000
"""Reports that are held in memory together when all are gathered: their tellings take some 30 MB."""

_Pair = tuple[int, int]
_Group = tuple[int, ...]


def gather_document(conn: Connection, document: int, retold: Iterable[int] = ()) -> None:
    """Gather the reports of a document that is new or whose reports changed, within the transaction that changes it.

    ``retold`` are documents whose independent source is another one now.
    """
    reports = schema.reports.c
    own = conn.execute(select(reports.pk).where(reports.document == document)).scalars().all()
    regather(conn, own)
    file_accounts(conn, own)
    sum_up_anew(conn, set(retold) - {document})


def gather_all(conn: Connection) -> None:
    """Gather the reports of all documents, many at once: what hangs together is settled for all of them in one go, and
    not for each document anew."""
    reports = schema.reports.c
    found = conn.execute(select(reports.pk).order_by(reports.document, reports.pk)).scalars().all()
    for start in range(0, len(found), _AT_ONCE):
        own = found[start : start + _AT_ONCE]
        regather(conn, own)
        file_accounts(conn, own)


def regather(conn: Connection, reports: Collection[int]) -> None:
    """Gather these reports anew, and what was gathered with any that is gone since.

    ``reports`` are row ids of reports that are new or changed (also by whom their actors are); those that are no
    events, or rejected, are taken out.
    """
    _forget(conn, reports)
    tellings = load_tellings(conn, reports)
    stale = {row.occurrence: row.document for row in conn.execute(select(schema.stale_occurrences))}
    if stale:
        conn.execute(delete(schema.stale_occurrences))
    documents = _keep(conn, tellings) | set(stale.values())
    dirty = set(tellings) | _mark(conn, documents)
    arranged = arrange(conn, tellings)
    if stale or not dirty <= arranged.following:
        _rearrange(conn, arranged, tellings, dirty=dirty, stale=stale)
    else:
        _sum_up_again(conn, dirty)


def _rearrange(
    conn: Connection,
    arranged: Arranged,
    tellings: Mapping[int, Telling],
    *,
    dirty: Collection[int] = (),
    stale: Collection[int] = (),
) -> None:
    """Link those who speak now, and gather anew what that and the ``dirty`` reports change."""
    changed = arranged.speaking | arranged.silenced | arranged.following
    left = {home for home in _homes(conn, changed).values() if home is not None}
    silence(conn, arranged.silenced)
    link(conn, {**kept_tellings(conn, arranged.speaking - tellings.keys()), **_of(tellings, arranged.speaking)})
    _settle(conn, changed.union(dirty, _members(conn, left.union(stale))), dirty=changed.union(dirty), stale=stale)


def _of(tellings: Mapping[int, Telling], reports: Collection[int]) -> dict[int, Telling]:
    return {pk: telling for pk, telling in tellings.items() if pk in reports}


def regather_actors(conn: Connection, actors: Collection[int]) -> None:
    """Gather anew all reports with these actors (row ids of bases), after they were merged or parted."""
    people = schema.participants.c
    found: set[int] = set()
    for chunk in chunks(sorted(actors)):
        found.update(conn.execute(select(people.report).where(people.actor.in_(chunk))).scalars())
    regather(conn, found)
    file_accounts(conn, found)


def sum_up_anew(conn: Connection, documents: Collection[int]) -> None:
    """Sum up again the occurrences with reports of these documents, whose independent source changed."""
    kept, reports = schema.occurrence_reports.c, schema.reports.c
    query = select(kept.report).join(schema.reports, reports.pk == kept.report)
    touched: set[int] = set()
    for chunk in chunks(sorted(documents)):
        touched.update(conn.execute(query.where(reports.document.in_(chunk))).scalars())
    if touched:
        _sum_up_again(conn, touched)


def sum_up_disputed(conn: Connection) -> None:
    """Sum up again what is kept as disputed, by older rules of what a dispute is."""
    kept, occurrences = schema.occurrence_reports.c, schema.occurrences.c
    disputed = select(kept.report).join(schema.occurrences, occurrences.pk == kept.occurrence)
    first = disputed.where(occurrences.disputes.is_not(None)).group_by(kept.occurrence)
    for chunk in chunks(conn.execute(first).scalars().all()):
        _sum_up_again(conn, chunk)


def keep_ties(conn: Connection, wanted: Mapping[_Pair, bool]) -> None:
    """Put together (false) or part (true) these pairs of reports (row ids) by decision, and no others; what they are
    gathered in changes at once."""
    ties = schema.ties
    present = {(a, b): bool(apart) for a, b, apart in conn.execute(select(ties))}
    told = {(min(pair), max(pair)): apart for pair, apart in wanted.items()}
    gone = [pair for pair in present if pair not in told]
    fresh = [pair for pair, apart in told.items() if present.get(pair) is not apart]
    for a, b in gone:
        conn.execute(delete(ties).where(ties.c.a == a, ties.c.b == b))
    if fresh:
        rows: list[dict[str, int]] = [{"a": a, "b": b, "apart": int(told[a, b])} for a, b in fresh]
        conn.execute(insert(ties).prefix_with("OR REPLACE"), rows)
    if gone or fresh:
        _decided(conn, {*gone, *fresh})


def _decided(conn: Connection, pairs: Iterable[_Pair]) -> None:
    """Gather anew what a decision about pairs touches; whoever it is about speaks for itself."""
    reports = {pk for pair in pairs for pk in pair}
    arranged = arrange(conn, {}, crowds_of(conn, reports))
    kept = schema.occurrence_reports.c
    known = [
        pk
        for chunk in chunks(sorted(reports))
        for pk in conn.execute(select(kept.report).where(kept.report.in_(chunk))).scalars()
    ]
    _rearrange(conn, arranged, {}, dirty=known)


def _forget(conn: Connection, reports: Collection[int]) -> None:
    conn.execute(_LEAVE, {"keys": sorted(reports)})
    silence(conn, reports)


_LEAVE = delete(schema.occurrence_reports).where(among(schema.occurrence_reports.c.report))


def _keep(conn: Connection, tellings: Mapping[int, Telling]) -> set[int]:
    """Keep new tellings; their documents. Their marks come with ``_mark``, their keys when they are linked."""
    if not tellings:
        return set()
    homes: dict[int, int] = dict(conn.execute(_DOCUMENTS, {"keys": list(tellings)}).all())
    rows: list[dict[str, Any]] = [
        {
            "report": pk,
            "document": homes[pk],
            "occurrence": None,
            "mark": "",
            "why": [],
            "telling": to_json(telling),
            "crowd": crowd_of(telling),
            "follows": None,
        }
        for pk, telling in tellings.items()
    ]
    conn.execute(insert(schema.occurrence_reports), rows)
    return set(homes.values())


_DOCUMENTS = select(schema.reports.c.pk, schema.reports.c.document).where(among(schema.reports.c.pk))


def _mark(conn: Connection, documents: Collection[int]) -> set[int]:
    """Give each event report of these documents its mark; those whose mark is another one now.

    A mark is the id of an occurrence of which the report is the first: from its text's digest, its place and type.
    Reports that share these are numbered in the order of their ids.
    """
    changed: dict[int, str] = {}
    seen: Counter[tuple[str, int, str]] = Counter()
    for pk, digest, start, type, mark in conn.execute(_MARKS, {"keys": sorted(documents)}):
        seen[digest, start, type] += 1
        packed = json.dumps([digest, start, type, seen[digest, start, type]])
        if (wanted := hashlib.sha256(packed.encode()).hexdigest()[:16]) != mark:
            changed[pk] = wanted
    if changed:
        conn.execute(_SET_MARK, [{"pk": pk, "mark": wanted} for pk, wanted in changed.items()])
    return set(changed)


def _marks() -> Select[Any]:
    reports, events, kept = schema.reports.c, schema.details[Kind.EVENT].c, schema.occurrence_reports.c
    return (
        select(reports.pk, schema.documents.c.digest, reports.start, events.type, kept.mark)
        .join(schema.details[Kind.EVENT], events.report == reports.pk)
        .join(schema.documents, schema.documents.c.pk == reports.document)
        .join(schema.occurrence_reports, kept.report == reports.pk)
        .where(among(reports.document))
        .order_by(reports.id)
    )


_MARKS = _marks()
_THIS = update(schema.occurrence_reports).where(schema.occurrence_reports.c.report == bindparam("pk"))
_SET_MARK, _SET_HOME, _SET_WHY = (_THIS.values({name: bindparam(name)}) for name in ("mark", "occurrence", "why"))


def _members(conn: Connection, occurrences: Collection[int]) -> set[int]:
    return set(conn.execute(_MEMBERS, {"keys": sorted(occurrences)}).scalars())


_MEMBERS = select(schema.occurrence_reports.c.report).where(among(schema.occurrence_reports.c.occurrence))


def _settle(conn: Connection, seeds: Collection[int], *, dirty: Collection[int], stale: Collection[int]) -> None:
    """Gather the components of these reports anew and write what changed; ``dirty`` reports tell something new."""
    links, joined, members = _component(conn, _leaders(conn, seeds))
    tellings = kept_tellings(conn, members)
    pk_of = {telling.id: pk for pk, telling in tellings.items()}
    groups = gather(
        {telling.id: telling for telling in tellings.values()},
        {_by_id(tellings, pair): score for pair, score in links.items()},
        apart=[_by_id(tellings, pair) for pair in _apart(conn, tellings)],
        joined=[_by_id(tellings, pair) for pair in joined if set(pair) <= tellings.keys()],
    )
    wanted = _with_followers(conn, [tuple(pk_of[id] for id in group) for group in groups])
    old = _homes(conn, [pk for group in wanted for pk in group])
    sizes = Counter(old.values())
    homes = {group: _unchanged(group, old, sizes, dirty) for group in wanted}
    kept = {home for home in homes.values() if home is not None and home not in stale}
    changed = [group for group, home in homes.items() if home not in kept]
    gone = {home for home in old.values() if home is not None}.union(stale) - kept
    _explain(conn, [[pk for pk in group if pk in tellings] for group in changed], links, joined)
    _write(conn, changed, old, gone)


def _sum_up_again(conn: Connection, reports: Collection[int]) -> None:
    """Write the occurrences of these reports anew where none changes what is of one happening: their sources are
    others, or they are new and follow one that is there."""
    leaders = _leaders(conn, reports)
    at = _homes(conn, leaders.values())
    groups: dict[int, set[int]] = {}
    for pk, leader in leaders.items():
        groups.setdefault(at[leader] or -leader, set()).add(pk)  # a new one that is like nobody stays by itself
    for home, group in groups.items():
        group |= _members(conn, [home])
    old = _homes(conn, [pk for group in groups.values() for pk in group])
    _write(conn, _ranked(conn, groups.values()), old, {home for home in groups if home > 0})


def _leaders(conn: Connection, reports: Collection[int]) -> dict[int, int]:
    """Whom each of those of these reports that are gathered follows: itself, if it speaks."""
    return kept_values(conn, _LEADER, reports)


_LEADER = func.coalesce(schema.occurrence_reports.c.follows, schema.occurrence_reports.c.report)


def _with_followers(conn: Connection, groups: Sequence[_Group]) -> list[_Group]:
    followers: dict[int, list[int]] = {}
    for pk, leader in conn.execute(_FOLLOWERS, {"keys": [pk for group in groups for pk in group]}):
        followers.setdefault(leader, []).append(pk)
    if not followers:
        return list(groups)
    whole = [{*group, *(pk for leader in group for pk in followers.get(leader, ()))} for group in groups]
    return _ranked(conn, whole)


_FOLLOWERS = select(schema.occurrence_reports.c.report, schema.occurrence_reports.c.follows).where(
    schema.occurrence_reports.c.report != schema.occurrence_reports.c.follows,
    among(schema.occurrence_reports.c.follows),
)


def _ranked(conn: Connection, groups: Iterable[Collection[int]]) -> list[_Group]:
    """The reports of each group in order of telling, the groups by their first."""
    groups = list(groups)
    ranks: dict[int, tuple[int, str, int, str]] = {}
    for row in conn.execute(_RANKS, {"keys": [pk for group in groups for pk in group]}):
        published = first_day(row.published) if row.published else None
        ranks[row.pk] = rank(Telling(id=row.id, document=row.document, start=row.start, published=published))
    ordered = [tuple(sorted(group, key=ranks.__getitem__)) for group in groups]
    return sorted(ordered, key=lambda group: ranks[group[0]])


def _ranks() -> Select[Any]:
    reports, documents = schema.reports.c, schema.documents.c
    query = select(reports.pk, reports.id, reports.start, documents.id.label("document"), documents.published)
    return query.join(schema.documents, documents.pk == reports.document).where(among(reports.pk))


_RANKS = _ranks()


def _by_id(tellings: Mapping[int, Telling], pair: _Pair) -> tuple[str, str]:
    a, b = tellings[pair[0]].id, tellings[pair[1]].id
    return (a, b) if a < b else (b, a)


def _component(conn: Connection, seeds: Mapping[int, int]) -> tuple[dict[_Pair, float], set[_Pair], set[int]]:
    """All that hangs together with those that these reports follow: links with scores, decided pairs, reports."""
    ties = schema.ties.c
    found: dict[_Pair, float] = {}
    joined: set[_Pair] = set()
    members: set[int] = set()
    fringe = set(seeds.values())
    is_tied = conn.execute(select(ties.a).limit(1)).first() is not None
    while fringe:
        members |= fringe
        beyond: set[int] = set()
        for a, b, score in conn.execute(_LINKS, {"keys": sorted(fringe)}):
            found[a, b] = score
            beyond.add(a)
            beyond.add(b)
        for chunk in chunks(sorted(fringe)) if is_tied else ():
            tied = select(ties.a, ties.b).where(ties.a.in_(chunk) | ties.b.in_(chunk), ties.apart == 0)
            for a, b in conn.execute(tied):
                joined.add((a, b))
                beyond |= {a, b}
        fringe = beyond - members
    return found, joined, members


_LINKS = select(schema.links.c.a, schema.links.c.b, schema.links.c.score).where(
    among(schema.links.c.a) | among(schema.links.c.b)
)


def _apart(conn: Connection, tellings: Mapping[int, Telling]) -> Iterator[_Pair]:
    columns = schema.ties.c
    if conn.execute(select(columns.a).where(columns.apart == 1).limit(1)).first() is None:
        return
    for chunk in chunks(sorted(tellings)):
        for a, b in conn.execute(select(columns.a, columns.b).where(columns.a.in_(chunk), columns.apart == 1)):
            if b in tellings:
                yield a, b


def _homes(conn: Connection, reports: Iterable[int]) -> dict[int, int | None]:
    """The occurrence that each report is in now."""
    return kept_values(conn, schema.occurrence_reports.c.occurrence, set(reports))


def _unchanged(
    group: _Group, old: Mapping[int, int | None], sizes: Mapping[int | None, int], dirty: Collection[int]
) -> int | None:
    """The occurrence that holds exactly these reports, none of which tells something new. All that it holds are
    among ``old``, for an occurrence is part of one component."""
    homes = {old[pk] for pk in group}
    home = next(iter(homes))
    if len(homes) != 1 or home is None or not set(group).isdisjoint(dirty):
        return None
    return home if sizes[home] == len(group) else None


def _drop(conn: Connection, occurrences: Collection[int]) -> None:
    if occurrences:
        for statement in _DROP:
            conn.execute(statement, {"keys": sorted(occurrences)})


_DROP = (
    update(schema.occurrence_reports).where(among(schema.occurrence_reports.c.occurrence)).values(occurrence=None),
    delete(schema.occurrences).where(among(schema.occurrences.c.pk)),
)


def _write(conn: Connection, groups: Sequence[_Group], old: Mapping[int, int | None], gone: set[int]) -> None:
    """Write the occurrences of these reports in place of those that are ``gone``; the first of each gives it its id.

    One that goes on under its first report keeps its row, so that a report more costs little.
    """
    kept = schema.occurrence_reports.c
    homes: dict[int, _Group] = {}
    fresh = (conn.execute(select(func.max(schema.occurrences.c.pk))).scalar() or 0) + 1
    for group in groups:
        home = next((at for pk in group if (at := old[pk]) in gone and at not in homes), None)
        if home is None:
            home, fresh = fresh, fresh + 1
        homes[home] = group
    _drop(conn, gone - homes.keys())
    if not groups:
        return
    conn.execute(_GIVE_UP_IDS, {"keys": list(homes)})  # ids may change hands
    marks = kept_values(conn, kept.mark, [group[0] for group in groups])
    _sum_up(conn, homes, {key: marks[group[0]] for key, group in homes.items()})
    rows = [{"pk": pk, "occurrence": key} for key, group in homes.items() for pk in group if old[pk] != key]
    if rows:
        conn.execute(_SET_HOME, rows)


_GIVE_UP_IDS = (
    update(schema.occurrences)
    .where(among(schema.occurrences.c.pk))
    .values(id=func.printf("~%d", schema.occurrences.c.pk))
)


def _explain(
    conn: Connection, groups: Sequence[Sequence[int]], links: Mapping[_Pair, float], joined: Iterable[_Pair]
) -> None:
    """Write what ties each of these reports to the others of its group: the reasons of its strongest link."""
    home = {pk: number for number, group in enumerate(groups) for pk in group}
    best = _strongest(home, links)
    decided = {pk for pair in joined if len({home.get(pk) for pk in pair}) == 1 for pk in pair}
    linked = [list(pair) for pair in {pair for pairs in best.values() for pair in pairs}]
    why: dict[_Pair, list[str]] = {(a, b): reasons for a, b, reasons in conn.execute(_REASONS, {"keys": linked})}
    wanted = [
        {
            "pk": pk,
            "why": [BY_DECISION] * (pk in decided) + max((why[pair] for pair in best.get(pk, ())), default=[]),
        }
        for pk in home
    ]
    if wanted:
        conn.execute(_SET_WHY, wanted)


def _reasons() -> Select[Any]:
    """Why the pairs are linked that the statement is given; of thousands of links a few are wanted."""
    links, pair = schema.links.c, func.json_each(bindparam("keys", type_=JSON)).table_valued("value").c.value
    is_given = (links.a == func.json_extract(pair, "$[0]")) & (links.b == func.json_extract(pair, "$[1]"))
    return select(links.a, links.b, links.why).where(is_given)


_REASONS = _reasons()


def _strongest(home: Mapping[int, int], links: Mapping[_Pair, float]) -> dict[int, list[_Pair]]:
    """The strongest links of each report within its group; several where they are as strong."""
    top: dict[int, float] = {}
    best: dict[int, list[_Pair]] = {}
    for pair, score in links.items():
        if pair[0] in home and home[pair[0]] == home.get(pair[1]):
            for pk in pair:
                if score > top.get(pk, LINK - 1):
                    top[pk], best[pk] = score, []
                if score == top[pk]:
                    best[pk].append(pair)
    return best


def _sum_up(conn: Connection, homes: Mapping[int, Sequence[int]], ids: Mapping[int, str]) -> None:
    """Write the occurrences with these row ids, reports and ids, and who takes part in them."""
    occurrences, people = [], []
    for key, found in zip(homes, load_testimonies(conn, list(homes.values())), strict=True):
        summary = sum_up(found.witnesses)
        occurrences.append({"pk": key, "id": ids[key], "reports": len(found.witnesses)} | _row(summary))
        people += [
            {"occurrence": key, "role": role, "name": name, "actor": found.actors.get(name), "reports": number}
            for role, name, number in summary.people
        ]
    conn.execute(_TAKE_OUT, {"keys": list(homes)})
    conn.execute(_KEPT, occurrences)
    if people:
        conn.execute(insert(schema.occurrence_people), people)


def _upsert(table: Table) -> Insert:
    """Rows as they are given, in place of those with the same key, for which triggers see a change."""
    statement = insert_or_update(table)
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=dict(statement.excluded))


_KEPT = _upsert(schema.occurrences)
_TAKE_OUT = delete(schema.occurrence_people).where(among(schema.occurrence_people.c.occurrence))


def _row(summary: Summary) -> dict[str, Any]:
    return {
        "type": summary.type,
        "status": summary.status,
        "day": summary.day,
        "date_from": summary.date.start if summary.date else None,
        "date_to": summary.date.end if summary.date else None,
        "place": summary.place,
        "killed": summary.killed,
        "injured": summary.injured,
        "documents": summary.documents,
        "sources": summary.sources,
        "first_told": summary.first_told,
        "last_told": summary.last_told,
        "disputes": ",".join(summary.disputes) or None,
    }

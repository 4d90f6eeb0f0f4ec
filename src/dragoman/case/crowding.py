"""Crowds kept up to date: which of many reports that tell alike speak in gathering, and whom each other one follows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, or_, select, update

from dragoman.case import schema
from dragoman.case.names import among, chunks
from dragoman.case.tellings import from_json, kept_tellings, kept_values
from dragoman.reconcile.crowds import CROWD, crowd_of, likest
from dragoman.reconcile.likeness import judge
from dragoman.reconcile.tellings import Telling


@dataclass(frozen=True, slots=True)
class Arranged:
    """What a change did to crowds, by row ids of reports: who speaks now and did not or is new, who is silent now and
    spoke before, and who follows another one now or is a new follower."""

    speaking: frozenset[int]
    silenced: frozenset[int]
    following: frozenset[int]


def crowds_of(conn: Connection, reports: Iterable[int]) -> set[str]:
    """The crowds of those of these reports that are gathered."""
    kept = schema.occurrence_reports.c
    found: set[str] = set()
    for chunk in chunks(sorted(reports)):
        found.update(conn.execute(select(kept.crowd).where(kept.report.in_(chunk)).distinct()).scalars())
    return found


def file_crowds(conn: Connection) -> list[int]:
    """Note the crowd of every report; those of crowds in which not all can speak."""
    kept = schema.occurrence_reports.c
    rows = [
        {"pk": pk, "wanted": crowd_of(from_json(told))}
        for pk, told in conn.execute(select(kept.report, kept.telling)).all()
    ]
    statement = update(schema.occurrence_reports).where(kept.report == bindparam("pk"))
    if rows:
        conn.execute(statement.values(crowd=bindparam("wanted")), rows)
    large = select(kept.crowd).group_by(kept.crowd).having(func.count() > CROWD)
    return list(conn.execute(select(kept.report).where(kept.crowd.in_(large))).scalars())


def arrange(conn: Connection, tellings: Mapping[int, Telling], others: Iterable[str] = ()) -> Arranged:
    """Settle who speaks in the crowds of new tellings, in those that lost one, and in ``others``."""
    stale = {*conn.execute(select(schema.stale_crowds.c.crowd)).scalars(), *others}
    if stale:
        conn.execute(delete(schema.stale_crowds))
    fresh: dict[str, set[int]] = {crowd: set() for crowd in stale}
    for pk, telling in tellings.items():
        fresh.setdefault(crowd_of(telling), set()).add(pk)
    large = _large(conn, fresh)
    speaking = {pk for crowd, new in fresh.items() if crowd not in large for pk in new}
    silenced: set[int] = set()
    following: set[int] = set()
    for crowd in sorted(large):
        new = fresh[crowd]
        wanted, present = _first(conn, crowd), _speakers(conn, crowd)
        fallen = present - wanted
        speaking |= (wanted & new) | (wanted - present)
        silenced |= fallen - new
        _speak(conn, wanted - present)
        fresh_speakers = wanted - (present - new)
        changed = bool(crowd in stale or fresh_speakers or not fallen <= new)
        silent = _others(conn, crowd, wanted) if changed else fallen
        following |= _follow(conn, wanted, silent, fresh_speakers)
    return Arranged(frozenset(speaking), frozenset(silenced), frozenset(following))


def _large(conn: Connection, crowds: Iterable[str]) -> set[str]:
    """Those in which not all speak, or did not until now."""
    return set(conn.execute(_LARGE, {"keys": sorted(crowds)}).scalars())


_LARGE = (
    select(schema.occurrence_reports.c.crowd)
    .where(among(schema.occurrence_reports.c.crowd))
    .group_by(schema.occurrence_reports.c.crowd)
    .having(or_(func.count() > CROWD, func.count(schema.occurrence_reports.c.follows) > 0))
)


def _first(conn: Connection, crowd: str) -> set[int]:
    """Who is to speak: the first by id, and those about whom a person has decided."""
    kept, reports, ties = schema.occurrence_reports.c, schema.reports.c, schema.ties.c
    query = select(kept.report).where(kept.crowd == crowd)
    first = query.join(schema.reports, reports.pk == kept.report).order_by(reports.id).limit(CROWD)
    tied = query.where(or_(kept.report.in_(select(ties.a)), kept.report.in_(select(ties.b))))
    return {*conn.execute(first).scalars(), *conn.execute(tied).scalars()}


def _speakers(conn: Connection, crowd: str) -> set[int]:
    kept = schema.occurrence_reports.c
    return set(conn.execute(select(kept.report).where(kept.crowd == crowd, kept.follows.is_(None))).scalars())


def _others(conn: Connection, crowd: str, speakers: Collection[int]) -> set[int]:
    kept = schema.occurrence_reports.c
    return set(conn.execute(select(kept.report).where(kept.crowd == crowd)).scalars()) - set(speakers)


def _speak(conn: Connection, reports: Collection[int]) -> None:
    kept = schema.occurrence_reports
    for chunk in chunks(sorted(reports)):
        conn.execute(update(kept).where(kept.c.report.in_(chunk)).values(follows=None))


def _follow(conn: Connection, speakers: Collection[int], reports: Collection[int], fresh: Collection[int]) -> set[int]:
    """Let each of these reports follow the likest of the speakers; those that did not until now.

    Who follows one that goes on speaking, or was like none, is weighed with those alone that speak newly (``fresh``).
    """
    told = kept_tellings(conn, {*speakers, *reports})
    pk_of = {told[pk].id: pk for pk in speakers}
    steady = set(speakers).difference(fresh)
    chosen: dict[tuple[Telling, int | None], Telling | None] = {}
    rows: list[dict[str, Any]] = []
    before = kept_values(conn, schema.occurrence_reports.c.follows, reports)
    for pk in sorted(reports):
        whom: int | None = before[pk]
        rivals = {*fresh, whom} if whom in steady else fresh if whom == pk else speakers
        # What differs in nothing that is weighed follows the same one; a page of one sentence over and over is quick.
        alike = (replace(told[pk], id="", start=0, published=None), whom)
        if alike not in chosen:
            chosen[alike] = likest(told[pk], (told[speaker] for speaker in rivals))
        speaker = chosen[alike]
        follows = pk if speaker is None else pk_of[speaker.id]
        if before[pk] != follows:
            likeness = None if speaker is None else judge(told[pk], speaker)
            rows.append({"pk": pk, "whom": follows, "reason": list(likeness.why) if likeness else []})
    kept = schema.occurrence_reports.c
    statement = update(schema.occurrence_reports).where(kept.report == bindparam("pk"))
    if rows:
        conn.execute(statement.values(follows=bindparam("whom"), why=bindparam("reason")), rows)
    return {row["pk"] for row in rows}

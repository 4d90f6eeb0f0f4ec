"""Proposals of who may be one, kept up to date: within the transaction that changes a document or who is merged.

What speaks for a pair hangs on the two alone (their names, offices and the documents that have both), but for how many
others share a key with them. So those whom a document names are compared anew with all who share a key with them; and
with these, whoever shares a key that became common or rare by it. What comes out is the same in whatever order the
documents came, and the same as comparing everybody afresh.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, func, insert, select, text

from dragoman.case import schema
from dragoman.case.figures import CASE, NO_KEY, Described, described, names_of, usual
from dragoman.case.identities import OFFICES, relations_query
from dragoman.case.names import among, chunks
from dragoman.case.text import fold
from dragoman.reconcile.identities import (
    CROWD,
    MANY,
    Evidence,
    Known,
    Post,
    Proposal,
    bears,
    keys_of,
    lone_surnames,
    pairs_in,
    propose,
)
from dragoman.reconcile.tellings import first_day
from dragoman.record import Kind

_MOST_NAMES = 8  # of an actor that are compared; the rarer ones are slips of the reader rather than names

_Pair = tuple[int, int]

# How many share each of these keys, counted no further than a limit.
_SIZES = text("""
    SELECT asked.value, (SELECT count(*) FROM (SELECT 1 FROM namesakes WHERE "key" = asked.value LIMIT :most))
    FROM json_each(:keys) AS asked
""")
# Who shares a key with these actors, crowds left out.
_AROUND = text("""
    SELECT namesakes."key", namesakes.actor, namesakes.leads
    FROM (
        SELECT DISTINCT own."key"
        FROM json_each(:actors) AS asked CROSS JOIN namesakes AS own ON own.actor = asked.value
        WHERE :most >= (SELECT count(*) FROM (SELECT 1 FROM namesakes WHERE "key" = own."key" LIMIT :most + 1))
    ) AS near
    CROSS JOIN namesakes ON namesakes."key" = near."key"
""")
# In how many documents both are; the first of each pair is the one that fewer have.
_TOGETHER = text("""
    SELECT asked."key", count(*)
    FROM json_each(:pairs) AS asked
    CROSS JOIN counted AS one ON one.what = 'actor' AND one.who = json_extract(asked.value, '$[0]')
    CROSS JOIN counted AS other
        ON other.what = 'actor' AND other.who = json_extract(asked.value, '$[1]') AND other.document = one.document
    GROUP BY asked."key"
""")

_OFFICES = relations_query(OFFICES).where(
    schema.reports.c.document == bindparam("document"), schema.details[Kind.RELATION].c.title.is_not(None)
)


def _file_posts(conn: Connection, document: int) -> None:
    """Keep who is told in a document to hold which office, in place of what was kept of it."""
    conn.execute(delete(schema.posts).where(schema.posts.c.document == document))
    held: dict[tuple[int, str, str], list[int]] = {}
    for row in conn.execute(_OFFICES, {"document": document}):
        if row.base is not None:
            days = held.setdefault((row.base, fold(row.title), fold(row.at)), [])
            days.extend(() if row.former else _days(row))
    if held:
        rows: list[dict[str, Any]] = [
            {"document": document, "actor": actor, "title": title, "at": at}
            | {"first_day": min(days, default=None), "last_day": max(days, default=None)}
            for (actor, title, at), days in held.items()
        ]
        conn.execute(insert(schema.posts), rows)


def _days(row: Row[Any]) -> Iterator[int]:
    for told in (row.since or row.published, row.until or row.published):
        if told is not None:
            yield first_day(told)


def revise(conn: Connection, actors: Collection[int], documents: Iterable[int] = ()) -> None:
    """Compare these actors (row ids, merges followed) anew, since they are others now, or since documents (row ids)
    name them that are new or changed, or did so until now."""
    for document in documents:
        _file_posts(conn, document)
    told = _Told.of(conn, actors)
    looked_at = set(actors) | _stirred(conn, _file_keys(conn, actors, told))
    pairs = {pair for pair in _pairs(conn, looked_at) if not looked_at.isdisjoint(pair)}
    told = told.with_others(conn, {actor for pair in pairs for actor in pair})
    found = propose(told.known, pairs, told.evidence(conn, pairs))
    conn.execute(_WITHDRAW, {"keys": sorted(looked_at)})
    if found:
        conn.execute(insert(schema.proposals), [_row(proposal, told.known) for proposal in found])


_WITHDRAW = delete(schema.proposals).where(among(schema.proposals.c.one) | among(schema.proposals.c.other))


def revise_all(conn: Connection) -> None:
    """Compare all actors of a case of which nothing is kept yet."""
    figures = schema.figures.c
    everybody = select(figures.who).where(figures.what == "actor", figures.key == NO_KEY, figures.who != CASE)
    documents = conn.execute(select(schema.documents.c.pk)).scalars().all()
    revise(conn, conn.execute(everybody).scalars().all(), documents)


def _row(proposal: Proposal, known: Mapping[int, Known]) -> dict[str, Any]:
    return {
        "one": proposal.one,
        "other": proposal.other,
        "score": proposal.score,
        "called": known[proposal.one].names[0],
        "reasons": proposal.reasons,
    }


@dataclass(frozen=True, slots=True)
class _Told:
    """What documents tell of some actors: how they are known, their posts, the row ids of the names that are their own
    and, with the number of documents, of those that documents call them by."""

    known: dict[int, Known]
    posts: dict[int, list[Post]]
    own: dict[int, set[int]]
    called: dict[int, dict[int, int]]

    @classmethod
    def of(cls, conn: Connection, actors: Collection[int]) -> _Told:
        """That of these actors."""
        told = described(conn, actors)
        called = _called(conn, actors)
        names = names_of(conn, {one.name for ones in told.values() for one in ones}.union(*called.values()))
        proper = {who: [one for one in ones if is_proper(names[one.name])] for who, ones in told.items()}
        return cls(
            known={who: _known(who, ones, names) for who, ones in proper.items() if ones},
            posts=_posts(conn, actors),
            own={who: {one.name for one in ones} for who, ones in proper.items() if ones},
            called={
                who: {name: number for name, number in numbers.items() if is_proper(names[name])}
                for who, numbers in called.items()
            },
        )

    def with_others(self, conn: Connection, actors: Collection[int]) -> _Told:
        """That of these actors too."""
        more = _Told.of(conn, set(actors) - self.known.keys())
        return _Told(self.known | more.known, self.posts | more.posts, self.own | more.own, self.called | more.called)

    def keys(self) -> dict[tuple[str, int], bool]:
        """The keys under which the actors are found, and whether they lead there."""
        found: dict[tuple[str, int], bool] = {}
        for who, known in self.known.items():
            found |= {(key, who): leads for key, leads in keys_of(known, self.posts.get(who, ())).items()}
            found |= {(f"name {name}", who): False for name in self.called.get(who, ())}
            found |= {(f"name {name}", who): True for name in self.own[who]}
        return found

    def evidence(self, conn: Connection, pairs: Collection[_Pair]) -> Evidence:
        """What the case tells of these pairs beside their names."""
        called = {
            pair: number for pair in pairs if (number := max(self._called_by(*pair), self._called_by(*pair[::-1])))
        }
        sounds = {sound for known in self.known.values() for sound in lone_surnames(known)}
        sizes = _sizes(conn, map(bears, sounds), MANY + 1)
        bearers = {sound: sizes[bears(sound)] for sound in sounds}
        return Evidence(self.posts, called, bearers, lambda found: _together(conn, found, self.known))

    def _called_by(self, owner: int, other: int) -> int:
        """In how many documents one is called by what is the other's own name; of several names by the one that most
        use."""
        numbers = self.called.get(other, {})
        return max((numbers.get(name, 0) for name in self.own.get(owner, ())), default=0)


def is_proper(name: str) -> bool:
    """Whether a name has a capital: *ambassador* and *militants* are whoever a document describes so."""
    return name != name.lower()


def _known(actor: int, told: Sequence[Described], names: Mapping[int, str]) -> Known:
    times: Counter[str] = Counter()
    for one in told:
        times[names[one.name]] += one.times
    ranked = sorted(times, key=lambda name: (-times[name], name))
    return Known(
        id=actor,
        names=tuple(ranked[:_MOST_NAMES]),
        kind=usual((one.kind, one.times) for one in told) or told[0].kind,
        key=max((one.key for one in told if one.key), default=None),
        country=max((one.country for one in told if one.country), default=None),
        documents=times.total(),
    )


def _called(conn: Connection, actors: Iterable[int]) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = {}
    for who, name, number in conn.execute(_CALLED, {"keys": list(actors)}):
        found.setdefault(who, {})[int(name)] = number
    return found


_CALLED = select(schema.figures.c.who, schema.figures.c.key, schema.figures.c.number).where(
    schema.figures.c.what == "name", schema.figures.c.number > 0, among(schema.figures.c.who)
)


def _posts(conn: Connection, actors: Iterable[int]) -> dict[int, list[Post]]:
    found: dict[int, list[Post]] = {}
    for row in conn.execute(_POSTS, {"keys": list(actors)}):
        found.setdefault(row.who, []).append(Post(*row))
    return found


def _posts_query() -> Select[Any]:
    posts, merged = schema.posts.c, schema.merged.c
    who = func.coalesce(merged.actor, posts.actor)
    theirs = among(posts.actor) | posts.actor.in_(select(merged.base).where(among(merged.actor)))
    return (
        select(who.label("who"), posts.title, posts.at, func.min(posts.first_day), func.max(posts.last_day))
        .add_columns(func.count(posts.document.distinct()))
        .outerjoin(schema.merged, merged.base == posts.actor)
        .where(theirs, among(who))
        .group_by(who, posts.title, posts.at)
        .order_by(who, posts.title, posts.at)
    )


_POSTS = _posts_query()


def _file_keys(conn: Connection, actors: Iterable[int], told: _Told) -> dict[str, int]:
    """Keep the keys of these actors; by how many those are more now that share each key that somebody came to or
    left."""
    table = schema.namesakes
    filed = conn.execute(_KEYS, {"keys": sorted(actors)})
    before = {(key, who): bool(leads) for key, who, leads in filed}
    now = told.keys()
    changed = {pair for pair, leads in before.items() if now.get(pair) is not leads}
    fresh = {pair: leads for pair, leads in now.items() if before.get(pair) is not leads}
    if changed:
        conn.execute(_LEAVE, [{"one": key, "two": who} for key, who in changed])
    if fresh:
        rows: list[dict[str, Any]] = [{"key": key, "actor": who, "leads": leads} for (key, who), leads in fresh.items()]
        conn.execute(insert(table), rows)
    more: Counter[str] = Counter(key for key, _ in fresh)
    more.subtract(key for key, _ in changed)
    return {key: number for key, number in more.items() if number}


_KEYS = select(schema.namesakes).where(among(schema.namesakes.c.actor))
_LEAVE = delete(schema.namesakes).where(
    schema.namesakes.c.key == bindparam("one"), schema.namesakes.c.actor == bindparam("two")
)


def _stirred(conn: Connection, more: Mapping[str, int]) -> set[int]:
    """Who else is compared differently now that so many more (or fewer) share these keys."""
    widest = max(map(abs, more.values()), default=0)
    sizes = _sizes(conn, more, CROWD + widest + 1)
    wanted: list[str] = []
    lone: list[str] = []
    for key, number in more.items():
        size, before = sizes[key], sizes[key] - number
        if key.startswith(_BEARS):
            lone += [f"surname {key.removeprefix(_BEARS)}"] * (min(size, before) <= MANY)
        elif (size <= CROWD) is not (before <= CROWD):
            wanted.append(key)
    table = schema.namesakes.c
    found: set[int] = set()
    for keys, conditions in ((wanted, ()), (lone, (table.leads == 1,))):
        for chunk in chunks(keys):
            found.update(conn.execute(select(table.actor).where(table.key.in_(chunk), *conditions)).scalars())
    return found


_BEARS = bears("")


def _sizes(conn: Connection, keys: Iterable[str], most: int) -> dict[str, int]:
    return dict(conn.execute(_SIZES, {"keys": json.dumps(list(keys)), "most": most}).all())


def _pairs(conn: Connection, actors: Collection[int]) -> set[_Pair]:
    """The pairs to look at of all who share a key with these actors."""
    members: dict[str, dict[int, bool]] = {}
    for key, actor, leads in conn.execute(_AROUND, {"actors": json.dumps(sorted(actors)), "most": CROWD}):
        members.setdefault(key, {})[actor] = bool(leads)
    return {pair for sharing in members.values() for pair in pairs_in(sharing)}


def _together(conn: Connection, pairs: Collection[_Pair], known: Mapping[int, Known]) -> dict[_Pair, int]:
    pairs = list(pairs)
    asked = [sorted(pair, key=lambda actor: known[actor].documents) for pair in pairs]
    return {pairs[int(at)]: number for at, number in conn.execute(_TOGETHER, {"pairs": json.dumps(asked)})}

"""Which actors people decided to be one, or not to be, and in which documents a name is somebody else.

``actors`` holds base identities as the documents give them. A merge makes several of them one (``merged``) and leaves
them be; telling them apart changes nothing but what is proposed; a split gives the actor of some documents an identity
of its own. All is worked out anew from the decisions that stand, so each can be undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import Connection, delete, exists, func, insert, select, update

from dragoman.case import schema
from dragoman.case.decisions import parts_of, standing
from dragoman.case.names import chunks, find_bases, same_actors, whole_actor
from dragoman.case.text import fold, mend
from dragoman.errors import UsageError
from dragoman.record import Action, Decision


@dataclass(frozen=True, slots=True)
class Changed:
    """What decisions changed in a document: row ids of reports that are new or stand otherwise, and of those gone."""

    document: int
    reports: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()


def split_identity(identity: str, decision: Decision) -> str:
    """The identity of whoever a split makes out of this one."""
    return f"{identity}~{decision.id[:8]}"


def recast(conn: Connection, digest: str) -> Changed | None:
    """Bring the actors of the document with this digest in line with the splits, if there are any."""
    documents, cast, names = schema.documents.c, schema.document_actors.c, schema.names.c
    splits = parts_of(conn, [digest], splits=True).get(digest)
    pk = conn.execute(select(documents.pk).where(documents.digest == digest)).scalar()
    if pk is None or not splits:
        return None
    query = select(cast.position, cast.actor, cast.key, names.name, names.folded, schema.actors.c.identity)
    query = query.where(cast.document == pk, names.id == cast.name, schema.actors.c.id == cast.actor)
    found: set[str] = set()
    changed: dict[str, int] = {}
    for row in conn.execute(query.order_by(cast.position)).all():
        identity = mend(row.key) if row.key else "~" + fold(row.name)
        for part in splits:
            if part.stands and identity in part.decision.subject["identities"]:
                identity = split_identity(identity, part.decision)
                found.add(part.decision.id)
        if identity != row.identity:
            changed[row.folded] = actor = _intern(conn, identity)
            here = (cast.document == pk, cast.position == row.position)
            conn.execute(update(schema.document_actors).where(*here).values(actor=actor))
    for part in splits:
        _mark(conn, part.decision.id, part.decision.id in found, part.position)
    return Changed(pk, _rename(conn, pk, changed))


def _intern(conn: Connection, identity: str) -> int:
    conn.execute(insert(schema.actors).prefix_with("OR IGNORE"), {"identity": identity})
    return int(conn.execute(select(schema.actors.c.id).where(schema.actors.c.identity == identity)).scalar_one())


def _rename(conn: Connection, pk: int, changed: Mapping[str, int]) -> tuple[int, ...]:
    """Those who bear these (folded) names in a document's reports are these actors."""
    people, names, reports = schema.participants.c, schema.names.c, schema.reports.c
    own = select(reports.pk).where(reports.document == pk)
    touched: set[int] = set()
    for folded, actor in changed.items():
        called = select(names.id).where(names.folded == folded)
        here = (people.report.in_(own), people.name.in_(called))
        touched.update(conn.execute(select(people.report).where(*here)).scalars())
        conn.execute(update(schema.participants).where(*here).values(actor=actor))
    return tuple(sorted(touched))


def merge_anew(conn: Connection) -> frozenset[int]:
    """Bring ``merged`` in line with the merges that stand; the row ids of actors who are another one now."""
    together = _Groups()
    for decision, meant in _whom(conn, Action.MERGE, Action.APART):
        if decision.action is Action.MERGE:
            together.unite({identity for group in meant for identity in group})
        _mark(conn, decision.id, all(meant) and len(meant) > 0)
    wanted: dict[int, int] = {}
    for group in together.groups():
        ids = {identity: id for keys in chunks(group) for identity, id in _ids(conn, keys).items()}
        chief = ids[min(group, key=lambda identity: (identity.startswith("~"), identity))]
        wanted |= {id: chief for id in ids.values() if id != chief}
    table = schema.merged
    present: dict[int, int] = dict(conn.execute(select(table.c.base, table.c.actor)).all())
    differing = {*present.items()} ^ {*wanted.items()}
    if differing:
        conn.execute(delete(table))
    if differing and wanted:
        conn.execute(insert(table), [{"base": base, "actor": actor} for base, actor in sorted(wanted.items())])
    return frozenset(id for pair in differing for id in pair)


def told_apart(conn: Connection) -> dict[frozenset[int], Decision]:
    """Pairs of actors, by the row ids that they go by after merging, that somebody decided not to be one: told apart,
    or split."""
    found: dict[frozenset[int], Decision] = {}
    for decision, meant in (*_whom(conn, Action.APART), *_split_off(conn)):
        groups = [_whole(conn, group) for group in meant]
        pairs = (frozenset((a, b)) for one, other in combinations(groups, 2) for a in one for b in other if a != b)
        found |= dict.fromkeys(pairs, decision)
    return found


def _split_off(conn: Connection) -> Iterator[tuple[Decision, list[set[str]]]]:
    """Standing splits, each with the identities of whom it split and of whom it split off."""
    for decision in standing(conn, Action.SPLIT):
        rest = set(decision.subject["identities"])
        yield decision, [rest, {split_identity(identity, decision) for identity in rest}]


def _whom(conn: Connection, *actions: Action) -> Iterator[tuple[Decision, list[set[str]]]]:
    """Standing decisions on who is one, oldest first, with the identities that each means by each of its names: those
    that it meant when it was made, as far as they are in some document."""
    decisions = [decision for decision in standing(conn, *actions) if not decision.outlets]
    live = _live(conn, {one for told in decisions for ids in told.subject["identities"].values() for one in ids})
    for decision in decisions:
        names = decision.subject["identities"].items()
        yield decision, [live.intersection(ids) or _bearing(conn, name, ids) for name, ids in names]


def _whole(conn: Connection, identities: Iterable[str]) -> set[int]:
    actors = schema.actors.c
    query = select(whole_actor(actors.id)).where(actors.identity.in_(sorted(identities)))
    return set(conn.execute(query).scalars())


def _ids(conn: Connection, identities: Sequence[str]) -> dict[str, int]:
    actors = schema.actors.c
    return dict(conn.execute(select(actors.identity, actors.id).where(actors.identity.in_(identities))).all())


def _live(conn: Connection, identities: Iterable[str]) -> set[str]:
    """Those of the identities that are in some document."""
    actors, cast = schema.actors.c, schema.document_actors.c
    present = exists().where(cast.actor == actors.id)
    found: set[str] = set()
    for keys in chunks(sorted(identities)):
        found.update(conn.execute(select(actors.identity).where(actors.identity.in_(keys), present)).scalars())
    return found


def _bearing(conn: Connection, name: str, meant: Iterable[str]) -> set[str]:
    """Whom a decision means by a name when those whom it meant are in no document any more, since a pack has given them
    another key: those who bear the name now, but for whoever was split off since. These are somebody else."""
    try:
        bases, _ = find_bases(conn, name)
    except UsageError:
        return set()
    query = select(schema.actors.c.identity).where(schema.actors.c.id.in_(bases))
    others = tuple(f"{identity}~" for identity in meant)
    return {identity for identity in _live(conn, conn.execute(query).scalars()) if not identity.startswith(others)}


def _mark(conn: Connection, decision: str, tied: bool, position: int = 0) -> None:
    part = schema.decision_parts.c
    here = (part.decision == decision, part.position == position, part.tied != int(tied))
    conn.execute(update(schema.decision_parts).where(*here).values(tied=int(tied)))


class _Groups:
    """Sets that overlap are one."""

    def __init__(self) -> None:
        self._of: dict[str, set[str]] = {}

    def unite(self, members: set[str]) -> None:
        whole = set(members).union(*(self._of.get(one, set()) for one in members))
        self._of |= dict.fromkeys(whole, whole)

    def groups(self) -> list[list[str]]:
        return sorted({id(group): sorted(group) for group in self._of.values()}.values())


def merge_subject(conn: Connection, names: Sequence[str]) -> dict[str, object]:
    """What a decision that these actors are one, or are not, is about.

    Raises ``UsageError`` for a name that is nobody's.
    """
    return {"names": list(names), "identities": {name: _identities(conn, name) for name in names}}


def split_subject(conn: Connection, name: str, documents: Iterable[tuple[str, str]]) -> dict[str, object]:
    """What a split of an actor in these documents (id and digest) is about; ``name`` may mean a merged actor."""
    listed = [{"document": id, "digest": digest} for id, digest in dict.fromkeys(documents)]
    return {"name": name, "identities": _identities(conn, name, whole=True), "documents": listed}


def _identities(conn: Connection, name: str, *, whole: bool = False) -> list[str]:
    bases, _ = find_bases(conn, name)
    if whole:
        bases = same_actors(conn, bases)
    actors = schema.actors.c
    found = conn.execute(select(actors.identity).where(actors.id.in_(bases)).order_by(actors.identity)).scalars()
    if not (identities := list(found)):
        raise UsageError(f"{name!r} is a name in reports, but no actor of a document; nothing to merge or split")
    return identities


def count_documents(conn: Connection, identities: Sequence[str]) -> int:
    """In how many documents actors with these identities are."""
    actors, cast = schema.actors.c, schema.document_actors.c
    query = select(func.count(cast.document.distinct())).where(cast.actor == actors.id, actors.identity.in_(identities))
    return conn.execute(query).scalar_one()

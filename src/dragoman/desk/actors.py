"""Everybody in the case, by how much is told of them; and who of them may be one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from dragoman.case import Case, Decided, Merge, StoredActor
from dragoman.desk import pages
from dragoman.desk.access import Conflict, mark
from dragoman.desk.pages import PAGE_ROWS, Form, Page, Row
from dragoman.desk.words import in_path
from dragoman.errors import UsageError
from dragoman.record import Action, Decision
from dragoman.views.decided import summary


@dataclass(frozen=True, slots=True)
class Actors:
    """One page of actors; ``all`` counts those that meet what is asked, where that is known without going through
    them; ``more`` says that there is a next page."""

    actors: tuple[StoredActor, ...]
    all: int | None
    number: int
    more: bool


@dataclass(frozen=True, slots=True)
class Merges:
    """Pairs that may be one, the surest first."""

    merges: tuple[Merge, ...]
    more: bool


def actors(case: Case, *, named: str = "", as_of: str = "", page: int = 1, limit: int = PAGE_ROWS) -> Actors:
    """Actors with this in a name, those in most reports first; as of a date, as documents published by then tell."""
    page, limit = max(page, 1), max(limit, 1)
    found = list(islice(case.actors(named=named or None, as_of=as_of or None), (page - 1) * limit, page * limit + 1))
    more, before = len(found) > limit, (page - 1) * limit
    number = case.count_actors() if not named and not as_of else None if more or not found else before + len(found)
    return Actors(tuple(found[:limit]), number, page, more)


def rows(found: Actors) -> Iterator[Row]:
    """The actors as flat rows."""
    for one in found.actors:
        yield {
            "name": one.name,
            "identity": one.identity,
            "kind": str(one.kind),
            "of": one.of or "",
            "country": one.country or "",
            "called": "; ".join(one.names),
            "documents": one.documents,
            "reports": one.reports,
        }


def merges(case: Case, *, as_of: str = "", limit: int = PAGE_ROWS) -> Merges:
    """Pairs of actors that may be one and that nobody decided on yet; as of a date, who were both told of by then."""
    found = case.merges(as_of=as_of or None, limit=max(limit, 1) + 1)
    return Merges(found[: max(limit, 1)], len(found) > max(limit, 1))


def pair_rows(found: Merges) -> Iterator[Row]:
    """The pairs as flat rows."""
    for one in found.merges:
        yield {
            "score": round(one.score, 2),
            "one": one.one.name,
            "one_identity": one.one.identity,
            "other": one.other.name,
            "other_identity": one.other.identity,
            "why": "; ".join(one.reasons),
        }


def decide(case: Case, form: Form, author: str) -> str:
    """Decide that two actors are one, or are not."""
    action, one, other = (form.get(name, "").strip() for name in ("action", "one", "other"))
    if action not in ("merge", "apart"):
        raise UsageError("choose whether the two are one or not")
    if not one or not other:
        raise UsageError("say who the other one is, by a name or a key")
    check_seen_as(case, one, form.get("seen", ""))
    case.decide(
        Decision(
            author,
            Action(action),
            case.about_merge([handle(case, one), handle(case, other)]),
            reason=form.get("reason", ""),
        )
    )
    return "/merges" if form.get("next") == "merges" else address(one)


def check_seen_as(case: Case, actor: str, told: str) -> None:
    """Raises ``Conflict`` where others decided who an actor is since the page that sends this was opened."""
    if not told:
        return
    detail = case.actor(actor)
    if told == mark(detail.bases):
        return
    who = detail.actor.name
    last = max((one.decision for one in decided_on(case, detail.bases)), key=lambda one: one.made, default=None)
    what = (
        f"{last.author} has decided who {who} is ({summary(last)})"
        if last
        else f"a decision on who {who} is was undone"
    )
    raise Conflict(f"nothing was changed: {what} since you opened the page; look again", address(actor))


def decided_on(case: Case, identities: Iterable[str]) -> Iterator[Decided]:
    """Decisions that stand on who somebody is."""
    wanted = set(identities)
    for action in (Action.MERGE, Action.APART, Action.SPLIT):
        for one in case.decisions(action=action):
            if one.stands and not one.decision.outlets and wanted & _identities(one.decision):
                yield one


def _identities(decision: Decision) -> set[str]:
    told = decision.subject["identities"]
    if decision.action is Action.SPLIT:
        return {*told, *(f"{identity}~{decision.id[:8]}" for identity in told)}
    return {identity for some in told.values() for identity in some}


def handle(case: Case, actor: str) -> str:
    """What a decision calls an actor: its name, else what tells it from others of that name."""
    found = case.actors_called(actor)
    if len(found) == 1 and len(case.actors_called(found[0].name)) == 1:
        return found[0].name
    return actor


def address(actor: str) -> str:
    """Where an actor's page is."""
    return f"/actors/{in_path(actor)}"


PAGES = (
    Page("/actors", "actors.html", actors, menu="Actors", rows=rows),
    Page("/merges", "merges.html", merges, rows=pair_rows),
)
ACTIONS = (pages.Action("/merges", decide),)

"""``show … sources [NAME] | merges | actor NAME``: who tells, and who is who, on the terminal or as JSON."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dragoman.case.identities import RELATIONS
from dragoman.case.sources import TOLD
from dragoman.cli.output import dump, say
from dragoman.cli.show_occurrences import row
from dragoman.cli.tables import print_fields, print_table, width
from dragoman.errors import UsageError
from dragoman.record import Kind
from dragoman.record.words import plural
from dragoman.views.wording import POSTS, TIES, UNNAMED, tenure_told

if TYPE_CHECKING:
    from dragoman.case import (
        ActorInDetail,
        Case,
        Merge,
        OutletMerge,
        Source,
        SourceInDetail,
        StoredActor,
        Tenure,
        ToldOf,
    )
    from dragoman.record.occurrence import Occurrence

ROWS = 100
WIDE = 150
"""Columns of a terminal from which on reports have a column for each kind."""
_VOICES = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks; ``id`` is the name of an outlet or an actor."""

    id: str | None = None
    as_of: str | None = None
    limit: int | None = None
    as_json: bool = False

    @property
    def most(self) -> int | None:
        """Rows that are shown."""
        return self.limit if self.limit is not None or self.as_json else ROWS


def show_sources(case: Case, asked: Asked) -> None:
    """Every outlet, or one in detail."""
    if asked.id is not None:
        _show_source(case, asked.id, asked)
        return
    found = case.sources(as_of=asked.as_of, limit=asked.most)
    if asked.as_json:
        dump(found)
        _say_more(len(found.sources), found.outlets, "outlets")
        return
    print_table([_source_row(source, width()) for source in found.sources])
    if not found.outlets:
        say("There are no sources.")
    _say_more(len(found.sources), found.outlets, "outlets")
    if found.undated:
        say(f"Left out: {plural(found.undated, 'document')} without a date.")
    if pairs := case.outlet_merges(limit=1):
        names = f"{pairs[0].one.name} and {pairs[0].other.name}"
        say(f"Some may be one outlet, such as {names}; `dragoman show {case.path} merges` lists them.")


def _source_row(source: Source, columns: int) -> dict[str, Any]:
    copied = ", ".join(f"{name or 'unnamed'} {number}" for name, number in source.copies[:_VOICES])
    shown: dict[str, Any] = {
        "source": source.name or UNNAMED,
        "documents": source.documents,
        "own stories": source.stories,
        "copies": sum(number for _, number in source.copies),
    }
    if columns >= WIDE:
        shown |= {"of": copied} | {f"{kind}s": source.reports[kind] for kind in Kind}
    else:
        shown["reports"] = sum(source.reports.values())
    return shown | {"quotes most": ", ".join(f"{name} {number}" for name, number in source.quoted[:_VOICES])}


def _show_source(case: Case, name: str, asked: Asked) -> None:
    name = "" if name == UNNAMED else name
    most = asked.limit if asked.limit is not None or asked.as_json else TOLD
    found = case.source(name, as_of=asked.as_of, limit=None if most is None else most + 1)
    more = most is not None and max(len(found.alone), len(found.left_out)) > most
    found = replace(found, alone=found.alone[:most], left_out=found.left_out[:most])
    if asked.as_json:
        dump(found)
    else:
        _print_source(case, found, asked.as_of)
    if more:
        say(f"These are the first {most:,} occurrences of either list; --limit shows more.")


def _print_source(case: Case, found: SourceInDetail, as_of: str | None) -> None:
    print_fields(_source_fields(found), title=found.source.name or UNNAMED)
    alone, left_out = (_happenings(case, told, as_of) for told in (found.alone, found.left_out))
    alone.sort(key=lambda one: one.day, reverse=True)
    print_table([row(one, width()) for one in alone], title="What it alone tells, the latest first")
    print_table([row(one, width()) for one in left_out], title="What it leaves out, the most told first")


def _source_fields(found: SourceInDetail) -> Iterator[tuple[str, str]]:
    source = found.source
    if len(source.names) > 1:
        yield "named as", _counted(source.names[:20]) + (" …" if len(source.names) > 20 else "")
    yield "documents", f"{source.documents:,}"
    yield "published", " – ".join(dict.fromkeys(filter(None, (source.first_published, source.last_published))))
    yield (
        "own stories",
        f"{source.stories:,}" + (f", and {plural(source.again, 'further version')}" if source.again else ""),
    )
    yield "copies", _counted(source.copies)
    yield "copied by", _counted(found.copied_by)
    yield "authors", _counted(found.authors[:20])
    yield "reports", ", ".join(plural(number, str(kind)) for kind, number in source.reports.items() if number)
    yield "quotes", _counted(source.quoted[:20])


def _counted(pairs: Sequence[tuple[str, int]]) -> str:
    return ", ".join(f"{name or 'unnamed'} {number:,}" for name, number in pairs)


def _happenings(case: Case, told: Sequence[ToldOf], as_of: str | None) -> list[Occurrence]:
    return [full.occurrence for full in case.occurrences_in_full([one.occurrence for one in told], as_of=as_of)]


def _say_more(shown: int, there: int, what: str) -> None:
    if shown < there:
        say(f"These are {shown:,} of {there:,} {what}; --limit shows more.")


def show_merges(case: Case, asked: Asked) -> None:
    """Pairs of actors, then of outlets, that may be one, with the command that makes them one."""
    most = None if asked.most is None else asked.most + 1
    found, outlets = case.merges(as_of=asked.as_of, limit=most), case.outlet_merges(as_of=asked.as_of, limit=most)
    if asked.as_json:
        dump([*found[: asked.most], *outlets[: asked.most]])
    else:
        _print_merges(case, found[: asked.most], outlets[: asked.most])
    if asked.most is not None and max(len(found), len(outlets)) > asked.most:
        say(f"These are the first {asked.most:,} of either kind; --limit shows more.")
    if asked.as_of is not None and found:
        say("Scores of actors and the reasons rest on all documents, later ones too.")


def _print_merges(case: Case, found: Sequence[Merge], outlets: Sequence[OutletMerge]) -> None:
    print_table([_merge_row(merge) for merge in found])
    if not found:
        say("No two actors look like one.")
    else:
        _say_how(case, "", [_handle(case, actor) for actor in (found[0].one, found[0].other)])
    if outlets:
        print_table([_outlets_row(merge) for merge in outlets], title="Outlets")
        _say_how(case, "--outlets ", [outlets[0].one.name, outlets[0].other.name])


def _say_how(case: Case, option: str, names: Sequence[str]) -> None:
    """How the first two of a list are merged or told apart."""
    who = f"{option}{' '.join(map(shlex.quote, names))}"
    command = f"dragoman decide {shlex.quote(str(case.path))}"
    say(f"If the first two are one: {command} merge {who}; if they are not: {command} apart {who}")


def _outlets_row(merge: OutletMerge) -> dict[str, Any]:
    return {
        "score": f"{merge.score:.2f}",
        "outlet": merge.one.name,
        "in": merge.one.documents,
        "other": merge.other.name,
        "in documents": merge.other.documents,
        "why": "; ".join(merge.reasons),
    }


def _handle(case: Case, actor: StoredActor) -> str:
    """What a user types for an actor: the pack's key, else the name, else what tells it from others of that name."""
    try:
        case.actor(actor.key or actor.name)
        return actor.key or actor.name
    except UsageError:
        return actor.identity


def _merge_row(merge: Merge) -> dict[str, Any]:
    return {
        "score": f"{merge.score:.2f}",
        "actor": merge.one.name,
        "in": merge.one.documents,
        "other": merge.other.name,
        "in documents": merge.other.documents,
        "why": "; ".join(merge.reasons),
    }


def show_actor(case: Case, asked: Asked) -> None:
    """One actor with its names, its offices in time, and who speaks of it."""
    most = asked.limit if asked.limit is not None or asked.as_json else RELATIONS
    found = case.actor(asked.id or "", as_of=asked.as_of, most=most)
    if asked.as_json:
        dump(found)
    else:
        _print_actor(found)
    if found.older:
        say(f"Offices and relations are the latest; {found.older:,} older are left out, --limit shows more.")


def _print_actor(found: ActorInDetail) -> None:
    print_fields(_actor_fields(found), title=found.actor.name)
    print_table([_tenure_row(one, one.at) for one in found.offices], title="Offices")
    print_table([_tenure_row(one, one.person) for one in found.holders], title="Who holds office at it")
    print_table([_tie_row(one) for one in found.ties], title="Other relations")
    print_table(
        [{"by": one.name} | {f"{kind}s": one.reports.get(kind, 0) for kind in Kind} for one in found.spoken_of_by],
        title="Spoken of by",
    )


def _actor_fields(found: ActorInDetail) -> Iterator[tuple[str, str]]:
    actor = found.actor
    yield "kind", str(actor.kind) + (f" of {actor.of}" if actor.of else "")
    yield "key", actor.identity
    yield "called", _counted(found.called[:20]) + (" …" if len(found.called) > 20 else "")
    yield "made one of", ", ".join(one.removeprefix("~") for one in found.bases) if len(found.bases) > 1 else ""
    yield "reports in", f"{plural(found.documents, 'document')}, {plural(found.sources, 'independent source')}"
    for kind, roles in found.kinds.items():
        yield f"{kind}s", ", ".join(f"{number:,} as {role}" for role, number in roles.items())
    yield "quoted in", plural(found.speaks, "report") if found.speaks else ""


def _tenure_row(tenure: Tenure, other: str) -> dict[str, Any]:
    post = POSTS[tenure.predicate] + (f": {tenure.title}" if tenure.title else "")
    return {"as": post, "of": other, "since": tenure.since or "", "until": tenure.until or ""} | _told_when(tenure)


def _tie_row(tenure: Tenure) -> dict[str, Any]:
    return {"who": tenure.person, "tie": TIES[tenure.predicate], "whom": tenure.at} | _told_when(tenure)


def _told_when(tenure: Tenure) -> dict[str, Any]:
    told = " – ".join(dict.fromkeys(filter(None, (tenure.held_first, tenure.held_last))))
    return {
        "told as held": told,
        "told as past from": tenure.former_first or "",
        "documents": tenure.documents,
        "sources": tenure.sources,
        "how": tenure_told(tenure),
    }


SHOWN: Mapping[str, Callable[[Case, Asked], None]] = {
    "sources": show_sources,
    "merges": show_merges,
    "actor": show_actor,
}

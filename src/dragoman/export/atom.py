"""Atom feed (RFC 4287) of the occurrences that were told first most lately, with the sentences that tell them.

An entry has the id of its occurrence, which lasts as long as no earlier report of it is read, and is *updated* when
the newest of its reports was published. Midnight UTC stands for the hour, which the record does not know.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from xml.sax.saxutils import quoteattr

from dragoman.case import Case, CastReport, Gathered
from dragoman.case.text import mend_for_xml
from dragoman.export.target import Target, writing
from dragoman.export.urns import is_web, urn
from dragoman.export.wording import cited, quoted, title_of, told_by

MOST = 100
"""Entries of a feed."""

_NEVER = "1970-01-01"


def export_atom(
    case: Case,
    target: Target,
    *,
    since: str | None = None,
    until: str | None = None,
    as_of: str | None = None,
    desk: str = "",
) -> None:
    """Write the newest occurrences of a case, at most a hundred, the newest first; with links to their pages where the
    address of a desk is given."""
    newest = case.gathered(since=since, until=until, as_of=as_of, limit=MOST, newly_told_first=True)
    with writing(target) as stream:
        entries = [(_updated(one.reports), one) for one in newest if one.reports]
        latest = max((updated for updated, _ in entries), default=_NEVER)
        for line in _head(case, latest, desk):
            stream.write(line.encode() + b"\n")
        for updated, one in entries:
            for line in _entry(one, updated, desk):
                stream.write(line.encode() + b"\n")
        stream.write(b"</feed>\n")


def _updated(reports: tuple[CastReport, ...]) -> str:
    return max((report.stored.published or _NEVER for report in reports), default=_NEVER)


def _head(case: Case, updated: str, desk: str) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
    yield f" <id>{urn('case', case.title)}</id>"
    yield f" <title>{_text(case.title)}</title>"
    yield f" <updated>{_moment(updated)}</updated>"
    if desk:
        yield f" <link href={quoteattr(f'{desk}/timeline')}/>"
        yield f' <link rel="self" href={quoteattr(f"{desk}/timeline.atom")}/>'
    yield " <author><name>Dragoman</name></author>"
    yield " <generator>Dragoman</generator>"


def _entry(one: Gathered, updated: str, desk: str) -> Iterator[str]:
    happening = one.occurrence
    first = min((r.stored.published for r in one.reports if r.stored.published), default=None)
    yield " <entry>"
    yield f"  <id>{urn('occurrence', happening.id)}</id>"
    yield f"  <title>{_text(title_of(happening))}</title>"
    yield f"  <updated>{_moment(updated)}</updated>"
    if first:
        yield f"  <published>{_moment(first)}</published>"
    yield f"  <category term={quoteattr(happening.type)}/>"
    if desk:
        yield f"  <link href={quoteattr(f'{desk}/occurrences/{happening.id}')}/>"
    for url in dict.fromkeys(r.url for r in one.reports if r.url and is_web(r.url)):
        yield f'  <link rel="related" href={quoteattr(mend_for_xml(url))}/>'
    yield f'  <content type="html">{_text(_content(one))}</content>'
    yield " </entry>"


def _content(one: Gathered) -> str:
    told = "".join(f"<li>{escape(quoted(r))} <cite>{escape(cited(r))}</cite></li>" for r in one.reports)
    return (
        f"<p>{escape(f'{one.occurrence.day}: {told_by(one.occurrence)}; {one.occurrence.status}')}</p><ul>{told}</ul>"
    )


def _moment(prefix: str) -> str:
    """The first moment of an ISO prefix; of the epoch for a year that no moment can be of."""
    day = "-".join((*prefix[:10].split("-"), "01", "01")[:3] if "-" in prefix else (prefix[:4], "01", "01"))
    return f"{day}T00:00:00Z"


def _text(text: str) -> str:
    return escape(mend_for_xml(text), quote=False)

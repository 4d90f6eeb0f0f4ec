"""iCalendar (RFC 5545) of what lies ahead: planned events on their days, forecasts on the last day of their horizon.

All entries are events that last whole days and leave whoever keeps the calendar free; tasks (VTODO), as which one may
think of what is due, are passed over by most that subscribe to a calendar. A planned event of which only the month or
year is told lasts all of it, one told *by* or *from* a day is on that day, and the summaries say so. A plan without a
date is left out, and so is a forecast without an end (*in the coming years*), since it is due on no day; how many is
said.

An entry has the UID of its occurrence or forecast, so that a calendar which is taken in again changes its entries;
``DTSTAMP`` is the day on which the newest report was published, so that the same case gives the same bytes.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import BinaryIO

from dragoman.case import Case, CastReport, Gathered
from dragoman.case.text import mend
from dragoman.export.target import Target, writing
from dragoman.export.urns import is_web
from dragoman.export.wording import cited, names, quoted, title_of, told_by
from dragoman.record import DateRange, Forecast, Report
from dragoman.record.occurrence import Told
from dragoman.record.words import plural

_FOLD = 75
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_NO_DATE = "19700101T000000Z"  # stamps need one, and the day of the export would change with it
_SHOWN = 5


def export_calendar(
    case: Case, target: Target, *, since: str | None = None, until: str | None = None, as_of: str | None = None
) -> tuple[str, ...]:
    """Write the planned events and the forecasts of a case whose days lie in the period; says what has no date."""
    undated = endless = 0
    with writing(target) as stream:
        for line in ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Dragoman//Dragoman//EN", "CALSCALE:GREGORIAN"):
            _write(stream, line)
        _write(stream, f"X-WR-CALNAME:{escape(case.title)}")
        for one in case.gathered(since=since, until=until, as_of=as_of, status=Told.PLANNED):
            undated += one.occurrence.date is None
            for line in _planned(one):
                _write(stream, line)
        for told in case.cast_reports("forecast", as_of=as_of):
            day = _end(told.stored.report)
            endless += day is None
            for line in _due(told, day) if day and _is_within(day, since, until) else ():
                _write(stream, line)
        _write(stream, "END:VCALENDAR")
    return tuple(_remarks(undated, endless))


def _remarks(undated: int, endless: int) -> Iterator[str]:
    if undated:
        yield f"Left out {plural(undated, 'planned event')} without a date."
    if endless:
        yield f"Left out {plural(endless, 'forecast')} without a day by which to come true."


def _end(report: Report) -> date | None:
    """The last day of a forecast's horizon; none where it is open."""
    horizon = report.horizon if isinstance(report, Forecast) else None
    return _last(horizon.end) if horizon and horizon.end else None


def _is_within(day: date, since: str | None, until: str | None) -> bool:
    told = day.isoformat()
    return (since is None or told[: len(since)] >= since) and (until is None or told[: len(until)] <= until)


def _planned(one: Gathered) -> list[str]:
    """The lines of a planned event; none without a date."""
    told = one.occurrence.date
    if told is None:
        return []
    first, last, width = _days(told)
    about = [told_by(one.occurrence), *map(_sentence, one.reports[:_SHOWN])]
    return _lines(
        f"{one.occurrence.id}@occurrence.dragoman",
        (first, last),
        f"{title_of(one.occurrence)}{width}",
        about,
        list(one.reports),
        ["CATEGORIES:planned event", "STATUS:TENTATIVE", *_at(one.occurrence.place)],
    )


def _days(told: DateRange) -> tuple[date, date, str]:
    """The days of an entry, and what its summary says of how narrowly they are told."""
    start, end = told.start, told.end
    if start is None or end is None:
        day = _last(end) if end else _first(start or "")
        return day, day, f", by {end}" if end else f", from {start}"
    if len(start) == len(end) == len("2024-11-25"):
        return _first(start), _last(end), ""
    return _first(start), _last(end), f", some time {f'in {start}' if start == end else f'from {start} to {end}'}"


def _due(told: CastReport, day: date) -> list[str]:
    """The lines of a forecast that is due on this day; none of anything else."""
    report = told.stored.report
    if not isinstance(report, Forecast):
        return []
    by = names(report.by) or "the author"
    summary = f"forecast due: {report.what or 'what is predicted'} ({report.likelihood}, {by})"
    own = ["CATEGORIES:forecast"]
    return _lines(f"{told.stored.id}@report.dragoman", (day, day), summary, [_sentence(told)], [told], own)


def _at(place: str | None) -> list[str]:
    return [f"LOCATION:{escape(place)}"] if place else []


def _sentence(told: CastReport) -> str:
    return f"{quoted(told)} [{cited(told)}]"


def _lines(
    uid: str, days: tuple[date, date], summary: str, about: list[str], reports: list[CastReport], own: list[str]
) -> list[str]:
    first, last = days
    urls = [url for report in reports if (url := report.url) and is_web(url) and not _CONTROLS.search(url)]
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{_stamp(reports)}",
        f"DTSTART;VALUE=DATE:{_digits(first)}",
        *([f"DTEND;VALUE=DATE:{_digits(last + timedelta(days=1))}"] if last < date.max else []),
        f"SUMMARY:{escape(summary)}",
        f"DESCRIPTION:{escape(chr(10).join(about))}",
        "TRANSP:TRANSPARENT",
        *own,
        *(f"URL:{mend(url)}" for url in urls[:1]),
        "END:VEVENT",
    ]


def _digits(day: date) -> str:
    return day.isoformat().replace("-", "")


def _stamp(reports: list[CastReport]) -> str:
    told = [report.stored.published for report in reports if report.stored.published]
    return f"{_digits(_first(max(told)[:10]))}T000000Z" if told else _NO_DATE


def _first(prefix: str) -> date:
    """The first day of an ISO prefix."""
    year, month, day = (*map(int, prefix.split("-")), 1, 1)[:3]
    return _day(year, month, day)


def _last(prefix: str) -> date:
    """The last day of an ISO prefix."""
    parts = [*map(int, prefix.split("-"))]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return _day(year, month, parts[2] if len(parts) > 2 else 31)


def _day(year: int, month: int, day: int) -> date:
    """The day, or the last one of its month where the text tells of one that the calendar does not have."""
    year = max(year, 1)
    return date(year, month, min(day, monthrange(year, month)[1]))


def escape(text: str) -> str:
    """Text as a property's value: backslashes, separators and line breaks escaped, other control characters dropped."""
    plain = _CONTROLS.sub("", mend(text).replace("\r\n", "\n").replace("\r", "\n"))
    for letter, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        plain = plain.replace(letter, escaped)
    return plain


def _write(stream: BinaryIO, line: str) -> None:
    for part in folded(line):
        stream.write(part + b"\r\n")


def folded(line: str) -> Iterator[bytes]:
    """A content line in pieces of at most 75 bytes that cut no character; all but the first begin with a blank."""
    data = line.encode()
    start, room = 0, _FOLD
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:
            end -= 1
        yield (b" " if start else b"") + data[start:end]
        start, room = end, _FOLD - 1
    yield (b" " if start else b"") + data[start:]

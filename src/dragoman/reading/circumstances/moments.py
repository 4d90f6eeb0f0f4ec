"""What time phrases mean that name days, months, seasons and years; those told from elsewhere are in ``relative``.

A phrase without its year takes the nearest one that its clause looks to: *in December* lies ahead after *will meet*.
``None`` where the phrase cannot be pinned down: a relative one without a day of publication, 30 February.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dragoman.reading.circumstances.calendar import (
    MONTHS,
    WEEKDAYS,
    first_day,
    last_day,
    month_end,
    of_day,
    of_month,
    of_months,
    of_season,
    of_year,
)
from dragoman.record import DateRange

Match = re.Match[str]


class Outlook(StrEnum):
    """Which way a clause looks from the day of publication."""

    BEHIND = "behind"
    AHEAD = "ahead"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Setting:
    """What a phrase is read against: the day of publication, the dates told before, the clause's outlook.

    ``told`` are the dates told so far, the latest last; ``perfect`` tells whether the clause is in the perfect tense;
    ``years`` are the years that the text names outright, sorted.
    """

    published: date | None
    told: tuple[DateRange, ...]
    outlook: Outlook
    perfect: bool
    years: tuple[int, ...]

    def anchor(self, width: int) -> DateRange | None:
        """The latest date told that is at least as precise as an ISO prefix of this length; what was is not told from a
        day to come (*ahead of next Tuesday’s vote … A day earlier, six were held*).
        """
        told = (d for d in reversed(self.told) if len(d.start or d.end or "") >= width)
        return next((d for d in told if self.outlook is not Outlook.BEHIND or not self._is_to_come(d)), None)

    def _is_to_come(self, when: DateRange) -> bool:
        return self.published is not None and (when.start or when.end or "") > self.published.isoformat()

    @property
    def only_year(self) -> int | None:
        """The year of a text that names one year only."""
        return self.years[0] if len(self.years) == 1 else None


Resolver = Callable[[Match, Setting], DateRange | None]


def iso(match: Match, setting: Setting) -> DateRange | None:
    """*2023-11-27*, *2023-11*."""
    return of_day(date.fromisoformat(match[0])) if match["day"] else DateRange.on(match[0])


def numeric(match: Match, setting: Setting) -> DateRange | None:
    """*27.11.2023*; not *3/4/2023*, which is April in London and March in Washington."""
    first, second = int(match["day"]), int(match["second"])
    if match["mark"] == "/" and first <= 12 and second <= 12 and first != second:
        return None
    day, month = (first, second) if second <= 12 else (second, first)
    return of_day(date(int(match["year"]), month, day))


def day_of_month(match: Match, setting: Setting) -> DateRange | None:
    """*Thursday, 23 November*, *27–28 November 2023*; the weekday helps to find the year."""
    year = _named_year(match, setting)
    if year is not None:
        return _days(match, year)
    if setting.published is not None:
        return nearest([d for y in _years_around(setting.published) if (d := _days(match, y))], setting)
    if match["weekday"] and setting.years:
        # told in a year that the text need not name, yet hardly before one that it does
        latest = setting.years[-1]
        return next((d for y in range(latest, latest + 4) if (d := _days(match, y))), None)
    return _days(match, setting.only_year) if setting.only_year else None


def month(match: Match, setting: Setting) -> DateRange | None:
    """*late July 2019*, *last September*, *in December*; *May* and *March* only where something shows a month."""
    number, year = _month_number(match), _named_year(match, setting)
    if year is not None:
        return of_month(year, number)
    if match["month"] in ("May", "March") and not (match["rel"] or match["part"] or _MONTH_CUE.search(before(match))):
        return None
    if setting.published is None:
        return of_month(setting.only_year, number) if setting.only_year else None
    candidates = [of_month(y, number) for y in _years_around(setting.published)]
    return _by_word(match["rel"], candidates, setting)


def season(match: Match, setting: Setting) -> DateRange | None:
    """*spring 2018*, *last summer*, *over the summer*; bare, only after a preposition of time (*the Arab spring*)."""
    name, year = match["season"].lower(), _named_year(match, setting)
    if year is not None:
        return of_season(year, name)
    if setting.published is None or not (match["rel"] or match["part"] or TIME_CUE.search(before(match))):
        return None
    if name == "fall" and not match["rel"]:
        return None
    candidates = [of_season(y, name) for y in _years_around(setting.published)]
    return _by_word(match["rel"], candidates, setting)


def decade(match: Match, setting: Setting) -> DateRange | None:
    """*the 1990s*, *the late ’80s*."""
    first = int(match["decade"]) if match["decade"] else 1900 + int(match["short"])
    low, high = {"early": (0, 3), "mid": (4, 6), "late": (6, 9)}.get((match["part"] or "").lower(), (0, 9))
    return DateRange(str(first + low), str(first + high))


def years(match: Match, setting: Setting) -> DateRange | None:
    """*2011-2014*, *2013–14*."""
    first, last = match["year"], match["last"]
    last = first[: 4 - len(last)] + last
    return DateRange(first, last) if first < last else None


def year(match: Match, setting: Setting) -> DateRange | None:
    """*in 2017*, *late 2011*, *the 2016 coup*; not a count (*2000 soldiers*)."""
    if not (match["part"] or _YEAR_CUE.search(before(match)) or _names_its_noun(match)):
        return None
    return narrowed(match["part"], of_year(int(match["year"])))


def named_day(match: Match, setting: Setting) -> DateRange | None:
    """*9/11*, *the September 11 attacks*: a day that has become a name."""
    return of_day(date(2001, 9, 11))


def holiday(match: Match, setting: Setting) -> DateRange | None:
    """*Christmas*, *New Year’s Eve 2022*."""
    number, day = _HOLIDAYS[match["holiday"].replace("’", "'").lower()]
    named = _named_year(match, setting)
    if named is not None:
        return of_day(date(named, number, day))
    if setting.published is None:
        return None
    return nearest([of_day(date(y, number, day)) for y in _years_around(setting.published)], setting)


_HOLIDAYS = {
    "christmas": (12, 25),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "new year": (1, 1),
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
}

_MONTH_CUE = re.compile(
    r"\b(?:in|since|until|during|from|through|between|for|before|after|of last|of this)\s+$", re.IGNORECASE
)
TIME_CUE = re.compile(r"\b(?:in|over|during|by|since|until|before|after|throughout)\s+(?:the\s+)?$", re.IGNORECASE)
_YEAR_CUE = re.compile(
    r"(?:\b(?:in|since|until|till|by|before|after|during|from|to|and|or|between|through|throughout|around|for|of|year)"
    r"|[(,–—-])\s*$",
    re.IGNORECASE,
)
_NOUN_AFTER = re.compile(r"[ -](?!and|or|to|per|people|men|women|troops)(?P<noun>[a-z]{3,})")
_NUMBER_BEFORE = re.compile(
    r"(?:[$£€]|\b(?:about|some|than|least|nearly|almost|over|another|these|those|all))\s*$", re.IGNORECASE
)


def before(match: Match) -> str:
    """The few words before a phrase."""
    return match.string[max(0, match.start() - 24) : match.start()]


def _names_its_noun(match: Match) -> bool:
    """Whether a bare year stands before what it dates (*the 2016 coup*) and does not count it (*2000 soldiers*)."""
    noun = _NOUN_AFTER.match(match.string, match.end())
    if noun is None or _NUMBER_BEFORE.search(before(match)):
        return False
    return not (noun["noun"].endswith("s") and int(match["year"]) % 50 == 0)


def _month_number(match: Match) -> int:
    prefix = match["month"].lower()[:3]
    return next(n for n, name in enumerate(MONTHS, 1) if name.startswith(prefix))


def _named_year(match: Match, setting: Setting) -> int | None:
    """The year that a phrase itself names: *2018*, *last year*, *the same year*."""
    if match["year"]:
        return int(match["year"])
    which = (match["which"] or "").lower()
    if which in ("the same", "that"):
        told = setting.anchor(4)
        return first_day(told).year if told else None
    if which and setting.published is not None:
        return setting.published.year + {"this": 0, "last": -1, "next": 1}[which]
    return None


def _years_around(day: date) -> range:
    """Two years back, too: in February the winter that ended last began in the year before the last."""
    return range(day.year - 2, day.year + 2)


def _days(match: Match, year: int) -> DateRange | None:
    """The day or days of a month in one year; ``None`` where that year has no such day, or another weekday."""
    number, first = _month_number(match), int(match["day"])
    last = int(match["day2"] or first)
    if not first <= last <= month_end(year, number).day:
        return None
    day = date(year, number, first)
    if match["weekday"] and not match["year"] and WEEKDAYS[day.weekday()] != match["weekday"].lower():
        return None
    return DateRange(day.isoformat(), day.replace(day=last).isoformat())


def _by_word(rel: str | None, candidates: list[DateRange], setting: Setting) -> DateRange | None:
    """The candidate that *last*, *next* or *this* picks; without such a word the nearest that fits the tense."""
    today = setting.published
    if today is None or not rel:
        return nearest(candidates, setting)
    if rel.lower() == "last":
        return [c for c in candidates if last_day(c) < today][-1]
    if rel.lower() == "next":
        return next(c for c in candidates if first_day(c) > today)
    return next(c for c in candidates if first_day(c).year == today.year)


def nearest(candidates: list[DateRange], setting: Setting) -> DateRange | None:
    """The candidate on the side that the clause looks to; the nearest one where it does not say.

    The tense is overruled where that side is far and the other close: *had set 10 September as the date* in August.
    """
    today = setting.published
    if today is None or not candidates:
        return None
    behind = [c for c in candidates if first_day(c) <= today]
    ahead = [c for c in candidates if last_day(c) >= today]
    if not behind or not ahead:
        return behind[-1] if behind else ahead[0]
    since, until = (today - last_day(behind[-1])).days, (first_day(ahead[0]) - today).days
    if setting.outlook is Outlook.AHEAD and not (until > _FAR and since < _CLOSE):
        return ahead[0]
    if setting.outlook is Outlook.BEHIND and not (since > _FAR and until < _CLOSE):
        return behind[-1]
    return behind[-1] if since <= until else ahead[0]


_FAR, _CLOSE = 270, 60
"""Days from publication; set on the build part of the coded news, November 2026."""


def narrowed(part: str | None, whole: DateRange) -> DateRange:
    """The part of a year that *early*, *mid*, *late*, *the end of* name; of anything else the whole."""
    if not part or whole.start != whole.end or len(whole.start or "") != 4:
        return whole
    number = first_day(whole).year
    word = part.lower().removeprefix("the ").removeprefix("very ").removesuffix(" of")
    first, last = _PARTS_OF_YEAR.get(word, (1, 12))
    return whole if (first, last) == (1, 12) else of_months(number, first, last)


_PARTS_OF_YEAR = {
    "early": (1, 3),
    "beginning": (1, 1),
    "start": (1, 1),
    "outset": (1, 1),
    "mid": (5, 8),
    "middle": (5, 8),
    "late": (10, 12),
    "end": (12, 12),
    "close": (12, 12),
}

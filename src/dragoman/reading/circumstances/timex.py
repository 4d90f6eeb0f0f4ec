"""How time phrases look: a table in TIMEX3's terms, tried from the top; ``moments`` says what each kind means.

The longest phrase at a place wins. Each row gives a phrase that it reads and a text in which it must read nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.reading.circumstances import moments, relative
from dragoman.reading.circumstances.moments import Resolver
from dragoman.reading.circumstances.numerals import NUMBER_WORD


@dataclass(frozen=True, slots=True)
class Phrase:
    """A kind of time phrase: how it looks, what it means, one that it reads, and a text in which it reads nothing."""

    name: str
    pattern: re.Pattern[str]
    resolve: Resolver
    fires: str
    spares: str


def _phrase(name: str, pattern: str, resolve: Resolver, *, fires: str, spares: str) -> Phrase:
    return Phrase(name, re.compile(rf"(?<![\w’'-])(?:{pattern})(?!\w)", re.IGNORECASE), resolve, fires, spares)


# Month and weekday names count only with a capital, or in capitals throughout.
_MONTH = (
    r"(?P<month>(?-i:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?|(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC)\b\.?))"
)
_DAY_NAME = r"(?-i:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_WEEKDAY_COMMA = rf"(?:(?P<weekday>{_DAY_NAME})(?:, | )(?:the )?)?"
_SEASON = r"(?P<season>spring|summer|autumn|winter|fall)"
_NUMERAL_END = r"(?![\d%:]|[.,]\d)"
_YEAR = rf"(?P<year>(?:1[89]|20)\d\d){_NUMERAL_END}"
_OF_YEAR = rf"(?:,? (?:of |in )?(?:{_YEAR}|(?P<which>this|last|next|the same|that) year))?"
_DAY = rf"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?{_NUMERAL_END}"
_TO_DAY = rf"(?:(?: and | or | to | through |-|–|—)(?P<day2>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?{_NUMERAL_END})?"
_PART = (
    r"(?:(?P<part>early|earlier|late|later|mid|(?:the )?(?:very )?(?:beginning|start|outset|middle|end|close) of)"
    r"(?: |-|–)(?:in |on )?(?:the )?)?"
)
_UNIT = r"(?P<unit>hour|day|night|week|fortnight|month|quarter|year|decade|century|centurie)"
_COUNT = (
    rf"(?P<count>\d+(?:[.,]\d+)?(?:-\d+)?|(?:{NUMBER_WORD})(?:[- ](?:{NUMBER_WORD}))?(?: and a half)?"
    r"|an?|half an?|a couple of|a dozen)"
)
_ABOUT = r"(?:about |around |almost |nearly |over |more than |less than |just |just over |some |at least )?"
_LASTING = r"(?:war|conflict|insurgency|crisis|siege|occupation|blockade|detention|imprisonment|standoff|rule)\b"
_PART_OF_DAY = r"(?: (?:morning|afternoon|evening|night|lunchtime))?"

PHRASES: tuple[Phrase, ...] = (
    _phrase(
        "iso",
        r"\d{4}-(?:0[1-9]|1[0-2])(?:-(?P<day>\d\d))?",
        moments.iso,
        fires="2023-11-27",
        spares="a 2023-24 budget",
    ),
    _phrase(
        "numeric",
        r"(?P<day>\d{1,2})(?P<mark>[./-])(?P<second>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)",
        moments.numeric,
        fires="27.11.2023",
        spares="version 3.11.12",
    ),
    _phrase(
        "day and month",
        rf"{_WEEKDAY_COMMA}{_DAY}{_TO_DAY} (?:of )?{_MONTH}{_OF_YEAR}",
        moments.day_of_month,
        fires="Thursday, 23 November 2023",
        spares="the 23 Marchers",
    ),
    _phrase(
        "named day",
        r"9/11|(?-i:September|Sept\.?) 11(?= (?:terror(?:ist)? )?(?:attack|hijack|plot|terrorist|commission|victim))",
        moments.named_day,
        fires="the Sept. 11 attacks",
        spares="the September 11 vote",
    ),
    _phrase(
        "month and day",
        rf"{_WEEKDAY_COMMA}{_MONTH} (?:the )?{_DAY}{_TO_DAY}{_OF_YEAR}",
        moments.day_of_month,
        fires="Nov. 27 to 28, 2023",
        spares="They may 5 times object",
    ),
    _phrase(
        "month",
        rf"{_PART}(?:(?P<rel>last|next|this) )?{_MONTH}{_OF_YEAR}",
        moments.month,
        fires="late July 2019",
        spares="Theresa May left",
    ),
    _phrase(
        "season",
        rf"{_PART}(?:(?P<rel>last|next|this) )?{_SEASON}{_OF_YEAR}",
        moments.season,
        fires="spring 2018",
        spares="the fall of Kabul",
    ),
    _phrase(
        "decade",
        rf"{_PART}(?:(?P<decade>(?:1[89]|20)\d0)s|[’'](?P<short>\d0)s)",
        moments.decade,
        fires="the 1990s",
        spares="a 1990 song",
    ),
    _phrase(
        "years",
        r"(?P<year>(?:1[89]|20)\d\d)(?:-|–|—|/)(?P<last>(?:1[89]|20)?\d\d)",
        moments.years,
        fires="2011-2014",
        spares="a score of 20-14",
    ),
    _phrase("year", rf"{_PART}{_YEAR}", moments.year, fires="in mid-2016", spares="2000 soldiers"),
    _phrase(
        "day from today",
        r"(?P<word>the day (?:before yesterday|after tomorrow)|yesterday|today|tonight|tomorrow"
        rf"|(?:earlier |later )today|this (?:morning|afternoon|evening)){_PART_OF_DAY}",
        relative.day_from_today,
        fires="yesterday evening",
        spares="the dayroom",
    ),
    _phrase(
        "weekday",
        rf"(?:(?:early|earlier|late|later) (?:on )?)?(?:(?P<rel>last|next|this|the (?:following|next|previous)) )?"
        rf"(?P<weekday>{_DAY_NAME})(?: (?:and|or|to) (?P<second>{_DAY_NAME}))?"
        rf"(?: (?P<week>last|next) week)?{_PART_OF_DAY}",
        relative.weekday,
        fires="late on Monday",
        spares="a Mondayish mood",
    ),
    _phrase(
        "weekend",
        r"(?P<rel>last|next|this|the) weekend",
        relative.weekend,
        fires="over the weekend",
        spares="a weekend house",
    ),
    _phrase(
        "calendar unit",
        rf"{_PART}(?:(?P<rel>last|next|this|that|the (?:same|following|previous|next)|that same) |(?<=of the )){_UNIT}",
        relative.calendar_unit,
        fires="earlier this month",
        spares="every month",
    ),
    _phrase(
        "step",
        rf"{_ABOUT}{_COUNT} {_UNIT}s? (?P<way>ago|earlier|later|before|afterwards|previously|from now)",
        relative.step,
        fires="two and a half years ago",
        spares="ten years of war",
    ),
    _phrase(
        "until now",
        rf"(?:the )?(?:(?:last|past|previous) (?:{_COUNT} |(?:few|several|couple of) )?|recent ){_UNIT}(?P<plural>s)?",
        relative.until_now,
        fires="over the past 18 months",
        spares="for 18 months",
    ),
    _phrase(
        "lasting",
        rf"(?:(?P<for>for|over) )?{_ABOUT}{_COUNT}[- ]{_UNIT}(?P<plural>s)?"
        rf"(?(for)|(?<!s)(?:[- ](?:old|long))?(?= (?:\w+ )?{_LASTING}))",
        relative.lasting,
        fires="the seven-year civil war",
        spares="a seven-year plan",
    ),
    _phrase(
        "from now",
        rf"(?:(?:the )?(?:next|coming) (?:{_COUNT} |(?:few|several|couple of) )?"
        rf"|within (?:{_COUNT.replace('count', 'within')} )?){_UNIT}s",
        relative.from_now,
        fires="in the coming months",
        spares="in months of talks",
    ),
    _phrase(
        "day of the month",
        r"the (?P<day>[12]\d|3[01]|[1-9])(?:st|nd|rd|th)",
        relative.day_only,
        fires="on the 15th",
        spares="15 men",
    ),
    _phrase(
        "holiday",
        rf"(?P<holiday>(?-i:Christmas(?: Day| Eve)?|New Year(?:[’']s (?:Day|Eve))?)){_OF_YEAR}",
        moments.holiday,
        fires="just before Christmas",
        spares="a christmassy scene",
    ),
)

# Every phrase has one of these in it: a stretch of text without any needs no closer look.
_HINT = re.compile(
    r"\d|day\b|days\b|hour|night\b|week|month|year|decade|centur|ago\b|today|tomorrow|morning|evening|afternoon|spring|summer"
    r"|autumn|winter|fall\b|Christmas|quarter|January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\b|Feb\b|Mar\b|Apr\b|Jun\b|Jul\b|Aug\b|Sept?\b|Oct\b|Nov\b|Dec\b|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
)
_REACH = 60


def find_phrases(text: str) -> list[tuple[re.Match[str], Phrase]]:
    """The time phrases of a text, in order, without overlap; at each place the longest one."""
    found = [
        (match, phrase)
        for low, high in _stretches(text)
        for phrase in PHRASES
        for match in phrase.pattern.finditer(text, low, high)
    ]
    found.sort(key=lambda pair: (pair[0].start(), -pair[0].end()))
    kept: list[tuple[re.Match[str], Phrase]] = []
    for match, phrase in found:
        if not kept or match.start() >= kept[-1][0].end():
            kept.append((match, phrase))
    return kept


def _stretches(text: str) -> list[tuple[int, int]]:
    """Where to look: the surroundings of every hint, joined where they touch."""
    stretches: list[tuple[int, int]] = []
    for hint in _HINT.finditer(text):
        low, high = max(0, hint.start() - _REACH), min(len(text), hint.end() + _REACH)
        if stretches and low <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], high)
        else:
            stretches.append((low, high))
    return stretches

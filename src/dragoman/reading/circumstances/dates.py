"""Time expressions of a document, and which of them says when an act was.

``find_dates`` reads every phrase against the day of publication and the dates before it; ``date_of`` finds the one that
governs a verb or noun by syntax. Both work on whatever annotation there is: without a parse phrases still resolve.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dragoman.reading.circumstances.governing import LOOSE, clause_of, governors, links_between, seats, taken_up
from dragoman.reading.circumstances.moments import Outlook, Setting
from dragoman.reading.circumstances.outlook import is_perfect, outlook_of
from dragoman.reading.circumstances.timex import Phrase, find_phrases
from dragoman.reading.syntax import children
from dragoman.reading.words import Doc, Span, Token
from dragoman.record import DateRange


@dataclass(frozen=True, slots=True)
class DateMention:
    """A time expression: its tokens ``[start, end)``, its syntactic head, what it covers, and how it bounds it.

    ``relation`` is ``in``, ``since``, ``after``, ``until``, ``by`` or ``before``; the range has it worked in already.
    """

    start: int
    end: int
    head: int
    range: DateRange
    relation: str = "in"


def find_dates(doc: Doc, published: str | None) -> tuple[DateMention, ...]:
    """The time expressions of a document that can be pinned down, in text order.

    ``published`` is the ISO day of publication; without one (or with a mere month) only absolute phrases resolve.
    """
    today = date.fromisoformat(published) if published and len(published) == 10 else None
    # a text that tells of something "since 2017" was written later
    years = tuple(sorted({int(match["year"]) + bool(match["since"]) for match in _YEAR.finditer(doc.text)}))
    mentions: list[DateMention] = []
    for match, phrase in find_phrases(doc.text):
        span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if span is not None:
            told = tuple(m.range for m in mentions[-_MEMORY:])
            mention = _mention(span, match, phrase, Setting(today, told, Outlook.OPEN, False, years))
            mentions += [mention] if mention else []
    return tuple(_joined(doc, mentions))


def _mention(span: Span, match: re.Match[str], phrase: Phrase, setting: Setting) -> DateMention | None:
    """What a matched phrase says in its clause; ``None`` where it names no day of our calendar (*31 June*)."""
    bound = _bound_before(match.string[max(0, match.start() - 24) : match.start()])
    head = span[0]
    if span.doc.has_annotation("DEP"):
        head = span.root
        setting = replace(setting, outlook=outlook_of(head), perfect=is_perfect(head))
    if bound in ("until", "by"):
        setting = replace(setting, outlook=Outlook.AHEAD)
    try:
        when = phrase.resolve(match, setting)
    except (ValueError, OverflowError):
        return None
    return DateMention(span.start, span.end, head.i, _bounded(when, bound), bound) if when is not None else None


_MEMORY = 6
"""How many dates back *the same day* may reach."""

_YEAR = re.compile(r"(?P<since>[Ss]ince )?(?<![\d.,$£€])(?P<year>(?:19|20)\d\d)(?![\d%]|[.,]\d)")

_BOUND = re.compile(
    r"\b(?:(?P<since>since)|(?P<until>until|till|up to)|(?P<by>by|no later than)"
    r"|(?P<before>before|ahead of|prior to)|(?P<after>after))"
    r"(?: at least)?(?: the)?\s+$",
    re.IGNORECASE,
)


def _bound_before(lead: str) -> str:
    """The bounding preposition that ends a stretch of text; ``in`` when there is none."""
    match = _BOUND.search(lead)
    return (match.lastgroup or "in") if match else "in"


def _bounded(when: DateRange, bound: str) -> DateRange:
    """A range opened on the side that a preposition leaves open."""
    if bound in ("since", "after"):
        return DateRange(when.start or when.end, None)
    if bound in ("until", "by", "before"):
        return DateRange(None, when.end or when.start)
    return when


_DASHES = frozenset({"-", "–", "—"})
_PAIRS = {"from": frozenset({"to", "until", "till", "through"}) | _DASHES, "between": frozenset({"and"}) | _DASHES}


def _joined(doc: Doc, mentions: Sequence[DateMention]) -> list[DateMention]:
    """Put *from A to B* and *between A and B* together to one mention."""
    result: list[DateMention] = []
    for mention in mentions:
        whole = _stretch(doc, result[-1], mention) if result else None
        if whole is not None:
            result[-1] = replace(result[-1], end=mention.end, range=whole, relation="in")
        else:
            result.append(mention)
    return result


def _stretch(doc: Doc, first: DateMention, second: DateMention) -> DateRange | None:
    link = {t.lower_ for t in doc[first.end : second.start]} - {"the"} if second.start - first.end <= 2 else set()
    lead = {t.lower_ for t in doc[max(0, first.start - 2) : first.start]}
    if len(link) != 1 or not any(opener in lead and link <= links for opener, links in _PAIRS.items()):
        return None
    start, end = first.range.start or first.range.end or "", second.range.end or second.range.start or ""
    if start[: len(end)] > end[: len(start)]:
        # "from November to January 2018": the first takes its year from the second
        start = f"{int(end[:4]) - (start[4:] > end[4:])}{start[4:]}"
    return DateRange(start, end)


# --- which one dates an act


def date_of(trigger: Token, dates: Sequence[DateMention]) -> DateRange | None:
    """When the act was that a verb or noun tells, by the time expression that governs it; ``None`` where none does.

    Fires: *talks held in Doha on Monday* (talks); *attacked on Sunday, killing two* (killing); *a raid … The raid on
    Sunday …* (raid).
    Not:   *said on Monday that they had met* (met).
    """
    when, again = _told_date(trigger, dates), taken_up(trigger)
    return _told_date(again, dates) if when is None and again is not None else when


def _told_date(trigger: Token, dates: Sequence[DateMention]) -> DateRange | None:
    sent = trigger.sent
    near = [(m, governors(trigger.doc[m.head])) for m in dates if sent.start <= m.head < sent.end]
    for seat in seats(trigger) if near else ():
        ranked = [(chain.index(seat), abs(m.head - seat.i), m.start, m) for m, chain in near if seat in chain]
        if ranked:
            return min(ranked, key=lambda r: r[:3])[3].range
    for mention, chain in sorted(near, key=lambda pair: abs(pair[0].head - trigger.i)):
        beside = _date_beside(trigger, mention.range, chain[-1]) if chain else None
        if beside is not None:
            return beside
    return None


def horizon_of(word: Token, dates: Sequence[DateMention]) -> DateRange | None:
    """When what a word of expectation speaks of is to be: by the clause expected, else as the word itself is dated.

    Fires: *it is likely that they will meet in May* (likely: May); *expects to leave next year* (expects: next year).
    """
    expected = (date_of(clause, dates) for clause in children(word, "ccomp", "csubj", "xcomp", "acl"))
    return next((when for when in expected if when is not None), None) or date_of(word, dates)


_TOLD = frozenset({"ccomp", "parataxis"})


def _date_beside(act: Token, when: DateRange, dated: Token) -> DateRange | None:
    """The date of a clause joined to the act's own; of what is said on a day, the side of that day on which it lies.

    *told them to go before invading Afrin last month* (told: last month); *said on Friday that they had surrendered*
    (surrendered: until Friday); *said on Friday that they would meet* (meet: from Friday on).
    """
    clause = clause_of(act)
    links = links_between(clause, dated) or links_between(dated, clause)
    if links and links <= LOOSE:
        return when
    if dated in list(clause.ancestors) and links and links & _TOLD and when.start == when.end:
        outlook = outlook_of(clause)
        if outlook is Outlook.BEHIND:
            return DateRange(None, when.end)
        return DateRange(when.start, None) if outlook is Outlook.AHEAD else None
    return None

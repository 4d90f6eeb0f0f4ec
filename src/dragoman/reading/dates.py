"""Time expressions of a document, and which of them says when an act was.

``find_dates`` reads every phrase against the day of publication and the dates before it; ``date_of`` finds the one that
governs a verb or noun by syntax. Both work on whatever annotation there is: without a parse phrases still resolve.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Doc, Token

from dragoman.reading.circumstances import clause_of, governors, seats
from dragoman.reading.moments import Outlook, Setting
from dragoman.reading.outlook import is_perfect, outlook_of
from dragoman.reading.syntax import relation
from dragoman.reading.timex import find_phrases
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
    found = find_phrases(doc.text)
    # a text that tells of something "since 2017" was written later
    years = tuple(sorted({int(match["year"]) + bool(match["since"]) for match in _YEAR.finditer(doc.text)}))
    parsed = doc.has_annotation("DEP")
    mentions: list[DateMention] = []
    for match, phrase in found:
        span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        lead = doc.text[max(0, match.start() - 24) : match.start()]
        bound = _bound_before(lead)
        outlook = Outlook.AHEAD if bound in ("until", "by") else outlook_of(span.root) if parsed else Outlook.OPEN
        told = tuple(m.range for m in mentions[-_MEMORY:])
        try:
            setting = Setting(today, told, outlook, parsed and is_perfect(span.root), years)
            when = phrase.resolve(match, setting)
        except (ValueError, OverflowError):
            continue  # 31 June, 300,000 years ago: no day of our calendar
        if when is not None:
            head = span.root.i if parsed else span.start
            mentions.append(DateMention(span.start, span.end, head, _bounded(when, bound), bound))
    return tuple(_joined(doc, mentions))


_MEMORY = 6
"""How many dates back *the same day* may reach."""

_YEAR = re.compile(r"(?P<since>[Ss]ince )?(?<![\d.,$£€])(?P<year>(?:19|20)\d\d)(?![\d%]|[.,]\d)")

_BOUND = re.compile(
    r"\b(?:(?P<since>since)|(?P<until>until|till|up to)|(?P<by>by|no later than)|(?P<before>before|ahead of|prior to)|(?P<after>after))"
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

    Fires: *talks held in Doha on Monday* (talks); *attacked on Sunday, killing two* (killing).
    Not:   *said on Monday that they had met* (met).
    """
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


_LOOSE = frozenset({"advcl", "conj", "xcomp", "acl"})
_TOLD = frozenset({"ccomp", "parataxis"})


def _date_beside(act: Token, when: DateRange, dated: Token) -> DateRange | None:
    """The date of a clause joined to the act's own; of what is said on a day, the side of that day on which it lies.

    *told them to go before invading Afrin last month* (told: last month); *said on Friday that they had surrendered*
    (surrendered: until Friday); *said on Friday that they would meet* (meet: from Friday on).
    """
    clause = clause_of(act)
    links = _links(clause, dated) or _links(dated, clause)
    if links and links <= _LOOSE:
        return when
    if dated in list(clause.ancestors) and links and links & _TOLD and when.start == when.end:
        outlook = outlook_of(clause)
        if outlook is Outlook.BEHIND:
            return DateRange(None, when.end)
        return DateRange(when.start, None) if outlook is Outlook.AHEAD else None
    return None


def _links(below: Token, above: Token) -> frozenset[str]:
    """The clausal relations on the way up from one token to another; empty where it is not above."""
    found: set[str] = set()
    node = below
    while node != above:
        if node.head == node:
            return frozenset()
        if node.pos_ in ("VERB", "AUX") or node == below:
            found.add(relation(node))
        node = node.head
    return frozenset(found)

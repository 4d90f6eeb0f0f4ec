"""A case in which everything that can be told is hostile: names, texts, titles, outlets, reasons of decisions."""

from __future__ import annotations

import functools
import tempfile
from itertools import cycle
from pathlib import Path

from dragoman.case import Case, create_case
from dragoman.record import (
    Action,
    Actor,
    ActorKind,
    Commitment,
    DateRange,
    Decision,
    Direction,
    Document,
    Event,
    EventType,
    Evidence,
    Fact,
    Forecast,
    Likelihood,
    Position,
    Predicate,
    Reading,
    Relation,
    Report,
    Role,
    Span,
    Stance,
    Standing,
    Step,
)

BIDI = "\u202egnp.eliF\u202c \u2066mixed\u2069"
LONG = "Unbelievably" + "long" * 60
FORMULA = "=cmd|' /C calc'!A0"
NASTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "'-alert(3)-'</style></title><svg onload=alert(4)>",
    "javascript:alert(5)",
    FORMULA,
    "+1+1 @SUM(1) \t-2",
    BIDI,
    "bell\x07 null\x00 escape\x1b[31m line\u2028end \x85",
    LONG,
    "{{ 7*7 }} ${7*7} {% raw %} #set() __$0",
    "../..//etc/passwd?x=100%#frag&amp;&lt;b&gt;",
    "half a letter \ud83d and all \U0001f469\u200d\U0001f4bb z\u0335\u0335a\u0301",
    "]]> --> <!-- *bold* [link](javascript:alert(6)) `code` | cell",
    '#import "x" $ x $ \\ @ref <label> /* typst */',
)
"""Each tries to break out of something: HTML, attributes, addresses, cells, lines, layouts, templates, Typst."""
AUTHOR = NASTY[1]


def build(path: Path) -> Path:
    """The case: two outlets tell the same, and people have decided on it."""
    path.write_bytes(_built())
    return path


@functools.cache
def _built() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "new.case"
        with create_case(path, packs=["afghanistan"], title=f"{NASTY[2]} {NASTY[0]} {LONG}") as case:
            case.start_run("test")
            for n, published in enumerate(("2024-05-04", "2024-06-05", None)):
                case.add(_reading(n, published))
            case.finish_run()
            _decide(case)
        return path.read_bytes()


def _reading(number: int, published: str | None) -> Reading:
    """One document in which each of the nasty words does something of each kind."""
    others = cycle(NASTY[1:] + NASTY[:1])
    told = [(kind, word, next(others)) for word in NASTY for kind in range(6)]
    sentences = [f"{word} met {other} ({number}, {n})." for n, (_, word, other) in enumerate(told)]
    text = "\n".join(sentences)
    id = f"{number} {NASTY[number]} {FORMULA}"
    reports, spans, start = [], [], 0
    for sentence, (kind, word, other) in zip(sentences, told, strict=True):
        spans.append(Span(start, start + len(sentence)))
        evidence = Evidence.slice(text, start, start + len(sentence))
        reports.append(_report(kind, id, evidence, word, other, Standing.PLANNED if number else Standing.ACTUAL))
        start += len(sentence) + 1
    document = Document(
        id=id,
        text=text,
        title=Fact(NASTY[number], "page"),
        author=Fact(NASTY[number + 1], "page"),
        outlet=Fact(NASTY[4 * number], "given"),
        published=Fact(published, "text") if published else None,
        url="javascript:alert(7)",
        source=f"<b>{FORMULA}</b>.txt",
        raw=text.encode("utf-8", "surrogatepass"),
        furniture=(Span(0, 5),),
    )
    actors = tuple(Actor(word, kind, (word,)) for word, kind in zip(NASTY, cycle(ActorKind), strict=False))
    return Reading(document, tuple(spans), actors, tuple(reports), NASTY)


def _report(kind: int, id: str, evidence: Evidence, word: str, other: str, standing: Standing) -> Report:
    shared = {"document": id, "evidence": evidence, "standing": standing, "voice": (other,), "why": (word,)}
    match kind:
        case 0:
            return Event(
                **shared,
                type=EventType.CONSULT,
                source=(word,),
                target=(other,),
                date=DateRange.on("2024-05-03"),
                place=word,
                others=((Role.HOST, (other,)),),
            )
        case 1:
            return Position(**shared, holder=(word,), stance=Stance.OPPOSE, about=other, issue=other)
        case 2:
            toward = ("Taliban", word)
            return Step(**shared, by=(other,), toward=toward, rung="ambassador", direction=Direction.UP)
        case 3:
            return Commitment(**shared, by=(word,), to=(other,), instrument=other, what=word)
        case 4:
            horizon = DateRange(None, "2024-06-30")
            return Forecast(**shared, by=(word,), what=other, likelihood=Likelihood.LIKELY, horizon=horizon)
    return Relation(**shared, subject=word, predicate=Predicate.LEADS, object=other, title=other)


def _decide(case: Case) -> None:
    """What people have decided, for reasons as hostile as the rest."""
    reasons = [word for word in NASTY if "\ud83d" not in word]
    for n, (report, reason) in enumerate(zip(case.reports("event"), reasons, strict=False)):
        action = (Action.NOTE, Action.ACCEPT, Action.REJECT)[n % 3]
        case.decide(Decision(AUTHOR, action, case.about(report.id), reason=reason))
    position = next(case.reports("position"))
    case.decide(Decision(AUTHOR, Action.CORRECT, case.about(position.id), {"about": NASTY[0]}, NASTY[9]))
    forecast = next(case.reports("forecast"))
    outcome = {"outcome": "true", "evidence": [NASTY[0], NASTY[3]]}
    case.decide(Decision(AUTHOR, Action.RESOLVE, case.about(forecast.id), outcome, NASTY[2]))
    case.decide(Decision(AUTHOR, Action.MERGE, case.about_merge([NASTY[0], NASTY[5]]), reason=FORMULA))
    case.decide(Decision(FORMULA, Action.APART, case.about_merge([NASTY[1], NASTY[8]]), reason=LONG))

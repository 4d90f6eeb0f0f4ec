"""A case that has something for every format: two papers, a plan, a denial, a release, offices, a forecast."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dragoman.record import (
    Actor,
    ActorKind,
    DateRange,
    Document,
    Event,
    EventType,
    Evidence,
    Fact,
    Forecast,
    Likelihood,
    Predicate,
    Reading,
    Relation,
    Report,
    Role,
    Standing,
)
from tests.case.factory import READER, spans_of

MARK = "Zarkentown"
"""A place that only the plan of the second paper names."""

FIRST = (
    "Norway's envoy met rebels of Peru in Lima on 3 May 2024.",
    "Peru released nine prisoners on 1 May.",
    "Kari Berg 🕊️ is foreign minister of Norway, which belongs to the Nordic Council.",
    "Peru denied that it had bombed the rebels.",
)
SECOND = (
    f"The envoy of Norway will visit {MARK} in June 2024, officials said.",
    "Norway may recognise the rebels by 2025, analysts said.",
    "Envoys from Norway met the Peruvian rebels on Friday in Lima.",
)
CAST = (
    Actor("Norway", ActorKind.STATE, ("Norway", "Norwegians"), key="state/NOR", country="NOR", sector="GOV"),
    Actor("Peru", ActorKind.STATE, ("Peru",), key="state/PER", country="PER", sector="GOV"),
    Actor("Peruvian rebels", ActorKind.MOVEMENT, ("rebels of Peru", "the rebels"), country="PER", sector="REB"),
    Actor("Kari Berg", ActorKind.PERSON, ("Kari Berg", "Berg"), country="NOR"),
    Actor("Nordic Council", ActorKind.ORGANIZATION, ("Nordic Council",), sector="IGO"),
    Actor("analysts", ActorKind.GROUP, ("analysts",)),
)


def _reading(id: str, sentences: tuple[str, ...], published: str, outlet: str, reports: list[Report]) -> Reading:
    document = Document(
        id=id,
        text="\n".join(sentences),
        title=Fact(f"Title of {id}", "page"),
        author=Fact("A. Writer", "page"),
        outlet=Fact(outlet, "given"),
        published=Fact(published, "text"),
        url=f"https://example.org/{id}?a=1&b=2",
        source=f"articles/{id}.txt",
        raw="\n".join(sentences).encode(),
    )
    return Reading(document, spans_of(sentences), CAST, tuple(reports))


def _quotes(sentences: tuple[str, ...]) -> Iterator[Evidence]:
    text = "\n".join(sentences)
    return (Evidence.slice(text, span.start, span.end) for span in spans_of(sentences))


def first() -> Reading:
    """What a paper told on 4 May."""
    met, freed, berg, denied = _quotes(FIRST)
    own: dict[str, Any] = {"document": "first", "reader": READER}
    norway, peru, rebels = "Norway", "Peru", "Peruvian rebels"
    reports: list[Report] = [
        Event(
            evidence=met,
            type=EventType.CONSULT,
            source=(norway, rebels),
            date=DateRange.on("2024-05-03"),
            place="Lima",
            others=((Role.HOST, (peru,)),),
            **own,
        ),
        Event(
            evidence=freed,
            type=EventType.CONCEDE,
            source=(peru,),
            date=DateRange.on("2024-05-01"),
            why=("word: released",),
            **own,
        ),
        Relation(
            evidence=berg,
            subject="Kari Berg",
            predicate=Predicate.OFFICE,
            object=norway,
            title="foreign minister",
            since="2021-10",
            **own,
        ),
        Relation(evidence=berg, subject=norway, predicate=Predicate.MEMBER_OF, object="Nordic Council", **own),
        Relation(evidence=berg, subject="Kari Berg", predicate=Predicate.BASED_IN, object="Oslo", **own),
        Event(
            evidence=denied,
            type=EventType.ASSAULT,
            source=(peru,),
            target=(rebels,),
            standing=Standing.DENIED,
            killed=3,
            **own,
        ),
    ]
    return _reading("first", FIRST, "2024-05-04", "Azure Courier", reports)


def second() -> Reading:
    """What another paper told two days later, with a plan and a forecast."""
    plan, forecast, met = _quotes(SECOND)
    own: dict[str, Any] = {"document": "second", "reader": READER}
    reports: list[Report] = [
        Event(
            evidence=plan,
            type=EventType.CONSULT,
            source=("Norway",),
            target=("Peru",),
            date=DateRange.on("2024-06"),
            place=MARK,
            standing=Standing.PLANNED,
            voice=("officials",),
            **own,
        ),
        Forecast(
            evidence=forecast,
            by=("analysts",),
            what="recognise the rebels; fully, at last",
            likelihood=Likelihood.POSSIBLE,
            horizon=DateRange(None, "2025"),
            standing=Standing.POSSIBLE,
            **own,
        ),
        Event(
            evidence=met,
            type=EventType.CONSULT,
            source=("Norway", "Peruvian rebels"),
            date=DateRange.on("2024-05-03"),
            place="Lima",
            **own,
        ),
    ]
    return _reading("second", SECOND, "2024-05-06", "Norda Wire", reports)


def asserted(standing: Standing, type: EventType, id: str = "alone", **values: Any) -> Reading:
    """One act of Norway's toward Peru, asserted so; ``values`` are further fields of it."""
    reading = first()
    event = next(report for report in reading.reports if isinstance(report, Event))
    fields: dict[str, Any] = {"source": ("Norway",), "target": ("Peru",), "others": ()} | values
    own = replace(event, document=id, type=type, standing=standing, **fields)
    text = f"{reading.document.text}\nFrom {id}."
    document = replace(reading.document, id=id, text=text, raw=text.encode(), outlet=Fact(id, "given"))
    return replace(reading, document=document, reports=(own,))

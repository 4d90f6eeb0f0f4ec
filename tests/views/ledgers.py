"""Cases with steps, commitments and forecasts, told in a line each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dragoman.case import Case, create_case
from dragoman.record import (
    Actor,
    ActorKind,
    Commitment,
    DateRange,
    Direction,
    Document,
    Evidence,
    Fact,
    Forecast,
    Likelihood,
    Reading,
    Report,
    Span,
    Standing,
    Status,
    Step,
)

COUNCIL = "Taliban"
READER = "test-1"


def told(
    id: str,
    published: str | None,
    *reports: tuple[type[Report], dict[str, Any]],
    outlet: str = "",
    cast: tuple[Actor, ...] = (),
) -> Reading:
    """A document of one outlet, with a sentence for each report, which spells its names and what it is about; whoever
    is not in ``cast`` is a state that no pack knows."""
    sentences = [
        f"{n}: {' '.join((*row.get('by', ()), row.get('what', ''), *row.get('source', ()), *row.get('others', ())))}."
        for n, (_, row) in enumerate(reports)
    ]
    text = "\n".join([*sentences, f"Written as {id}."])
    made: list[Report] = []
    start, spans = 0, []
    for sentence, (cls, row) in zip(sentences, reports, strict=True):
        spans.append(Span(start, start + len(sentence)))
        evidence = Evidence.slice(text, start, start + len(sentence))
        row = {name: value for name, value in row.items() if name != "others"}
        made.append(cls(document=id, evidence=evidence, reader=READER, **row))
        start += len(sentence) + 1
    people = {n for _, row in reports for role in ("by", "to", "toward", "source", "others") for n in row.get(role, ())}
    keys = {COUNCIL: "taliban"}
    people -= {actor.name for actor in cast}
    actors = (*cast, *(Actor(name, ActorKind.STATE, (name,), key=keys.get(name)) for name in sorted(people)))
    document = Document(
        id=id,
        text=text,
        outlet=Fact(outlet or f"outlet of {id}", "given"),
        published=Fact(published, "given") if published else None,
        source=f"{id}.txt",
        raw=text.encode(),
    )
    return Reading(document, tuple(spans), actors, tuple(made))


def step(by: str, rung: str, direction: str = "up", on: str | None = None, **more: Any) -> tuple[type[Report], Any]:
    """A step toward the Taliban."""
    row = {"by": (by,), "toward": (COUNCIL,), "rung": rung, "direction": Direction(direction)}
    return Step, row | {"date": DateRange.on(on) if on else None} | _standing(more)


def owed(by: str, what: str, status: str = "made", **more: Any) -> tuple[type[Report], Any]:
    """A commitment."""
    return Commitment, {"by": (by,), "what": what, "status": Status(status)} | _standing(more)


def foretold(
    by: str | None, what: str, likelihood: str = "likely", until: str | None = None, **more: Any
) -> tuple[type[Report], Any]:
    """A forecast; its sentence names ``others`` too."""
    row = {"by": (by,) if by else (), "what": what, "likelihood": Likelihood(likelihood)}
    return Forecast, row | {"horizon": DateRange(None, until) if until else None} | _standing(more)


def _standing(more: dict[str, Any]) -> dict[str, Any]:
    return more | ({"standing": Standing(more["standing"])} if "standing" in more else {})


def case_of(path: Path, *readings: Reading) -> Case:
    """A case on the shipped question in which these have been read."""
    case = create_case(path, packs=("afghanistan",))
    case.start_run(READER)
    for reading in readings:
        case.add(reading)
    case.finish_run()
    return case

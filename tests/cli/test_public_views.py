"""Everything that the command line shows is got from Python by public names alone, and is the same there."""

from __future__ import annotations

import inspect
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import dragoman as api
from dragoman import export, views
from dragoman.cli.show import What
from dragoman.record import Action, DateRange, Decision, Event, EventType, Evidence, Predicate, Reading, Relation
from tests.case.factory import filled, make_reading
from tests.cli.conftest import Dragoman
from tests.views.debates import Said, debate
from tests.views.ledgers import foretold, owed, step, told

TODAY = date.today().isoformat()
SHOWN: dict[str, tuple[tuple[str, ...], Callable[[api.Case], Any]]] = {
    "overview": ((), lambda case: case.overview()),
    "overview then": (("--as-of", "2024-05"), lambda case: case.overview(as_of="2024-05")),
    **{
        f"{kind}s": ((), lambda case, kind=kind: case.reports(kind))
        for kind in ("event", "position", "step", "commitment", "forecast", "relation")
    },
    "actors": ((), lambda case: case.actors()),
    "actors then": (("--as-of", "2024-05"), lambda case: case.actors(as_of="2024-05")),
    "documents": ((), lambda case: case.documents()),
    "aside": ((), lambda case: case.sources_set_aside(latest_first=True)),
    "report": (("{event}",), lambda case: case.report(next(case.reports("event")).id)),
    "matrix": ((), lambda case: views.compose_matrix(case, with_reports=True)),
    "matrix in time": (
        ("--slice", "year", "--as-of", "2024-05"),
        lambda case: views.compose_matrix(
            case, views.Scope(as_of="2024-05"), slicing=views.Slicing.parse("year"), with_reports=True
        ),
    ),
    "network": ((), views.compose_network),
    "network of concepts": (
        ("--network", "concepts", "--aggregation", "congruence", "--normalisation", "cosine", "--duplicates", "week"),
        lambda case: views.compose_network(
            case,
            mode=views.Mode.CONCEPTS,
            aggregation=views.Aggregation.CONGRUENCE,
            normalisation=views.Normalisation.COSINE,
            duplicates=views.Duplicates.WEEK,
        ),
    ),
    "coalitions": ((), views.compose_coalitions),
    "ladder": ((), views.compose_ladder),
    "undertakings": ((), lambda case: views.compose_undertakings(case, today=TODAY)),
    "predictions": (("--due",), lambda case: views.compose_predictions(case, today=TODAY, due=True)),
    "occurrences": ((), lambda case: case.occurrences(latest_first=True)),
    "occurrence": (("{occurrence}",), lambda case: case.occurrence(next(case.occurrences()).id)),
    "disputes": ((), lambda case: case.disputes()),
    "sources": ((), lambda case: case.sources()),
    "sources of one name": (("Courier",), lambda case: case.source("Courier", limit=None)),
    "actor": (("Chile",), lambda case: case.actor("Chile", most=None)),
    "merges": ((), lambda case: [*case.merges(), *case.outlet_merges()]),
}
"""What is asked on the command line after its first word, and the same in Python."""


def attack(id: str, killed: int) -> Reading:
    """A document that tells of an attack, and of an envoy."""
    reading = make_reading(id, sentences=(f"Bandits killed {killed} in Vienna.", "Ann is an envoy.", "So."))
    told_in = [Evidence.slice(reading.document.text, span.start, span.end) for span in reading.sentences]
    day = DateRange.on("2024-05-03")
    act = {"type": EventType.ASSAULT, "source": ("Bandits",), "date": day, "place": "Vienna", "killed": killed}
    office = {"subject": "Ann", "predicate": Predicate.OFFICE, "object": "Freedonia", "title": "envoy"}
    event = Event(document=id, evidence=told_in[0], **act)
    envoy = Relation(document=id, evidence=told_in[1], **office)
    return replace(reading, reports=(event, envoy))


@pytest.fixture
def case(tmp_path: Path) -> Iterator[api.Case]:
    """A case with something to show in every view."""
    readings = (
        make_reading(),
        attack("vienna", 3),
        attack("wien", 5),
        debate("a", "2023-05-01", "Courier", *(Said(n, "+", "trade") for n in ("Freedonia", "Sylvania"))),
        debate("b", "2024-05-01", "Herald", Said("Freedonia", "-", "trade"), Said("Sylvania", "+", "un-envoy")),
        told("c", "2024-05-04", step("Peru", "mission", on="2024-05-03"), owed("Peru", "reopening the pass by June")),
        told("d", "2024-08-04", foretold("Chile", "grain", until="2024"), outlet="The Courier"),
        told("e", None, step("Chile", "recognition", voice=("Kabul",))),
    )
    with filled(tmp_path / "a.case", *readings, packs=("core", "afghanistan")) as opened:
        opened.start_run("test-1")
        opened.set_aside("noise.pdf", "no text in it")
        opened.finish_run()
        yield opened


def printed(dragoman: Dragoman, *arguments: object) -> Any:
    """The one JSON document that a command prints."""
    result = dragoman(*arguments, "--json")
    assert result.code == 0, result.err
    return json.loads(result.out)


def same(found: Any) -> Any:
    """What was got from Python, written and read again."""
    return json.loads(json.dumps(views.to_data(found)))


def test_nothing_that_is_shown_is_left_out_here() -> None:
    assert {name.split()[0] for name in SHOWN} == set(What)


@pytest.mark.parametrize("name", SHOWN)
def test_what_is_shown_is_got_from_python(case: api.Case, dragoman: Dragoman, name: str) -> None:
    asked, ask = SHOWN[name]
    ids = {"event": next(case.reports("event")).id, "occurrence": next(case.occurrences()).id}
    shown = printed(dragoman, "show", case.path, name.split()[0], *(word.format(**ids) for word in asked))
    assert shown
    assert same(ask(case)) == shown


LISTS = ("events", "actors", "documents", "occurrences", "sources", "ladder")


@pytest.mark.parametrize("what", LISTS)
@pytest.mark.parametrize("form", ["table", "json"])
def test_a_limit_says_that_there_is_more(case: api.Case, dragoman: Dragoman, what: str, form: str) -> None:
    result = dragoman("show", case.path, what, "--limit", "1", *(["--json"] if form == "json" else []))
    assert (result.code, "--limit shows more" in result.err) == (0, True)
    if form == "json":
        shown = json.loads(result.out)
        inside = {"sources": "sources", "ladder": "climbs"}
        assert len(shown[inside[what]] if what in inside else shown) == 1


def test_one_undertaking_and_one_prediction_are_found_in_their_ledgers(case: api.Case, dragoman: Dragoman) -> None:
    (promise,) = views.compose_undertakings(case, today=TODAY).undertakings
    assert same(promise) == printed(dragoman, "show", case.path, "undertakings", promise.id)
    one, *_ = views.compose_predictions(case, today=TODAY).predictions
    whole = views.to_data(one) | {"suggestions": views.suggest_outcomes(case, one.id)}
    assert same(whole) == printed(dragoman, "show", case.path, "predictions", one.id)


def test_what_is_searched_and_decided_is_got_from_python(case: api.Case, dragoman: Dragoman) -> None:
    found = printed(dragoman, "search", case.path, "bandits", "--as-of", "2024-05")
    assert same(case.search("bandits", as_of="2024-05")) == found != []
    event = next(case.reports("event")).id
    for author, action in (("Anna", Action.REJECT), ("Ben", Action.ACCEPT)):
        case.decide(Decision(author, action, case.about(event)))
    assert same(case.decisions()) == printed(dragoman, "decisions", "list", case.path) != []
    assert same(case.conflicts()) == printed(dragoman, "decisions", "list", case.path, "--conflicts") != []
    assert same(case.untied()) == printed(dragoman, "decisions", "untied", case.path)


def test_a_brief_is_got_from_python(case: api.Case, dragoman: Dragoman) -> None:
    brief = views.compose_brief(case, as_of="2024-05")
    assert dragoman("brief", case.path, "--as-of", "2024-05").out == views.write_markdown(brief)
    assert "<html" in views.write_html(brief)


def test_agreement_is_got_from_python(case: api.Case, dragoman: Dragoman, tmp_path: Path) -> None:
    rows = tmp_path / "anna.jsonl"
    with rows.open("wb") as stream:
        export.export_jsonl(case, stream)
    lines = rows.read_text(encoding="utf-8").splitlines()
    anna = views.coding_of_rows("anna", ((f"line {n}", json.loads(line)) for n, line in enumerate(lines, 1)))
    assert same(views.compare(anna, views.coding_of_case(case))) == printed(dragoman, "agreement", rows, case.path)


@pytest.mark.parametrize("format", sorted(set(export.FORMATS) - export.INTO_PATHS))
def test_what_is_exported_is_got_from_python(case: api.Case, dragoman: Dragoman, format: str) -> None:
    stream = io.BytesIO()
    export.FORMATS[format](case, stream, since="2023", as_of="2024-06")
    written = dragoman("export", case.path, "--format", format, "--since", "2023", "--as-of", "2024-06").out
    assert written.splitlines() == stream.getvalue().decode().splitlines() != []


@pytest.mark.parametrize("room", [views, export])
def test_every_public_function_is_documented(room: Any) -> None:
    assert all(inspect.getdoc(getattr(room, name)) for name in room.__all__ if callable(getattr(room, name)))

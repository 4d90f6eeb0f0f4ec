"""How long the first page of each view takes on a big case, adding a document, and the memory that it takes (Linux)."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from dragoman.case import Case, open_case
from dragoman.views.coalitions import compose_coalitions
from dragoman.views.commitments import MOST as MOST_COMMITMENTS
from dragoman.views.commitments import compose_undertakings
from dragoman.views.discourse import compose_network
from dragoman.views.forecasts import MOST as MOST_FORECASTS
from dragoman.views.forecasts import compose_predictions
from dragoman.views.ladder import compose_ladder
from dragoman.views.positions import compose_matrix
from evaluation.big_case import grow
from evaluation.tables import Cell, Table

REPORTS = 1_000_000
PAGE = 100
TIMES = 3
ACTOR = "Taliban"
AIM_VIEW, AIM_ADDING, AIM_MEMORY = 0.150, 0.300, 500
"""Seconds for a first page, seconds for a document, MB."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Reports and bytes of the case, seconds that it took to make; medians of seconds by view (warm), seconds that each
    added document took, and resident bytes at most of the process that did it all."""

    reports: int
    case_bytes: int
    made_in: float
    views: Mapping[str, float]
    adding: tuple[float, ...]
    peak_bytes: int


def measure_scale(articles: Path, reports: int = REPORTS, tell: Callable[[str], None] = print) -> Scale:
    """Read the articles, grow them to a big case in a folder that is deleted afterwards, and time everything."""
    with TemporaryDirectory() as folder:
        case = Path(folder) / "big.case"
        command = str(Path(sys.executable).with_name("dragoman"))
        tell("reading")
        subprocess.run([command, "new", str(case), "--pack", "afghanistan"], check=True, capture_output=True)
        subprocess.run([command, "read", str(articles), "--case", str(case)], check=True, capture_output=True)
        tell(f"growing to {reports:,} reports")
        began = time.perf_counter()
        number = grow(case, reports)
        made_in = time.perf_counter() - began
        return time_case(case, number, made_in, tell)


def time_case(path: Path, number: int, made_in: float, tell: Callable[[str], None]) -> Scale:
    """Time the views of a big case, then add documents to it."""
    views: dict[str, float] = {}
    with open_case(path) as case:
        for name, look in first_pages(case).items():
            views[name] = _median_seconds(look)
            tell(f"{name}: {views[name] * 1000:,.0f} ms")
    adding = _time_adding(path)
    tell(f"adding: {', '.join(f'{seconds * 1000:,.0f}' for seconds in adding)} ms")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return Scale(number, path.stat().st_size, made_in, views, adding, peak)


def first_pages(case: Case) -> dict[str, Callable[[], Any]]:
    """What a user sees first of each view, by the view's name."""
    today = date.today().isoformat()
    one = next(iter(case.occurrences(limit=1))).id
    return {
        "overview": case.overview,
        "events": lambda: list(case.reports("event", limit=PAGE)),
        "events of an actor": lambda: list(case.reports("event", actor=ACTOR, limit=PAGE)),
        "occurrences": lambda: list(case.occurrences(limit=PAGE)),
        "occurrence": lambda: case.occurrence(one),
        "disputes": lambda: list(case.disputes(limit=PAGE)),
        "sources": lambda: case.sources(limit=PAGE),
        "actors": lambda: list(islice(case.actors(), PAGE)),
        "actor": lambda: case.actor(ACTOR),
        "merges": lambda: case.merges(limit=PAGE),
        "ladder": lambda: compose_ladder(case),
        "undertakings": lambda: compose_undertakings(case, today=today, most=MOST_COMMITMENTS),
        "predictions": lambda: compose_predictions(case, today=today, most=MOST_FORECASTS),
        "matrix": lambda: compose_matrix(case),
        "network": lambda: compose_network(case),
        "coalitions": lambda: compose_coalitions(case),
        "decisions": lambda: list(case.decisions(limit=PAGE)),
    }


def _median_seconds(look: Callable[[], Any]) -> float:
    seconds = []
    for _ in range(TIMES):
        began = time.perf_counter()
        look()
        seconds.append(time.perf_counter() - began)
        if seconds[0] > 10:
            break
    return median(seconds)


def _time_adding(path: Path) -> tuple[float, ...]:
    """Documents that are in the case, told once more under another name with one more line."""
    seconds = []
    with open_case(path, write=True) as case:
        run = next(case.runs())
        case.start_run(run.reader)
        for stored in islice(case.documents(), TIMES):
            reading = case.reading(stored.id)
            text = reading.document.text + "\nOne more line."
            id = f"{stored.id}-again"
            document = replace(reading.document, id=id, text=text, raw=text.encode("utf-8", "surrogatepass"))
            reports = tuple(replace(report, document=id) for report in reading.reports)
            again = replace(reading, document=document, reports=reports)
            began = time.perf_counter()
            case.add(again)
            seconds.append(time.perf_counter() - began)
        case.finish_run()
    return tuple(seconds)


def scale_table(found: Scale) -> Table:
    """The figures against the aims."""
    rows: list[tuple[Cell, ...]] = [
        (
            f"first page: {name}, ms",
            f"at most {AIM_VIEW * 1000:.0f}",
            round(seconds * 1000, 1),
            _reached(seconds, AIM_VIEW),
        )
        for name, seconds in found.views.items()
    ]
    slowest, peak = max(found.adding), found.peak_bytes / 1e6
    slow_aim, peak_aim = f"at most {AIM_ADDING * 1000:.0f}", f"at most {AIM_MEMORY}"
    rows += [
        ("adding a document, slowest, ms", slow_aim, round(slowest * 1000), _reached(slowest, AIM_ADDING)),
        ("peak memory, MB", peak_aim, round(peak), _reached(peak, AIM_MEMORY)),
        ("case, MB", "", round(found.case_bytes / 1e6), ""),
        ("making it, seconds", "", round(found.made_in), ""),
    ]
    return Table(f"A case of {found.reports:,} reports", ("what", "aim", "measured", "reached"), tuple(rows))


def _reached(measured: float, aim: float) -> str:
    return "yes" if measured <= aim else "no"

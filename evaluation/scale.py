"""How long the first page of each view takes on a big case, adding a document, and the memory that it takes (Linux).

What was measured is kept in ``scales/``, a file for each size of case, so that the page of a quick measurement still
has the figures of a long one.
"""

from __future__ import annotations

import gc
import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path
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
from evaluation.desk_times import Answer, time_pages
from evaluation.machine import Facts
from evaluation.tables import Cell, Table
from evaluation.watch import look_often, most_resident

REPORTS = 100_000
"""As many as a desk's pages are timed on; a million take ten times as long to make."""
PAGE = 100
ADDED = 5
ACTOR = "Taliban"
AIM_PAGE, AIM_VIEW, AIM_ADDING, AIM_MEMORY = 0.080, 0.150, 0.300, 500
"""Seconds for a first page of a case of ``REPORTS``, of a larger one, for a document; MB."""
KEPT = Path(__file__).with_name("scales")


@dataclass(frozen=True, slots=True)
class Scale:
    """Reports and bytes of the case, seconds that it took to make; by view the seconds in which 95 of 100 looks are
    done, the first one apart, by the clock and of the processor; seconds that each added document took, the first
    one apart too, and resident bytes at most of the process that looked and added. ``desk`` has the desk's pages."""

    reports: int
    case_bytes: int
    made_in: float
    views: Mapping[str, float]
    cpu: Mapping[str, float]
    adding: tuple[float, ...]
    peak_bytes: int
    desk: Mapping[str, Answer] = field(default_factory=dict)


def measure_scale(articles: Path, reports: int = REPORTS, tell: Callable[[str], None] = print) -> Scale:
    """Read the articles, grow them to a big case in a folder that is deleted afterwards, and time everything."""
    with TemporaryDirectory() as folder:
        case = Path(folder) / "big.case"
        began = time.perf_counter()
        make_case(case, articles, reports, tell)
        _set_aside_what_was_made()
        found = time_case(case, time.perf_counter() - began, tell)
        return replace(found, desk=time_pages(case, tell))


def _set_aside_what_was_made() -> None:
    """Keep the collector from what reading the articles left: whoever only looks at a case has not loaded its models,
    and to go through them took 0.1 s in one look of ten."""
    gc.collect()
    gc.freeze()


def make_case(case: Path, articles: Path, reports: int, tell: Callable[[str], None]) -> None:
    """A case of about so many reports, made by other processes than this one."""
    command = str(Path(sys.executable).with_name("dragoman"))
    tell("reading")
    subprocess.run([command, "new", str(case), "--pack", "afghanistan"], check=True, capture_output=True)
    subprocess.run([command, "read", str(articles), "--case", str(case)], check=True, capture_output=True)
    tell(f"growing to {reports:,} reports")
    subprocess.run([sys.executable, "-m", "evaluation.big_case", str(case), str(reports)], check=True)


def time_case(path: Path, made_in: float, tell: Callable[[str], None]) -> Scale:
    """Time the views of a big case, then add documents to it."""
    with closing(sqlite3.connect(path)) as conn:
        number = conn.execute("SELECT count(*) FROM reports").fetchone()[0]
    views: dict[str, float] = {}
    cpu: dict[str, float] = {}
    with open_case(path) as case:
        for name, look in first_pages(case).items():
            views[name], cpu[name] = look_often(look)
            tell(f"{name}: {views[name] * 1000:,.0f} ms, of the processor {cpu[name] * 1000:,.0f}")
    adding = _time_adding(path)
    tell(f"adding: {', '.join(f'{seconds * 1000:,.0f}' for seconds in adding)} ms")
    return Scale(number, path.stat().st_size, made_in, views, cpu, adding, most_resident())


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
        "ladder": lambda: compose_ladder(case, limit=PAGE),
        "undertakings": lambda: compose_undertakings(case, today=today, most=MOST_COMMITMENTS),
        "predictions": lambda: compose_predictions(case, today=today, most=MOST_FORECASTS),
        "matrix": lambda: compose_matrix(case),
        "network": lambda: compose_network(case),
        "coalitions": lambda: compose_coalitions(case),
        "decisions": lambda: list(case.decisions(limit=PAGE)),
    }


def _time_adding(path: Path) -> tuple[float, ...]:
    """Documents that are in the case, told once more under another name with one more line."""
    seconds = []
    with open_case(path, write=True) as case:
        run = next(case.runs())
        case.start_run(run.reader)
        for stored in islice(case.documents(), ADDED):
            reading = case.reading(stored.id)
            text = f"{reading.document.text}\nOne more line, of {stored.id}."
            id = f"{stored.id}-again"
            document = replace(reading.document, id=id, text=text, raw=text.encode("utf-8", "surrogatepass"))
            reports = tuple(replace(report, document=id) for report in reading.reports)
            again = replace(reading, document=document, reports=reports)
            began = time.perf_counter()
            case.add(again)
            seconds.append(time.perf_counter() - began)
        case.finish_run()
    return tuple(seconds[1:])


def scale_table(found: Scale) -> Table:
    """The figures against the aims."""
    aim = AIM_PAGE if found.reports < 2 * REPORTS else AIM_VIEW
    rows: list[tuple[Cell, ...]] = [
        (
            f"first page: {name}, ms",
            f"at most {aim * 1000:.0f}",
            round(seconds * 1000, 1),
            round(found.cpu[name] * 1000, 1),
            _reached(seconds, aim),
        )
        for name, seconds in found.views.items()
    ]
    slowest, peak = max(found.adding), found.peak_bytes / 1e6
    slow_aim, peak_aim = f"at most {AIM_ADDING * 1000:.0f}", f"at most {AIM_MEMORY}"
    rows += [
        ("adding a document, slowest, ms", slow_aim, round(slowest * 1000), "", _reached(slowest, AIM_ADDING)),
        ("peak memory, MB", peak_aim, round(peak), "", _reached(peak, AIM_MEMORY)),
        ("case, MB", "", round(found.case_bytes / 1e6), "", ""),
        ("making it, seconds", "", round(found.made_in), "", ""),
    ]
    return Table(
        f"A case of {found.reports:,} reports", ("what", "aim", "measured", "processor", "reached"), tuple(rows)
    )


def _reached(measured: float, aim: float) -> str:
    return "yes" if measured <= aim else "no"


def keep(found: Scale, facts: Facts, folder: Path = KEPT) -> None:
    """Write down what was measured, in the place of what was before on a case as large (to one digit)."""
    folder.mkdir(exist_ok=True)
    told = {"facts": [list(pair) for pair in facts], "scale": asdict(found)}
    (folder / f"{found.reports:.0e}.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def kept(folder: Path = KEPT) -> Iterator[tuple[Scale, Facts]]:
    """What was measured, the smallest case first."""
    told = [json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")]
    for one in sorted(told, key=lambda one: int(one["scale"]["reports"])):
        yield (
            Scale(**one["scale"] | {"adding": tuple(one["scale"]["adding"]), "desk": _answers(one["scale"])}),
            [(name, fact) for name, fact in one["facts"]],
        )


def _answers(scale: Mapping[str, Any]) -> dict[str, Answer]:
    return {name: Answer(**one) for name, one in scale.get("desk", {}).items()}

"""The measured pages hold aims, tables and the notes that people keep."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dragoman.case import create_case
from dragoman.desk.app import MODULES
from evaluation.bench import Benchmarks, Job, Speed
from evaluation.bench_page import to_markdown as bench_markdown
from evaluation.calibration import Outcome, bins
from evaluation.conll18 import Score
from evaluation.desk_times import ARTICLE, Answer, addresses, time_addresses
from evaluation.measure import Measured
from evaluation.page import to_markdown
from evaluation.scale import Scale, keep, kept
from evaluation.watch import Run
from tests.case.factory import make_reading
from tests.views.ledgers import foretold, owed, step, told

FACTS = [("date", "2024-03-01"), ("machine", "a desk")]
REPORTS = {
    "documents": 2,
    "inexact_evidence": 0,
    "kinds": {
        kind: {"gold": 10, "pred": 8, "found": [0.5, 0.4, 0.44], "right": [0.3, 0.2, 0.24]} for kind in ("event", "all")
    },
    "shares": {"standing": [0.9, 40]},
    "actors_b3": [0.8, 0.7, 0.747],
}


def test_page_tells_which_aims_were_reached_and_ends_with_the_notes() -> None:
    found = Measured(names={"uner/dev": {"exact": {"all": Score(4, 4, 4)}}}, reports={"check part": REPORTS})
    found.calibration["check part"] = bins([Outcome(0.8, True, True)])
    page = to_markdown(found, FACTS, "## Notes\n\nBy hand.\n")
    rows = [line for line in page.splitlines() if line.endswith(("yes     |", "no      |"))]
    assert [row.split("|")[4].strip() for row in rows] == ["yes", "no", "no", "no", "no", "yes", "no", "yes"]
    assert "- machine: a desk\n" in page
    assert page.endswith("By hand.\n")


def test_gold_that_is_not_there_is_said_to_be_missing() -> None:
    page = to_markdown(Measured(), FACTS, "")
    assert page.count("The gold was not there.") == 8


def test_performance_page_keeps_what_was_measured_on_cases_of_each_size(tmp_path: Path) -> None:
    cpu = {"overview": 0.01, "ladder": 0.02}
    small = Scale(99_800, 10**8, 3.0, {"overview": 0.0795, "ladder": 0.0805}, cpu, (0.1, 0.2), 2 * 10**8)
    large = Scale(999_700, 10**9, 60.0, {"overview": 0.1495, "ladder": 0.1505}, cpu, (0.1, 0.4), 6 * 10**8)
    desk = {
        "/": Answer(0.079, 0.05, 17_000),
        "/brief": Answer(0.081, 0.08, 17_000),
        "/map": Answer(0.02, 0.02, 17_000, first=0.081),
        ARTICLE: Answer(0.149, 0.1, 151_000, first=0.149),
    }
    for one in (large, small, replace(small, reports=99_900, desk=desk)):
        keep(one, FACTS, tmp_path)
    job = Job(articles=10, words=10_000, run=Run(1.0, 1.0, 10**8), case_bytes=200_000)
    found = Benchmarks(Run(0.2, 0.2, 10**7), Run(2.0, 2.0, 10**8), {}, job, None)
    page = bench_markdown(found, FACTS, kept(tmp_path))
    assert [line for line in page.splitlines() if line.startswith("### ")] == [
        "### A case of 99,900 reports",
        "### A case of 999,700 reports",
    ]
    reached = [line.split("|")[5].strip() for line in page.splitlines() if line.startswith("| first page")]
    assert reached == ["yes", "no", "yes", "no"]
    pages = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.splitlines() if line.startswith("| `/")]
    assert [(name, first, reached) for name, _, _, first, _, reached in pages] == [
        ("`/`", "", "yes"),
        ("`/brief`", "", "no"),
        ("`/map`", "81", "no"),
    ]
    assert f"| {ARTICLE} | 149 |       100 |           149 | 151 | yes     |" in page


def test_every_page_of_the_desk_is_timed_but_a_reading_and_the_accounts(tmp_path: Path) -> None:
    path = tmp_path / "desk.case"
    with create_case(path, packs=["afghanistan"]) as case:
        case.start_run("test")
        case.add(
            told("a", "2024-05-01", step("Freedonia", "ambassador"), owed("Freedonia", "talks"), foretold("B", "war"))
        )
        case.add(make_reading())
        case.finish_run()
        asked = dict(addresses(case))
    assert {page.path for module in MODULES for page in module.PAGES} - set(asked) == {
        "/read/{run}",
        "/accounts",
        "/accounts/remove",
    }
    small = {path: address for path, address in asked.items() if path in ("/", "/brief", "/positions/told")}
    assert set(time_addresses(path, small, lambda line: None)) == set(small)


def test_performance_page_tells_job_rooms_and_install() -> None:
    job = Job(articles=10, words=10_000, run=Run(4.0, 5.0, 900_000_000), case_bytes=200_000)
    found = Benchmarks(
        Run(0.25, 0.2, 10**7), Run(3.0, 2.0, 10**8), {"intake": Speed(100_000.4, 120_000.0)}, job, 400_000_000
    )
    page = bench_markdown(found, FACTS)
    assert "| whole job, words a second" in page
    assert "| case, bytes an article   |  20,000 |" in page
    assert page.count("| no ") == 2  # the first read, and 2,500 words a second

"""``docs/performance.md``: what the benchmarks measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evaluation.bench import FIRST_READS, STARTS, Benchmarks
from evaluation.desk_times import desk_table
from evaluation.machine import Facts, list_facts
from evaluation.scale import REPORTS, Scale, scale_table
from evaluation.tables import Cell, Table
from evaluation.watch import LOOKS

_INTRO = """\
# Performance

Written by `make bench`. The corpus is the raw news articles of the shared data, as text files; words are what blanks
separate. Start-up is the median of {starts} runs, a first read of {reads}, as a user types the commands. The whole job
is `dragoman read FOLDER --case FILE`, from files to the committed case, with its default number of workers; memory is
the most that the command and its workers hold together. Each room is timed alone, in one process. Processor time is
given beside wall-clock time, since it holds on a busy machine too (see the load above all).
"""
_SCALE = """\
## Big cases

The sample is read and copied into other months, casts and outlets (`evaluation/big_case.py`); pages are first pages as
`dragoman show` and a desk ask for them, each {times} times, and what is given is the 95th percentile, by the clock and
of the processor. The desk's pages are asked for as a browser does, within one process, and once more after each of a
few writes, when nothing that was put together before holds: the slowest of these is given. Their bytes are those of the
page without pictures, styles and scripts. Written down by `make bench` for {reports:,} reports, by
`python -m evaluation scale --reports 1000000 --keep` for more.
"""


def to_markdown(found: Benchmarks, facts: Facts, scales: Iterable[tuple[Scale, Facts]] = ()) -> str:
    """The whole page: what was measured, where and with what."""
    rooms: tuple[tuple[Cell, ...], ...] = tuple(
        (room, round(speed.wall), round(speed.cpu)) for room, speed in found.rooms.items()
    )
    return "\n".join(
        [
            _INTRO.format(starts=STARTS, reads=FIRST_READS),
            list_facts(facts),
            _aims(found).to_markdown(2),
            _times(found).to_markdown(2),
            _job(found).to_markdown(2),
            Table("Rooms", ("room", "words a second", "words a processor second"), rooms).to_markdown(2),
            _SCALE.format(times=LOOKS, reports=REPORTS),
            *(part for scale, where in scales for part in _scaled(scale, where)),
        ]
    )


def _scaled(scale: Scale, facts: Facts) -> Iterator[str]:
    yield scale_table(scale).to_markdown(3)
    if scale.desk:
        yield desk_table(scale.desk).to_markdown(4)
    yield list_facts(facts)


def _aims(found: Benchmarks) -> Table:
    job = found.job
    rows: list[tuple[Cell, ...]] = [
        _at_most("`dragoman --help`, seconds", 0.3, found.help.seconds),
        _at_most("first read of a short text, seconds", 2.5, found.first_read.seconds),
        _at_least("whole job, words a second", 6000, job.words / job.run.seconds),
        _at_most("whole job, peak memory, MB", 1500, job.run.peak_bytes / 1e6),
    ]
    if found.install_bytes is not None:
        rows.append(_at_most("default install, MB", 450, found.install_bytes / 1e6))
    return Table("Aims and figures", ("what", "aim", "measured", "reached"), tuple(rows))


def _at_most(what: str, aim: float, measured: float) -> tuple[Cell, ...]:
    return what, f"at most {aim:,g}", _figure(measured), "yes" if measured <= aim else "no"


def _at_least(what: str, aim: float, measured: float) -> tuple[Cell, ...]:
    return what, f"at least {aim:,g}", _figure(measured), "yes" if measured >= aim else "no"


def _times(found: Benchmarks) -> Table:
    runs = (("`dragoman --help`", found.help), ("first read", found.first_read), ("whole job", found.job.run))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (name, f"{run.seconds:.2f}", f"{run.cpu_seconds:.2f}", round(run.peak_bytes / 1e6)) for name, run in runs
    )
    return Table("Times", ("what", "seconds", "processor seconds", "peak MB"), rows)


def _figure(value: float) -> Cell:
    return round(value) if value >= 100 else f"{value:.2f}"


def _job(found: Benchmarks) -> Table:
    job = found.job
    rows: tuple[tuple[Cell, ...], ...] = (
        ("articles", job.articles),
        ("words", job.words),
        ("words a processor second", round(job.words / job.run.cpu_seconds)),
        ("case, bytes", job.case_bytes),
        ("case, bytes an article", round(job.case_bytes / job.articles)),
    )
    return Table("The whole job", ("what", "figure"), rows)

"""``docs/evaluation.md``: every score that the shared gold allows, then the notes that people keep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evaluation.laws import law_tables, shares
from evaluation.machine import Facts, list_facts
from evaluation.measure import Measured
from evaluation.results import (
    Row,
    attribution_table,
    calibration_table,
    plover_table,
    pronoun_table,
    report_tables,
    score_tables,
)
from evaluation.tables import Cell, Table

CHECK = "check part"
LAWFUL = 0.95
"""Share of the sentences that is to keep each law of meaning."""

_INTRO = """\
# Evaluation

Written by `make evaluate`; edit `evaluation/notes.md` for the words at the end, not this page. Every figure comes from
the command that its section names, and each command scores any other gold of the same form that is given by path.
P, R and F1 are precision, recall and their harmonic mean, as shares of one.
"""

_PARSING = """\
`python -m evaluation parsing --gold FILE.conllu.gz`. The measures of the CoNLL 2018 shared task, by its definitions.
Raw text is rebuilt from the file, with a blank line before each paragraph; the second table of each treebank is given
the gold tokens and sentences.
"""
_NAMES = """\
`python -m evaluation names --gold FILE`. UNER: each sentence alone, exact spans of persons, organisations and places.
GUM: whole documents, mentions whose head is a proper noun; GUM marks whole phrases, so the second table asks only
that a name of the same label covers the head word.
"""
_PRONOUNS = """\
`python -m evaluation pronouns --gold FILE.jsonl.gz`. Pronouns of the third person for persons, bodies and places. One
is right when most names and nouns of its actor belong to its cluster.
"""
_PLOVER = """\
`python -m evaluation plover --gold FILE.jsonl`, by `score_plover.py`: the share of sentences where some coded event
has the gold type, then also its source, then also its target; sentences with no event; events beyond the gold one, a
sentence. The sentences are no news articles, and one event is marked even where the sentence tells more.
"""
_ATTRIBUTION = """\
`python -m evaluation attribution --gold FILE.jsonl.gz`, by `score_attributions.py`. The gold counts wishes and plans
among attributions and marks none inside another.
"""
_REPORTS = """\
`python -m evaluation reports --gold FOLDER --texts FOLDER`, by `score_reports.py`. *Found*: the evidence overlaps and
the same kind of thing is said. *Right*: the actors of the main roles agree as well. The seeds and the build part were
used to write and train the reader; the check part (ten news articles and one seed) was not. Two of those articles are
among the treebank texts that the language model learned from, their reports are not. A blind second coder reaches
found F1 0.84, right F1 0.74, actors 0.94.
"""
_CALIBRATION = """\
`python -m evaluation calibration --gold FOLDER --texts FOLDER`. Confidence should be the share of reports that a
careful coder has too; *found* and *right* as above.
"""
_LAWS = """\
`python -m evaluation laws`. Event frames' own example sentences, with names of states, persons and bodies put in for
who acts and who is acted on, are rewritten, and what is read then is compared with what was read before: *X did not …*
turns the frame's event into `denied`; *Karl Brandt said that …* adds him as outermost voice of every event; exchanging
the two names exchanges them in every source and target; names that no pack knows stand where the others stood. Nothing
else may change, type, sides, standing, voice, date, place and figures. *Lost* and *extra*: fewer or more events.
`--broken` lists the sentences.
"""


def to_markdown(found: Measured, facts: Facts, notes: str) -> str:
    """The whole page: what was measured, where and with what, and the notes that people keep."""
    sections = [
        _INTRO,
        list_facts(facts),
        _goals(found).to_markdown(2),
        _section(
            "Tags, syntax, sentences", _PARSING, [t for n, s in found.parsing.items() for t in score_tables(n, s)]
        ),
        _section("Names", _NAMES, [t for n, s in found.names.items() for t in score_tables(n, s)]),
        _section("Pronouns", _PRONOUNS, [pronoun_table(n, s) for n, s in found.pronouns.items()]),
        _section("Single events", _PLOVER, [plover_table(n, r) for n, r in found.plover.items()]),
        _section("Attributions", _ATTRIBUTION, [attribution_table(n, r) for n, r in found.attribution.items()]),
        _section("Reports", _REPORTS, [t for n, r in found.reports.items() for t in report_tables(n, r)]),
        _section("Confidence", _CALIBRATION, [calibration_table(n, b) for n, b in found.calibration.items()]),
        _section("Laws of meaning", _LAWS, law_tables(found.laws) if found.laws else []),
        notes,
    ]
    return "\n".join(section for section in sections if section)


def _section(title: str, intro: str, tables: Sequence[Table]) -> str:
    body = [table.to_markdown() for table in tables] or ["The gold was not there.\n"]
    return "\n".join([f"## {title}\n", intro, *body])


def _goals(found: Measured) -> Table:
    """What this stage set out to reach, and what was measured."""
    rows: list[tuple[Cell, ...]] = [
        (what, least, got, "yes" if got >= least else "no") for what, least, got in _reach(found)
    ]
    return Table("Aims and figures", ("what", "at least", "measured", "reached"), tuple(rows))


def _reach(found: Measured) -> Iterator[tuple[str, float, float]]:
    if parsing := found.parsing.get("ewt/dev"):
        yield "EWT dev from raw text, LAS", 0.87, parsing["raw"]["LAS"].f1
        yield "EWT dev from raw text, sentences F1", 0.88, parsing["raw"]["Sentences"].f1
    if names := found.names.get("uner/dev"):
        yield "UNER dev, names F1", 0.82, names["exact"]["all"].f1
    if pronouns := found.pronouns.get("gum/dev"):
        yield "GUM dev, pronouns F1", 0.75, pronouns.f1
    if speech := found.attribution.get("polnear/dev"):
        yield "PolNeAR dev, whole attributions F1", 0.62, speech["whole"][2]
        yield "PolNeAR dev, content overlap F1", 0.85, speech["content"]["overlap"][2]
        yield "PolNeAR dev, source overlap F1", 0.78, speech["source"]["overlap"][2]
    if events := found.plover.get("plover-gsr/dev"):
        yield "PLOVER records, event type", 0.78, events["type"]
        yield "PLOVER records, type and source", 0.68, events["+source"]
        yield "PLOVER records, type, source and target", 0.55, events["+target"]
    if reports := found.reports.get(CHECK):
        yield from _reach_of_reports(reports)
    for law, (kept, of) in shares(found.laws).items():
        yield f"law: {law}", LAWFUL, kept / of


def _reach_of_reports(reports: Row) -> Iterator[tuple[str, float, float]]:
    kinds = reports["kinds"]
    for what, kind, found, right in (("all reports", "all", 0.60, 0.48), ("events", "event", 0.70, 0.55)):
        yield f"{CHECK}, {what}, found F1", found, kinds[kind]["found"][2]
        yield f"{CHECK}, {what}, right F1", right, kinds[kind]["right"][2]
    for fact, least in _FACTS.items():
        if fact in reports["shares"]:
            yield f"{CHECK}, of the found, {fact}", least, reports["shares"][fact][0]
    yield f"{CHECK}, actors, B-cubed F1", 0.88, reports["actors_b3"][2]
    yield f"{CHECK}, share of evidence slices that are exact", 1.0, _exact_share(reports)


_FACTS = {"standing": 0.88, "voice": 0.85, "date": 0.80, "place": 0.80, "figures": 0.90, "issue": 0.75}


def _exact_share(reports: Row) -> float:
    total = reports["kinds"]["all"]["pred"]
    return 1.0 - reports["inexact_evidence"] / total if total else 0.0

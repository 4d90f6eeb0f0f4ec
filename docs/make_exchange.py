"""Write docs/exchange.md from the code: every format that goes out or comes in, with its tables.

python docs/make_exchange.py            # writes it
python docs/make_exchange.py --check    # exit code 1 when it is stale
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from docs.page import settle, table
from dragoman import export
from dragoman.case.flat import VERSION
from dragoman.export.dna import COLUMNS as DNA_COLUMNS
from dragoman.export.followthemoney import schema_of
from dragoman.export.gdelt import INTENTS, ROOTS, quad_class
from dragoman.export.plover import EASED, GOODWILL, LEFT_OUT, PENALTIES, RECIPROCAL, RESTRICTIONS, RETREATS
from dragoman.knowledge.importers import csv, entries, followthemoney, petrarch
from dragoman.knowledge.importers.importing import FORMATS as IMPORTS
from dragoman.knowledge.schema import SECTORS
from dragoman.record import ActorKind, EventType

PAGE = Path(__file__).with_name("exchange.md")
WHAT = {
    "jsonl": ("document, actors, report", "the texts", "our own reader; `dragoman import` makes the same record of it"),
    "csv": ("report", "evidence's surroundings, actors' facts", "pandas"),
    "parquet": ("report", "the same", "pyarrow, pandas"),
    "dna": ("position × holder", "positions told as not held (counted)", "pandas"),
    "graphml": ("actor, concept, tie", "positions on no issue, undated, told as not held (counted)", "networkx"),
    "gexf": ("actor, concept, tie in time", "the same (counted)", "networkx"),
    "plover": (
        "occurrence",
        "what is no act in PLOVER: asked for, possible, denied … (counted)",
        "the fields of published PLOVER records",
    ),
    "gdelt": ("occurrence, report of it", "the same, further parties (counted)", "pandas, column counts"),
    "followthemoney": (
        *("actor, article, mention, occurrence, relation", "ties not told as so, where somebody is based (counted)"),
        "followthemoney's published schema",
    ),
    "annotations": ("report", "nothing", "both selectors against the text"),
    "calendar": (
        "planned occurrence, forecast",
        "plans without a date, forecasts without an end (counted)",
        "icalendar",
    ),
    "atom": ("occurrence", f"all but the {export.atom.MOST} told first most lately", "feedparser"),
}
"""For each format: what a row or entry is, what is left out, and whose reader the tests read it back with."""
INTRODUCTION = """\
```
dragoman export kabul.case --format plover -o kabul.jsonl
dragoman export kabul.case --format gdelt -o gdelt/
dragoman import kabul.case anna.jsonl --by "Anna 1" --text articles/
dragoman pack import entities.ftm.json --to my-pack
```

Every format takes `--since`, `--until` and `--as-of`; what it cannot say is left out, and how much is said on standard
error (from Python: returned, a sentence each). All of them write the record as decided: a rejected report is in none.
"""
CODINGS = """\
`dragoman import CASE CODING … --by NAME` takes in what a second coder, or another system, found by the codebook: the
JSON Lines that `--format jsonl` writes (rows with a `kind`, and `actors` and `meta` rows if there are any), in files or
folders.

- The text is that of the case, or of the file with the row's `document` as its name among those given with `--text`.
- A row is taken if the codebook allows it and its evidence is exactly what the text has there; any other is set aside
  with file, line and reason (`show CASE aside` lists them), and the rest is taken.
- A document has the reports of one reader: what comes in takes the place of what was read there. Decisions stay, and
  are tied again. What was coded stays when `dragoman read` is given the article again, and when another coder's rows
  come; so two coders have a case each, and `dragoman agreement anna.case ben.case` (or a case and a file) compares
  them.
- Taking in again adds nothing. Rows of the same coder that have changed take the place of the former ones; a version,
  the last word of the name (`Anna v2`, `petrarch 2.1`), is kept with the reports and makes nobody another coder, but
  `Coder 1` and `Coder 2` are two.
- An actor whom the built-in reader knows in this text by a pack's key, under the same name and kind, is that actor
  here too.
- An export that is taken in under the same packs has the same reports with the same ids, but that a corrected report
  has the id of what it was corrected to. All rows are held in memory, about a kilobyte each.

From Python:

```python
from dragoman.intake.codings import load_codings, with_coding

codings, aside = load_codings(["anna.jsonl"])
with dragoman.open_case("kabul.case", write=True) as case:
    case.start_run(reader="codings by Anna")
    for id, coding in codings.items():
        reading, rows_aside = with_coding(case.reading(id), coding, "Anna")
        case.add(reading, reader=coding.reader("Anna"))
    case.finish_run()
```
"""
LOOKED_UP = (
    ("JSON Lines, CSV, Parquet", "the codebook", "–"),
    (
        "PLOVER",
        "160 records of the PLOVER gold standard (openeventdata/PLOVER 5e0c24f, CC BY-SA 4.0): names of fields, types; "
        "that a visit or meeting to come is `AGREE`; resigning, withdrawing and opening to aid are `RETREAT`, that "
        "a lifted curfew or state of emergency is `CONCEDE`",
        "that prisoners set free and eased sanctions are `RETREAT`; the rest of the manual",
    ),
    (
        "GDELT 2.0",
        "gdelt 0.1.14 (a reader by others, GPL; nothing of it is here) has tables of columns, CAMEO's roots and some "
        "sixty records: both tables' columns and their order, `FractionDate`, what the four classes are, the class "
        "of roots 03, 04, 05, 07, 08, 12, 13, 14 (one record), 17 and 19, the codes of intent",
        "the class of roots 06, 15, 16; CAMEO's codes of countries and types",
    ),
    (
        "DNA (nothing of it was at hand)",
        "–",
        "columns, the 1 and 0 of agreement, the aggregations and normalisations of networks",
    ),
    (
        "followthemoney",
        "schemata with all their properties: followthemoney 4.11.2 (MIT)",
        "how OpenSanctions nests entities",
    ),
    (
        "PETRARCH dictionaries",
        "two sample dictionaries of openeventdata/petrarch2 676801c (MIT) and a note on their format",
        "what roles are called as offices (our words)",
    ),
    (
        "GraphML, GEXF 1.3, iCalendar (RFC 5545), Atom (RFC 4287)",
        "networkx 3.6, icalendar 7.3, feedparser 6.0 read them",
        "the standards' texts",
    ),
    (
        "Web Annotation",
        "@apache-annotator/selector 0.2.0 (Apache 2.0), which goes by the standard: names and fields of both "
        "selectors, positions in code points with the end left out",
        "the standard's text; the rest of the annotation (bodies, pages)",
    ),
    ("`ni:` names (RFC 6920)", "–", "the standard's text"),
)


def to_markdown() -> str:
    """The whole page."""
    return "\n".join(line.rstrip() for line in _lines()) + "\n"


def _lines() -> Iterator[str]:
    yield from ("# Exchange: what goes out, what comes in", "", "Made from the code by `make docs`; do not edit.", "")
    yield from (*INTRODUCTION.splitlines(), "")
    rows = [(f"`{name}`", *WHAT[name]) for name in export.FORMATS]
    yield from table(("format", "a row or entry is a", "left out", "read back in the tests by"), rows)
    for module, names in groupby(export.FORMATS, lambda name: inspect.getmodule(export.FORMATS[name])):
        first, *others = names
        yield from (f"## Out: {', '.join((first, *others))}", "", *_doc(module), "", *_OWN.get(first, tuple)())
    yield from ("## In: reports by the codebook", "", *CODINGS.splitlines(), "")
    yield from ("## In: packs from other people's lists", "")
    yield (
        f"`dragoman pack import FILE --to FOLDER` makes a pack. At most {entries.MAX_ENTRIES:,} actors a file, "
        f"{entries.MAX_NAMES} names an actor, {entries.MAX_NAME} characters a name; a line that"
    )
    yield "cannot be used is set aside with its number and the reason, and the rest goes on."
    yield ""
    for module, names, own in _IMPORTERS:
        yield from (f"### {', '.join(names)}", "", *_doc(module), "", *own())
    yield from ("## What was looked up, and what is from memory", "")
    yield "Not every manual was at hand, so not every format could be held against its own:"
    yield ""
    yield from table(("format", "looked up or tried", "from memory, **not looked up**"), LOOKED_UP)
    yield "Please report what differs."


def _doc(module: object) -> list[str]:
    return (inspect.getdoc(module) or "").replace("``", "`").splitlines()


def _codes(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _or(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _plover() -> Iterator[str]:
    yield from table(
        ("our codebook", "PLOVER"),
        (
            (f"planned {_codes(t for t in EventType if t in GOODWILL)}", "`AGREE`"),
            (f"`CONCEDE` by a word that begins with {', '.join(RETREATS)}", "`RETREAT`"),
            (f"… that begins with {', '.join(EASED)}", "`RETREAT`"),
            (
                f"… but not where of all that is eased ({', '.join(PENALTIES)} …) a {_or(RESTRICTIONS)} stands nearest",
                "`CONCEDE`",
            ),
            *((f"what is {told}", "left out") for told in LEFT_OUT.values()),
            ("everything else", "the same type"),
        ),
    )
    yield f"Several sources without a target act upon each other in {_codes(t for t in EventType if t in RECIPROCAL)}."
    yield ""


def _gdelt() -> Iterator[str]:
    rows = ((f"`{type}`", ROOTS.get(type, ""), quad_class(type) or "") for type in EventType)
    yield from table(("PLOVER", "CAMEO root", "quad class"), rows)
    plans = ((f"`{type}`", code) for type, code in INTENTS.items())
    yield from table(("plan of", "CAMEO code"), plans)
    yield "Classes: 1 verbal, 2 material cooperation; 3 verbal, 4 material conflict. The columns are listed in the"
    yield "[data dictionary](data-dictionary.md#gdelt-tables)."
    yield ""


def _dna() -> Iterator[str]:
    yield f"Columns, in order: {_codes(DNA_COLUMNS)}."
    yield ""


def _flat() -> Iterator[str]:
    yield f"The columns, version {VERSION}, are told in the [data dictionary](data-dictionary.md)."
    yield ""


def _followthemoney() -> Iterator[str]:
    rows = []
    for kind in ActorKind:
        by_sector: dict[str, list[str]] = {}
        for sector in ("", *SECTORS):
            by_sector.setdefault(schema_of(kind, sector or None), []).append(sector)
        usual = schema_of(kind, None)
        others = (f"`{schema}` for {_codes(s)}" for schema, s in by_sector.items() if schema != usual)
        rows.append((f"`{kind}`", "; ".join([f"`{usual}`", *others])))
    yield from table(("kind of actor", "schema"), rows)


def _in_followthemoney() -> Iterator[str]:
    rows = ((f"`{s}`", kind, sector or "") for s, (kind, sector) in followthemoney.KINDS.items())
    yield from table(("schema", "actor's kind", "sector"), rows)
    ties = ((f"`{schema}`", *(f"`{end}`" for end in ends)) for schema, ends in followthemoney.TIES.items())
    yield from table(("office from", "who", "at"), ties)


def _in_petrarch() -> Iterator[str]:
    yield from table(("class in place of a country", "sector"), petrarch.CLASSES.items())
    yield from table(("role for a time", "called as an office"), petrarch.TITLES.items())


def _in_csv() -> Iterator[str]:
    needed = ((f"`{name}`", "yes" if name in csv.REQUIRED else "") for name in csv.COLUMNS)
    yield from table(("column", "needed"), needed)


_OWN: dict[str, Callable[[], Iterator[str]]] = {
    "csv": _flat,
    "parquet": _flat,
    "plover": _plover,
    "gdelt": _gdelt,
    "dna": _dna,
    "followthemoney": _followthemoney,
}
_IMPORTERS = (
    (followthemoney, ("followthemoney",), _in_followthemoney),
    (petrarch, ("petrarch-actors", "petrarch-agents"), _in_petrarch),
    (csv, ("csv",), _in_csv),
)
if set(IMPORTS) != {name for _, names, _ in _IMPORTERS for name in names}:
    raise SystemExit("an importer is not told of on the page")


if __name__ == "__main__":
    sys.exit(settle(PAGE, to_markdown(), sys.argv[1:]))

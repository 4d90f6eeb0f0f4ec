"""What every format owes: all of the case, in order, whole or not at all, and every letter unharmed."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dragoman.case import Case, open_case
from dragoman.case.flat import COLUMNS, VERSION
from dragoman.errors import ExportError
from dragoman.export import FORMATS, INTO_PATHS, export_csv, export_jsonl, export_parquet
from dragoman.record import Actor, Evidence, Fact, Reading, Report, parse_jsonl
from tests.case.factory import filled, make_reading

HOSTILE = 'کابل 🕊️ «Zoë» e\u0301 <b>"it\'s"</b> & \u202eback\u202c; a,b\tc \\ %s {x}'

TEXTLESS = {"graphml"}
"""Formats that read no text, which a torn text does not stop."""


def hostile_reading() -> Reading:
    """A reading whose every free word is hostile."""
    reading = make_reading("ha’n", sentences=(f"{HOSTILE} came.", "It left.", "So."), title=Fact(HOSTILE, "page"))
    event = replace(reading.reports[0], source=(HOSTILE,), place=HOSTILE)
    return replace(
        reading, reports=(event, *reading.reports[1:]), actors=(Actor(HOSTILE, reading.actors[0].kind, (HOSTILE,)),)
    )


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """Two documents, one of hostile words."""
    filled(tmp_path / "a.case", make_reading(), hostile_reading()).close()
    with open_case(tmp_path / "a.case") as opened:
        yield opened


def read_csv(path: Path) -> list[dict[str, str]]:
    """Rows of a written table."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def bytes_of(path: Path) -> bytes:
    """What stands in a file, or in the files of a folder."""
    return b"".join(file.read_bytes() for file in (sorted(path.iterdir()) if path.is_dir() else [path]))


def test_json_lines_are_what_was_read(case: Case, tmp_path: Path) -> None:
    export_jsonl(case, tmp_path / "out.jsonl")
    lines = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    rows = list(parse_jsonl(lines))
    assert [row for row in rows if isinstance(row, Report)] == [*make_reading().reports, *hostile_reading().reports]
    others: list[Any] = [row for row in rows if not isinstance(row, Report)]
    assert [next(iter(set(row) - {"document"})) for row in others] == ["meta", "actors"] * 2
    assert others[2]["meta"]["title"] == others[3]["actors"][0]["name"] == HOSTILE
    assert others[0]["meta"] == make_reading().document.to_meta()
    assert [Actor.from_dict(row) for row in others[1]["actors"]] == list(make_reading().actors)


def test_json_lines_round_trip(case: Case, tmp_path: Path) -> None:
    export_jsonl(case, tmp_path / "out.jsonl")
    written = (tmp_path / "out.jsonl").read_text("utf-8").split("\n")
    rows = [row.to_dict() | {"id": row.id} if isinstance(row, Report) else row for row in parse_jsonl(written)]
    assert [json.dumps(row, ensure_ascii=False) for row in rows] == [line for line in written if line]


def test_json_lines_have_the_document_first_and_every_id(case: Case, tmp_path: Path) -> None:
    export_jsonl(case, tmp_path / "out.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert all(next(iter(row)) == "document" for row in rows)
    assert {row["id"] for row in rows if "kind" in row} == {stored.id for stored in case.reports()}


def test_csv_has_every_report_with_its_words(case: Case, tmp_path: Path) -> None:
    export_csv(case, tmp_path / "out.csv")
    written = (tmp_path / "out.csv").read_bytes()
    assert written.startswith(b"document,kind,id,")
    rows = read_csv(tmp_path / "out.csv")
    assert [row["id"] for row in rows] == [stored.id for stored in case.reports(by_document=True)]
    assert rows[0]["source"] == "Freedonia; Sylvania"
    assert rows[3]["place"] == rows[3]["document_title"] == HOSTILE
    assert rows[3]["text"] == f"{HOSTILE} came."


def test_parquet_file_has_all_kinds_and_folder_a_file_for_each(case: Case, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    export_parquet(case, tmp_path / "all.parquet")
    rows = pq.read_table(tmp_path / "all.parquet").to_pylist()
    assert [row["id"] for row in rows] == [stored.id for stored in case.reports(by_document=True)]
    assert rows[3]["source"] == [HOSTILE]
    export_parquet(case, tmp_path / "folder")
    for kind in ("event", "position", "step", "commitment", "forecast", "relation"):
        found = pq.read_table(tmp_path / "folder" / f"{kind}.parquet")
        assert found.to_pylist() == case.to_arrow(kind).sort_by("document").to_pylist()
    assert len(list((tmp_path / "folder").iterdir())) == 6


def test_parquet_carries_its_data_dictionary_and_version(case: Case, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    export_parquet(case, tmp_path / "all.parquet")
    schema = pq.read_schema(tmp_path / "all.parquet")
    assert schema.metadata[b"dragoman.schema"].decode() == VERSION
    assert {field.name: field.metadata[b"description"].decode() for field in schema} == {
        column.name: column.about for column in COLUMNS
    }
    assert pq.read_metadata(tmp_path / "all.parquet").metadata[b"dragoman.kind"] == b"all"


@pytest.mark.parametrize("begin", ["=1+1", "+1", "-1", "@cmd", "\tx", "\rx", "\nx", '=HYPERLINK("x")', "＝1+1"])
def test_csv_cell_is_no_formula(tmp_path: Path, begin: str) -> None:
    reading = make_reading()
    event = replace(reading.reports[0], source=(begin,), place=begin)
    with filled(tmp_path / "a.case", replace(reading, reports=(event,))) as case:
        export_csv(case, tmp_path / "out.csv")
    (row,) = read_csv(tmp_path / "out.csv")
    assert row["place"] == row["source"] == f"'{begin}"


@pytest.mark.parametrize("name", FORMATS)
def test_export_of_an_empty_case_can_be_read(tmp_path: Path, name: str) -> None:
    with filled(tmp_path / "a.case") as case:
        FORMATS[name](case, tmp_path / f"out.{name}")
    assert (tmp_path / f"out.{name}").exists()


@pytest.mark.parametrize("name", FORMATS)
def test_order_of_reading_does_not_show(tmp_path: Path, name: str) -> None:
    readings = [make_reading(f"d{n}", sentences=(f"{n} left.", "It is.", "So.")) for n in range(4)]
    written = []
    for n, order in enumerate((readings, readings[::-1], [readings[2], readings[0], readings[3], readings[1]])):
        (tmp_path / str(n)).mkdir()
        with filled(tmp_path / str(n) / "a.case", *order) as case:
            FORMATS[name](case, tmp_path / f"{n}.{name}")
        written.append(bytes_of(tmp_path / f"{n}.{name}"))
    assert written[0] == written[1] == written[2]


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - INTO_PATHS))
def test_stream_gets_what_a_file_gets_and_stays_open(case: Case, tmp_path: Path, name: str) -> None:
    stream = io.BytesIO()
    FORMATS[name](case, stream)
    FORMATS[name](case, tmp_path / "out")
    assert stream.getvalue() == (tmp_path / "out").read_bytes()


def test_text_stream_gets_the_bytes_whatever_its_encoding(case: Case, tmp_path: Path) -> None:
    beneath = io.BytesIO()
    stream = io.TextIOWrapper(beneath, encoding="ascii")
    stream.write("before ")
    export_jsonl(case, stream)
    export_jsonl(case, tmp_path / "out")
    assert beneath.getvalue() == b"before " + (tmp_path / "out").read_bytes()
    assert not stream.closed


@pytest.mark.parametrize("name", sorted(set(FORMATS) - TEXTLESS - {"gdelt"}))  # a folder, see there
def test_export_that_fails_leaves_the_old_file_and_nothing_else(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    target = tmp_path / "out" / f"out.{name}"
    target.parent.mkdir()
    target.write_text("old")
    broken = make_reading("b", sentences=("Broken.", "It is.", "So."))
    with filled(tmp_path / "b.case", make_reading(), broken) as torn:
        torn._conn.exec_driver_sql("UPDATE bodies SET text = zeroblob(9) WHERE document = 2")
        with pytest.raises(Exception, match="decompress"):
            FORMATS[name](torn, target)
    assert target.read_text() == "old"
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - INTO_PATHS))
@pytest.mark.parametrize("where", ["nowhere/out", "folder"])
def test_target_that_cannot_be_written_is_told(case: Case, tmp_path: Path, name: str, where: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(ExportError, match=f"cannot write .*{where}"):
        FORMATS[name](case, tmp_path / where)


def test_parquet_folder_that_cannot_be_made_is_told(case: Case, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ExportError, match="cannot make the folder"):
        export_parquet(case, tmp_path / "file")


def test_device_is_written_in_place(case: Case) -> None:
    export_jsonl(case, Path(os.devnull))
    assert not Path(os.devnull).is_file()


def test_link_is_followed(case: Case, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link.csv").symlink_to(tmp_path / "real" / "out.csv")
    export_csv(case, tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert read_csv(tmp_path / "real" / "out.csv")


def test_closed_pipe_is_left_to_the_caller(case: Case) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with pytest.raises(BrokenPipeError), open(writing, "wb", buffering=0) as stream:
        export_jsonl(case, stream)


def test_lone_surrogates_do_not_break_any_format(tmp_path: Path) -> None:
    reading = make_reading("torn", sentences=("Free\ud800donia left.", "It is.", "So."), title=Fact("T\udfff", "page"))
    with filled(tmp_path / "a.case", reading) as case:
        export_jsonl(case, tmp_path / "out.jsonl")
        export_csv(case, tmp_path / "out.csv")
    rows = list(parse_jsonl((tmp_path / "out.jsonl").read_text("utf-8").splitlines()))
    assert next(row for row in rows if isinstance(row, Report)).evidence.text == "Free\ud800donia left."
    assert read_csv(tmp_path / "out.csv")[0]["text"] == "Free\ufffddonia left."
    assert read_csv(tmp_path / "out.csv")[0]["document_title"] == "T\ufffd"


MANY = """
import sys
from dataclasses import replace
from pathlib import Path
from dragoman.export import export_csv, export_jsonl
from dragoman.record import DateRange
from evaluation.watch import most_resident
from tests.case.factory import filled, make_reading
folder = Path(sys.argv[1])
with filled(folder / "a.case") as case:
    case.start_run("test-1")
    for n in range(450):
        reading = make_reading(f"d{n:04}", sentences=(f"{n} left.", "— " * 13_500, "So."))
        month = f"{1900 + n // 12}-{n % 12 + 1:02}-01"
        case.add(replace(reading, reports=(replace(reading.reports[0], date=DateRange(month, month)),)))
        if n == 250:  # by when SQLite has what memory it takes
            export_jsonl(case, folder / "out.jsonl")
            export_csv(case, folder / "out.csv")
            before = most_resident()
    export_jsonl(case, folder / "out.jsonl")
    export_csv(case, folder / "out.csv")
print(most_resident() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="counts memory as Linux does")
def test_two_hundred_more_documents_of_27_kb_pass_through_5_mb(tmp_path: Path) -> None:
    call = [sys.executable, "-c", MANY, str(tmp_path)]
    grown = subprocess.run(call, cwd=Path(__file__).parents[2], check=True, capture_output=True, text=True).stdout
    assert len(read_csv(tmp_path / "out.csv")) == 450
    assert int(grown) < 5_000 * 1024


def test_evidence_stays_exact_through_json_lines(case: Case, tmp_path: Path) -> None:
    export_jsonl(case, tmp_path / "out.jsonl")
    texts = {reading.document.id: reading.document.text for reading in case.readings()}
    for row in parse_jsonl((tmp_path / "out.jsonl").read_text("utf-8").splitlines()):
        if isinstance(row, Report):
            evidence = row.evidence
            assert evidence == Evidence.slice(texts[row.document], evidence.start, evidence.end)

"""The table of statements says what the record says, whatever has changed it; and slices of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import literal, select

from dragoman.case import Case, Duplicates, Scope, Slicing, create_case, open_case
from dragoman.case.slicing import fits, slice_of, week_of, within
from dragoman.errors import UsageError
from dragoman.record import Action, Decision, Standing
from tests.case.factory import dates, filled
from tests.views.debates import Said, debate


@pytest.fixture
def azure(tmp_path: Path) -> Iterator[Case]:
    """A debate of three documents of two outlets."""
    with filled(
        tmp_path / "a.case",
        debate("a", "2024-05-04", "Courier", Said("Freedonia", "+", "trade"), Said("Sylvania", "-", "trade")),
        debate("b", "2024-06-01", "Courier", Said("Freedonia", "+", "trade"), Said("Freedonia", "-", "envoys")),
        debate("c", None, "Herald", Said("Freedonia", "-", "trade")),
    ) as case:
        yield case


def test_a_cell_counts_statements_documents_and_independent_sources(azure: Case) -> None:
    (cell,) = [c for c in azure.positions_held().cells if (c.holder, c.concept.key) == ("~freedonia", "trade")]
    assert (cell.support, cell.oppose, cell.mixed) == (2, 1, 0)
    assert (cell.documents, cell.sources, cell.support_sources, cell.oppose_sources) == (3, 2, 1, 1)


def test_a_date_leaves_undated_documents_out_and_counts_them(azure: Case) -> None:
    found = azure.positions_held(Scope(as_of="2024-05"))
    assert (found.statements, found.undated) == (2, 1)
    assert azure.positions_held().undated == 0


def test_reports_behind_a_cell_come_when_asked_for(azure: Case) -> None:
    assert not any(cell.reports for cell in azure.positions_held().cells)
    behind = {report for cell in azure.positions_held(with_reports=True).cells for report in cell.reports}
    assert behind == {stored.id for stored in azure.reports("position")}


def test_only_what_is_told_as_held_counts(tmp_path: Path) -> None:
    reading = debate("a", "2024", "Courier", Said("Freedonia", "+", "trade"))
    denied = replace(reading.reports[0], standing=Standing.DENIED)
    with filled(tmp_path / "a.case", replace(reading, reports=(denied,))) as case:
        found = case.positions_held()
    assert (found.cells, found.unheld) == ((), 1)


def test_without_issues_the_actor_named_is_the_matter_else_the_words(tmp_path: Path) -> None:
    said = (Said("Sylvania", "+", None, "the envoys of Freedonia"), Said("Freedonia", "-", None, "Free trade"))
    with filled(tmp_path / "a.case", debate("a", "2024", "Courier", *said)) as case:
        found = case.positions_held()
    assert not found.by_issue
    assert {(c.concept.key, c.concept.name) for c in found.cells} == {
        ("@~freedonia", "Freedonia"),
        ("~free trade", "free trade"),
    }


def test_a_holder_who_is_no_actor_of_the_document_is_kept_by_name(tmp_path: Path) -> None:
    reading = debate("a", "2024", "Courier", Said("Some [odd*] critics", "+", "trade"))
    with filled(tmp_path / "a.case", replace(reading, actors=())) as case:
        (holder,) = case.positions_held().holders
    assert (holder.key, holder.name) == ("=Some [odd*] critics", "Some [odd*] critics")


CHANGES = {
    "a merge": "INSERT INTO merged SELECT a.id, b.id FROM actors a, actors b "
    "WHERE a.identity = '~freedonia' AND b.identity = '~sylvania'",
    "a copy found out": "UPDATE documents SET teller = 'other' WHERE id = 'a'",
    "a date corrected": "UPDATE documents SET published = '2020' WHERE id = 'a'",
    "a stance corrected": "UPDATE positions SET stance = 'mixed', issue = NULL",
    "a standing corrected": "UPDATE reports SET standing = 'denied' WHERE document = 1",
    "a report rejected": "UPDATE reports SET state = 'rejected' WHERE document = 1",
    "a holder taken away": "DELETE FROM participants WHERE role = 'holder' AND report = 1",
    "a holder split off": "UPDATE participants SET actor = NULL WHERE role = 'holder'",
    "a document forgotten": "DELETE FROM reports WHERE document = 1",
}


def table(case: Case) -> list[tuple[object, ...]]:
    return sorted(map(tuple, case._conn.exec_driver_sql("SELECT * FROM statements")), key=repr)


def table_afresh(case: Case) -> list[tuple[object, ...]]:
    columns = 'report, "position", who, concept, counted, toward, stance, document, teller, "day"'
    return sorted(map(tuple, case._conn.exec_driver_sql(f"SELECT {columns} FROM stated")), key=repr)


@pytest.mark.parametrize("change", CHANGES)
def test_the_table_follows(azure: Case, change: str) -> None:
    before = table(azure)
    azure._conn.exec_driver_sql(CHANGES[change])
    assert table(azure) == table_afresh(azure) != before


def test_the_table_follows_a_split_of_the_actor_that_a_position_is_about(tmp_path: Path) -> None:
    said = (Said("Sylvania", "+", None, "the envoys of Freedonia"), Said("Freedonia", "-", None, "trade"))
    documents = (debate(id, "2024", "Courier", *said) for id in ("a", "b"))
    with filled(tmp_path / "a.case", *documents) as case:
        case.decide(Decision("Anna", Action.SPLIT, case.about_split("Freedonia", ["a"])))
        assert table(case) == table_afresh(case)
        about = {c.concept.key for c in case.positions_held().cells} - {"~trade", "@~freedonia"}
    assert [one.startswith("@~freedonia~") for one in about] == [True]


def test_a_merge_undone_leaves_the_table_as_it_was(tmp_path: Path) -> None:
    said = (Said("Sylvania", "+", None, "Freedonia"), Said("Freedonia", "-", None, "trade"))
    with filled(tmp_path / "a.case", debate("a", "2024", "Courier", *said)) as case:
        before = case.positions_held()
        case._conn.exec_driver_sql(CHANGES["a merge"])
        merged = case.positions_held()
        case._conn.exec_driver_sql("DELETE FROM merged")
        assert case.positions_held() == before
    assert [(h.key, h.statements) for h in merged.holders] == [("~sylvania", 2)]
    assert {c.concept.key for c in merged.cells} == {"@~sylvania", "~trade"}


def test_a_case_of_before_gets_its_statements(tmp_path: Path, azure: Case) -> None:
    found = azure.positions_held()
    conn = azure._conn
    for kind, name in conn.exec_driver_sql(
        "SELECT type, name FROM sqlite_schema WHERE name LIKE 'statements_%' AND type = 'trigger'"
    ).all():
        conn.exec_driver_sql(f"DROP {kind} {name}")
    for statement in ("DROP VIEW stated", "DROP TABLE statements", "DROP INDEX document_actors_called"):
        conn.exec_driver_sql(statement)
    conn.exec_driver_sql("DELETE FROM migrations WHERE name = '0005-statements'")
    with open_case(azure.path) as again:
        assert again.positions_held() == found


def test_order_of_reading_does_not_show(tmp_path: Path) -> None:
    readings = [
        debate("a", "2024-05-04", "Courier", Said("Freedonia", "+", "trade"), Said("Sylvania", "-", None, "Freedonia")),
        debate("b", "2024-06-01", "Herald", Said("Sylvania", "+", "trade"), Said("Freedonia", "-", "envoys")),
    ]
    found = []
    for n, order in enumerate((readings, readings[::-1])):
        with filled(tmp_path / f"{n}.case", *order) as case:
            found.append((case.positions_held(), case.affiliations(), list(case.statements())))
    assert sorted(found[0][0].cells, key=repr) == sorted(found[1][0].cells, key=repr)
    assert found[0][0].holders == found[1][0].holders
    assert found[0][1:] == found[1][1:]


@pytest.mark.parametrize(
    ("duplicates", "times"),
    [
        (Duplicates.INCLUDE, 6),
        (Duplicates.DOCUMENT, 5),
        (Duplicates.WEEK, 4),  # Sunday and Monday are of two weeks; the undated document is of none
        (Duplicates.MONTH, 3),
        (Duplicates.YEAR, 2),
        (Duplicates.RANGE, 1),
    ],
)
def test_duplicates_count_once(tmp_path: Path, duplicates: Duplicates, times: int) -> None:
    yes = Said("Freedonia", "+", "trade")
    days = ("2024-05-04", "2024-05-05", "2024-05-06", "2024-06-01", None)
    documents = [debate(f"d{n}", day, "Courier", *[yes] * (1 + (n == 0))) for n, day in enumerate(days)]
    with filled(tmp_path / "a.case", *documents) as case:
        (tie,) = case.affiliations(duplicates=duplicates).ties
    assert tie.times == times


slicings = st.sampled_from(("year", "quarter", "month")).map(Slicing.parse) | st.sets(
    dates, min_size=1, max_size=4
).map(lambda bounds: Slicing(bounds=tuple(sorted(bounds))))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """A case to compute in."""
    with create_case(tmp_path_factory.mktemp("slices") / "a.case", packs=()) as case:
        yield case


@given(slicing=slicings, day=st.none() | dates)
def test_sql_slices_as_python_does(empty: Case, slicing: Slicing, day: str | None) -> None:
    from sqlalchemy import String

    value = literal(day, String)
    query = select(slice_of(value, slicing)).where(value.is_not(None), fits(value, slicing))
    assert empty._conn.execute(query).scalar() == slicing.label(day)


@given(slicing=slicings, days=st.lists(dates, min_size=2, max_size=6))
def test_later_days_are_in_later_slices(slicing: Slicing, days: list[str]) -> None:
    labels = [label for day in sorted(d for d in days if len(d) == 10) if (label := slicing.label(day))]
    assert list(slicing.ordered(labels)) == list(dict.fromkeys(labels))


@given(slicing=slicings, last=dates, slices=st.integers(1, 30))
def test_the_last_slices_are_so_many(slicing: Slicing, last: str, slices: int) -> None:
    if slicing.unit and last[:4] > "0100" and slicing.label(last):
        first = slicing.label((slicing.begin(last, slices) + "-01-01")[:10])
        months = [f"{n // 12:04}-{n % 12 + 1:02}-01" for n in range(int(last[:4]) * 12 - 400, int(last[:4]) * 12 + 12)]
        labels = slicing.ordered(label for day in months if (label := slicing.label(day)) and first)
        assert [label for label in labels if str(first) <= label <= str(slicing.label(last))] == list(labels)[
            labels.index(str(first)) : labels.index(str(slicing.label(last))) + 1
        ]
        assert labels.index(str(slicing.label(last))) - labels.index(str(first)) == slices - 1


@given(st.dates(), st.dates())
def test_days_share_a_week_as_in_the_calendar(empty: Case, one: object, other: object) -> None:
    import datetime

    assert isinstance(one, datetime.date)
    assert isinstance(other, datetime.date)
    weeks = [empty._conn.execute(select(week_of(literal(day.isoformat())))).scalar() for day in (one, other)]
    assert (weeks[0] == weeks[1]) == (one.isocalendar()[:2] == other.isocalendar()[:2])


@pytest.mark.parametrize(
    ("day", "inside"),
    [("2024", False), ("2024-06", True), ("2024-06-30", True), ("2024-05-31", False), ("2024-07", False)],
)
def test_a_date_is_within_a_period_with_all_that_is_known_of_it(empty: Case, day: str, inside: bool) -> None:
    query = select(literal(1)).where(*within(literal(day), "2024-06", "2024-06"))
    assert (empty._conn.execute(query).first() is not None) is inside


@pytest.mark.parametrize("text", ["", "week", "2024-13", "2024-02-30", "2024,2023", "2024,2024", "month,2024"])
def test_slices_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(UsageError):
        Slicing.parse(text)


def test_an_unknown_actor_is_told(azure: Case) -> None:
    with pytest.raises(UsageError, match="did you mean 'Freedonia'"):
        azure.positions_held(Scope(actor="Fredonia"))

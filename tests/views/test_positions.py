"""The matrix: who stands where on what, when, and where that has changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.case import Case, Concept, Scope, Slicing, StanceCount
from dragoman.record import Stance
from dragoman.views.positions import Matrix, compose_matrix, stance_of
from tests.case.factory import filled
from tests.views.debates import Said, debate


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """Freedonia turns against trade in 2024; Sylvania is for it throughout."""
    with filled(
        tmp_path / "a.case",
        debate("a", "2022-05-01", "Courier", Said("Freedonia", "+", "trade"), Said("Sylvania", "+", "trade")),
        debate("b", "2023-05-01", "Herald", Said("Freedonia", "+", "trade"), Said("Sylvania", "+", "envoys")),
        debate("c", "2024-05-01", "Herald", Said("Freedonia", "-", "trade"), Said("Sylvania", "+", "trade")),
        debate("d", "2024", "Post", Said("Freedonia", "-", "trade"), Said("Sylvania", "0", None, "the weather")),
    ) as opened:
        yield opened


def told(matrix: Matrix) -> dict[tuple[str, str, str | None], str]:
    return {(c.holder.name, c.concept.name, c.slice): str(c.stance) for c in matrix.cells}


def test_a_cell_has_stance_statements_documents_sources_and_reports(case: Case) -> None:
    matrix = compose_matrix(case, with_reports=True)
    (cell,) = [c for c in matrix.cells if (c.holder.name, c.concept.name) == ("Freedonia", "trade")]
    assert (cell.stance, cell.statements, cell.documents, cell.sources) == (Stance.MIXED, 4, 4, 3)
    assert len(cell.reports) == 4
    assert all(case.report(id).report.kind == "position" for id in cell.reports)
    assert [c.name for c in matrix.concepts] == ["trade", "envoys"]
    assert matrix.notes == ("Left out: 1 statement on none of the issues.",)


def test_a_change_of_stance_is_marked(case: Case) -> None:
    matrix = compose_matrix(case, slicing=Slicing.parse("year"))
    assert matrix.slices == ("2022", "2023", "2024")
    assert [(c.holder.name, c.concept.name, c.slice, c.was, c.stance) for c in matrix.changes] == [
        ("Freedonia", "trade", "2024", Stance.SUPPORT, Stance.OPPOSE)
    ]


def test_a_document_that_fits_no_slice_is_left_out_and_counted(case: Case) -> None:
    matrix = compose_matrix(case, slicing=Slicing.parse("month"))
    assert matrix.slices == ("2024-05",) or "2024" not in matrix.slices
    assert "Left out: 1 statement in documents with no date, or none that fits a slice." in matrix.notes


def test_as_of_shows_what_was_told_by_then(case: Case) -> None:
    assert told(compose_matrix(case, Scope(as_of="2023")))["Freedonia", "trade", None] == "support"
    assert told(compose_matrix(case, Scope(since="2024"))) == {
        ("Freedonia", "trade", None): "oppose",
        ("Sylvania", "trade", None): "support",
    }


def test_one_issue_and_one_actor(case: Case) -> None:
    assert {key[1] for key in told(compose_matrix(case, Scope(issue="envoys")))} == {"envoys"}
    assert {key[0] for key in told(compose_matrix(case, Scope(actor="Sylvania")))} == {"Sylvania"}


def test_only_the_last_slices_are_shown_unless_a_beginning_is_given(tmp_path: Path) -> None:
    readings = [debate(f"d{y}", f"{y}-01-01", "Courier", Said("A", "+", "x")) for y in range(2000, 2020)]
    with filled(tmp_path / "a.case", *readings) as case:
        last = compose_matrix(case, slicing=Slicing.parse("year"))
        every = compose_matrix(case, Scope(since="1990"), slicing=Slicing.parse("year"))
    assert last.slices == tuple(map(str, range(2008, 2020)))
    assert "The last 12 slices; a beginning (since) shows earlier ones." in last.notes
    assert len(every.slices) == 20


def test_where_nothing_answers_an_issue_that_is_said(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case", debate("a", "2024", "Courier", Said("A", "+", None, "peace"))) as case:
        matrix = compose_matrix(case)
    assert [c.name for c in matrix.concepts] == ["peace"]
    assert matrix.notes[0].startswith("No position of this case answers an issue")


def test_an_empty_case_has_an_empty_matrix(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case") as case:
        assert compose_matrix(case, slicing=Slicing.parse("month")) == Matrix((), (), (), (), ())


@pytest.mark.parametrize(
    ("support", "oppose", "all_", "stance"),
    [
        (1, 0, 1, Stance.SUPPORT),
        (0, 1, 1, Stance.OPPOSE),
        (3, 1, 4, Stance.SUPPORT),
        (2, 1, 3, Stance.MIXED),  # two against one is not clear
        (1, 3, 3, Stance.OPPOSE),  # one source tells of both
        (0, 0, 2, Stance.MIXED),
        (1, 0, 4, Stance.MIXED),  # three tell of a mixed stance
    ],
)
def test_the_stance_is_what_the_sources_tell(support: int, oppose: int, all_: int, stance: Stance) -> None:
    count = StanceCount("A", Concept("x", "x"), None, 9, 9, 9, support, oppose, 9, all_)
    assert stance_of(count) is stance

"""Claims about the ledger of commitments."""

from __future__ import annotations

from pathlib import Path

from dragoman.record import Standing, Status
from dragoman.record.decision import Action, Decision
from dragoman.views.commitments import Undertaking, compose_undertakings
from tests.views.ledgers import case_of, owed, told


def ledger(tmp_path: Path, *readings: object, **asked: object) -> tuple[Undertaking, ...]:
    with case_of(tmp_path / "x.case", *readings) as case:  # type: ignore[arg-type]
        return compose_undertakings(case, **asked).undertakings  # type: ignore[arg-type]


MADE = told("a", "2024-05-04", owed("Peru", "letting girls into classrooms"), outlet="Courier")
BROKEN = told("b", "2024-06-04", owed("Peru", "let girls into the classrooms", "broken"), outlet="Herald")


def test_what_is_told_of_one_undertaking_is_gathered_in_time_and_explained(tmp_path: Path) -> None:
    (one,) = ledger(tmp_path, BROKEN, MADE)
    assert [(turn.status, turn.told, turn.sources) for turn in one.turns] == [
        (Status.MADE, "2024-05-04", 1),
        (Status.BROKEN, "2024-06-04", 1),
    ]
    assert (one.status, one.documents, one.sources) == (Status.BROKEN, 2, 2)
    assert one.why == ("owed by Peru", "words in common: classr, girl")


def test_other_words_or_another_debtor_are_another_undertaking(tmp_path: Path) -> None:
    others = told("c", "2024-06-05", owed("Chile", "letting girls into classrooms"), owed("Peru", "fish quotas"))
    assert len(ledger(tmp_path, MADE, others)) == 3


def test_one_instrument_leaves_less_doubt(tmp_path: Path) -> None:
    first = told("c", "2024-06-05", owed("Peru", "fish quotas", instrument="Lima Accord"))
    again = told("d", "2024-06-06", owed("Peru", "cut quotas", "unmet", instrument="the Lima accord"))
    (one,) = ledger(tmp_path, first, again)
    assert one.instrument in ("Lima Accord", "the Lima accord")


def test_kept_and_broken_is_disputed(tmp_path: Path) -> None:
    kept = told("c", "2024-07-04", owed("Peru", "letting girls into classrooms", "kept"))
    (one,) = ledger(tmp_path, MADE, BROKEN, kept)
    assert (one.status, one.disputed) == (Status.KEPT, True)


def test_what_somebody_claims_does_not_settle_the_status(tmp_path: Path) -> None:
    claim = told("c", "2024-07-04", owed("Peru", "letting girls into classrooms", "kept", voice=("Peru",)))
    (one,) = ledger(tmp_path, MADE, BROKEN, claim)
    assert (one.status, one.turns[-1].said, one.turns[-1].voices) == (Status.BROKEN, True, ("Peru",))


def test_what_is_not_told_as_so_has_no_status(tmp_path: Path) -> None:
    (one,) = ledger(tmp_path, told("a", "2024-05-04", owed("Peru", "aid", standing=Standing.POSSIBLE)))
    assert one.status is None


def test_a_date_in_its_words_makes_it_due_and_overdue(tmp_path: Path) -> None:
    reading = told("a", "2024-05-04", owed("Peru", "reopening the pass by 15 June"), owed("Peru", "grain"))
    with case_of(tmp_path / "x.case", reading) as case:
        early, late = (
            compose_undertakings(case, today=day, due=True).undertakings for day in ("2024-06-14", "2024-06-16")
        )
    assert early == ()
    assert [(one.what, one.overdue) for one in late] == [("reopening the pass by 15 June", True)]


def test_as_of_and_the_latest_only_leave_out_and_count(tmp_path: Path) -> None:
    undated = told("c", None, owed("Peru", "grain"))
    with case_of(tmp_path / "x.case", MADE, BROKEN, undated) as case:
        found = compose_undertakings(case, as_of="2024-05")
        latest = compose_undertakings(case, most=1)
    assert ([one.status for one in found.undertakings], found.undated) == ([Status.MADE], 1)
    assert (len(latest.undertakings), latest.older) == (1, 2)


def test_a_person_resolves_it(tmp_path: Path) -> None:
    with case_of(tmp_path / "x.case", MADE) as case:
        (one,) = compose_undertakings(case).undertakings
        case.decide(Decision("Ana", Action.RESOLVE, case.about(one.id), {"outcome": "true"}, "seen", ""))
        (resolved,) = compose_undertakings(case).undertakings
    assert (one.outcome, resolved.outcome, resolved.judge) == (None, "true", "Ana")

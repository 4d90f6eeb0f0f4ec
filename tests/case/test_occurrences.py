"""Occurrences of a case: the same whatever the order of reading, as told by a date, and found again by an old id."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dragoman.case import Case, create_case, gathering
from dragoman.case.connection import transaction
from dragoman.case.gathering import gather_all, keep_ties, regather
from dragoman.case.occurrences import occurrence_ids
from dragoman.errors import UsageError
from dragoman.reconcile.crowds import CROWD
from dragoman.record import (
    Action,
    Actor,
    ActorKind,
    DateRange,
    Decision,
    Document,
    Event,
    EventType,
    Evidence,
    Fact,
    Position,
    Reading,
    Report,
    Span,
    Stance,
    Standing,
)
from dragoman.record.occurrence import Matter, Told

from .factory import READER, filled

STATES = ("Norland", "Suthia", "Estany")


def told(
    id: str,
    *events: dict[str, Any],
    published: str | None = "2024-05-04",
    outlet: str | None = None,
    positions: tuple[tuple[str, Stance], ...] = (),
) -> Reading:
    """A document with one sentence for each report. An event is a meeting of Norland and Suthia unless told."""
    sentences = [f"{id} tells of number {n}, which met no other text." for n in range(len(events) + len(positions))]
    text = "\n".join(sentences)
    spans, at = [], 0
    for sentence in sentences:
        spans.append(Span(at, at + len(sentence)))
        at += len(sentence) + 1
    quotes = [Evidence.slice(text, span.start, span.end) for span in spans]
    base: dict[str, Any] = {
        "type": EventType.CONSULT,
        "source": ("Norland", "Suthia"),
        "date": DateRange.on("2024-05-03"),
        "place": "Vienna",
        "why": ("word: met",),
    }
    reports: list[Report] = [
        Event(document=id, evidence=quote, **base | event) for event, quote in zip(events, quotes, strict=False)
    ]
    for (holder, stance), quote in zip(positions, quotes[len(events) :], strict=True):
        reports.append(
            Position(document=id, evidence=quote, holder=(holder,), stance=stance, about="it", issue="recognition")
        )
    document = Document(
        id=id,
        text=text,
        outlet=Fact(outlet or f"Outlet {id}", "given"),
        published=Fact(published, "given") if published else None,
        source=f"{id}.txt",
    )
    actors = tuple(Actor(name, ActorKind.STATE, (name,), key=f"state/{name[:3].upper()}") for name in STATES)
    return Reading(document, tuple(spans), actors, tuple(reports))


def seen(case: Case) -> list[Any]:
    """Everything that the case shows of its occurrences."""
    return [case.occurrence(one.id).occurrence for one in case.occurrences()]


def some_readings(seed: int, number: int = 12) -> list[Reading]:
    """Documents that tell of few happenings in many ways."""
    chance = random.Random(seed)

    def event() -> dict[str, Any]:
        day = f"2024-05-{chance.randint(1, 6):02}"
        return {
            "type": chance.choice((EventType.CONSULT, EventType.CONSULT, EventType.AGREE, EventType.ASSAULT)),
            "source": tuple(chance.sample(STATES, chance.randint(1, 2))),
            "target": tuple(chance.sample(STATES, chance.randint(0, 1))),
            "date": chance.choice((None, DateRange.on(day), DateRange.on(day), DateRange.on("2024-05"))),
            "place": chance.choice((None, "Vienna", "Austria", "Graz", "Paris")),
            "killed": chance.choice((None, None, 3, 4)),
            "standing": chance.choice((Standing.ACTUAL, Standing.ACTUAL, Standing.PLANNED, Standing.DENIED)),
            "voice": chance.choice(((), (), ("Norland",))),
            "why": (f"word: {chance.choice(('met', 'talks', 'attack'))}",),
        }

    return [
        told(f"d{n}", *(event() for _ in range(chance.randint(1, 3))), published=f"2024-05-{chance.randint(1, 9):02}")
        for n in range(number)
    ]


def test_one_meeting_told_by_two_documents_is_one_occurrence(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case", told("a", {}), told("b", {"why": ("word: talks",)})) as case:
        (one,) = case.occurrences()
        assert (one.type, one.status, one.day) == (EventType.CONSULT, Told.SEVERAL, "2024-05-03")
        assert (one.number, one.documents, one.sources) == (2, 2, 2)
        assert one.source == ("Norland", "Suthia")
        full = case.occurrence(one.id[:6])
        assert [s.document for s in full.occurrence.reports] == ["a", "b"]
        assert "2 of 2 parties" in full.occurrence.reports[0].why


def test_every_event_is_in_one_occurrence_alone_if_need_be(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case", told("a", {}, {"date": DateRange.on("2023-01-02")})) as case:
        assert [one.number for one in case.occurrences()] == [1, 1]


def test_every_order_of_reading_gives_the_same_occurrences(tmp_path: Path) -> None:
    readings = some_readings(7)
    expected: list[Any] | None = None
    for seed in range(15):  # fifty were tried on 26 November 2026
        order = random.Random(seed).sample(readings, len(readings))
        with filled(tmp_path / f"{seed}.case", *order) as case:
            found = seen(case)
        expected = expected or found
        assert found == expected, f"order {[r.document.id for r in order]}"
    assert expected is not None
    assert max(one.number for one in expected) > 2


@pytest.mark.parametrize("at_once", [1, 7, 10_000])
@pytest.mark.parametrize("seed", range(3))
def test_gathering_all_at_once_gives_what_gathering_one_by_one_gave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, at_once: int
) -> None:
    monkeypatch.setattr(gathering, "_AT_ONCE", at_once)
    with filled(tmp_path / "a.case", *some_readings(seed)) as case:
        before = seen(case)
        with transaction(case._conn):
            gather_all(case._conn)
        assert seen(case) == before


def test_reading_again_by_another_reader_leaves_no_trace(tmp_path: Path) -> None:
    readings = some_readings(3)
    other = [replace(r, reports=r.reports[:1]) for r in readings]
    with filled(tmp_path / "a.case", *readings) as case, filled(tmp_path / "b.case", *other) as fresh:
        case.start_run("test-2")
        for reading in other:
            case.add(reading)
        assert seen(case) == seen(fresh)


def test_an_id_that_was_cited_still_finds_its_occurrence(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case", told("late", {}, published="2024-05-06")) as case:
        (one,) = case.occurrences()
        case.start_run(READER)
        case.add(told("early", {}, published="2024-05-03"))
        (now,) = case.occurrences()
        assert now.id != one.id
        assert case.occurrence(one.id).occurrence.id == now.id


def test_as_of_a_date_only_what_was_told_by_then_counts(tmp_path: Path) -> None:
    early = told("a", {"killed": 3}, published="2024-05-03")
    late = told("b", {"killed": 5}, published="2024-06-01")
    with filled(tmp_path / "a.case", early, late, told("c", {}, published=None)) as case:
        (now,) = case.occurrences()
        assert (now.status, now.number) == (Told.DISPUTED, 3)
        (then,) = case.occurrences(as_of="2024-05")
        assert (then.status, then.number, then.killed, then.sources) == (Told.ONE, 1, 3, 1)
        assert list(case.occurrences(as_of="2024-04")) == []
        assert list(case.disputes(as_of="2024-05")) == []
        with pytest.raises(UsageError, match=r"told by 2024-04; it was first told 2024-05-03"):
            case.occurrence(now.id, as_of="2024-04")


def test_occurrences_are_chosen_by_how_many_sources_tell_them_then(tmp_path: Path) -> None:
    readings = [told(id, {}, published=f"2024-0{month}-01") for month, id in enumerate("abc", 5)]
    with filled(tmp_path / "a.case", *readings, told("alone", {"place": "Oslo", "source": ("Estany",)})) as case:
        for as_of, most in ((None, 3), ("2024-06", 2)):
            for sources, number in ((0, 2), (1, 2), (2, 1), (most, 1), (most + 1, 0)):
                assert len(list(case.occurrences(sources=sources, as_of=as_of))) == number
                assert sum(n for _, n in case.count_by_month(sources=sources, as_of=as_of)) == number


@pytest.mark.parametrize("as_of", [None, "2024-06"])
def test_occurrences_are_counted_by_day_by_month_or_all_together(tmp_path: Path, as_of: str | None) -> None:
    days = ("2024-05-03", "2024-05-04", "2023-01-01")
    events = [{"date": DateRange.on(day), "place": place} for day, place in zip(days, "XYZ", strict=True)]
    with filled(tmp_path / "a.case", told("a", *events), told("b", events[0], published="2024-07-01")) as case:
        told_then = [one.day for one in case.occurrences(as_of=as_of)]
        for length in (10, 7, 4, 0):
            counted: Counter[str] = Counter()
            for one in case.count_occurrences(as_of=as_of, length=length):
                counted.update(one.days)
            assert counted == Counter(day[:length] for day in told_then)


def test_several_occurrences_are_told_as_each_is(tmp_path: Path) -> None:
    early = told("a", {"killed": 3}, {"place": "Oslo", "source": ("Estany",)}, published="2024-05-03")
    with filled(tmp_path / "a.case", early, told("b", {"killed": 5}, published="2024-06-01")) as case:
        ids = [one.id for one in case.occurrences(latest_first=True)]
        for as_of in (None, "2024-05"):
            together = case.occurrences_in_full(ids, as_of=as_of)
            assert together == [case.occurrence(id, as_of=as_of) for id in ids]
        assert case.occurrences_in_full(ids, as_of="2024-04") == []


def test_occurrences_are_chosen_by_what_they_are(tmp_path: Path) -> None:
    other = told("b", {"type": EventType.ASSAULT, "source": ("Estany",), "date": DateRange.on("2023-01-02")})
    with filled(tmp_path / "a.case", told("a", {}), other) as case:
        assert [o.type for o in case.occurrences(actor="Estany")] == [EventType.ASSAULT]
        assert [o.type for o in case.occurrences(actor="state/NOR")] == [EventType.CONSULT]
        assert [o.type for o in case.occurrences(until="2023")] == [EventType.ASSAULT]
        assert [o.type for o in case.occurrences(since="2023-02", place="vienna")] == [EventType.CONSULT]
        assert [o.type for o in case.occurrences(type="ASSAULT", limit=1)] == [EventType.ASSAULT]
        assert list(case.occurrences(status="disputed")) == []


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"type": "ASAULT"}, "did you mean ASSAULT"),
        ({"status": "disputd"}, "did you mean disputed"),
        ({"since": "May"}, "'May' is not a date"),
        ({"as_of": "May"}, "'May' is not a date"),
        ({"actor": "Norlant"}, "did you mean 'Norland'"),
    ],
)
def test_what_cannot_be_is_refused_at_once(tmp_path: Path, filters: dict[str, Any], message: str) -> None:
    with filled(tmp_path / "a.case", told("a", {})) as case, pytest.raises(UsageError, match=message):
        case.occurrences(**filters)


def test_an_unknown_occurrence_is_told(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case") as case, pytest.raises(UsageError, match="no occurrence 'zz' in this case"):
        case.occurrence("zz")


def test_reports_that_do_not_agree_are_listed_with_their_sides(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case", told("a", {"killed": 3}), told("b", {"killed": 5})) as case:
        (dispute,) = case.disputes()
        assert (dispute.matter, [side.value for side in dispute.sides]) == (Matter.KILLED, ["3", "5"])
        assert [side.sources for side in dispute.sides] == [1, 1]
        assert dispute.occurrence == next(case.occurrences()).id
        assert list(case.disputes(matter="date")) == []


def test_a_claim_and_its_denial_are_a_dispute(tmp_path: Path) -> None:
    denied = told("b", {"standing": Standing.DENIED, "voice": ("Suthia",)})
    with filled(tmp_path / "a.case", told("a", {"voice": ("Norland",)}), denied) as case:
        assert [dispute.matter for dispute in case.disputes()] == [Matter.STANDING]


def test_one_holder_told_for_and_against_at_one_time_is_a_dispute(tmp_path: Path) -> None:
    pro = told("a", positions=(("Norland", Stance.SUPPORT),))
    contra = told("b", positions=(("Norland", Stance.OPPOSE), ("Suthia", Stance.OPPOSE)), published="2024-05-20")
    later = told("c", positions=(("Suthia", Stance.SUPPORT),), published="2024-09-20")
    with filled(tmp_path / "a.case", pro, contra, later) as case:
        (dispute,) = case.disputes()
        assert (dispute.matter, dispute.about, dispute.day) == (Matter.STANCE, "Norland · recognition", "2024-05")
        assert [(side.value, side.documents) for side in dispute.sides] == [("oppose", 1), ("support", 1)]
        assert list(case.disputes(actor="Suthia")) == []
        assert list(case.disputes(as_of="2024-05-10")) == []
        case.start_run("test-2")
        case.add(replace(contra, reports=()))
        assert list(case.disputes()) == []


def test_what_people_part_and_put_together_stays_so(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case", told("a", {}), told("b", {}), told("c", {"source": ("Estany",)})) as case:
        query = "SELECT d.id, r.pk FROM reports r JOIN documents d ON d.pk = r.document"
        pks = {row.id: row.pk for row in case._conn.exec_driver_sql(query)}
        before = seen(case)
        with transaction(case._conn):
            keep_ties(case._conn, {(pks["b"], pks["a"]): True, (pks["c"], pks["a"]): False})
        ids = occurrence_ids(case._conn, [s.id for s in case.reports()])
        assert sorted(one.number for one in case.occurrences()) == [1, 2]
        assert len(set(ids.values())) == 2
        case.start_run(READER)
        case.add(told("d", {}))
        assert sum(one.number for one in case.occurrences()) == 4
        case.start_run("test-2")
        case.add(replace(told("d", {}), reports=()))
        with transaction(case._conn):
            keep_ties(case._conn, {})
        assert seen(case) == before


def test_those_without_a_name_join_no_documents_until_a_person_says_who_they_are(tmp_path: Path) -> None:
    shooting = {"type": EventType.ASSAULT, "source": ("gunmen",), "place": None, "why": ("word: killed",)}
    in_may = {"date": DateRange.on("2024-05"), "place": "Opera House"}
    gunmen = Actor("gunmen", ActorKind.GROUP, ("gunmen",))
    readings = [
        replace(reading, actors=(*reading.actors, gunmen))
        for reading in (told("a", shooting), told("b", shooting | in_may))
    ]
    with filled(tmp_path / "a.case", *readings) as case:
        assert [one.number for one in case.occurrences()] == [1, 1]
        case.decide(Decision("Anna", Action.MERGE, case.about_merge(["gunmen", "Norland"])))
        assert [one.number for one in case.occurrences()] == [2]


def test_an_older_case_gets_its_occurrences_when_it_is_opened(tmp_path: Path) -> None:
    with create_case(tmp_path / "a.case", packs=()) as case:
        case.start_run(READER)
        case.add(told("a", {}))
        with transaction(case._conn):
            for table in ("links", "occurrence_reports", "gathering_keys", "occurrence_people", "occurrences"):
                case._conn.exec_driver_sql(f"DELETE FROM {table}")
            case._conn.exec_driver_sql("DELETE FROM stale_occurrences")
            gather_all(case._conn)
        assert [one.number for one in case.occurrences()] == [1]


def test_reports_of_one_sentence_and_type_keep_marks_of_their_own_when_one_goes(tmp_path: Path) -> None:
    base = told("a", {}, {"source": ("Estany",)})
    same = replace(base.reports[1], evidence=base.reports[0].evidence)
    both = replace(base, reports=(base.reports[0], same))
    with (
        filled(tmp_path / "a.case", both) as case,
        filled(tmp_path / "b.case", replace(both, reports=(same,))) as alone,
    ):
        assert len({one.id for one in case.occurrences()}) == 2
        gone = case._conn.exec_driver_sql("SELECT pk FROM reports WHERE id = ?", (both.reports[0].id,)).scalar()
        with transaction(case._conn):
            case._conn.exec_driver_sql("DELETE FROM reports WHERE pk = ?", (gone,))
            regather(case._conn, ())
        assert seen(case) == seen(alone)


def crowded_readings() -> list[Reading]:
    """Two happenings of one day, told so often that not all reports are weighed with each other."""
    chance = random.Random(5)

    def event() -> dict[str, Any]:
        return {
            "killed": chance.choice((None, 3, 4)),
            "place": chance.choice((None, "Vienna", "Graz", "Paris", "Paris")),
            "standing": chance.choice((Standing.ACTUAL, Standing.ACTUAL, Standing.DENIED)),
            "why": (f"word: {chance.choice(('met', 'talks'))}",),
        }

    return [told(f"d{n}", *(event() for _ in range(5)), published=f"2024-05-{n:02}") for n in range(1, 2 + CROWD // 2)]


@pytest.mark.parametrize("at_once", [7, 10_000])
def test_a_crowd_is_gathered_the_same_in_any_order_and_all_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(gathering, "_AT_ONCE", at_once)
    readings = crowded_readings()
    with filled(tmp_path / "a.case", *readings) as case:
        expected = seen(case)
        with transaction(case._conn):
            gather_all(case._conn)
        assert seen(case) == expected
        silent = "SELECT count(*) FROM occurrence_reports WHERE follows IS NOT NULL"
        assert case._conn.exec_driver_sql(silent).scalar_one() > CROWD
    assert max(one.number for one in expected) > CROWD
    for seed in range(4):
        order = random.Random(seed).sample(readings, len(readings))
        with filled(tmp_path / f"{seed}.case", *order) as case:
            assert seen(case) == expected


def test_a_crowd_that_loses_a_speaker_hears_another(tmp_path: Path) -> None:
    readings = crowded_readings()
    other = [replace(reading, reports=reading.reports[::2]) for reading in readings]
    with filled(tmp_path / "a.case", *readings) as case, filled(tmp_path / "b.case", *other) as fresh:
        case.start_run("test-2")
        for reading in other:
            case.add(reading)
        assert seen(case) == seen(fresh)


def test_a_person_may_part_one_who_follows_and_take_that_back(tmp_path: Path) -> None:
    readings = [told(f"d{n}", {}) for n in range(CROWD + 3)]
    with filled(tmp_path / "a.case", *readings) as case:
        before = seen(case)
        query = "SELECT report FROM occurrence_reports WHERE follows IS NOT NULL ORDER BY report"
        one, other, *_ = case._conn.exec_driver_sql(query).scalars().all()
        with transaction(case._conn):
            keep_ties(case._conn, {(one, other): True})
        assert sorted(found.number for found in case.occurrences()) == [1, CROWD + 2]
        with transaction(case._conn):
            keep_ties(case._conn, {})
        assert seen(case) == before


def test_what_one_sentence_tells_in_two_ways_is_no_dispute(tmp_path: Path) -> None:
    base = told("a", positions=(("Norland", Stance.SUPPORT), ("Norland", Stance.OPPOSE)))
    one = replace(base, reports=(base.reports[0], replace(base.reports[1], evidence=base.reports[0].evidence)))
    with filled(tmp_path / "a.case", one) as case:
        assert list(case.disputes()) == []
    with filled(tmp_path / "b.case", base) as case:
        assert [dispute.matter for dispute in case.disputes()] == [Matter.STANCE]


def test_a_merge_brings_the_accounts_of_one_actor_together_and_a_split_parts_them(tmp_path: Path) -> None:
    pro = told("a", positions=(("Norland", Stance.SUPPORT),))
    contra = told("b", positions=(("Suthia", Stance.OPPOSE),), published="2024-05-20")
    with filled(tmp_path / "a.case", pro, contra) as case:
        assert list(case.disputes()) == []
        merge = case.decide(Decision("Anna", Action.MERGE, case.about_merge(["Norland", "Suthia"])))
        assert [dispute.matter for dispute in case.disputes()] == [Matter.STANCE]
        split = case.decide(Decision("Anna", Action.SPLIT, case.about_split("Norland", ["b"])))
        assert list(case.disputes()) == []
        case.undo(split.decision.id, author="Anna")
        assert [dispute.matter for dispute in case.disputes()] == [Matter.STANCE]
        case.undo(merge.decision.id, author="Anna")
        assert list(case.disputes()) == []

"""Near-copies are one story, told by whoever told it first, in whatever order they come."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.case import Case, StoredDocument, create_case, open_case
from dragoman.case.connection import APPLICATION_ID, connect
from dragoman.case.migrations import MIGRATIONS, upgrade
from dragoman.errors import UsageError
from dragoman.record import (
    Actor,
    ActorKind,
    DateRange,
    Document,
    Event,
    EventType,
    Evidence,
    Fact,
    Kind,
    Position,
    Reading,
    Span,
    Stance,
)
from dragoman.record.occurrence import Matter

from .factory import READER, filled, make_reading

STORY = (
    "Envoys of Freedonia met the ministers of Sylvania in Port Azure on Friday to speak about the disputed harbour "
    "and the tolls that merchants have paid there since the last war. The talks went on until midnight, and both "
    "sides said that they would meet again in June, when the king is back from the south. A spokesman for the "
    "harbour guild told reporters that its members would not pay a higher toll, whatever the two governments agreed "
    "on, and that ships had begun to sail for other ports. The opposition in Sylvania called the talks a betrayal "
    "of the fishermen."
)
OTHER = (
    "Port Azure saw its largest march for years when fishermen carried nets and torches through the old town to "
    "protest against the envoys. The police counted four thousand people; the guild spoke of ten. Nobody was hurt. "
    "Ministers who had come for the talks left by a side door, and the mayor promised to hear the fishermen's "
    "leaders in the morning."
)


def article(id: str, text: str, *, outlet: str | None, published: str | None, **facts: object) -> Reading:
    document = Document(
        id=id,
        text=text,
        outlet=Fact(outlet, "given") if outlet else None,
        published=Fact(published, "page") if published else None,
        source=f"{id}.txt",
        **facts,
    )
    return Reading(document)


WIRE = article("wire", STORY, outlet="Norda Wire", published="2024-05-03")
PAPER = article(
    "paper",
    "TALKS ON TOLLS\n\n" + STORY.replace("Friday", "3 May").replace(". ", ".\n\n"),
    outlet="The Courier",
    published="2024-05-04",
)
SHORT = article("short", STORY[:330], outlet="Gazette", published="2024-05-04")
MARCH = article("march", OTHER, outlet="The Courier", published="2024-05-04")


def stories(case: Case) -> dict[str, tuple[str | None, str | None]]:
    return {document.id: (document.copy_of, document.teller) for document in case.documents()}


def test_near_copies_are_told_by_whoever_told_them_first(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case", PAPER, WIRE, SHORT, MARCH) as case:
        assert stories(case) == {
            "wire": (None, "norda wire"),
            "paper": ("wire", "norda wire"),
            "short": ("wire", "norda wire"),
            "march": (None, "courier"),
        }


@pytest.mark.parametrize("seed", range(12))
def test_stories_do_not_hang_on_the_order_of_reading(tmp_path: Path, seed: int) -> None:
    again = article(
        "again", STORY, outlet="Azure Radio", published="2024-05-02"
    )  # the wire's very words, a day earlier
    readings = [WIRE, PAPER, SHORT, MARCH]
    random.Random(seed).shuffle(readings)
    with filled(tmp_path / "a.case", *readings) as case:
        expected = stories(case)
        assert expected["short"] == ("wire", "norda wire")
        case.start_run(READER)
        case.add(again)
        assert {teller for id, (_, teller) in stories(case).items() if id != "march"} == {"azure radio"}
    readings.insert(seed % 5, again)
    with filled(tmp_path / "b.case", *readings) as case:
        assert {teller for id, (_, teller) in stories(case).items() if id != "march"} == {"azure radio"}


def test_a_document_without_an_outlet_is_a_source_by_itself(tmp_path: Path) -> None:
    first = article("first", STORY, outlet=None, published="2024-05-01")
    with filled(tmp_path / "a.case", WIRE, MARCH) as case:
        case.start_run(READER)
        case.add(article("undated", PAPER.document.text, outlet=None, published=None))
        assert stories(case)["undated"] == ("wire", "norda wire")
    with filled(tmp_path / "b.case", PAPER, first) as case:
        assert stories(case) == {"first": (None, "~first"), "paper": ("first", "~first")}


def test_two_stories_become_one_when_a_document_copies_both(tmp_path: Path) -> None:
    half = len(STORY) // 2
    one = article("one", STORY[:half], outlet="Norda Wire", published="2024-05-03")
    two = article("two", STORY[half:], outlet="Gazette", published="2024-05-02")
    with filled(tmp_path / "a.case", one, two) as case:
        assert stories(case) == {"one": (None, "norda wire"), "two": (None, "gazette")}
        case.start_run(READER)
        case.add(article("whole", STORY, outlet="The Courier", published="2024-05-05"))
        assert {teller for _, teller in stories(case).values()} == {"gazette"}


def test_documents_that_turn_out_to_be_one_story_are_in_dispute_no_more(tmp_path: Path) -> None:
    half = len(STORY) // 2
    one = holding(article("one", STORY[:half], outlet="Norda Wire", published="2024-05-03"), Stance.SUPPORT)
    two = holding(article("two", STORY[half:], outlet="Gazette", published="2024-05-02"), Stance.OPPOSE)
    with filled(tmp_path / "a.case", one, two) as case:
        assert [dispute.matter for dispute in case.disputes()] == [Matter.STANCE]
        case.start_run(READER)
        case.add(article("whole", STORY, outlet="The Courier", published="2024-05-05"))
        assert list(case.disputes()) == []


def holding(reading: Reading, stance: Stance) -> Reading:
    """The reading with the guild's stance told by the document's first words."""
    document = reading.document
    evidence = Evidence.slice(document.text, 0, 20)
    told = Position(
        document=document.id, evidence=evidence, holder=("guild",), stance=stance, about="tolls", issue="tolls"
    )
    return replace(reading, reports=(told,), sentences=(Span(0, 20),))


def test_read_again_a_document_keeps_its_story_and_gets_its_new_date(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case", WIRE, PAPER) as case:
        case.start_run("test-2")
        late = article("wire", STORY, outlet="Norda Wire", published="2024-06-03")
        case.add(late)
        assert stories(case) == {"paper": (None, "courier"), "wire": ("paper", "courier")}


def test_furniture_makes_nobody_a_copy(tmp_path: Path) -> None:
    menu = " ".join(f"Section {n} of the daily menu of articles" for n in range(80))
    texts = {"a": STORY + menu, "b": OTHER + menu}
    readings = [
        article(id, text, outlet=id, published="2024", furniture=(Span(len(text) - len(menu), len(text)),))
        for id, text in texts.items()
    ]
    with filled(tmp_path / "a.case", *readings) as case:
        assert stories(case) == {"a": (None, "a"), "b": (None, "b")}


def test_text_without_words_is_a_story_of_its_own(tmp_path: Path) -> None:
    readings = [article(id, text, outlet=None, published=None) for id, text in (("a", "…"), ("b", "— —"))]
    with filled(tmp_path / "a.case", *readings) as case:
        assert stories(case) == {"a": (None, "~a"), "b": (None, "~b")}


def test_case_made_before_there_were_stories_is_filled(tmp_path: Path) -> None:
    path = tmp_path / "old.case"
    with filled(tmp_path / "new.case", WIRE, PAPER, make_reading()) as case:
        expected, told = stories(case), [(s.name, s.reports) for s in case.sources().sources]
    conn = connect(path, write=True, create=True, patience=1)
    upgrade(conn, MIGRATIONS[:2])
    conn.exec_driver_sql(f"ATTACH '{tmp_path / 'new.case'}' AS new")
    conn.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    conn.exec_driver_sql("PRAGMA foreign_keys = OFF")
    listed = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'"
    for name in conn.exec_driver_sql(listed).scalars().all():
        if name != "migrations":
            columns = ", ".join(f'"{row.name}"' for row in conn.exec_driver_sql(f"PRAGMA table_info({name})"))
            conn.exec_driver_sql(f"INSERT INTO main.{name} ({columns}) SELECT {columns} FROM new.{name}")
    conn.close()
    with open_case(path) as case:
        assert stories(case) == expected
        assert [(s.name, s.reports) for s in case.sources().sources] == told


def test_documents_say_whose_copies_they_are(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case", WIRE, PAPER) as case:
        listed: list[StoredDocument] = list(case.documents())
    assert [document.copy_of for document in listed] == ["wire", None]


def test_sources_tell_what_each_outlet_told_first_and_copied(tmp_path: Path) -> None:
    readings = (WIRE, PAPER, SHORT, MARCH, make_reading(outlet=Fact("the courier", "page")))
    with filled(tmp_path / "a.case", *readings) as case:
        found = case.sources()
        courier, *_ = found.sources
        assert (courier.name, courier.documents, courier.stories) == ("The Courier", 3, 2)
        assert courier.copies == (("Norda Wire", 1),)
        assert courier.reports[Kind.EVENT] == 1
        assert courier.quoted == (("Ambassador", 1),)
        assert case.source("norda wire").copied_by == (("The Courier", 1), ("Gazette", 1))
        by_then = case.sources(as_of="2024-05-03")
        assert [(source.name, source.documents) for source in by_then.sources] == [("Norda Wire", 1)]
    assert found.outlets == 3


def test_a_text_kept_under_another_name_is_a_copy_too(tmp_path: Path) -> None:
    with filled(
        tmp_path / "a.case", WIRE, article("radio", STORY, outlet="Azure Radio", published="2024-05-07")
    ) as case:
        radio = next(source for source in case.sources().sources if source.name == "Azure Radio")
    assert (radio.documents, radio.stories, radio.copies) == (0, 0, (("Norda Wire", 1),))


def test_an_outlet_that_is_not_there_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case", WIRE) as case:
        with pytest.raises(UsageError, match="did you mean 'Norda Wire'"):
            case.source("Norda Wir")
        with pytest.raises(UsageError, match="is not a date"):
            case.sources(as_of="May")


def test_empty_case_has_no_sources(tmp_path: Path) -> None:
    with create_case(tmp_path / "a.case", packs=()) as case:
        assert case.sources().sources == ()


def test_an_outlet_has_told_alone_what_nobody_else_tells_and_left_out_what_others_tell(tmp_path: Path) -> None:
    def meeting(id: str, text: str, outlet: str, day: str, *parties: str) -> Reading:
        said = f"{' and '.join(parties)} met in Port Azure on {day}. {text}"
        sentence = Evidence.slice(said, 0, said.index(".") + 1)
        document = article(id, said, outlet=outlet, published=day).document
        actors = tuple(Actor(name, ActorKind.STATE, (name,)) for name in parties)
        event = Event(
            document=id,
            evidence=sentence,
            type=EventType.CONSULT,
            source=parties,
            date=DateRange.on(day),
            place="Port Azure",
        )
        return Reading(document, (Span(sentence.start, sentence.end),), actors, (event,))

    readings = (
        meeting("one", OTHER, "Norda Wire", "2024-05-03", "Freedonia", "Sylvania"),
        meeting("two", STORY, "Gazette", "2024-05-03", "Freedonia", "Sylvania"),
        meeting(
            "three", "Nothing is known of what they spoke about.", "Courier", "2024-05-01", "Osterlich", "Ruritania"
        ),
        meeting("four", "A cold day, and few ships came in.", "Courier", "2024-05-09", "Borduria", "Grand Fenwick"),
    )
    with filled(tmp_path / "a.case", *readings) as case:
        courier, wire = case.source("courier"), case.source("norda wire")
        early = case.source("courier", as_of="2024-05-02")
    assert [told.report.report.document for told in courier.alone] == ["four", "three"]
    assert [(told.report.report.document, told.documents, told.sources) for told in courier.left_out] == [("one", 2, 2)]
    assert [told.report.report.document for told in early.alone] == ["three"]
    assert not early.left_out
    assert not wire.alone
    assert not wire.left_out

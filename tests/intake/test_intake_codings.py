"""Codings of texts: every row that the codebook allows is taken, tied to the pack's actors and to exact characters."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from dragoman.export import to_bytes
from dragoman.intake import iter_documents
from dragoman.intake.codings import coder_of, load_codings, with_coding
from dragoman.record import Actor, ActorKind, Document, Fact, Reading
from tests.case.factory import readings

SHARED = Path(__file__).parents[3] / "shared"
NORWAY = Actor("Norway", ActorKind.STATE, ("Norway", "Oslo"), key="state/NOR", country="NOR", sector="GOV")
TEXT = "Oslo met Peru."


def coded(folder: Path, *rows: dict[str, object]) -> tuple[Reading, list[str]]:
    path = folder / "a.jsonl"
    path.write_text("\n".join(json.dumps({"document": "a"} | row) for row in rows), encoding="utf-8")
    codings, aside = load_codings([path])
    facts = {"title": Fact("Page's", "page"), "outlet": Fact("Given", "given")}
    base = Reading(Document("a", TEXT, **facts), actors=(NORWAY,))
    reading, more = with_coding(base, codings["a"], "Anna")
    return reading, [item.reason for item in (*aside, *more)]


MET = {"kind": "event", "type": "CONSULT", "source": ["Norway"], "evidence": {"start": 0, "end": 14, "text": TEXT}}


def test_an_actor_that_a_pack_knows_by_this_name_gets_its_key(tmp_path: Path) -> None:
    row = {"name": "Norway", "kind": "state", "mentions": ["Oslo"]}
    reading, _ = coded(tmp_path, {"actors": [row, row | {"name": "Oslo", "kind": "organization"}]})
    assert [actor.key for actor in reading.actors] == ["state/NOR", None]
    reading, _ = coded(tmp_path, MET)
    assert reading.actors == (NORWAY,)


def test_an_actor_whose_own_name_it_is_gets_no_key_of_another_who_is_called_so_too(tmp_path: Path) -> None:
    office = Actor("Oslo", ActorKind.STATE, ("Oslo",))
    line = json.dumps({"document": "a", "actors": [office.to_dict()]})
    (tmp_path / "a.jsonl").write_text(line, encoding="utf-8")
    codings, _ = load_codings([tmp_path / "a.jsonl"])
    reading, _ = with_coding(Reading(Document("a", TEXT), actors=(NORWAY, office)), codings["a"], "Anna")
    assert reading.actors == (office,)


def test_the_coders_facts_outdo_the_pages_and_not_what_a_person_gave(tmp_path: Path) -> None:
    reading, _ = coded(tmp_path, {"meta": {"title": "Coder's", "outlet": "Coder's", "author": None}})
    assert reading.document.to_meta() == {"title": "Coder's", "author": None, "outlet": "Given", "published": None}


def test_the_same_row_twice_is_one_report_and_what_was_added_by_hand_is_the_coders(tmp_path: Path) -> None:
    reading, aside = coded(tmp_path, MET, MET, MET | {"place": "Lima", "reader": "by hand: Ben"})
    assert (len(reading.reports), aside) == (2, [])
    assert {report.reader for report in reading.reports} == {"Anna"}
    assert replace(reading.reports[1], place=None).id == reading.reports[0].id


@pytest.mark.parametrize(
    ("reader", "coder"),
    [
        ("coded by Anna, 12345678", "Anna"),
        ("coded by Anna v2, 12345678", "Anna"),
        ("coded by Anna 2024-05, 12345678", "Anna"),
        ("coded by Coder 2, 12345678", "Coder 2"),
        ("coded by petrarch v2.1, 12345678", "petrarch"),
        ("coded by 2, 12345678", "2"),
        ("coded by Anna, Ben, 12345678", "Anna, Ben"),
        ("frames/6", None),
    ],
)
def test_a_coder_is_known_without_the_version(reader: str, coder: str | None) -> None:
    assert coder_of(reader) == coder


def test_all_of_the_gold_is_taken() -> None:
    pairs = [(SHARED / "gold", SHARED / "seeds"), (SHARED / "gold-news/gold", SHARED / "gold-news/articles")]
    if not all(path.exists() for pair in pairs for path in pair):
        pytest.skip("the shared gold is absent")
    codings, aside = load_codings(gold for gold, _ in pairs)
    texts = {d.id: d for d in iter_documents(texts for _, texts in pairs) if isinstance(d, Document)}
    for id, coding in codings.items():
        _, more = with_coding(Reading(texts[id]), coding, "gold")
        aside += more
    assert (len(codings), aside) == (56, [])


@given(reading=readings())
def test_any_reading_comes_back_from_its_rows(reading: Reading, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("codings") / "a.jsonl"
    path.write_bytes(to_bytes(reading))
    codings, aside = load_codings([path])
    (coding,) = codings.values()
    again, more = with_coding(Reading(reading.document, reading.sentences), coding, "Anna")
    assert aside == more == []
    assert [report.id for report in again] == list(dict.fromkeys(report.id for report in reading))
    assert (again.actors, again.document.to_meta()) == (reading.actors, reading.document.to_meta())

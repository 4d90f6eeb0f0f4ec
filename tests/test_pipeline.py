"""Claims about language and reading composed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import dragoman
from dragoman import pipeline
from dragoman.intake import document_from_text
from dragoman.record import Document, Event, EventType, Reading

SENTENCE = "Norway and Peru held talks in Lima on Saturday."


def documents(count: int, text: str = SENTENCE) -> Iterator[Document]:
    return (document_from_text(f"{text} Edition {n}.", id=f"d{n}", published="2024-05-08") for n in range(count))


def test_a_text_is_read_in_one_call() -> None:
    reports = dragoman.read_text(SENTENCE, published="2024-05-08")
    assert list(reports) == list(reports.reports)
    (meeting,) = (r for r in reports if isinstance(r, Event) and r.type is EventType.CONSULT)
    assert set(meeting.source) == {"Norway", "Peru"}
    assert meeting.date is not None
    assert meeting.date.start == "2024-05-04"
    assert SENTENCE in meeting.evidence.text


def test_reading_twice_gives_the_same() -> None:
    assert dragoman.read_text(SENTENCE) == dragoman.read_text(SENTENCE)


def test_documents_come_back_in_their_order() -> None:
    read = list(pipeline.read_documents(documents(5), ["core"], workers=1))
    assert [reading.document.id for reading in read] == [f"d{n}" for n in range(5)]


def test_worker_processes_find_what_one_process_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "BATCH_CHARACTERS", 200)
    monkeypatch.setattr(pipeline, "PARALLEL_FROM", 300)
    alone = list(pipeline.read_documents(documents(6), ["core"], workers=1))
    together = list(pipeline.read_documents(documents(6), ["core"], workers=2))
    assert together == alone


def test_a_document_that_fails_does_not_stop_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    from dragoman import reading

    def read(document: Document, *rest: object) -> object:
        if document.id == "d1":
            raise ValueError("odd")
        return original(document, *rest)  # type: ignore[arg-type]

    original = reading.read
    monkeypatch.setattr(reading, "read", read)
    read_all = list(pipeline.read_documents(documents(3), ["core"], workers=1))
    assert [type(outcome).__name__ for outcome in read_all] == ["Reading", "Failure", "Reading"]
    assert isinstance(read_all[1], dragoman.Failure)
    assert read_all[1].reason == "ValueError: odd"


def test_an_unknown_pack_is_an_error_before_any_reading() -> None:
    with pytest.raises(dragoman.DragomanError, match="unknown pack"):
        next(pipeline.read_documents(documents(1), ["nowhere"], workers=1))


def test_no_documents_give_nothing() -> None:
    assert list(pipeline.read_documents([], ["core"])) == []


def test_an_empty_text_has_no_reports() -> None:
    assert list(dragoman.read_text("")) == []


def test_much_text_is_read_by_several_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def in_workers(batches: object, packs: object, workers: int) -> Iterator[Reading]:
        asked.append(workers)
        return iter(())

    monkeypatch.setattr(pipeline, "_read_in_workers", in_workers)
    many = [Document(f"a{n}", "Peru condemned the raid. " * 100) for n in range(pipeline.PARALLEL_FROM // 2_000)]
    assert list(pipeline.read_documents(many, (), workers=2)) == []
    assert asked == [2]

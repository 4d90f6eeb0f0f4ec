"""Readings for the tests of the store and of what is written from it: one told by hand, and any that can be."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

from hypothesis import strategies as st

from dragoman.case import Case, create_case, open_case
from dragoman.record import (
    Actor,
    ActorKind,
    Commitment,
    DateRange,
    Direction,
    Document,
    Event,
    EventType,
    Evidence,
    Fact,
    Forecast,
    Likelihood,
    Position,
    Predicate,
    Reading,
    Relation,
    Report,
    Role,
    Span,
    Stance,
    Standing,
    Status,
    Step,
)

READER = "test-1"

SENTENCES = (
    "Envoys of Freedonia met Sylvania's ministers in Port Azure on 3 May 2024.",
    "The ambassador said that Freedonia may recognise the Council.",
    "Critics of the special envoy protested.",
)
TEXT = "\n".join(SENTENCES)


def spans_of(sentences: tuple[str, ...]) -> tuple[Span, ...]:
    """Where sentences joined by line breaks stand."""
    starts = [sum(len(s) + 1 for s in sentences[:n]) for n in range(len(sentences))]
    return tuple(Span(start, start + len(s)) for start, s in zip(starts, sentences, strict=True))


def make_reading(
    id: str = "azure", *, sentences: tuple[str, ...] = SENTENCES, published: str | None = "2024-05-04", **facts: object
) -> Reading:
    """A reading of three sentences with a report in each; ``facts`` replace fields of the document."""
    text = "\n".join(sentences)
    spans = spans_of(sentences)
    quote = [Evidence.slice(text, span.start, span.end) for span in spans]
    values: dict[str, object] = {
        "id": id,
        "text": text,
        "title": Fact("Envoys meet", "page"),
        "outlet": Fact("Azure Courier", "given"),
        "published": Fact(published, "text") if published else None,
        "source": f"articles/{id}.txt",
        "raw": text.encode("utf-8", "surrogatepass"),
    }
    reports: tuple[Report, ...] = (
        Event(
            document=id,
            evidence=quote[0],
            type=EventType.CONSULT,
            source=("Freedonia", "Sylvania"),
            date=DateRange.on("2024-05-03"),
            place="Port Azure",
            others=((Role.HOST, ("Sylvania",)),),
            reader=READER,
        ),
        Forecast(document=id, evidence=quote[1], voice=("Ambassador",), what="recognise the Council", reader=READER),
        Position(
            document=id,
            evidence=quote[2],
            holder=("Critics",),
            stance=Stance.OPPOSE,
            about="the envoy",
            issue="un-envoy",
        ),
    )
    actors = (
        Actor("Freedonia", ActorKind.STATE, ("Freedonia", "the Freedonians"), key="state/FRE", country="FRE"),
        Actor("Sylvania", ActorKind.STATE, ("Sylvania",)),
        Actor("Critics", ActorKind.GROUP, ("Critics",)),
    )
    document = Document(**{**values, **facts})
    return Reading(document, spans, actors, reports, ("an odd dateline",))


def filled(
    path: Path,
    *readings: Reading,
    reader: str = READER,
    packs: tuple[str, ...] = ("core",),
    title: str | None = None,
) -> Case:
    """A new case, open for writing, in which one run has read these."""
    path.write_bytes(_written(title or path.stem, packs, readings, reader))
    return open_case(path, write=True)


@functools.lru_cache(maxsize=50)
def _written(title: str, packs: tuple[str, ...], readings: tuple[Reading, ...], reader: str) -> bytes:
    """The file of such a case: most tests want one that another test had."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "new.case"
        path.write_bytes(_empty(title, packs))
        with open_case(path, write=True) as case:
            case.start_run(reader)
            for reading in readings:
                case.add(reading)
            case.finish_run()
        return path.read_bytes()


@functools.lru_cache(maxsize=50)
def _empty(title: str, packs: tuple[str, ...]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "new.case"
        create_case(path, packs=packs, title=title).close()
        return path.read_bytes()


any_text = st.text(st.characters(), max_size=12)
words = st.text(max_size=12)
some_words = words.filter(str.strip)
names = st.lists(some_words, max_size=3).map(tuple)
some_names = st.lists(some_words, min_size=1, max_size=3).map(tuple)
dates = st.builds(lambda day, width: day.isoformat()[:width], st.dates(), st.sampled_from((4, 7, 10)))
ranges = st.one_of(
    st.builds(DateRange.on, dates),
    st.builds(DateRange, dates, st.none()),
    st.builds(DateRange, st.none(), dates),
)
counts = st.none() | st.integers(0, 10**6)
others = st.dictionaries(st.sampled_from(Role), some_names, max_size=3).map(lambda roles: tuple(roles.items()))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Any document with at least one character."""
    text = draw(st.text(st.characters(), min_size=1, max_size=80))
    fact = st.none() | st.builds(Fact, words, st.sampled_from(("given", "page", "text")))
    return Document(
        id=draw(words.filter(bool)),
        text=text,
        title=draw(fact),
        author=draw(fact),
        outlet=draw(fact),
        published=draw(st.none() | st.builds(Fact, dates, st.just("page"))),
        url=draw(st.none() | words),
        source=draw(words),
        raw=draw(st.binary(max_size=20) | st.just(text.encode("utf-8", "surrogatepass"))),
        furniture=tuple(draw(st.lists(spans_in(text), max_size=1))),
    )


def spans_in(text: str) -> st.SearchStrategy[Span]:
    """Any span of a text."""
    ends = st.lists(st.integers(0, len(text)), min_size=2, max_size=2, unique=True)
    return ends.map(lambda pair: Span(min(pair), max(pair)))


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any reading of any document."""
    document = draw(documents())
    sentences = sorted(draw(st.sets(spans_in(document.text), max_size=4)))
    actors = st.builds(
        Actor,
        name=some_words,
        kind=st.sampled_from(ActorKind),
        mentions=names,
        of=st.none() | words,
        key=st.none() | words,
    )
    return Reading(
        document,
        tuple(sentences),
        tuple(draw(st.lists(actors, max_size=3))),
        tuple(draw(st.lists(reports_of(document), max_size=4))),
        tuple(draw(st.lists(words, max_size=2))),
    )


def reports_of(document: Document) -> st.SearchStrategy[Report]:
    """Any report of a document, of any kind."""
    shared = {
        "document": st.just(document.id),
        "evidence": spans_in(document.text).map(lambda span: Evidence.slice(document.text, span.start, span.end)),
        "voice": names,
        "standing": st.sampled_from(Standing),
        "frame": words,
        "confidence": st.floats(0, 1),
        "why": names,
        "reader": words,
    }
    optional = st.none() | words
    own: dict[type[Report], dict[str, st.SearchStrategy[object]]] = {
        Event: {"type": st.sampled_from(EventType), "source": names, "target": names, "date": st.none() | ranges}
        | {"place": optional, "killed": counts, "injured": counts, "others": others},
        Position: {"holder": some_names, "stance": st.sampled_from(Stance), "about": words, "issue": optional},
        Step: {"by": names, "toward": names, "rung": words, "direction": st.sampled_from(Direction)}
        | {"date": st.none() | ranges},
        Commitment: {
            "by": names,
            "to": names,
            "instrument": optional,
            "what": words,
            "status": st.sampled_from(Status),
        },
        Forecast: {
            "by": names,
            "what": words,
            "likelihood": st.sampled_from(Likelihood),
            "horizon": st.none() | ranges,
        },
        Relation: {"subject": words, "predicate": st.sampled_from(Predicate), "object": words, "title": optional}
        | {"former": st.booleans(), "since": st.none() | dates, "until": st.none() | dates},
    }
    return st.one_of(*(st.builds(cls, **shared, **fields) for cls, fields in own.items()))

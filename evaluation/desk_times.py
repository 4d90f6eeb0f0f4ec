"""How long the desk takes to answer with each of its pages, and how heavy they are."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote, urlencode

from dragoman.case import Case, create_case, open_case
from dragoman.record import Document, Event, EventType, Evidence, Fact, Reading, Span
from dragoman.views.brief_data import PartName
from dragoman.views.ladder import compose_ladder
from dragoman.views.positions import compose_matrix
from dragoman.views.wording import UNNAMED
from evaluation.errors import BenchError
from evaluation.tables import Cell, Table
from evaluation.watch import look_often

WORDS, HIGHLIGHTS = 5_000, 200
ARTICLE = f"an article of {WORDS:,} words, {HIGHLIGHTS} reports"
AIM_PAGE, AIM_ARTICLE, AIM_BYTES = 0.080, 0.150, 150_000
"""Seconds for a page and for the article; bytes of a page."""
WRITES = 5
"""After so many writes each page is looked at anew."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The seconds in which 95 of 100 answers are made, the first one apart, by the clock and of the processor; the
    bytes of the page without pictures, styles and scripts; and the seconds that the slowest first answer takes after
    something was written into the case, when nothing that was put together before holds."""

    seconds: float
    cpu: float
    bytes: int
    first: float | None = None


def time_pages(path: Path, tell: Callable[[str], None]) -> dict[str, Answer]:
    """Every page of the desk on a case, and one on an article that is as long and full as they come."""
    with open_case(path) as case:
        found = time_addresses(path, {**dict(addresses(case)), **dict(_parts_of_the_brief())}, tell)
    with TemporaryDirectory() as folder:
        article = make_article(Path(folder) / "article.case")
        return found | time_addresses(article, {ARTICLE: "/documents/article"}, tell)


def addresses(case: Case) -> Iterator[tuple[str, str]]:
    """Each page of the desk by its path, and an address of it: its first one, without filters where it needs none."""
    from dragoman.desk.app import MODULES
    from dragoman.desk.people import WHERE  # which no case without accounts has

    asked = _examples(case)
    for path in (page.path for module in MODULES for page in module.PAGES):
        if path in asked or ("{" not in path and not path.startswith(WHERE)):
            yield path, asked.get(path, path)


def _parts_of_the_brief() -> Iterator[tuple[str, str]]:
    """All but the one that is shown first."""
    for part in tuple(PartName)[1:]:
        yield f"/brief?look={part}", f"/brief?show=true&look={part}"


def _examples(case: Case) -> dict[str, str]:
    first = {kind: next(case.reports(kind, limit=1)).id for kind in ("event", "commitment", "forecast")}
    document = quote(next(case.documents()).id)
    actor = quote(next(case.actors()).identity)
    stance = compose_matrix(case, most=1).cells[0]
    told = urlencode({"actor": stance.holder.key, "on": stance.concept.key})
    source = case.sources(limit=1).sources[0].name or UNNAMED
    return {
        "/documents/{id:path}": f"/documents/{document}",
        "/adding/{id:path}": f"/adding/{document}?kind=event&evidence=0-20",
        "/actors/{name:path}": f"/actors/{actor}",
        "/ladder/{name:path}": f"/ladder/{quote(compose_ladder(case, limit=1).climbs[0].actor)}",
        "/positions/told": f"/positions/told?{told}",
        "/commitments/{id}": f"/commitments/{first['commitment']}",
        "/forecasts/{id}": f"/forecasts/{first['forecast']}",
        "/sources/{name:path}": f"/sources/{quote(source)}",
        "/occurrences/{id}": f"/occurrences/{next(case.occurrences(limit=1)).id}",
        "/reports/{id}": f"/reports/{first['event']}",
        "/search": "/search?q=recognition",
        "/brief": f"/brief?show=true&look={next(iter(PartName))}",
    }


def time_addresses(path: Path, asked: Mapping[str, str], tell: Callable[[str], None]) -> dict[str, Answer]:
    """How each of these addresses is answered by a desk on the case."""
    from fastapi.testclient import TestClient

    from dragoman.desk import Settings, create_app

    settings = Settings("bench")
    found: dict[str, Answer] = {}
    with TestClient(create_app(path, settings), base_url="http://127.0.0.1") as client:
        client.get("/static/desk.css", params={"token": settings.token})
        gc.collect()
        gc.freeze()  # as ``dragoman desk`` does when it has started
        for name, address in asked.items():
            answer = client.get(address)
            if answer.status_code != 200:
                raise BenchError(f"the desk answers {address} with {answer.status_code}")
            seconds, cpu = look_often(lambda address=address: client.get(address))
            first = max(_look_after_a_write(path, lambda address=address: client.get(address)) for _ in range(WRITES))
            found[name] = Answer(seconds, cpu, len(answer.content), first)
            told = f"{seconds * 1000:,.0f} ms, of the processor {cpu * 1000:,.0f}, after a write {first * 1000:,.0f}"
            tell(f"{name}: {told}, {len(answer.content):,} bytes")
    return found


def _look_after_a_write(path: Path, look: Callable[[], object]) -> float:
    with open_case(path, write=True) as case:
        case.start_run("bench")
        case.finish_run()
    began = time.perf_counter()
    look()
    return time.perf_counter() - began


def make_article(path: Path) -> Path:
    """A case of one article of ``WORDS`` words with ``HIGHLIGHTS`` reports, each on its sentence or within another."""
    words = WORDS // HIGHLIGHTS
    sentences = [
        f"The envoys met in hall {n} {'and talked about it ' * (words // 4)}once more." for n in range(HIGHLIGHTS)
    ]
    text = "\n".join(sentences)
    reports, spans, start = [], [], 0
    for n, sentence in enumerate(sentences):
        spans.append(Span(start, start + len(sentence)))
        evidence = Evidence.slice(text, start, start + len(sentence) // (n % 3 + 1))
        reports.append(Event(document="article", evidence=evidence, type=EventType.CONSULT, source=("Envoys",)))
        start += len(sentence) + 1
    document = Document("article", text, published=Fact("2024-05-04", "given"), source="article", raw=text.encode())
    with create_case(path, packs=["core"], title="One article") as case:
        case.start_run("bench")
        case.add(Reading(document, tuple(spans), (), tuple(reports)))
        case.finish_run()
    return path


def desk_table(found: Mapping[str, Answer]) -> Table:
    """The figures against the aims."""
    rows: list[tuple[Cell, ...]] = []
    for name, one in found.items():
        aim = AIM_ARTICLE if name == ARTICLE else AIM_PAGE
        slowest = max(one.seconds, one.first or 0)
        reached = slowest <= aim and (one.bytes <= AIM_BYTES or name == ARTICLE)
        first = "" if one.first is None else f"{one.first * 1000:,.0f}"
        figures = f"{one.seconds * 1000:,.0f}", f"{one.cpu * 1000:,.0f}", first, f"{one.bytes / 1000:,.0f}"
        rows.append((f"`{name}`" if name != ARTICLE else name, *figures, "yes" if reached else "no"))
    aims = f"at most {AIM_PAGE * 1000:.0f} ms and {AIM_BYTES // 1000} kB, the article {AIM_ARTICLE * 1000:.0f} ms"
    return Table(
        f"The desk's pages ({aims})", ("page", "ms", "processor", "after a write", "kB", "reached"), tuple(rows)
    )

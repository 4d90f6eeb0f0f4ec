"""The sample case on the desk: every link of it leads somewhere, for whoever may look, and every number to as many."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from dragoman.case import open_case
from dragoman.cli import run
from dragoman.desk import Settings, create_app
from dragoman.desk.accounts import Accounts, Role
from tests.desk.conftest import ADDRESS
from tests.desk.test_accounts import NAMES, PASSWORD, log_in
from tests.desk.test_desk_frame import links
from tests.test_docs import PAGES, commands_in

ARTICLES = Path(__file__).parents[2] / "examples" / "recognition"
ALIKE = 3
"""Addresses followed of one path that ask for different things, and of pictures, lists and JSON of one kind."""
TYPES = ("text/html", "text/csv", "image/", "application/", "text/css", "text/javascript", "text/markdown")


def read_sample(path: Path) -> Path:
    """The sample case, as ``make demo`` makes it."""
    assert run(["new", str(path), "--pack", "afghanistan"]) == 0
    assert run(["read", str(ARTICLES), "--case", str(path), "--workers", "1"]) == 0  # this process has the models
    return path


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return read_sample(tmp_path_factory.mktemp("sample") / "sample.case")


def kind_of(path: str) -> str:
    """Every page is of its own kind; pictures and lists are of one by their ending, JSON by the first word."""
    return re.sub(r"^/[^.]*(?=\.(csv|svg|png)$)|(?<=^/api/v1/)(\w+)/.*", r"\2", path)


def walk(client: TestClient) -> Iterator[tuple[str, int, str]]:
    """Address, status and type of what the links of the first page, and those of the pages behind them, lead to."""
    asked: Counter[str] = Counter()
    found, todo = {"/"}, ["/"]
    while todo:
        where = todo.pop()
        answer = client.get(where)
        told = answer.headers.get("content-type", "")
        yield where, answer.status_code, told
        if told.startswith("text/html") and not where.startswith("/brief.html"):
            for new in sorted(links(answer.text) - found):
                kind = kind_of(urlsplit(new).path)
                asked[kind] += 1
                found.add(new)
                todo += [new] if asked[kind] <= ALIKE else []


NUMBER = re.compile(r"[\d,]+(?= |$)(?! \w+ \w+ \w+)")
"""At the beginning of a link that says how many; a title may begin with one too."""
COUNTED = re.compile(r"[\d,]+ documents?, [\d,]+ (independent )?sources?")
NOUNS = (
    ("/reports", "report"),
    ("/documents/", "report"),
    ("/documents", "document"),
    ("/timeline", "occurrence"),
    ("/positions/told", "statement"),
    ("/ladder/", "step"),
    ("/actors", "actor"),
    ("/sources", "outlet"),
    ("/commitments", "undertaking"),
    ("/forecasts", "prediction"),
)
"""What a page counts that a number leads to."""
SAMPLED = (
    "/actors/Taliban",
    "/actors/Russia?as_of=2025-08",
    "/sources/Norda%20Wire",
    "/ladder/Russia",
    "/search?q=Taliban",
)
SAMPLED += (
    "/positions?slice=year",
    "/positions/network?mode=affiliation",
    "/timeline?as_of=2025-01",
    "/map?as_of=2025-01",
)


def text_of(html: str) -> str:
    """The words of a page or of a part of it."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def numbers(html: str) -> Iterator[tuple[str, str]]:
    """The links of a page that say how many, with their words."""
    for before, where, after, inner in re.findall(r'(?s)<a ([^>]*)href="(/[^"]+)"([^>]*)>(.*?)</a>', html):
        if "aria-label" not in before + after and NUMBER.match(text_of(inner)):
            yield unescape(where), text_of(inner)


def says_as_many(words: str, where: str, page: str) -> bool:
    """Whether a page shows the number that led to it."""
    if COUNTED.fullmatch(words):
        return words.replace("independent ", "") in page
    noun = next(noun for path, noun in NOUNS if where.startswith(path))
    return re.search(rf"(?<![\d,]){words.split()[0]} {noun}s?\b", page) is not None


def test_every_number_leads_to_as_many_as_it_says(sample: Path) -> None:
    settings, asked, wrong = Settings("Lena Fischer"), Counter[tuple[str, ...]](), []
    with TestClient(create_app(sample, settings), base_url=ADDRESS) as client:
        first = client.get("/", params={"token": settings.token}).text
        menu = re.findall(r'<li><a href="(/\w*)"', first)
        for page in (*menu, *SAMPLED):
            for where, words in numbers(client.get(page).text):
                kind = (page, *re.findall(r"^/\w+|\w+(?==)", where))
                asked[kind] += 1
                if asked[kind] == 1 and not says_as_many(words, where, text_of(client.get(where).text)):
                    wrong.append((page, where, words))
    assert wrong == []
    assert {page for page, *_ in asked} >= {
        "/",
        "/timeline",
        "/documents",
        "/ladder",
        "/map",
        "/actors",
        "/sources",
        "/actors/Taliban",
    }


def test_every_link_of_the_sample_case_leads_somewhere(sample: Path) -> None:
    settings = Settings("Lena Fischer")
    with TestClient(create_app(sample, settings), base_url=ADDRESS, follow_redirects=False) as client:
        client.get("/", params={"token": settings.token})
        seen = list(walk(client))
    assert [one for one in seen if one[1] not in (200, 303)] == []
    assert {kind for kind in TYPES if any(one[2].startswith(kind) for one in seen)} >= set(TYPES[:4])
    assert len(seen) > 500


@pytest.mark.usefixtures("cheap_hashes")
@pytest.mark.parametrize("role", Role)
def test_every_link_that_a_role_is_shown_leads_somewhere(path: Path, role: Role) -> None:
    accounts = Accounts(path)
    accounts.add(NAMES[role], role, PASSWORD)
    app = create_app(path, Settings("the machine's user", accounts=accounts))
    with TestClient(app, base_url=ADDRESS, follow_redirects=False) as client:
        log_in(client, NAMES[role])
        assert [one for one in walk(client) if one[1] not in (200, 303)] == []


def test_commands_of_the_manual_name_reports_and_occurrences_that_the_sample_has(sample: Path) -> None:
    lines = [words for page in PAGES for words in commands_in(page) if "undo" not in words]
    named = {word for words in lines for word in words if re.fullmatch(r"(?=.*\d)[0-9a-f]{8}", word)}
    with open_case(sample) as case:
        there = {stored.id[:8] for stored in case.reports()} | {one.id[:8] for one in case.occurrences()}
    assert named <= there
    assert len(named) > 5

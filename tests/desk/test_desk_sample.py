"""The sample case on the desk: every link of it leads somewhere, for whoever may look."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from dragoman.cli import run
from dragoman.desk import Settings, create_app
from dragoman.desk.accounts import Accounts, Role
from tests.desk.conftest import ADDRESS
from tests.desk.test_accounts import NAMES, PASSWORD, log_in
from tests.desk.test_desk_frame import links

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

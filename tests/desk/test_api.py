"""The API as programs meet it: Schemathesis asks for what OpenAPI describes and for what it does not allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest

pytest.importorskip("schemathesis", reason="schemathesis is not installed: the API is NOT tried")

import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig

from dragoman.case import open_case
from dragoman.desk import Settings, create_app
from dragoman.desk.security import COOKIE
from dragoman.record import Position
from tests.desk.hostile import NASTY, build

QUICKLY = settings(
    max_examples=15,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)

CHECKS = {"checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "400", "404"]}}}
"""A text may be anything, but not every text is an actor or a date: a filter that cannot be is 400."""


@dataclass(frozen=True)
class Client:
    """A program that has the token; ``known`` are values of parameters that the case has."""

    app: FastAPI
    headers: dict[str, str]
    known: dict[str, list[Any]]

    def operations(self) -> Iterator[Any]:
        """Whatever OpenAPI describes."""
        schema = schemathesis.openapi.from_asgi(
            "/api/v1/openapi.json", self.app, headers=self.headers, config=SchemathesisConfig.from_dict(CHECKS)
        )
        yield from (found.ok() for found in schema.get_all_operations())

    def ask(self, case: Any, answered: Counter[int]) -> None:
        """Ask, count the answer, and hold it against all that Schemathesis checks."""
        answered[case.call_and_validate(headers=self.headers).status_code] += 1

    def ask_rightly(self, operation: Any) -> Counter[int]:
        """Statuses of the answers to what is allowed, much of it in the case."""
        answered: Counter[int] = Counter()
        parts = [part.name for part in operation.path_parameters]
        within = self.known.get(operation.path.removeprefix("/api/v1/").partition("/")[0]) if parts else None

        @QUICKLY
        @given(case=operation.as_strategy(), data=st.data())
        def ask(case: Any, data: Any) -> None:
            if within and data.draw(st.integers(0, 3)):
                case.path_parameters = {name: quote(data.draw(st.sampled_from(within)), safe="") for name in parts}
            all_known = data.draw(st.integers(0, 3))
            for name in (part.name for part in operation.query if part.name in self.known):
                if all_known or data.draw(st.booleans()):
                    case.query[name] = data.draw(st.sampled_from(self.known[name]))
            self.ask(case, answered)

        ask()
        return answered

    def ask_wrongly(self, operation: Any) -> Counter[int]:
        """The same of what is not allowed."""
        answered: Counter[int] = Counter()

        @QUICKLY
        @given(case=operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
        def ask(case: Any) -> None:
            self.ask(case, answered)

        ask()
        return answered


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Client:
    """A client of a desk on a case in which everything is hostile."""
    path = build(tmp_path_factory.mktemp("api") / "hostile.case")
    opened = Settings("Lena Fischer")
    with open_case(path) as case:
        told = next(case.reports("position")).report
        assert isinstance(told, Position)
        stored = list(case.documents())
        (early,) = (one.id for one in stored if one.published and one.published < "2024-05-31")
        reports = {kind: next(case.reports(kind, document=early)).id for kind in ("commitment", "forecast", None)}
        ids = {f"{kind}s" if kind else "reports": [id] for kind, id in reports.items()}
        ids |= {"occurrences": [next(case.occurrences()).id]}
    names = [word for word in NASTY if "\ud83d" not in word]  # an address holds no half letters
    known = (
        ids
        | dict.fromkeys(("actors", "ladder", "toward", "place", "q"), names)
        | {
            "documents": [one.id for one in stored],
            "adding": [one.id for one in stored],
            "sources": [one.outlet for one in stored],
            "actor": [told.holder[0]],
            "issue": [told.issue],
            "on": [told.issue],
            "as_of": ["2024-05-31"],
            "since": ["2024"],
            "slice": ["year", "2024-05-10"],
            "page": [1],
            "limit": [50],
            "show": [True],
            "evidence": ["0-5"],
        }
    )
    headers = {"host": "127.0.0.1", "cookie": f"{COOKIE}={opened.token}"}
    return Client(create_app(path, opened), headers, known)


def test_what_is_asked_for_rightly_is_answered_as_described(client: Client) -> None:
    answered = {operation.label: client.ask_rightly(operation) for operation in client.operations()}
    never = {label for label, codes in answered.items() if not codes[200]}
    # Nothing is being read in, there are no accounts, and no stance was met.
    assert never <= {f"GET /api/v1/{one}" for one in ("read/{run}", "accounts", "accounts/remove", "positions/told")}


def test_what_is_asked_for_wrongly_is_refused(client: Client) -> None:
    refused: Counter[int] = Counter()
    for operation in client.operations():
        if any(part.definition["schema"].get("type") != "string" for part in operation.query):  # a text may be anything
            refused += client.ask_wrongly(operation)
    assert refused[400] > 0


def test_every_answer_is_described(client: Client) -> None:
    told = client.app.openapi()
    for where, methods in told["paths"].items():
        answers = methods["get"]["responses"]
        assert set(answers) == {"200", "4XX"}, where
        name = answers["200"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        assert told["components"]["schemas"][name]["required"], where

"""A desk on a small case, asked without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the desk is not installed")

from argon2 import PasswordHasher
from fastapi.testclient import TestClient

from dragoman.desk import Settings, create_app
from dragoman.record import Fact
from tests.case.factory import filled, make_reading

ADDRESS = "http://127.0.0.1"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A case of one document, whose text a second outlet carries too."""
    made = tmp_path / "desk.case"
    readings = (
        make_reading("azure", outlet=Fact("Azure Courier", "page")),
        make_reading("gazette", outlet=Fact("The Gazette", "page"), published="2024-05-05"),
    )
    filled(made, *readings, packs=("afghanistan",), title="Who meets whom?").close()
    return made


@pytest.fixture
def settings() -> Settings:
    return Settings("Lena Fischer")


@pytest.fixture
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """What argon2 costs on purpose would be paid hundreds of times."""
    monkeypatch.setattr("dragoman.desk.accounts.PasswordHasher", lambda: PasswordHasher(1, 8, 1))


@pytest.fixture
def stranger(path: Path, settings: Settings) -> Iterator[TestClient]:
    """Somebody without the token."""
    with TestClient(create_app(path, settings), base_url=ADDRESS, follow_redirects=False) as client:
        yield client


@pytest.fixture
def client(stranger: TestClient, settings: Settings) -> TestClient:
    """Somebody who has opened the printed address."""
    stranger.get("/", params={"token": settings.token})
    return stranger

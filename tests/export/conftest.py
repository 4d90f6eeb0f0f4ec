"""The case of ``told.py``, opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.case import Case
from tests.case.factory import filled
from tests.export.told import first, second


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Case]:
    with filled(tmp_path / "told.case", first(), second()) as case:
        yield case

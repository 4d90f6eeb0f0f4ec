"""Claims about what ``import dragoman`` offers."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

import dragoman
from dragoman import record


def test_the_public_names_are_these() -> None:
    assert sorted(dragoman.__all__) == [
        "Actor",
        "Case",
        "Document",
        "DragomanError",
        "Failure",
        "Reading",
        "Report",
        "create_case",
        "iter_documents",
        "open_case",
        "read_documents",
        "read_text",
    ]


@pytest.mark.parametrize("name", dragoman.__all__)
def test_a_public_name_is_there_and_documented(name: str) -> None:
    assert inspect.getdoc(getattr(dragoman, name))


@pytest.mark.parametrize("name", record.__all__)
def test_a_name_of_the_record_is_there(name: str) -> None:
    assert hasattr(record, name)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        getattr(dragoman, "nothing")  # noqa: B009


def test_importing_loads_no_room() -> None:
    code = "import sys, dragoman; print(*(name for name in sys.modules if name.startswith('dragoman.')))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"


def test_errors_survive_the_way_between_processes() -> None:
    import pickle

    from dragoman import errors

    for name, error in vars(errors).items():
        if inspect.isclass(error) and issubclass(error, Exception):
            copied = pickle.loads(pickle.dumps(error("what, where, what to do")))
            assert (type(copied).__name__, str(copied)) == (name, "what, where, what to do")

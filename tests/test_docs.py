"""Claims about the documentation: complete, fresh, and its commands exist."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from docs import make_reference
from dragoman import errors, record
from dragoman.cli.main import app

ROOT = Path(__file__).parents[1]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "examples" / "README.md"]
REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")


def commands_in(page: Path) -> Iterator[list[str]]:
    """The ``dragoman`` command lines in a page's code blocks."""
    for block in re.findall(r"^```\w*\n(.*?)^```", page.read_text(encoding="utf-8"), re.S | re.M):
        for line in block.splitlines():
            line = line.removeprefix("$ ")
            if line.startswith("dragoman "):
                yield shlex.split(line.partition(" | ")[0], comments=True)[1:]


def options_of(words: list[str]) -> tuple[str, set[str]]:
    """The command that the words name, and its options."""
    command = typer.main.get_command(app)
    name = "dragoman"
    for word in words:
        inner = getattr(command, "commands", {}).get(word)
        if inner is None:
            break
        command, name = inner, f"{name} {word}"
    return name, {opt for parameter in command.params for opt in parameter.opts} | {"--help", "-h", "--debug"}


def test_the_reference_is_fresh() -> None:
    assert make_reference.to_markdown() == REFERENCE, "run `make docs`"


def test_every_command_and_option_is_in_the_reference() -> None:
    command = typer.main.get_command(app)
    for name in getattr(command, "commands", {}):
        assert f"### dragoman {name}\n" in REFERENCE
        assert all(opt in REFERENCE for opt in options_of([name])[1] if opt.startswith("-"))


def test_every_kind_value_and_error_is_in_the_reference() -> None:
    for name in record.__all__:
        if isinstance(getattr(record, name), type):
            for value in getattr(getattr(record, name), "__members__", {}).values():
                assert f"`{value}`" in REFERENCE
    for kind in record.Kind:
        assert f"### {kind}\n" in REFERENCE
    for name in vars(errors):
        if name.endswith("Error"):
            assert name in REFERENCE


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_in_the_pages_exist(page: Path) -> None:
    for words in commands_in(page):
        name, options = options_of(words)
        given = {word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)}
        assert name != "dragoman" or given, f"{page.name} names no command in {words}"
        assert given <= options, f"{page.name}: {name} has no {given - options}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_the_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_a_page_stays_short_enough_to_read() -> None:
    for page in PAGES:
        if page.name not in ("reference.md", "CHANGELOG.md"):
            assert len(page.read_text(encoding="utf-8").splitlines()) < 500, page


def test_every_picture_is_shown_and_all_together_are_small() -> None:
    pictures = [*(ROOT / "docs" / "pictures").iterdir()]
    told = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert {path.name for path in pictures} == set(re.findall(r"\]\([\w/]*pictures/([\w.-]+)\)", told))
    assert sum(path.stat().st_size for path in pictures) < 600_000

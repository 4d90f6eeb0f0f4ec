"""Claims about the tree: rooms, packaging, no trace of a machine."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "dragoman"
ROOMS = (
    *("errors", "asked", "record", "knowledge", "intake", "language", "reading", "pipeline", "reconcile"),
    *("case", "views", "export", "desk", "cli"),
)
"""The house, in the direction in which data flows."""
BESIDE = {frozenset({"views", "export"})}
"""Rooms on one floor, which do not import from each other."""
TEXT = {".py", ".md", ".yaml", ".toml", ".txt", ".cfg", ".html", ".tsv", ""}


def modules() -> Iterator[Path]:
    return PACKAGE.rglob("*.py")


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> Iterator[str]:
    """Rooms that a module imports from, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module == "dragoman":
            names = [f"dragoman.{alias.name}" for alias in node.names if alias.name in ROOMS]
        yield from (name.split(".")[1] for name in names if name.startswith("dragoman."))


def test_every_module_stands_in_a_room() -> None:
    assert {room_of(path) for path in modules()} - {"__init__"} == set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_from_rooms_above_it(room: str) -> None:
    floor = ROOMS.index(room)
    for path in modules():
        if room_of(path) == room:
            for other in imports_of(path):
                assert ROOMS.index(other) <= floor, f"{path.name} imports from {other}, which is below {room}"
                assert frozenset({room, other}) not in BESIDE, f"{path.name} imports from {other}, which is beside it"


def test_only_the_case_knows_sql() -> None:
    for path in modules():
        if room_of(path) != "case":
            assert not re.search(r"\b(sqlalchemy|sqlite3)\b", path.read_text(encoding="utf-8")), path


def test_nothing_is_printed_outside_the_command_line() -> None:
    for path in modules():
        if room_of(path) != "cli":
            calls = (n.func for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call))
            assert "print" not in {call.id for call in calls if isinstance(call, ast.Name)}, path


def tracked() -> list[Path]:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("this is no checkout")
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_the_tree_holds_no_path_of_a_machine_and_no_index_address() -> None:
    forbidden = re.compile(r"(?<![\w.])/(?:work|home|root|Users|opt)/\w|--(?:extra-)?index-url|pypi\.org/simple")
    for path in tracked():
        if path.suffix in TEXT and path != Path(__file__) and "examples" not in path.parts:
            text = path.read_text(encoding="utf-8", errors="replace")
            assert not forbidden.search(text), f"{path.relative_to(ROOT)}: {forbidden.search(text)}"


def test_constraints_are_exact_and_plain() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        assert line.startswith("#") or re.fullmatch(r"[A-Za-z0-9_.-]+==[\w.!+]+", line), line


def test_the_ci_script_can_be_run() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    subprocess.run(["bash", "-n", str(script)], check=True)


def test_a_wheel_has_all_that_reading_needs(tmp_path: Path) -> None:
    """Models, packs, tables and templates are data files, which a build easily leaves out."""
    source = tmp_path / "source"
    shutil.copytree(ROOT / "src", source / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, source)
    build = "from setuptools.build_meta import build_wheel; import sys; build_wheel(sys.argv[1])"
    command = [sys.executable, "-c", build, tmp_path]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    packed = {name.removeprefix("dragoman/") for name in zipfile.ZipFile(wheel).namelist()}
    needed = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*") if path.is_file()}
    assert {name for name in needed if "__pycache__" not in name} <= packed

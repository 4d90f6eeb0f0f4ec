"""Pages that are made from the code: written, or checked for being as fresh as the code."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path


def settle(page: Path, text: str, arguments: Sequence[str]) -> int:
    """Write the page, or with ``--check`` tell whether it is fresh, as an exit code."""
    if "--check" not in arguments:
        page.write_text(text, encoding="utf-8")
    elif not page.exists() or page.read_text(encoding="utf-8") != text:
        sys.stderr.write(f"{page.name} is stale; run `make docs`\n")
        return 1
    return 0


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A table in Markdown, with a blank line after it."""
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(map(str, row))} |"
    yield ""

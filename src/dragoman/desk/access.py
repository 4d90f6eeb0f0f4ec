"""A case for those who ask: a few open for reading, each used by one request at a time, and one writer at a time."""

from __future__ import annotations

import hashlib
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dragoman.case import Case, open_case
from dragoman.case.results import ReportInContext
from dragoman.errors import UsageError
from dragoman.views.decided import summary


class Conflict(UsageError):
    """Somebody decided on the same thing since the page was opened; ``where`` shows it as it is now."""

    def __init__(self, sentence: str, where: str = "/") -> None:
        super().__init__(sentence)
        self.where = where


class Elsewhere(UsageError):
    """A page that shows nothing by itself; ``where`` is the one that leads to it."""

    def __init__(self, sentence: str, where: str) -> None:
        super().__init__(sentence)
        self.where = where


class Access:
    """The case file behind a desk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._idle: deque[Case] = deque()
        self._writing = threading.Lock()
        with self.reading() as case:
            self.title, self.packs = case.title, case.packs

    @contextmanager
    def reading(self) -> Iterator[Case]:
        """A case to read in, kept open afterwards: opening costs more than most pages."""
        try:
            case = self._idle.pop()
        except IndexError:
            case = open_case(self.path)
        try:
            yield case
        finally:
            self._idle.append(case)

    def close(self) -> None:
        """Close what is open."""
        while self._idle:
            self._idle.pop().close()

    @contextmanager
    def writing(self) -> Iterator[Case]:
        """A case to decide in."""
        with self._writing, open_case(self.path, write=True) as case:
            yield case


def mark(ids: Iterable[str]) -> str:
    """What a page shows of what was decided, to be sent back with the next decision."""
    return hashlib.sha256(" ".join(ids).encode()).hexdigest()[:16]


def seen(report: ReportInContext) -> str:
    """The same of the decisions on a report."""
    return mark(d.id for d in report.decisions)


def check_seen(report: ReportInContext, told: str) -> None:
    """Raises ``Conflict`` where others decided on the report since the page that sends this was opened."""
    if told and told != seen(report):
        last = report.decisions[-1] if report.decisions else None
        what = f"{last.author} has decided on it ({summary(last)})" if last else "a decision on it was undone"
        sentence = f"nothing was changed: {what} since you opened the page; look at it again and decide anew"
        raise Conflict(sentence, f"/reports/{report.id}")

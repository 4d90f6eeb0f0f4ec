"""What can go wrong while scoring."""

from __future__ import annotations

from dragoman.errors import DragomanError


class GoldError(DragomanError):
    """Gold that is not in the form its scorer reads."""


class ScorerError(DragomanError):
    """A scorer that is not there or failed."""


class BenchError(DragomanError):
    """A timed command that failed."""

"""Reading: an analysed document becomes actors and reports, each with the sentence that asserts it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.reading.reader import read

__all__ = ["READER", "read"]

READER = "frames/8"
"""Version of the reader; a change of rules, frames or weights that changes reports changes it."""


def __getattr__(name: str) -> Any:
    """Fetch ``read`` when it is first asked for: who only keeps what workers read need not load what reads."""
    if name == "read":
        from dragoman.reading.reader import read

        return read
    raise AttributeError(f"module 'dragoman.reading' has no attribute {name!r}")

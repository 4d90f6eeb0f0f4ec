"""What a parser gets out of a file, before anything is judged."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Extract:
    """Text and what the file itself says about it; plain strings, so that it passes between processes as JSON.

    ``furniture`` are half-open bounds in ``text`` that the format itself shows to be furniture (a PDF's running heads).
    ``problem`` says why there is no text, as the end of a sentence; ``text`` is empty then.
    """

    text: str = ""
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    furniture: tuple[tuple[int, int], ...] = ()
    problem: str | None = None

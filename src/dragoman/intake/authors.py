"""The box about its author with which many articles end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dragoman.intake.lines import Line
from dragoman.intake.names import is_name
from dragoman.intake.phrases import Phrases, lead, squeeze

_BOX_LINES = 10
_BOX_WORDS = 80
_REACHED = re.compile(
    r"(?:\b(?:can|may) (?:be (?:reached|contacted|followed)|follow)\b|\b(?:he|she|they) (?:tweets?|posts?)\b|^follow\b)"
    r".{0,100}(?:@\w|\[email|https?:)",
    re.IGNORECASE,
)
_NOTE = re.compile(r"\w+(?:\s[\w.'’-]+){1,4}?(?:,|\s(?:is|was|has|writes|works|teaches|covers|reports)\s)")


@dataclass(frozen=True, slots=True)
class AuthorBox:
    """The last lines of a text that are about its author, and the name with which they open, if they do."""

    lines: Sequence[Line] = ()
    name: str | None = None


def read_author_box(lines: Sequence[Line], author: str | None, phrases: Phrases) -> AuthorBox:
    """The author's box among the lines of an article; ``author`` is the byline's, if there is one.

    Fires: a line that starts with the author's name and goes on as a note does ("Ann Lee, a fellow of …",
    "Ann Lee is …"), "The writer is …", a name that stands alone before such a line. Not: a quotation of the author.
    """
    tail = lines[max(1, len(lines) - _BOX_LINES) :]
    name = next((here.text for here, after in pairwise(tail) if _opens_box(here, after, phrases)), None)
    return AuthorBox([line for line in tail if _is_about(line, author or name, phrases)], name)


def _opens_box(here: Line, after: Line, phrases: Phrases) -> bool:
    """Whether a name stands alone above the same name or a note on that person."""
    if not is_name(here.text, phrases):
        return False
    return here.text == after.text or (bool(_NOTE.match(after.text)) and after.words[0] == here.words[0])


def _is_about(line: Line, author: str | None, phrases: Phrases) -> bool:
    if len(line.words) > _BOX_WORDS:
        return False
    if lead(line.text).startswith(phrases.author_boxes) or _REACHED.search(line.text):
        return True
    if not author:
        return False
    if squeeze(line.text) == squeeze(author):
        return True
    return bool(_NOTE.match(line.text)) and _is_same(" ".join(line.words[:2]).rstrip(","), author, phrases)


def _is_same(person: str, author: str, phrases: Phrases) -> bool:
    """Whether two names are one person's, if spelt in two ways: the same given name, last names that begin alike."""
    if not is_name(person, phrases):
        return False
    given, family = squeeze(person).split()
    known = squeeze(author).split()
    return known[0] == given and any(family[:3] == part[:3] for part in known[1:])

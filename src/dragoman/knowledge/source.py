"""YAML files of a pack as marked nodes, with bounds: a pack may come from a stranger.

Only mappings, lists and text are taken: every scalar is the text that was written (``no`` is *no*, ``2014`` is *2014*),
tags and anchors are refused, so that nothing is constructed and nothing can expand.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from dragoman.errors import PackError

MAX_BYTES = 2_000_000
MAX_TEXT = 2_000

# libyaml parses some twenty times faster than Python; both bound the nesting.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map"))


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something in a pack that breaks the schema: which file, which line (from 1), what, and what to do."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file} line {self.line}: {self.message}"


@dataclass(slots=True)
class Notes:
    """Problems found so far in one file, and the collections already walked."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    walked: set[int] = field(default_factory=set)

    def note(self, node: yaml.Node, message: str) -> None:
        """Write down a problem at a node."""
        self.problems.append(Problem(self.file, line_of(node), message))

    def enter(self, node: yaml.Node) -> bool:
        """Whether a node may be walked: bare of tags, and not an alias of a collection walked before."""
        if node.tag not in _PLAIN_TAGS:
            self.note(node, f"the tag {clip(node.tag)} is not allowed in a pack; write plain text, lists and mappings")
            return False
        if not isinstance(node, yaml.ScalarNode):
            if id(node) in self.walked:
                self.note(
                    node,
                    "this list or mapping is repeated by an alias (*), which a pack may not do; write it out again",
                )
                return False
            self.walked.add(id(node))
        return True


def read_nodes(path: Path, notes: Notes) -> yaml.Node | None:
    """The root node of a YAML file; ``None`` for an empty one or one that cannot be parsed, which is noted.

    Raises ``PackError`` for a file that cannot be read at all.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise PackError(
            f"cannot read {notes.file}: {error.strerror or error}; check the path and its rights"
        ) from error
    if len(raw) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES:,} bytes; split it (actors and frames may be folders of files)"
        notes.problems.append(Problem(notes.file, 1, message))
        return None
    try:
        node: yaml.Node | None = yaml.compose(raw, Loader=_LOADER)
    except (yaml.YAMLError, RecursionError) as error:
        notes.problems.append(Problem(notes.file, _error_line(error, raw), f"not valid YAML: {_error_text(error)}"))
        return None
    return node


def line_of(node: yaml.Node) -> int:
    """The line, counted from 1, on which a node starts."""
    return int(node.start_mark.line) + 1


def clip(value: object, width: int = 60) -> str:
    """A value from a file, quoted and cut, fit for a message."""
    text = str(value)
    return repr(text if len(text) <= width else text[: width - 1] + "…")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``; did you mean 'names'?`` when a known word is near, else nothing."""
    near = difflib.get_close_matches(word[:80], list(known), n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else ""


def _error_line(error: Exception, raw: bytes) -> int:
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        return int(mark.line) + 1
    position = getattr(error, "position", 0)
    return raw[:position].count(b"\n") + 1 if isinstance(position, int) else 1


def _error_text(error: Exception) -> str:
    text = getattr(error, "problem", None) or getattr(error, "reason", None) or "nested too deeply"
    return str(text)

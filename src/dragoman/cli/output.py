"""How the commands speak: data on standard output, remarks on standard error."""

from __future__ import annotations

import contextlib
import json
import sys
from typing import Any


def say(sentence: str) -> None:
    """A remark for the person at the terminal, who may have closed it."""
    with contextlib.suppress(OSError, ValueError):
        print(sentence, file=sys.stderr, flush=True)  # noqa: T201


def dump(found: Any) -> None:
    """A result as one JSON document (see ``dragoman.views.to_data``)."""
    from dragoman.views.data import to_data

    sys.stdout.write(json.dumps(to_data(found), ensure_ascii=False, indent=1) + "\n")


def write_bytes(data: bytes) -> None:
    """A result that is encoded already."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)

"""When each person looked at the overview last, and how much was in the case then, so that it can say what is new.

A visit lasts until nobody by that name has looked for ``PAUSE``: what is new does not vanish by loading the page again.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from dragoman.desk.beside import beside, keep

PAUSE = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Look:
    """A look at the overview: when (ISO 8601 in UTC), and the last document (see ``Case.arrivals``) that was there."""

    at: str
    last: int


class Visits:
    """The visits to a case, by name."""

    def __init__(self, case: Path, now: Callable[[], datetime]) -> None:
        self._path = beside(case, "visits")
        self._now = now
        self._lock = threading.Lock()

    def look(self, name: str, last: int) -> Look | None:
        """Note that somebody looks at the overview now; the last look of the visit before, if there was one."""
        now = self._now()
        with self._lock:
            kept = self._all()
            latest, before = kept.get(name, (None, None))
            if latest is not None and now - datetime.fromisoformat(latest.at) > PAUSE:
                before = latest
            kept[name] = Look(now.isoformat(timespec="seconds"), last), before
            with suppress(OSError):  # a folder that may not be written to: nothing is new then
                keep(self._path, {name: [one and asdict(one) for one in looks] for name, looks in kept.items()})
        return before

    def before(self, name: str) -> Look | None:
        """The last look of the visit before, without noting another."""
        return self._all().get(name, (None, None))[1]

    def _all(self) -> dict[str, tuple[Look | None, Look | None]]:
        try:
            kept = json.loads(self._path.read_text("utf-8"))
            return {name: (_look(latest), _look(before)) for name, (latest, before) in kept.items()}
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return {}  # nobody has looked yet, or it is broken: what is lost is small


def _look(row: Mapping[str, Any] | None) -> Look | None:
    """A look from its row. Raises ``ValueError`` and others for what is none."""
    if row is None:
        return None
    return Look(datetime.fromisoformat(row["at"]).astimezone(UTC).isoformat(), int(row["last"]))

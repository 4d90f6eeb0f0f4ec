"""What a desk is opened with."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from dragoman.desk.accounts import Accounts


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the desk listens, whom its decisions are by, and the secret of its opened address.

    ``hosts`` are the names by which a browser may ask for it: any other is refused, so that no page elsewhere can reach
    a desk by giving its own name this machine's address (DNS rebinding). With ``accounts`` one logs in instead of
    opening the secret address, and decisions are by who is logged in.
    """

    author: str
    hosts: frozenset[str] = frozenset({"127.0.0.1", "localhost", "[::1]"})
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    accounts: Accounts | None = None
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = _now

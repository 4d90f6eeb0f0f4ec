"""What part of a case an export is of."""

from __future__ import annotations

from typing import TypedDict


class Period(TypedDict):
    """Of what time, and as told by when; each an ISO prefix or ``None``."""

    since: str | None
    until: str | None
    as_of: str | None

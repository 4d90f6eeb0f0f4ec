"""The eighth schema: the reports on which nobody has decided, the least sure first, so that a queue reads its head."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = ("CREATE INDEX reports_unsure ON reports (confidence, kind) WHERE state = 'read'",)

"""What the ledgers come to, in words: of an undertaking, of a prediction, and how each turn of them is told."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.case import StoredReport
from dragoman.record import Standing, State
from dragoman.record.words import listed
from dragoman.views.commitments import Undertaking
from dragoman.views.forecasts import Prediction
from dragoman.views.wording import QUALIFIERS


def told_as(standing: Standing, said: bool, voices: Sequence[str]) -> str:
    """What keeps a line of a ledger from being a plain fact; empty where nothing does."""
    parts = [QUALIFIERS[standing]] if standing is not Standing.ACTUAL else []
    if said:
        parts.append(f"says {listed(voices[:3])}")
    return "; ".join(parts)


def status_of(one: Undertaking) -> str:
    """Where an undertaking stands: as a person resolved it, else as it is told."""
    if one.outcome is not None:
        return f"{one.outcome} ({one.judge})"
    marks = ["disputed"] if one.disputed else ["overdue"] if one.overdue else []
    return ", ".join([str(one.status or "not told as so"), *marks])


def state_of(one: Prediction) -> str:
    """Where a prediction stands: as a person resolved it, else whether it is due."""
    return f"{one.outcome} ({one.judge})" if one.outcome else str(one.due)


def likelihood_of(one: Prediction) -> str:
    """How surely it is put, and that it hangs on an *if*."""
    return str(one.likelihood) + (", if" if one.conditional else "")


def why_left_out(stored: StoredReport, as_of: str) -> str:
    """Why no ledger as of then has a report that one would have."""
    short = stored.id[:8]
    if stored.state is State.REJECTED:
        return f"the report {short} was rejected, so the ledger leaves it out"
    if not as_of:
        return f"no ledger has the report {short}"
    if stored.published is None:
        return f"the report {short} is in a document without a date, which is left out as of {as_of}"
    return f"the report {short} was not told of by {as_of}; ask as of a later date"

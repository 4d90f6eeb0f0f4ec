"""Views: pure functions of a case. Each name is fetched when it is first asked for: some need numpy or networkx."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.case import Duplicates, Scope, Slicing
    from dragoman.views.agreement import Coding, coding_of_case, coding_of_rows, compare
    from dragoman.views.brief import compose_brief
    from dragoman.views.brief_data import Brief
    from dragoman.views.coalitions import compose_coalitions
    from dragoman.views.commitments import compose_undertakings
    from dragoman.views.data import to_data
    from dragoman.views.discourse import Aggregation, Mode, Normalisation, compose_network
    from dragoman.views.forecasts import compose_predictions, suggest_outcomes
    from dragoman.views.ladder import compose_ladder
    from dragoman.views.pages import write_html, write_markdown
    from dragoman.views.paper import write_pdf
    from dragoman.views.positions import compose_matrix
    from dragoman.views.wording import headline, line, qualification

_HOMES = {
    "Aggregation": "dragoman.views.discourse",
    "Brief": "dragoman.views.brief_data",
    "Coding": "dragoman.views.agreement",
    "Duplicates": "dragoman.case",
    "Mode": "dragoman.views.discourse",
    "Normalisation": "dragoman.views.discourse",
    "Scope": "dragoman.case",
    "Slicing": "dragoman.case",
    "coding_of_case": "dragoman.views.agreement",
    "coding_of_rows": "dragoman.views.agreement",
    "compare": "dragoman.views.agreement",
    "compose_brief": "dragoman.views.brief",
    "compose_coalitions": "dragoman.views.coalitions",
    "compose_ladder": "dragoman.views.ladder",
    "compose_matrix": "dragoman.views.positions",
    "compose_network": "dragoman.views.discourse",
    "compose_predictions": "dragoman.views.forecasts",
    "compose_undertakings": "dragoman.views.commitments",
    "headline": "dragoman.views.wording",
    "line": "dragoman.views.wording",
    "qualification": "dragoman.views.wording",
    "suggest_outcomes": "dragoman.views.forecasts",
    "to_data": "dragoman.views.data",
    "write_html": "dragoman.views.pages",
    "write_markdown": "dragoman.views.pages",
    "write_pdf": "dragoman.views.paper",
}

__all__ = [
    "Aggregation",
    "Brief",
    "Coding",
    "Duplicates",
    "Mode",
    "Normalisation",
    "Scope",
    "Slicing",
    "coding_of_case",
    "coding_of_rows",
    "compare",
    "compose_brief",
    "compose_coalitions",
    "compose_ladder",
    "compose_matrix",
    "compose_network",
    "compose_predictions",
    "compose_undertakings",
    "headline",
    "line",
    "qualification",
    "suggest_outcomes",
    "to_data",
    "write_html",
    "write_markdown",
    "write_pdf",
]


def __getattr__(name: str) -> Any:
    """Fetch a public name."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'dragoman.views' has no attribute {name!r}")

"""Charts: Altair specifications drawn as SVG or PNG on this machine (vl-convert), for pages, print and download.

Pictures are drawn by the server, so that a page shows them without scripts; what a chart tells is in a table beside it.
Colours hold on light and on dark ground.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import altair as alt

INK, SOFT, BAR, PALE = "#7a828c", "#9aa3ad", "#4c84bd", "#8fa9c4"
Picture = Literal["svg", "png"]
MEDIA: dict[Picture, str] = {"svg": "image/svg+xml", "png": "image/png"}


def draw(chart: Any, form: Picture) -> bytes:
    """A chart as a picture."""
    import vl_convert

    spec = _dressed(chart).to_dict()
    if form == "png":
        return bytes(vl_convert.vegalite_to_png(spec, scale=2))
    return str(vl_convert.vegalite_to_svg(spec)).encode()


def density(counts: Sequence[tuple[str, int]], *, width: int = 900, height: int = 90) -> Any:
    """How many occurrences each month (``YYYY-MM``) or day tells of."""
    values = [{"month": month, "occurrences": count} for month, count in counts]
    return (
        alt.Chart(alt.InlineData(values=values), width=width, height=height)
        .mark_bar(color=BAR)
        .encode(
            x=alt.X("month:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap="greedy")),
            y=alt.Y("occurrences:Q", title=None, axis=alt.Axis(tickCount=3, grid=True)),
        )
    )


def by_year(counts: Sequence[tuple[str, int]]) -> Any:
    """How many occurrences each year tells of."""
    values = [{"year": year, "occurrences": count} for year, count in counts]
    return (
        alt.Chart(alt.InlineData(values=values), width=600, height=180)
        .mark_bar(color=BAR)
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("occurrences:Q", title=None, axis=alt.Axis(tickCount=4)),
        )
    )


def _dressed(chart: Any) -> Any:
    return (
        chart.configure(background="transparent", font="system-ui, sans-serif")
        .configure_axis(
            labelColor=INK, titleColor=INK, domainColor=SOFT, tickColor=SOFT, gridColor=SOFT, gridOpacity=0.3
        )
        .configure_legend(labelColor=INK, titleColor=INK)
        .configure_view(stroke=None)
    )

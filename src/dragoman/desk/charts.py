"""Charts: Altair specifications drawn as SVG or PNG on this machine (vl-convert), for pages, print and download.

Pictures are drawn by the server, so that a page shows them without scripts; what a chart tells is in a table beside it.
Colours hold on light and on dark ground; words, which need more contrast, go with the scheme of whoever looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

import altair as alt

from dragoman.case.text import mend_for_xml, mended
from dragoman.record.months import month_number, month_of

INK, SOFT, BAR, PALE, AGAINST = "#7a828c", "#9aa3ad", "#4c84bd", "#8fa9c4", "#c8643c"
_TOP = alt.Axis(orient="top", labelAngle=0, labelLimit=100, domain=False, ticks=False, grid=False)
_SIDE = alt.Axis(labelLimit=260, domain=False, ticks=False, grid=True, tickBand="extent")
_WORDS = f"text[fill='{INK}'],text[fill='{SOFT}']"
_LEGIBLE = f"<style>{_WORDS}{{fill:#4b535c}}@media(prefers-color-scheme:dark){{{_WORDS}{{fill:#c6cdd5}}}}</style>"
"""For a drawing as SVG: a style outweighs the fill that its words have of themselves, as a PNG shows them."""
INSET = 36
"""Width of the axis on the left of a chart over time."""
Picture = Literal["svg", "png"]
MEDIA: dict[Picture, str] = {"svg": "image/svg+xml", "png": "image/png"}


def draw_svg(svg: str, form: Picture) -> bytes:
    """A drawing of our own as a picture."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(svg, scale=2)) if form == "png" else svg.encode()


def draw(chart: Any, form: Picture) -> bytes:
    """A chart as a picture."""
    import vl_convert

    spec = mended(_dressed(chart).to_dict(), mend_for_xml)  # on what XML cannot hold the drawing ends the process
    if form == "png":
        return bytes(vl_convert.vegalite_to_png(spec, scale=2))
    return str(vl_convert.vegalite_to_svg(spec)).replace(">", f">{_LEGIBLE}", 1).encode()


def density(counts: Sequence[tuple[str, int]], *, width: int = 900, height: int = 110) -> Any:
    """How many occurrences each month (``YYYY-MM``) tells of, on an even scale of time: months without any are gaps.

    The plot is the whole picture but for ``INSET`` on the left, so that a script can tell months by where one points.
    """
    values = [{"from": month, "to": following(month), "occurrences": count} for month, count in counts]
    first, end = counts[0][0], following(counts[-1][0])
    time = alt.Scale(type="utc", domain=[first, end], nice=False)
    ticks = [alt.DateTime(year=y, month=m, utc=True) for y, m in _some_months(first, end, most=max(width // 90, 1))]
    chart = alt.Chart(
        alt.InlineData(values=values),
        width=width,
        height=height,
        padding=0,
        autosize=alt.AutoSizeParams(type="fit", contains="padding"),
    )
    return chart.mark_bar(color=BAR).encode(
        x=alt.X(
            "from:T",
            title=None,
            scale=time,
            axis=alt.Axis(grid=False, format="%Y-%m", labelFlush=True, labelBound=True, values=ticks),
        ),
        x2="to:T",
        y=alt.Y("occurrences:Q", title=None, axis=alt.Axis(tickCount=3, minExtent=INSET, maxExtent=INSET)),
        y2=alt.datum(0),
    )


def _some_months(first: str, end: str, most: int) -> Iterator[tuple[int, int]]:
    """Months from the first to before the end, evenly apart, at most so many."""
    start, stop = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in (first, end))
    for number in range(start, stop, -(-(stop - start) // most)):
        yield number // 12, number % 12 + 1


def following(month: str) -> str:
    """The month after a month."""
    return month_of(month_number(month) + 1)


def grid(
    cells: Sequence[tuple[str, str, str, str]],
    rows: Sequence[str],
    columns: Sequence[str],
    title: tuple[str, str],
) -> Any:
    """A sign and a few words in each cell, given as (row, column, sign, words)."""
    names = ("row", "column", "sign", "words")
    values = [dict(zip(names, cell, strict=True)) for cell in cells]
    head = alt.TitleParams(title[0], subtitle=title[1], anchor="start", color=INK, subtitleColor=INK, offset=16)
    base = alt.Chart(alt.InlineData(values=values), width=alt.Step(104), height=alt.Step(38), title=head).encode(
        x=alt.X("column:N", sort=None, title=None, scale=alt.Scale(domain=list(columns)), axis=_TOP),
        y=alt.Y("row:N", sort=None, title=None, scale=alt.Scale(domain=list(rows)), axis=_SIDE),
    )
    signs = base.mark_text(color=BAR, fontSize=18, dy=-5).encode(text="sign:N")
    return signs + base.mark_text(color=INK, fontSize=10, dy=11).encode(text="words:N")


def ties_between(
    nodes: Sequence[tuple[float, float, str, int, bool]],
    ties: Sequence[tuple[float, float, float, float, float, bool]],
    *,
    width: int = 900,
) -> Any:
    """A network: nodes as (x, y, name, size, whether it is a matter), ties as (x, y, x, y, weight, whether against).

    What is against is dashed, so that it can be told without its colour.
    """
    ends = [dict(zip(("x", "y", "x2", "y2", "weight", "against"), tie, strict=True)) for tie in ties]
    points = [dict(zip(("x", "y", "name", "size", "matter"), node, strict=True)) for node in nodes]
    across = alt.X("x:Q", axis=None, scale=alt.Scale(padding=width // 10, zero=False, nice=False))
    down = alt.Y("y:Q", axis=None, scale=alt.Scale(padding=30, zero=False, nice=False))
    lines = (
        alt.Chart(alt.InlineData(values=ends), width=width, height=200 + width * 2 // 5)
        .mark_rule(opacity=0.8)
        .encode(
            x=across,
            y=down,
            x2="x2:Q",
            y2="y2:Q",
            strokeWidth=alt.StrokeWidth("weight:Q", scale=alt.Scale(range=[1, 4]), legend=None),
            color=alt.condition("datum.against", alt.value(AGAINST), alt.value(BAR)),
            strokeDash=alt.condition("datum.against", alt.value([5, 4]), alt.value([1, 0])),
        )
    )
    base = alt.Chart(alt.InlineData(values=points)).encode(x=across, y=down)
    dots = base.mark_point(filled=True, opacity=1, color=INK).encode(
        size=alt.Size("size:Q", scale=alt.Scale(range=[30, 260]), legend=None),
        shape=alt.condition("datum.matter", alt.value("square"), alt.value("circle")),
    )
    return lines + dots + base.mark_text(color=INK, fontSize=11, dy=-12, limit=80 + width // 10).encode(text="name:N")


def calibration(words: Sequence[tuple[str, float, float, int]]) -> Any:
    """How often what was put so surely came true, given as (word, probability, share that came true, resolved).

    On the line, words were worth what they said; a larger dot rests on more forecasts.
    """
    names = ("word", "probability", "came_true", "resolved")
    values = [dict(zip(names, word, strict=True)) for word in words]
    ends = [{"probability": end, "came_true": end} for end in (0, 1)]
    across = alt.X(
        "probability:Q", title="said", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%", tickCount=5)
    )
    up = alt.Y("came_true:Q", title="came true", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%", tickCount=5))
    line = alt.Chart(alt.InlineData(values=ends), width=300, height=300).mark_line(color=SOFT, strokeDash=[4, 4])
    base = alt.Chart(alt.InlineData(values=values)).encode(x=across, y=up)
    size = alt.Size("resolved:Q", scale=alt.Scale(domain=[0, max(n for *_, n in words)], range=[20, 300]), legend=None)
    dots = base.mark_point(filled=True, opacity=1, color=BAR).encode(size=size)
    return line.encode(x=across, y=up) + dots + base.mark_text(color=INK, fontSize=11, dy=-14).encode(text="word:N")


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

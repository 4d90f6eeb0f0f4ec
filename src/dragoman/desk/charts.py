"""Charts: Altair specifications drawn as SVG or PNG on this machine (vl-convert), for pages, print and download.

Pictures are drawn by the server, so that a page shows them without scripts; what a chart tells is in a table beside it.
In a page they have its ground, and words go with the scheme of whoever looks; taken along they have a white ground of
their own, for nobody knows where they will be shown. Marks hold on every ground.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

import altair as alt

from dragoman.case.text import mend_for_xml, mended
from dragoman.record.months import month_number, month_of

INK, SOFT, BAR, PALE, AGAINST = "#7a828c", "#9aa3ad", "#4c84bd", "#8fa9c4", "#c8643c"
_TOP = alt.Axis(orient="top", labelAngle=0, labelLimit=100, domain=False, ticks=False, grid=False)
_SIDE = alt.Axis(labelLimit=260, domain=False, ticks=False, grid=True, tickBand="extent")
WORDS, PAPER = "#3b434b", "#ffffff"
"""Of a picture that is taken along."""
_WORDS = f"text[fill='{INK}'],text[fill='{SOFT}']"


def _legible(words: str, ground: str) -> str:
    """A style that outweighs the fill which words have of themselves, and clears the lines around them away."""
    return f"{_WORDS}{{fill:{words};paint-order:stroke;stroke:{ground};stroke-width:3px;stroke-linejoin:round}}"


_IN_PAGE = (
    f"{_legible('#4b535c', '#fdfdfc')}@media screen and (prefers-color-scheme:dark){{{_legible('#c6cdd5', '#16191c')}}}"
)
_TAKEN = f"{_legible(WORDS, PAPER)}text[fill='{BAR}']{{fill:#2b5c8f}}"
_FONT = "Arial, Liberation Sans, Helvetica, sans-serif"
"""As wide as the one by which it is measured here what there is room for."""
_MARGIN = 16
"""Around a picture that is taken along."""
_LABEL = 11
_Box = tuple[float, float, float, float]
_LONG = 100_000
"""Counts that are too wide for their axis are written short, as 200k."""
INSET = 36
"""Width of the axis on the left of a chart over time."""
Picture = Literal["page", "svg", "png"]
"""As a page shows it, or as it is taken along."""
MEDIA: dict[Picture, str] = {"page": "image/svg+xml", "svg": "image/svg+xml", "png": "image/png"}


def draw_svg(svg: str, form: Picture) -> bytes:
    """A drawing of our own as a picture."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(svg, scale=2)) if form == "png" else svg.encode()


def draw(chart: Any, form: Picture, title: tuple[str, str] | None = None) -> bytes:
    """A chart as a picture; what is taken along has a title and a line below it, which the page has around it."""
    import vl_convert

    headed = chart.properties(title=_head(*title)) if title and form != "page" else chart
    dressed = _dressed(headed, "transparent" if form == "page" else PAPER)
    spec = mended(dressed.to_dict(), mend_for_xml)  # on what XML cannot hold the drawing ends the process
    if form != "page":
        spec["padding"] = _MARGIN
    style = f"<style>{_IN_PAGE if form == 'page' else _TAKEN}</style>"
    return draw_svg(str(vl_convert.vegalite_to_svg(spec)).replace(">", f">{style}", 1), form)


def density(counts: Sequence[tuple[str, int]], *, width: int = 900, height: int = 110) -> Any:
    """How many occurrences each month (``YYYY-MM``) tells of, on an even scale of time: months without any are gaps.

    The plot is the whole picture but for ``INSET`` on the left, so that a script can tell months by where one points.
    """
    first, last = covered(counts)
    bars = [(month, following(month), count) for month, count in counts]
    return _over_time(bars, (first, following(last)), width, height)


def by_year(counts: Sequence[tuple[str, int]]) -> Any:
    """How many occurrences each year (``YYYY``) tells of, on the same scale."""
    bars = [(f"{year}-01", f"{int(year) + 1:04}-01", count) for year, count in counts]
    return _over_time(bars, (bars[0][0], bars[-1][1]), 600, 180)


def _over_time(bars: Sequence[tuple[str, str, int]], covered: tuple[str, str], width: int, height: int) -> Any:
    """Bars from a month to another, with how many occurrences each has."""
    step = _apart(*covered, most=max(width // 90, 1))
    ticks = [alt.DateTime(year=y, month=m, utc=True) for y, m in _some_months(*covered, step)]
    counts = whole_ticks(max((count for *_, count in bars), default=1), height // 35)
    chart = alt.Chart(
        alt.InlineData(values=[{"from": start, "to": end, "occurrences": count} for start, end, count in bars]),
        width=width,
        height=height,
        padding=0,
        autosize=alt.AutoSizeParams(type="fit", contains="padding"),
    )
    return chart.mark_bar(color=BAR).encode(
        x=alt.X(
            "from:T",
            title=None,
            scale=alt.Scale(type="utc", domain=list(covered), nice=False),
            axis=alt.Axis(
                grid=False, format="%Y" if step % 12 == 0 else "%Y-%m", labelFlush=True, labelBound=True, values=ticks
            ),
        ),
        x2="to:T",
        y=alt.Y(
            "occurrences:Q",
            title=None,
            scale=alt.Scale(domain=[0, counts[-1]], nice=False),
            axis=alt.Axis(
                values=counts, format="~s" if counts[-1] >= _LONG else ",d", minExtent=INSET, maxExtent=INSET
            ),
        ),
        y2=alt.datum(0),
    )


def whole_ticks(most: int, parts: int) -> list[int]:
    """Whole numbers from 0 to at least the most, evenly apart, in at most so many parts."""
    steps = (factor * int(10**power) for power in range(20) for factor in (1, 2, 5))
    step = next(step for step in steps if -(-most // step) <= max(parts, 1))
    return list(range(0, max(-(-most // step), 1) * step + 1, step))


def covered(counts: Sequence[tuple[str, int]]) -> tuple[str, str]:
    """The first and the last month of a chart over time: a year at least, so that a few months are no slab."""
    last = counts[-1][0]
    return min(counts[0][0], month_of(month_number(last) - 11)), last


def _apart(first: str, end: str, most: int) -> int:
    """How many months two ticks are apart, so that there are at most so many."""
    months = _number(end) - _number(first)
    years = (12 * factor * int(10**power) for power in range(5) for factor in (1, 2, 5))
    return next(step for step in (1, 2, 3, 6, *years) if -(-months // step) <= most)


def _some_months(first: str, end: str, step: int) -> Iterator[tuple[int, int]]:
    """Months from the first to before the end, so many apart, counted from a January."""
    for number in range(-(-_number(first) // step) * step, _number(end), step):
        yield number // 12, number % 12 + 1


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


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
    head = _head(*title)
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
    height = 200 + width * 2 // 5
    to_x, to_y = _fit([x for x, *_ in nodes], width, width // 10), _fit([y for _, y, *_ in nodes], height, 30)
    points = [
        {"x": to_x(x), "y": to_y(y), "name": name, "size": size, "matter": matter} for x, y, name, size, matter in nodes
    ]
    ends = [
        {"x": to_x(x), "y": to_y(y), "x2": to_x(x2), "y2": to_y(y2), "weight": weight, "against": against}
        for x, y, x2, y2, weight, against in ties
    ]
    across = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, width], nice=False))
    down = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False))
    lines = (
        alt.Chart(alt.InlineData(values=ends), width=width, height=height)
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
    dots = (
        alt.Chart(alt.InlineData(values=points))
        .mark_point(filled=True, opacity=1, color=INK)
        .encode(
            x=across,
            y=down,
            size=alt.Size("size:Q", scale=alt.Scale(range=[30, 260]), legend=None),
            shape=alt.condition("datum.matter", alt.value("square"), alt.value("circle")),
        )
    )
    longest = 80 + width // 10
    named = alt.Chart(alt.InlineData(values=[*_named(points, longest, width)])).encode(x=across, y=down, text="name:N")
    return lines + dots + named.mark_text(color=INK, fontSize=_LABEL, limit=longest)


def _fit(values: Sequence[float], length: int, border: int) -> Callable[[float], float]:
    """Where a value is drawn on a length, of values that leave a border at both ends."""
    least, most = min(values, default=0.0), max(values, default=0.0)
    scale = (length - 2 * border) / ((most - least) or 1)
    return lambda value: round(border + (value - least) * scale, 1)


def _named(points: Sequence[dict[str, Any]], longest: int, width: int) -> Iterator[dict[str, Any]]:
    """The names of points: over, under or beside them, where they cover least of what is there, the largest first."""
    taken = [(one["x"] - 8, one["y"] - 8, one["x"] + 8, one["y"] + 8) for one in points]
    for one in sorted(points, key=lambda one: -int(one["size"])):
        x, y, half = one["x"], one["y"], min(len(one["name"]) * _LABEL * 0.56, longest) / 2
        places = ((x, y - 15), (x, y + 15), (x + half + 12, y), (x - half - 12, y))
        boxes = [(px - half, py - 7, px + half, py + 7) for px, py in places]
        best = min(range(len(places)), key=lambda n: (_covered(boxes[n], taken, width), n))
        taken.append(boxes[best])
        yield {"x": places[best][0], "y": places[best][1], "name": one["name"]}


def _covered(box: _Box, taken: Sequence[_Box], width: int) -> float:
    """How much a box covers of others, and of what is beside the picture."""
    beside = max(0.0, -box[0]) + max(0.0, box[2] - width)
    shared = (
        max(0.0, min(box[2], other[2]) - max(box[0], other[0]))
        * max(0.0, min(box[3], other[3]) - max(box[1], other[1]))
        for other in taken
    )
    return sum(shared, beside * (box[3] - box[1]))


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


def _head(title: str, below: str) -> alt.TitleParams:
    return alt.TitleParams(
        title, subtitle=below or alt.Undefined, anchor="start", color=INK, subtitleColor=INK, offset=16
    )


def _dressed(chart: Any, ground: str) -> Any:
    return (
        chart.configure(background=ground, font=_FONT)
        .configure_axis(
            labelColor=INK, titleColor=INK, domainColor=SOFT, tickColor=SOFT, gridColor=SOFT, gridOpacity=0.3
        )
        .configure_legend(labelColor=INK, titleColor=INK)
        .configure_view(stroke=None)
    )

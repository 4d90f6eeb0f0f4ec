"""Pictures drawn on this machine: words that can be read in a page of either scheme, and wherever they are taken."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from itertools import combinations
from xml.etree import ElementTree

import pytest

pytest.importorskip("vl_convert", reason="the extra `desk` is not installed; see developing.md")

from dragoman.desk.charts import by_year, calibration, density, draw, grid, ties_between, whole_ticks

COUNTS = [("2024-01", 3), ("2024-02", 1), ("2024-04", 2)]
MATTER, ACTORS = (
    (0.5, 0.5, "recognition", 3, True),
    [(0.0, 0.0, "Freedonia", 2, False), (1.0, 1.0, "Sylvania", 1, False)],
)
CHARTS = {
    "density": lambda: density(COUNTS),
    "years": lambda: by_year([("1990", 1), ("2024", 3)]),
    "ladder": lambda: grid([("Freedonia", "visit", "●", "2024-05")], ["Freedonia"], ["visit"], ("Steps", "1 document")),
    "network": lambda: ties_between([MATTER, *ACTORS], [(0.0, 0.0, 1.0, 1.0, 2.0, True)]),
    "calibration": lambda: calibration([("likely", 0.7, 0.6, 10)]),
}
every_chart = pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)


def luminance(colour: str) -> float:
    """As WCAG 2 has it."""
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def drawn(picture: bytes) -> tuple[str, list[str]]:
    """The style of a drawing, and the fills that its words have by themselves."""
    drawing = ElementTree.fromstring(picture)
    words = [part for part in drawing.iter() if part.tag.endswith("text")]
    return drawing[0].text or "", [word.get("fill") or "" for word in words]


@every_chart
def test_the_words_of_a_page_go_with_the_scheme_of_whoever_looks(chart: Callable[[], object]) -> None:
    style, fills = drawn(draw(chart(), "page"))
    light, dark = style.split("@media screen and (prefers-color-scheme:dark)")
    assert fills
    for scheme in (light, dark):
        fill, ground = re.findall(r"\{?fill:(#\w+).*?stroke:(#\w+)", scheme)[0]
        assert contrast(fill, ground) > 4.5
    plain = set(fills) - set(re.findall(r"text\[fill='(#\w+)'\]", light))
    assert all(contrast(fill, ground) > 3 for fill in plain for ground in ("#fdfdfc", "#16191c")), "signs are large"


@every_chart
def test_what_is_taken_along_has_a_ground_of_its_own_and_dark_words(chart: Callable[[], object]) -> None:
    picture = draw(chart(), "svg")
    style, fills = drawn(picture)
    ground = ElementTree.fromstring(picture).find("{*}rect")
    assert ground is not None
    assert ground.get("fill") == "#ffffff"
    assert "prefers-color-scheme" not in style
    told = dict(re.findall(r"text\[fill='(#\w+)'\](?:,text\[fill='#\w+'\])?\{fill:(#\w+)", style))
    assert told
    assert all(contrast(ink, "#ffffff") > 4.5 for fill, ink in told.items() if fill in fills)
    assert set(fills) <= set(re.findall(r"text\[fill='(#\w+)'\]", style))


@every_chart
def test_a_png_is_opaque(chart: Callable[[], object]) -> None:
    picture = draw(chart(), "png")
    assert picture.startswith(b"\x89PNG")
    body, at = b"", 8
    while at < len(picture):
        length = int.from_bytes(picture[at : at + 4], "big")
        body += picture[at + 8 : at + 8 + length] if picture[at + 4 : at + 8] == b"IDAT" else b""
        at += 12 + length
    assert zlib.decompress(body)[1:5] == b"\xff\xff\xff\xff", "of the first point red, green, blue and how opaque it is"


def words_of(picture: bytes) -> list[str]:
    return [part.text or "" for part in ElementTree.fromstring(picture).iter() if part.tag.endswith("text")]


@pytest.mark.parametrize("most", [1, 2, 3, 4, 5, 9, 12, 40, 1234, 15_000])
@pytest.mark.parametrize("width", [360, 1100])
def test_counts_are_measured_in_whole_numbers_and_each_once(most: int, width: int) -> None:
    told = words_of(draw(density([("2024-01", most), ("2024-02", 1)], width=width), "page"))
    measured = [int(words.replace(",", "")) for words in told if "-" not in words]
    assert measured == whole_ticks(most, 3)
    assert measured[0] == 0
    assert measured[-1] >= most
    assert len(set(measured)) == len(measured) <= 4


def test_counts_too_long_for_their_axis_are_written_short() -> None:
    assert "150k" in words_of(draw(density([("2024-01", 150_000)]), "page"))


def test_years_are_evenly_apart_and_begin_in_january() -> None:
    told = words_of(draw(by_year([("1990", 1), ("2005", 2), ("2024", 9)]), "svg", ("Freedonia", "as of 2024")))
    assert [words for words in told if len(words) == 4] == ["1990", "2000", "2010", "2020"]
    assert {"Freedonia", "as of 2024"} <= set(told)
    assert "2010" in words_of(draw(density([("2001-05", 1), ("2024-03", 3)], width=360), "page"))


def test_a_page_has_the_title_of_a_picture_around_it() -> None:
    assert "Freedonia" not in words_of(draw(by_year([("2024", 1)]), "page", ("Freedonia", "")))


def test_names_of_a_network_stand_clear_of_each_other() -> None:
    crowd = [(n / 1000, 0.5, f"a rather long name {n}", 1, False) for n in range(4)]
    picture = ElementTree.fromstring(draw(ties_between([*crowd, *ACTORS], []), "svg"))
    texts = [part for part in picture.iter() if part.tag.endswith("text") and (part.text or "").startswith("a rather")]
    places = [[float(n) for n in re.findall(r"-?[\d.]+", text.get("transform") or "")] for text in texts]
    assert len(places) == len(crowd)
    for (x, y), (other_x, other_y) in combinations(places, 2):
        assert abs(y - other_y) >= 12 or abs(x - other_x) >= 100

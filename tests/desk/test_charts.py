"""Pictures drawn on this machine: words that can be read on light and on dark ground."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

pytest.importorskip("vl_convert", reason="the extra `desk` is not installed; see developing.md")

from dragoman.desk.charts import INK, density, draw

COUNTS = [("2024-01", 3), ("2024-02", 1), ("2024-04", 2)]


def test_the_words_of_a_drawing_go_with_the_scheme_of_whoever_looks() -> None:
    drawing = ElementTree.fromstring(draw(density(COUNTS), "svg"))
    style, words = drawing[0], [part for part in drawing.iter() if part.tag.endswith("text")]
    assert style.tag.endswith("style")
    assert words
    assert all(f"text[fill='{word.get('fill')}']" in (style.text or "") for word in words)
    assert "prefers-color-scheme:dark" in (style.text or "")
    assert INK not in (style.text or "").partition("{")[2].partition("}")[0]


def test_a_picture_to_take_along_is_a_png() -> None:
    assert draw(density(COUNTS), "png").startswith(b"\x89PNG")

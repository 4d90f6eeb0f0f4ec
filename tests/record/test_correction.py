"""Fields as a person reads and types them."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.record.correction import field_text, parse_field


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("source", ["Freedonia", "Sylvania"], "Freedonia; Sylvania"),
        ("others.host", [], ""),
        ("date", {"from": "2024-05", "to": "2024-05"}, "2024-05"),
        ("date", {"from": "2024-05-03", "to": "2024-06"}, "2024-05-03/2024-06"),
        ("horizon", {"from": None, "to": "2025"}, "/2025"),
        ("horizon", {"from": "2025", "to": None}, "2025/"),
        ("killed", 3, "3"),
        ("former", True, "true"),
        ("former", False, "false"),
        ("place", "Port Azure", "Port Azure"),
        ("place", None, ""),
    ],
)
def test_what_is_shown_is_read_back_as_it_was(name: str, value: Any, text: str) -> None:
    assert field_text(value) == text
    assert parse_field(name, text) == value

"""Which country a place name belongs to; the table and its reader are knowledge, which needs no reading to look at."""

from __future__ import annotations

from dragoman.knowledge.atlas import country_of, is_town

__all__ = ["country_of", "is_town"]

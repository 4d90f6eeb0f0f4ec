"""The words that tell nothing of what a phrase is about, a file of the core pack that no pack extends."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

_FILE = Path(__file__).resolve().parent / "core" / "function-words.yaml"


@lru_cache
def function_words() -> frozenset[str]:
    """English function words and the light words of promising and expecting, lower case."""
    found = yaml.load(_FILE.read_text(encoding="utf-8"), yaml.BaseLoader)
    return frozenset(found["words"])

"""Properties are tried on fewer examples in the suite than by ``pytest --hypothesis-profile=thorough``."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("suite", max_examples=40)
settings.register_profile("thorough", max_examples=400)
settings.load_profile("suite")

"""What a desk keeps beside its case and not in it: a case is handed on, and who uses it must not go along."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any


def beside(case: Path, name: str) -> Path:
    """Where something of this name is kept for a case."""
    return case.with_name(f"{case.name}.{name}.json")


def keep(path: Path, value: Any) -> None:
    """Write a value as JSON in one step, for its owner's eyes alone. Raises ``OSError``."""
    new = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as stream:
        json.dump(value, stream, indent=1)
    new.replace(path)

"""Actors of one document, as the codebook writes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dragoman.errors import RecordError
from dragoman.record.vocabulary import ActorKind


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts, speaks or is acted upon, with the surface forms that one document uses for them.

    ``name`` is the fullest usual English name. ``of`` is the state whose armed forces or services this is.
    ``key`` is the id of the pack's entry, when the actor is known to a pack (``"state/TUR"``, ``"taliban"``).
    ``country`` is ISO 3166 alpha-3, ``sector`` a PLOVER sector code (``GOV``, ``MIL``, ``REB`` …), when known.
    """

    name: str
    kind: ActorKind
    mentions: tuple[str, ...] = ()
    of: str | None = None
    key: str | None = None
    country: str | None = None
    sector: str | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise RecordError("an actor needs a name")

    def to_dict(self) -> dict[str, Any]:
        """The exchange form; fields without a value are left out."""
        row: dict[str, Any] = {"name": self.name, "kind": str(self.kind), "mentions": list(self.mentions)}
        row |= {k: v for k in ("of", "key", "country", "sector") if (v := getattr(self, k)) is not None}
        return row

    @classmethod
    def from_dict(cls, row: dict[str, Any]) -> Actor:
        """Read the exchange form; raises ``RecordError`` for a kind that the codebook does not know."""
        try:
            kind = ActorKind(row["kind"])
        except ValueError:
            raise RecordError(f"unknown actor kind {row['kind']!r}; kinds are {', '.join(ActorKind)}") from None
        extras = {k: row.get(k) for k in ("of", "key", "country", "sector")}
        return cls(name=row["name"], kind=kind, mentions=tuple(row.get("mentions", ())), **extras)

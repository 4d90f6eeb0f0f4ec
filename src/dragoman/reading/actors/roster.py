"""The entities of a document while its actors are being gathered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dragoman.knowledge import PackActor
from dragoman.reading.actors.name_spans import fold
from dragoman.record import ActorKind

Words = tuple[str, ...]


@dataclass(slots=True)
class Entity:
    """An actor while it is being gathered; ``words`` are its full name's words, folded.

    ``of`` is the state that it serves, ``body`` the entity for which it speaks, ``owners`` are the numbers of those
    whose it is by its own words.
    """

    name: str
    kind: ActorKind
    words: Words = ()
    entry: PackActor | None = None
    of: str | None = None
    forms: dict[str, None] = field(default_factory=dict)
    body: Entity | None = None
    owners: tuple[int, ...] = ()


class Roster:
    """The entities of a document, numbered in the order in which they are found."""

    def __init__(self) -> None:
        self.entities: list[Entity] = []
        self._of_entry: dict[str, int] = {}

    def __getitem__(self, number: int) -> Entity:
        return self.entities[number]

    def add(self, entity: Entity) -> int:
        """Take in a new entity, its name in one line; returns its number."""
        entity.name = " ".join(entity.name.split())
        self.entities.append(entity)
        return len(self.entities) - 1

    def number_of(self, key: str) -> int | None:
        """The number of a pack's actor, ``None`` while the text has not named it."""
        return self._of_entry.get(key)

    def known(self, entry: PackActor, states: Mapping[str, PackActor]) -> int:
        """The number of a pack's actor, taken in at first sight."""
        if entry.key not in self._of_entry:
            state = states.get(entry.of or "")
            of = state.name if state is not None and state.kind == ActorKind.STATE else None
            self._of_entry[entry.key] = self.add(Entity(entry.name, entry.kind, fold(entry.name), entry, of))
        return self._of_entry[entry.key]

"""What an actor that no pack knows is by the text: its country and its PLOVER sector.

*Turkish police* are Turkey's and police, *Afghan politician X* is of Afghanistan, *Sudanese rebels* are rebels.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.reading.actors.casting import Casting, lists_of
from dragoman.record import ActorKind

_DEPTH = 4
"""How many owners a country is looked for through: the son of the head of a party of a state."""
_BY_KIND = {ActorKind.MOVEMENT: "REB"}
_SECTOR = "sector-"


def country_of(casting: Casting, number: int, depth: int = _DEPTH) -> str | None:
    """ISO 3166 alpha-3 of the country that an entity belongs to, by the pack, else by those it serves or belongs to."""
    entity = casting.roster[number]
    if entity.entry is not None or not depth:
        return entity.entry.country if entity.entry is not None else None
    bodies = [body for _, body in casting.offices.get(number, ())]
    found = (country_of(casting, owner, depth - 1) for owner in (*bodies, *entity.owners) if owner != number)
    return next((country for country in found if country), None)


def sector_of(casting: Casting, number: int) -> str | None:
    """The PLOVER sector of an entity: by its titles, else by the last of its own words that tells of one."""
    entity = casting.roster[number]
    if entity.entry is not None:
        return entity.entry.sector
    titles = [word for title in casting.called.get(number, ()) for word in reversed(title.split(" "))]
    words = titles if entity.kind == ActorKind.PERSON else [*reversed(_until_link(entity.words)), *entity.words]
    told = lists_of(casting.pack)
    found = (sector for word in _forms(words) for sector in sorted(told.get(word, ())) if sector.startswith(_SECTOR))
    sector = next(found, "")
    return sector.removeprefix(_SECTOR) or _BY_KIND.get(entity.kind)


def _until_link(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words that hold a name's head: *Church* of Scientology."""
    return words[: words.index("of")] if "of" in words[1:] else words


def _forms(words: list[str]) -> Iterator[str]:
    """Words as the lists may have them: also the singular."""
    for word in words:
        yield from (word, word.removesuffix("s"), word.removesuffix("es"))

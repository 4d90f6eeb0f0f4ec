"""The cast of one document: its actors and every place where the text stands for one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dragoman.errors import RecordError
from dragoman.reading.syntax import conjuncts
from dragoman.reading.words import Token
from dragoman.record import Actor

MentionKind = Literal["name", "nominal", "pronoun", "adjective", "metonym"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of tokens ``[start, end)`` that stands for one actor; ``head`` is its syntactic head's index.

    ``actor`` is an index into ``Cast.actors``. ``others`` holds further actors where the words stand for several
    (*they*, said of two states).
    """

    start: int
    end: int
    head: int
    kind: MentionKind
    actor: int
    others: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.head < self.end:
            raise RecordError(f"impossible mention {self.start}–{self.end} with head {self.head}")


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors of a document in the order in which they enter, and their mentions in text order.

    ``speaks_for`` maps the name of a spokesperson, envoy or other mouthpiece to that of the body.
    """

    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    speaks_for: Mapping[str, str] = field(default_factory=dict)
    _holding: dict[int, Mention] = field(init=False, repr=False, compare=False)
    _named: dict[str, Actor] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        widest_first = sorted(self.mentions, key=lambda m: m.start - m.end)
        holding = {i: m for m in widest_first for i in range(m.start, m.end)}
        holding |= {m.head: m for m in widest_first}
        object.__setattr__(self, "_holding", holding)
        object.__setattr__(self, "_named", {a.name: a for a in reversed(self.actors)})

    def at(self, index: int) -> Mention | None:
        """The mention headed by a token, else the innermost one that holds it."""
        return self._holding.get(index)

    def actor(self, name: str) -> Actor | None:
        """The actor of that name."""
        return self._named.get(name)

    def body_of(self, name: str) -> str | None:
        """The body that an actor speaks for as its spokesperson or envoy; ``None`` for anybody else."""
        return self.speaks_for.get(name)

    def names_of(self, token: Token) -> tuple[str, ...]:
        """Names of the actors that a noun phrase headed by the token stands for, those coordinated with it included.

        Empty when it stands for none: a thing, a place, a pronoun that could not be resolved.
        """
        found: dict[str, None] = {}
        for part in conjuncts(token):
            mention = self.at(part.i)
            if mention is not None and (mention.head == part.i or mention.kind == "name"):
                found |= dict.fromkeys(self.actors[i].name for i in (mention.actor, *mention.others))
        return tuple(found)

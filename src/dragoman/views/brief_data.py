"""A brief as plain data: what the writers lay out, with nothing left to decide but where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dragoman.views.ladder import Held


class PartName(StrEnum):
    """The parts of a brief in their order."""

    HAPPENED = "happened"
    AHEAD = "ahead"
    STEPS = "steps"
    STANCES = "stances"
    DISPUTES = "disputes"
    COMMITMENTS = "commitments"
    FORECASTS = "forecasts"


TITLES: Mapping[str, str] = {
    PartName.HAPPENED: "What happened",
    PartName.AHEAD: "Planned, asked for, possible or denied",
    PartName.STEPS: "Steps between isolation and recognition",
    PartName.STANCES: "Stances that changed",
    PartName.DISPUTES: "Disputes",
    PartName.COMMITMENTS: "Commitments",
    PartName.FORECASTS: "Forecasts",
}


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: one sentence of one document, with who says so in it and how it is told.

    ``voice`` and ``told`` are in words, ``published`` is an ISO prefix or *undated*, ``reports`` are the ids of the
    reports that rest on it, ``lines`` the ids of the lines that cite it.
    """

    number: int
    quote: str
    voice: str
    told: str
    document: str
    outlet: str
    published: str
    reports: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the brief. ``label`` and ``hedge`` say in words how strongly it is told, never more strongly
    than its reports do; ``documents`` and independent ``sources`` tell it, ``notes`` are numbers of footnotes."""

    id: str
    date: str
    label: str
    text: str
    hedge: str
    documents: int
    sources: int
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading, which may be empty."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence printed in place, with who says so, where it was published, and the number of its footnote."""

    text: str
    voice: str
    source: str
    note: int


@dataclass(frozen=True, slots=True)
class Side:
    """One of the accounts that do not agree."""

    value: str
    documents: int
    sources: int
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """A dispute: what it is of, what is in dispute, and its sides."""

    id: str
    date: str
    about: str
    matter: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """A row of a chart, one pair of numbers a bin: occurrences that a source tells in its own name, and those that are
    only claimed, or disputed."""

    title: str
    told: tuple[int, ...]
    doubtful: tuple[int, ...]

    @property
    def number(self) -> int:
        """Occurrences in the row."""
        return sum(self.told) + sum(self.doubtful)


@dataclass(frozen=True, slots=True)
class Chart:
    """Occurrences in time by type: ``bins`` are days, months or years (``unit``), without gaps; ``outside`` counts
    occurrences whose date is vaguer than that, or lies before the first bin; ``most`` is the highest bar."""

    unit: str
    bins: tuple[str, ...]
    strips: tuple[Strip, ...]
    most: int
    outside: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell of the ladder's grid: what a state's steps on a rung come to, and since when."""

    held: Held
    since: str


@dataclass(frozen=True, slots=True)
class Grid:
    """The ladder: for each state its marks, in the order of ``rungs``, lowest first."""

    authority: str
    rungs: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Mark, ...]], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a brief. ``note`` says what it lists and by which rule, ``cut`` what is left out (empty: nothing),
    ``empty`` is said where it lists nothing."""

    id: PartName
    note: str
    empty: str
    cut: str = ""
    chart: Chart | None = None
    grid: Grid | None = None
    groups: tuple[Group, ...] = ()
    clashes: tuple[Clash, ...] = ()

    @property
    def title(self) -> str:
        """Its heading."""
        return TITLES[self.id]

    @property
    def number(self) -> int:
        """Lines and disputes that are listed."""
        return sum(len(group.lines) for group in self.groups) + len(self.clashes)


@dataclass(frozen=True, slots=True)
class Brief:
    """A case's brief, ready to be laid out. ``told`` counts the occurrences of the period by how they are told;
    ``documents`` and independent ``sources`` are those that it was drawn from, ``undated`` those left out."""

    title: str
    period: str
    as_of: str
    documents: int
    sources: int
    undated: int
    told: tuple[tuple[str, int], ...]
    parts: tuple[Part, ...]
    notes: tuple[Note, ...]

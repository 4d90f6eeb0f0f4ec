"""What a pack holds once it is loaded: plain data in which reading, views and the command line look things up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dragoman.record import ActorKind, Kind, Likelihood, Standing

Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """An office that a person holds or held: ``title`` at the actor whose key is ``at``.

    ``since`` and ``until`` are ISO prefixes; ``until`` is open for a holder in office when the pack was written.
    """

    title: str
    at: str
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class PackActor:
    """Somebody whom a pack knows, with the surface forms that stand for them.

    ``names`` are names and acronyms beside ``name``; ``adjectives`` nationality words and demonyms (*Turkish, Turk,
    Turks*); ``metonyms`` seats that stand for the body (*Ankara, the Kremlin*). ``shared`` lists those of the forms
    that another actor of the same pack bears too, so that the form alone does not decide. ``of`` is the key of the body
    that this one serves or belongs to. ``country`` is ISO 3166 alpha-3 (XKX for Kosovo), ``sector`` a PLOVER sector.
    """

    key: str
    name: str
    kind: ActorKind
    names: Texts = ()
    adjectives: Texts = ()
    metonyms: Texts = ()
    of: str | None = None
    country: str | None = None
    sector: str | None = None
    offices: tuple[Office, ...] = ()
    shared: Texts = ()

    @property
    def forms(self) -> Texts:
        """Every surface form, the usual name first."""
        return (self.name, *self.names, *self.adjectives, *self.metonyms)


@dataclass(frozen=True, slots=True)
class Issue:
    """A question on which actors take positions; a stance answers the question.

    ``words`` are the cues that its subject is spoken of with; ``reverse`` are cues too, but name the opposite of what
    the question asks for, so that being against them is being for it (*ban on education* for *should girls have
    school*). A text that has both (*fight against terrorism*) is told in reverse only where those outweigh the words.
    """

    id: str
    question: str
    about: str = ""
    words: Texts = ()
    reverse: Texts = ()


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of the ladder between isolation and recognition, lowest first in ``Pack.rungs``.

    ``nouns`` are the things that the move is about; ``up`` and ``down`` are verbs and nouns that make one of them a
    move (*open* or *close* an *embassy*). ``alone_up`` and ``alone_down`` are words that are the move by themselves
    (*recognise*, *blacklist*). ``undoes`` are the ids of other rungs that a move down on this one ends too (with its
    embassy closed, no ambassador is left). ``above`` is the id of the rung right under this one, where a pack puts a
    rung of its own between those of a pack below.
    """

    id: str
    about: str = ""
    nouns: Texts = ()
    up: Texts = ()
    down: Texts = ()
    alone_up: Texts = ()
    alone_down: Texts = ()
    undoes: Texts = ()
    above: str | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """The parts of a pack that views of a record need, which are read a hundred times quicker than the whole.

    ``since`` is the day (ISO prefix) since which the authority has been there: steps toward it before do not last.
    ``likelihoods`` maps each word of the codebook for how sure a forecast is to a probability, by which it is scored.
    """

    authority: str | None
    since: str | None
    rungs: tuple[Rung, ...]
    likelihoods: Mapping[Likelihood, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """One entry of the coding lexicon: trigger lemmas, the roles to fill, and what it yields.

    ``verbs``, ``nouns`` and ``adjectives`` are trigger lemmas (several words are written with blanks: *step down*);
    ``light`` are the light verbs that may carry a noun trigger (*hold* talks). If ``object`` is given, a verb fires
    only with an object or complement whose head lemma is listed. ``source`` and ``target`` are the paths on which the
    actors are looked for, in order (``subject``, ``object``, ``poss`` or a preposition). ``yields`` holds the fields
    that the report gets. Each frame fires on every sentence of ``fires`` and on none of ``near_misses``.
    """

    id: str
    kind: Kind
    yields: Mapping[str, str]
    verbs: Texts = ()
    nouns: Texts = ()
    adjectives: Texts = ()
    light: Texts = ()
    object: Texts = ()
    source: Texts = ()
    target: Texts = ()
    standing: Standing | None = None
    fires: Texts = ()
    near_misses: Texts = ()


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """Everything known: core and the packs stacked on it.

    Compared and hashed by identity, so that an index built over a pack can be cached under it. ``ids`` are the ids of
    the stacked packs, ``title`` and ``about`` those of the topmost. ``authority`` is the key of the actor whose
    recognition is the question, if there is one. ``words`` maps the name of a word list to its lemmas. ``names`` is
    what ``load_pack`` takes to load the same again: names of shipped packs, absolute paths of folders.
    ``likelihoods`` are those of the ``Outline``.
    """

    ids: Texts
    title: str = ""
    about: str = ""
    actors: tuple[PackActor, ...] = ()
    by_key: Mapping[str, PackActor] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    rungs: tuple[Rung, ...] = ()
    authority: str | None = None
    frames: tuple[Frame, ...] = ()
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    names: Texts = ()
    likelihoods: Mapping[Likelihood, float] = field(default_factory=dict)

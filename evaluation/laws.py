"""Laws of meaning: what must change, and what must not, when a sentence is changed in a known way.

The sentences are those that the event frames give as examples, with names put in for who acts and who is acted on.
Each law rewrites such a sentence and says what must then be read, given what was read before: gold without a coder.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from spacy.tokens import Doc, Token

from dragoman import language
from dragoman.intake import document_from_text
from dragoman.knowledge import Frame, Pack, load_pack
from dragoman.reading import read
from dragoman.reading.actors.finding import Cast, find_cast
from dragoman.reading.participants import phrases
from dragoman.reading.syntax import case_of, child, children, own_subject
from dragoman.reading.triggers import Trigger, build_lexicon, find_triggers
from dragoman.record import Event, Kind, Standing
from evaluation.tables import Table

PUBLISHED = "2024-05-08"
CASTS = (("Peru", "Chile"), ("Ana Reyes", "Omar Haddad"), ("the Green Party", "the Border Guard"))
"""Who acts and who is acted on: two states of the packs, two persons and two bodies that no pack knows."""
STRANGERS = {
    "Peru": "Zerunia",
    "Chile": "Marvania",
    "Ana Reyes": "Tamsin Okoro",
    "Omar Haddad": "Piet Lindqvist",
    "the Green Party": "the Maple Party",
    "the Border Guard": "the Canyon Guard",
}
"""For each name one of the same shape that no pack and no gazetteer knows."""
SPEAKER = "Karl Brandt"
_NEGATED = {"VBD": "did not", "VBZ": "does not"}


@dataclass(frozen=True, slots=True)
class Template:
    """A frame's sentence with places for who acts, the verb, and whom it is done to (where the sentence has one)."""

    frame: Frame
    start: str
    middle: str
    end: str
    verb: str
    negated: str
    has_target: bool

    def named(self, cast: Sequence[str]) -> Sequence[str]:
        """Those of the two whom the sentence is about; a name that it has of its own is nobody's."""
        return cast if self.has_target else cast[:1]

    def text(self, cast: Sequence[str], *, negated: bool = False) -> str:
        """The sentence about these two, its first letter as they are written."""
        other = cast[1] if self.has_target else ""
        return f"{cast[0]}{self.start}{self.negated if negated else self.verb}{self.middle}{other}{self.end}"


@dataclass(frozen=True, slots=True)
class Told:
    """What an event says, so far as laws speak of it."""

    type: str
    source: frozenset[str]
    target: frozenset[str]
    standing: Standing
    voice: tuple[str, ...]
    place: str | None
    circumstances: tuple[object, ...]


Tellings = Counter[Told]


@dataclass(frozen=True, slots=True)
class Law:
    """A way to rewrite a sentence and what must be read afterwards; ``own`` if it speaks of the frame's event only."""

    name: str
    rewrite: Callable[[Template, Sequence[str]], str | None]
    expect: Callable[[Told, Sequence[str]], Told]
    own: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """One sentence under one law; ``broken`` names what differs, empty where the law holds."""

    law: str
    frame: str
    before: str
    after: str
    broken: tuple[str, ...]


def find_templates(frames: Iterable[Frame], pack: Pack) -> Iterator[Template]:
    """The templates of the example sentences whose main verb is the frame's trigger or carries it."""
    examples = [(frame, text) for frame in frames if frame.kind is Kind.EVENT for text in frame.fires]
    docs = language.analyse((text, ()) for _, text in examples)
    for (frame, _), doc in zip(examples, docs, strict=True):
        triggers = (t for t in find_triggers(doc, build_lexicon([frame])) if t.form != "adjective")
        cast = find_cast(doc, pack)
        found = (_template(trigger, doc, cast) for trigger in triggers)
        template = next((t for t in found if t is not None), None)
        if template is not None:
            yield template


def _template(trigger: Trigger, doc: Doc, cast: Cast) -> Template | None:
    verb = trigger.verb
    subject = own_subject(verb)
    auxiliary = child(verb, "aux", "cop")
    if verb.head != verb or subject is None or subject.left_edge.i > 0 or auxiliary or verb.tag_ not in _NEGATED:
        return None
    start, end = subject.right_edge.idx + len(subject.right_edge), verb.idx + len(verb)
    target = _target(trigger, cast)
    first, last = target or (len(doc.text), len(doc.text))
    return Template(
        trigger.frame,
        doc.text[start : verb.idx],
        doc.text[end:first],
        doc.text[last:],
        verb.text,
        f"{_NEGATED[verb.tag_]} {verb.lemma_}",
        target is not None,
    )


def _target(trigger: Trigger, cast: Cast) -> tuple[int, int] | None:
    """Bounds of the noun phrase on the frame's paths that is acted on, without its preposition.

    One that is an actor before one that is none, and one with a preposition before a bare object (*fired missiles at
    the port*). The object that a frame asks for is no target (*fired missiles*).
    """
    paths = [path for path in trigger.frame.target if path != "object" or not trigger.frame.object]
    heads = [head for path in paths for head in phrases(trigger, path) if head.i > max(trigger.token.i, trigger.verb.i)]
    if not heads:
        return None
    head = max(heads, key=lambda h: (bool(cast.names_of(h)), bool(case_of(h))))
    return _first_word(head).idx, head.right_edge.idx + len(head.right_edge)


def _first_word(head: Token) -> Token:
    marker = child(head, "case")
    return head.doc[max((c.i for c in children(marker, "fixed")), default=marker.i) + 1] if marker else head.left_edge


def _renamed(told: Told, names: Mapping[str, str]) -> Told:
    plain = {_name(old): _name(new) for old, new in names.items()}
    source, target = (frozenset(plain.get(n, n) for n in side) for side in (told.source, told.target))
    place = plain.get(told.place, told.place) if told.place else None
    return replace(told, source=source, target=target, place=place, voice=tuple(plain.get(n, n) for n in told.voice))


def _name(phrase: str) -> str:
    return phrase.removeprefix("the ")


def _swapped(cast: Sequence[str]) -> Sequence[str]:
    return cast[::-1]


def _strangers(cast: Sequence[str]) -> Sequence[str]:
    return [STRANGERS[name] for name in cast]


LAWS = (
    Law(
        "negation denies",
        lambda template, cast: template.text(cast, negated=True),
        lambda told, _: replace(told, standing=Standing.DENIED),
        own=True,
    ),
    Law(
        "a speaker adds a voice",
        lambda template, cast: f"{SPEAKER} said that {template.text(cast)}",
        lambda told, _: replace(told, voice=(SPEAKER, *told.voice)),
    ),
    Law(
        "swapping names swaps sides",
        lambda template, cast: template.text(_swapped(cast)) if template.has_target else None,
        lambda told, cast: _renamed(told, dict(zip(cast, _swapped(cast), strict=True))),
    ),
    Law(
        "unknown names change nothing",
        lambda template, cast: template.text(_strangers(cast)),
        lambda told, cast: _renamed(told, dict(zip(cast, _strangers(cast), strict=True))),
    ),
)


def try_laws(laws: Sequence[Law] = LAWS, frames: Iterable[Frame] | None = None) -> list[Outcome]:
    """Every law on every frame's sentence and cast of which the frame's event is read to begin with."""
    pack = load_pack(())
    cases = [(t, cast) for t in find_templates(pack.frames if frames is None else frames, pack) for cast in CASTS]
    before = list(tell([template.text(cast) for template, cast in cases], pack))
    read_cases = [(case, told) for case, told in zip(cases, before, strict=True) if _own(told, case[0])]
    outcomes = []
    for law in laws:
        texts = [(law.rewrite(*case), case, told) for case, told in read_cases]
        kept = [(text, case, told) for text, case, told in texts if text is not None]
        after = tell([text for text, *_ in kept], pack)
        outcomes += [
            Outcome(law.name, case[0].frame.id, case[0].text(case[1]), text, judge(law, *case, told, found))
            for (text, case, told), found in zip(kept, after, strict=True)
        ]
    return outcomes


def tell(texts: Sequence[str], pack: Pack) -> Iterator[Tellings]:
    """The events that are read in each text, each text by itself."""
    documents = [
        document_from_text(text[0].upper() + text[1:], id=f"law-{n}", published=PUBLISHED)
        for n, text in enumerate(texts)
    ]
    docs = language.analyse((d.text, ()) for d in documents)
    for document, doc in zip(documents, docs, strict=True):
        yield Counter(_told(r) for r in read(document, doc, pack).reports if isinstance(r, Event))


def _told(event: Event) -> Told:
    sides = (frozenset(map(_name, side)) for side in (event.source, event.target))
    circumstances = (event.date, event.killed, event.injured)
    return Told(str(event.type), *sides, event.standing, event.voice, event.place, circumstances)


def _own(told: Tellings, template: Template) -> Tellings:
    return Counter({t: n for t, n in told.items() if t.type == template.frame.yields["type"]})


def judge(law: Law, template: Template, cast: Sequence[str], before: Tellings, after: Tellings) -> tuple[str, ...]:
    """What differs from what the law expects: ``lost``, ``extra``, or the fields of the events that do not agree."""
    if law.own:
        before, after = _own(before, template), _own(after, template)
    expected: Tellings = Counter()
    for told, count in before.items():
        expected[law.expect(told, template.named(cast))] += count
    missing, surplus = expected - after, after - expected
    if missing.total() > surplus.total():
        return ("lost",)
    if missing.total() < surplus.total():
        return ("extra",)
    pairs = zip(_in_order(missing), _in_order(surplus), strict=True)
    wrong = {f.name for a, b in pairs for f in fields(Told) if getattr(a, f.name) != getattr(b, f.name)}
    return tuple(f.name for f in fields(Told) if f.name in wrong)


def _in_order(told: Tellings) -> list[Told]:
    return sorted(told.elements(), key=lambda t: (t.type, sorted(t.source), sorted(t.target), t.standing))


def shares(outcomes: Iterable[Outcome]) -> dict[str, tuple[int, int]]:
    """For each law how many sentences keep it, of how many."""
    found: dict[str, tuple[int, int]] = {}
    for outcome in outcomes:
        kept, of = found.get(outcome.law, (0, 0))
        found[outcome.law] = (kept + (not outcome.broken), of + 1)
    return found


def law_tables(outcomes: Sequence[Outcome]) -> list[Table]:
    """For each law how many sentences keep it; then in what the others break it."""
    kept = tuple((law, good / of, good, of) for law, (good, of) in shares(outcomes).items())
    broken = Counter((outcome.law, what) for outcome in outcomes for what in outcome.broken)
    rows = tuple((law, what, count) for (law, what), count in broken.most_common())
    return [
        Table("laws, share of sentences that keep them", ("law", "share", "kept", "of"), kept),
        Table("laws, what differs where one is broken", ("law", "what", "times"), rows),
    ]

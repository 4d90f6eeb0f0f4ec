"""Who acts in a document: mentions of every kind, gathered into one actor each (codebook, *Actors*)."""

from __future__ import annotations

from spacy.tokens import Doc

from dragoman.knowledge import Pack
from dragoman.reading.cast import Cast, Mention
from dragoman.record import Actor, ActorKind

__all__ = ["Cast", "Mention", "find_cast"]

_KINDS = {
    "PERSON": ActorKind.PERSON,
    "ORG": ActorKind.ORGANIZATION,
    "PLACE": ActorKind.STATE,
    "EVENT": ActorKind.MEETING,
}


def find_cast(doc: Doc, pack: Pack) -> Cast:
    """The actors of a document and their mentions."""
    surfaces = {form: entry for entry in pack.actors for form in (entry.name, *entry.names, *entry.metonyms)}
    found: dict[str, tuple[ActorKind, list[str]]] = {}
    spans: list[tuple[int, int, int, str]] = []
    for ent in doc.ents:
        entry = surfaces.get(ent.text)
        if entry is None and ent.label_ not in ("PERSON", "ORG"):
            continue
        name = entry.name if entry else ent.text
        kind = entry.kind if entry else _KINDS.get(ent.label_, ActorKind.STATE)
        forms = found.setdefault(name, (kind, []))[1]
        if ent.text not in forms:
            forms.append(ent.text)
        spans.append((ent.start, ent.end, ent.root.i, name))
    index = {name: i for i, name in enumerate(found)}
    actors = tuple(Actor(name, kind, tuple(forms)) for name, (kind, forms) in found.items())
    return Cast(actors, tuple(Mention(s, e, h, "name", index[n]) for s, e, h, n in spans))

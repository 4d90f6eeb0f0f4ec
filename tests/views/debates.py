"""Debates told by hand: documents in which somebody is for (+), against (-) or of two minds (0) about something."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.record import Actor, ActorKind, Document, Evidence, Fact, Position, Reading, Span, Stance

_STANCE = {"+": Stance.SUPPORT, "-": Stance.OPPOSE, "0": Stance.MIXED}


@dataclass(frozen=True)
class Said:
    """A holder, a sign, the issue, and the words that the position is about."""

    holder: str
    sign: str
    issue: str | None
    about: str = "it"


def debate(id: str, published: str | None, outlet: str, *said: Said, author: str | None = None) -> Reading:
    """A document with a sentence for each of these."""
    sentences = [f"{one.holder} spoke ({id} {n})." for n, one in enumerate(said)]
    text = "\n".join(sentences)
    starts = [sum(len(s) + 1 for s in sentences[:n]) for n in range(len(sentences))]
    spans = [Span(start, start + len(s)) for start, s in zip(starts, sentences, strict=True)]
    document = Document(
        id=id,
        text=text,
        title=Fact(f"Title {id}", "page"),
        author=Fact(author, "page") if author else None,
        outlet=Fact(outlet, "given"),
        published=Fact(published, "page") if published else None,
        source=f"{id}.txt",
        raw=text.encode(),
    )
    reports = tuple(
        Position(
            document=id,
            evidence=Evidence.slice(text, span.start, span.end),
            holder=(one.holder,),
            stance=_STANCE[one.sign],
            about=one.about,
            issue=one.issue,
        )
        for one, span in zip(said, spans, strict=True)
    )
    holders = dict.fromkeys(one.holder for one in said)
    actors = tuple(
        Actor(name, ActorKind.PERSON if name.startswith("Dr ") else ActorKind.STATE, (name,)) for name in holders
    )
    return Reading(document, tuple(spans), actors, reports, ())

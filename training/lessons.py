"""What the frames' own sentences teach: the frame's proposals are right on ``fires`` and wrong on ``not``.

The sentences say which sense of its words a frame means: they are its tests, and its first lessons.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman import language
from dragoman.intake import document_from_text
from dragoman.knowledge import Frame, load_pack
from dragoman.reading.network import Network
from dragoman.reading.proposals import Proposal
from dragoman.reading.reader import consult, propose, set_scene
from dragoman.reading.scene import Scene
from dragoman.reading.scorer import Scorer
from dragoman.reading.unlisted import UNLISTED
from evaluation.laws import find_templates

WEIGHT = 1.0
"""Beside a coded article's proposals. With four the models are worse on articles: sentences of a
lexicon teach sense, not how often a coder codes something."""


@dataclass(frozen=True, slots=True)
class FrameLesson:
    """A proposal's features, and whether it is right."""

    kind: str
    features: tuple[str, ...]
    label: bool


def frame_lessons(roles: Scorer, network: Network) -> list[FrameLesson]:
    """The lessons of every core frame, proposed for by these role models and this report network."""
    frames = load_pack(()).frames
    cases = [
        (f, text, right) for f in frames for texts, right in ((f.fires, True), (f.near_misses, False)) for text in texts
    ]
    lessons = []
    for (frame, _, right), scene in zip(cases, _scenes([text for _, text, _ in cases], network), strict=True):
        claimed = [p for p in propose(scene, roles) if _claims(p, frame)]
        own = [p for p in claimed if p.report.frame == frame.id]
        lessons += [FrameLesson(frame.kind, p.features, right) for p in (own or claimed if right else claimed)]
        lessons += _beside(frame, scene, roles)
    return lessons + law_lessons(roles, network)


CASTS = (("Kenya", "Norway"), ("Maria Lopez", "Idris Bello"), ("the Harvest Party", "the Coast Guard"))
"""Names for the frames' sentences when they are rewritten; the laws of meaning are tried with others."""
SPEAKER = "Lena Fischer"


def law_lessons(roles: Scorer, network: Network) -> list[FrameLesson]:
    """What is coded does not hang on a *not* or on who says it: event frames' sentences, denied and attributed."""
    pack = load_pack(())
    cases = [
        (template.frame, text)
        for template in find_templates(pack.frames, pack)
        for cast in CASTS
        for text in (template.text(cast, negated=True), f"{SPEAKER} said that {template.text(cast)}")
    ]
    lessons = []
    for (frame, _), scene in zip(
        cases, _scenes([text[0].upper() + text[1:] for _, text in cases], network), strict=True
    ):
        own = (p for p in propose(scene, roles) if p.report.frame == frame.id and _claims(p, frame))
        lessons += [FrameLesson(frame.kind, p.features, True) for p in own]
        lessons += _beside(frame, scene, roles)
    return lessons


RoleLessons = dict[str, list[tuple[tuple[str, ...], bool]]]
"""Features of candidates, and whether they have the role, by the name of the model that casts it."""


def role_lessons(network: Network) -> RoleLessons:
    """Who acts and who is acted on in event frames' sentences, whoever is said to say it."""
    pack = load_pack(())
    cases = [
        (template, cast, text)
        for template in find_templates(pack.frames, pack)
        for cast in CASTS
        for text in (template.text(cast), f"{SPEAKER} said that {template.text(cast)}")
    ]
    lessons: RoleLessons = {"event/source": [], "event/target": []}
    scenes = _scenes([text[0].upper() + text[1:] for *_, text in cases], network)
    for (template, cast, _), scene in zip(cases, scenes, strict=True):
        who = {"event/source": cast[0], "event/target": cast[1] if template.has_target else ""}
        for proposal in propose(scene, Scorer()):
            if proposal.report.frame == template.frame.id and _claims(proposal, template.frame):
                for model, name in who.items():
                    name = name.removeprefix("the ")
                    lessons[model] += [(c.features, c.name == name) for c in proposal.candidates]
    return lessons


@dataclass(frozen=True, slots=True)
class NetworkLesson:
    """A sentence and where its frame fires; whether it says what the frame yields, and (in a template) of whom."""

    frame: Frame
    scene: Scene
    right: bool
    who: tuple[tuple[str, ...], ...] | None = None
    """Source, target and voice."""


def network_lessons() -> Iterator[NetworkLesson]:
    """Every core frame's sentences, then event frames' with other names: plain, denied, or as somebody's word."""
    pack = load_pack(())
    for right in (True, False):
        cases = [(f, text) for f in pack.frames for text in (f.fires if right else f.near_misses)]
        for (frame, _), scene in zip(cases, _set([text for _, text in cases]), strict=True):
            yield NetworkLesson(frame, scene, right)
    forms = (("{}", False, ()), ("{}", True, ()), (f"{SPEAKER} said that {{}}", False, (SPEAKER,)))
    written = []
    for template in find_templates(pack.frames, pack):
        for cast, (form, negated, voice) in zip(CASTS, forms, strict=True):
            text = form.format(template.text(cast, negated=negated))
            source, target = (name.removeprefix("the ") for name in cast)
            who = ((source,), (target,) if template.has_target else (), voice)
            written.append((template.frame, text[0].upper() + text[1:], who))
    for (frame, _, who), scene in zip(written, _set([text for _, text, _ in written]), strict=True):
        yield NetworkLesson(frame, scene, True, who)


def _beside(frame: Frame, scene: Scene, roles: Scorer) -> Iterator[FrameLesson]:
    """What the network alone finds beside what the frame's sentence says is nothing that it says."""
    for proposal in propose(scene, roles):
        if UNLISTED in proposal.report.frame and not _claims(proposal, frame):
            yield FrameLesson(proposal.report.kind, proposal.features, False)


def _scenes(texts: list[str], network: Network) -> Iterator[Scene]:
    for scene in _set(texts):
        yield consult(scene, network)


def _set(texts: list[str]) -> Iterator[Scene]:
    documents = [document_from_text(text, id=f"sentence-{n}") for n, text in enumerate(texts)]
    docs = language.analyse((d.text, ()) for d in documents)
    for document, doc in zip(documents, docs, strict=True):
        yield set_scene(document, doc, load_pack(()))


def _claims(proposal: Proposal, frame: Frame) -> bool:
    """Whether a proposal says what the frame yields."""
    if proposal.report.kind is not frame.kind:
        return False
    row = proposal.report.to_dict()
    return proposal.report.frame == frame.id or all(row[k] == v for k, v in frame.yields.items() if k in row)

"""The report network in torch, and what it learns from: coded articles, cut into the windows that reading uses."""

from __future__ import annotations

import copy
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from dragoman.reading.arguments import way_between
from dragoman.reading.network import (
    ABSENT,
    ACTOR_KINDS,
    CLAIMS,
    FAR,
    INPUTS,
    NUMBER,
    ROLES,
    KnownWays,
    Marks,
    Network,
    Stretch,
    Way,
    distance,
    lower_states,
)
from dragoman.reading.scene import Scene
from dragoman.record import Kind, Standing
from training.export import quantise

WIDTH, PAIR = 384, 256
STANDINGS = tuple(Standing)
"""Taught beside the rest; reading does not ask for them."""
DROPOUT = 0.2


class ReportNet(nn.Module):
    """States and marks in; claims, standings and pairs out.

    The layers are the tuned encoder's upper ones, tuned further: they know English, which the coded articles alone
    could not teach. They begin where the encoder's lower layers end (``Encoder.both_states``), a word at a time.
    """

    def __init__(self, upper: nn.ModuleList, known: KnownWays) -> None:
        super().__init__()
        self.known = known
        self.kind = nn.Embedding(len(ACTOR_KINDS), WIDTH)
        self.frame = nn.Linear(len(CLAIMS), WIDTH, bias=False)
        self.told = nn.Embedding(2, WIDTH)
        for table in (self.kind, self.told, self.frame):
            nn.init.normal_(table.weight, std=0.02)
        self.layers = copy.deepcopy(upper)
        self.drop = nn.Dropout(DROPOUT)
        self.claim = nn.Linear(WIDTH + len(CLAIMS), len(CLAIMS))
        self.standing = nn.Linear(WIDTH, len(STANDINGS))
        self.trigger, self.actor = nn.Linear(WIDTH, PAIR), nn.Linear(WIDTH, PAIR)
        self.claimed = nn.Embedding(len(CLAIMS), PAIR)
        self.far = nn.Embedding(2 * FAR + 1, PAIR)
        self.path = nn.Embedding(1 + len(known.paths), PAIR)
        self.marker = nn.Embedding(1 + len(known.markers), PAIR)
        for table in (self.claimed, self.far, self.path, self.marker):
            nn.init.normal_(table.weight, std=0.1)
        self.role = nn.Linear(PAIR, len(ROLES))
        nn.init.constant_(self.claim.bias, -4.0)

    def forward(self, lower: Tensor, kinds: Tensor, claims: Tensor, told: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        """Claims, standings and the two sides of pairs for each word: batch × words × …"""
        found = lower + self.kind(kinds) + self.frame(claims) + self.told(told)
        hidden = (1.0 - mask.float())[:, None, None, :] * -1e4
        for layer in self.layers:
            found = layer(found, hidden)
        found = self.drop(found)
        return self.claim(torch.cat([found, claims], 2)), self.standing(found), self.trigger(found), self.actor(found)

    def roles(
        self, triggers: Tensor, actors: Tensor, claims: Tensor, far: Tensor, paths: Tensor, markers: Tensor
    ) -> Tensor:
        """Log odds of each role for pairs of one row each."""
        hidden = triggers + actors + self.claimed(claims) + self.far(far) + self.path(paths) + self.marker(markers)
        return self.role(self.drop(functional.relu(hidden)))


@dataclass(slots=True)
class Told:
    """One coded report as the network should see it: where, what, how, and who."""

    claim: int
    trigger: int | None
    evidence: tuple[int, ...]
    standing: int
    roles: dict[str, frozenset[str]] | None
    """Nothing where one who takes part is not known by any name in the text."""


@dataclass(slots=True)
class Lesson:
    """One article: states, marks and windows, its actors' mentions by head, and its coded reports."""

    states: np.ndarray
    marks: Marks
    stretches: list[Stretch]
    mentions: dict[int, tuple[str, ...]]
    ways: dict[tuple[int, int], Way]
    sentences: list[tuple[int, int]]
    told: list[Told]
    open: np.ndarray
    """Tokens × claims: where more may be told than is coded."""


FIRST = {"event": "source", "position": "holder", "commitment": "by", "forecast": "by", "relation": "subject"}
SECOND = {"event": "target", "relation": "object"}
FIELD = {"event": "type", "position": "stance", "commitment": "status", "relation": "predicate"}


def make_lesson(
    scene: Scene,
    marks: Marks,
    windows: list[Stretch],
    gold: Any,
    predicted: Any,
    paired: dict[Kind, dict[int, int]],
    tool: ModuleType,
    *,
    whole: bool = True,
) -> Lesson:
    """The lesson of a coded article; ``paired`` has the triggers of those reports that a proposal stands for.

    In a text that is not ``whole`` somebody who takes part may be told of elsewhere: then the lesson has no roles.
    """
    names = tool.Names(gold, predicted)
    known = {names.pred(actor["name"]) for actor in predicted.actors}
    told = []
    for kind in FIRST:
        golds = [r for r in gold.reports if r["kind"] == kind]
        for i, row in enumerate(golds):
            claim = NUMBER[f"{kind}:{row[FIELD[kind]] if kind in FIELD else ''}"]
            found = scene.doc.char_span(row["evidence"]["start"], row["evidence"]["end"], alignment_mode="expand")
            evidence = tuple(t.i for t in found if not t.is_space and not t.is_punct)
            roles = {
                "first": _named(row, FIRST[kind], names, tool),
                "voice": frozenset(names.gold(n) for n in row.get("voice", [])[-1:]),
            }
            roles["second"] = _named(row, SECOND[kind], names, tool) if kind in SECOND else frozenset()
            cast = whole or known.issuperset(frozenset[str]().union(*roles.values()))
            standing = STANDINGS.index(row["standing"]) if kind in ("event", "relation", "commitment") else -100
            trigger = paired[Kind(kind)].get(i, _word_of(row, scene))
            told.append(Told(claim, trigger, evidence, standing, roles if cast else None))
    mentions = {
        m.head: tuple(names.pred(scene.cast.actors[a].name) for a in (m.actor, *m.others)) for m in scene.cast.mentions
    }
    sentences = [(s.start, s.end) for s in scene.sentences]
    ways = {
        (trigger, head): way_between(scene.doc[trigger], scene.doc[head])
        for trigger in {t.trigger for t in told if t.trigger is not None}
        for start, end in sentences
        if start <= trigger < end
        for head in mentions
        if start <= head < end
    }
    return Lesson(
        lower_states(scene.doc), marks, windows, mentions, ways, sentences, told, np.zeros(marks.claims.shape, bool)
    )


def _word_of(row: dict[str, Any], scene: Scene) -> int | None:
    """The token that the coder names as the report's word; nothing where none is named."""
    if "word" not in row:
        return None
    found = scene.doc.char_span(*row["word"], alignment_mode="expand")
    return found.root.i if found is not None else None


def _named(row: dict[str, Any], role: str, names: Any, tool: ModuleType) -> frozenset[str]:
    return frozenset(names.gold(n) for n in tool.as_list(row.get(role)))


@dataclass(slots=True)
class Answers:
    """One window and all that is known of it, places counted in the window.

    ``counted`` has zeros where a claim is neither right nor wrong; ``anywhere`` are claims of which only the evidence
    is known; ``pairs`` are rows of trigger, actor, claim, distance, path and marker, ``roles`` which of ``ROLES`` the
    actor has.
    """

    states: np.ndarray
    kinds: np.ndarray
    claims: np.ndarray
    told: np.ndarray
    wanted: np.ndarray
    counted: np.ndarray
    anywhere: list[tuple[list[int], int]]
    standing: np.ndarray
    pairs: np.ndarray
    roles: np.ndarray


def answers_of(lesson: Lesson, stretch: Stretch, known: KnownWays) -> Answers:
    """A window of an article with its answers."""
    tokens = np.array(stretch.tokens)
    place = {token: n for n, token in enumerate(stretch.tokens)}
    wanted = np.zeros((len(tokens), len(CLAIMS)), np.float32)
    counted = np.zeros_like(wanted)
    counted[stretch.main :] = ~lesson.open[tokens[stretch.main :]]
    standing = np.full(len(tokens), -100)
    anywhere: list[tuple[list[int], int]] = []
    pairs: list[tuple[int, ...]] = []
    roles: list[tuple[int, ...]] = []
    for told in lesson.told:
        here = [place[t] for t in told.evidence if place.get(t, -1) >= stretch.main]
        if not here:
            continue
        if told.trigger is None or told.trigger not in place:
            counted[here, told.claim] = 0.0
            anywhere.append((here, told.claim))
        elif place[told.trigger] >= stretch.main:
            wanted[place[told.trigger], told.claim] = counted[place[told.trigger], told.claim] = 1.0
            standing[place[told.trigger]] = told.standing
            for actor, has in _actors_of(lesson, told, place):
                far = int(distance(np.array(place[told.trigger]), np.array(actor)))
                way = lesson.ways.get((told.trigger, stretch.tokens[actor]), ABSENT)
                pairs.append((place[told.trigger], actor, told.claim, far, *known.numbers(way)))
                roles.append(has)
    marks = lesson.marks
    return Answers(
        lesson.states[tokens].astype(np.float32),
        marks.kinds[tokens],
        marks.claims[tokens],
        marks.told[tokens],
        wanted,
        counted,
        anywhere,
        standing,
        np.array(pairs, np.int64).reshape(-1, 6),
        np.array(roles, np.float32).reshape(-1, 3),
    )


def _actors_of(lesson: Lesson, told: Told, place: dict[int, int]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The actors of the trigger's sentence, and those of the text before it that the sentence lacks, by their last
    mention: each with the roles that it has."""
    if told.roles is None:
        return
    assert told.trigger is not None
    start, end = next(s for s in lesson.sentences if s[0] <= told.trigger < s[1])
    heads = [head for head in lesson.mentions if head in place and head < end]
    seen = {name for head in heads if head >= start for name in lesson.mentions[head]}
    for head in sorted(heads, reverse=True):
        names = set(lesson.mentions[head])
        if head < start:
            names -= seen
            seen |= names
        if names:
            yield place[head], tuple(int(bool(names & told.roles[role])) for role in ROLES)


def loss_of(net: ReportNet, group: Sequence[Answers]) -> Tensor:
    """Claims by word (or by any word of the evidence), standings at triggers, roles of actors."""
    longest = max(len(a.kinds) for a in group)

    def fill(name: str, kind: torch.dtype, blank: float = 0.0) -> Tensor:
        rows = [torch.as_tensor(getattr(a, name), dtype=kind) for a in group]
        return torch.stack(
            [functional.pad(r, (0, 0) * (r.ndim - 1) + (0, longest - len(r)), value=blank) for r in rows]
        )

    mask = torch.stack([torch.arange(longest) < len(a.kinds) for a in group])
    inputs = (
        fill("states", torch.float32),
        fill("kinds", torch.long),
        fill("claims", torch.float32),
        fill("told", torch.long),
    )
    claims, standings, triggers, actors = (answer.float() for answer in net(*inputs, mask))
    wanted, counted = fill("wanted", torch.float32), fill("counted", torch.float32)
    plain = functional.binary_cross_entropy_with_logits(claims, wanted, counted, reduction="sum")
    missed = [torch.logsumexp(claims[n, here, claim], 0) for n, a in enumerate(group) for here, claim in a.anywhere]
    anywhere = functional.softplus(-torch.stack(missed)).sum() if missed else plain * 0
    loss = (plain + 0.7 * anywhere) / max(1, int(wanted.sum()) + len(missed))
    standing = fill("standing", torch.long, -100)
    if (standing >= 0).any():
        loss = loss + 0.5 * functional.cross_entropy(standings.transpose(1, 2), standing, ignore_index=-100)
    windows = np.repeat(np.arange(len(group)), [len(a.pairs) for a in group])
    if len(windows):
        trigger, actor, *rest = torch.as_tensor(np.concatenate([a.pairs for a in group])).T
        odds = net.roles(triggers[torch.as_tensor(windows), trigger], actors[torch.as_tensor(windows), actor], *rest)
        right = torch.as_tensor(np.concatenate([a.roles for a in group]))
        loss = loss + ROLE_WEIGHT * functional.binary_cross_entropy_with_logits(odds, right)
    return loss


UPPER_RATE, HEAD_RATE, EPOCHS = 2e-4, 1e-3, 7
ROLE_WEIGHT = 4.0
WINDOWS, SHORT, SHORT_WINDOWS = 8, 60, 24
"""Windows that are learned from at once, and those of fewer words than ``SHORT``, which go together."""


def batches(items: Sequence[Answers], rng: np.random.Generator) -> list[list[Answers]]:
    """Every window once, in batches of like ones, shuffled."""
    found = []
    for short, size in ((False, WINDOWS), (True, SHORT_WINDOWS)):
        alike = [item for item in items if (len(item.kinds) < SHORT) is short]
        order = rng.permutation(len(alike))
        found += [[alike[i] for i in order[start : start + size]] for start in range(0, len(alike), size)]
    return [found[i] for i in rng.permutation(len(found))]


def learn(upper: nn.ModuleList, lessons: Sequence[Lesson], seed: int, *, epochs: int = EPOCHS) -> ReportNet:
    """A network that has learned from these articles, its layers begun as the encoder's upper ones."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    known = known_ways(lessons)
    net = ReportNet(upper, known)
    ours = {id(p) for p in net.layers.parameters()}
    groups = [
        {"params": list(net.layers.parameters()), "lr": UPPER_RATE},
        {"params": [p for p in net.parameters() if id(p) not in ours], "lr": HEAD_RATE},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    items = [answers_of(lesson, stretch, known) for lesson in lessons for stretch in lesson.stretches]
    steps = epochs * len(batches(items, rng))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min(1.0, n / (0.1 * steps)) * max(0.0, 1 - n / steps)
    )
    net.train()
    for _ in range(epochs):
        for group in batches(items, rng):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(net, group)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    return net.eval()


PATHS, MARKERS = 500, 40


def known_ways(lessons: Sequence[Lesson]) -> KnownWays:
    """The most frequent paths and prepositions between words and actors."""
    ways = [way for lesson in lessons for way in lesson.ways.values()]
    paths, markers = (Counter(part) for part in zip(*ways, strict=True))
    return KnownWays.of(
        [ABSENT[0], *(p for p, _ in paths.most_common(PATHS))], [m for m, _ in markers.most_common(MARKERS)]
    )


def as_network(net: ReportNet) -> Network:
    """The network as reading asks it, not yet written to a file."""

    def run(inputs: dict[str, np.ndarray]) -> list[np.ndarray]:
        with torch.inference_mode():
            claims, _, triggers, actors = net(*(torch.as_tensor(inputs[name]) for name in INPUTS))
            return [answer.float().numpy() for answer in (claims, triggers, actors)]

    return Network(run, pair_weights(net), net.known)


def pair_weights(net: ReportNet) -> dict[str, np.ndarray]:
    """The layers that pairs go through, in half precision."""
    names = ("claimed.weight", "far.weight", "path.weight", "marker.weight", "role.weight", "role.bias")
    return {name: net.state_dict()[name].numpy().astype(np.float16).astype(np.float32) for name in names}


def write_network(net: ReportNet, out: Path) -> None:
    """Write the network as the package holds it: eight-bit ONNX, and the layers for pairs."""
    shape = (2, 24)
    inputs = (
        torch.randn(*shape, WIDTH),
        torch.zeros(shape, dtype=torch.long),
        torch.zeros(*shape, len(CLAIMS)),
        torch.zeros(shape, dtype=torch.long),
        torch.ones(shape, dtype=torch.bool),
    )
    outputs = ["claim", "standing", "trigger", "actor"]
    axes = {name: {0: "windows", 1: "words"} for name in (*INPUTS, *outputs)}
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        torch.onnx.export(
            net,
            inputs,
            str(plain),
            input_names=list(INPUTS),
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quantise(plain, out / "network.onnx")
    weights = {n: w.astype(np.float16) for n, w in pair_weights(net).items()}
    ways = {"paths": np.array(list(net.known.paths)), "markers": np.array(list(net.known.markers))}
    np.savez_compressed(out / "network.npz", **weights, **ways)

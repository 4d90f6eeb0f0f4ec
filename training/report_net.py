"""The report network in torch, and how it learns: windows with the answers of coders and those of a teacher."""

from __future__ import annotations

import copy
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from dragoman.reading.network import (
    ABSENT,
    ACTOR_KINDS,
    CLAIMS,
    FAR,
    INPUTS,
    ROLES,
    KnownWays,
    Network,
    Stretch,
    distance,
)
from training.export import quantise
from training.report_lessons import STANDINGS, Lesson

WIDTH, PAIR = 384, 256
DROPOUT = 0.2
DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")


class ReportNet(nn.Module):
    """States and marks in; claims, standings and pairs out.

    The layers are the tuned encoder's upper ones, tuned further: they know English, which the coded articles alone
    could not teach. They begin where the encoder's lower layers end (``Encoder.both_states``), a word at a time.
    ``beside`` is how many more values a word has that the heads look at.
    """

    def __init__(self, upper: nn.ModuleList, known: KnownWays, beside: int = 0) -> None:
        super().__init__()
        width = WIDTH + beside
        self.known = known
        self.kind = nn.Embedding(len(ACTOR_KINDS), WIDTH)
        self.frame = nn.Linear(len(CLAIMS), WIDTH, bias=False)
        self.told = nn.Embedding(2, WIDTH)
        for table in (self.kind, self.told, self.frame):
            nn.init.normal_(table.weight, std=0.02)
        self.layers = copy.deepcopy(upper)
        self.drop = nn.Dropout(DROPOUT)
        self.claim = nn.Linear(width + len(CLAIMS), len(CLAIMS))
        self.standing = nn.Linear(width, len(STANDINGS))
        self.trigger, self.actor = nn.Linear(width, PAIR), nn.Linear(width, PAIR)
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
        return self.answer(self.words(lower, kinds, claims, told, mask), claims)

    def words(self, lower: Tensor, kinds: Tensor, claims: Tensor, told: Tensor, mask: Tensor) -> Tensor:
        """What the layers make of each word."""
        found = lower + self.kind(kinds) + self.frame(claims) + self.told(told)
        hidden = (1.0 - mask.float())[:, None, None, :] * -1e4
        for layer in self.layers:
            found = layer(found, hidden)
        return found

    def answer(self, found: Tensor, claims: Tensor) -> tuple[Tensor, ...]:
        """What the heads say of words."""
        found = self.drop(found)
        return self.claim(torch.cat([found, claims], 2)), self.standing(found), self.trigger(found), self.actor(found)

    def see(self, group: Sequence[Answers]) -> tuple[Tensor, ...]:
        """The answer to some windows."""
        return self(*inputs_of(group))

    def roles(
        self, triggers: Tensor, actors: Tensor, claims: Tensor, far: Tensor, paths: Tensor, markers: Tensor
    ) -> Tensor:
        """Log odds of each role for pairs of one row each."""
        hidden = triggers + actors + self.claimed(claims) + self.far(far) + self.path(paths) + self.marker(markers)
        return self.role(self.drop(functional.relu(hidden)))


@dataclass(slots=True)
class Answers:
    """One window and all that is known of it, places counted in the window.

    ``main`` is 1 for the words that the window is read for; ``counted`` has zeros where a claim is neither right nor
    wrong; ``anywhere`` are claims of which only the evidence is known; ``pairs`` are rows of trigger, actor, claim,
    distance, path and marker, ``roles`` which of ``ROLES`` the actor has. ``pieces`` are rows of a WordPiece's number,
    spelling, blanks before it, and its word. ``offered`` are pairs of what frames could claim. What a teacher says:
    ``likely``, words × claims, and ``parts``, a row for each row of ``offered``.
    """

    states: np.ndarray
    pieces: np.ndarray
    kinds: np.ndarray
    claims: np.ndarray
    told: np.ndarray
    main: np.ndarray
    wanted: np.ndarray
    counted: np.ndarray
    anywhere: list[tuple[list[int], int]]
    standing: np.ndarray
    pairs: np.ndarray
    roles: np.ndarray
    offered: np.ndarray
    coded: bool
    likely: np.ndarray | None = None
    parts: np.ndarray | None = None


def answers_of(lesson: Lesson, stretch: Stretch, known: KnownWays) -> Answers:
    """A window of an article with its answers."""
    tokens = np.array(stretch.tokens)
    place = {token: n for n, token in enumerate(stretch.tokens)}
    main = (np.arange(len(tokens)) >= stretch.main).astype(np.float32)
    wanted = np.zeros((len(tokens), len(CLAIMS)), np.float32)
    counted = main[:, None] * ~lesson.open[tokens]
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
            if told.roles is not None:
                for head, names in _actors_of(lesson, told.trigger, place):
                    pairs.append(_pair(lesson, told.trigger, head, told.claim, place, known))
                    roles.append(tuple(int(bool(names & told.roles[role])) for role in ROLES))
    marks = lesson.marks
    offered = [
        _pair(lesson, trigger, head, claim, place, known)
        for trigger in stretch.tokens[stretch.main :]
        for claim in np.flatnonzero(marks.claims[trigger]).tolist()
        for head, _ in _actors_of(lesson, trigger, place)
    ]
    return Answers(
        lesson.states[tokens],
        _pieces_of(lesson, tokens),
        marks.kinds[tokens],
        marks.claims[tokens],
        marks.told[tokens],
        main,
        wanted,
        counted.astype(np.float32),
        anywhere,
        standing,
        np.array(pairs, np.int64).reshape(-1, 6),
        np.array(roles, np.float32).reshape(-1, len(ROLES)),
        np.array(offered, np.int64).reshape(-1, 6),
        coded=True,
    )


def _pieces_of(lesson: Lesson, tokens: np.ndarray) -> np.ndarray:
    pieces = lesson.pieces
    ends = np.cumsum(pieces.lengths)[tokens]
    lengths = pieces.lengths[tokens]
    which = np.concatenate([np.arange(end - size, end) for end, size in zip(ends, lengths, strict=True)])
    columns = (pieces.cases[tokens], pieces.gaps[tokens], np.arange(len(tokens)))
    return np.stack([pieces.numbers[which], *(np.repeat(column, lengths) for column in columns)], 1)


def _pair(
    lesson: Lesson, trigger: int, head: int, claim: int, place: dict[int, int], known: KnownWays
) -> tuple[int, ...]:
    far = int(distance(np.array(place[trigger]), np.array(place[head])))
    return place[trigger], place[head], claim, far, *known.numbers(lesson.ways.get((trigger, head), ABSENT))


def _actors_of(lesson: Lesson, trigger: int, place: dict[int, int]) -> Iterator[tuple[int, set[str]]]:
    """The actors of the trigger's sentence, and those of the text before it that the sentence lacks, by their last
    mention: heads, each with the names that it adds."""
    start, end = next(s for s in lesson.sentences if s[0] <= trigger < s[1])
    heads = [head for head in lesson.mentions if head in place and head < end]
    seen = {name for head in heads if head >= start for name in lesson.mentions[head]}
    for head in sorted(heads, reverse=True):
        names = set(lesson.mentions[head])
        if head < start:
            names -= seen
            seen |= names
        if names:
            yield head, names


def fill(rows: Sequence[np.ndarray], kind: torch.dtype, blank: float = 0.0) -> Tensor:
    """Rows of unlike length as one tensor."""
    longest = max(map(len, rows))
    tensors = [torch.as_tensor(row, dtype=kind) for row in rows]
    padded = [functional.pad(t, (0, 0) * (t.ndim - 1) + (0, longest - len(t)), value=blank) for t in tensors]
    return torch.stack(padded).to(DEVICE)


def inputs_of(group: Sequence[Answers]) -> tuple[Tensor, ...]:
    """Windows as the network takes them: ``INPUTS``, and the mask of what is filled up."""
    kinds = {"states": torch.float32, "kinds": torch.long, "claims": torch.float32, "told": torch.long}
    mask = fill([np.ones(len(a.kinds), bool) for a in group], torch.bool)
    return *(fill([getattr(a, name) for a in group], kind) for name, kind in kinds.items()), mask


def loss_of(net: ReportNet, group: Sequence[Answers]) -> Tensor:
    """What coders and teacher (where one was asked) say, against what the network says."""
    claims, standings, *sides = (answer.float() for answer in net.see(group))
    loss = torch.zeros((), device=DEVICE)
    if group[0].coded:
        loss = loss + _claim_loss(claims, group) + _standing_loss(standings, group)
        odds, right, _ = _asked(net, sides, group, "pairs", "roles")
        if len(right):
            loss = loss + ROLE_WEIGHT * functional.binary_cross_entropy_with_logits(odds, right)
    if group[0].likely is not None:
        loss = loss + _taught_loss(net, claims, sides, group)
    return loss


def _claim_loss(claims: Tensor, group: Sequence[Answers]) -> Tensor:
    """Claims by word, or by any word of the evidence."""
    wanted, counted = (fill([getattr(a, name) for a in group], torch.float32) for name in ("wanted", "counted"))
    plain = functional.binary_cross_entropy_with_logits(claims, wanted, counted, reduction="sum")
    missed = [torch.logsumexp(claims[n, here, claim], 0) for n, a in enumerate(group) for here, claim in a.anywhere]
    anywhere = functional.softplus(-torch.stack(missed)).sum() if missed else plain * 0
    return (plain + 0.7 * anywhere) / max(1, sum(int(a.wanted.sum()) for a in group) + len(missed))


def _standing_loss(standings: Tensor, group: Sequence[Answers]) -> Tensor:
    standing = fill([a.standing for a in group], torch.long, -100)
    if all((a.standing < 0).all() for a in group):
        return standings.sum() * 0
    return 0.5 * functional.cross_entropy(standings.transpose(1, 2), standing, ignore_index=-100)


def _taught_loss(net: ReportNet, claims: Tensor, sides: Sequence[Tensor], group: Sequence[Answers]) -> Tensor:
    """The teacher's probabilities as answers (Hinton et al. 2015): claims; and roles, by how likely the claim is."""
    likely, main = (fill([getattr(a, name) for a in group], torch.float32) for name in ("likely", "main"))
    missed = functional.binary_cross_entropy_with_logits(
        claims, likely, main[:, :, None].expand_as(likely), reduction="sum"
    )
    loss = missed / (likely * main[:, :, None]).sum().clamp(min=1.0)
    odds, parts, (window, trigger, claim) = _asked(net, sides, group, "offered", "parts")
    if len(parts):
        weight = likely[window, trigger, claim]
        roles = functional.binary_cross_entropy_with_logits(odds, parts, reduction="none").mean(1)
        loss = loss + ROLE_WEIGHT * (roles * weight).sum() / weight.sum().clamp(min=1.0)
    return loss


def _asked(
    net: ReportNet, sides: Sequence[Tensor], group: Sequence[Answers], rows: str, answers: str
) -> tuple[Tensor, Tensor, tuple[Tensor, ...]]:
    """Log odds of roles for the pairs of some windows, their answers, and each pair's window, trigger and claim."""
    found = [getattr(a, rows) for a in group]
    window = torch.as_tensor(np.repeat(np.arange(len(group)), [len(f) for f in found]), device=DEVICE)
    trigger, actor, claim, *rest = torch.as_tensor(np.concatenate(found), device=DEVICE).T
    odds = net.roles(sides[0][window, trigger], sides[1][window, actor], claim, *rest)
    right = np.concatenate([getattr(a, answers) for a in group]) if answers else np.zeros((len(window), len(ROLES)))
    return odds, torch.as_tensor(right, dtype=torch.float32, device=DEVICE), (window, trigger, claim)


@torch.inference_mode()
def ask(net: ReportNet, group: Sequence[Answers]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Probabilities of claims and of roles in what is offered, window by window."""
    with torch.autocast(DEVICE.type, dtype=torch.bfloat16):
        claims, _, *sides = net.see(group)
        odds, _, (window, *_) = _asked(net, [side.float() for side in sides], group, "offered", "")
    likely, parts = (found.float().sigmoid().cpu().numpy().astype(np.float16) for found in (claims, odds))
    for n, answers in enumerate(group):
        yield likely[n, : len(answers.kinds)], parts[window.cpu().numpy() == n]


UPPER_RATE, HEAD_RATE, EPOCHS = 3e-4, 1.4e-3, 7
ROLE_WEIGHT = 4.0
WINDOWS, SHORT, SHORT_WINDOWS = 16, 60, 48
"""Windows that are learned from at once, and those of fewer words than ``SHORT``, which go together."""


def batches(items: Sequence[Answers], rng: np.random.Generator) -> list[list[Answers]]:
    """Every window once, in batches of like ones, shuffled."""
    found = []
    for coded in (True, False):
        for short, size in ((False, WINDOWS), (True, SHORT_WINDOWS)):
            alike = [item for item in items if item.coded is coded and (len(item.kinds) < SHORT) is short]
            order = rng.permutation(len(alike))
            found += [[alike[i] for i in order[start : start + size]] for start in range(0, len(alike), size)]
    return [found[i] for i in rng.permutation(len(found))]


def learn(upper: nn.ModuleList, items: Sequence[Answers], known: KnownWays, seed: int) -> ReportNet:
    """A network that has learned from these windows, its layers begun as the encoder's upper ones."""
    torch.manual_seed(seed)
    net = ReportNet(upper, known)
    train(net, items, {UPPER_RATE: net.layers}, seed, EPOCHS)
    return net.cpu()


def train(net: ReportNet, items: Sequence[Answers], rates: dict[float, nn.Module], seed: int, epochs: int) -> None:
    """Train a network in place; parts with a learning rate of their own are given by rate, heads have ``HEAD_RATE``."""
    rng = np.random.default_rng(seed)
    net.to(DEVICE).train()
    groups = [{"params": list(part.parameters()), "lr": rate} for rate, part in rates.items()]
    ours = {id(p) for group in groups for p in group["params"]}
    groups.append({"params": [p for p in net.parameters() if id(p) not in ours], "lr": HEAD_RATE})
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    plan = [batch for _ in range(epochs) for batch in batches(items, rng)]
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min(1.0, n / (0.1 * len(plan))) * max(0.0, 1 - n / len(plan))
    )
    for group in plan:
        with torch.autocast(DEVICE.type, dtype=torch.bfloat16):
            loss = loss_of(net, group)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        schedule.step()
    net.eval()


def as_network(net: ReportNet) -> Network:
    """The network as reading asks it, not yet written to a file."""

    def run(inputs: dict[str, np.ndarray]) -> list[np.ndarray]:
        with torch.inference_mode():
            mask = torch.ones(inputs["kinds"].shape, dtype=torch.bool)
            claims, _, triggers, actors = net(*(torch.as_tensor(inputs[name]) for name in INPUTS), mask)
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
    axes = {name: {0: "windows", 1: "words"} for name in (*INPUTS, "mask", *outputs)}
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        torch.onnx.export(
            net,
            inputs,
            str(plain),
            input_names=[*INPUTS, "mask"],
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quantise(plain, out / "network.onnx")
    weights = {n: w.astype(np.float16) for n, w in pair_weights(net).items()}
    ways = {"paths": np.array(list(net.known.paths)), "markers": np.array(list(net.known.markers))}
    np.savez_compressed(out / "network.npz", **weights, **ways)

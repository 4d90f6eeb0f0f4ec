"""Learn which proposals of the frames are reports, and who takes part, from coded articles.

    python -m training.reports --gold ../shared --encoder build/encoder --out src/dragoman/reading/model

Reads the *build* part of ``gold-news/split.json`` only, and the articles that we coded ourselves
(``training/coded``). First the report network is learned (``training/report_net.py``) from them and from a larger one
(``training/report_teacher.py``), then the logistic models that cast roles and choose reports; what the network says of
an article comes from one that has not learned from it, nor has its teacher. A graphics card makes that minutes; without
one it is a night's work.

A proposal is labelled by the scorer's own definitions (``tools/score_reports.py``): it is positive when it is paired
one to one with a coded report. Pairing and learning take turns, since of several proposals that would do the one that
the model finds likeliest is the best example. Thresholds are chosen on held-out folds (grouped by document), where they
maximise the mean of found F1 and right F1.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import expit, logit
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from torch import nn

from dragoman import language
from dragoman.intake import document_from_text
from dragoman.knowledge import Frame, load_pack, pick_packs
from dragoman.reading.network import NUMBER, KnownWays, claim_of, mark, stretches
from dragoman.reading.proposals import Proposal, winners
from dragoman.reading.reader import consult, propose, set_scene, triggers_of
from dragoman.reading.scene import Scene
from dragoman.reading.scorer import Scorer
from dragoman.reading.statements import AUTHOR
from dragoman.record import Kind
from training.coded import read_codings, read_uncoded
from training.encoder import LOWER
from training.excerpts import cut_excerpts
from training.export import load as load_encoder
from training.lessons import WEIGHT, FrameLesson, RoleLessons, frame_lessons, network_lessons, role_lessons
from training.plv import FILE, read_plv
from training.report_lessons import Lesson, known_ways, make_lesson, raw_lesson
from training.report_net import Answers, ReportNet, answers_of, as_network, write_network
from training.report_net import learn as learn_network
from training.report_teacher import hand_on, teach

ROUNDS = 2
"""Turns of pairing and learning; the labels hardly change after the second."""
FOLDS = 5
STRENGTH = {"event": 0.15, "relation": 0.15, "position": 0.1, "commitment": 0.1, "forecast": 0.1, "step": 0.3}
"""Inverse regularisation by kind (scikit-learn's C), chosen on the folds."""
ROLE_STRENGTH = 0.1
"""Reports found with the right participants, held out: .367 with 1.0, .381 with 0.25, .388 with 0.1."""
ROLE_THRESHOLDS = {"event": 0.25} | dict.fromkeys(("relation", "position", "commitment", "forecast"), 0.2)
"""A participant that is left out costs more than one too many: roles are compared by Jaccard of at least one half.
Both sides of a held-out event are right in .462 with 0.25, in .448 with 0.2."""
GOLD_WEIGHT = 2.0
"""A proposal of an article that an expert coded and another checked counts for two of ours (folds: .580 found and .361
right with one, .584 and .365 with two, no more with four)."""
SEED = 7
NEAR = 0.005
LEAST_KEPT = 0.2
"""Confidence is calibrated on proposals that are at least so likely: rarer ones are never kept."""
SMALL = 0.02
"""Weights below this are dropped: they change no decision and would triple the file."""


ROLES = {
    "event": ("source", "target"),
    "relation": ("subject", "object", "place"),
    "position": ("holder",),
    "commitment": ("by",),
    "forecast": ("by",),
}
"""Roles that are cast by a model, by kind."""
_ON_TARGET_PATHS = frozenset({"target", "object"})
SEED_SCORER = Scorer(
    {
        f"{kind}/{role}": {"": -1.0, "reached=target" if role in _ON_TARGET_PATHS else "reached=source": 2.0}
        for kind, roles in ROLES.items()
        for role in roles
    }
    | {"relation/place": {"": 1.0}}
)
"""Casts the actors that the frames' own paths reach: what role models are first paired with."""


@dataclass(frozen=True, slots=True)
class Coded:
    """One coded article: its gold, the actors read in it, and what the frames propose for it.

    ``ours`` says that we coded it (``training/coded``): it is learned from, but no figure or threshold is taken on it.
    """

    gold: Any
    predicted: Any
    proposals: tuple[Proposal, ...]
    ours: bool


@dataclass(frozen=True, slots=True)
class Article:
    """One coded article as far as it can be read without models."""

    gold: Any
    scene: Scene
    ours: bool = False

    def propose(self, scorer: Scorer, tool: ModuleType) -> Coded:
        """The proposals under these models."""
        predicted = tool.Document(self.gold.name)
        predicted.actors = [a.to_dict() for a in self.scene.cast.actors]
        return Coded(self.gold, predicted, tuple(propose(self.scene, scorer)), self.ours)


def load_scorer_tool(shared: Path) -> ModuleType:
    """The report scorer of ``tools/``, by path: its definitions of *found* and *right* are the labels."""
    spec = importlib.util.spec_from_file_location("score_reports", shared / "tools" / "score_reports.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"no report scorer under {shared / 'tools'}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold_files(shared: Path, part: str) -> Iterator[tuple[Path, Path]]:
    """``(text, gold)`` of each article in a part of the split."""
    split = json.loads((shared / "gold-news" / "split.json").read_text(encoding="utf-8"))
    for name in split[part]:
        for texts, golds in (
            (shared / "gold-news/articles", shared / "gold-news/gold"),
            (shared / "seeds", shared / "gold"),
        ):
            if (golds / f"{name}.jsonl").exists():
                yield texts / f"{name}.txt", golds / f"{name}.jsonl"


def load_articles(shared: Path, part: str, tool: ModuleType) -> list[Article]:
    """The articles of a part, with their scenes set."""
    files = list(gold_files(shared, part))
    documents = [document_from_text(text.read_text(encoding="utf-8"), id=text.stem) for text, _ in files]
    docs = language.analyse((d.text, [(s.start, s.end) for s in d.furniture]) for d in documents)
    return [
        Article(tool.load(gold)[d.id], set_scene(d, doc, load_pack(pick_packs([d.text]))))
        for d, doc, (_, gold) in zip(documents, docs, files, strict=True)
    ]


def load_codings(shared: Path, tool: ModuleType) -> list[Article]:
    """The articles that we coded ourselves, with their scenes set."""
    codings = list(read_codings(shared / "data"))
    documents = [document_from_text(c.text, id=c.name, published=c.published) for c in codings]
    docs = language.analyse((d.text, [(s.start, s.end) for s in d.furniture]) for d in documents)
    articles = []
    for coding, document, doc in zip(codings, documents, docs, strict=True):
        gold = tool.Document(coding.name)
        gold.actors, gold.reports = coding.actors, coding.reports
        articles.append(Article(gold, set_scene(document, doc, load_pack(pick_packs([document.text]))), ours=True))
    return articles


def role_examples(coded: Coded, kind: str, role: str, tool: ModuleType) -> list[tuple[tuple[str, ...], bool]]:
    """Candidates of the proposals that stand for a coded report, and whether the report has them in the role.

    A report whose holder of the role was not read at all says nothing of the others: it is left out.
    """
    names = tool.Names(coded.gold, coded.predicted)
    golds = [r for r in coded.gold.reports if r["kind"] == kind]
    found = []
    for j, (i, _) in pair(coded, kind, np.zeros(len(coded.proposals)), tool).items():
        cast = {names.gold(n) for n in tool.as_list(golds[i].get("object" if role == "place" else role))}
        if kind == "forecast" and not cast:
            cast = {AUTHOR}
        candidates = coded.proposals[j].places if role == "place" else coded.proposals[j].candidates
        labels = [names.pred(c.name) in cast for c in candidates]
        if cast and not any(labels):
            continue
        found += [(c.features, label) for c, label in zip(candidates, labels, strict=True)]
    return found


def learn_roles(coded: list[Coded], lessons: RoleLessons, tool: ModuleType) -> Scorer:
    """The models that cast roles, learned from these articles and from the frames' sentences."""
    weights = {}
    for kind, roles in ROLES.items():
        for role in roles:
            examples = [e for c in coded for e in role_examples(c, kind, role, tool)]
            examples += lessons.get(f"{kind}/{role}", ())
            vectorizer = DictVectorizer()
            matrix = vectorizer.fit_transform([dict.fromkeys(features, 1.0) for features, _ in examples])
            labels = np.array([label for _, label in examples], dtype=int)
            weights[f"{kind}/{role}"] = as_weights(fit(matrix, labels, ROLE_STRENGTH), vectorizer)
    return Scorer(weights, {name: ROLE_THRESHOLDS[name.split("/")[0]] for name in weights})


def folds(count: int, number: int = FOLDS) -> Iterator[tuple[list[int], list[int]]]:
    """Article numbers to learn on and to hold out."""
    order = np.random.default_rng(SEED).permutation(count)
    for n in range(number):
        yield [int(i) for i in np.delete(order, slice(n, None, number))], [int(i) for i in order[n::number]]


NETWORK_FOLDS = 3


def consult_held_out(
    articles: list[Article], beside: list[Lesson], raw: list[Lesson], upper: nn.ModuleList, tool: ModuleType
) -> tuple[list[Article], ReportNet]:
    """Every article with what a report network sees in it that has not learned from it; and the network of all."""
    lessons = [[lesson_of(a, a.propose(SEED_SCORER, tool), tool), *excerpt_lessons(a, tool)] for a in articles]
    known = known_ways([*chain.from_iterable(lessons), *beside])
    coded = [windows_of(own, known) for own in lessons]
    always, untold = windows_of(beside, known), windows_of(raw, known, coded=False)

    def network_of(numbers: Sequence[int]) -> ReportNet:
        windows = chain(chain.from_iterable(coded[i] for i in numbers), always, untold)
        items = [replace(window) for window in windows]  # what this teacher says is for this network alone
        hand_on(teach(upper, items, known, SEED), items)
        return learn_network(upper, items, known, SEED)

    consulted: dict[int, Article] = {}
    for learn_on, held_out in folds(len(articles), NETWORK_FOLDS):
        network = as_network(network_of(learn_on))
        for i in held_out:
            consulted[i] = replace(articles[i], scene=consult(articles[i].scene, network))
    return [consulted[i] for i in range(len(articles))], network_of(range(len(articles)))


def windows_of(lessons: Sequence[Lesson], known: KnownWays, *, coded: bool = True) -> list[Answers]:
    """The windows of some lessons, with their answers."""
    found = (answers_of(lesson, stretch, known) for lesson in lessons for stretch in lesson.stretches)
    return [replace(answers, coded=coded) for answers in found]


def load_raw(shared: Path) -> list[Lesson]:
    """Articles of the shared data that nobody coded."""
    lessons = []
    for id, text, published in read_uncoded(shared / "data"):
        document = document_from_text(text, id=id, published=published)
        (doc,) = language.analyse([(document.text, [(s.start, s.end) for s in document.furniture])])
        scene = set_scene(document, doc, load_pack(pick_packs([text])))
        marks = mark(scene.doc, scene.cast, scene.attributions, triggers_of(scene))
        lessons.append(raw_lesson(scene, marks, list(stretches(scene.doc, scene.sentences))))
    return lessons


def lesson_of(article: Article, coded: Coded, tool: ModuleType, *, whole: bool = True) -> Lesson:
    """A coded article, or a sentence of one, as the report network learns from it."""
    scene = article.scene
    marks = mark(scene.doc, scene.cast, scene.attributions, triggers_of(scene))
    windows = list(stretches(scene.doc, scene.sentences))
    none = np.zeros(len(coded.proposals))
    paired = {
        kind: {i: coded.proposals[j].trigger for j, (i, _) in pair(coded, kind, none, tool).items()} for kind in Kind
    }
    return make_lesson(scene, marks, windows, coded.gold, coded.predicted, paired, tool, whole=whole)


def excerpt_lessons(article: Article, tool: ModuleType) -> list[Lesson]:
    """Some sentences of a coded article, each read alone."""
    scene = article.scene
    text, rng = scene.document.text, np.random.default_rng([SEED, len(scene.document.text)])
    bounds = [(e.start, e.end) for e in (scene.evidence(s.root) for s in scene.sentences)]
    cuts = list(cut_excerpts(text, bounds, article.gold.reports, rng))
    documents = [document_from_text(text, id=f"{article.gold.name}-{n}") for n, (text, _) in enumerate(cuts)]
    lessons = []
    for document, doc, (cut, rows) in zip(
        documents, language.analyse((d.text, ()) for d in documents), cuts, strict=True
    ):
        if document.text == cut:
            gold = tool.Document(document.id)
            gold.actors, gold.reports = article.gold.actors, rows
            excerpt = Article(gold, set_scene(document, doc, scene.pack), ours=True)
            lessons.append(lesson_of(excerpt, excerpt.propose(SEED_SCORER, tool), tool, whole=False))
    return lessons


def sentence_lessons(tool: ModuleType) -> list[Lesson]:
    """The frames' own sentences. What other frames could claim there may be told as well."""
    lessons = []
    for taught in network_lessons():
        scene, frame = taught.scene, taught.frame
        gold = tool.Document(scene.document.id)
        gold.actors = [a.to_dict() for a in scene.cast.actors]
        article = Article(gold, scene, ours=True)
        fired = [t for t in triggers_of(scene)[frame.kind] if t.frame.id == frame.id]
        number = NUMBER.get(claim_of(frame.kind, frame.yields))
        if not fired or number is None:
            continue
        if taught.right:
            gold.reports = [row_of(frame, scene, taught.who)]
        lesson = lesson_of(article, article.propose(SEED_SCORER, tool), tool)
        if taught.who is None:
            for told in lesson.told:
                told.roles = None
        sure = lesson.marks.claims == 0.0 if taught.right else np.zeros(lesson.open.shape, bool)
        sure[[t.token.i for t in fired], number] = True
        lessons.append(replace(lesson, open=~sure))
    return lessons


def row_of(frame: Frame, scene: Scene, who: tuple[tuple[str, ...], ...] | None) -> dict[str, Any]:
    """What a frame's sentence says, as a coder would write it."""
    source, target, voice = who or ((), (), ())
    evidence = {"start": 0, "end": len(scene.document.text)}
    return dict(frame.yields) | {
        "kind": str(frame.kind),
        "source": list(source),
        "target": list(target),
        "voice": list(voice),
        "standing": "actual",
        "evidence": evidence,
    }


def load_partial(shared: Path, tool: ModuleType) -> list[Lesson]:
    """Lessons in which a part of what is told is coded: PLV's sentences, where the shared data have them."""
    if not (shared / "data" / FILE).exists():
        return []
    lessons = []
    for name, events, scene in read_plv(shared / "data"):
        gold = tool.Document(name)
        gold.actors, gold.reports = [a.to_dict() for a in scene.cast.actors], events
        article = Article(gold, scene, ours=True)
        lesson = lesson_of(article, article.propose(SEED_SCORER, tool), tool)
        lessons.append(replace(lesson, open=np.ones(lesson.open.shape, bool)))
    return lessons


def propose_held_out(articles: list[Article], lessons: RoleLessons, tool: ModuleType) -> tuple[list[Coded], Scorer]:
    """Every article proposed for by role models that have not seen it; and the role models of all articles."""
    seed = [a.propose(SEED_SCORER, tool) for a in articles]
    coded: dict[int, Coded] = {}
    for learn_on, held_out in folds(len(articles)):
        scorer = learn_roles([seed[i] for i in learn_on], lessons, tool)
        coded |= {i: articles[i].propose(scorer, tool) for i in held_out}
    return [coded[i] for i in range(len(articles))], learn_roles(seed, lessons, tool)


def pair(coded: Coded, kind: str, scores: Sequence[float], tool: ModuleType) -> dict[int, tuple[int, dict[str, Any]]]:
    """Proposals of a kind that stand for a coded report: proposal's index to the report's and what agrees.

    Of several that would do, the one with the higher score is taken."""
    names = tool.Names(coded.gold, coded.predicted)
    golds = [r for r in coded.gold.reports if r["kind"] == kind]
    pairs = []
    for j, proposal in enumerate(coded.proposals):
        if proposal.report.kind != kind:
            continue
        row = proposal.report.to_dict()
        for i, gold in enumerate(golds):
            if (
                any(gold.get(k) != row.get(k) for k in tool.KEYS[kind])
                or tool.overlap(gold["evidence"], row["evidence"]) < 0.5
            ):
                continue
            facts = tool.compare(kind, gold, row, names)
            pairs.append((facts["right"], facts["roles"] + scores[j], i, j, facts))
    pairs.sort(key=lambda p: p[:2], reverse=True)
    used: set[int] = set()
    labels: dict[int, tuple[int, dict[str, Any]]] = {}
    for *_, i, j, facts in pairs:
        if i not in used and j not in labels:
            used.add(i)
            labels[j] = (i, facts)
    return labels


def fit(
    matrix: csr_matrix, labels: np.ndarray, strength: float, weight: np.ndarray | None = None
) -> LogisticRegression:
    """A logistic model; liblinear wants 32-bit indices."""
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    return LogisticRegression(C=strength, solver="liblinear", random_state=SEED).fit(matrix, labels, weight)


def as_weights(model: LogisticRegression, vectorizer: DictVectorizer) -> dict[str, float]:
    """A model's weights by feature, the small ones dropped; the bias under the empty name."""
    pairs = zip(vectorizer.feature_names_, model.coef_[0], strict=True)
    return {"": round(float(model.intercept_[0]), 3)} | {n: round(float(w), 3) for n, w in pairs if abs(w) > SMALL}


def learn(
    coded: list[Coded], lessons: list[FrameLesson], kind: str, tool: ModuleType
) -> tuple[dict[str, float], float, dict[str, Any]]:
    """Weights, threshold and held-out figures of one kind."""
    rows = [(d, j) for d, c in enumerate(coded) for j, p in enumerate(c.proposals) if p.report.kind == kind]
    taught = [lesson for lesson in lessons if lesson.kind == kind]
    vectorizer = DictVectorizer()
    features = [coded[d].proposals[j].features for d, j in rows] + [lesson.features for lesson in taught]
    matrix = vectorizer.fit_transform([dict.fromkeys(f, 1.0) for f in features])
    weight = np.array([1.0 if coded[d].ours else GOLD_WEIGHT for d, _ in rows] + [WEIGHT] * len(taught))
    own = np.arange(len(rows))
    extra = np.arange(len(rows), len(features))
    scores = [np.zeros(len(c.proposals)) for c in coded]
    for _ in range(ROUNDS):
        labels = np.append(_labels(coded, rows, kind, scores, tool), [lesson.label for lesson in taught]).astype(int)
        for learn_on, _ in folds(len(coded)):
            seen = np.isin([d for d, _ in rows], learn_on)
            if seen.all():
                continue
            train = np.append(own[seen], extra)
            model = fit(matrix[train], labels[train], STRENGTH[kind], weight[train])
            for row, score in zip(own[~seen], model.predict_proba(matrix[own[~seen]])[:, 1], strict=True):
                d, j = rows[row]
                scores[d][j] = score
    model = fit(matrix, labels, STRENGTH[kind], weight)
    threshold, figures = best_threshold(coded, kind, scores, tool)
    slope, shift = calibration(coded, kind, scores, tool)
    return (
        recalibrated(as_weights(model, vectorizer), slope, shift),
        float(expit(slope * logit(threshold) + shift)),
        figures,
    )


def calibration(coded: list[Coded], kind: str, scores: list[Any], tool: ModuleType) -> tuple[float, float]:
    """Slope and shift that make held-out log odds say how often a coder has the report too (Platt 1999).

    Learned on what the reader could keep of the gold articles, the likeliest proposal of each slot.
    """
    odds: list[float] = []
    found: list[bool] = []
    for d, c in enumerate(coded):
        if c.ours:
            continue
        kept = slot_winners(c, kind, scores[d], LEAST_KEPT, with_score=True)
        golds = [r for r in c.gold.reports if r["kind"] == kind]
        matched = {j for _, j, _ in tool.match(kind, golds, kept, tool.Names(c.gold, c.predicted))}
        odds += [float(logit(row["score"])) for row in kept]
        found += [j in matched for j in range(len(kept))]
    if len(set(found)) < 2:
        return 1.0, 0.0
    line = LogisticRegression(C=1e6).fit(np.array(odds).reshape(-1, 1), found)
    return float(line.coef_[0, 0]), float(line.intercept_[0])


def recalibrated(weights: dict[str, float], slope: float, shift: float) -> dict[str, float]:
    """Weights of the model whose log odds are those of this one, stretched and shifted."""
    stretched = {name: round(slope * weight, 3) for name, weight in weights.items()}
    return stretched | {"": round(slope * weights[""] + shift, 3)}


def _labels(
    coded: list[Coded], rows: list[tuple[int, int]], kind: str, scores: list[Any], tool: ModuleType
) -> np.ndarray:
    positive = [pair(c, kind, scores[d], tool) for d, c in enumerate(coded)]
    return np.array([j in positive[d] for d, j in rows], dtype=int)


def best_threshold(coded: list[Coded], kind: str, scores: list[Any], tool: ModuleType) -> tuple[float, dict[str, Any]]:
    """The threshold with the best mean of found and right F1 over the held-out scores, and the figures there.

    Of thresholds within half a point of the best the highest is taken: a person has to read what is kept.
    """
    tried = [(t, _figures(coded, kind, scores, t, tool)) for t in (round(0.1 + n / 40, 3) for n in range(25))]
    best = max(_merit(figures) for _, figures in tried)
    return next((t, figures) for t, figures in reversed(tried) if _merit(figures) >= best - NEAR)


def _merit(figures: dict[str, Any]) -> float:
    return float(figures["prf found"][2] + figures["prf right"][2]) / 2


def _figures(coded: list[Coded], kind: str, scores: list[Any], threshold: float, tool: ModuleType) -> dict[str, Any]:
    """Counts, and precision, recall and F1 of found and right, at a threshold."""
    total = dict.fromkeys(("gold", "pred", "found", "right"), 0)
    for d, c in enumerate(coded):
        if c.ours:
            continue
        kept = slot_winners(c, kind, scores[d], threshold)
        golds = [r for r in c.gold.reports if r["kind"] == kind]
        chosen = tool.match(kind, golds, kept, tool.Names(c.gold, c.predicted))
        total["gold"] += len(golds)
        total["pred"] += len(kept)
        total["found"] += len(chosen)
        total["right"] += sum(f["right"] for *_, f in chosen)
    return {**total, **{f"prf {k}": tool.prf(total[k], total["pred"], total["gold"]) for k in ("found", "right")}}


def slot_winners(
    coded: Coded, kind: str, scores: Any, threshold: float, *, with_score: bool = False
) -> list[dict[str, Any]]:
    """The exchange rows of the proposals that the reader would keep, on demand with their score."""
    own = [j for j, p in enumerate(coded.proposals) if p.report.kind == kind and scores[j] >= threshold]
    kept = [own[n] for n in winners([coded.proposals[j] for j in own], [scores[j] for j in own])]
    extra = {j: {"score": scores[j]} if with_score else {} for j in kept}
    rows = {coded.proposals[j].report.id: coded.proposals[j].report.to_dict() | extra[j] for j in kept}
    return list(rows.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--gold", type=Path, required=True, help="folder that holds gold/, gold-news/, seeds/ and tools/"
    )
    parser.add_argument("--encoder", type=Path, required=True, help="folder of the tuned encoder's weights")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    tool = load_scorer_tool(args.gold)
    articles = load_articles(args.gold, "build", tool) + load_codings(args.gold, tool)
    upper = load_encoder(args.encoder).body.encoder.layer[LOWER:]
    beside = [*load_partial(args.gold, tool), *sentence_lessons(tool)]
    articles, network = consult_held_out(articles, beside, load_raw(args.gold), upper, tool)
    coded, roles = propose_held_out(articles, role_lessons(as_network(network)), tool)
    lessons = frame_lessons(roles, as_network(network))
    weights, thresholds = dict(roles.weights), dict(roles.thresholds)
    sums: dict[str, int] = defaultdict(int)
    for kind in Kind:
        weights[kind], thresholds[kind], figures = learn(coded, lessons, str(kind), tool)
        for name in ("gold", "pred", "found", "right"):
            sums[name] += figures[name]
        gold = (c for c in coded if not c.ours)
        proposed = sum(len(pair(c, str(kind), np.zeros(len(c.proposals)), tool)) for c in gold)
        found, right = figures["prf found"], figures["prf right"]
        print(  # noqa: T201 - a training log
            f"{kind:11} gold {figures['gold']:5} proposed-recall {proposed / max(1, figures['gold']):.2f} "
            f"pred {figures['pred']:5} threshold {thresholds[kind]:.3f} "
            f"found {found[0]:.3f} {found[1]:.3f} {found[2]:.3f} right {right[2]:.3f} weights {len(weights[kind])}"
        )
    print("all", *(f"{k} {tool.prf(sums[k], sums['pred'], sums['gold'])[2]:.3f}" for k in ("found", "right")))  # noqa: T201
    args.out.mkdir(parents=True, exist_ok=True)
    packed = json.dumps({"weights": weights, "thresholds": thresholds}, ensure_ascii=False, sort_keys=True)
    (args.out / "scorer.json.gz").write_bytes(gzip.compress(packed.encode(), mtime=0))
    write_network(network, args.out)


if __name__ == "__main__":
    main()

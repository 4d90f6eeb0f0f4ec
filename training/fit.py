"""The training loop: fixed seeds, one checkpoint an epoch, and it goes on from the last one if it was stopped."""

from __future__ import annotations

import json
import logging
import pickle
import random
import shutil
import time
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.util import fix_random_seed, load_model_from_config
from thinc.api import Adam, Config

from dragoman.language.english import DragomanEnglish
from training.corpus import Piece, cut, read_docs, to_example, vary
from training.inflections import add_inflections
from training.names import NamePool, rename
from training.pack import reduce_states, set_vectors, settled_lemmas
from training.score import score_pipeline

log = logging.getLogger("training")


def build(recipe: Config) -> Language:
    """The untrained pipeline that the recipe describes."""
    assembled = Config({key: value for key, value in recipe.items() if key in ("nlp", "components", "initialize")})
    return load_model_from_config(assembled, auto_fill=True, validate=True)


def make(recipe: Config, states: Path, data: Path) -> Language:
    """The untrained pipeline with its word vectors."""
    nlp = build(recipe)
    if "vectors" in recipe:
        set_vectors(nlp, *reduce_states(states, data, **recipe["vectors"]))
    return nlp


def batches(pieces: list[Any], words: float) -> list[list[Any]]:
    """Pieces in order, grouped to about so many words."""
    grouped: list[list[Any]] = [[]]
    held = 0
    for piece in pieces:
        if held and held + len(piece.words) > words:
            grouped.append([])
            held = 0
        grouped[-1].append(piece)
        held += len(piece.words)
    return grouped


class Run:
    """One training run: the pipeline, what it learns from, and how far it has come."""

    def __init__(self, recipe: Config, data: Path, work: Path, states: Path, silver: list[Piece]) -> None:
        self.settings: dict[str, Any] = recipe["recipe"]
        fix_random_seed(self.settings["seed"])
        docs = read_docs(data, "train")
        self.dev = [doc for doc in read_docs(data, "dev") if not doc.doc_id.startswith("GUM_")]
        self.pieces = [piece for doc in docs for piece in cut(doc, self.settings["longest"])]
        rare = [piece for piece in self.pieces if any(label == "EVENT" for _, _, label in piece.names or ())]
        self.pieces += rare * self.settings["event_copies"]
        self.silver = silver
        self.pool = NamePool(docs)
        self.work = work
        self.nlp = make(recipe, states, data)
        if self.nlp.has_pipe("lemma_table"):
            self.nlp.get_pipe("lemma_table").table = add_inflections(settled_lemmas(docs))
        plain = dict.fromkeys(self.settings["rates"], 0.0)
        sample = [to_example(self.nlp, vary(piece, random.Random(0), plain)) for piece in self.pieces]
        rate = self.settings["learn_rate"]
        self.optimizer = Adam(rate, L2=0.01, grad_clip=1.0, L2_is_weight_decay=True, use_averages=True)
        self.nlp.initialize(lambda: sample, sgd=self.optimizer)
        self.epoch, self.best = 0, -1.0

    def resume(self) -> None:
        """Go on from the last checkpoint, if there is one."""
        state = self.work / "state.pickle"
        if state.exists():
            self.epoch, self.best, weights, moments = pickle.loads(state.read_bytes())
            self.nlp.from_bytes(weights, exclude=["vocab"])  # it would forget how vectors are looked up
            restore(self.nlp, self.optimizer, moments)
            log.info("going on after epoch %d", self.epoch)

    def learn(self) -> int:
        """One epoch; gives the number of batches that the parser could not learn from."""
        settings = self.settings
        rng = random.Random(settings["seed"] * 1000 + self.epoch)
        fix_random_seed(settings["seed"] + self.epoch)
        order = [
            *rng.sample(self.pieces, min(len(self.pieces), settings["gold_pieces"])),
            *rng.sample(self.silver, min(len(self.silver), settings["silver_pieces"])),
        ]
        rng.shuffle(order)
        low, high = settings["batch_words"]
        groups = batches(order, low + (high - low) * min(1.0, self.epoch / max(1, settings["epochs"] / 2)))
        refused = 0
        for number, group in enumerate(groups):
            done = (self.epoch + number / len(groups)) / settings["epochs"]
            fall = settings["final_rate"] - settings["learn_rate"]
            self.optimizer.learn_rate = settings["learn_rate"] + fall * done
            renamed = [rename(piece, self.pool, rng, settings["rename"]) for piece in group]
            examples = [to_example(self.nlp, vary(piece, rng, settings["rates"])) for piece in renamed]
            try:
                self.nlp.update(examples, sgd=self.optimizer, drop=settings["dropout"])
            except ValueError as error:  # rare: broken words leave the parser no right move
                if "E024" not in str(error):
                    raise
                refused += 1
        return refused

    def check(self) -> dict[str, float]:
        """Score the epoch on EWT dev with averaged weights, and keep it if it is the best so far."""
        with self.nlp.use_params(self.optimizer.averages):
            scores = score_pipeline(self.nlp, self.dev)
            merit = sum(weight * scores.get(name, 0.0) for name, weight in self.settings["merit"].items())
            if merit >= self.best:
                self.best = merit
                save(self.nlp, self.work / "best")
                (self.work / "best.json").write_text(json.dumps({"epoch": self.epoch, **scores}, indent=1))
        return scores

    def keep(self) -> None:
        """Write the checkpoint from which `resume` goes on."""
        held = (self.epoch, self.best, self.nlp.to_bytes(), moments_of(self.nlp, self.optimizer))
        (self.work / "state.new").write_bytes(pickle.dumps(held))
        (self.work / "state.new").replace(self.work / "state.pickle")


def train(recipe: Config, data: Path, work: Path, states: Path, silver: list[Piece] | None = None) -> Language:
    """Train by the recipe, from the treebanks and perhaps from news that a teacher read; the best epoch's pipeline."""
    work.mkdir(parents=True, exist_ok=True)
    run = Run(recipe, data, work, states, silver or [])
    run.resume()
    while run.epoch < run.settings["epochs"]:
        begun = time.time()
        refused = run.learn()
        spent = time.time() - begun
        scores = run.check()
        log.info("epoch %d: %.0f s, %d batches refused, %s", run.epoch, spent, refused, json.dumps(scores))
        run.epoch += 1
        run.keep()
    return spacy.load(work / "best")


def moments_of(nlp: Language, optimizer: Adam) -> dict[tuple[str, int, str], dict[str, Any]]:
    """The optimizer's memory for each weight, by its place in the pipeline instead of by passing ids."""
    kept: dict[tuple[str, int, str], dict[str, Any]] = {}
    for place, key in weight_keys(nlp):
        held = {
            name: getattr(optimizer, name)[key]
            for name in ("mom1", "mom2", "averages", "nr_update")
            if key in getattr(optimizer, name)
        }
        if held:
            kept[place] = held
    return kept


def restore(nlp: Language, optimizer: Adam, kept: dict[tuple[str, int, str], dict[str, Any]]) -> None:
    """Give the optimizer back what `moments_of` took down."""
    for place, key in weight_keys(nlp):
        for name, value in kept.get(place, {}).items():
            getattr(optimizer, name)[key] = value


def weight_keys(nlp: Language) -> list[tuple[tuple[str, int, str], tuple[int, str]]]:
    """Each weight's lasting place and its key in this process."""
    keys = []
    for name, pipe in nlp.pipeline:
        if hasattr(pipe, "model"):
            for number, node in enumerate(pipe.model.walk()):
                keys.extend(((name, number, param), (node.id, param)) for param in node.param_names)
    return keys


def save(nlp: Language, path: Path) -> None:
    """Write a pipeline, and what spaCy leaves out: that its vectors are looked up by lower-cased word."""
    nlp.to_disk(path)
    (path / "vocab" / "vectors.cfg").write_text(json.dumps({"mode": "default", "attr": int(nlp.vocab.vectors.attr)}))


def publish(nlp: Language, out: Path) -> None:
    """Write the finished pipeline in place of an earlier one, in half precision; `dragoman.language.load` widens it."""
    nlp.tokenizer = DragomanEnglish(vocab=nlp.vocab).tokenizer  # words by the rules as they are now
    nlp.meta.update(
        name="dragoman_news",
        spacy_version=">=3.8.0,<3.9.0",
        version="1",
        description="English news: sentences, UD syntax, names. See docs/model-card.md",
    )
    nlp.vocab.vectors.data = nlp.vocab.vectors.data.astype(np.float16)
    for _, pipe in nlp.pipeline:
        for layer in pipe.model.walk() if isinstance(pipe, TrainablePipe) else ():
            for name in layer.param_names:
                if layer.has_param(name):
                    layer.set_param(name, layer.get_param(name).astype(np.float16))
    fresh = out.with_name(out.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    save(nlp, fresh)
    shutil.rmtree(out, ignore_errors=True)
    fresh.rename(out)


def join(syntax: Language, names: Language) -> Language:
    """One pipeline of both. They share their word vectors, and nothing else."""
    names.vocab.vectors = syntax.vocab.vectors
    syntax.add_pipe("ner", source=names)
    return syntax

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
from spacy.util import fix_random_seed, load_model_from_config
from thinc.api import Adam, Config

from training.corpus import Piece, cut, read_docs, to_example, vary
from training.names import NamePool, rename
from training.pack import reduce_states, set_vectors, settled_lemmas
from training.score import score_pipeline

log = logging.getLogger("training")


def build(recipe: Config) -> Language:
    """The untrained pipeline that the recipe describes."""
    assembled = Config({key: value for key, value in recipe.items() if key in ("nlp", "components", "initialize")})
    return load_model_from_config(assembled, auto_fill=True, validate=True)


def make(recipe: Config, states: Path) -> Language:
    """The untrained pipeline with its word vectors."""
    nlp = build(recipe)
    if "vectors" in recipe:
        set_vectors(nlp, *reduce_states(states, **recipe["vectors"]))
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


def train(recipe: Config, data: Path, work: Path, states: Path) -> Language:
    """Train by the recipe, keeping the best epoch by dev scores in `work/best`."""
    settings = recipe["recipe"]
    fix_random_seed(settings["seed"])
    docs, dev = read_docs(data, "train"), read_docs(data, "dev")
    dev_ewt = [doc for doc in dev if not doc.doc_id.startswith("GUM_")]
    pieces = [piece for doc in docs for piece in cut(doc, settings["longest"])]
    pool = NamePool(docs)
    nlp = make(recipe, states)
    nlp.get_pipe("lemma_table").table = settled_lemmas(docs)
    plain = dict.fromkeys(settings["rates"], 0.0)
    sample = [to_example(nlp, vary(piece, random.Random(0), plain)) for piece in pieces]
    optimizer = Adam(settings["learn_rate"], L2=0.01, grad_clip=1.0, L2_is_weight_decay=True, use_averages=True)
    nlp.initialize(lambda: sample, sgd=optimizer)
    first, best = 0, -1.0
    state = work / "state.pickle"
    if state.exists():
        first, best, weights, moments = pickle.loads(state.read_bytes())
        nlp.from_bytes(weights)
        restore(nlp, optimizer, moments)
        log.info("going on after epoch %d", first)
    silver = read_silver(settings)
    low, high = settings["batch_words"]
    for epoch in range(first, settings["epochs"]):
        rng = random.Random(settings["seed"] * 1000 + epoch)
        fix_random_seed(settings["seed"] + epoch)
        order = pieces + rng.sample(silver, min(len(silver), settings["silver_pieces"]))
        rng.shuffle(order)
        size = low + (high - low) * min(1.0, epoch / max(1, settings["epochs"] / 2))
        groups = batches(order, size)
        begun, losses, refused = time.time(), {}, 0
        for number, group in enumerate(groups):
            done = (epoch + number / len(groups)) / settings["epochs"]
            optimizer.learn_rate = settings["learn_rate"] + (settings["final_rate"] - settings["learn_rate"]) * done
            renamed = [rename(piece, pool, rng, settings["rename"]) for piece in group]
            examples = [to_example(nlp, vary(piece, rng, settings["rates"])) for piece in renamed]
            try:
                nlp.update(examples, sgd=optimizer, drop=settings["dropout"], losses=losses)
            except ValueError as error:
                refused += 1
                if "E024" not in str(error):
                    raise
        trained = time.time() - begun
        with nlp.use_params(optimizer.averages):
            scores = score_pipeline(nlp, dev_ewt)
            merit = scores["las"] + scores["sents"] / 4 + scores["names"] / 2 + scores["lemma"] / 4
            if merit >= best:
                best = merit
                nlp.to_disk(work / "best")
                (work / "best.json").write_text(json.dumps({"epoch": epoch, **scores}, indent=1))
        log.info("epoch %d: %.0f s, %d batches refused, %s", epoch, trained, refused, json.dumps(scores))
        held = pickle.dumps((epoch + 1, best, nlp.to_bytes(), moments_of(nlp, optimizer)))
        (work / "state.new").write_bytes(held)
        (work / "state.new").replace(state)
    return spacy.load(work / "best")


def read_silver(settings: dict[str, Any]) -> list[Piece]:
    """What the teacher found in unlabelled news, if the recipe wants it."""
    if not settings["silver_pieces"]:
        return []
    return [piece for piece in pickle.loads(Path(settings["silver"]).read_bytes()) if len(piece.words) > 3]


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


def publish(nlp: Language, out: Path) -> None:
    """Write the finished pipeline in place of an earlier one."""
    nlp.vocab.vectors.data = nlp.vocab.vectors.data.astype(np.float16)
    fresh = out.with_name(out.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    nlp.to_disk(fresh)
    shutil.rmtree(out, ignore_errors=True)
    fresh.rename(out)

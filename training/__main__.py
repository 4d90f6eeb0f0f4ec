"""Train the English pipeline: `python -m training --data ../shared/data --out src/dragoman/language/model`.

Four steps, each kept in the work folder, so that a stopped run goes on where it was: the encoder's view of words, names
in unlabelled news as a tuned encoder finds them (these two need torch, transformers and the encoder's package, wordfreq
too), then syntax, then names.
"""

from __future__ import annotations

import argparse
import logging
import pickle
from pathlib import Path

from thinc.api import Config, NumpyOps, set_current_ops

import dragoman.language  # noqa: F401  (registers the language and its parts)
from training.fit import join, publish, train

HERE = Path(__file__).parent


def main() -> None:
    """Train by the two recipes, or go on training, and write the pipeline."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the open language data")
    parser.add_argument("--out", type=Path, required=True, help="folder for the finished pipeline")
    parser.add_argument("--work", type=Path, default=Path("build/language"), help="folder for checkpoints")
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    set_current_ops(NumpyOps(use_blis=False))  # NumPy's own matrix product is several times faster on recent CPUs
    states, silver = asked.work / "states.npz", asked.work / "silver.pickle"
    if not states.exists():
        from training.vectors import write_states  # needs torch, and only here

        write_states(asked.data, states, threads=2)
    if not silver.exists():
        from training.teacher import write_silver  # likewise

        write_silver(asked.data, silver)
    syntax = train(Config().from_disk(HERE / "syntax.cfg"), asked.data, asked.work / "syntax", states)
    news = pickle.loads(silver.read_bytes())
    names = train(Config().from_disk(HERE / "names.cfg"), asked.data, asked.work / "names", states, news)
    publish(join(syntax, names), asked.out)


if __name__ == "__main__":
    main()

"""Train the English pipeline: `python -m training --data ../shared/data --out src/dragoman/language/model`."""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

from thinc.api import Config, NumpyOps, set_current_ops

from training.fit import publish, train


def main() -> None:
    """Read the recipe, train or go on training, and write the pipeline."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path("build/language"))
    parser.add_argument("--states", type=Path, default=Path("build/states.npz"), help="made by training.vectors")
    parser.add_argument("--recipe", type=Path, default=Path(__file__).with_name("recipe.cfg"))
    asked, overrides = parser.parse_known_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    changes = dict(item.removeprefix("--").split("=", 1) for item in overrides)
    recipe = Config().from_disk(asked.recipe, overrides={k: parse(v) for k, v in changes.items()})
    set_current_ops(NumpyOps(use_blis=False))  # NumPy's own matrix product is several times faster on recent CPUs
    asked.work.mkdir(parents=True, exist_ok=True)
    if not asked.states.exists():
        from training.vectors import write_states  # needs torch, and only here

        write_states(asked.data, asked.states, threads=2)
    publish(train(recipe, asked.data, asked.work, asked.states), asked.out)


def parse(value: str) -> object:
    """A setting given on the command line: a number if it looks like one."""
    for kind in (int, float):
        try:
            return kind(value)
        except ValueError:
            continue
    return {"true": True, "false": False}.get(value, value)


if __name__ == "__main__":
    main()

"""Train the language model: `python -m training --data ../shared/data --out src/dragoman/language/model`.

Tunes the pretrained encoder on every task together and writes it as the package holds it. Needs torch, transformers and
the encoder's package; takes about half an hour on two cores. A stopped run begins anew.
"""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

from training.export import export
from training.tune import EPOCHS, tune


def main() -> None:
    """Tune, and write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the open language data")
    parser.add_argument("--out", type=Path, required=True, help="folder for the finished model")
    parser.add_argument("--work", type=Path, default=Path("build/encoder"), help="folder for weights")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    tune(asked.data, asked.work, asked.epochs)
    export(asked.work, asked.data, asked.out)


if __name__ == "__main__":
    main()

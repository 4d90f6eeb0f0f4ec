"""Real articles: the seeds and the coded news, where the folder that holds them stands beside the repository."""

import json
from pathlib import Path

import pytest

from dragoman.intake import iter_documents

SHARED = Path(__file__).parents[3] / "shared"
needs_shared = pytest.mark.skipif(
    not (SHARED / "seeds").is_dir(), reason="needs the shared articles beside the repository"
)


def coded_for_building():
    """Article and gold paths of the part that may be tuned on."""
    split = SHARED / "gold-news" / "split.json"
    names = json.loads(split.read_text(encoding="utf-8"))["build"] if split.is_file() else []
    for name in names:
        folders = ((SHARED / "gold-news/articles", SHARED / "gold-news/gold"), (SHARED / "seeds", SHARED / "gold"))
        texts, gold = next(pair for pair in folders if (pair[0] / f"{name}.txt").is_file())
        yield texts / f"{name}.txt", gold / f"{name}.jsonl"


@needs_shared
def test_text_of_every_real_article_is_the_file_as_read():
    paths = [*(SHARED / "seeds").glob("*.txt"), *(SHARED / "gold-news/articles").glob("*.txt")]
    for document in iter_documents(paths):
        assert document.text == Path(document.source).read_text(encoding="utf-8")


@needs_shared
def test_no_coded_sentence_is_furniture():
    for path, gold in coded_for_building():
        (document,) = iter_documents([path])
        rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
        for evidence in (row["evidence"] for row in rows if "evidence" in row):
            touching = [s for s in document.furniture if s.start < evidence["end"] and evidence["start"] < s.end]
            assert touching == [], (path.name, evidence["text"])


@needs_shared
@pytest.mark.parametrize(
    ("seed", "published", "author", "furniture"),
    [
        ("000_490fc20a51dd95d5", ("2023-12-22", "text"), "Dmitry Sinelnikov", 10),
        ("001_d949089de9b05835", ("2023-11-23", "inferred"), None, 0),
        ("002_ac3961389abcd1c8", ("2022-12-05", "inferred"), "Luke Coffey", 10),
        ("003_a35ec57432909395", ("2024-11-25", "text"), None, 2),
        ("004_f899d59df6dd666f", None, "Georgi Asatrian", 3),
    ],
)
def test_seed_has_its_date_author_and_furniture(seed, published, author, furniture):
    (document,) = iter_documents([SHARED / "seeds" / f"{seed}.txt"])
    found = document.published and (document.published.value, document.published.origin)
    assert found == published
    assert (document.author.value if document.author else None) == author
    assert len(document.furniture) == furniture

"""Articles and their gold reports, in one folder each or several, whole or one part of their split."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.intake import iter_documents
from dragoman.record import Document
from evaluation.errors import GoldError

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Article:
    """One article ``NAME.txt`` with its gold ``NAME.jsonl``."""

    name: str
    gold: Path
    text: Path


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles that are scored, by name."""

    articles: tuple[Article, ...]

    @classmethod
    def open(cls, golds: Sequence[Path], texts: Sequence[Path], part: str | None = None) -> Corpus:
        """All articles that have gold, or those of one part of the ``split.json`` beside a gold folder."""
        found = {path.stem: path for folder in golds for path in folder.glob("*.jsonl")}
        names = sorted(found if part is None else found.keys() & _names_of(part, golds))
        if not names:
            raise GoldError(f"no gold in {', '.join(map(str, golds))}; gold is NAME.jsonl in a folder given by --gold")
        return cls(tuple(Article(name, found[name].absolute(), _text_of(name, texts)) for name in names))

    def documents(self) -> list[Document]:
        """The articles, through the product's own intake; one that it sets aside is told and counts as missed."""
        found: list[Document] = []
        for item in iter_documents([str(article.text) for article in self.articles]):
            if isinstance(item, Document):
                found.append(item)
            else:
                _LOG.warning("%s was set aside and counts as missed: %s", item.source, item.reason)
        return found

    def link(self, gold: Path, texts: Path) -> None:
        """Make two folders with what is scored and nothing else, since the scorer takes all that a folder holds."""
        gold.mkdir()
        texts.mkdir()
        for article in self.articles:
            (gold / article.gold.name).symlink_to(article.gold)
            (texts / article.text.name).symlink_to(article.text)


def _text_of(name: str, folders: Sequence[Path]) -> Path:
    paths = (folder / f"{name}.txt" for folder in folders)
    found = next((path.absolute() for path in paths if path.is_file()), None)
    if found is None:
        raise GoldError(f"no text for {name} in {', '.join(map(str, folders))}; articles are NAME.txt in --texts")
    return found


def _names_of(part: str, golds: Sequence[Path]) -> frozenset[str]:
    paths = [folder.resolve().parent / "split.json" for folder in golds]
    found = next((path for path in paths if path.is_file()), paths[0])
    try:
        return frozenset(json.loads(found.read_text(encoding="utf-8"))[part])
    except (OSError, ValueError, KeyError) as error:
        raise GoldError(f"{found} gives no part {part!r}; --only needs a split.json beside a gold folder") from error

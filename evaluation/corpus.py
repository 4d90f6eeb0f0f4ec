"""A folder of articles and the folder of their gold reports, whole or one part of its split."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from pathlib import Path

from dragoman.intake import iter_documents
from dragoman.record import Document
from evaluation.errors import GoldError

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles ``texts/NAME.txt`` with gold ``gold/NAME.jsonl``; ``names`` are those that are scored."""

    gold: Path
    texts: Path
    names: tuple[str, ...]

    @classmethod
    def open(cls, gold: Path, texts: Path, part: str | None = None) -> Corpus:
        """All documents that have gold, or those of one part of ``split.json`` beside the gold folder."""
        names = sorted(path.stem for path in gold.glob("*.jsonl"))
        if part is not None:
            names = [name for name in names if name in _part(gold.resolve().parent / "split.json", part)]
        missing = [name for name in names if not (texts / f"{name}.txt").is_file()]
        if not names or missing:
            wrong = f"no text for {', '.join(missing[:3])} in {texts}" if missing else f"no gold in {gold}"
            raise GoldError(f"{wrong}; gold is NAME.jsonl in --gold, its article NAME.txt in --texts")
        return cls(gold, texts, tuple(names))

    def documents(self) -> list[Document]:
        """The articles, through the product's own intake; one that it sets aside is told and counts as missed."""
        found: list[Document] = []
        for item in iter_documents([str(self.texts / f"{name}.txt") for name in self.names]):
            if isinstance(item, Document):
                found.append(item)
            else:
                _LOG.warning("%s was set aside and counts as missed: %s", item.source, item.reason)
        return found

    def link_gold(self, folder: Path) -> None:
        """A folder with the scored gold only, since the scorer scores every document of its folder."""
        folder.mkdir()
        for name in self.names:
            (folder / f"{name}.jsonl").symlink_to((self.gold / f"{name}.jsonl").resolve())


def _part(path: Path, part: str) -> frozenset[str]:
    try:
        return frozenset(json.loads(path.read_text(encoding="utf-8"))[part])
    except (OSError, ValueError, KeyError) as error:
        raise GoldError(f"{path} gives no part {part!r}; --only needs a split.json beside the gold folder") from error

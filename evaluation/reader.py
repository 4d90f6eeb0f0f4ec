"""The product's own reading of many documents at once, as every scorer of reports needs it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from itertools import groupby

from dragoman.knowledge import pick_packs
from dragoman.pipeline import Failure, read_documents
from dragoman.record import Document, Reading
from evaluation.errors import ScorerError

_LOG = logging.getLogger(__name__)


def read_all(documents: Sequence[Document], packs: Sequence[str] = ()) -> Iterator[Reading]:
    """Read documents in order, each with the packs asked for, else with those whose names it is full of.

    A document that cannot be read counts as one in which nothing was found, and is told on the log; when none can be
    read a ``ScorerError`` says why.
    """
    failures: list[Failure] = []
    for outcome in _outcomes(documents, tuple(packs)):
        if isinstance(outcome, Failure):
            _LOG.warning("%s could not be read and counts as empty: %s", outcome.document.id, outcome.reason)
            failures.append(outcome)
            yield Reading(outcome.document)
        else:
            yield outcome
    if failures and len(failures) == len(documents):
        raise ScorerError(
            f"none of {len(failures)} documents could be read, the last one because {failures[-1].reason}"
        )


def _outcomes(documents: Sequence[Document], packs: tuple[str, ...]) -> Iterator[Reading | Failure]:
    """Neighbours with the same packs are read together."""
    for chosen, group in groupby(documents, lambda document: packs or pick_packs([document.text])):
        yield from read_documents(group, chosen)

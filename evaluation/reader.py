"""The product's own reading of many documents at once, as every scorer of reports needs it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

from dragoman.knowledge import pick_packs
from dragoman.pipeline import Failure, read_documents
from dragoman.record import Document, Reading

_LOG = logging.getLogger(__name__)


def read_all(documents: Sequence[Document], packs: Sequence[str] = ()) -> Iterator[Reading]:
    """Read documents in order, with the packs asked for, else those whose names the documents are full of.

    A document that cannot be read counts as one in which nothing was found, and is told on the log.
    """
    chosen = tuple(packs) or pick_packs(document.text for document in documents)
    for outcome in read_documents(documents, chosen):
        if isinstance(outcome, Failure):
            _LOG.warning("%s could not be read and counts as empty: %s", outcome.document.id, outcome.reason)
            yield Reading(outcome.document)
        else:
            yield outcome

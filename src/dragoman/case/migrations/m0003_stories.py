"""The third schema: near-copies as one story, independent sources, and what each document tells in numbers."""

from __future__ import annotations

from sqlalchemy import Connection

from dragoman.case.stories import file_all
from dragoman.case.tallies import recount_all

STATEMENTS: tuple[str, ...] = (
    # The first document of the story that this one tells; itself for one that is nobody's copy.
    "ALTER TABLE documents ADD COLUMN story INTEGER REFERENCES documents (pk)",
    # The independent source: the folded outlet that told the story first, else '~' and the id of that document.
    "ALTER TABLE documents ADD COLUMN teller TEXT",
    "CREATE INDEX documents_story ON documents (story)",
    # All that the list of outlets needs of a document, so that it does not walk over the wide rows.
    "CREATE INDEX documents_outlet ON documents (outlet, published, story, teller, author)",
    # 48 bits for each band of hashes: two documents that share one may be copies.
    """
    CREATE TABLE bands (
        "key" INTEGER NOT NULL,
        document INTEGER NOT NULL REFERENCES documents (pk) ON DELETE CASCADE,
        PRIMARY KEY ("key", document)
    ) STRICT, WITHOUT ROWID
    """,
    # 16 bits of each hash: tells how like two documents are, before their texts are compared.
    """
    CREATE TABLE sketches (
        document INTEGER PRIMARY KEY REFERENCES documents (pk) ON DELETE CASCADE,
        hashes BLOB NOT NULL
    ) STRICT
    """,
    # Reports of a document by kind, rejected ones left out.
    """
    CREATE TABLE tallies (
        document INTEGER PRIMARY KEY REFERENCES documents (pk) ON DELETE CASCADE,
        event INTEGER NOT NULL,
        position INTEGER NOT NULL,
        step INTEGER NOT NULL,
        "commitment" INTEGER NOT NULL,
        forecast INTEGER NOT NULL,
        relation INTEGER NOT NULL
    ) STRICT
    """,
    # Whom a document quotes in its own name: a row of actors, or minus a row of names for a voice that is no actor.
    """
    CREATE TABLE quotes (
        outlet TEXT NOT NULL,                   -- folded, '' for none
        voice INTEGER NOT NULL,
        document INTEGER NOT NULL REFERENCES documents (pk) ON DELETE CASCADE,
        reports INTEGER NOT NULL,
        PRIMARY KEY (outlet, voice, document)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX quotes_document ON quotes (document)",
)


def fill(conn: Connection) -> None:
    """Find the stories of the documents that are there, and count what they tell."""
    file_all(conn)
    recount_all(conn)

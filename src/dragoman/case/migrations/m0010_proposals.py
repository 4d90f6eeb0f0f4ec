"""The tenth schema: who may be one with whom, kept as documents come, so that the list reads its head."""

from __future__ import annotations

from sqlalchemy import Connection

from dragoman.case.proposing import revise_all

STATEMENTS: tuple[str, ...] = (
    # Who is told in a document to hold which office (both folded), and from which day to which (day numbers).
    """
    CREATE TABLE posts (
        document INTEGER NOT NULL REFERENCES documents (pk) ON DELETE CASCADE,
        actor INTEGER NOT NULL,                 -- before merges
        title TEXT NOT NULL,
        "at" TEXT NOT NULL,
        first_day INTEGER, last_day INTEGER,
        PRIMARY KEY (document, actor, title, "at")
    ) STRICT, WITHOUT ROWID
    """,
    'CREATE INDEX posts_held ON posts (actor, title, "at", first_day, last_day)',
    # What actors are found by whose names or offices are alike; of those who share a key, a pair is looked at if one
    # of them leads.
    """
    CREATE TABLE namesakes (
        "key" TEXT NOT NULL,
        actor INTEGER NOT NULL,                 -- merges followed
        leads INTEGER NOT NULL,
        PRIMARY KEY ("key", actor)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX namesakes_actor ON namesakes (actor)",
    # Pairs that may be one, the smaller row id first; merges are followed, those told apart by a person left in.
    """
    CREATE TABLE proposals (
        one INTEGER NOT NULL,
        other INTEGER NOT NULL,
        score REAL NOT NULL,
        called TEXT NOT NULL,                   -- the first one's name
        reasons TEXT NOT NULL,                  -- JSON
        PRIMARY KEY (one, other)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX proposals_other ON proposals (other)",
    "CREATE INDEX proposals_ranked ON proposals (score DESC, called, one, other)",
    # The documents of an actor, merges followed.
    "CREATE INDEX counted_actors ON counted (who, document) WHERE what = 'actor'",
)


def fill(conn: Connection) -> None:
    """Compare all actors of the documents that are there."""
    revise_all(conn)

"""The sixth schema: lists in their order, and what is counted of each actor, kept as documents come and change."""

from __future__ import annotations

from sqlalchemy import Connection

from dragoman.case.figures import count_all

_IN = """
    INSERT INTO figures (who, what, "key", number, documents)
    VALUES (NEW.who, NEW.what, NEW."key", NEW.number, 1)
    ON CONFLICT (who, what, "key") DO UPDATE SET number = number + excluded.number, documents = documents + 1;
"""
_OUT = """
    UPDATE figures SET number = number - OLD.number, documents = documents - 1
    WHERE who = OLD.who AND what = OLD.what AND "key" = OLD."key";
    DELETE FROM figures WHERE who = OLD.who AND what = OLD.what AND "key" = OLD."key" AND documents = 0;
"""

STATEMENTS: tuple[str, ...] = (
    # Who has a part in a report, voices apart: the actor, merges followed, minus the name's id where it is no actor;
    # and 0 with every report that is shown. Lists are read off its index, whatever the size of the case.
    """
    CREATE TABLE parts (
        document INTEGER NOT NULL REFERENCES documents (pk) ON DELETE CASCADE,
        report INTEGER NOT NULL,
        who INTEGER NOT NULL,
        kind TEXT NOT NULL,
        "day" TEXT NOT NULL,                    -- as told, else of the document; '' for none
        PRIMARY KEY (document, report, who)
    ) STRICT, WITHOUT ROWID
    """,
    'CREATE INDEX parts_listed ON parts (who, kind, "day", report)',
    # What one document adds to the figures (see figures.py for what is counted).
    """
    CREATE TABLE counted (
        document INTEGER NOT NULL REFERENCES documents (pk) ON DELETE CASCADE,
        who INTEGER NOT NULL,                   -- an actor, merges followed; 0 for the case
        what TEXT NOT NULL,
        "key" TEXT NOT NULL,
        number INTEGER NOT NULL,
        PRIMARY KEY (document, who, what, "key")
    ) STRICT, WITHOUT ROWID
    """,
    # Its sums over all documents, and how many documents those are; kept by the triggers below.
    """
    CREATE TABLE figures (
        who INTEGER NOT NULL,
        what TEXT NOT NULL,
        "key" TEXT NOT NULL,
        number INTEGER NOT NULL,
        documents INTEGER NOT NULL,
        PRIMARY KEY (who, what, "key")
    ) STRICT, WITHOUT ROWID
    """,
    # Whose name it is, without the rows of all documents that use it.
    "DROP INDEX document_actors_name",
    "CREATE INDEX document_actors_name ON document_actors (name, actor)",
    "CREATE INDEX figures_ranked ON figures (what, number DESC, who) WHERE \"key\" = ''",
)

_TRIGGERS: tuple[str, ...] = (
    f"CREATE TRIGGER counted_comes AFTER INSERT ON counted BEGIN {_IN} END",
    f"CREATE TRIGGER counted_goes AFTER DELETE ON counted BEGIN {_OUT} END",
    f"CREATE TRIGGER counted_changes AFTER UPDATE ON counted BEGIN {_OUT} {_IN} END",
    # A copy found out is counted for whoever told it first, and its document is not read again for that.
    """
    CREATE TRIGGER counted_retold AFTER UPDATE OF teller ON documents WHEN NEW.teller IS NOT OLD.teller
    BEGIN UPDATE counted SET "key" = NEW.teller WHERE document = NEW.pk AND what = 'source'; END
    """,
)


def fill(conn: Connection) -> None:
    """Count the documents that are there, in one go; only then let each change be counted by itself."""
    count_all(conn)
    for trigger in _TRIGGERS:
        conn.exec_driver_sql(trigger)

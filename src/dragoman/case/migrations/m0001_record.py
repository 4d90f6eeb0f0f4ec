"""The first schema: documents as retrieved, the sentences and actors in them, and their reports by kind."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    "CREATE TABLE migrations (name TEXT PRIMARY KEY, ran TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    """
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY,
        started TEXT NOT NULL,
        finished TEXT,                          -- null while it works, and for ever if it was killed
        reader TEXT NOT NULL,
        packs TEXT NOT NULL,                    -- JSON
        counts TEXT NOT NULL,                   -- JSON
        seconds TEXT NOT NULL                   -- JSON
    ) STRICT
    """,
    """
    CREATE TABLE set_aside (
        id INTEGER PRIMARY KEY,
        run INTEGER NOT NULL REFERENCES runs (id),
        source TEXT NOT NULL,
        reason TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX set_aside_run ON set_aside (run)",
    """
    CREATE TABLE documents (
        pk INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        digest TEXT NOT NULL UNIQUE,            -- SHA-256 of the text
        title TEXT, title_origin TEXT,
        author TEXT, author_origin TEXT,
        outlet TEXT, outlet_origin TEXT,
        published TEXT, published_origin TEXT,
        language TEXT NOT NULL,
        url TEXT,
        source TEXT NOT NULL,
        media_type TEXT NOT NULL,
        characters INTEGER NOT NULL,
        furniture TEXT NOT NULL,                -- JSON: [[start, end], …]
        reader TEXT NOT NULL,
        run INTEGER NOT NULL REFERENCES runs (id)
    ) STRICT
    """,
    "CREATE INDEX documents_run ON documents (run)",
    # Apart from documents, so that listing documents does not walk over their pages.
    """
    CREATE TABLE bodies (
        document INTEGER PRIMARY KEY REFERENCES documents (pk) ON DELETE CASCADE,
        text BLOB NOT NULL,                     -- zlib of UTF-8
        raw BLOB                                -- zlib of the bytes retrieved; null where they are the text in UTF-8
    ) STRICT
    """,
    # Where else the same text was met.
    """
    CREATE TABLE aliases (
        document INTEGER NOT NULL REFERENCES documents (pk) ON DELETE CASCADE,
        id TEXT NOT NULL,
        source TEXT NOT NULL,
        url TEXT,
        outlet TEXT,
        published TEXT,
        PRIMARY KEY (document, id, source)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE remarks (
        document INTEGER NOT NULL REFERENCES documents (pk) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        run INTEGER NOT NULL REFERENCES runs (id),
        text TEXT NOT NULL,
        PRIMARY KEY (document, position)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX remarks_run ON remarks (run)",
    """
    CREATE TABLE sentences (
        id INTEGER PRIMARY KEY,
        document INTEGER NOT NULL REFERENCES documents (pk) ON DELETE CASCADE,
        "start" INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        record TEXT NOT NULL                    -- words of its reports that it does not spell itself, for search
    ) STRICT
    """,
    'CREATE INDEX sentences_document ON sentences (document, "start")',
    # Contentless: rowid is sentences.id, the words are in bodies.
    """
    CREATE VIRTUAL TABLE search USING fts5 (
        words, record, content = '', tokenize = "unicode61 remove_diacritics 2"
    )
    """,
    "CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, folded TEXT NOT NULL) STRICT",
    "CREATE INDEX names_folded ON names (folded)",
    # One actor of the whole case; identity is the pack's key, else '~' and the folded name.
    "CREATE TABLE actors (id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE) STRICT",
    """
    CREATE TABLE document_actors (
        document INTEGER NOT NULL REFERENCES documents (pk) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        actor INTEGER NOT NULL REFERENCES actors (id),
        name INTEGER NOT NULL REFERENCES names (id),
        kind TEXT NOT NULL,
        "of" TEXT, "key" TEXT, country TEXT, sector TEXT,
        PRIMARY KEY (document, position)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX document_actors_actor ON document_actors (actor)",
    "CREATE INDEX document_actors_name ON document_actors (name)",
    """
    CREATE TABLE mentions (
        document INTEGER NOT NULL,
        actor_position INTEGER NOT NULL,
        position INTEGER NOT NULL,
        name INTEGER NOT NULL REFERENCES names (id),
        PRIMARY KEY (document, actor_position, position),
        FOREIGN KEY (document, actor_position) REFERENCES document_actors (document, position) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX mentions_name ON mentions (name)",
    """
    CREATE TABLE reports (
        pk INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        document INTEGER NOT NULL REFERENCES documents (pk) ON DELETE CASCADE,
        position INTEGER NOT NULL,              -- order within the document
        kind TEXT NOT NULL,
        "start" INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        standing TEXT NOT NULL,
        date_from TEXT, date_to TEXT,           -- as told, by events and steps
        frame TEXT NOT NULL,
        confidence REAL NOT NULL,
        why TEXT NOT NULL,                      -- JSON
        reader TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX reports_document ON reports (document, position)",
    """
    CREATE TABLE events (
        report INTEGER PRIMARY KEY REFERENCES reports (pk) ON DELETE CASCADE,
        type TEXT NOT NULL, place TEXT, killed INTEGER, injured INTEGER
    ) STRICT
    """,
    """
    CREATE TABLE positions (
        report INTEGER PRIMARY KEY REFERENCES reports (pk) ON DELETE CASCADE,
        stance TEXT NOT NULL, about TEXT NOT NULL, issue TEXT
    ) STRICT
    """,
    """
    CREATE TABLE steps (
        report INTEGER PRIMARY KEY REFERENCES reports (pk) ON DELETE CASCADE,
        rung TEXT NOT NULL, direction TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE commitments (
        report INTEGER PRIMARY KEY REFERENCES reports (pk) ON DELETE CASCADE,
        instrument TEXT, what TEXT NOT NULL, status TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE forecasts (
        report INTEGER PRIMARY KEY REFERENCES reports (pk) ON DELETE CASCADE,
        what TEXT NOT NULL, likelihood TEXT NOT NULL, horizon_from TEXT, horizon_to TEXT
    ) STRICT
    """,
    """
    CREATE TABLE relations (
        report INTEGER PRIMARY KEY REFERENCES reports (pk) ON DELETE CASCADE,
        predicate TEXT NOT NULL, title TEXT, former INTEGER NOT NULL, since TEXT, until TEXT
    ) STRICT
    """,
    # Who stands in which role of a report (voice included); actor is null for a name that is no actor of the document.
    """
    CREATE TABLE participants (
        report INTEGER NOT NULL REFERENCES reports (pk) ON DELETE CASCADE,
        role TEXT NOT NULL,
        position INTEGER NOT NULL,
        name INTEGER NOT NULL REFERENCES names (id),
        actor INTEGER REFERENCES actors (id),
        PRIMARY KEY (report, role, position)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX participants_actor ON participants (actor)",
    "CREATE INDEX participants_name ON participants (name) WHERE actor IS NULL",
)

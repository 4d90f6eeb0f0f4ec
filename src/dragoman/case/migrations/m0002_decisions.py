"""The second schema: decisions beside the record, and the record as decided."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    # Only grows: the triggers below refuse everything but a decision that is not there yet.
    """
    CREATE TABLE decisions (
        id TEXT PRIMARY KEY,
        author TEXT NOT NULL,
        made TEXT NOT NULL,                     -- ISO 8601, UTC; of two decisions the later counts
        action TEXT NOT NULL,
        subject TEXT NOT NULL,                  -- JSON
        value TEXT NOT NULL,                    -- JSON
        reason TEXT NOT NULL,
        target TEXT                             -- id of the decision that it undoes
    ) STRICT
    """,
    "CREATE INDEX decisions_made ON decisions (made, id)",
    "CREATE INDEX decisions_action ON decisions (action)",
    "CREATE INDEX decisions_target ON decisions (target) WHERE target IS NOT NULL",
    """
    CREATE TRIGGER decisions_once BEFORE INSERT ON decisions
    WHEN EXISTS (SELECT 1 FROM decisions WHERE id = NEW.id)
    BEGIN SELECT RAISE(IGNORE); END
    """,
    """
    CREATE TRIGGER decisions_never_change BEFORE UPDATE ON decisions
    BEGIN SELECT RAISE(ABORT, 'decisions are never changed; undo one by another'); END
    """,
    """
    CREATE TRIGGER decisions_never_go BEFORE DELETE ON decisions
    BEGIN SELECT RAISE(ABORT, 'decisions are never deleted; undo one by another'); END
    """,
    "ALTER TABLE reports ADD COLUMN state TEXT NOT NULL DEFAULT 'read'",
    # JSON: what the reader had read, where a person decided on it; a rejected report has nothing but this.
    "ALTER TABLE reports ADD COLUMN origin TEXT",
    "CREATE INDEX reports_decided ON reports (document) WHERE state <> 'read'",
    # What each decision is about, part by part, and whether it is found in the case as it is now.
    """
    CREATE TABLE decision_parts (
        decision TEXT NOT NULL REFERENCES decisions (id),
        position INTEGER NOT NULL,
        digest TEXT,                            -- of the document, which need not be here
        tied INTEGER NOT NULL,
        report INTEGER REFERENCES reports (pk) ON DELETE SET NULL,
        PRIMARY KEY (decision, position)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX decision_parts_digest ON decision_parts (digest) WHERE digest IS NOT NULL",
    "CREATE INDEX decision_parts_report ON decision_parts (report) WHERE report IS NOT NULL",
    "CREATE INDEX decision_parts_untied ON decision_parts (decision) WHERE tied = 0",
    # Which actors were decided to be one: every one of them but for those that stand for themselves.
    """
    CREATE TABLE merged (
        base INTEGER PRIMARY KEY REFERENCES actors (id),
        actor INTEGER NOT NULL REFERENCES actors (id)
    ) STRICT
    """,
    "CREATE INDEX merged_actor ON merged (actor)",
)

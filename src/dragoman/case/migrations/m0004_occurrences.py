"""The fourth schema: occurrences, the links between reports that make them, and accounts that contradict each other.

Migration 0007 gathers what was there before.
"""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    # All that lists show, worked out from the reports.
    """
    CREATE TABLE occurrences (
        pk INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,                -- the mark of its first report
        type TEXT NOT NULL,
        status TEXT NOT NULL,
        day TEXT NOT NULL,                      -- under which it is filed; '' where nothing is dated
        date_from TEXT, date_to TEXT,
        place TEXT, killed INTEGER, injured INTEGER,
        reports INTEGER NOT NULL,
        documents INTEGER NOT NULL,
        sources INTEGER NOT NULL,
        first_told TEXT,                        -- the earliest publication
        last_told TEXT NOT NULL,                -- the latest; '~' where a document is undated
        disputes TEXT                           -- what its reports do not agree in, joined by commas
    ) STRICT
    """,
    "CREATE INDEX occurrences_day ON occurrences (day, id)",
    "CREATE INDEX occurrences_type ON occurrences (type, day)",
    "CREATE INDEX occurrences_status ON occurrences (status, day)",
    "CREATE INDEX occurrences_told ON occurrences (sources, day)",
    "CREATE INDEX occurrences_place ON occurrences (place) WHERE place IS NOT NULL",
    "CREATE INDEX occurrences_disputed ON occurrences (day, id) WHERE disputes IS NOT NULL",
    # Every event report and the occurrence that it is gathered in.
    """
    CREATE TABLE occurrence_reports (
        report INTEGER PRIMARY KEY REFERENCES reports (pk) ON DELETE CASCADE,
        document INTEGER NOT NULL,
        occurrence INTEGER REFERENCES occurrences (pk),
        mark TEXT NOT NULL,                     -- the id of the occurrence if this were its first report
        why TEXT NOT NULL,                      -- JSON: what ties it to the others
        telling TEXT NOT NULL                   -- JSON: what gathering sees of it
    ) STRICT
    """,
    "CREATE INDEX occurrence_reports_occurrence ON occurrence_reports (occurrence)",
    "CREATE INDEX occurrence_reports_mark ON occurrence_reports (mark)",
    # Who takes part, by role and actor (by name where it is none), with the number of reports that say so.
    """
    CREATE TABLE occurrence_people (
        occurrence INTEGER NOT NULL REFERENCES occurrences (pk) ON DELETE CASCADE,
        role TEXT NOT NULL,
        name TEXT NOT NULL,
        actor INTEGER REFERENCES actors (id),
        reports INTEGER NOT NULL,
        PRIMARY KEY (occurrence, role, name)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX occurrence_people_actor ON occurrence_people (actor, occurrence)",
    # Pairs of reports that may be of one happening; a is the lower row id.
    """
    CREATE TABLE links (
        a INTEGER NOT NULL REFERENCES reports (pk) ON DELETE CASCADE,
        b INTEGER NOT NULL REFERENCES reports (pk) ON DELETE CASCADE,
        score REAL NOT NULL,                    -- log odds
        why TEXT NOT NULL,                      -- JSON
        PRIMARY KEY (a, b)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX links_b ON links (b)",
    # Where to look for reports that may be of one happening: parties and type, by month.
    """
    CREATE TABLE gathering_keys (
        "key" TEXT NOT NULL,
        report INTEGER NOT NULL REFERENCES reports (pk) ON DELETE CASCADE,
        PRIMARY KEY ("key", report)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX gathering_keys_report ON gathering_keys (report)",
    # Pairs that a person has put together or parted; a is the lower row id.
    """
    CREATE TABLE ties (
        a INTEGER NOT NULL REFERENCES reports (pk) ON DELETE CASCADE,
        b INTEGER NOT NULL REFERENCES reports (pk) ON DELETE CASCADE,
        apart INTEGER NOT NULL,
        PRIMARY KEY (a, b)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX ties_b ON ties (b)",
    # Occurrences that lost a report of a document and are to be gathered anew before the transaction ends.
    """
    CREATE TABLE stale_occurrences (
        occurrence INTEGER NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (occurrence, document)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TRIGGER occurrence_loses_a_report AFTER DELETE ON occurrence_reports WHEN OLD.occurrence IS NOT NULL
    BEGIN INSERT OR IGNORE INTO stale_occurrences VALUES (OLD.occurrence, OLD.document); END
    """,
    # One state of affairs at one time, and how each report tells it.
    """
    CREATE TABLE accounts (
        "key" TEXT NOT NULL,                    -- kind, parties and subject
        month TEXT NOT NULL,                    -- in which it was published
        side TEXT NOT NULL,
        report INTEGER NOT NULL REFERENCES reports (pk) ON DELETE CASCADE,
        PRIMARY KEY ("key", month, side, report)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX accounts_report ON accounts (report)",
    # Those of which there are accounts that cannot both hold.
    """
    CREATE TABLE opposed_accounts (
        "key" TEXT NOT NULL,
        month TEXT NOT NULL,
        PRIMARY KEY (month, "key")
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TRIGGER account_is_gone AFTER DELETE ON accounts
    BEGIN
        DELETE FROM opposed_accounts WHERE "key" = OLD."key" AND month = OLD.month AND 2 > (
            SELECT count(DISTINCT side) FROM accounts WHERE "key" = OLD."key" AND month = OLD.month
        );
    END
    """,
)

"""The twelfth schema: what each maker's steps toward an authority come to, kept for the ladder; the 18th fills it."""

from __future__ import annotations

# Whose steps toward whom a report tells; nobody is ''.
_PAIRS = """
    INSERT OR IGNORE INTO stale_climbs (toward, "by")
    SELECT coalesce(chief.actor, aim.actor),
        CASE WHEN maker.report IS NULL THEN ''
            ELSE coalesce(CAST(coalesce(merged.actor, maker.actor) AS TEXT), '~' || names.folded) END
    FROM participants AS aim
    LEFT JOIN merged AS chief ON chief.base = aim.actor
    LEFT JOIN participants AS maker ON maker.report = aim.report AND maker.role = 'by'
    LEFT JOIN merged ON merged.base = maker.actor
    LEFT JOIN names ON names.id = maker.name
    WHERE aim.role = 'toward' AND aim.actor IS NOT NULL AND aim.report
"""


def _noted(name: str, when: str, reports: str) -> str:
    return f"CREATE TRIGGER climbs_{name} {when} BEGIN {_PAIRS} {reports}; END"


def _regrouped(name: str, when: str, old: str, new: str) -> str:
    """Ways of and toward somebody who is another actor now: what is kept under either, under both."""
    known = '(SELECT toward, "by" FROM climbs UNION SELECT toward, "by" FROM stale_climbs)'
    return f"""
        CREATE TRIGGER climbs_{name} {when} BEGIN
            INSERT OR IGNORE INTO stale_climbs (toward, "by")
            SELECT aim.id, known."by" FROM {known} AS known, (SELECT {old} AS id UNION SELECT {new}) AS aim
            WHERE known.toward IN ({old}, {new});
            INSERT OR IGNORE INTO stale_climbs (toward, "by")
            SELECT known.toward, maker.id
            FROM {known} AS known, (SELECT CAST({old} AS TEXT) AS id UNION SELECT CAST({new} AS TEXT)) AS maker
            WHERE known."by" IN (CAST({old} AS TEXT), CAST({new} AS TEXT));
        END
    """


STATEMENTS: tuple[str, ...] = (
    # By the authority and the maker (the actor, merges followed; '~' and the folded name where it is none, '' for
    # nobody).
    """
    CREATE TABLE climbs (
        toward INTEGER NOT NULL,
        "by" TEXT NOT NULL,
        told TEXT NOT NULL,                     -- JSON
        PRIMARY KEY (toward, "by")
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE stale_climbs (toward INTEGER NOT NULL, "by" TEXT NOT NULL, PRIMARY KEY (toward, "by"))
    STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX counted_steps ON counted (who, document) WHERE what = 'role' AND \"key\" = 'step toward'",
    *(
        _noted(name, f"{when} ON participants WHEN {row}.role IN ('by', 'toward')", f"= {row}.report")
        for name, when, row in (
            ("come", "AFTER INSERT", "NEW"),
            ("go", "BEFORE DELETE", "OLD"),
            ("are_gone", "AFTER DELETE", "OLD"),
            ("change", "BEFORE UPDATE", "OLD"),
            ("are_changed", "AFTER UPDATE", "NEW"),
        )
    ),
    _noted(
        "are_redated",
        "AFTER UPDATE OF standing, date_from, date_to, position ON reports WHEN NEW.kind = 'step'",
        "= NEW.pk",
    ),
    _noted(
        "are_retold",
        "AFTER UPDATE OF teller, published ON documents "
        "WHEN NEW.teller IS NOT OLD.teller OR NEW.published IS NOT OLD.published",
        "IN (SELECT pk FROM reports WHERE document = NEW.pk AND kind = 'step')",
    ),
    _regrouped("are_merged", "AFTER INSERT ON merged", "NEW.base", "NEW.actor"),
    _regrouped("are_merged_again", "AFTER UPDATE ON merged", "OLD.actor", "NEW.actor"),
    _regrouped("are_split", "AFTER DELETE ON merged", "OLD.base", "OLD.actor"),
    f"{_PAIRS} IN (SELECT report FROM steps)",
)

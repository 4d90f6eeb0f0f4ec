"""The fifteenth schema: who takes part in an occurrence is kept with its day; an index alone tells the years then."""

from __future__ import annotations

_DAY = '"day" = (SELECT occurrences."day" FROM occurrences WHERE pk = occurrence)'

STATEMENTS: tuple[str, ...] = (
    "ALTER TABLE occurrence_people ADD COLUMN \"day\" TEXT NOT NULL DEFAULT ''",  # the occurrence's
    f"UPDATE occurrence_people SET {_DAY}",
    "DROP INDEX occurrence_people_actor",
    'CREATE INDEX occurrence_people_actor ON occurrence_people (actor, occurrence, "day")',
    # They are written anew whenever their occurrence is, after it.
    f"""
    CREATE TRIGGER people_dated AFTER INSERT ON occurrence_people
    BEGIN
        UPDATE occurrence_people SET {_DAY}
        WHERE occurrence = NEW.occurrence AND role = NEW.role AND name = NEW.name;
    END
    """,
)

"""The ninth schema: whom a position is about is looked up once, and a holder brings and takes only its own row.

The view of the fifth one had the actor named in it worked out three times for each holder of a report whenever one of
them came or went, which took half of the time that a document takes to be stored.
"""

from __future__ import annotations

from dragoman.case.migrations.m0005_statements import COLUMNS, again, trigger

# The actor of the document, other than nobody, whose longest name stands in the words that the position is about.
# ``instr`` is no more than a quick look that leaves few names to GLOB.
_TOWARD = """
    SELECT actor FROM (
        SELECT cast_.actor, cast_."position", names.name
        FROM document_actors AS cast_ JOIN names ON names.id = cast_.name
        WHERE cast_.document = reports.document
        UNION ALL
        SELECT cast_.actor, cast_."position", names.name
        FROM document_actors AS cast_
        JOIN mentions ON mentions.document = cast_.document AND mentions.actor_position = cast_."position"
        JOIN names ON names.id = mentions.name
        WHERE cast_.document = reports.document
    ) AS called
    WHERE instr(positions.about, called.name)
    AND ' ' || positions.about || ' ' GLOB '*[^a-zA-Z]'
        || replace(replace(replace(called.name, '[', '[[]'), '*', '[*]'), '?', '[?]') || '[^a-zA-Z]*'
    ORDER BY length(called.name) DESC, called.name, called."position"
    LIMIT 1
"""

_TRIGGERS: tuple[str, ...] = (
    trigger(
        "of_holder",
        "AFTER INSERT ON participants WHEN NEW.role = 'holder'",
        f"""
        INSERT OR REPLACE INTO statements ({COLUMNS})
        SELECT {COLUMNS} FROM stated WHERE report = NEW.report AND "position" = NEW."position";
        """,
    ),
    trigger(
        "of_former_holder",
        "AFTER DELETE ON participants WHEN OLD.role = 'holder'",
        'DELETE FROM statements WHERE report = OLD.report AND "position" = OLD."position";',
    ),
    # A split gives a name of the document to another actor.
    trigger(
        "of_recast",
        "AFTER UPDATE OF actor ON document_actors WHEN NEW.actor <> OLD.actor",
        again("document = NEW.document"),
    ),
)

STATEMENTS: tuple[str, ...] = (
    "DROP VIEW stated",
    # DISTINCT changes nothing, but keeps SQLite from writing the lookup out wherever its outcome stands.
    f"""
    CREATE VIEW stated AS
    SELECT held.report, held."position", held.who,
        coalesce(held.issue, '@' || coalesce(merged.actor, held.toward), '~' || lower(trim(held.about))) AS concept,
        held.counted, held.toward, held.stance, held.document, held.teller, held."day"
    FROM (
        SELECT DISTINCT people.report, people."position", coalesce(merged.actor, people.actor, -people.name) AS who,
            CASE WHEN reports.standing <> 'actual' THEN 0 WHEN positions.issue IS NULL THEN 1 ELSE 2 END AS counted,
            CASE WHEN positions.issue IS NULL THEN ({_TOWARD}) END AS toward,
            positions.issue, positions.about, positions.stance, reports.document,
            coalesce(documents.teller, documents.outlet, '~' || documents.id) AS teller, documents.published AS "day"
        FROM participants AS people
        JOIN positions ON positions.report = people.report
        JOIN reports ON reports.pk = people.report
        JOIN documents ON documents.pk = reports.document
        LEFT JOIN merged ON merged.base = people.actor
        WHERE people.role = 'holder' AND reports.state <> 'rejected'
    ) AS held
    LEFT JOIN merged ON merged.base = held.toward
    """,
    "DROP TRIGGER IF EXISTS statements_of_holder",
    "DROP TRIGGER IF EXISTS statements_of_former_holder",
    *_TRIGGERS,
)

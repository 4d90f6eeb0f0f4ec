"""Statements: who holds what on which question, one row for each holder of each position, kept true by triggers.

A matrix or a network of a large case groups hundreds of thousands of statements by holder, question, stance, document
and source. Joined from five tables that takes seconds; over one index that has all of it, a tenth of a second. Triggers
rather than code keep the rows, so that whatever changes the record (a reading, a decision, a merge, a copy found out)
changes them in the same transaction and cannot forget to.
"""

from __future__ import annotations

COLUMNS = 'report, "position", who, concept, counted, toward, stance, document, teller, "day"'

# The actor of the document, other than nobody, whose longest name stands in the words that the position is about.
_TOWARD = """
    SELECT cast_.actor
    FROM document_actors AS cast_
    LEFT JOIN mentions ON mentions.document = cast_.document AND mentions.actor_position = cast_.position
    JOIN names ON names.id = cast_.name OR names.id = mentions.name
    WHERE cast_.document = reports.document
    AND ' ' || positions.about || ' ' GLOB '*[^a-zA-Z]'
        || replace(replace(replace(names.name, '[', '[[]'), '*', '[*]'), '?', '[?]') || '[^a-zA-Z]*'
    ORDER BY length(names.name) DESC, names.name, cast_.position
    LIMIT 1
"""


def again(where: str) -> str:
    """What tells the statements of this condition once more."""
    return f"""
        DELETE FROM statements WHERE {where};
        INSERT INTO statements ({COLUMNS}) SELECT {COLUMNS} FROM stated WHERE {where};
    """


def trigger(name: str, when: str, body: str) -> str:
    """A trigger that keeps the statements."""
    return f"CREATE TRIGGER statements_{name} {when} BEGIN {body} END"


STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE statements (
        report INTEGER NOT NULL REFERENCES reports (pk) ON DELETE CASCADE,
        "position" INTEGER NOT NULL,            -- which of the report's holders
        who INTEGER NOT NULL,                   -- the actor, merges followed; minus the name's id where it is no actor
        concept TEXT NOT NULL,                  -- the issue, else '@' and the actor named in it, else '~' and the words
        counted INTEGER NOT NULL,               -- 2 held, on an issue; 1 held, on none; 0 told as not, or not yet, held
        toward INTEGER,                         -- where there is no issue: the actor named, before merges
        stance TEXT NOT NULL,
        document INTEGER NOT NULL REFERENCES documents (pk) ON DELETE CASCADE,
        teller TEXT NOT NULL,                   -- the independent source
        "day" TEXT,                             -- ISO prefix: when the document was published
        PRIMARY KEY (report, "position")
    ) STRICT, WITHOUT ROWID
    """,
    f"""
    CREATE VIEW stated AS
    SELECT held.report, held."position", held.who,
        coalesce(held.issue, '@' || coalesce(merged.actor, held.toward), '~' || lower(trim(held.about))) AS concept,
        held.counted, held.toward, held.stance, held.document, held.teller, held."day"
    FROM (
        SELECT people.report, people."position", coalesce(merged.actor, people.actor, -people.name) AS who,
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
    f"INSERT INTO statements ({COLUMNS}) SELECT {COLUMNS} FROM stated",
    'CREATE INDEX statements_held ON statements (counted, who, concept, teller, document, stance, "day")',
    'CREATE INDEX statements_day ON statements (counted, "day")',
    "CREATE INDEX statements_document ON statements (document)",
    "CREATE INDEX statements_toward ON statements (toward) WHERE toward IS NOT NULL",
    "CREATE INDEX document_actors_called ON document_actors (actor, name)",  # an actor's usual name, without its rows
    trigger("of_holder", "AFTER INSERT ON participants WHEN NEW.role = 'holder'", again("report = NEW.report")),
    trigger("of_former_holder", "AFTER DELETE ON participants WHEN OLD.role = 'holder'", again("report = OLD.report")),
    trigger(
        "of_other_holder",
        "AFTER UPDATE ON participants WHEN 'holder' IN (OLD.role, NEW.role)",
        again("report = OLD.report") + again("report = NEW.report"),
    ),
    trigger("of_position", "AFTER INSERT ON positions", again("report = NEW.report")),
    trigger("of_other_position", "AFTER UPDATE ON positions", again("report = NEW.report")),
    trigger(
        "of_report",
        "AFTER UPDATE OF state, standing ON reports WHEN NEW.kind = 'position'",
        again("report = NEW.pk"),
    ),
    trigger(
        "of_document",
        "AFTER UPDATE OF teller, outlet, published ON documents",
        """
        UPDATE statements
        SET teller = coalesce(NEW.teller, NEW.outlet, '~' || NEW.id), "day" = NEW.published
        WHERE document = NEW.pk;
        """,
    ),
    *(
        trigger(
            name,
            when,
            f"""
            UPDATE statements SET who = {actor}
            WHERE (report, "position") IN
                (SELECT report, "position" FROM participants WHERE actor = {base} AND role = 'holder');
            UPDATE statements SET concept = '@' || {actor} WHERE toward = {base};
            """,
        )
        for name, when, base, actor in (
            ("of_merged", "AFTER INSERT ON merged", "NEW.base", "NEW.actor"),
            ("of_merged_again", "AFTER UPDATE ON merged", "NEW.base", "NEW.actor"),
            ("of_split", "AFTER DELETE ON merged", "OLD.base", "OLD.base"),
        )
    ),
)

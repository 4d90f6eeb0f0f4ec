"""The sixteenth schema: how many occurrences of each month and type are told in which way, and an index that has those
of one way as a brief lists them."""

from __future__ import annotations

_KEY = "substr({0}\"day\", 1, 7) || ' ' || {0}type || ' ' || {0}status"


def _come(row: str) -> str:
    return f"""
        INSERT INTO filed (what, "key", number) VALUES ('told', {_KEY.format(row + ".")}, 1)
        ON CONFLICT (what, "key") DO UPDATE SET number = number + 1;
        """


def _go(row: str) -> str:
    return f"""
        UPDATE filed SET number = number - 1 WHERE what = 'told' AND "key" = {_KEY.format(row + ".")};
        DELETE FROM filed WHERE what = 'told' AND "key" = {_KEY.format(row + ".")} AND number = 0;
        """


STATEMENTS: tuple[str, ...] = (
    'CREATE INDEX occurrences_most_told ON occurrences (status, sources, "day")',
    # A brief of all reads these few rows, and not every occurrence.
    f"INSERT INTO filed SELECT 'told', {_KEY.format('')}, count(*) FROM occurrences GROUP BY 2",
    f"CREATE TRIGGER filed_told_come AFTER INSERT ON occurrences BEGIN {_come('NEW')} END",
    f"CREATE TRIGGER filed_told_go AFTER DELETE ON occurrences BEGIN {_go('OLD')} END",
    f"""
    CREATE TRIGGER filed_told_move AFTER UPDATE OF type, "day", status ON occurrences
    WHEN NEW.type <> OLD.type OR NEW."day" <> OLD."day" OR NEW.status <> OLD.status
    BEGIN {_go("OLD")} {_come("NEW")} END
    """,
)

"""The fourteenth schema: how many occurrences there are under each month, and of each type at each place."""

from __future__ import annotations

_COUNTED = (("month", 'substr({0}"day", 1, 7)'), ("place", "{0}type || coalesce(' ' || {0}place, '')"))


def _come(row: str) -> str:
    return "".join(
        f"""
        INSERT INTO filed (what, "key", number) VALUES ('{what}', {key.format(row + ".")}, 1)
        ON CONFLICT (what, "key") DO UPDATE SET number = number + 1;
        """
        for what, key in _COUNTED
    )


def _go(row: str) -> str:
    return "".join(
        f"""
        UPDATE filed SET number = number - 1 WHERE what = '{what}' AND "key" = {key.format(row + ".")};
        DELETE FROM filed WHERE what = '{what}' AND "key" = {key.format(row + ".")} AND number = 0;
        """
        for what, key in _COUNTED
    )


STATEMENTS: tuple[str, ...] = (
    # Lists and maps of all read these few rows, and not every occurrence.
    """
    CREATE TABLE filed (
        what TEXT NOT NULL,                     -- 'month' or 'place'
        "key" TEXT NOT NULL,                    -- the day cut to its month; the type, and after a blank the place
        number INTEGER NOT NULL,
        PRIMARY KEY (what, "key")
    ) STRICT, WITHOUT ROWID
    """,
    *(
        f"INSERT INTO filed SELECT '{what}', {key.format('')}, count(*) FROM occurrences GROUP BY 2"
        for what, key in _COUNTED
    ),
    f"CREATE TRIGGER filed_come AFTER INSERT ON occurrences BEGIN {_come('NEW')} END",
    f"CREATE TRIGGER filed_go AFTER DELETE ON occurrences BEGIN {_go('OLD')} END",
    f"""
    CREATE TRIGGER filed_move AFTER UPDATE OF type, "day", place ON occurrences
    WHEN NEW.type <> OLD.type OR NEW."day" <> OLD."day" OR NEW.place IS NOT OLD.place
    BEGIN {_go("OLD")} {_come("NEW")} END
    """,
)

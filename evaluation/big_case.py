"""Big cases to time the views on: a case that was really read, told over and over in other months.

Copies are made in SQL, since reading a million reports would take days. Each lies some months earlier and has its own
documents, reports and occurrences; actors of a pack stay the same, of the others and of the outlets there are ``CASTS``
and ``OUTLETS`` times as many. Two things are not like a real case: an occurrence is never told in two copies, and the
copies' words are not in the full-text index.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from dragoman.case import open_case
from dragoman.case.migrations import m0012_climbs

MONTHS = 240
CASTS = 200
OUTLETS = 30

_DOCUMENTS, _REPORTS, _SENTENCES, _OCCURRENCES = "documents.pk", "reports.pk", "sentences.id", "occurrences.pk"
_OFFSETS = (_DOCUMENTS, _REPORTS, _SENTENCES, _OCCURRENCES)
_KEPT = {
    *("migrations", "settings", "runs", "set_aside", "actors", "names", "merged", "merged_outlets", "pack_prints"),
    *("decisions", "decision_parts", "climbs", "stale_climbs"),
}
_MADE_ANEW = (
    "0006-figures",
    "0010-proposals",
    "0014-filed",
    "0016-told",
    "0019-by-then",
)
_LATER = "{0} || ' ' || (k % {1})"
_ID = "substr({0}, 1, 8) || printf('%08x', k)"
# A month that lacks the day gives its last one: SQLite's own way, the 2nd of March, would overtake the 1st.
_EARLIER = "date({0}, -(k % {1}) || ' months')"
_LAST_OF_MONTH = "date({0}, 'start of month', -(k % {1}) || ' months', '+1 month', '-1 day')"
_DATE = f"CASE length({{0}}) WHEN 10 THEN min({_EARLIER}, {_LAST_OF_MONTH}) ELSE {{0}} END"
_MONTH = "substr(date({0} || '-01', -(k % {1}) || ' months'), 1, 7)"
_TELLER = f"CASE WHEN {{0}} LIKE '~%' THEN {{0}} || '-' || k ELSE {_LATER.format('{0}', OUTLETS)} END"
_ACTOR = "coalesce((SELECT new FROM temp.cast_of WHERE old = t.{0} AND number = k % {1}), t.{0})"
_NAME = "coalesce((SELECT new FROM temp.name_of WHERE old = t.{0} AND number = k % {1}), t.{0})"
_TELLING = f"""json_replace(t.telling, '$.id', {_ID.format("json_extract(t.telling, '$.id')")},
    '$.document', json_extract(t.telling, '$.document') || '-' || k,
    '$.published', json_extract(t.telling, '$.published') - 30 * (k % {MONTHS}),
    '$.days[0]', json_extract(t.telling, '$.days[0]') - 30 * (k % {MONTHS}),
    '$.days[1]', json_extract(t.telling, '$.days[1]') - 30 * (k % {MONTHS}))"""
_GATHERING = "(CAST(t.key AS INTEGER) - k % {1}) || substr(t.key, instr(t.key, '|'))"

# How a column of a copy differs from the original's; "+" adds an offset.
_COLUMNS: dict[str, str] = {
    "documents.pk": "+documents.pk",
    "documents.id": "t.id || '-' || k",
    "documents.digest": "printf('%08x', k) || substr(t.digest, 9)",
    "documents.story": "+documents.pk",
    "documents.outlet": _LATER.format("t.outlet", OUTLETS),
    "quotes.outlet": f"CASE t.outlet WHEN '' THEN '' ELSE {_LATER.format('t.outlet', OUTLETS)} END",
    "reports.pk": "+reports.pk",
    "reports.id": _ID.format("t.id"),
    "sentences.id": "+sentences.id",
    "occurrences.pk": "+occurrences.pk",
    "occurrences.id": _ID.format("t.id"),
    "occurrence_reports.mark": _ID.format("t.mark"),
    "occurrence_reports.telling": _TELLING,
    "occurrence_reports.occurrence": "+occurrences.pk",
    "occurrence_people.occurrence": "+occurrences.pk",
    "occurrence_people.name": "CASE WHEN EXISTS (SELECT 1 FROM temp.cast_of WHERE old = t.actor) "
    f"THEN {_LATER.format('t.name', CASTS)} ELSE t.name END",
    "occurrence_reports.crowd": "t.crowd || '-' || k",
    "occurrence_reports.follows": "+reports.pk",
    "gathering_keys.key": _GATHERING.format("", MONTHS),
    "bands.key": "(t.key + k * 2654435761) & 281474976710655",
    "links.a": "+reports.pk",
    "links.b": "+reports.pk",
    "ties.a": "+reports.pk",
    "ties.b": "+reports.pk",
    "document_actors.name": _NAME.format("name", CASTS),
    "participants.name": _NAME.format("name", CASTS),
    "statements.who": _ACTOR.format("who", CASTS),
    **{f"{table}.{column}": _MONTH.format(f"t.{column}", MONTHS) for table, column in (
        ("accounts", "month"), ("opposed_accounts", "month"))},
}  # fmt: skip
_EVERYWHERE: dict[str, str] = {
    "document": "+documents.pk",
    "report": "+reports.pk",
    "teller": _TELLER.format("t.teller"),
    "actor": _ACTOR.format("actor", CASTS),
    **{
        column: _DATE.format(f"t.{column}", MONTHS)
        for column in ("published", "day", "date_from", "date_to", "first_told", "last_told", "horizon_from")
    },
}


def grow(case: Path, reports: int) -> int:
    """Copy what a closed case tells until it has about so many reports; how many it has then."""
    with closing(sqlite3.connect(case, isolation_level=None)) as conn:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "temp_store = MEMORY", "cache_size = -400000"):
            conn.execute(f"PRAGMA {pragma}")
        number = conn.execute("SELECT count(*) FROM reports").fetchone()[0]
        copies = max(1, reports // max(1, number))
        conn.execute("BEGIN")
        (of_steps,) = conn.execute("SELECT sql FROM sqlite_schema WHERE name = 'counted_steps'").fetchone()
        _forget_figures(conn)
        with _without_indexes(conn):
            _multiply_cast(conn)
            offsets = {name: _highest(conn, name) for name in _OFFSETS}
            for table in _tables(conn):
                _multiply(conn, table, copies, offsets)
        conn.execute("DELETE FROM climbs")
        conn.execute(m0012_climbs.STATEMENTS[-1])  # all steps are to be gathered anew
        conn.execute("COMMIT")
        conn.execute("PRAGMA optimize")
        conn.execute("PRAGMA journal_mode = WAL")
        found = int(conn.execute("SELECT count(*) FROM reports").fetchone()[0])
    with open_case(case, write=True) as grown:
        grown.start_run("grown")
        grown.finish_run()  # which gathers the steps
    with closing(sqlite3.connect(case)) as conn:
        conn.execute(of_steps)  # an index on a table that was made anew
    return found


def _forget_figures(conn: sqlite3.Connection) -> None:
    """Sums and comparisons cannot be copied; the migrations that made them make them anew when the case is opened."""
    for kept in ("counted_retold", "filed_%"):
        query = "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE ?"
        for (trigger,) in conn.execute(query, (kept,)).fetchall():
            conn.execute(f"DROP TRIGGER {trigger}")
    conn.execute("DROP INDEX IF EXISTS occurrences_most_told")
    for table in ("parts", "counted", "figures", "posts", "namesakes", "proposals", "filed"):
        conn.execute(f"DROP TABLE IF EXISTS {table}")
    conn.execute(f"DELETE FROM migrations WHERE name IN ({', '.join('?' * len(_MADE_ANEW))})", _MADE_ANEW)


@contextmanager
def _without_indexes(conn: sqlite3.Connection) -> Iterator[None]:
    """Indexes are made faster at the end, and triggers would tell again what is copied."""
    query = "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
    made = conn.execute(query).fetchall()
    for kind, name, _ in made:
        conn.execute(f"DROP {kind} {name}")
    yield
    for _, _, sql in made:
        conn.execute(sql)


def _tables(conn: sqlite3.Connection) -> list[str]:
    query = (
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%' AND name NOT LIKE 'sqlite%'"
    )
    return [name for (name,) in conn.execute(query) if name not in _KEPT]


def _highest(conn: sqlite3.Connection, column: str) -> int:
    table, name = column.split(".")
    return int(conn.execute(f"SELECT coalesce(max({name}), 0) FROM {table}").fetchone()[0])


def _multiply_cast(conn: sqlite3.Connection) -> None:
    """Other actors than a pack's, and their names, once for each cast."""
    conn.execute(
        "CREATE TEMP TABLE casts AS WITH RECURSIVE n(number) AS "
        f"(SELECT 0 UNION ALL SELECT number + 1 FROM n WHERE number < {CASTS - 1}) SELECT number FROM n"
    )
    for name, table, chosen in (
        ("cast_of", "actors", "identity LIKE '~%'"),
        (
            "name_of",
            "names",
            "id IN (SELECT name FROM document_actors JOIN actors ON actors.id = actor WHERE identity LIKE '~%')",
        ),
    ):
        highest = _highest(conn, f"{table}.id")
        conn.execute(
            f"CREATE TEMP TABLE {name} AS SELECT id AS old, number, {highest} + row_number() OVER () AS new "
            f"FROM {table} CROSS JOIN casts WHERE {chosen}"
        )
        conn.execute(f"CREATE INDEX temp.{name}_old ON {name} (old, number)")
    conn.execute("INSERT INTO actors SELECT new, identity || ' ' || number FROM cast_of JOIN actors ON id = old")
    conn.execute(
        "INSERT OR IGNORE INTO names SELECT new, name || ' ' || number, folded || ' ' || number "
        "FROM name_of JOIN names ON id = old"
    )


def _multiply(conn: sqlite3.Connection, table: str, copies: int, offsets: dict[str, int]) -> None:
    columns = [row[1] for row in conn.execute(f"PRAGMA table_info({table})")]
    told = ", ".join(_copied(table, column, offsets) for column in columns)
    conn.execute(
        f"WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < {copies - 1}) "
        f"INSERT OR IGNORE INTO {table} SELECT {told} FROM n CROSS JOIN (SELECT * FROM {table}) AS t WHERE {copies} > 1"
    )


def _copied(table: str, column: str, offsets: dict[str, int]) -> str:
    rule = _COLUMNS.get(f"{table}.{column}") or _EVERYWHERE.get(column) or f't."{column}"'
    return f't."{column}" + k * {offsets[rule[1:]]}' if rule.startswith("+") else rule


if __name__ == "__main__":  # a process of its own, so that the memory that this takes is not taken for the product's
    grow(Path(sys.argv[1]), int(sys.argv[2]))

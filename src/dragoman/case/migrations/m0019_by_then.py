"""The nineteenth schema: what is counted of actors and of the case is added up for the documents of a time off two
indexes alone."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    "DROP INDEX IF EXISTS counted_actors",
    "CREATE INDEX counted_actors ON counted (who, document, number) WHERE what = 'actor'",
    'CREATE INDEX counted_of_case ON counted (what, "key", document, number) WHERE who = 0',
)

"""The tables of the newest schema, to build queries from; ``migrations/`` makes them, a test holds the two together."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column, Dialect, Float, Integer, LargeBinary, MetaData, String, Table, TypeDecorator, table
from sqlalchemy import column as plain_column

from dragoman.case.text import mend
from dragoman.record import Kind


class Words(TypeDecorator[str]):
    """Text from outside: SQLite takes any of it but lone surrogates."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Mend on the way in."""
        return None if value is None else mend(value)


metadata = MetaData()


def _table(name: str, *columns: Column[Any]) -> Table:
    return Table(name, metadata, *columns)


def _key(name: str) -> Column[int]:
    return Column(name, Integer, primary_key=True)


def _integers(*names: str) -> list[Column[int]]:
    return [Column(name, Integer) for name in names]


def _words(*names: str) -> list[Column[str]]:
    return [Column(name, Words) for name in names]


def _terms(*names: str) -> list[Column[str]]:
    """Columns of our own values, which need no mending."""
    return [Column(name, String) for name in names]


settings = _table("settings", Column("name", String, primary_key=True), *_words("value"))
runs = _table(
    "runs",
    _key("id"),
    *_terms("started", "finished", "reader"),
    Column("packs", JSON),
    Column("counts", JSON),
    Column("seconds", JSON),
    Column("prints", JSON),
)
pack_prints = _table("pack_prints", *_terms("digest", "entries"))
set_aside = _table("set_aside", _key("id"), *_integers("run"), *_words("source", "reason"))
documents = _table(
    "documents",
    _key("pk"),
    *_words("id"),
    *_terms("digest"),
    *_words("title", "title_origin", "author", "author_origin", "outlet", "outlet_origin"),
    *_words("published", "published_origin", "language", "url", "source", "media_type"),
    *_integers("characters"),
    Column("furniture", JSON),
    *_terms("reader"),
    *_integers("run", "story"),
    *_words("teller"),
)
bodies = _table("bodies", _key("document"), Column("text", LargeBinary), Column("raw", LargeBinary))
aliases = _table("aliases", *_integers("document"), *_words("id", "source", "url", "outlet", "published"))
bands = _table("bands", *_integers("key", "document"))
sketches = _table("sketches", _key("document"), Column("hashes", LargeBinary))
tallies = _table("tallies", _key("document"), *_integers(*Kind))
quotes = _table("quotes", *_words("outlet"), *_integers("voice", "document", "reports"))
remarks = _table("remarks", *_integers("document", "position", "run"), *_words("text"))
sentences = _table("sentences", _key("id"), *_integers("document", "start", "end"), *_terms("record"))
search = table("search", plain_column("rowid", Integer), plain_column("words", String), plain_column("record", String))
"""The full-text index; contentless, so that only ``rowid`` (of ``sentences``) can be read from it."""

names = _table("names", _key("id"), *_words("name", "folded"))
actors = _table("actors", _key("id"), *_words("identity"))
document_actors = _table(
    "document_actors",
    *_integers("document", "position", "actor", "name"),
    *_terms("kind"),
    *_words("of", "key", "country", "sector"),
)
mentions = _table("mentions", *_integers("document", "actor_position", "position", "name"))
participants = _table("participants", *_integers("report"), *_terms("role"), *_integers("position", "name", "actor"))

reports = _table(
    "reports",
    _key("pk"),
    *_terms("id"),
    *_integers("document", "position"),
    *_terms("kind"),
    *_integers("start", "end"),
    *_terms("standing", "date_from", "date_to", "frame"),
    Column("confidence", Float),
    Column("why", JSON),
    *_terms("reader", "state"),
    Column("origin", JSON(none_as_null=True)),
)
details: dict[Kind, Table] = {
    Kind.EVENT: _table("events", _key("report"), *_terms("type"), *_words("place"), *_integers("killed", "injured")),
    Kind.POSITION: _table("positions", _key("report"), *_terms("stance"), *_words("about", "issue")),
    Kind.STEP: _table("steps", _key("report"), *_words("rung"), *_terms("direction")),
    Kind.COMMITMENT: _table("commitments", _key("report"), *_words("instrument", "what"), *_terms("status")),
    Kind.FORECAST: _table(
        "forecasts", _key("report"), *_words("what"), *_terms("likelihood", "horizon_from", "horizon_to")
    ),
    Kind.RELATION: _table(
        "relations",
        _key("report"),
        *_terms("predicate"),
        *_words("title"),
        *_integers("former"),
        *_terms("since", "until"),
    ),
}
"""What only one kind has, by kind. A rejected report has no row here, and no participants."""

decisions = _table(
    "decisions",
    Column("id", String, primary_key=True),
    *_words("author"),
    *_terms("made", "action"),
    Column("subject", JSON),
    Column("value", JSON),
    *_words("reason"),
    *_terms("target"),
)
decision_parts = _table(
    "decision_parts", *_terms("decision"), *_integers("position"), *_terms("digest"), *_integers("tied", "report")
)
merged = _table("merged", _key("base"), *_integers("actor"))
merged_outlets = _table("merged_outlets", *_words("name", "chief"))
"""Folded names of outlets that were decided to be one, and the one among them that stands for all."""

occurrences = _table(
    "occurrences",
    _key("pk"),
    *_terms("id", "type", "status", "day", "date_from", "date_to"),
    *_words("place"),
    *_integers("killed", "injured", "reports", "documents", "sources"),
    *_terms("first_told", "last_told", "disputes"),
)
filed = _table("filed", *_terms("what"), *_words("key"), *_integers("number"))
"""How many occurrences there are under what; the database keeps it by triggers (migrations 0014 and 0016)."""
occurrence_reports = _table(
    "occurrence_reports",
    _key("report"),
    *_integers("document", "occurrence"),
    *_terms("mark"),
    Column("why", JSON),
    *_words("telling"),
    *_terms("crowd"),
    *_integers("follows"),
)
occurrence_people = _table(
    "occurrence_people",
    *_integers("occurrence"),
    *_terms("role"),
    *_words("name"),
    *_integers("actor", "reports"),
    *_terms("day"),
)
links = _table("links", *_integers("a", "b"), Column("score", Float), Column("why", JSON))
gathering_keys = _table("gathering_keys", *_words("key"), *_integers("report"))
ties = _table("ties", *_integers("a", "b", "apart"))
stale_occurrences = _table("stale_occurrences", *_integers("occurrence", "document"))
stale_crowds = _table("stale_crowds", *_terms("crowd"))
accounts = _table("accounts", *_words("key"), *_terms("month", "side"), *_integers("report"))
opposed_accounts = _table("opposed_accounts", *_words("key"), *_terms("month"))
statements = _table(
    "statements",
    *_integers("report", "position", "who"),
    *_words("concept"),
    *_integers("counted", "toward"),
    *_terms("stance"),
    *_integers("document"),
    *_words("teller"),
    *_terms("day"),
)
"""Who holds what; the database keeps it by triggers (migration 0005), so it is only read."""
parts = _table("parts", *_integers("document", "report", "who"), *_terms("kind"), *_words("day"))
counted = _table("counted", *_integers("document", "who"), *_terms("what"), *_words("key"), *_integers("number"))
figures = _table("figures", *_integers("who"), *_terms("what"), *_words("key"), *_integers("number", "documents"))
"""What is counted of actors and of the case; the database adds ``counted`` up in it (migration 0006)."""
posts = _table("posts", *_integers("document", "actor"), *_words("title", "at"), *_integers("first_day", "last_day"))
namesakes = _table("namesakes", *_words("key"), *_integers("actor", "leads"))
proposals = _table(
    "proposals", *_integers("one", "other"), Column("score", Float), *_words("called"), Column("reasons", JSON)
)
"""Who may be one with whom, as ``proposing`` keeps it."""
climbs = _table("climbs", *_integers("toward"), *_words("by", "told", "short", "country"))
stale_climbs = _table("stale_climbs", *_integers("toward"), *_words("by"))
"""Ladders, as ``climbs`` keeps them, and whose are to be told again."""

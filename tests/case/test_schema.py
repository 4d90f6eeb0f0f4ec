"""The tables that queries are built from are the tables that the migrations make."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.case import create_case, schema
from dragoman.case.rows import FIELDS
from dragoman.record import Kind


@pytest.mark.parametrize("name", sorted(schema.metadata.tables))
def test_table_has_the_columns_that_the_migrations_give_it(tmp_path: Path, name: str) -> None:
    with create_case(tmp_path / "a.case", packs=()) as case:
        made = [row.name for row in case._conn.exec_driver_sql(f"PRAGMA table_info({name})")]
    assert [column.name for column in schema.metadata.tables[name].columns] == made


def test_every_table_of_the_migrations_is_known(tmp_path: Path) -> None:
    with create_case(tmp_path / "a.case", packs=()) as case:
        query = (
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'"
        )
        made = set(case._conn.exec_driver_sql(query).scalars())
        strict = set(case._conn.exec_driver_sql(f"{query} AND strict").scalars())
    assert made == {*schema.metadata.tables, "migrations"}
    assert strict == made


@pytest.mark.parametrize("kind", Kind)
def test_every_plain_field_of_a_kind_has_a_column(kind: Kind) -> None:
    assert set(FIELDS[kind]) <= set(schema.details[kind].columns.keys())

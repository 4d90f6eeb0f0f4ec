"""A case that the first Dragoman wrote (schema 1, two articles of the sample) is today's case when it has been opened.

Each migration fills its tables by today's rules, in a case that has the tables of its time only.
"""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

from dragoman.case import Case, open_case

from .factory import filled

FIRST = Path(__file__).with_name("first-schema.case.gz")


def everything(case: Case) -> dict[str, Any]:
    """What is worked out from the readings of a case."""
    climbs = case.climbs_toward("Taliban")
    return {
        "occurrences": [case.occurrence(one.id) for one in case.occurrences()],
        "disputes": list(case.disputes()),
        "steps": (sorted(climbs.climbs, key=str), climbs.documents, climbs.sources),
        "actors": list(case.actors()),
        "merges": case.merges(),
        "sources": case.sources(),
        "months": case.count_by_month(),
        "places": case.count_places(),
        "commitments": case.latest_commitments(),
    }


def test_a_case_of_the_first_schema_tells_what_one_tells_that_is_made_today(tmp_path: Path) -> None:
    path = tmp_path / "old.case"
    path.write_bytes(gzip.decompress(FIRST.read_bytes()))
    with open_case(path) as old:
        (reader,) = {document.reader for document in old.documents()}
        with filled(tmp_path / "new.case", *old.readings(), reader=reader, packs=old.packs) as new:
            told, expected = everything(old), everything(new)
    assert len(expected["occurrences"]) > 10
    assert expected["steps"][0]
    assert told == expected

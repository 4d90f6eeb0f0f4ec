"""What a person types about a report: fields as text, read and checked against the codebook and the packs of a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dragoman.asked import nearest
from dragoman.case.case import Case
from dragoman.errors import UsageError
from dragoman.knowledge import load_pack
from dragoman.record.correction import OTHERS, parse_field


def read_fields(case: Case, document: str, kind: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """Fields of a report of this kind in a document. Raises ``RecordError`` or ``UsageError`` for what cannot be."""
    found: dict[str, Any] = {}
    for name, text in typed.items():
        if name == "evidence":
            found[name] = case.locate(document, text).to_dict()
            continue
        found[name] = parse_field(name, text)
        if (name, kind) in (("issue", "position"), ("rung", "step")) and text:
            check_pack_id(case, name, text)
    return found


def read_row(case: Case, document: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """An exchange row for a report that is added: ``kind``, ``evidence`` (its words) and the fields of the kind."""
    given = dict(typed)
    kind, evidence = given.pop("kind", ""), given.pop("evidence", None)
    fields = read_fields(case, document, kind, given)
    others = {name.removeprefix(OTHERS): fields.pop(name) for name in list(fields) if name.startswith(OTHERS)}
    row = {"document": document, "kind": kind, **fields, **({"others": others} if others else {})}
    return row | ({"evidence": evidence} if evidence is not None else {})


def pack_ids(case: Case, name: str) -> list[str]:
    """The ids that the packs of a case have for an ``issue`` or a ``rung``."""
    pack = load_pack(case.packs)
    return [one.id for one in (pack.issues if name == "issue" else pack.rungs)]


def check_pack_id(case: Case, name: str, id: str) -> None:
    """Raises ``UsageError``, with the nearest, for the id of an ``issue`` or ``rung`` that no pack of the case has."""
    known = pack_ids(case, name)
    if id not in known:
        near = nearest(id, known)
        hint = f"; did you mean {near}?" if near else ""
        raise UsageError(f"unknown {name} {id!r}; the packs of this case have {', '.join(known) or 'none'}{hint}")

"""What the JSON of a page looks like: a schema made from its types, as ``pages.plain`` makes the JSON from its values.

A dataclass is an object with just these fields; the three with an exchange form of their own are told apart here.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from dragoman.record import DateRange, Decision, Report
from dragoman.record.reports import CLASSES, OMITTED

Schema = dict[str, Any]
_SIMPLE: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
    Any: {},
}
_TEXT = _SIMPLE[str]
_DATE = {"anyOf": [_TEXT, _SIMPLE[type(None)]]}
PROBLEM = "Problem"
ERRORS: dict[int | str, dict[str, Any]] = {
    "4XX": {
        "description": "What is wrong, in a sentence (RFC 9457)",
        "content": {"application/problem+json": {"schema": {"$ref": f"#/components/schemas/{PROBLEM}"}}},
    }
}


class Schemas:
    """Schemas of all dataclasses that pages give, by name; one may hold others, which are referred to."""

    def __init__(self) -> None:
        self.by_name: dict[str, Schema] = {PROBLEM: _object({"title": _TEXT, "status": _SIMPLE[int]})}

    def answer(self, build: Callable[..., Any]) -> dict[int | str, dict[str, Any]]:
        """What a page answers: what its function returns, or what is wrong."""
        schema = self.of(get_type_hints(build)["return"])
        return {200: {"content": {"application/json": {"schema": schema}}}} | ERRORS

    def of(self, asked: Any) -> Schema:
        """The schema of values of a type."""
        if asked in _SIMPLE:
            return _SIMPLE[asked]
        if is_dataclass(asked) and isinstance(asked, type):
            return self._referred(asked)
        origin, inner = get_origin(asked), get_args(asked)
        if origin in (Union, types.UnionType):
            return {"anyOf": [self.of(one) for one in inner]}
        if origin is tuple and inner[-1] is not Ellipsis:
            each = [self.of(one) for one in inner]
            return {"type": "array", "prefixItems": each, "minItems": len(each), "maxItems": len(each)}
        if origin in (tuple, list, set, frozenset):
            return {"type": "array", "items": self.of(inner[0])}
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return {"type": "object", "additionalProperties": self.of(inner[1])}
        if isinstance(asked, type) and issubclass(asked, Enum):
            return _one_of(asked)
        raise TypeError(f"no schema is known of {asked}")

    def _referred(self, asked: type) -> Schema:
        name = f"{asked.__module__.removeprefix('dragoman.')}.{asked.__qualname__}"
        if name not in self.by_name:
            self.by_name[name] = {}  # known from here on: a dataclass may hold its own kind
            self.by_name[name] = self._exchanged(asked) or _object(self._fields(asked))
        return {"$ref": f"#/components/schemas/{name}"}

    def _fields(self, asked: type) -> dict[str, Schema]:
        hints = get_type_hints(asked)
        return {field.name: self.of(hints[field.name]) for field in fields(asked)}

    def _exchanged(self, asked: type) -> Schema | None:
        """The schema of what has an exchange form that is not simply its fields."""
        if asked is DateRange:
            return _object({"from": _DATE, "to": _DATE})
        if asked is Decision:
            return _object({"decision": _TEXT, **self._fields(asked)})
        if asked is Report:
            return {"oneOf": [self._report(kind) for kind in CLASSES.values()]}
        return None

    def _report(self, kind: type[Report]) -> Schema:
        told = {"kind": {"const": str(kind.kind)}, **self._fields(kind)}
        if "others" in told:
            told["others"] = self.of(Mapping[str, tuple[str, ...]])
        return _object(told, may_lack=OMITTED)


def _object(told: dict[str, Schema], may_lack: frozenset[str] = frozenset()) -> Schema:
    required = [name for name in told if name not in may_lack]
    return {"type": "object", "properties": told, "required": required, "additionalProperties": False}


def _one_of(asked: type[Enum]) -> Schema:
    return {"enum": [one.value for one in asked]}

"""W3C Web Annotations: one ``AnnotationPage`` a document, one page a line (JSON Lines, each line is JSON-LD by itself).

Each report is an annotation. Its target names the text as read by its SHA-256, and selects the evidence twice: by
position, and by quotation with the words around it, so that it can be found in another copy of the text. The positions
of the standard count Unicode code points and leave the end out, and so do ours, so they are the same numbers. (Tools
that count UTF-16 units, as JavaScript does, must convert.) The first body says kind and type in words, the second is
the report in the codebook's exchange form.
"""

from __future__ import annotations

import json
from typing import Any

from dragoman.case import Case, StoredDocument, StoredReport
from dragoman.case.text import mended
from dragoman.export.period import Period
from dragoman.export.target import Target, writing
from dragoman.export.urns import urn, urn_of_text
from dragoman.record import Commitment, Event, Forecast, Position, Relation, Report, Step

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Code points before and after a quotation that come with it."""


def export_annotations(
    case: Case, target: Target, *, since: str | None = None, until: str | None = None, as_of: str | None = None
) -> None:
    """Write a page for each document with a report; one document at a time is in memory."""
    scope = Period(since=since, until=until, as_of=as_of)
    with writing(target) as stream:
        for document in case.told_documents(**scope):
            text = case.document(document.id).text
            reports = case.reports(document=document.id, **scope)
            page = to_page(document, text, list(reports))
            stream.write(json.dumps(page, ensure_ascii=False).encode() + b"\n")


def to_page(document: StoredDocument, text: str, reports: list[StoredReport]) -> dict[str, Any]:
    """The annotations of a document."""
    source = _source(document)
    page: dict[str, Any] = mended(
        {
            "@context": CONTEXT,
            "id": urn("annotations", document.digest),
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": [_annotation(stored, text, source) for stored in reports],
        }
    )
    return page


def _source(document: StoredDocument) -> dict[str, Any]:
    """The text as a resource; what is known of the page it came from stands beside it in Dublin Core's words."""
    facts = {
        "dc:identifier": document.id,
        "dc:title": document.title,
        "dc:creator": document.author,
        "dc:publisher": document.outlet,
        "dcterms:issued": document.published,
        "dc:source": document.url,
    }
    known = {name: value for name, value in facts.items() if value}
    return {
        "id": urn_of_text(document.digest),
        "type": "Text",
        "format": "text/plain",
        "language": document.language,
        **known,
    }


def _annotation(stored: StoredReport, text: str, source: dict[str, Any]) -> dict[str, Any]:
    report, evidence = stored.report, stored.report.evidence
    return {
        "id": urn("report", stored.id),
        "type": "Annotation",
        "motivation": "classifying",
        "body": [
            {"type": "TextualBody", "purpose": "classifying", "format": "text/plain", "value": _class(report)},
            {
                "type": "TextualBody",
                "purpose": "describing",
                "format": "application/json",
                "value": json.dumps(mended(report.to_dict() | {"id": stored.id}), ensure_ascii=False),
            },
        ],
        "target": {
            "source": source,
            "selector": [
                {"type": "TextPositionSelector", "start": evidence.start, "end": evidence.end},
                {
                    "type": "TextQuoteSelector",
                    "exact": evidence.text,
                    "prefix": text[max(0, evidence.start - AROUND) : evidence.start],
                    "suffix": text[evidence.end : evidence.end + AROUND],
                },
            ],
        },
    }


def _class(report: Report) -> str:
    """The kind and what kind of it, as a tag: ``event CONSULT``, ``position oppose recognition``."""
    own: list[str]
    match report:
        case Event():
            own = [report.type]
        case Position():
            own = [report.stance, report.issue or ""]
        case Step():
            own = [report.rung, report.direction]
        case Commitment():
            own = [report.status]
        case Forecast():
            own = [report.likelihood]
        case Relation():
            own = [report.predicate]
        case _:
            own = []
    return " ".join(filter(None, [report.kind, *own]))

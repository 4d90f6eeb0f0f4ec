"""One text and what is known of it to a document: facts by the origin that is surest, furniture marked."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.errors import IntakeError
from dragoman.intake.dates import infer_published, tidy_published
from dragoman.intake.decoding import clean
from dragoman.intake.extract import Extract
from dragoman.intake.furniture import find_furniture, merge_spans
from dragoman.intake.header import Header, read_header
from dragoman.intake.languages import foreign_language
from dragoman.intake.options import IntakeOptions
from dragoman.record import Document, Fact, Span


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an extract comes from: the document's id, the source's display name, its bytes, what its fields are."""

    id: str
    source: str = ""
    media_type: str = "text/plain"
    raw: bytes = b""
    fields: str = "page"


def assemble(extract: Extract, origin: Origin, options: IntakeOptions) -> Document:
    """The document of an extract. What the user says wins over the file's fields, those over what the text's head says,
    and that over inference."""
    header = read_header(extract.text)
    author = _fact(extract.author, origin.fields) or header.facts.get("author")
    furniture = find_furniture(extract.text, author.value if author else None)
    own = (Span(start, end) for start, end in extract.furniture)
    return Document(
        id=origin.id,
        text=extract.text,
        title=_fact(extract.title, origin.fields) or header.facts.get("title"),
        author=author or _fact(furniture.author, "text"),
        outlet=_fact(options.outlet, "given") or _fact(extract.outlet, origin.fields) or header.facts.get("outlet"),
        published=_published(extract, origin, header, options),
        url=extract.url or (url.value if (url := header.facts.get("url")) else None),
        source=origin.source,
        media_type=origin.media_type,
        raw=origin.raw,
        furniture=merge_spans((*header.spans, *furniture.spans, *own)),
    )


def _published(extract: Extract, origin: Origin, header: Header, options: IntakeOptions) -> Fact | None:
    return (
        _fact(options.published, "given")
        or _fact(tidy_published(extract.published), origin.fields)
        or header.facts.get("published")
        or _fact(infer_published(extract.text), "inferred")
    )


def _fact(value: str | None, origin: str) -> Fact | None:
    return Fact(value, origin) if value else None


def document_from_text(
    text: str,
    *,
    id: str = "text",
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
) -> Document:
    """The document of a text at hand, kept as it is (a NUL or lone surrogate becomes U+FFFD).

    Raises ``IntakeError`` for an impossible ``published``, a text longer than the limit and one that is not English.
    """
    options = IntakeOptions(published=published, outlet=outlet)
    if len(text) > options.max_characters:
        raise IntakeError(
            f"the text has {len(text):,} characters; at most {options.max_characters:,} are read, so split it"
        )
    text = clean(text)
    if (language := foreign_language(text)) is not None:
        raise IntakeError(f"the text is {language}; only English is read, so translate it first")
    return assemble(Extract(text=text, title=title), Origin(id=id, fields="given"), options)

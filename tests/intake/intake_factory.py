"""Inputs built by hand: an article, a page, a PDF, records. All sentences are invented."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

PARAGRAPHS = (
    "The foreign minister of Freedonia said on Monday that the talks with Sylvania would go on in Geneva.",
    "He told reporters that both sides had agreed to open two border posts and to free the prisoners they hold.",
    "The Sylvanian envoy did not comment, but a spokeswoman for the mediators called the meeting useful.",
    "A first round of talks in the spring ended without a result after a dispute over the status of the river port.",
)
ARTICLE = "\n".join(PARAGRAPHS) + "\n"


def make_page(body: str = "", *, head: str = "", title: str = "Talks on the river port go on") -> bytes:
    """A page whose article is ``ARTICLE``, with a menu, a script, reader comments, and ``body`` after the article."""
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{title}</title>{head}</head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/world'>World</a></li></ul></nav>"
        f"<article><h1>{title}</h1>{paragraphs}</article>{body}"
        "<script>document.write('<p>never read</p>')</script>"
        "<div class='comments'><p>First reader comment here</p></div></body></html>"
    ).encode()


def make_pdf(pages: Sequence[Sequence[str]], *, title: str = "", encrypted: bool = False) -> bytes:
    """A PDF with one line of Helvetica for each string; ``encrypted`` under a password that nobody knows."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, lines in enumerate(pages):
        shown = "".join(f"({_escape(line)}) Tj T*\n" for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 50 780 Td\n{shown}ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects.append(f"<< /Title ({_escape(title)}) >>")
    trailer = f"/Root 1 0 R /Info {len(objects)} 0 R"
    if encrypted:
        key = "00" * 32
        objects.append(f"<< /Filter /Standard /V 1 /R 2 /Length 40 /P -44 /O <{key}> /U <{key}> >>")
        trailer += f" /Encrypt {len(objects)} 0 R /ID [<00> <00>]"
    return _write_pdf(objects, trailer)


def _write_pdf(objects: Iterable[str], trailer: str) -> bytes:
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    rows = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(offsets) + 1
    table = f"xref\n0 {size}\n0000000000 65535 f \n{rows}"
    tail = f"{table}trailer\n<< /Size {size} {trailer} >>\nstartxref\n{len(data)}\n%%EOF"
    return data + tail.encode("latin-1")


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def make_lines(*rows: object) -> bytes:
    """JSON Lines of the rows; a string is a line as it is."""
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    return "".join(line + "\n" for line in lines).encode()

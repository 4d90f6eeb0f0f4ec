"""Bytes to text: exact where the encoding is known, refused where the bytes are none.

Line ends, blanks and marks stay as they are. Only what no store or encoding can carry, a NUL or half of a surrogate
pair, becomes U+FFFD, one for one, so that offsets hold.
"""

from __future__ import annotations

import codecs
import re

from dragoman.errors import IntakeError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF; rename it to end in .pdf"),
    (b"PK\x03\x04", "a ZIP archive or an office document; save it as text"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save it as text"),
    (b"{\\rtf", "rich text; save it as plain text"),
    (b"\x1f\x8b", "compressed with gzip; rename it to end in .gz"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"SQLite format 3\0", "a SQLite database"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_ASCII = re.compile(rb"[\x00-\x7f]+")


class NotTextError(IntakeError):
    """Bytes that are no text; the message says what they look like, as the end of a sentence."""


def decode(data: bytes) -> str:
    """The text of a file. Raises ``NotTextError`` for a picture, an archive, machine code."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise NotTextError(f"by its first bytes it is {kind}")
    text = _decode_any(data)
    if 200 * len(_CONTROL.findall(text)) > len(text):
        raise NotTextError("it holds control characters that no text has")
    return clean(text)


def clean(text: str) -> str:
    """The text with U+FFFD for each NUL and each lone surrogate."""
    return _UNSTORABLE.sub("\ufffd", text)


def _decode_any(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    if wide := _wide(data):
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_damaged(data) or _decode_western(data) or _decode_detected(data)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: Latin letters have a zero in every other byte."""
    sample = data[:4000]
    if len(sample) < 4 or len(data) % 2:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if 10 * odd >= 4 * len(sample) and 20 * even <= len(sample):
        return "utf-16-le"
    if 10 * even >= 4 * len(sample) and 20 * odd <= len(sample):
        return "utf-16-be"
    return None


def _decode_damaged(data: bytes) -> str | None:
    """UTF-8 with a few broken bytes, such as a file cut in the middle of a letter."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for char in text if char > "\x7f") - broken
    return text if 10 * broken <= whole else None


def _decode_western(data: bytes) -> str | None:
    """Windows-1252 for a text that is ASCII but for a letter or quotation mark in ten.

    Detectors take such a text for Central European as readily; English has curly quotes and dashes, and those agree.
    """
    if 10 * sum(map(len, _ASCII.findall(data))) < 9 * len(data):
        return None
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _decode_detected(data: bytes) -> str:
    """Another encoding, by the frequencies of its letters."""
    from charset_normalizer import from_bytes  # few files need it

    best = from_bytes(data[:20_000]).best()
    if best is None:
        raise NotTextError("its bytes are no text in any known encoding")
    return data.decode(best.encoding, "replace")

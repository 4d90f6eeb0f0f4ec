"""Text on its way into the case and out: packing, lone surrogates, and names made comparable."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any

_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_POSSESSIVE = re.compile(r"['’]s\b")
_NO_WORD = re.compile(r"[\W_]+")
_ARTICLE = re.compile(r"\A(the|a|an) ")


def mend(text: str) -> str:
    """The text with each lone surrogate, which no UTF-8 can hold, made U+FFFD; offsets stay."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def mend_for_xml(text: str) -> str:
    """The text with each character that XML cannot hold made U+FFFD; offsets stay."""
    return _NOT_XML.sub("\ufffd", text)


def mended(value: Any, mend: Callable[[str], str] = mend) -> Any:
    """JSON values with all their texts mended."""
    if isinstance(value, str):
        return mend(value)
    if isinstance(value, list):
        return [mended(one, mend) for one in value]
    return {name: mended(one, mend) for name, one in value.items()} if isinstance(value, dict) else value


@lru_cache(maxsize=10_000)
def fold(name: str) -> str:
    """A name with case, accents, punctuation and a leading article taken away, so that its spellings compare equal.

    A name that is nothing but punctuation or emoji is only case-folded.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    words = _NO_WORD.sub(" ", _POSSESSIVE.sub("", plain)).strip()
    return _ARTICLE.sub("", words) or name.casefold()


def encode(text: str) -> bytes:
    """UTF-8 for a blob, where lone surrogates are kept, so that the text keeps its digest."""
    return text.encode("utf-8", "surrogatepass")


def pack(data: bytes) -> bytes:
    """Compressed for a blob."""
    return zlib.compress(data)


def unpack(packed: bytes) -> bytes:
    """The bytes that ``pack`` packed."""
    return zlib.decompress(packed)


def unpack_text(packed: bytes) -> str:
    """The text that was encoded and packed."""
    return unpack(packed).decode("utf-8", "surrogatepass")

"""Names for what other programs keep by an address: the same thing gets the same one in every export, for good."""

from __future__ import annotations

import base64
import re
import uuid

_OURS = uuid.UUID("0d7a3c1e-6f0b-5b52-9c0e-6c1b7f1d2a44")


_WEB = re.compile(r"https?://\S+\Z", re.IGNORECASE)


def is_web(url: str | None) -> bool:
    """Whether a document's address is a page that a reader may be sent to, and not, say, a script."""
    return url is not None and _WEB.match(url) is not None


def urn(kind: str, id: str) -> str:
    """A ``urn:uuid`` for a report, an occurrence, a case: the UUID (version 5) of what it is and its id."""
    return uuid.uuid5(_OURS, f"{kind} {id}").urn


def urn_of_text(digest: str) -> str:
    """The name of a text by the SHA-256 of its UTF-8 (RFC 6920): ``ni:///sha-256;…``."""
    packed = base64.urlsafe_b64encode(bytes.fromhex(digest)).decode("ascii").rstrip("=")
    return f"ni:///sha-256;{packed}"

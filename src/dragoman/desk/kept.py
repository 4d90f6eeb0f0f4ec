"""What was sent by who was logged out meanwhile: carried through logging in and shown again, to be sent by a new form.

Only what a page of this desk has sent is taken up, as the browser tells; and nothing is done with it before somebody
who is logged in sends it anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import Request

from dragoman.desk.security import CSRF, Refused, came_from, check_form, check_size, within

MOST_SENT = 200_000
"""Bytes of a form that is kept."""
UNTYPED = (CSRF, "seen", "back", "next", "decision", "at", "one")
"""Fields of forms in which nobody writes or chooses."""
SECRET = ("password", "again", "old")
"""Fields that no page shows again."""
_CARRIED = "sent."
"""Before the name of a field that the form to log in carries."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A form's fields and where they were to go; ``back`` is the page with the form. Files are not kept."""

    to: str
    fields: tuple[tuple[str, str], ...]
    back: str
    had_files: bool = False

    @property
    def carried(self) -> tuple[tuple[str, str], ...]:
        """The fields of the form to log in that hold all this."""
        rest = (("to", self.to), ("files", "1" if self.had_files else ""))
        return (*rest, *((_CARRIED + name, text) for name, text in self.fields))

    @property
    def typed(self) -> tuple[tuple[str, str], ...]:
        """What somebody wrote or chose."""
        return tuple((name, text) for name, text in self.fields if name not in UNTYPED and text.strip())

    @property
    def silent(self) -> tuple[tuple[str, str], ...]:
        """What goes along unseen."""
        return tuple(one for one in self.fields if one not in self.typed)


class Stale(Refused):
    """A form of a page that was opened before somebody logged in anew."""

    def __init__(self, kept: Kept) -> None:
        super().__init__(403, "you have logged in since this page was opened")
        self.kept = kept


def check_sent(request: Request, given: str, expected: str, sent: Iterable[tuple[str, object]]) -> None:
    """As ``check_form``; raises ``Stale`` where the form is a page's of this desk all the same."""
    try:
        check_form(given, expected)
    except Refused:
        if is_from_here(request):
            raise Stale(keep(request, sent)) from None
        raise


async def sent_by(request: Request) -> Kept | None:
    """What somebody sent who is not logged in; None if no page of this desk did. Raises ``Refused`` for too much."""
    if not is_from_here(request):
        return None
    await check_size(request, MOST_SENT, "log in, go back to the page with the form in your browser, and send it again")
    async with request.form() as sent:
        return keep(request, sent.multi_items())


def keep(request: Request, sent: Iterable[tuple[str, object]]) -> Kept:
    """What a request sent, but for secrets and files."""
    fields, had_files = [], False
    for name, value in sent:
        if not isinstance(value, str):
            had_files = had_files or bool(getattr(value, "filename", ""))
        elif name not in (CSRF, *SECRET):
            fields.append((name, value))
    return Kept(request.url.path, tuple(fields), came_from(request), had_files)


def carried_by(fields: Iterable[tuple[str, str]], back: str) -> Kept | None:
    """What the form to log in carries; None where that is nothing."""
    found = list(fields)
    to = within(dict(found).get("to", ""), "")
    own = tuple((name.removeprefix(_CARRIED), text) for name, text in found if name.startswith(_CARRIED))
    return Kept(to, own, back, bool(dict(found).get("files"))) if to else None


def is_from_here(request: Request) -> bool:
    """Whether the browser says that a page of this desk sent the request."""
    try:
        origin = urlsplit(request.headers.get("origin", "")).netloc
    except ValueError:  # a bracket without its other
        return False
    return request.headers.get("sec-fetch-site") == "same-origin" or origin == request.headers.get("host")

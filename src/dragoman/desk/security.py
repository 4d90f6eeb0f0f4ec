"""What every request must pass and every answer carries.

The opened address has a random token, which becomes a cookie; without it nothing is shown (where there are accounts,
``door`` lets in instead). Forms carry a second token
that only pages of this desk know. No script, style or picture comes from anywhere else, and none from within a page.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlencode, urlsplit, urlunsplit

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from dragoman.desk.settings import Settings

API = "/api/v1"
COOKIE = "dragoman_desk"
TOKEN = "token"
CSRF = "csrf"
FREE = ("/static/",)
"""Paths that are shown without the token: they hold nothing of the case."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
Next = Callable[[Request], Awaitable[Response]]


class Refused(Exception):
    """A request that is not answered: status and one sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the name that decisions get, what forms carry, and whether any may be sent but the one to log out."""

    author: str
    form_token: str
    role: str = ""
    """Of who is logged in; empty where one need not."""
    may_decide: bool = True


def check_host(request: Request, settings: Settings) -> None:
    """Raises ``Refused`` for a host by whose name this desk is not opened."""
    try:
        host = urlsplit(f"//{request.headers.get('host', '')}").hostname
    except ValueError:  # a bracket without its other
        host = None
    name = f"[{host}]" if ":" in (host or "") else host
    if name not in settings.hosts and not (settings.accounts and _is_number(host)):
        raise Refused(400, "this desk is not opened by that name; use the address that `dragoman desk` printed")


def _is_number(name: str | None) -> bool:
    """Whether a host is given by its address: that cannot be rebound, and a desk for others has several."""
    try:
        return bool(ip_address(name or ""))
    except ValueError:
        return False


async def enter(request: Request, settings: Settings) -> Response | None:
    """The answer to who opens the printed address; None for one who has. Raises ``Refused`` for all others."""
    admitted = admit(request, settings)
    if admitted is None and not request.url.path.startswith(FREE):
        check_token(request, settings)
        request.state.caller = Caller(settings.author, form_token(settings))
    return admitted


def check_token(request: Request, settings: Settings) -> None:
    """Raises ``Refused`` without the cookie that the opened address has set."""
    if not _same(request.cookies.get(COOKIE, ""), settings.token):
        raise Refused(403, "open the whole address that `dragoman desk` printed, with its token")


def admit(request: Request, settings: Settings) -> Response | None:
    """The answer to an address with the right token: its cookie, and the same address without it."""
    given = request.query_params.get(TOKEN)
    if given is None or not _same(given, settings.token):
        return None
    rest = [(k, v) for k, v in request.query_params.multi_items() if k != TOKEN]
    answer = RedirectResponse(request.url.path + (f"?{urlencode(rest)}" if rest else ""), status_code=303)
    answer.set_cookie(COOKIE, settings.token, httponly=True, samesite="strict", path="/")
    return answer


def form_token(settings: Settings, session: str = "") -> str:
    """What a form carries to show that it comes from a page of this desk, opened in the same session."""
    return hmac.new(settings.token.encode(), f"form{session}".encode(), hashlib.sha256).hexdigest()


def check_form(given: str, expected: str) -> None:
    """Raises ``Refused`` for a form that no page of this desk has sent."""
    if not _same(given, expected):
        raise Refused(
            403, "this form is not from an open page of this desk; open the page again and send it from there"
        )


async def check_size(request: Request, most: int, instead: str, *, slack: int = 0) -> None:
    """Raises ``Refused`` for more bytes than are taken, before any are kept; all are heard, so that the answer is."""
    told = request.headers.get("content-length", "")
    if not (told.isascii() and told.isdigit()):
        raise Refused(411, "what is sent must say how long it is")
    length = int(told[:15])
    if length > most + slack:
        if length < most * 10:
            async for _ in request.stream():
                pass
        size = f"{most / 1_000_000:.3g} MB" if most >= 1_000_000 else f"{most / 1_000:.3g} kB"
        raise Refused(413, f"this is larger than {size} together; {instead}")


def within(address: str, otherwise: str = "/") -> str:
    """The address if it is one of this desk, else another: nobody is sent elsewhere by what a form carries."""
    plain = address.startswith("/") and address.isprintable() and "\\" not in address
    return address if plain and not address.startswith("//") else otherwise


def came_from(request: Request) -> str:
    """The page of this desk that sent the request, as the browser tells; else the overview."""
    try:
        told = urlsplit(request.headers.get("referer", ""))
    except ValueError:  # a bracket without its other
        return "/"
    if told.netloc != request.headers.get("host"):
        return "/"
    return within(urlunsplit(("", "", told.path, told.query, "")))


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())

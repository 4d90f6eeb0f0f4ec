"""How those with an account come in, stay and leave, and what each role may do.

Everything that a desk with accounts answers passes ``Door.enter`` first; no page or action asks for itself.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment
from starlette.concurrency import run_in_threadpool

from dragoman.case.text import mend
from dragoman.desk.accounts import LONGEST_NAME, LONGEST_PASSWORD, SHORTEST_PASSWORD, Account, Accounts, Role
from dragoman.desk.kept import MOST_SENT, Kept, carried_by, sent_by
from dragoman.desk.security import API, CSRF, FREE, Caller, Refused, check_form, check_size, form_token, within
from dragoman.desk.settings import Settings
from dragoman.errors import UsageError

LOGIN, LOGOUT, PASSWORD = "/login", "/logout", "/password"
ADMINS = "/accounts/"
"""Where only admins may look or send anything, in the twins under ``API`` too."""
SESSION = "dragoman_session"
VISITOR = "dragoman_visitor"
"""Cookie of somebody who has not logged in yet, for the form that does."""
IDLE = 30 * 60.0
"""Seconds without a request after which somebody has to log in again."""
WHILE = 15 * 60.0
"""Seconds for which a failed log-in counts."""
MOST_BY_NAME, MOST_BY_ADDRESS = 10, 30
"""Failures of a name at one address, and of all names there."""
MOST_ANYWHERE = 100
"""Failures of a name, from wherever: far above the others, so that a stranger elsewhere shuts nobody out with a few."""
MOST_KEPT = 10_000
"""Sessions, names and addresses remembered; beyond them the oldest is forgotten."""
MOST_BYTES = 8_192
"""Of the form that logs in; one that changes a password has three of them."""
MOST_CARRIED = 3 * MOST_SENT
"""Of what it carries, in which each byte may be written by three."""
MAY: dict[Role, frozenset[str] | None] = {
    Role.READER: frozenset({"GET", "HEAD"}),
    Role.ANALYST: frozenset({"GET", "HEAD", "POST"}),
    Role.ADMIN: None,
}
"""The methods that each role may use; None is all."""


class Limit:
    """How many tries each key has within ``WHILE``."""

    def __init__(self, most: int, clock: Callable[[], float]) -> None:
        self._most = most
        self._clock = clock
        self._tries: OrderedDict[str, list[float]] = OrderedDict()

    def take(self, key: str) -> bool:
        """Whether there is a try left, which is counted before it is known how it ends."""
        now = self._clock()
        tries = [at for at in self._tries.pop(key, []) if now - at < WHILE]
        free = len(tries) < self._most
        self._tries[key] = [*tries, now] if free else tries
        if len(self._tries) > MOST_KEPT:
            self._tries.popitem(last=False)
        return free

    def give_back(self, key: str) -> None:
        """The last try was none: it succeeded."""
        if tries := self._tries.get(key):
            tries.pop()


@dataclass(slots=True)
class Session:
    """Somebody who is logged in, by the account as it was then."""

    account: Account
    seen: float


class Door:
    """What a desk with accounts lets in."""

    def __init__(
        self, accounts: Accounts, settings: Settings, templates: Environment, framed: Callable[..., Response]
    ) -> None:
        """``framed`` shows a template in the desk's frame, to who is inside."""
        self._accounts = accounts
        self._settings = settings
        self._page = templates.get_template("login.html")
        self._framed = framed
        self._clock = settings.clock
        self._sessions: OrderedDict[str, Session] = OrderedDict()
        self._by_address = Limit(MOST_BY_ADDRESS, self._clock)
        self._by_name = Limit(MOST_BY_NAME, self._clock)
        self._anywhere = Limit(MOST_ANYWHERE, self._clock)

    async def enter(self, request: Request) -> Response | None:
        """The answer to somebody who logs in or out, or has to; None for one who may go on. Raises ``Refused``."""
        path = request.url.path
        if path.startswith(FREE):
            return None
        if path == LOGIN:
            following = within(request.query_params.get("next", ""))
            return await self._log_in(request) if request.method == "POST" else self._ask(request, following)
        token = request.cookies.get(SESSION, "")
        account = self._account(token)
        if account is None:
            return await self._send_away(request)
        request.state.caller = caller = self._caller(account, token)
        if path == LOGOUT and request.method == "POST":
            check_form((await _form(request)).get(CSRF, ""), caller.form_token)
            self._sessions.pop(token, None)  # two may log out of it at once
            answer = RedirectResponse(LOGIN, status_code=303)
            answer.delete_cookie(SESSION, path="/")
            return answer
        if path == PASSWORD and request.method == "POST":
            return await self._change_password(request, caller, token)
        if path == PASSWORD and request.method in ("GET", "HEAD"):
            return self._ask_password(request)
        check_role(account, request.method, request.scope["path"])
        return None

    async def _send_away(self, request: Request) -> Response:
        """The way to log in. What a page of this desk has sent goes along. Raises ``Refused`` to a program."""
        path = request.url.path
        if request.method in ("GET", "HEAD") and not path.startswith(API):
            asked = f"{path}?{request.url.query}" if request.url.query else path
            return RedirectResponse(f"{LOGIN}?{urlencode({'next': asked})}", status_code=303)
        kept = await sent_by(request) if request.method == "POST" else None
        if kept is None:
            raise Refused(401, f"log in first, at {LOGIN}")
        what = "what you sent is kept until then" if kept.fields else "nothing was changed"
        sentence = f"you were logged out meanwhile; log in, {what}"
        return self._ask(request, kept.back, "", sentence, 401, kept if kept.fields else None)

    def _caller(self, account: Account, token: str) -> Caller:
        return Caller(account.name, form_token(self._settings, token), account.role, may_decide=may(account, "POST"))

    def _account(self, token: str) -> Account | None:
        session = self._sessions.pop(token, None)
        if session is None or self._clock() - session.seen >= IDLE:
            return None
        if self._accounts.all().get(session.account.name) != session.account:
            return None  # removed, or given another role or password
        session.seen = self._clock()
        self._sessions[token] = session
        return session.account

    async def _log_in(self, request: Request) -> Response:
        fields = await _fields(request, MOST_BYTES + MOST_CARRIED)
        form = dict(fields)
        visitor = request.cookies.get(VISITOR, "")
        if not visitor:
            raise Refused(403, "logging in needs cookies; open the page to log in again, with cookies allowed")
        check_form(form.get(CSRF, ""), form_token(self._settings, f"{VISITOR} {visitor}"))
        name, following = form.get("name", "")[:LONGEST_NAME], within(form.get("next", ""))
        kept = carried_by(fields, following)
        try:
            account = await self._checked(request, name, form.get("password", ""))
        except Refused as late:
            return self._ask(request, following, name, str(late), late.status, kept)
        if account is None:
            return self._ask(request, following, name, "no account has that name and password; try again", 401, kept)
        answer = self._let_in(request, account, following, kept)
        answer.delete_cookie(VISITOR, path=LOGIN)
        return answer

    async def _checked(self, request: Request, name: str, password: str) -> Account | None:
        """The account with that name and password. Raises ``Refused`` after too many that were wrong."""
        address, known = _address(request), name.casefold()
        counts = ((self._by_address, address), (self._by_name, f"{address} {known}"), (self._anywhere, known))
        if not all(limit.take(key) for limit, key in counts):
            raise Refused(429, "too many passwords were wrong; try again in a quarter of an hour")
        account = await run_in_threadpool(self._accounts.check, name, password)
        if account is not None:
            for limit, key in counts:
                limit.give_back(key)
        return account

    def _let_in(self, request: Request, account: Account, following: str, kept: Kept | None = None) -> Response:
        token = secrets.token_urlsafe(32)
        self._sessions[token] = Session(account, self._clock())
        if len(self._sessions) > MOST_KEPT:
            self._sessions.popitem(last=False)
        if kept:
            request.state.caller = self._caller(account, token)
            answer = self._framed(request, "again.html", kept=kept)
        else:
            answer = RedirectResponse(following, status_code=303)
        _set_cookie(request, answer, SESSION, token)
        return answer

    async def _change_password(self, request: Request, caller: Caller, token: str) -> Response:
        """Another password for who is logged in and knows the one of now; it ends all sessions by the one before."""
        form = await _form(request, 3 * MOST_BYTES)
        check_form(form.get(CSRF, ""), caller.form_token)
        if form.get("password", "") != form.get("again", ""):
            return self._ask_password(request, "the two new passwords differ; write the same one twice", 400)
        try:
            if await self._checked(request, caller.author, form.get("old", "")) is None:
                return self._ask_password(request, "this is not the password that you have now; try again", 400)
            changed = await run_in_threadpool(self._accounts.change_password, caller.author, form.get("password", ""))
        except Refused as late:
            return self._ask_password(request, str(late), late.status)
        except UsageError as error:
            return self._ask_password(request, str(error), 400)
        self._sessions.pop(token, None)
        return self._let_in(request, changed, f"{PASSWORD}?changed=true")

    def _ask_password(self, request: Request, wrong: str = "", status: int = 200) -> Response:
        sizes = {"shortest": SHORTEST_PASSWORD, "longest": LONGEST_PASSWORD}
        return self._framed(request, "password.html", status, wrong=wrong, **sizes)

    def _ask(
        self,
        request: Request,
        following: str,
        name: str = "",
        wrong: str = "",
        status: int = 200,
        kept: Kept | None = None,
    ) -> Response:
        """The form to log in. What it carries holds for this visitor alone, so that nobody else's form is taken."""
        visitor = request.cookies.get(VISITOR) or secrets.token_urlsafe(32)
        csrf = form_token(self._settings, f"{VISITOR} {visitor}")
        page = self._page.render(csrf=csrf, following=following, name=name, wrong=wrong, kept=kept)
        answer = HTMLResponse(mend(page), status)
        _set_cookie(request, answer, VISITOR, visitor, path=LOGIN)
        return answer


def may(account: Account, method: str, path: str = "/") -> bool:
    """Whether the account's role may ask for that path by that method."""
    if f"{path.removeprefix(API)}/".startswith(ADMINS):
        return account.role is Role.ADMIN
    methods = MAY[account.role]
    return methods is None or method in methods


def check_role(account: Account, method: str, path: str) -> None:
    """Raises ``Refused`` for what the account's role may not do."""
    if not may(account, method, path):
        raise Refused(403, f"{account.name} may not do this as {account.role}; ask who runs the desk for another role")


def _set_cookie(request: Request, answer: Response, name: str, value: str, path: str = "/") -> None:
    secure = request.url.scheme == "https"
    answer.set_cookie(name, value, httponly=True, samesite="strict", secure=secure, path=path)


async def _form(request: Request, most: int = MOST_BYTES) -> dict[str, str]:
    """A small form; raises ``Refused`` before anything is kept of a large one."""
    return dict(await _fields(request, most))


async def _fields(request: Request, most: int) -> list[tuple[str, str]]:
    await check_size(request, most, "open the page again and send the form from there")
    async with request.form() as sent:
        return [(name, value) for name, value in sent.multi_items() if isinstance(value, str)]


def _address(request: Request) -> str:
    """Whom failed log-ins count against; of an IPv6 address its network, since one machine has all of it."""
    host = request.client.host if request.client else ""
    try:
        network = ip_network((host, 64), strict=False) if ip_address(host).version == 6 else host
    except ValueError:
        return host
    return str(network)

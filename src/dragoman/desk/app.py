"""The desk put together: every page with its twins, what guards them, and how errors are told."""

from __future__ import annotations

import functools
import inspect
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from dragoman.case import Case
from dragoman.case.text import mend
from dragoman.desk import (
    actor,
    actors,
    adding,
    brief,
    commitments,
    decisions,
    discourse,
    document,
    forecasts,
    ladder,
    map,
    occurrence,
    overview,
    people,
    positions,
    read,
    report,
    reports,
    resolving,
    review,
    running,
    search,
    sources,
    timeline,
)
from dragoman.desk.access import Access, Conflict, Elsewhere
from dragoman.desk.accounts import Role
from dragoman.desk.door import ADMINS, Door
from dragoman.desk.kept import UNTYPED, Stale, check_sent
from dragoman.desk.pages import MOST_ROWS, Action, Download, Errand, Form, Page, Sent, as_csv, asked, plain
from dragoman.desk.schemas import Schemas
from dragoman.desk.security import (
    API,
    CSRF,
    FREE,
    HEADERS,
    Caller,
    Next,
    Refused,
    came_from,
    check_host,
    check_size,
    enter,
)
from dragoman.desk.settings import Settings
from dragoman.desk.visits import Visits
from dragoman.desk.words import FILTERS, TIED_BY, address, in_path, on_the_desk, suggested
from dragoman.errors import CaseBusyError, DragomanError, UsageError
from dragoman.knowledge import load_pack
from dragoman.record import Kind, Standing
from dragoman.views.wording import SORTS

MODULES = (
    overview,
    timeline,
    document,
    reports,
    ladder,
    positions,
    discourse,
    commitments,
    forecasts,
    actors,
    actor,
    sources,
    map,
    search,
    review,
    read,
    decisions,
    brief,
    people,
    occurrence,
    report,
    adding,
    resolving,
)
"""The pages' modules in the order of the menu: each has ``PAGES``, and ``DOWNLOADS`` and ``ACTIONS`` if it has any."""
MOST_BYTES = 32 * 2**20
"""Of a form that decides or takes in decisions, with all that it sends."""
SLACK = 100_000
"""Bytes that a form takes besides what is sent with it."""


@asynccontextmanager
async def closing(access: Access) -> AsyncIterator[None]:
    """Close the case when the desk ends, and end what it reads."""
    yield
    await run_in_threadpool(running.end_all, access.path)
    access.close()


def create_app(path: Path, settings: Settings) -> FastAPI:
    """The desk of a case."""
    access = Access(path)
    app = FastAPI(
        title="Dragoman desk",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url=f"{API}/openapi.json",
        lifespan=lambda _: closing(access),
    )
    app.state.shell = shell = Shell(access, Visits(path, settings.now))
    app.mount("/static", StaticFiles(directory=str(resources.files("dragoman.desk") / "static")))
    answers = _answers()
    app.router.routes.extend(answers.router.routes)
    app.openapi = functools.partial(described, app, answers.schemas)  # type: ignore[method-assign]
    _guard(app, settings, shell)
    _tell_errors(app, shell)
    return app


def described(app: FastAPI, schemas: Schemas) -> dict[str, Any]:
    """What OpenAPI says of the desk, with the schemas that its answers refer to."""
    told = FastAPI.openapi(app)
    return told | {"components": {"schemas": schemas.by_name}}


@dataclass(frozen=True, slots=True)
class Answers:
    """What every desk answers, whatever its case: routes, and the schemas of what they tell."""

    router: APIRouter
    schemas: Schemas


@functools.cache
def _answers() -> Answers:
    """Made once: a hundred routes take longer than opening a case. Each finds its desk by the request."""
    router, schemas = APIRouter(), Schemas()
    for module in MODULES:
        for page in module.PAGES:
            _add_page(router, page, schemas)
        for download in getattr(module, "DOWNLOADS", ()):
            _add_download(router, download)
        for action in getattr(module, "ACTIONS", ()):
            _add_action(router, action)
        for errand in getattr(module, "ERRANDS", ()):
            _add_errand(router, errand)
    return Answers(router, schemas)


@functools.cache
def _templates() -> Environment:
    """The desk's templates, each compiled when it is first shown."""
    templates = Environment(
        loader=PackageLoader("dragoman.desk"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters.update(FILTERS)
    templates.globals.update(
        kinds=tuple(Kind), standings=tuple(Standing), types_in_words=SORTS, tied_by=TIED_BY, to=address
    )
    return templates


class Shell:
    """What every page is shown in: the case's title, the menu, the templates."""

    def __init__(self, access: Access, visits: Visits) -> None:
        self.access = access
        self.visits = visits
        self.menu = [(page.path, page.menu) for module in MODULES for page in module.PAGES if page.menu]
        self.to_send = {one.path for module in MODULES for one in getattr(module, "ERRANDS", ())}  # nothing to look at
        self.templates = _templates()

    def own(self, request: Request, page: Page, case: Case, *, looks: bool = False) -> dict[str, Any]:
        """What a page takes that no address gives. ``looks``: a person looks at it, which is noted."""
        author = request.state.caller.author
        given: dict[str, Any] = {"author": author} if "author" in page.own else {}
        if "visited" in page.own:
            last = self.visits.look(author, case.arrivals().last) if looks else self.visits.before(author)
            given["visited"] = last
        return given

    def issues(self) -> tuple[str, ...]:
        """The ids of the issues that the packs of the case have."""
        return tuple(one.id for one in load_pack(self.access.packs).issues)

    def _is_for(self, caller: Caller, path: str) -> bool:
        if f"{path}/".startswith(ADMINS):
            return caller.role == Role.ADMIN
        return caller.may_decide or path not in self.to_send

    def render(self, request: Request, template: str, code: int = 200, **values: Any) -> HTMLResponse:
        """A template in the desk's frame."""
        caller: Caller = request.state.caller
        html = self.templates.get_template(template).render(
            request=request,
            path=f"/{request.scope['raw_path'].decode('latin-1').lstrip('/')}",  # two slashes would be another host
            asked=dict(request.query_params),
            title=self.access.title,
            issues=self.issues,
            menu=[one for one in self.menu if self._is_for(caller, one[0])],
            csrf=caller.form_token if caller.may_decide else "",  # without which no page has a form that decides
            author=caller.author,
            role=caller.role,
            log_out=caller.form_token if caller.role else "",
            **values,
        )
        return HTMLResponse(mend(html), code)


def _shell(request: Request) -> Shell:
    shell: Shell = request.app.state.shell
    return shell


def _add_page(router: APIRouter, page: Page, schemas: Schemas) -> None:
    def show(request: Request, **given: Any) -> Response:
        shell = _shell(request)
        with shell.access.reading() as case:
            given |= shell.own(request, page, case, looks=True)
            return shell.render(request, page.template, page=page.build(case, **given))

    def tell(request: Request, **given: Any) -> Response:
        shell = _shell(request)
        with shell.access.reading() as case:
            given |= shell.own(request, page, case)
            return JSONResponse(plain(page.build(case, **given)))

    if page.rows is not None:  # before the page, whose name at the end would take ``.csv`` for a part of it
        rows = page.rows

        def list_all(request: Request, **given: Any) -> Response:
            given |= {name: most for name, most in (("limit", MOST_ROWS), ("page", 1)) if name in given}
            with _shell(request).access.reading() as case:
                body = as_csv(rows(page.build(case, **given)))
            name = page.path.partition("{")[0].strip("/").replace("/", "-")
            headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
            return Response(body, media_type="text/csv; charset=utf-8", headers=headers)

        _route(router, f"{page.path}.csv", list_all, page.build, include_in_schema=False)
    _route(router, page.path, show, page.build, include_in_schema=False)
    answers = schemas.answer(page.build)
    name = page.build.__name__
    _route(router, API + page.path.rstrip("/"), tell, page.build, name=name, responses=answers)


def _add_download(router: APIRouter, download: Download) -> None:
    takes_desk = "desk" in inspect.signature(download.build).parameters

    def give(request: Request, **given: Any) -> Response:
        if takes_desk:
            given["desk"] = str(request.base_url).rstrip("/")
        named = f'attachment; filename="{download.name}"' if download.name else "inline"
        with _shell(request).access.reading() as case:
            body = download.build(case, **given)
        return Response(body, media_type=download.media_type, headers={"Content-Disposition": named})

    _route(router, download.path, give, download.build, include_in_schema=False)


def _add_action(router: APIRouter, action: Action) -> None:
    async def act(request: Request) -> Response:
        await check_size(request, MOST_BYTES, "take it in with `dragoman` instead")
        async with request.form() as sent:
            form = {name: await _as_text(value) for name, value in sent.multi_items()}
            typed = {name: value for name, value in sent.multi_items() if isinstance(value, str) and value.strip()}
            caller: Caller = request.state.caller
            check_sent(request, form.pop(CSRF, ""), caller.form_token, sent.multi_items())
        request.state.typed = {name: value for name, value in typed.items() if name not in UNTYPED}
        return await run_in_threadpool(_done, action, _shell(request), form, caller.author, dict(request.path_params))

    router.add_api_route(action.path, act, methods=["POST"], include_in_schema=False)


def _add_errand(router: APIRouter, errand: Errand) -> None:
    async def send(request: Request) -> Response:
        await check_size(request, errand.most_bytes, "send fewer at once, or use `dragoman read`", slack=SLACK)
        form, files = {}, []
        try:
            sent = await request.form(max_files=errand.most_files, max_fields=50, max_part_size=errand.most_bytes)
        except HTTPException as error:
            limit = f"at most {errand.most_files} files are taken at once"
            raise UsageError(limit if "files" in str(error.detail) else str(error.detail)) from error
        for name, value in sent.multi_items():
            if isinstance(value, str):
                form[name] = value
            else:
                files.append(Sent(value.filename or "", await value.read()))
        await sent.close()
        caller: Caller = request.state.caller
        check_sent(request, form.pop(CSRF, ""), caller.form_token, sent.multi_items())
        work = functools.partial(errand.do, _shell(request).access.path, form, files, **request.path_params)
        try:
            return RedirectResponse(await run_in_threadpool(work), status_code=303)
        except DragomanError as error:
            if errand.again is None:
                raise
            return await run_in_threadpool(ask_again, request, errand.again, form, error)

    def ask_again(request: Request, page: Page, form: Form, error: DragomanError) -> Response:
        shell, code = _shell(request), 503 if isinstance(error, CaseBusyError) else 400
        with shell.access.reading() as case:
            return shell.render(request, page.template, code, page=page.build(case), problem=str(error), written=form)

    router.add_api_route(errand.path, send, methods=["POST"], include_in_schema=False)


async def _as_text(value: str | UploadFile) -> str:
    """What a form sends, a file's text too. Raises ``UsageError`` for a file that is no text."""
    if isinstance(value, str):
        return value
    try:
        return (await value.read()).decode("utf-8")
    except UnicodeDecodeError:
        raise UsageError(f"{value.filename} is not UTF-8 text; choose the file that was meant") from None


def _done(action: Action, shell: Shell, form: dict[str, str], author: str, where: dict[str, Any]) -> Response:
    with shell.access.writing() as case:
        following = action.do(case, form, author, **where)
    return RedirectResponse(following, status_code=303)


def _route(
    router: APIRouter,
    path: str,
    answer: Callable[..., Response],
    build: Callable[..., Any],
    **options: Any,
) -> None:
    """A route whose parameters are those of ``build``, beside the request."""
    request = inspect.Parameter("request", inspect.Parameter.KEYWORD_ONLY, annotation=Request)
    answer.__signature__ = inspect.Signature([request, *asked(build)])  # type: ignore[attr-defined]
    answer.__doc__ = build.__doc__
    router.add_api_route(
        path or "/", answer, methods=["GET"], response_class=JSONResponse, response_model=None, **options
    )


def _guard(app: FastAPI, settings: Settings, shell: Shell) -> None:
    accounts = settings.accounts
    lets_in = (
        Door(accounts, settings, shell.templates, shell.render).enter
        if accounts
        else functools.partial(enter, settings=settings)
    )

    @app.middleware("http")
    async def guard(request: Request, following: Next) -> Response:
        request.state.caller, request.state.typed = None, {}
        try:
            check_host(request, settings)
            answer = await lets_in(request) or await following(request)
        except Refused as refused:
            answer = _told(shell, request, refused.status, str(refused))
        except HTTPException as error:  # a form that cannot be read
            answer = _told(shell, request, error.status_code, str(error.detail))
        except DragomanError as error:  # accounts that cannot be read
            answer = _told(shell, request, 503, str(error))
        answer.headers.update(HEADERS)
        if not request.url.path.startswith(FREE):
            answer.headers["Cache-Control"] = "no-store"
        return answer


def _told(shell: Shell, request: Request, status: int, sentence: str, where: str = "/") -> Response:
    """One sentence for what goes wrong: a page, or JSON as RFC 9457 has it."""
    if f"{request.url.path}/".startswith(f"{API}/"):
        problem = {"title": sentence, "status": status}
        return JSONResponse(problem, status, media_type="application/problem+json")
    if request.state.caller is None:  # a stranger, who is told nothing of the case
        return PlainTextResponse(f"{sentence}\n", status)
    sentence, instead = on_the_desk(sentence)
    before, near = suggested(sentence)
    named = {
        "sentence": sentence,
        "status": status,
        "where": instead or where,
        "meant": (before, near, at) if near and (at := _with(request, sentence, near)) else (),
        "back": came_from(request) if request.method == "POST" else "",
        "typed": request.state.typed,
    }
    return shell.render(request, "error.html", status, **named)


def _quoted(sentence: str, given: Mapping[str, str]) -> str:
    """The name of what an address gives and a sentence quotes; empty where it quotes none of it."""
    return next((name for name, text in given.items() if text and repr(text) in sentence), "")


def _with(request: Request, sentence: str, near: str) -> str:
    """The address that was asked for, with something else for what the sentence quotes; empty for a form's."""
    if request.method != "GET":
        return ""
    if name := _quoted(sentence, request.path_params):
        parts = request.path_params | {name: near}
        where: str = request.scope["route"].path_format.format(**{name: in_path(text) for name, text in parts.items()})
        return f"{where}?{request.url.query}" if request.url.query else where
    given = request.query_params.multi_items()
    meant = [(name, text) for name, text in given if text and repr(text) in sentence]
    if len(meant) != 1:  # of two filters with one value it is not told which is meant
        return ""
    changed = [(name, near if (name, text) in meant else text) for name, text in given]
    return f"{quote(request.url.path)}?{urlencode(changed)}"


def _tell_errors(app: FastAPI, shell: Shell) -> None:
    told = functools.partial(_told, shell)

    def for_us(request: Request, error: Exception) -> Response:
        match error:
            case Conflict():
                return told(request, 409, str(error), error.where)
            case Elsewhere() if not request.url.path.startswith(API):
                return RedirectResponse(error.where, status_code=303)
            case CaseBusyError():
                return told(request, 503, str(error))
        missing = isinstance(error, UsageError) and request.method == "GET" and request.path_params
        of_a_filter = not missing or _quoted(str(error), request.query_params)
        return told(request, 400 if of_a_filter else 404, str(error))

    def for_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        missing = "there is no such page; the menu has them all"
        return told(request, error.status_code, missing if error.status_code == 404 else str(error.detail))

    def for_values(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        first = error.errors()[0]
        wanted = "true or false" if first["type"].startswith("bool") else f"a whole number from 0 to {MOST_ROWS:,}"
        return told(request, 400, f"{first['loc'][-1]} in the address must be {wanted}")

    def for_refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, Refused)
        if isinstance(error, Stale):
            return shell.render(request, "again.html", error.status, kept=error.kept)
        return told(request, error.status, str(error))

    app.add_exception_handler(DragomanError, for_us)
    app.add_exception_handler(HTTPException, for_http)
    app.add_exception_handler(RequestValidationError, for_values)
    app.add_exception_handler(Refused, for_refused)

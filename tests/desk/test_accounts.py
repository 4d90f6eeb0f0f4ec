"""A desk that others reach: who gets in, what each role may do, and how long."""

from __future__ import annotations

import io
import re
import socket
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from dragoman.case import open_case
from dragoman.cli.main import run
from dragoman.desk import Settings, create_app
from dragoman.desk.accounts import Accounts, Role
from dragoman.desk.door import IDLE, MOST_ANYWHERE, MOST_BY_ADDRESS, MOST_BY_NAME, SESSION, WHILE
from dragoman.desk.security import form_token
from dragoman.errors import DragomanError, UsageError
from dragoman.record import Action, Decision
from tests.desk.conftest import ADDRESS
from tests.desk.test_desk_frame import links

pytestmark = pytest.mark.usefixtures("cheap_hashes")

PASSWORD = "correct horse"
NAMES = {Role.READER: "Rea", Role.ANALYST: "Ana", Role.ADMIN: "Ada"}
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}
FOR_ADMINS = {
    *("/accounts", "/accounts/change", "/accounts/password", "/accounts/remove"),
    *("/api/v1/accounts", "/api/v1/accounts/remove"),
}
ALLOWED = {Role.READER: {"GET", "HEAD"}, Role.ANALYST: {"GET", "HEAD", "POST"}, Role.ADMIN: METHODS}


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(path: Path) -> Accounts:
    made = Accounts(path)
    for role, name in NAMES.items():
        made.add(name, role, PASSWORD)
    return made


@pytest.fixture
def settings(accounts: Accounts, clock: Clock) -> Settings:
    return Settings("the machine's user", accounts=accounts, clock=clock)


@pytest.fixture
def app(path: Path, settings: Settings) -> FastAPI:
    return create_app(path, settings)


@pytest.fixture
def stranger(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, base_url=ADDRESS, follow_redirects=False) as client:
        yield client


def csrf_of(client: TestClient, page: str) -> str:
    found = re.search(r'name="csrf" value="(\w+)"', client.get(page).text)
    assert found
    return found[1]


def log_in(client: TestClient, name: str, password: str = PASSWORD, following: str = "/") -> int:
    form = {"csrf": csrf_of(client, "/login"), "name": name, "password": password, "next": following}
    return client.post("/login", data=form).status_code


def routes(app: FastAPI) -> list[tuple[str, str]]:
    """Every address of the desk, its parameters filled in, with each method that could be asked."""
    paths = {re.sub(r"\{[^}]*\}", "x", route.path) for route in app.routes if hasattr(route, "path")}
    return [(path or "/", method) for path in sorted(paths - {"/static"}) for method in sorted(METHODS)]


def refused_by_role(client: TestClient, method: str, path: str) -> bool:
    answer = client.request(method, path)
    return answer.status_code == 403 and (method == "HEAD" or "for another role" in answer.text)


def test_the_menu_has_each_page_that_a_role_may_look_at(stranger: TestClient) -> None:
    menus = {}
    for role in Role:
        log_in(stranger, NAMES[role])
        menus[role] = set(re.findall(r'<li><a href="(/\w*)"', stranger.get("/").text))
        stranger.cookies.clear()
    assert menus[Role.READER] >= {"/", "/sources", "/review", "/decisions"}
    assert menus[Role.ANALYST] - menus[Role.READER] == {"/read"}
    assert menus[Role.ADMIN] - menus[Role.ANALYST] == {"/accounts"}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_do_what_it_may_at_every_route(app: FastAPI, stranger: TestClient, role: Role) -> None:
    assert log_in(stranger, NAMES[role]) == 303
    asked = routes(app)
    assert {path for path, _ in asked} >= {"/", "/timeline.csv", "/api/v1/timeline", "/reports/x/judge", *FOR_ADMINS}
    for path, method in asked:
        may = role is Role.ADMIN if path in FOR_ADMINS else method in ALLOWED[role]
        assert refused_by_role(stranger, method, path) != may, (method, path)


def test_a_reader_sees_no_form_but_log_out_and_is_told_so_on_a_page(
    app: FastAPI, stranger: TestClient, path: Path
) -> None:
    with open_case(path, write=True) as case:
        report = next(iter(case.reports())).id
        case.decide(Decision("Ana", Action.REJECT, case.about(report), reason="unlikely"))
    log_in(stranger, "Rea")
    forms = re.compile(r'<form[^>]*method="post"[^>]*action="([^"]*)"')
    seen, todo = set(), {"/", "/read", "/merges", "/decisions/untied", "/decisions/conflicts", f"/reports/{report}"}
    while todo:
        where = todo.pop()
        seen.add(where)
        answer = stranger.get(where)
        assert answer.status_code in (200, 303), where
        if answer.headers["content-type"].startswith("text/html"):
            own = ["/logout", "/password"] if where == "/password" else ["/logout"]
            assert forms.findall(answer.text) == own, where
            assert answer.text.count('method="post"') == len(own), where
            assert 'name="csrf" value=""' not in answer.text, where
            todo |= links(answer.text) - seen
    assert {"/review", "/decisions", "/actors", "/password"} < seen
    assert "unlikely" in stranger.get(f"/reports/{report}").text
    home = stranger.get("/").text
    assert "Rea, reader" in home
    assert "Decisions are by" not in home
    assert '<a href="/read">' not in home
    refused = stranger.post(f"/reports/{report}/judge", data={"action": "accept"})
    assert (refused.status_code, refused.headers["content-type"]) == (403, "text/html; charset=utf-8")
    assert 'aria-label="Pages"' in refused.text
    log_in(stranger, "Ana")
    assert "Decisions are by Ana" in stranger.get("/").text
    assert f'action="/reports/{report}/judge"' in stranger.get(f"/reports/{report}").text


def test_refusals_of_programs_are_problems_they_can_read(stranger: TestClient, app: FastAPI, path: Path) -> None:
    def problem(client: TestClient, method: str = "GET", **headers: str) -> int:
        answer = client.request(method, "/api/v1/timeline", headers=headers)
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == answer.status_code
        return answer.status_code

    assert problem(stranger) == 401
    assert problem(stranger, host="evil.example") == 400
    log_in(stranger, "Rea")
    assert problem(stranger, "POST") == 403
    with TestClient(create_app(path, Settings("Lena")), base_url=ADDRESS) as client:
        assert problem(client) == 403


def test_nothing_is_shown_or_done_at_any_route_without_logging_in(app: FastAPI, stranger: TestClient) -> None:
    for path, method in routes(app):
        answer = stranger.request(method, path)
        if answer.status_code == 303:
            assert answer.headers["location"].startswith("/login?"), (method, path)
        else:
            assert answer.status_code == 401, (method, path)
    for path in ("/", "/login", "/static/nowhere", "/api/v1/timeline"):
        assert "Who meets whom?" not in stranger.get(path, follow_redirects=True).text


def test_the_secret_of_a_desk_without_accounts_opens_none_with_them(stranger: TestClient, settings: Settings) -> None:
    assert stranger.get("/timeline", params={"token": settings.token}).headers["location"].startswith("/login")


def test_the_cookie_is_kept_from_scripts_and_other_sites(app: FastAPI, stranger: TestClient) -> None:
    log_in(stranger, "Ana")
    for scheme, secure in (("http", False), ("https", True)):
        with TestClient(app, base_url=f"{scheme}://127.0.0.1", follow_redirects=False) as client:
            form = {"csrf": csrf_of(client, "/login"), "name": "Ana", "password": PASSWORD}
            cookie = client.post("/login", data=form).headers.get_list("set-cookie")[0]
            assert "HttpOnly" in cookie
            assert "SameSite=strict" in cookie
            assert ("Secure" in cookie) == secure


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "evil", "/\t/e"])
def test_logging_in_leads_only_into_the_desk(stranger: TestClient, elsewhere: str) -> None:
    for following, where in ((elsewhere, "/"), ("/timeline?q=x", "/timeline?q=x")):
        form = {"csrf": csrf_of(stranger, "/login"), "name": "Ana", "password": PASSWORD, "next": following}
        assert stranger.post("/login", data=form).headers["location"] == where


def test_the_form_to_log_in_holds_for_one_visitor_alone(app: FastAPI, stranger: TestClient) -> None:
    form = {"csrf": csrf_of(stranger, "/login"), "name": "Ana", "password": PASSWORD}
    with TestClient(app, base_url=ADDRESS, follow_redirects=False) as victim:
        refused = victim.post("/login", data=form)
        assert (refused.status_code, "needs cookies" in refused.text) == (403, True)
        assert csrf_of(victim, "/login") != form["csrf"]
        assert victim.post("/login", data=form).status_code == 403
    assert csrf_of(stranger, "/login") == form["csrf"], "two tabs of one visitor have the same"
    assert stranger.post("/login", data=form).status_code == 303


def test_a_decision_is_by_who_is_logged_in(stranger: TestClient, path: Path) -> None:
    log_in(stranger, "Ana")
    id = stranger.get("/api/v1/timeline").json()["occurrences"][0]["id"]
    report = stranger.get(f"/api/v1/occurrences/{id}").json()["occurrence"]["reports"][0]["report"]
    csrf = re.findall(r'name="csrf" value="(\w+)"', stranger.get(f"/reports/{report}").text)[0]
    assert stranger.post(f"/reports/{report}/judge", data={"action": "reject"}).status_code == 403
    assert stranger.post(f"/reports/{report}/judge", data={"action": "reject", "csrf": csrf}).status_code == 303
    with open_case(path) as case:
        assert [d.author for d in case.report(report).decisions] == ["Ana"]


def test_a_form_of_one_session_is_none_of_another(stranger: TestClient, settings: Settings) -> None:
    log_in(stranger, "Ana")
    assert stranger.post("/logout", data={"csrf": form_token(settings)}).status_code == 403


def test_who_is_idle_is_logged_out(stranger: TestClient, clock: Clock) -> None:
    log_in(stranger, "Rea")
    for _ in range(3):
        clock.now += IDLE - 1
        assert stranger.get("/").status_code == 200
    clock.now += IDLE
    assert stranger.get("/").status_code == 303
    assert stranger.get("/api/v1/timeline").status_code == 401


def test_logging_out_ends_the_session_itself(stranger: TestClient) -> None:
    log_in(stranger, "Rea")
    session = stranger.cookies[SESSION]
    csrf = re.findall(r'name="csrf" value="(\w+)"', stranger.get("/").text)[0]
    assert stranger.post("/logout", data={"csrf": csrf}).status_code == 303
    assert stranger.get("/", headers={"cookie": f"{SESSION}={session}"}).status_code == 303


def test_who_is_removed_is_out_at_once(stranger: TestClient, accounts: Accounts) -> None:
    log_in(stranger, "Ana")
    accounts.remove("Ana")
    accounts.add("Ana", Role.READER, "another password")
    assert stranger.get("/").status_code == 303


def test_a_name_is_closed_for_a_while_after_failures(stranger: TestClient, clock: Clock) -> None:
    for _ in range(MOST_BY_NAME):
        assert log_in(stranger, "Ana", "wrong") == 401
    assert log_in(stranger, "Ana") == 429
    assert log_in(stranger, "Rea") == 303
    clock.now += WHILE
    assert log_in(stranger, "Ana") == 303


def test_a_stranger_elsewhere_closes_no_name_for_its_owner(app: FastAPI, stranger: TestClient) -> None:
    with TestClient(app, base_url=ADDRESS, follow_redirects=False, client=("192.0.2.1", 1)) as elsewhere:
        for number in range(MOST_BY_NAME + 1):
            assert log_in(elsewhere, "ANA", "wrong") == (401 if number < MOST_BY_NAME else 429)
        assert log_in(stranger, "Ana") == 303


def test_a_name_is_not_tried_without_end_from_many_addresses(app: FastAPI, stranger: TestClient, clock: Clock) -> None:
    for number in range(MOST_ANYWHERE // MOST_BY_NAME):
        with TestClient(app, base_url=ADDRESS, follow_redirects=False, client=(f"192.0.2.{number}", 1)) as elsewhere:
            for _ in range(MOST_BY_NAME):
                assert log_in(elsewhere, "Ana", "wrong") == 401
    assert log_in(stranger, "Ana") == 429
    assert log_in(stranger, "Rea") == 303
    clock.now += WHILE
    assert log_in(stranger, "Ana") == 303


def test_a_wrong_password_leaves_the_name_in_its_field(stranger: TestClient) -> None:
    form = {"csrf": csrf_of(stranger, "/login"), "name": 'Ana "<b>', "password": "wrong"}
    page = stranger.post("/login", data=form).text
    assert 'value="Ana &#34;&lt;b&gt;"' in page
    assert "wrong" not in page


def test_an_address_is_closed_for_a_while_after_failures(
    stranger: TestClient, accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as quick:
        quick.setattr(accounts, "check", lambda name, password: None)
        for number in range(MOST_BY_ADDRESS):
            assert log_in(stranger, f"nobody {number}") == 401
    assert log_in(stranger, "Ana") == 429


def test_a_name_that_is_not_there_is_checked_as_one_that_is(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []

    class Hasher:
        def verify(self, kept: str, password: str) -> bool:
            checked.append(kept)
            return True  # even the password that nobody has opens no account

    monkeypatch.setattr(accounts, "_hasher", Hasher())
    assert accounts.check("nobody", PASSWORD) is None
    assert accounts.check("Ana", PASSWORD) is not None
    assert [kept.startswith("$argon2id$") for kept in checked] == [True, True]
    assert checked[0].split("$")[:4] == checked[1].split("$")[:4]


def test_a_large_log_in_form_is_not_read(stranger: TestClient) -> None:
    assert stranger.post("/login", data={"name": "x" * 1_000_000}).status_code == 413
    assert stranger.post("/login", content=iter([b"name=x"])).status_code == 411


def change_password(client: TestClient, new: str, old: str = PASSWORD, again: str | None = None) -> httpx.Response:
    csrf = csrf_of(client, "/password")
    form = {"csrf": csrf, "old": old, "password": new, "again": new if again is None else again}
    return client.post("/password", data=form)


@pytest.mark.parametrize("role", list(Role))
def test_everybody_changes_the_password_and_other_sessions_of_it_end(
    app: FastAPI, stranger: TestClient, accounts: Accounts, role: Role
) -> None:
    with TestClient(app, base_url=ADDRESS, follow_redirects=False) as elsewhere:
        for client in (stranger, elsewhere):
            log_in(client, NAMES[role])
        before, session = accounts.all()[NAMES[role]], stranger.cookies[SESSION]
        answer = change_password(stranger, "another one")
        assert (answer.status_code, answer.headers["location"]) == (303, "/password?changed=true")
        assert "Your password is changed" in stranger.get("/password?changed=true").text
        assert stranger.cookies[SESSION] != session
        assert elsewhere.get("/").status_code == 303, "another session by the old password"
        assert elsewhere.get("/", headers={"cookie": f"{SESSION}={session}"}).status_code == 303
        after = accounts.all()[NAMES[role]]
        assert (after.name, after.role) == (before.name, before.role)
        assert after.password.startswith("$argon2id$")
        assert log_in(elsewhere, NAMES[role]) == 401
        assert log_in(elsewhere, NAMES[role], "another one") == 303


@pytest.mark.parametrize(
    ("new", "old", "again", "told"),
    [
        ("another one", "a guess", "another one", "not the password that you have now"),
        ("another one", PASSWORD, "another two", "the two new passwords differ"),
        ("short", PASSWORD, "short", "a password has 8 to 500 letters"),
    ],
)
def test_a_password_that_cannot_be_changed_so_stays(
    stranger: TestClient, accounts: Accounts, new: str, old: str, again: str, told: str
) -> None:
    log_in(stranger, "Rea")
    before = dict(accounts.all())
    answer = change_password(stranger, new, old, again)
    assert (answer.status_code, told in answer.text.lower()) == (400, True)
    assert "another" not in answer.text.replace("choose another", "")
    assert accounts.all() == before
    assert stranger.get("/").status_code == 200


def test_a_password_is_changed_by_a_form_of_this_session_alone(stranger: TestClient, accounts: Accounts) -> None:
    assert stranger.get("/password").headers["location"].startswith("/login")
    log_in(stranger, "Rea")
    before = dict(accounts.all())
    form = {"old": PASSWORD, "password": "another one", "again": "another one"}
    assert stranger.post("/password", data=form).status_code == 403
    assert accounts.all() == before


def test_who_found_a_desk_open_cannot_guess_the_password_without_end(stranger: TestClient, clock: Clock) -> None:
    log_in(stranger, "Ana")
    for _ in range(MOST_BY_NAME):
        assert change_password(stranger, "another one", "a guess").status_code == 400
    assert change_password(stranger, "another one").status_code == 429
    clock.now += WHILE - 1
    assert log_in(stranger, "Ana") == 429, "log-ins are counted together with them"
    clock.now += 1
    log_in(stranger, "Ana")
    assert change_password(stranger, "another one").status_code == 303


def test_a_desk_without_accounts_has_no_password(path: Path) -> None:
    settings = Settings("Lena")
    with TestClient(create_app(path, settings), base_url=ADDRESS) as client:
        assert client.get("/password", params={"token": settings.token}).status_code == 404
        assert "/password" not in client.get("/").text


def roles_of(client: TestClient) -> dict[str, str]:
    return {one["name"]: one["role"] for one in client.get("/api/v1/accounts").json()["people"]}


def test_an_admin_adds_changes_and_removes_accounts(app: FastAPI, stranger: TestClient) -> None:
    log_in(stranger, "Ada")
    csrf = csrf_of(stranger, "/accounts")
    assert '<a href="/accounts"' in stranger.get("/").text
    form = {"csrf": csrf, "name": "Noa <i>", "role": "reader", "password": "long enough", "again": "long enough"}
    assert stranger.post("/accounts", data=form).status_code == 303
    assert roles_of(stranger) == {"Ada": "admin", "Ana": "analyst", "Noa <i>": "reader", "Rea": "reader"}
    assert "Noa &lt;i&gt;" in stranger.get("/accounts").text
    with TestClient(app, base_url=ADDRESS, follow_redirects=False) as noa:
        assert log_in(noa, "Noa <i>", "long enough") == 303
        assert '<a href="/accounts"' not in noa.get("/").text
        changed = {"csrf": csrf, "name": "Noa <i>", "role": "analyst"}
        assert stranger.post("/accounts/change", data=changed).status_code == 303
        assert noa.get("/timeline").status_code == 303, "who has another role logs in anew"
        assert log_in(noa, "Noa <i>", "long enough") == 303
        given = {"csrf": csrf, "name": "Noa <i>", "password": "another one", "again": "another one"}
        assert stranger.post("/accounts/password", data=given).status_code == 303
        assert noa.get("/timeline").status_code == 303, "who is given a password logs in anew"
        assert log_in(noa, "Noa <i>", "long enough") == 401
        assert log_in(noa, "Noa <i>", "another one") == 303
        assert stranger.post("/accounts/remove", data={"csrf": csrf, "name": "Noa <i>"}).status_code == 303
        assert noa.get("/timeline").status_code == 303
    assert roles_of(stranger) == {"Ada": "admin", "Ana": "analyst", "Rea": "reader"}


@pytest.mark.parametrize(
    ("where", "form", "told"),
    [
        ("", {"name": "ana", "role": "reader", "password": "x" * 8, "again": "x" * 8}, "there is an account ana"),
        ("", {"name": "Noa", "role": "reader", "password": "x" * 8, "again": "y" * 8}, "the two passwords differ"),
        ("", {"name": "Noa", "role": "reader", "password": "short", "again": "short"}, "a password has 8 to 500"),
        ("", {"name": "Noa", "role": "king", "password": "x" * 8, "again": "x" * 8}, "unknown role"),
        ("", {"name": " ", "role": "reader", "password": "x" * 8, "again": "x" * 8}, "a name has 1 to 100"),
        ("/change", {"name": "Ada", "role": "reader"}, "Ada is the only admin"),
        ("/remove", {"name": "Ada"}, "Ada is the only admin"),
        ("/change", {"name": "Nobody", "role": "reader"}, "there is no account Nobody"),
        ("/password", {"name": "Nobody", "password": "x" * 8, "again": "x" * 8}, "there is no account Nobody"),
        ("/password", {"name": "Ana", "password": "x" * 8, "again": "y" * 8}, "the two passwords differ"),
        ("/password", {"name": "Ana", "password": "short", "again": "short"}, "a password has 8 to 500"),
        ("/remove", {"name": "Nobody"}, "there is no account Nobody"),
    ],
)
def test_what_makes_no_account_is_told_and_changes_nothing(
    stranger: TestClient, accounts: Accounts, where: str, form: dict[str, str], told: str
) -> None:
    before = dict(accounts.all())
    log_in(stranger, "Ada")
    answer = stranger.post(f"/accounts{where}", data={"csrf": csrf_of(stranger, "/accounts")} | form)
    assert (answer.status_code, told.lower() in answer.text.lower()) == (400, True)
    assert form.get("password", "none") not in answer.text
    assert accounts.all() == before


def test_removing_asks_first_and_says_what_stays(stranger: TestClient, path: Path) -> None:
    with open_case(path, write=True) as case:
        case.decide(Decision("Ana", Action.REJECT, case.about(next(iter(case.reports())).id)))
    log_in(stranger, "Ada")
    assert 'action="/accounts/remove"' not in stranger.get("/accounts").text
    asked = stranger.get("/accounts/remove?name=Ana").text
    assert 'href="/decisions?by=Ana">1 decision</a>' in asked
    assert "Nothing was decided by that name" in stranger.get("/accounts/remove?name=Rea").text
    form = {"csrf": csrf_of(stranger, "/accounts/remove?name=Ana"), "name": "Ana"}
    assert stranger.post("/accounts/remove", data=form).status_code == 303
    assert stranger.get("/accounts/remove?name=Ana").headers["location"] == "/accounts"


def test_of_changes_at_once_none_is_lost(path: Path, accounts: Accounts) -> None:
    names = [f"Number {n}" for n in range(12)]
    with ThreadPoolExecutor(len(names)) as together:  # each as another program would
        list(together.map(lambda name: Accounts(path).add(name, Role.READER, PASSWORD), names))
    assert set(accounts.all()) == {*names, "Ada", "Ana", "Rea"}


def test_a_change_waits_for_another_and_says_what_to_do_if_it_never_ends(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dragoman.desk.accounts.LONGEST_WAIT", 0.0)
    under_way = accounts.path.with_name(f"{accounts.path.name}.new")
    under_way.touch()
    with pytest.raises(DragomanError, match=f"remove {under_way.name}"):
        accounts.remove("Rea")
    under_way.unlink()
    accounts.remove("Rea")
    assert not under_way.exists()


def test_a_change_that_cannot_be_leaves_the_next_one_free(accounts: Accounts) -> None:
    with pytest.raises(UsageError):
        accounts.remove("Nobody")
    accounts.remove("Rea")
    assert set(accounts.all()) == {"Ada", "Ana"}


def test_an_account_is_changed_by_a_form_of_this_session_alone(stranger: TestClient, accounts: Accounts) -> None:
    log_in(stranger, "Ada")
    assert stranger.post("/accounts/remove", data={"name": "Ana"}).status_code == 403
    assert "Ana" in accounts.all()


def test_accounts_are_readable_by_their_owner_only_and_hold_no_password(accounts: Accounts) -> None:
    assert accounts.path.stat().st_mode & 0o777 == 0o600
    assert PASSWORD not in accounts.path.read_text()


def test_accounts_that_cannot_be_read_let_nobody_in(stranger: TestClient, accounts: Accounts) -> None:
    log_in(stranger, "Ada")
    accounts.path.write_text("[{}]")
    assert stranger.get("/").status_code == 503


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "desk.example"])
def test_without_accounts_no_other_machine_is_served(path: Path, capsys: pytest.CaptureFixture[str], host: str) -> None:
    assert run(["desk", str(path), "--host", host, "--no-browser"]) == 2
    assert "dragoman user add" in capsys.readouterr().err


def test_a_desk_answers_to_the_names_it_is_given(
    path: Path, accounts: Accounts, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[uvicorn.Server] = []
    monkeypatch.setattr(uvicorn.Server, "run", lambda server, sockets: opened.append(server))
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    given = ["--name", "Desk.example.org", "--name", "desk2.example.org", "--host", "0.0.0.0", "--no-browser"]
    assert run(["desk", str(path), *given]) == 0
    told = capsys.readouterr()
    assert "http://127.0.0.1:" in told.out + told.err
    assert f"http://{socket.gethostname()}:" in told.out + told.err
    assert opened[0].config.forwarded_allow_ips == ["127.0.0.1", "::1"]
    with TestClient(opened[0].config.app, base_url=ADDRESS) as client:  # type: ignore[arg-type]
        for host in ("desk.example.org", "desk2.example.org:443", "192.0.2.1", socket.gethostname()):
            assert client.get("/login", headers={"host": host}).status_code == 200, host
        assert client.get("/login", headers={"host": "desk.example.com"}).status_code == 400


@pytest.mark.parametrize("name", ["https://desk.example.org", "desk.example.org:443", ""])
def test_what_is_no_name_of_a_host_is_told(path: Path, accounts: Accounts, name: str) -> None:
    assert run(["desk", str(path), "--name", name, "--no-browser"]) == 2


def test_a_desk_without_accounts_takes_no_other_name(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["desk", str(path), "--name", "desk.example.org", "--no-browser"]) == 2
    assert "dragoman user add" in capsys.readouterr().err


def test_accounts_are_added_listed_changed_and_removed(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def add(name: str, role: str, password: str = PASSWORD) -> int:
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{password}\n"))
        return run(["user", "add", str(path), name, "--role", role])

    assert add("Lena Fischer", "analyst") == 0
    assert add("lena fischer", "admin") == 2
    assert add("Otto", "owner") == 2
    assert add("Otto", "reader", "short") == 2
    assert run(["user", "role", str(path), "Lena Fischer", "owner"]) == 2
    assert run(["user", "role", str(path), "Otto", "admin"]) == 2
    assert run(["user", "role", str(path), "Lena Fischer", "admin"]) == 0
    for new, code in (("short", 2), ("a new one of hers", 0)):
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{new}\n"))
        assert run(["user", "password", str(path), "Lena Fischer"]) == code
    assert Accounts(path).check("Lena Fischer", PASSWORD) is None
    assert Accounts(path).check("Lena Fischer", "a new one of hers") is not None
    capsys.readouterr()
    assert run(["user", "list", str(path)]) == 0
    assert capsys.readouterr().out == "Lena Fischer\tadmin\n"
    assert run(["user", "remove", str(path), "Lena Fischer"]) == 0
    assert run(["user", "remove", str(path), "Lena Fischer"]) == 2
    assert Accounts(path).all() == {}


@pytest.mark.parametrize("asked", [["remove", "Ada"], ["role", "Ada", "reader"]])
def test_the_only_admin_stays_while_there_are_others(
    path: Path, accounts: Accounts, capsys: pytest.CaptureFixture[str], asked: list[str]
) -> None:
    command, *rest = asked
    before = dict(accounts.all())
    assert run(["user", command, str(path), *rest]) == 2
    assert "Ada is the only admin; make somebody else one first" in capsys.readouterr().err
    assert accounts.all() == before
    accounts.change("Ana", Role.ADMIN)
    assert run(["user", command, str(path), *rest]) == 0


def test_the_page_does_not_remove_the_only_account(stranger: TestClient, accounts: Accounts) -> None:
    accounts.remove("Rea")
    accounts.remove("Ana")
    log_in(stranger, "Ada")
    form = {"csrf": csrf_of(stranger, "/accounts"), "name": "Ada"}
    assert "this is the only account" in stranger.post("/accounts/remove", data=form).text.lower()
    assert list(accounts.all()) == ["Ada"]

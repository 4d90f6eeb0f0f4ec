"""What was typed outlives the login: it is carried through logging in and shown again, and done only when sent anew."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dragoman.case import open_case
from dragoman.desk import Settings, create_app
from dragoman.desk.accounts import Accounts, Role
from dragoman.desk.door import IDLE
from tests.desk.conftest import ADDRESS

PASSWORD = "a long enough password"
HERE = {"origin": ADDRESS, "referer": f"{ADDRESS}/review?kind=event"}
REASON = 'She "said" so\r\n\r\n<b>twice</b>, über alles'


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(path: Path, clock: Clock, cheap_hashes: None) -> Settings:
    accounts = Accounts(path)
    accounts.add("Ana", Role.ANALYST, PASSWORD)
    accounts.add("Rea", Role.READER, PASSWORD)
    return Settings("the machine's user", accounts=accounts, clock=clock)


@pytest.fixture
def client(path: Path, settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(path, settings), base_url=ADDRESS, follow_redirects=False) as one:
        yield one


def fields(page: str, action: str) -> dict[str, str]:
    """What the form with this action would send as it is shown."""
    form = next(part for part in re.findall(r"<form.*?</form>", page, re.DOTALL) if f'action="{action}"' in part)
    shown = dict(re.findall(r'<input[^>]*?name="([^"]*)"[^>]*?value="([^"]*)"', form))
    shown |= {name: text for text, name in re.findall(r'<input[^>]*?value="([^"]*)"[^>]*? name="([^"]*)"', form)}
    shown |= dict(re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL))
    return {name: html.unescape(text) for name, text in shown.items()}


def log_in(client: TestClient, name: str = "Ana") -> None:
    client.cookies.clear()
    form = fields(client.get("/login").text, "/login")
    assert client.post("/login", data=form | {"name": name, "password": PASSWORD}).status_code == 303


def judged(client: TestClient, path: Path) -> tuple[str, dict[str, str]]:
    """Where the first report is judged, and what its form sends."""
    with open_case(path) as case:
        where = f"/reports/{next(iter(case.reports())).id}"
    return f"{where}/judge", fields(client.get(where).text, f"{where}/judge") | {"action": "accept", "reason": REASON}


def decided(path: Path) -> list[tuple[str, str]]:
    with open_case(path) as case:
        return [(one.decision.author, one.decision.reason) for one in case.decisions()]


def test_what_was_sent_after_the_login_ran_out_is_sent_by_a_new_form(
    client: TestClient, clock: Clock, path: Path
) -> None:
    log_in(client)
    where, typed = judged(client, path)
    clock.now += IDLE
    asked = client.post(where, data=typed, headers=HERE)
    assert asked.status_code == 401
    assert "what you sent is kept" in asked.text
    wrong = client.post("/login", data=fields(asked.text, "/login") | {"name": "Ana", "password": "not this one"})
    form = fields(wrong.text, "/login") | {"name": "Ana", "password": PASSWORD}
    shown = client.post("/login", data=form)
    assert shown.status_code == 200
    assert "/review?kind=event" in shown.text
    assert decided(path) == [], "logging in does nothing by itself"
    again = fields(shown.text, where)
    assert again.pop("csrf") != typed.pop("csrf")
    assert {name: text.split() for name, text in again.items()} == {name: text.split() for name, text in typed.items()}
    assert client.post(where, data=fields(shown.text, where)).status_code == 303
    assert [(who, why.split()) for who, why in decided(path)] == [("Ana", REASON.split())]


def test_a_form_of_before_logging_in_anew_is_shown_again(client: TestClient, path: Path) -> None:
    log_in(client)
    where, typed = judged(client, path)
    log_in(client)
    shown = client.post(where, data=typed, headers=HERE)
    assert shown.status_code == 403
    assert client.post(where, data=fields(shown.text, where)).status_code == 303
    assert len(decided(path)) == 1


@pytest.mark.parametrize(
    "headers", [{}, {"origin": "https://evil.example"}, {"origin": "http://[", "referer": "http://["}]
)
def test_what_no_page_of_the_desk_sent_is_not_kept(
    client: TestClient, clock: Clock, path: Path, headers: dict[str, str]
) -> None:
    log_in(client)
    where, typed = judged(client, path)
    log_in(client)
    assert "twice" not in client.post(where, data=typed, headers=headers).text
    clock.now += IDLE
    answer = client.post(where, data=typed, headers=headers)
    assert (answer.status_code, "twice" in answer.text) == (401, False)


def test_who_may_only_look_is_shown_what_was_sent_and_cannot_send_it(
    client: TestClient, clock: Clock, path: Path
) -> None:
    log_in(client)
    where, typed = judged(client, path)
    clock.now += IDLE
    form = fields(client.post(where, data=typed, headers=HERE).text, "/login")
    shown = client.post("/login", data=form | {"name": "Rea", "password": PASSWORD}).text
    assert "twice" in shown
    assert f'action="{where}"' not in shown


def test_files_and_passwords_are_not_kept(client: TestClient, clock: Clock) -> None:
    log_in(client)
    clock.now += IDLE
    text = {"text": "A pasted article.", "heading": "Of a title"}
    asked = client.post("/read", data=text, files={"files": ("a.txt", b"of a file")}, headers=HERE)
    assert "of a file" not in asked.text
    form = fields(asked.text, "/login")
    shown = client.post("/login", data=form | {"name": "Ana", "password": PASSWORD}).text
    assert "choose them again" in shown
    assert "A pasted article." in shown
    clock.now += IDLE
    secret = client.post("/password", data={"old": "secret one", "password": "another"}, headers=HERE)
    assert (secret.status_code, "secret one" in secret.text) == (401, False)


def test_more_than_a_person_types_is_refused(client: TestClient, clock: Clock) -> None:
    log_in(client)
    clock.now += IDLE
    answer = client.post("/read", data={"text": "x" * 300_000}, headers=HERE)
    assert answer.status_code == 413
    assert "go back to the page" in answer.text


def test_a_form_that_cannot_be_read_is_told_of(client: TestClient) -> None:
    broken = {"content-type": "multipart/form-data; boundary=x", **HERE}
    assert client.post("/reports/x/judge", content=b"--x\r\nnonsense", headers=broken).status_code in (400, 401)

"""Accounts on the desk, for admins: who has one, in which role; adding, changing and removing them; for who forgot a
password, another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.asked import one_of
from dragoman.case import Case
from dragoman.desk.access import Elsewhere
from dragoman.desk.accounts import LONGEST_NAME, LONGEST_PASSWORD, SHORTEST_PASSWORD, Accounts, Role
from dragoman.desk.pages import Errand, Form, Page, Sent
from dragoman.errors import UsageError

WHERE = "/accounts"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may log in."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class People:
    """All who may log in, by name; what a name and a password must be."""

    people: tuple[Person, ...]
    roles: tuple[str, ...] = tuple(Role)
    longest_name: int = LONGEST_NAME
    shortest_password: int = SHORTEST_PASSWORD
    longest_password: int = LONGEST_PASSWORD


@dataclass(frozen=True, slots=True)
class Removal:
    """Somebody who may be removed, and how many decisions stay by that name."""

    name: str
    role: str
    decisions: int


def accounts(case: Case) -> People:
    """The accounts of this desk."""
    kept = _kept(case.path).all().values()
    return People(tuple(sorted((Person(one.name, one.role) for one in kept), key=lambda one: one.name.casefold())))


def removal(case: Case, *, name: str = "") -> Removal:
    """An account that may be removed, and what stays of it."""
    found = _kept(case.path).all().get(name)
    if found is None:
        raise Elsewhere(f"there is no account {name!r}; the page of accounts has those there are", WHERE)
    return Removal(name, found.role, dict(case.deciders()).get(name, 0))


def add(path: Path, form: Form, files: Sequence[Sent]) -> str:
    """Add an account. Raises ``UsageError`` for a name or a password that cannot be."""
    role = one_of(Role, "role", form.get("role", ""))
    _kept(path).add(form.get("name", ""), role, _password(form))
    return WHERE


def change_password(path: Path, form: Form, files: Sequence[Sent]) -> str:
    """Give an account another password; who has it is logged out."""
    _kept(path).change_password(form.get("name", ""), _password(form))
    return WHERE


def _password(form: Form) -> str:
    if form.get("password", "") != form.get("again", ""):
        raise UsageError("the two passwords differ; write the same one twice")
    return form.get("password", "")


def change(path: Path, form: Form, files: Sequence[Sent]) -> str:
    """Give an account another role."""
    role = one_of(Role, "role", form.get("role", ""))
    _kept(path).change(form.get("name", ""), role)
    return WHERE


def remove(path: Path, form: Form, files: Sequence[Sent]) -> str:
    """Remove an account; who has it is logged out. The last one goes by the command only: nobody could log in then."""
    _kept(path).remove(form.get("name", ""), leave_one=True)
    return WHERE


def _kept(case: Path) -> Accounts:
    kept = Accounts(case)
    if not kept.all():
        raise UsageError("this desk has no accounts; `dragoman user add` makes them")
    return kept


PEOPLE = Page(WHERE, "people.html", accounts, menu="Accounts")
PAGES = (PEOPLE, Page(f"{WHERE}/remove", "removal.html", removal))
ERRANDS = (
    Errand(WHERE, add, again=PEOPLE),
    Errand(f"{WHERE}/change", change, again=PEOPLE),
    Errand(f"{WHERE}/password", change_password, again=PEOPLE),
    Errand(f"{WHERE}/remove", remove, again=PEOPLE),
)

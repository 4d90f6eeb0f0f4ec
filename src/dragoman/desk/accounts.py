"""Who may open a desk that other machines reach: names, roles, and passwords as argon2 keeps them.

They are kept in a file beside the case, not in it (see ``beside``).
"""

from __future__ import annotations

import json
import os
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TextIO

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dragoman.desk.beside import beside
from dragoman.errors import DragomanError, UsageError

LONGEST_NAME = 100
SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 500
LONGEST_WAIT = 5.0
"""Seconds for another change of the accounts to be done, which takes a few thousandths of one."""


class Role(StrEnum):
    """What an account may do: look, also decide, or also keep the accounts."""

    READER = "reader"
    ANALYST = "analyst"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may log in."""

    name: str
    role: Role
    password: str
    """As argon2 writes it."""


class Accounts:
    """The accounts of a case, read from their file each time, so that who is removed is out at once."""

    def __init__(self, case: Path) -> None:
        self.path = beside(case, "users")
        self._hasher = PasswordHasher()
        self._checking = threading.Lock()
        self._nobody = self._hasher.hash(secrets.token_urlsafe())

    def all(self) -> Mapping[str, Account]:
        """The accounts by name; none where there is no file."""
        try:
            kept = json.loads(self.path.read_text("utf-8"))
            return {one["name"]: Account(one["name"], Role(one["role"]), one["password"]) for one in kept}
        except FileNotFoundError:
            return {}
        except (ValueError, KeyError, TypeError):
            raise DragomanError(
                f"{self.path.name} cannot be read as accounts; remove it and add them again with `dragoman user add`"
            ) from None

    def add(self, name: str, role: Role, password: str) -> None:
        """Raises ``UsageError`` for a name that is taken or cannot be shown, and for a password too short to hold."""
        if not name.isprintable() or name != name.strip() or not 0 < len(name) <= LONGEST_NAME:
            raise UsageError(f"a name has 1 to {LONGEST_NAME} letters and no spaces around it; choose another")
        hashed = self._hash(password)
        with self._changing() as accounts:
            if name.casefold() in (other.casefold() for other in accounts):
                raise UsageError(f"there is an account {name} already; remove it first with `dragoman user remove`")
            accounts[name] = Account(name, role, hashed)

    def remove(self, name: str, *, leave_one: bool = False) -> None:
        """Raises ``UsageError`` where there is no such account, and for the only admin while there are others; with
        ``leave_one`` for the only account too."""
        with self._changing() as accounts:
            _one(accounts, name)
            if len(accounts) > 1:
                _check_another_admin(accounts, name)
            elif leave_one:
                raise UsageError(
                    "this is the only account; add another first, or end the desk and use `dragoman user remove`"
                )
            del accounts[name]

    def change(self, name: str, role: Role) -> None:
        """Give an account another role. Raises ``UsageError`` where there is none, and for the only admin."""
        with self._changing() as accounts:
            one = _one(accounts, name)
            if role is not Role.ADMIN:
                _check_another_admin(accounts, name)
            accounts[name] = replace(one, role=role)

    def change_password(self, name: str, password: str) -> Account:
        """Give an account another password; the account as it is then. Raises ``UsageError`` where there is no such
        account, and for a password too short to hold."""
        hashed = self._hash(password)
        with self._changing() as accounts:
            accounts[name] = changed = replace(_one(accounts, name), password=hashed)
        return changed

    @contextmanager
    def _changing(self) -> Iterator[dict[str, Account]]:
        """The accounts to change, kept at the end, for their owner's eyes alone. One change at a time, of this process
        or another: the file that is written anew is there from looking at the accounts until it takes their place."""
        new = self.path.with_name(f"{self.path.name}.new")
        stream = _claim(new)
        try:
            with stream:
                accounts = dict(self.all())
                yield accounts
                json.dump([asdict(account) for account in accounts.values()], stream, indent=1)
            new.replace(self.path)
        except BaseException:
            new.unlink(missing_ok=True)
            raise

    def _hash(self, password: str) -> str:
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            raise UsageError(f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} letters; choose another")
        with self._checking:
            return self._hasher.hash(password)

    def check(self, name: str, password: str) -> Account | None:
        """The account with that name and password. A name that is not there takes as long as one that is.

        One password at a time: each takes much memory on purpose.
        """
        account = self.all().get(name)
        with self._checking:
            try:
                self._hasher.verify(account.password if account else self._nobody, password)
            except (VerificationError, InvalidHashError):
                return None
        return account


def _claim(new: Path) -> TextIO:
    """The file, which must not be there yet. Raises ``DragomanError`` where it stays there."""
    until = time.monotonic() + LONGEST_WAIT
    while True:
        try:
            return open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8")
        except FileExistsError:
            if time.monotonic() >= until:
                raise DragomanError(
                    f"the accounts are being changed by another program; try again, and if none is, remove {new.name}"
                ) from None
            time.sleep(0.02)


def _one(accounts: Mapping[str, Account], name: str) -> Account:
    found = accounts.get(name)
    if found is None:
        raise UsageError(f"there is no account {name}; `dragoman user list` shows those there are")
    return found


def _check_another_admin(accounts: Mapping[str, Account], name: str) -> None:
    if [one.name for one in accounts.values() if one.role is Role.ADMIN] == [name]:
        raise UsageError(f"{name} is the only admin; make somebody else one first")

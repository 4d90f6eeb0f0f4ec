"""Who may open a desk that other machines reach: names, roles, and passwords as argon2 keeps them.

They are kept in a file beside the case, not in it (see ``beside``).
"""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dragoman.desk.beside import beside, keep
from dragoman.errors import DragomanError, UsageError

LONGEST_NAME = 100
SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 500
CHANGING = threading.RLock()
"""Held from looking at the accounts to writing them, so that of two changes at once in this process neither undoes the
other."""


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
        with CHANGING:
            kept = self.all()
            if name.casefold() in (other.casefold() for other in kept):
                raise UsageError(f"there is an account {name} already; remove it first with `dragoman user remove`")
            self._keep({**kept, name: Account(name, role, hashed)})

    def remove(self, name: str) -> None:
        """Raises ``UsageError`` where there is no such account, and for the only admin while there are others."""
        with CHANGING:
            self._one(name)
            if len(self.all()) > 1:
                self._check_another_admin(name)
            self._keep({other: account for other, account in self.all().items() if other != name})

    def change(self, name: str, role: Role) -> None:
        """Give an account another role. Raises ``UsageError`` where there is none, and for the only admin."""
        with CHANGING:
            one = self._one(name)
            if role is not Role.ADMIN:
                self._check_another_admin(name)
            self._keep({**self.all(), name: replace(one, role=role)})

    def change_password(self, name: str, password: str) -> Account:
        """Give an account another password; the account as it is then. Raises ``UsageError`` where there is no such
        account, and for a password too short to hold."""
        hashed = self._hash(password)
        with CHANGING:
            changed = replace(self._one(name), password=hashed)
            self._keep({**self.all(), name: changed})
        return changed

    def _check_another_admin(self, name: str) -> None:
        if [one.name for one in self.all().values() if one.role is Role.ADMIN] == [name]:
            raise UsageError(f"{name} is the only admin; make somebody else one first")

    def _one(self, name: str) -> Account:
        found = self.all().get(name)
        if found is None:
            raise UsageError(f"there is no account {name}; `dragoman user list` shows those there are")
        return found

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

    def _keep(self, accounts: Mapping[str, Account]) -> None:
        keep(self.path, [asdict(account) for account in accounts.values()])

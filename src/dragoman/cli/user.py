"""``dragoman user``: who may open a case's desk from another machine."""

from __future__ import annotations

import sys
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.asked import one_of
from dragoman.cli.desk import check_installed
from dragoman.cli.output import say
from dragoman.cli.share import CaseArgument
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from dragoman.desk.accounts import Accounts

app = typer.Typer(help="Add, list, change and remove those who may open a case's desk.", rich_markup_mode=None)
Name = Annotated[str, typer.Argument(metavar="NAME", help="Who logs in; decisions are by this name.")]


_ROLES = "reader looks, analyst also decides, admin may do everything."


@app.command()
def add(
    case: CaseArgument,
    name: Name,
    role: Annotated[str, typer.Option(metavar="ROLE", help=_ROLES)],
) -> None:
    """Add an account. Its password is asked for twice, or is the first line of standard input."""
    accounts = _accounts(case)
    from dragoman.desk.accounts import Role

    accounts.add(name, one_of(Role, "role", role), _password())
    say(f"Added {name}.")


@app.command("list")
def list_all(case: CaseArgument) -> None:
    """List the accounts, each with its role."""
    for account in _accounts(case).all().values():
        typer.echo(f"{account.name}\t{account.role}")


@app.command()
def role(case: CaseArgument, name: Name, role: Annotated[str, typer.Argument(metavar="ROLE", help=_ROLES)]) -> None:
    """Give an account another role; who is logged in with it has to log in again."""
    accounts = _accounts(case)
    from dragoman.desk.accounts import Role

    chosen = one_of(Role, "role", role)
    accounts.change(name, chosen)
    say(f"{name} is {chosen} now.")


@app.command()
def password(case: CaseArgument, name: Name) -> None:
    """Give an account another password, as for somebody who forgot it; asked for as by ``add``. Who is logged in with
    it has to log in again."""
    _accounts(case).change_password(name, _password())
    say(f"Changed the password of {name}.")


@app.command()
def remove(case: CaseArgument, name: Name) -> None:
    """Remove an account; who is logged in with it is out at once. What it decided stays."""
    _accounts(case).remove(name)
    say(f"Removed {name}.")


def _accounts(case: Path) -> Accounts:
    check_installed()
    from dragoman.case import open_case
    from dragoman.desk.accounts import Accounts

    with open_case(case):
        pass  # accounts are not kept beside what is no case
    return Accounts(case)


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass("Password: ")
    if getpass("Again: ") != password:
        raise UsageError("the two passwords differ; nothing was changed, try again")
    return password

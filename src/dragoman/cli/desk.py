"""``dragoman desk``: the pages of a case, on this machine or, with accounts, for others."""

from __future__ import annotations

import gc
import re
import socket
from collections.abc import Sequence
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.decide import author_here
from dragoman.cli.output import say
from dragoman.cli.share import CaseArgument
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from dragoman.desk import Settings
    from dragoman.desk.accounts import Accounts

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
"""What listens at every address of this machine, and how this machine itself reaches it."""
PROXIES = ["127.0.0.1", "::1"]
"""Who may say for whom it asks, by ``X-Forwarded-For`` and ``X-Forwarded-Proto``, whatever the environment has."""
_NEEDED = ("fastapi", "uvicorn", "altair", "vl_convert", "multipart", "argon2")


def desk(
    case: CaseArgument,
    port: Annotated[int, typer.Option(help="Port to listen on; 0 takes a free one.", min=0, max=65535)] = 0,
    host: Annotated[
        str,
        typer.Option(metavar="HOST", help="Where to listen; beyond this machine only with accounts (dragoman user)."),
    ] = "127.0.0.1",
    name: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="A name by which others ask for it, as a proxy passes it on; can be repeated."
        ),
    ] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the browser.")] = True,
    by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who decides; by default the name that git or the system has.")
    ] = None,
) -> None:
    """Open a case in the browser: read it, check it, correct it. Ctrl-C ends it.

    Only this machine can reach it, unless --host says otherwise; then, and wherever the case has accounts, one logs in.
    """
    check_installed()
    import uvicorn

    from dragoman.case import open_case
    from dragoman.desk import create_app
    from dragoman.desk.accounts import Accounts

    with open_case(case):
        pass  # a file that is no case is told of before anything listens
    accounts = Accounts(case)
    names = _names(name or (), accounts)
    beyond = not _is_loopback(host)
    if beyond and not accounts.all():
        raise UsageError(
            f"a desk at {host} can be reached from other machines and needs accounts; "
            f"add one first with `dragoman user add {case} NAME --role analyst`"
        )
    settings = _settings(by if by is not None else author_here(), {host, *names}, accounts)
    app = create_app(Path(case), settings)
    with _listening(host, port) as listener:
        at = listener.getsockname()[1]
        address = f"http://{_in_address(EVERYWHERE.get(host, host))}:{at}/"
        if settings.accounts is None:
            address += f"?token={settings.token}"
        say(f"The desk of {case} is at {address} (Ctrl-C ends it)")
        if host in EVERYWHERE:
            say(f"Others may reach it at http://{socket.gethostname()}:{at}/, or by an address of this machine.")
        if beyond:
            say("Passwords cross the network unencrypted unless a proxy before the desk gives HTTPS.")
        if browser:
            typer.launch(address)
        gc.collect()
        gc.freeze()  # what is loaded stays: looking through it again and again took 90 ms of every fourth page
        config = uvicorn.Config(app, log_level="warning", server_header=False, forwarded_allow_ips=PROXIES)
        uvicorn.Server(config).run(sockets=[listener])


def check_installed() -> None:
    """Raises ``UsageError`` where the desk's packages are not there."""
    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        raise UsageError(f"the desk needs {', '.join(missing)}; install it with: pip install 'dragoman[desk]'")


def _settings(author: str, names: set[str], accounts: Accounts) -> Settings:
    from dragoman.desk import Settings

    if not accounts.all():
        return Settings(author)
    names |= {socket.gethostname(), socket.getfqdn()}
    return Settings(author, Settings(author).hosts | {name.lower() for name in names}, accounts=accounts)


def _names(given: Sequence[str], accounts: Accounts) -> Sequence[str]:
    """Raises ``UsageError`` for what is no name, and without accounts: a desk for this machine alone has no other."""
    for name in given:
        if not re.fullmatch(r"[\w.-]+", name):
            raise UsageError(f"{name!r} is no name of a host; give it as --name desk.example.org")
    if given and not accounts.all():
        raise UsageError("--name is for a desk with accounts; add one first with `dragoman user add`")
    return given


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise UsageError(
            f"port {port} of {host} cannot be used ({error.strerror}); choose another with --port or --host"
        ) from error

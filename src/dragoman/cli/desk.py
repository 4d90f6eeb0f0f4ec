"""``dragoman desk``: the pages of a case, on this machine."""

from __future__ import annotations

import socket
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.decide import author_here
from dragoman.cli.output import say
from dragoman.cli.share import CaseArgument
from dragoman.errors import UsageError

_NEEDED = ("fastapi", "uvicorn", "altair", "vl_convert", "multipart")


def desk(
    case: CaseArgument,
    port: Annotated[int, typer.Option(help="Port to listen on; 0 takes a free one.", min=0, max=65535)] = 0,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the browser.")] = True,
    by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who decides; by default the name that git or the system has.")
    ] = None,
) -> None:
    """Open a case in the browser: read it, check it, correct it. Only this machine can reach it; Ctrl-C ends it."""
    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        raise UsageError(f"the desk needs {', '.join(missing)}; install it with: pip install 'dragoman[desk]'")
    import uvicorn

    from dragoman.case import open_case
    from dragoman.desk import Settings, create_app

    with open_case(case):
        pass  # a file that is no case is told of before anything listens
    settings = Settings(by if by is not None else author_here())
    app = create_app(Path(case), settings)
    with _listening(port) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/?token={settings.token}"
        say(f"The desk of {case} is at {address} (Ctrl-C ends it)")
        if browser:
            typer.launch(address)
        uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False)).run(sockets=[listener])


def _listening(port: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError as error:
        raise UsageError(f"port {port} cannot be used ({error.strerror}); choose another with --port") from error

"""The command line: parses, calls, prints. Results go to standard output, progress and remarks to standard error.

Exit codes: 0 done; 1 something could not be done (an error, or input set aside); 2 a command that makes no sense;
130 interrupted; 141 the reader of our output went away.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from dragoman.cli import packs, read, share, show

app = typer.Typer(
    name="dragoman",
    help="Read news coverage of a political question and keep a sourced, correctable record of it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("new")(read.new)
app.command("read")(read.read)
app.command("show")(show.show)
app.command("search")(show.search)
app.command("export")(share.export)
app.command("brief")(share.brief)
app.add_typer(packs.app, name="pack")

_DEBUG = False


def _version(asked: bool) -> None:
    if asked:
        from dragoman import __version__

        typer.echo(f"dragoman {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where in the program an error came from.")] = False,
) -> None:
    """Options that stand before the command."""
    global _DEBUG
    _DEBUG = debug


def main() -> None:
    """Run the command line; one ``Error:`` line for what goes wrong, the traceback only with ``--debug``."""
    sys.exit(_run())


def _run() -> int:
    from dragoman.errors import DragomanError

    try:
        code = app(standalone_mode=True)
        return int(code or 0)
    except SystemExit as stop:
        return _flushed(stop.code)
    except KeyboardInterrupt:
        _say("Interrupted. What was read before is kept; run the same command again to go on.")
        return 130
    except BrokenPipeError:
        _close_quietly()
        return 141
    except DragomanError as error:
        if _DEBUG:
            raise
        _say(f"Error: {error}")
        return 1
    except OSError as error:
        if _DEBUG:
            raise
        where = f" ({error.filename})" if error.filename else ""
        _say(f"Error: {error.strerror or error}{where}; what was read before is kept")
        return 1


def _flushed(code: object) -> int:
    """The exit code, after what is left of the output has gone; a reader that went away is no error of ours."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _close_quietly()
        return 141
    return code if isinstance(code, int) else int(bool(code))


def _close_quietly() -> None:
    """Point standard output nowhere, so that Python's own flush at exit does not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(sentence: str) -> None:
    typer.echo(sentence, err=True)

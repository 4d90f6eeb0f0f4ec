"""The commands put together, and how each ends.

Exit codes: 0 done; 1 something could not be done, or an input not be read; 2 a command that makes no sense; 130
interrupted; 141 the reader of our output went away.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from dragoman.cli import agree, decide, desk, packs, read, share, show, user
from dragoman.cli.output import say
from dragoman.errors import DragomanError, UsageError

app = typer.Typer(
    name="dragoman",
    help="Read news coverage of a political question and keep a sourced, correctable record of it.",
    epilog="`dragoman COMMAND --help` tells more of a command.",
    add_completion=False,
    rich_markup_mode=None,  # plain help starts three times faster
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("new")(read.new)
app.command("read", short_help="Read articles into a case, or to standard output.")(read.read)
app.command("show", short_help="Show a case, a part of it, or one report.")(show.show)
app.command("search")(show.search)
app.command("desk", short_help="Open a case in the browser: read, check and correct it.")(desk.desk)
app.command("export", short_help="Write the record in a format that other programs read.")(share.export)
app.command("import", short_help="Take in reports that somebody else made by the codebook.")(share.import_)
app.command("brief", short_help="Tell the case on one page.")(share.brief)
app.command("decide", short_help="Accept, reject, correct or add reports; merge and split actors; undo.")(decide.decide)
app.command("agreement", short_help="How far two people, or a person and the machine, agree.")(agree.agreement)
app.add_typer(decide.app, name="decisions")
app.add_typer(packs.app, name="pack")
app.add_typer(user.app, name="user")

DEBUG = "--debug"


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
    debug: Annotated[bool, typer.Option(DEBUG, help="Show where in the program an error came from.")] = False,
) -> None:
    """Options of every command; ``run`` takes ``--debug`` wherever it stands."""


def main() -> None:
    """The ``dragoman`` command."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; one ``Error:`` line for what goes wrong.

    With ``--debug`` what goes wrong is raised instead.
    """
    debug = DEBUG in arguments
    _settle_encoding()
    try:
        code = _invoke([a for a in arguments if a != DEBUG] or ["--help"])
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        say("Interrupted.")
        return 130
    except BrokenPipeError:
        _close_output()
        return 141
    except Exception as error:  # whatever happens, the user gets one sentence
        if debug:
            raise
        if isinstance(error, OSError):
            _close_output()
        say(f"Error: {_told(error)}")
        return error.exit_code if isinstance(error, typer.TyperException) else 2 if isinstance(error, UsageError) else 1


def _invoke(arguments: list[str]) -> int:
    command = typer.main.get_command(app)
    try:
        with command.make_context("dragoman", arguments) as context:
            command.invoke(context)
    except typer.Exit as stop:
        return stop.exit_code
    return 0


def _told(error: Exception) -> str:
    match error:
        case typer.TyperException():
            return f"{error.format_message().rstrip('.')} (`dragoman --help` lists the commands)"
        case DragomanError():
            return str(error)
        case OSError(filename=None):
            return f"the output cannot be written: {error.strerror or error}; make room, or write it elsewhere"
        case OSError():
            return f"{error.filename}: {error.strerror or error}; check the path and its rights"
        case MemoryError():
            return "the memory is not enough; read fewer or shorter documents at once, or with --workers 1"
    return f"Dragoman broke down ({type(error).__name__}: {error}); please report it, with what {DEBUG} shows"


def _settle_encoding() -> None:
    """Pipes and files get UTF-8, whatever the locale; a terminal gets what it can show, and never a failure."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _close_output() -> None:
    """Lead standard output nowhere, so that Python's own flush at the end does not fail again."""
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

"""The command line: parses, calls, prints. Results go to standard output, progress and remarks to standard error."""

from dragoman.cli.main import main, run

__all__ = ["main", "run"]

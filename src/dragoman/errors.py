"""What can go wrong, as classes a caller would treat differently.

    DragomanError             the base: its text is one sentence for the user (what, where, what to do)
    ├── RecordError           a value that the codebook does not allow
    ├── IntakeError           a file or page that cannot become a document
    ├── PackError             a pack that is missing or breaks the schema
    ├── CaseError             a case that cannot be opened, read or written
    │   ├── CaseBusyError     another process writes it now; worth retrying
    │   └── CaseVersionError  made by a newer Dragoman
    ├── ExportError           an output that cannot be written
    └── UsageError            a request that makes no sense (unknown report, unknown format)

Each carries its facts as attributes and survives pickling, since reading runs in worker processes.
"""

from __future__ import annotations


class DragomanError(Exception):
    """Base of all errors that a user is told in one sentence."""


class RecordError(DragomanError):
    """A value that the codebook does not allow."""


class IntakeError(DragomanError):
    """A file, page or line that cannot become a document."""


class PackError(DragomanError):
    """A pack that is missing or that breaks the schema; the text names file and line."""


class CaseError(DragomanError):
    """A case that cannot be opened, read or written."""


class CaseBusyError(CaseError):
    """Another process is writing the case; trying again later helps."""


class CaseVersionError(CaseError):
    """The case was written by a newer schema than this program knows."""


class ExportError(DragomanError):
    """An output that cannot be written."""


class UsageError(DragomanError):
    """A request that names something that is not there."""

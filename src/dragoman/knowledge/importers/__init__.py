"""Importers of other people's dictionaries and entities: a file in, a pack's folder out.

What they bring is data of a stranger: read in bounded pieces, never run, checked like any pack. A line that cannot be
used is set aside with its number and a reason, and the rest goes on.
"""

from dragoman.knowledge.importers.importing import FORMATS, Imported, import_pack

__all__ = ["FORMATS", "Imported", "import_pack"]

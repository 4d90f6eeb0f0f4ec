"""Articles in: files, pages, PDFs and collections become documents, dated, cleaned, with their furniture marked."""

from dragoman.intake.assemble import document_from_text
from dragoman.intake.documents import iter_documents
from dragoman.intake.options import Cause, IntakeOptions, SetAside

__all__ = ["Cause", "IntakeOptions", "SetAside", "document_from_text", "iter_documents"]

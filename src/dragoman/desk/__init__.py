"""The desk: web pages where a case is read, checked and corrected, and the same pages as JSON.

A page is a function of a case and of what its address asks, registered once (``pages``); the desk (``app``) makes of
each an HTML page, a JSON twin under ``/api/v1`` and, for lists, a CSV.
"""

from dragoman.desk.app import create_app
from dragoman.desk.settings import Settings

__all__ = ["Settings", "create_app"]

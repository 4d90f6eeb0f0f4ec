"""Views: pure functions of a case."""

from dragoman.views.brief import compose_brief
from dragoman.views.brief_data import Brief
from dragoman.views.pages import write_html, write_markdown
from dragoman.views.paper import write_pdf
from dragoman.views.wording import headline, line, qualification

__all__ = ["Brief", "compose_brief", "headline", "line", "qualification", "write_html", "write_markdown", "write_pdf"]

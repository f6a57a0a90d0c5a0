"""Puts the new content of a page into the page that has been built, for the preview."""

from __future__ import annotations

from apiguide.rendering.render import RenderedPage
from apiguide.site.pages import BEGIN, END


def patched(page: str, rendered: RenderedPage) -> str | None:
    """The page with other content between its marks, and all else as it was; None where it has none."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.rpartition(END)
    return f"{before}{BEGIN}\n{rendered.html}\n{END}{after}" if begin and end else None

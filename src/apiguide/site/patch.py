"""Puts the new content of a page into the page that has been built, for the preview."""

from __future__ import annotations

import re
from html import escape

from apiguide.rendering.render import RenderedPage, SearchEntry
from apiguide.site.pages import BEGIN, END

_DESCRIPTION = re.compile(r'(<meta name="description" content=")[^"]+(")')


def patched(page: str, rendered: RenderedPage) -> str | None:
    """The page with other content, and the former table of contents; None where there is no place for it.

    That is so where the description is or was empty.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.rpartition(END)
    if not begin or not end:
        return None
    description = escape(rendered.description)
    before, found = _DESCRIPTION.subn(lambda match: f"{match[1]}{description}{match[2]}", before, count=1)
    return f"{before}{BEGIN}\n{rendered.html}\n{END}{after}" if found and description else None


def search_entry(entry: SearchEntry) -> dict[str, str]:
    """A page's entry in the search index, whose page shows title and text as HTML."""
    text = "".join(f"<p>{escape(each)}</p>" for each in entry.paragraphs if each)
    return {"location": entry.url, "title": escape(entry.title), "text": text}

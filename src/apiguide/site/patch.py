"""Puts what has changed into the files of a site that is built already."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from html import escape

from apiguide.rendering.render import RenderedPage, SearchEntry, headings
from apiguide.site.pages import BEGIN, END

_DESCRIPTION = re.compile(r'(<meta name="description" content=")[^"]+(")')


def patched(page: str, rendered: RenderedPage, *, is_exact: bool = True) -> str | None:
    """The page with other content; None where what stands around the content would be another too.

    That is so where a heading has changed, since headings are listed in the table of contents, and where the
    description is or was empty. Without `is_exact`, it keeps the former list, which a build has to mend.
    """
    before, begin, rest = page.partition(BEGIN)
    content, end, after = rest.rpartition(END)
    if not begin or not end or (is_exact and tuple(headings(content)) != rendered.headings):
        return None
    description = escape(rendered.description)
    before, found = _DESCRIPTION.subn(lambda match: f"{match[1]}{description}{match[2]}", before, count=1)
    return f"{before}{BEGIN}\n{rendered.html}\n{END}{after}" if found and description else None


def search_entry(entry: SearchEntry) -> dict[str, str]:
    """A page's entry in the search index, whose page shows title and text as HTML."""
    text = "".join(f"<p>{escape(each)}</p>" for each in entry.paragraphs if each)
    return {"location": entry.url, "title": escape(entry.title), "text": text}


def patched_search(index: str, entries: Iterable[SearchEntry]) -> str | None:
    """The search index with other entries for some pages; None where it is not written as it should be."""
    values = json.loads(index)
    if json.dumps(values, separators=(",", ":")) != index:
        return None
    others = {entry.url: search_entry(entry) for entry in entries}
    known = [each["location"] for each in values["docs"]]
    if not others.keys() <= set(known):
        return None
    values["docs"] = [others.get(each["location"], each) for each in values["docs"]]
    return json.dumps(values, separators=(",", ":"))

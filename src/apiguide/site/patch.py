"""Puts what has changed into the files of a site that is built already."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import escape

from apiguide.prose import plain
from apiguide.rendering.render import RenderedPage, SearchEntry
from apiguide.rendering.templates import Heading
from apiguide.site.pages import BEGIN, END

_HEADING = re.compile(r'<h([1-6]) id="([^"]*)">(.*?)(?:<a class="headerlink".*?)?</h\1>', re.DOTALL)
_SECTION = re.compile(r'<tr id="([^"]*)" class="ag-section(?: ag-level-1)?"><th[^>]*>(.*?)</th>')
_FOLD = re.compile(r'<details class="ag-fold">.*?</details>', re.DOTALL)
_DESCRIPTION = re.compile(r'(<meta name="description" content=")[^"]+(")')


def patched(page: str, rendered: RenderedPage, *, is_exact: bool = True) -> str | None:
    """The page with other content; None where what stands around the content would be another too.

    That is so where a heading has changed, since headings are listed in the table of contents, and where the
    description is or was empty. Without `is_exact`, it keeps the former list, which a build has to mend.
    """
    before, begin, rest = page.partition(BEGIN)
    content, end, after = rest.rpartition(END)
    if not begin or not end or (is_exact and tuple(_headings(content)) != rendered.headings):
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


def _headings(html: str) -> Iterator[Heading]:
    """The headings of a page's content, and below them the sections of its lists of fields."""
    has_sections = "ag-section" in html
    html = _FOLD.sub("", html) if has_sections else html
    found = [(m.start(), Heading(int(m[1]), m[2], plain(m[3]))) for m in _HEADING.finditer(html)]
    if has_sections:
        found += [(m.start(), Heading(4, m[1], plain(m[2]))) for m in _SECTION.finditer(html)]
    for _, heading in sorted(found, key=lambda each: each[0]):
        yield heading

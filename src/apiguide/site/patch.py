"""Puts the content of a call that has changed into its page, as a site that is built already has it."""

from __future__ import annotations

import re
from html import escape

from apiguide.rendering.render import RenderedPage, headings
from apiguide.site.pages import BEGIN, END

_DESCRIPTION = re.compile(r'(<meta name="description" content=")[^"]*(")')


def patched(page: str, rendered: RenderedPage) -> str | None:
    """The page with other content; None where what stands around the content would be another too.

    That is so where a heading has changed, since headings are listed in the table of contents.
    """
    before, begin, rest = page.partition(BEGIN)
    content, end, after = rest.rpartition(END)
    if not begin or not end or tuple(headings(content)) != rendered.headings:
        return None
    description = escape(rendered.description)
    before, found = _DESCRIPTION.subn(lambda match: f"{match[1]}{description}{match[2]}", before, count=1)
    return f"{before}{BEGIN}\n{rendered.html}\n{END}{after}" if found else None

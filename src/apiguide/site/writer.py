"""Writes pages of the reference as MkDocs would, but side by side and without what no plugin listens to."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from mkdocs.commands import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import write_file

from apiguide.processes import in_parts, map_parallel
from apiguide.site.layout import NOTHING, Layout
from apiguide.site.pages import GuidePage, Summary

EVENTS = (
    *("pre_page", "page_markdown", "page_content", "page_context", "post_page"),
    *("env", "pre_template", "template_context"),
)
"""Events of MkDocs with which others may change pages or look at them."""

_ALONE = 3
"""So many pages are written before there are processes: these then share what was made for the first."""


def has_listeners(config: MkDocsConfig, plugin: object, events: Iterable[str]) -> bool:
    """Whether any plugin but this one and Material's search, or a hook, listens to one of the events."""
    heard = (method for event in events for method in config.plugins.events[event])
    others = (getattr(method, "__self__", None) for method in heard)
    return any(other is not plugin and not hasattr(other, "search_index") for other in others)


class Writer:
    """Writes the pages of a release."""

    def __init__(
        self,
        layout: Layout,
        context: Callable[[GuidePage], Mapping[str, Any]],
    ) -> None:
        """`context` is what the theme is told of a page."""
        self.layout = layout
        self.context = context

    def write(self, pages: Sequence[GuidePage]) -> None:
        """Writes pages. One that fails is left to MkDocs, which then says why."""
        logging.getLogger(build.__name__).addFilter(_is_no_skip)
        parts = [pages[:_ALONE], *in_parts(pages[_ALONE:])]
        self._take(parts[0], self._write_all(parts[0]))
        rest = map_parallel(lambda number: self._write_all(parts[number]), range(1, len(parts)))
        for number, summaries in rest:
            self._take(parts[number], summaries)

    @staticmethod
    def _take(pages: Sequence[GuidePage], summaries: Sequence[Summary | None]) -> None:
        """Lets MkDocs know what has been written."""
        for page, summary in zip(pages, summaries, strict=True):
            if summary is not None:
                page.meta["template"] = NOTHING
            else:
                page.fill()
            page.summarized(summary or page.summarize())

    def _write_all(self, pages: Sequence[GuidePage]) -> list[Summary | None]:
        return [self._write(page) for page in pages]

    def _write(self, page: GuidePage) -> Summary | None:
        """Writes a page, and sums it up; None where that cannot be done."""
        page.active = True
        try:
            page.fill()
            summary = page.summarize()
            html = self.layout.environment.get_template(page.template).render(self.context(page))
            write_file(html.encode("utf-8", "xmlcharrefreplace"), page.file.abs_dest_path)
        except Exception:
            return None
        finally:
            page.active = False
        page.content, page.rendered = "", None
        return summary


def _is_no_skip(record: logging.LogRecord) -> bool:
    """Whether MkDocs says anything but that it writes no page, which it says of those already written."""
    return not record.msg.startswith("Page skipped: ")

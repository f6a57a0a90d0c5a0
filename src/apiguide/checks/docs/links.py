"""Rules of links from hand-written pages to files of docs/ and to headings.

Headings have the ids that Markdown gives them by itself. What mkdocs.yml adds is not known here: it is
trusted like code, and is not loaded. So a dead link is a warning.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from markdown import Markdown
from markdown.extensions.toc import slugify, slugify_unicode

from apiguide.checks.references.symbols import LISTED, Symbols
from apiguide.docs import DocsPage
from apiguide.docs_macros import Call, CallError, call_anchors, with_tokens
from apiguide.folders import DOCS
from apiguide.problems import Mark, Problem, did_you_mean, listing
from apiguide.prose import BRACKETS
from apiguide.rule import WarningRule
from apiguide.view import GuideView


class DeadLink(WarningRule):
    """A link on a page points to something that does not exist, or not in every release that has the page."""


Parts = list[str | Call]

_USUAL = "write the file's path from this page, as in `faq.md`"
_HAS_LINK = re.compile(r"\]\(|\]:")
_HREF = re.compile(r'<a\b[^<>]*?\shref="([^"]*)"', re.IGNORECASE)
_SOURCE = re.compile(r'<img\b[^<>]*?\ssrc="([^"]*)"', re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_ID = re.compile(r'\s(?:id|name)="([^"]*)"', re.IGNORECASE)


class PageLinks:
    """The links of hand-written pages, which are given by path."""

    def __init__(
        self,
        docs: Mapping[str, tuple[DocsPage, Parts]],
        root: Path,
        symbols: Symbols,
        views: Mapping[str, GuideView],
    ) -> None:
        self.docs = docs
        self.folder = root / DOCS
        self.symbols = symbols
        self.views = views
        self.urls = {page.url for page, _ in docs.values()}
        self._markdown = _markdown()
        self._html: dict[str, str] = {}
        self._anchors: dict[str, frozenset[str]] = {}
        self._calls_anchors: dict[str, frozenset[str]] = {}

    def problems(self) -> Iterator[Problem]:
        """Links that lead nowhere."""
        for path, (page, parts) in self.docs.items():
            if not any(isinstance(part, str) and _HAS_LINK.search(part) for part in parts):
                continue
            html = self._rendered(path)
            for link in dict.fromkeys(map(unescape, (*_HREF.findall(html), *_SOURCE.findall(html)))):
                problem = self._wrong(link, path, page)
                if problem is not None:
                    yield DeadLink.at(_location(page, link), *problem)

    def _wrong(self, link: str, path: str, page: DocsPage) -> tuple[str, str] | None:
        """What is wrong with a link, and what to write instead."""
        try:
            parts = urlsplit(link)
        except ValueError:
            return f"`{link}` is not a valid address", "write `PAGE.md`, or the whole address"
        target, fragment = unquote(parts.path), unquote(parts.fragment)
        if parts.scheme or parts.netloc or target.startswith("/") or "\ue000" in link:
            return None
        file = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
        if file in self.docs:
            return self._wrong_page(file, page) or self._wrong_heading(file, fragment, page)
        if self._is_there(file, target, page):
            return None
        return f"the link to `{link}` leads nowhere", self._hint(file, path)

    def _wrong_page(self, file: str, page: DocsPage) -> tuple[str, str] | None:
        """A page that is not in every release which has the page with the link."""
        order, (other, _) = self.symbols.guide.order, self.docs[file]
        if not {page.since, page.removed, other.since, other.removed} <= {*order, None}:
            return None
        for release in self.symbols.guide.releases:
            if page.is_in(release, order) and not other.is_in(release, order):
                hint = "give both pages the same `since` and `removed`, or link from a page that has the same"
                return f"`{file}` is not in the guide of {release}, which has this page", hint
        return None

    def _wrong_heading(self, file: str, fragment: str, page: DocsPage) -> tuple[str, str] | None:
        if not fragment or self._has(file, fragment):
            return None
        headings = sorted(self._of_page(file))
        hint = did_you_mean(fragment, headings)
        if hint is None and headings:
            more = " and others" if len(headings) > LISTED else ""
            hint = f"it has {listing(f'#{heading}' for heading in headings[:LISTED])}{more}"
        what = "this page" if file == page.path else f"`{file}`"
        return f"{what} has no heading `#{fragment}`", hint or "give the heading an id, as in `{#id}`"

    def _is_there(self, file: str, target: str, page: DocsPage) -> bool:
        """Whether a target that is no page of docs/ is another file there, or a page that is made."""
        if file.startswith("../"):
            return False
        if file.endswith(".md"):
            return self.symbols.page(file.removesuffix(".md").removesuffix("/index"))
        if os.path.isfile(self.folder / file):  # noqa: PTH113
            return True
        url = posixpath.normpath(posixpath.join(f"/{unquote(page.url)}", target)).strip("/")
        return f"{quote(url)}/" in self.urls or not url or self.symbols.page(url)

    def _hint(self, file: str, path: str) -> str:
        """What to write in the page at `path` for a file that is not there."""
        id_ = file.removesuffix(".md").removesuffix("/index").lstrip("./")
        if self.symbols.page(id_):
            return f"write `ref:{id_}`"
        folder = posixpath.dirname(path) or "."
        from_here = {each: posixpath.relpath(each, folder) for each in self.docs}
        name = posixpath.basename(file).removesuffix(".md")
        same = [from_here[each] for each in self.docs if posixpath.basename(each) == f"{name}.md"]
        if len(same) == 1:
            return f"did you mean `{same[0]}`?"
        return did_you_mean(posixpath.relpath(file, folder), from_here.values()) or _USUAL

    def _has(self, file: str, fragment: str) -> bool:
        if fragment in self._of_page(file):
            return True
        if file not in self._calls_anchors:
            calls = (part for part in self.docs[file][1] if isinstance(part, Call))
            self._calls_anchors[file] = frozenset(each for call in calls for each in self._of_call(call))
        return fragment in self._calls_anchors[file]

    def _of_call(self, call: Call) -> tuple[str, ...]:
        """The anchors of what a call shows in the newest release that can carry it out."""
        for view in reversed([*self.views.values()]):
            with suppress(CallError):
                return tuple(call_anchors(view, call, self.views))
        return ()

    def _of_page(self, file: str) -> frozenset[str]:
        """The ids of a page's headings, and of whatever else has one in its Markdown."""
        if file not in self._anchors:
            html = self._rendered(file)
            self._anchors[file] = frozenset(map(unescape, _ID.findall(html)))
        return self._anchors[file]

    def _rendered(self, path: str) -> str:
        if path not in self._html:
            text, _ = with_tokens(self.docs[path][1])
            self._html[path] = self._converted(text)
        return self._html[path]

    def _converted(self, text: str) -> str:
        """A page's Markdown as HTML, an id for each heading; nothing where Markdown cannot follow it."""
        if text.count("[") > BRACKETS:
            return ""
        try:
            html = self._markdown.reset().convert(text)
        except RecursionError:
            self._markdown = _markdown()  # the old one is left in the midst of its quotes
            return ""
        found = [html]
        tokens = list(getattr(self._markdown, "toc_tokens", ()))
        while tokens:
            token = tokens.pop()
            tokens += token["children"]
            # The ids that the heading has without its HTML, and where letters beyond ASCII are kept.
            name = _TAG.sub("", unescape(token["name"]))
            found += (f'<i id="{slug(name, "-")}">' for slug in (slugify, slugify_unicode))
        return "".join((*found, *(match[0] for match in _ID.finditer(text))))


def _markdown() -> Markdown:
    """Markdown in which raw HTML is text: the time of its parser grows with the square of odd tags."""
    names = ["admonition", "attr_list", "fenced_code", "sane_lists", "tables", "toc"]
    markdown = Markdown(extensions=names)
    markdown.preprocessors.deregister("html_block")
    markdown.inlinePatterns.deregister("html")
    return markdown


def _location(page: DocsPage, link: str) -> Mark:
    """Where a link stands in its page; the whole page where it is not to be found as it is."""
    for number, line in enumerate(page.source.lines[page.first_line - 1 :], page.first_line):
        for before in ("(", "(<", ": ", '"'):
            start = line.find(f"{before}{link}")
            if start >= 0:
                column = start + len(before) + 1
                return Mark(page.source, number, column, number, column + len(link))
    return Mark(page.source, page.first_line, 1, len(page.source.lines), 1)

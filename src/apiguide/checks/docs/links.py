"""Rules of links from hand-written pages to files of docs/ and to headings.

Headings have the ids that Markdown gives them by itself. What mkdocs.yml adds is not known here: it is
trusted like code, and is not loaded. So a dead link is a warning.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from apiguide.checks.docs.page_markdown import PageMarkdown
from apiguide.checks.docs.texts import EmptyLink
from apiguide.checks.references.symbols import LISTED, Symbols
from apiguide.docs import DocsPage
from apiguide.docs_macros import Call, CallError, call_anchors
from apiguide.folders import DOCS
from apiguide.problems import Mark, Problem, did_you_mean, listing
from apiguide.rule import WarningRule
from apiguide.view import GuideView


class DeadLink(WarningRule):
    """A link on a page points to something that does not exist, or not in every release that has the page."""


_USUAL = "write the file's path from this page, as in `faq.md`"
_NO_ADDRESS = "write one, or the words alone"
_HAS_LINK = re.compile(r"\]\(|\]:")


class PageLinks:
    """The links of hand-written pages, which are given by path."""

    def __init__(
        self,
        markdown: PageMarkdown,
        root: Path,
        symbols: Symbols,
        views: Mapping[str, GuideView],
    ) -> None:
        self.markdown = markdown
        self.docs = markdown.docs
        self.folder = root / DOCS
        self.symbols = symbols
        self.views = views
        self.urls = {page.url for page, _ in self.docs.values()}
        self._anchors: dict[str, frozenset[str]] = {}
        self._calls_anchors: dict[str, frozenset[str]] = {}

    def problems(self) -> Iterator[Problem]:
        """Links that lead nowhere."""
        for path, (page, parts) in self.docs.items():
            if not any(isinstance(part, str) and _HAS_LINK.search(part) for part in parts):
                continue
            for words in self.markdown.empty_links(path):
                message = f"the link `{words}` has no address"
                yield EmptyLink.at(_location(page, f"[{words}]()", ("",)), message, _NO_ADDRESS)
            for link in self.markdown.links(path):
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
        if not link or parts.scheme or parts.netloc or target.startswith("/") or "\ue000" in link:
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
            self._anchors[file] = self.markdown.ids(file)
        return self._anchors[file]


def _location(page: DocsPage, link: str, befores: Sequence[str] = ("(", "(<", ": ", '"')) -> Mark:
    """Where a link stands in its page, after one of some texts; the whole page where it is not as it is."""
    for number, line in enumerate(page.source.lines[page.first_line - 1 :], page.first_line):
        for before in befores:
            start = line.find(f"{before}{link}")
            if start >= 0:
                column = start + len(before) + 1
                return Mark(page.source, number, column, number, column + len(link))
    return Mark(page.source, page.first_line, 1, len(page.source.lines), 1)

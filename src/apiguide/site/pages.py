"""MkDocs pages whose content is finished before MkDocs sees them, so that they cost no Markdown pass.

MkDocs and its themes print titles and metadata as HTML, so texts are escaped on their way in.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from posixpath import join, normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from weakref import WeakKeyDictionary

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from apiguide.rendering.render import Heading, RenderedPage, Renderer

if TYPE_CHECKING:
    from collections.abc import Sequence


class GuidePage(Page):
    """A page of the reference."""

    def __init__(self, id_: str, title: str, file: File, config: MkDocsConfig, renderer: Renderer) -> None:
        super().__init__(escape(title), file, config)
        self.id = id_
        self.renderer = renderer
        self.rendered: RenderedPage | None = None

    def read_source(self, config: MkDocsConfig) -> None:
        """Renders the page; what MkDocs reads is only its metadata."""
        self.rendered = self.renderer.page(self.id)
        self.markdown = ""
        self.meta = {
            "title": escape(self.rendered.title),
            "description": escape(self.rendered.description),
            "search": {"exclude": True},
        }

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Hands over content, table of contents, and what MkDocs needs to check links to anchors."""
        assert self.rendered is not None, "MkDocs reads a page before it renders it"
        self.content = self.rendered.html
        self.toc = table_of_contents(self.rendered.headings)
        self.present_anchor_ids = set(self.rendered.anchors)
        self.links_to_anchors = self._links_to_anchors(files)

    def _links_to_anchors(self, files: Files) -> dict[File, dict[str, str]]:
        assert self.rendered is not None, "MkDocs reads a page before it renders it"
        by_url = _by_url(files)
        links: dict[File, dict[str, str]] = {}
        for link in self.rendered.links:
            parts = urlsplit(link)
            if not parts.fragment or parts.scheme or parts.netloc:
                continue
            url = self.url if not parts.path else _resolved(self.url, parts.path)
            target = by_url.get(url)
            if target is not None:
                links.setdefault(target, {})[unquote(parts.fragment)] = link
        return links


_FILES: WeakKeyDictionary[Files, dict[str, File]] = WeakKeyDictionary()


def _by_url(files: Files) -> dict[str, File]:
    """The pages of a site by their URLs."""
    if files not in _FILES:
        _FILES[files] = {file.url: file for file in files.documentation_pages()}
    return _FILES[files]


def _resolved(base: str, path: str) -> str:
    url = normpath(join(f"/{base}", path)).lstrip("/")
    return f"{url}/" if url else "./"


def table_of_contents(headings: Iterable[Heading]) -> TableOfContents:
    """The headings below the title as MkDocs' nested links; the title stands at the top, as MkDocs has it."""
    roots: list[AnchorLink] = []
    open_: list[AnchorLink] = []
    for heading in headings:
        link = AnchorLink(escape(heading.text), heading.id, heading.level)
        while open_ and open_[-1].level >= heading.level:
            open_.pop()
        siblings: Sequence[AnchorLink] = open_[-1].children if open_ else roots
        assert isinstance(siblings, list), "MkDocs keeps links in lists"
        siblings.append(link)
        open_.append(link)
    return TableOfContents(roots)

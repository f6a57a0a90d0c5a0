"""MkDocs pages whose content is finished before MkDocs sees them, so that they cost no Markdown pass.

MkDocs and its themes print titles and metadata as HTML, so texts are escaped on their way in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from apiguide.anchors import NAMES, NEWS, page_url
from apiguide.rendering.render import RenderedPage, Renderer
from apiguide.rendering.search_entry import SearchEntry
from apiguide.rendering.templates import Heading

if TYPE_CHECKING:
    from collections.abc import Sequence

BEGIN, END = "<!-- content -->", "<!-- end of content -->"
"""What stands around the content of pages, so that other content can be put in its place."""


@dataclass(frozen=True)
class Summary:
    """What the rest of a site needs to know of a page that was written in another process."""

    search: SearchEntry
    anchors: frozenset[str]
    examples: tuple[str, ...]
    """The digests of its curl lines."""


class GuidePage(Page):
    """A page of the reference."""

    def __init__(
        self,
        id_: str,
        title: str,
        file: File,
        config: MkDocsConfig,
        renderer: Renderer,
        *,
        template: str,
        around: Callable[[str, str], str] = lambda content, url: content,
        made: RenderedPage | None = None,
    ) -> None:
        """`around` adds links to other releases to the content of a URL; `made` is content made already."""
        super().__init__(escape(title), file, config)
        self.id = id_
        self.renderer = renderer
        self.template = template
        self.around = around
        self.made = made
        self.rendered: RenderedPage | None = None
        self.is_deferred = False
        """Whether content is made when the page is written, or is never asked for."""
        self.summary: Summary | None = None

    def read_source(self, config: MkDocsConfig) -> None:
        """Tells MkDocs the page's metadata, all that it reads of it."""
        parent, _, part = self.id.partition("/")
        self.markdown = ""
        self.meta = {
            "title": self.title,
            "description": escape(self.renderer.description(self.id)),
            "search": {"exclude": True},
            "template": self.template,
            "part_of": page_url(parent) if parent in (NEWS, NAMES) and part else None,
        }

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Hands over content, table of contents, and the anchors to which pages of docs/ may link."""
        if self.is_deferred:
            self.content, self.toc = "", TableOfContents([])
        else:
            self.fill()
            self.summarized(self.summarize())

    def fill(self) -> None:
        """Renders the content."""
        self.rendered = self.made or self.renderer.page(self.id)
        foot = self.renderer.foot(self.rendered)
        self.content = self.around(f"{BEGIN}\n{self.rendered.html}\n{foot}{END}\n", self.url)
        self.toc = table_of_contents(self.rendered.headings)

    def summarize(self) -> Summary:
        """What the rest of the site needs to know of the page."""
        assert self.rendered is not None, "a page is rendered before it is summed up"
        digests = tuple(each for example in self.rendered.examples for each in example)
        return Summary(self.rendered.search, self.rendered.anchors, digests)

    def summarized(self, summary: Summary) -> None:
        """Takes over what is known of the page."""
        self.summary = summary
        self.present_anchor_ids = set(summary.anchors)

    @staticmethod
    def search_entry(summary: Summary) -> dict[str, str]:
        """The page's entry in the search index, whose page shows title and text as HTML."""
        entry = summary.search
        text = "".join(f"<p>{escape(each)}</p>" for each in (entry.summary, *entry.paragraphs) if each)
        return {"location": entry.url, "title": escape(entry.title), "text": text}


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

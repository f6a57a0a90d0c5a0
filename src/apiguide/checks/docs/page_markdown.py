"""Hand-written pages as the HTML that MkDocs' Markdown makes of them.

What mkdocs.yml adds is not known here: it is trusted like code, and is not loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

from markdown import Markdown
from markdown.extensions.toc import slugify, slugify_unicode

from apiguide.docs import DocsPage
from apiguide.docs_macros import Call, with_tokens

Parts = list[str | Call]

_BRACKETS = 200
"""Text with more of them is read in pieces: the time that takes grows with the square of their number."""
_PIECES = 50
"""So many pieces of a page are read, and those that have a reference in them."""
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_TAG = re.compile(r"<[^<>]*>")
_ID = re.compile(r'\s(?:id|name)="([^"]*)"', re.IGNORECASE)
_HREF = re.compile(r'<a\b[^<>]*?\shref="([^"]*)"', re.IGNORECASE)
_SOURCE = re.compile(r'<img\b[^<>]*?\ssrc="([^"]*)"', re.IGNORECASE)
_EMPTY = re.compile(r'<a href=""(?: title="[^"]*")?>(.+?)</a>', re.DOTALL)


class PageMarkdown:
    """Reads hand-written pages; keeps what it has made of each."""

    def __init__(self, docs: Mapping[str, tuple[DocsPage, Parts]]) -> None:
        """`docs` are the pages by their paths, each with its text and its macro calls."""
        self.docs = docs
        self._markdown = _markdown()
        self._html: dict[str, str] = {}

    def links(self, path: str) -> list[str]:
        """Where the links and images of a page lead, as they are written, each once."""
        html = self._of(path)
        return [*dict.fromkeys(map(unescape, (*_HREF.findall(html), *_SOURCE.findall(html))))]

    def empty_links(self, path: str) -> list[str]:
        """The words of the page's links that have no address, but for those that only have an id."""
        return [unescape(_TAG.sub("", words)) for words in _EMPTY.findall(self._of(path))]

    def ids(self, path: str) -> frozenset[str]:
        """The ids of a page's headings, and of whatever else has one in its Markdown."""
        return frozenset(map(unescape, _ID.findall(self._of(path))))

    def _of(self, path: str) -> str:
        if path not in self._html:
            text, _ = with_tokens(self.docs[path][1])
            self._html[path] = "".join(map(self._converted, _pieces(text)))
        return self._html[path]

    def _converted(self, text: str) -> str:
        """Markdown as HTML, an id for each heading; nothing where Markdown cannot follow it."""
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


def _pieces(text: str) -> Iterator[str]:
    """A page's text; in pieces that end with a paragraph, where it has too many brackets."""
    if text.count("[") <= _BRACKETS:
        yield text
        return
    piece: list[str] = []
    brackets = number = 0
    for paragraph in (*_paragraphs(text), None):
        more = paragraph.count("[") if paragraph is not None else 0
        if paragraph is None or brackets + more > _BRACKETS:
            joined = "\n\n".join(piece)
            number += 1
            if brackets <= _BRACKETS and (number <= _PIECES or "ref:" in joined.lower()):
                yield joined
            piece, brackets = [], 0
        if paragraph is not None:
            piece.append(paragraph)
            brackets += more


def _paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of a text; a block of code between fences is one."""
    paragraph: list[str] = []
    fence = ""
    for line in text.split("\n"):
        if fence:
            fence = "" if line.strip().startswith(fence) else fence
        elif opening := _FENCE.match(line):
            fence = opening[1]
        elif not line.strip() and paragraph:
            yield "\n".join(paragraph)
            paragraph = []
            continue
        paragraph.append(line)
    yield "\n".join(paragraph)

"""Writers' Markdown to HTML that is safe to show: no raw HTML, no scripts, nothing loaded from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape, unescape

import nh3
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup

from apiguide.commonmark import SCHEMES, Parser, is_plain, is_root_relative, parsed, scheme

_TAGS = {
    *("p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "a", "ul", "ol", "li"),
    *("h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "code": {"class"}, "ol": {"start"}}
ALIGNED = {"left": "ag-start", "center": "ag-center", "right": "ag-end"}
"""The classes of a table's cells, by where they stand where writing runs from left to right."""
_CLASSES = {"th": {*ALIGNED.values()}, "td": {*ALIGNED.values()}}
_FIRST_HEADING = 3
"""The level of a text's highest heading: those above are of the page."""
_REF = re.compile(
    r'<a\b((?:[^">]|"[^"]*")*?) href="ref:([^"]*)"((?:[^">]|"[^"]*")*)>(.*?)</a>', re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r'<(?:[^>"]|"[^"]*")+>')
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_END = re.compile(r"(?<![a-z]\.[a-z])[.!?](?=\s|\Z)")
"""The end of a sentence; not that of `e.g.`."""


class Prose:
    """Renders CommonMark with tables; keeps its parser and what it has rendered, since both cost time."""

    def __init__(self, links_base: str | None = None) -> None:
        """`links_base` is what root-relative links are relative to."""
        self.links_base = links_base
        self._parser = Parser()
        self._renderer = RendererHTML()
        self._done: dict[str, str] = {}

    def block(self, text: str) -> str:
        """The text as HTML blocks, with `ref:` links still unresolved."""
        if text not in self._done:
            if is_plain(text):
                self._done[text] = f"<p>{text}</p>"
            else:
                self._done[text] = self._rendered(text)
        return self._done[text]

    def inline(self, text: str) -> str:
        """The text as HTML without a paragraph around it, where it is only one."""
        html = self.block(text)
        single = html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1
        return html[3:-4] if single else html

    def _rendered(self, text: str) -> str:
        tokens = parsed(self._parser, text)
        if tokens is None:
            return f"<p>{escape(text, quote=False).strip()}</p>"
        self._settle(tokens)
        html = self._renderer.render(tokens, self._parser.options, {})
        cleaned = nh3.clean(
            html,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            allowed_classes=_CLASSES,
            url_schemes={*SCHEMES},
            link_rel=None,
        )
        return cleaned.strip()

    def _settle(self, tokens: Sequence[Token]) -> None:
        """Changes tokens so that what they are rendered to is what pages show."""
        highest = min((int(token.tag[1:]) for token in tokens if token.type == "heading_open"), default=6)
        lower = max(_FIRST_HEADING - highest, 0)
        for token in tokens:
            if token.type in ("heading_open", "heading_close"):
                token.tag = f"h{min(int(token.tag[1:]) + lower, 6)}"
            elif token.type in ("th_open", "td_open") and token.attrs:
                # A style would be refused by a Content-Security-Policy.
                token.attrs = {"class": ALIGNED[str(token.attrs["style"]).partition(":")[2]]}
            elif token.children:
                token.children = [*self._shown(token.children)]

    def _shown(self, tokens: Sequence[Token]) -> Iterator[Token]:
        """The tokens of a line, with HTML as text, of images their words, and without links to nowhere."""
        is_link = True
        for token in tokens:
            if token.type == "html_inline":
                token.type = "text"
            elif token.type == "image":
                inside = [*self._shown(token.children or ())]
                words = self._renderer.renderInlineAsText(inside, self._parser.options, {})
                token.type, token.content = "text", words
            elif token.type == "link_open":
                address = self._address(str(token.attrs["href"]))
                is_link = address is not None
                token.attrs["href"] = address or ""
            if token.type in ("link_open", "link_close") and not is_link:
                # What stands between < and > is shown as it is typed: it may be a name, as in XML.
                is_open = token.type == "link_open"
                token.content = ("<" if is_open else ">") if token.markup == "autolink" else ""
                token.type = "text"
            yield token

    def _address(self, typed: str) -> str | None:
        """Where a link leads, as HTML has it; None where it leads nowhere."""
        kind = scheme(typed)
        if not typed or (kind is not None and kind not in SCHEMES):
            return None
        if kind == "ref":
            return f"ref:{typed[4:]}"
        return normalizeLink(based(typed, self.links_base))


def based(address: str, links_base: str | None) -> str:
    """An address, after what root-relative ones are relative to if it is one."""
    return f"{links_base.rstrip('/')}{address}" if links_base and is_root_relative(address) else address


def resolve_refs(html: str, href: Callable[[str], str | None]) -> Markup:
    """The HTML with each `ref:` link made a real one; where `href` knows no target, the link's text stays."""

    def link(match: re.Match[str]) -> str:
        before, target, after, words = match.groups()
        address = href(unescape(target))
        return f'<a{before} href="{Markup.escape(address)}"{after}>{words}</a>' if address else words

    return Markup(_REF.sub(link, html) if "ref:" in html.lower() else html)


def plain(html: str) -> str:
    """The text that a reader sees of some HTML."""
    apart = html.replace("<pre>", " <pre>")  # nothing else stands between it and the words of an item
    return " ".join(unescape(_TAG.sub("", apart)).split())


def summary(html: str) -> str:
    """The first sentence of the first paragraph of some HTML; of all of it where it has none."""
    paragraph = _PARAGRAPH.search(html)
    return first_sentence(plain(paragraph[1] if paragraph else html))


def first_sentence(text: str) -> str:
    """The first sentence of a plain text."""
    end = _END.search(text)
    return text[: end.end()] if end else text

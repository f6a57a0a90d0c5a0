"""Writers' Markdown to HTML that is safe to show: no raw HTML, no scripts, nothing loaded from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape

import nh3
from markdown import Markdown
from markupsafe import Markup

BRACKETS = 200
"""More of them in a text are not read as links: the time that takes grows with the square of their number."""
LENGTH = 8_000
"""A longer text is not read as Markdown: the time that takes can grow with the square of its length."""

_TAGS = {
    *("p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "a", "ul", "ol", "li"),
    *("h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "code": {"class"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto", "ref"}
_PLAIN = re.compile(r"[A-Za-z0-9 ,.;:'()/%+-]*\Z")
"""Texts in which Markdown finds nothing to do, as long as they begin with a letter and stay on one line."""
_DEEP = re.compile(r"^(?:(?: {4}|\t){25}|(?:[>*+-][ \t]*){25}[^>*+\s-])", re.MULTILINE)
"""Lines in more lists inside lists, or quotes inside quotes, than Markdown can follow."""
_IMAGE = re.compile(r'<img\b(?:[^>"]|"[^"]*")*?\balt="([^"]*)"(?:[^>"]|"[^"]*")*>')
_DEAD = re.compile(r'<a((?: title="[^"]*")?)>(.*?)</a>', re.DOTALL)
_REF = re.compile(r'<a href="ref:([^"]*)"((?: title="[^"]*")?)>(.*?)</a>', re.DOTALL)
_REF_SCHEME = re.compile(r'(?<=<a href=")ref:', re.IGNORECASE)
_HREF = re.compile(r'<a href="([^"]*)"')
_TAG = re.compile(r'<(?:[^>"]|"[^"]*")+>')
_END = re.compile(r"(?<![a-z]\.[a-z])[.!?](?=\s|\Z)")
"""The end of a sentence; not that of `e.g.`."""


@dataclass(frozen=True)
class Loss:
    """What the HTML of a text goes without."""

    kind: str
    """`image`, `link` (its words stay) or `markup` (all of it)."""
    words: str = ""
    """The words of the link, the alternative of the image."""


class Prose:
    """Renders Markdown; keeps one Markdown instance and what it has rendered, since both cost time."""

    def __init__(self) -> None:
        self._markdown = _markdown()
        self._done: dict[str, str] = {}
        self._losses: dict[str, tuple[Loss, ...]] = {}

    def block(self, text: str) -> str:
        """The text as HTML blocks, with `ref:` links still unresolved."""
        if text not in self._done:
            if text[:1].isalpha() and _PLAIN.match(text):
                self._done[text] = f"<p>{text}</p>"
            else:
                self._done[text] = self._rendered(text)
        return self._done[text]

    def inline(self, text: str) -> str:
        """The text as HTML without a paragraph around it, where it is only one."""
        html = self.block(text)
        single = html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1
        return html[3:-4] if single else html

    def losses(self, text: str) -> tuple[Loss, ...]:
        """What the writer of the text meant to be shown and is not."""
        self.block(text)
        return self._losses.get(text, ())

    def _rendered(self, text: str) -> str:
        html = self._converted(text)
        if html is None:
            self._losses[text] = (Loss("markup"),)
            return f"<p>{escape(text, quote=False).strip()}</p>"
        losses = [Loss("image", unescape(words)) for words in _IMAGE.findall(html)]
        html = nh3.clean(
            _IMAGE.sub(r"\1", html), tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None
        )
        losses += [Loss("link", plain(words)) for _, words in _DEAD.findall(html)]
        if losses:
            self._losses[text] = tuple(losses)
        return _REF_SCHEME.sub("ref:", _DEAD.sub(r"\2", html)).strip()

    def _converted(self, text: str) -> str | None:
        """What Markdown makes of the text; None where it cannot follow it."""
        if not is_read(text):
            return None
        try:
            return self._markdown.reset().convert(text)
        except RecursionError:
            self._markdown = _markdown()  # The old one is left in the midst of its lists.
            return None


def is_read(text: str) -> bool:
    """Whether a text is read as Markdown, and not shown as it stands."""
    return len(text) <= LENGTH and text.count("[") <= BRACKETS and not _DEEP.search(text)


def may_lead(text: str) -> bool:
    """Whether a text may hold a link or an image."""
    return "[" in text or "<" in text


def _markdown() -> Markdown:
    """Markdown in which raw HTML is text."""
    markdown = Markdown(extensions=["tables", "fenced_code", "sane_lists"], output_format="html")
    markdown.preprocessors.deregister("html_block")
    markdown.inlinePatterns.deregister("html")
    return markdown


def resolve_refs(html: str, href: Callable[[str], str | None]) -> Markup:
    """The HTML with each `ref:` link made a real one; where `href` knows no target, the link's text stays."""

    def link(match: re.Match[str]) -> str:
        target = href(unescape(match[1]))
        return f'<a href="{Markup.escape(target)}"{match[2]}>{match[3]}</a>' if target else match[3]

    return Markup(_REF.sub(link, html) if "ref:" in html else html)


def links(html: str) -> list[str]:
    """Where the links in a rendered text lead, as they are written."""
    return [unescape(target) for target in _HREF.findall(html)]


def refs(html: str) -> list[str]:
    """The targets of the `ref:` links in a rendered text."""
    return [target.removeprefix("ref:") for target in links(html) if target.startswith("ref:")]


def plain(html: str) -> str:
    """The text that a reader sees of some HTML."""
    return " ".join(unescape(_TAG.sub("", html)).split())


def first_sentence(text: str) -> str:
    """The first sentence of a plain text."""
    end = _END.search(text)
    return text[: end.end()] if end else text

"""Texts of reference/ as tokens of CommonMark with tables, by the one parser that pages and checks share."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

BRACKETS = 1_000
"""A text with more of them is not read as Markdown: each costs time."""
LENGTH = 100_000
"""A longer text is not read as Markdown."""
SCHEMES = frozenset(("http", "https", "mailto", "ref"))
"""Where links may lead."""

_DEPTH = 100
"""As many blocks may stand inside each other; the parser drops what is deeper."""
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ,.;:'()/%+-]*\Z")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*(?=:)")


class Parser(MarkdownIt):
    """The parser. HTML becomes tokens; addresses of links stay as they are typed, whatever their scheme.

    Unless `joined`, what is escaped has tokens of its own, so that the place of each token can be told.
    """

    def __init__(self, *, joined: bool = True) -> None:
        super().__init__("commonmark", {"html": True, "maxNesting": _DEPTH})
        self.enable("table")
        self.disable(["html_block"] if joined else ["html_block", "text_join"])

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        """The address itself."""
        return url

    def validateLink(self, url: str) -> bool:  # noqa: N802
        """That it is a link: pages and checks see to those that must not be shown."""
        return True


def parsed(parser: Parser, text: str) -> list[Token] | None:
    """The tokens of a text; None where it is not read, and is to be shown as it stands."""
    if is_too_long(text):
        return None
    try:
        tokens = parser.parse(text)
    except RecursionError:
        return None
    return None if any(token.level >= _DEPTH - 1 for token in tokens) else tokens


def is_plain(text: str) -> bool:
    """Whether a text is a line in which the parser would find nothing to do."""
    return bool(_PLAIN.match(text))


def is_too_long(text: str) -> bool:
    """Whether a text is too long to be read, or has too many brackets."""
    return len(text) > LENGTH or text.count("[") > BRACKETS


def scheme(address: str) -> str | None:
    """The scheme of an address, in small letters; None where it is relative."""
    found = _SCHEME.match(address)
    return found[0].lower() if found else None


def is_root_relative(address: str) -> bool:
    """Whether an address is a path from the root of its host, as in `/docs`."""
    return address.startswith("/") and not address.startswith("//")

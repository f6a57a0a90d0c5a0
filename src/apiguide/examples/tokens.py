"""Written code as tokens: its text, and its highlighted HTML with Pygments' classes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from pygments.token import STANDARD_TYPES
from pygments.token import _TokenType as Kind

Token = tuple[Kind, str]
"""A piece of code with Pygments' token type."""
Tokens = list[Token]


def text(tokens: Iterable[Token]) -> str:
    """The code itself."""
    return "".join(piece for _, piece in tokens)


def html(tokens: Iterable[Token]) -> str:
    """The code as HTML, escaped, with a span of Pygments' class around neighbours of one kind."""
    parts = []
    last: Kind | None = None
    pending = ""
    for kind, piece in tokens:
        if kind is last:
            pending += piece
            continue
        if last is not None:
            parts.append(_span(last, pending))
        last, pending = kind, piece
    if last is not None:
        parts.append(_span(last, pending))
    return "".join(parts)


@lru_cache(maxsize=50_000)
def _span(kind: Kind, code: str) -> str:
    """Code of one kind as HTML; names and punctuation stand in it over and over."""
    shown = escape(code, quote=False)
    name = STANDARD_TYPES.get(kind, "")
    return f'<span class="{name}">{shown}</span>' if name and not shown.isspace() else shown

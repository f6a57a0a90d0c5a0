"""Written code as tokens: its text, and its highlighted HTML with Pygments' classes."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby
from operator import itemgetter

from pygments.token import STANDARD_TYPES
from pygments.token import _TokenType as Kind

Tokens = list[tuple[Kind, str]]
"""Pieces of code with Pygments' token types."""


def text(tokens: Iterable[tuple[Kind, str]]) -> str:
    """The code itself."""
    return "".join(piece for _, piece in tokens)


def html(tokens: Iterable[tuple[Kind, str]]) -> str:
    """The code as HTML, escaped, with a span of Pygments' class around neighbours of one kind."""
    parts = []
    for kind, group in groupby(tokens, key=itemgetter(0)):
        shown = escape("".join(piece for _, piece in group), quote=False)
        name = STANDARD_TYPES.get(kind, "")
        parts.append(f'<span class="{name}">{shown}</span>' if name and not shown.isspace() else shown)
    return "".join(parts)

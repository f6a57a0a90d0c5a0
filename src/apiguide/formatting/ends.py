"""Ends of lines and of the file: no spaces at the first, one newline at the other."""

from __future__ import annotations

import re

from apiguide.formatting.layout import Node, Scalar, nodes

_AT_END = re.compile(r"[ \t]+(?=\r?\n|\r|\Z)")
_EMPTY_LINES = re.compile(r"(?:\r\n|\n|\r)+\Z")
_HEADER = re.compile(r"[|>][0-9]?[+]?")


def without_spaces(text: str, root: Node) -> str:
    """The text without spaces at the ends of its lines, but for those inside a text of several lines."""
    texts = [
        (node.start.index, node.end.index)
        for node in _scalars(root)
        if node.is_block or node.start.line != node.end.line
    ]

    def stripped(match: re.Match[str]) -> str:
        is_inside = any(start <= match.start() < end for start, end in texts)
        return match[0] if is_inside else ""

    return _AT_END.sub(stripped, text)


def with_newline(text: str, root: Node) -> str:
    """The text with one newline at its end.

    A text below a `|` that ends where the file does, without a newline, has none: `|-` says so. One below a
    `|+` has all that come.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    last = next((node for node in _scalars(root) if node.is_block and node.end.index == len(text)), None)
    ends_in_newline = bool(_EMPTY_LINES.search(text))
    if last is not None and not ends_in_newline:
        header = _HEADER.match(text, last.start.index)
        if header is not None and not text.startswith("-", header.end()):
            text = f"{text[: header.start()]}{header[0].rstrip('+')}-{text[header.end() :]}"
    elif last is not None and last.keeps_lines(text):
        return text
    return _EMPTY_LINES.sub("", text) + newline


def _scalars(root: Node) -> list[Scalar]:
    return [node for node in nodes(root) if isinstance(node, Scalar)]

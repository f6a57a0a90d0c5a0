"""Quotes around texts that an editor would take for something else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from apiguide.formatting.layout import Node, Scalar, nodes
from apiguide.formatting.shapes import Kind

_NO_TEXT = re.compile(
    r"(?:true|True|TRUE|false|False|FALSE"
    r"|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\Z"
)
"""What is no text by the core schema of YAML 1.2 (§10.3.2), but for null, which is none in a guide either."""
_NULL = ("null", "~")
"""Of these the model knows what is meant."""
_OTHER_NULLS = ("Null", "NULL")
"""Null to an editor, and a text to the model."""


def quoted(text: str, root: Node) -> str:
    """The text with quotes around all releases, and around texts that YAML 1.2 takes for something else."""
    for scalar in reversed(list(_to_quote(root))):
        start, end = scalar.start.index, scalar.end.index
        inside = text[start:end].replace("\\", "\\\\").replace('"', '\\"')
        text = f'{text[:start]}"{inside}"{text[end:]}'
    return text


def _to_quote(root: Node) -> Iterator[Scalar]:
    for node in nodes(root):
        if isinstance(node, Scalar) and not node.style and node.value not in _NULL:
            is_other = bool(_NO_TEXT.match(node.value)) or node.value in _OTHER_NULLS
            if node.shape is Kind.RELEASE or (node.shape is Kind.TEXT and is_other):
                yield node

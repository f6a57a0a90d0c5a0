"""Keys in their order inside braces."""

from __future__ import annotations

import re

from apiguide.formatting.layout import Mapping, Node, Scalar, Sequence, nodes
from apiguide.formatting.order import ranks
from apiguide.formatting.shapes import Keys


def sorted_flows(text: str, root: Node) -> str:
    """The text with the keys of each mapping in braces in their order.

    Entries change places and what stands between them stays, so that lines are as long as before. A mapping
    of several lines with comments stays as it is: nobody can tell which entries they are about.
    """
    return text[: root.start.index] + _rendered(text, root) + text[root.end.index :]


def _rendered(text: str, node: Node) -> str:
    """The text of a node with all mappings inside it sorted."""
    if isinstance(node, Mapping):
        spans = [(key.start.index, value.end.index) for key, value in node.entries]
        inside = [
            text[key.start.index : value.start.index] + _rendered(text, value) for key, value in node.entries
        ]
    elif isinstance(node, Sequence):
        spans = [(item.start.index, item.end.index) for item in node.items]
        inside = [_rendered(text, item) for item in node.items]
    else:
        spans, inside = [], []
    starts, ends = zip(*spans, strict=True) if spans else ((), ())
    between = [
        text[end:start]
        for end, start in zip((node.start.index, *ends), (*starts, node.end.index), strict=True)
    ]
    if isinstance(node, Mapping) and isinstance(node.shape, Keys) and _can_move(text, node):
        rank = ranks([key.value for key, _ in node.entries], node.shape.order)
        inside = [inside[index] for index in sorted(range(len(inside)), key=rank.__getitem__)]
    return between[0] + "".join(each + after for each, after in zip(inside, between[1:], strict=True))


def _can_move(text: str, node: Mapping) -> bool:
    """Whether a mapping is in braces, and no comment stands inside it or after it in its last line."""
    if not node.is_flow or node.start.line == node.end.line:
        return node.is_flow
    at, between = node.start.index, []
    for each in nodes(node):
        if isinstance(each, Scalar):
            between.append(text[at : each.start.index])
            at = each.end.index
    between.append(text[at : node.end.index])
    between += re.split(r"[\r\n]", text[node.end.index :], maxsplit=1)[:1]
    return not any("#" in each for each in between)

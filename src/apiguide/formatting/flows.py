"""Keys in their order inside braces."""

from __future__ import annotations

from apiguide.formatting.layout import Mapping, Node, Sequence
from apiguide.formatting.order import ranks
from apiguide.formatting.shapes import Keys


def sorted_flows(text: str, root: Node) -> str:
    """The text with the keys of each mapping in braces in their order.

    Entries change places and what stands between them stays, so that lines are as long as before. A mapping
    with comments between its entries stays as it is: nobody can tell which of them a comment is about.
    """
    return text[: root.start.index] + _written(text, root) + text[root.end.index :]


def _written(text: str, node: Node) -> str:
    """The text of a node with all mappings inside it sorted."""
    if isinstance(node, Mapping):
        spans = [(key.start.index, value.end.index) for key, value in node.entries]
        inside = [
            text[key.start.index : value.start.index] + _written(text, value) for key, value in node.entries
        ]
    elif isinstance(node, Sequence):
        spans = [(item.start.index, item.end.index) for item in node.items]
        inside = [_written(text, item) for item in node.items]
    else:
        spans, inside = [], []
    starts, ends = zip(*spans, strict=True) if spans else ((), ())
    between = [
        text[end:start]
        for end, start in zip((node.start.index, *ends), (*starts, node.end.index), strict=True)
    ]
    has_comments = any("#" in each for each in between)
    if isinstance(node, Mapping) and node.is_flow and isinstance(node.shape, Keys) and not has_comments:
        rank = ranks([key.value for key, _ in node.entries], node.shape.order)
        inside = [inside[index] for index in sorted(range(len(inside)), key=rank.__getitem__)]
    return between[0] + "".join(each + after for each, after in zip(inside, between[1:], strict=True))

"""Keys in their order inside braces."""

from __future__ import annotations

import re

from apiguide.formatting.layout import Mapping, Node, Scalar, Sequence, nodes
from apiguide.formatting.order import ranks
from apiguide.formatting.shapes import Keys

_END_OF_LINE = re.compile(r"[\r\n]")


def sorted_flows(text: str, root: Node) -> str:
    """The text with the keys of each mapping in braces in their order.

    Entries change places and what stands between them stays, so that lines are as long as before. A mapping
    of several lines with comments stays as it is: nobody can tell which entries they are about.
    """
    comments = _comments(text, root)
    return text[: root.start.index] + _rendered(text, root, comments) + text[root.end.index :]


def _rendered(text: str, node: Node, comments: list[int]) -> str:
    """The text of a node with all mappings inside it sorted."""
    if isinstance(node, Mapping):
        spans = [(key.start.index, value.end.index) for key, value in node.entries]
        inside = [
            text[key.start.index : value.start.index] + _rendered(text, value, comments)
            for key, value in node.entries
        ]
    elif isinstance(node, Sequence):
        spans = [(item.start.index, item.end.index) for item in node.items]
        inside = [_rendered(text, item, comments) for item in node.items]
    else:
        spans, inside = [], []
    starts, ends = zip(*spans, strict=True) if spans else ((), ())
    between = [
        text[end:start]
        for end, start in zip((node.start.index, *ends), (*starts, node.end.index), strict=True)
    ]
    if isinstance(node, Mapping) and isinstance(node.shape, Keys) and _can_move(text, node, comments):
        rank = ranks([key.value for key, _ in node.entries], node.shape.order)
        inside = [inside[index] for index in sorted(range(len(inside)), key=rank.__getitem__)]
    return between[0] + "".join(each + after for each, after in zip(inside, between[1:], strict=True))


def _can_move(text: str, node: Mapping, comments: list[int]) -> bool:
    """Whether a mapping is in braces, and no comment stands inside it or after it in its last line."""
    if not node.is_flow or node.start.line == node.end.line:
        return node.is_flow
    rest = _END_OF_LINE.search(text, node.end.index)
    end = rest.start() if rest else len(text)
    return not any(node.start.index <= at < end for at in comments)


def _comments(text: str, root: Node) -> list[int]:
    """Where comments begin: at each `#` that stands in no scalar."""
    scalars = [each for each in nodes(root) if isinstance(each, Scalar)]
    scalars += [key for each in nodes(root) if isinstance(each, Mapping) for key, _ in each.entries]
    spans = sorted((each.start.index, each.end.index) for each in scalars)
    starts = [0, *(end for _, end in spans)]
    ends = [*(start for start, _ in spans), len(text)]
    gaps = zip(starts, ends, strict=True)
    return [at for start, end in gaps for at in range(start, end) if text[at] == "#"]

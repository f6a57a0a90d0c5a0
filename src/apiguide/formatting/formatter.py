"""The text of a file in the usual layout, with the same values; or why that cannot be."""

from __future__ import annotations

import codecs

from apiguide.formatting.blocks import sorted_blocks
from apiguide.formatting.ends import with_newline, without_spaces
from apiguide.formatting.flows import sorted_flows
from apiguide.formatting.layout import layout
from apiguide.formatting.quotes import quoted
from apiguide.formatting.shapes import Keys
from apiguide.model import Part
from apiguide.problems import ProblemsError
from apiguide.yaml_source import Document, Map, Node, Seq, Text, load

_STEPS = (quoted, sorted_flows, without_spaces, with_newline, sorted_blocks)


class Unchangeable(Exception):
    """A file whose values another layout would change, so that it stays as it is."""


def formatted(data: bytes, path: str, model: type[Part]) -> bytes:
    """A file's bytes in the usual layout; `model` is what the file holds.

    Raises ProblemsError where they are no YAML that can be read, and Unchangeable where a value would change.
    """
    document = load(data, path)
    if document.problems or document.root is None:
        raise ProblemsError(document.problems)
    if not isinstance(document.root, Map):
        return data
    text = document.source.text
    root = layout(text, Keys(model))
    for step in _STEPS:
        before, text = text, step(text, root)
        if text != before:
            root = layout(text, Keys(model))
    bom = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    new = bom + text.encode()
    if new != data and not _same(document, load(new, path)):
        raise Unchangeable("the file stays as it is: in another layout its values would not be the same")
    return new


def _same(old: Document, new: Document) -> bool:
    return not new.problems and new.root is not None and old.root is not None and _alike(old.root, new.root)


def _alike(old: Node, new: Node) -> bool:
    """Whether two nodes are the same value, in whatever order their keys come."""
    if isinstance(old, Text):
        return isinstance(new, Text) and old == new and old.is_null == new.is_null
    if isinstance(old, Map):
        return (
            isinstance(new, Map)
            and old.keys() == new.keys()
            and all(_alike(old[key], new[key]) for key in old)
        )
    return (
        isinstance(new, Seq)
        and len(old) == len(new)
        and all(_alike(one, other) for one, other in zip(old, new, strict=True))
    )

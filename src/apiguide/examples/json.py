"""Trees of values to JSON (RFC 8259), two spaces a level."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pygments.token import Keyword, Name, Number, Punctuation, String, Text
from pygments.token import _TokenType as Kind

from apiguide.examples.tokens import Tokens
from apiguide.examples.values import Array, Null, Scalar, Structure, Tree
from apiguide.model.scalars import INTEGER

_LITERALS = {
    "integer": Number.Integer,
    "decimal": Number.Float,
    "float": Number.Float,
    "boolean": Keyword.Constant,
}
"""Types whose text JSON carries as it is."""


def write(tree: Tree, dialect: str, *, root: bool = True) -> Tokens:
    """The tree as JSON; in the `rails` dialect a root object and each object in a list is wrapped.

    Without `root`, the tree names what it holds itself, as the body of a request does.
    """
    return list(_value(tree, 0, wraps=dialect == "rails", wrap=root))


def _value(tree: Tree, level: int, *, wraps: bool, wrap: bool) -> Iterator[tuple[Kind, str]]:
    if isinstance(tree, Null):
        yield Keyword.Constant, "null"
    elif isinstance(tree, Scalar):
        yield _scalar(tree)
    elif isinstance(tree, Array):
        yield from _array(tree, level, wraps=wraps)
    elif wraps and wrap and tree.wrapped and tree.name is not None:
        inner = Structure(tree.members)
        yield from _members(((tree.name, inner),), level, wraps=wraps)
    else:
        yield from _members(tree.members, level, wraps=wraps)


def _scalar(scalar: Scalar) -> tuple[Kind, str]:
    literal = None if scalar.json_string else _LITERALS.get(str(scalar.type))
    if literal is None:
        return String.Double, json.dumps(scalar.text, ensure_ascii=False)
    if literal is Number.Float and INTEGER.match(scalar.text):
        literal = Number.Integer
    return literal, scalar.text


def _array(array: Array, level: int, *, wraps: bool) -> Iterator[tuple[Kind, str]]:
    if not array.items:
        yield Punctuation, "[]"
        return
    yield Punctuation, "["
    for index, item in enumerate(array.items):
        if index:
            yield Punctuation, ","
        yield _line(level + 1)
        yield from _value(item, level + 1, wraps=wraps, wrap=True)
    yield _line(level)
    yield Punctuation, "]"


def _members(members: tuple[tuple[str, Tree], ...], level: int, *, wraps: bool) -> Iterator[tuple[Kind, str]]:
    if not members:
        yield Punctuation, "{}"
        return
    yield Punctuation, "{"
    for index, (name, value) in enumerate(members):
        if index:
            yield Punctuation, ","
        yield _line(level + 1)
        yield Name.Tag, json.dumps(name, ensure_ascii=False)
        yield Punctuation, ":"
        yield Text.Whitespace, " "
        yield from _value(value, level + 1, wraps=wraps, wrap=False)
    yield _line(level)
    yield Punctuation, "}"


def _line(level: int) -> tuple[Kind, str]:
    return Text.Whitespace, "\n" + "  " * level

"""Trees of values to JSON (RFC 8259), two spaces a level."""

from __future__ import annotations

import json

from pygments.token import Keyword, Name, Number, Punctuation, String, Text

from apiguide.examples.tokens import Token, Tokens
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
    writer = _Writer(wraps=dialect == "rails")
    writer.value(tree, 0, wrap=root)
    return writer.tokens


class _Writer:
    def __init__(self, *, wraps: bool) -> None:
        self.wraps = wraps
        self.tokens: Tokens = []

    def value(self, tree: Tree, level: int, *, wrap: bool) -> None:
        if isinstance(tree, Null):
            self.tokens.append((Keyword.Constant, "null"))
        elif isinstance(tree, Scalar):
            self.tokens.append(_scalar(tree))
        elif isinstance(tree, Array):
            self._array(tree, level)
        elif self.wraps and wrap and tree.wrapped and tree.name is not None:
            self._members(((tree.name, Structure(tree.members)),), level)
        else:
            self._members(tree.members, level)

    def _array(self, array: Array, level: int) -> None:
        if not array.items:
            self.tokens.append((Punctuation, "[]"))
            return
        for index, item in enumerate(array.items):
            self.tokens += [(Punctuation, "," if index else "["), _line(level + 1)]
            self.value(item, level + 1, wrap=True)
        self.tokens += [_line(level), (Punctuation, "]")]

    def _members(self, members: tuple[tuple[str, Tree], ...], level: int) -> None:
        if not members:
            self.tokens.append((Punctuation, "{}"))
            return
        for index, (name, value) in enumerate(members):
            key = json.dumps(name, ensure_ascii=False)
            self.tokens += [(Punctuation, "," if index else "{"), _line(level + 1), (Name.Tag, key)]
            self.tokens += [(Punctuation, ":"), (Text.Whitespace, " ")]
            self.value(value, level + 1, wrap=False)
        self.tokens += [_line(level), (Punctuation, "}")]


def _scalar(scalar: Scalar) -> Token:
    literal = None if scalar.json_string else _LITERALS.get(str(scalar.type))
    if literal is None:
        return String.Double, json.dumps(scalar.text, ensure_ascii=False)
    if literal is Number.Float and INTEGER.match(scalar.text):
        literal = Number.Integer
    return literal, scalar.text


def _line(level: int) -> Token:
    return Text.Whitespace, "\n" + "  " * level

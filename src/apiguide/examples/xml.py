"""Trees of values to XML 1.0, two spaces a level.

The `rails` dialect is that of ActiveSupport's `to_xml` with its names as they are: `type` attributes for what
is no string, `nil="true"`, lists with `type="array"`. Requests carry `type` on lists alone, since Rails casts
what it reads.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from pygments.token import Comment, Name, String, Text

from apiguide.english import plural
from apiguide.examples.tokens import Tokens
from apiguide.examples.values import Array, Null, Scalar, Structure, Tree

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'

_SPECIAL = re.compile(r"[&<>\r]")
_ENTITY = re.compile(r"(&[^;]*;)")
_TYPED = {each: each for each in ("integer", "boolean", "datetime", "date", "decimal", "float")} | {
    "datetime-local": "datetime"
}
"""What `type` says of each type that is no string; Ruby has one class for times with and without a zone."""


def write(name: str, tree: Tree, dialect: str, *, request: bool = False) -> Tokens:
    """The tree as an element; responses begin with an XML declaration."""
    writer = _Writer(typed=dialect == "rails", request=request)
    if not request:
        writer.tokens += [(Comment.Preproc, DECLARATION), (Text, "\n")]
    writer.element(name, tree, 0)
    return writer.tokens


class _Writer:
    def __init__(self, *, typed: bool, request: bool) -> None:
        self.typed = typed
        self.request = request
        self.tokens: Tokens = []

    def element(self, name: str, tree: Tree, level: int) -> None:
        if isinstance(tree, Null):
            self._tag(name, {"nil": "true"}, "/>")
        elif isinstance(tree, Scalar):
            self._scalar(name, tree)
        elif isinstance(tree, Array):
            attributes = {"type": "array"} if self.typed else {}
            children = tuple((tree.item or name, item) for item in tree.items)
            self._parent(name, attributes, children, level)
        else:
            self._parent(name, {}, tree.members, level)

    def _scalar(self, name: str, scalar: Scalar) -> None:
        shown = scalar.xml_type or _TYPED.get(scalar.type or "")
        self._tag(name, {"type": shown} if shown and self.typed and not self.request else {}, ">")
        if _SPECIAL.search(scalar.text):
            pieces = _ENTITY.split(escape(scalar.text, {"\r": "&#13;"}))
            self.tokens += [(Name.Entity if _ENTITY.match(p) else Text, p) for p in pieces if p]
        elif scalar.text:
            self.tokens.append((Text, scalar.text))
        self.tokens.append((Name.Tag, f"</{name}>"))

    def _parent(
        self, name: str, attributes: dict[str, str], children: tuple[tuple[str, Tree], ...], level: int
    ) -> None:
        if not children:
            self._tag(name, attributes, "/>")
            return
        self._tag(name, attributes, ">")
        for child, tree in children:
            self.tokens.append((Text, "\n" + "  " * (level + 1)))
            self.element(child, tree, level + 1)
        self.tokens += [(Text, "\n" + "  " * level), (Name.Tag, f"</{name}>")]

    def _tag(self, name: str, attributes: dict[str, str], end: str) -> None:
        if not attributes:
            self.tokens.append((Name.Tag, f"<{name}{end}"))
            return
        self.tokens.append((Name.Tag, f"<{name}"))
        for key, value in attributes.items():
            self.tokens += [(Text, " "), (Name.Attribute, f"{key}="), (String, quoteattr(value))]
        self.tokens.append((Name.Tag, end))


def root_of_response(tree: Tree) -> tuple[str, Tree] | None:
    """The root element of a response's body and what it holds; None where XML has no name for it.

    An object that is not wrapped and has a single field has that field as its root: `<errors type="array">`.
    """
    if isinstance(tree, Array):
        if tree.item is None:
            return None
        return tree.plural or plural(tree.item), tree
    if isinstance(tree, Structure):
        if not tree.wrapped and len(tree.members) == 1:
            return tree.members[0]
        return (tree.name, tree) if tree.name else None
    return None

"""Bodies of responses as bytes of JSON or XML, in the dialect of the API.

Written apart from what pages print, on purpose: pages are tried against it.
"""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

from apiguide.english import plural
from apiguide.examples.values import Array, Null, Scalar, Structure, Tree

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NOT_IN_NAMES = re.compile(r"[^\w.-]|^[^\w]|^\d")
_LITERALS = ("integer", "decimal", "float", "boolean")


def body(format_name: str, dialect: str, tree: Tree) -> bytes | None:
    """The body of a response; None where XML has no name for its root."""
    wraps = dialect == "rails"
    if format_name == "json":
        return _json(tree, wraps=wraps, wrap=wraps).encode()
    root = _root(tree)
    if root is None:
        return None
    name, content = root
    element = _element(name, content, typed=wraps)
    declared = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(element, encoding="unicode")}\n'
    )
    return declared.encode()


def _json(tree: Tree, *, wraps: bool, wrap: bool) -> str:
    """A value; `wraps` tells that roots and items are wrapped in the names of their objects."""
    if isinstance(tree, Null):
        return "null"
    if isinstance(tree, Scalar):
        is_literal = tree.type in _LITERALS and not tree.json_string
        return tree.text if is_literal else json.dumps(tree.text, ensure_ascii=False)
    if isinstance(tree, Array):
        return f"[{','.join(_json(item, wraps=wraps, wrap=wraps) for item in tree.items)}]"
    members = (
        f"{json.dumps(name, ensure_ascii=False)}:{_json(value, wraps=wraps, wrap=False)}"
        for name, value in tree.members
    )
    object_ = "{" + ",".join(members) + "}"
    if wrap and tree.wrapped and tree.name is not None:
        return "{" + f"{json.dumps(tree.name, ensure_ascii=False)}:{object_}" + "}"
    return object_


def _root(tree: Tree) -> tuple[str, Tree] | None:
    if isinstance(tree, Array) and tree.item is not None:
        return tree.plural or plural(tree.item), tree
    if isinstance(tree, Structure):
        if not tree.wrapped and len(tree.members) == 1:
            return tree.members[0]
        return (tree.name, tree) if tree.name else None
    return None


def _element(name: str, tree: Tree, *, typed: bool) -> ElementTree.Element:
    element = ElementTree.Element(_NOT_IN_NAMES.sub("_", name) or "_")
    if isinstance(tree, Null):
        element.set("nil", "true")
    elif isinstance(tree, Scalar):
        type_ = tree.xml_type or (tree.type if tree.type not in (None, "string") else None)
        if type_ and typed:
            element.set("type", type_)
        element.text = _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", tree.text)
    elif isinstance(tree, Array):
        if typed:
            element.set("type", "array")
        element.extend([_element(tree.item or name, item, typed=typed) for item in tree.items])
    else:
        element.extend([_element(key, value, typed=typed) for key, value in tree.members])
    return element

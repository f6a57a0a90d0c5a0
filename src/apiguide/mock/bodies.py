"""Bodies of requests as plain values: None, texts, numbers, booleans, lists and mappings."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

DEEPEST = 50
"""The levels to which a body may be nested."""


class MalformedError(Exception):
    """A body, or a part of the address, that cannot be read; the message says why."""


class Number(str):
    """A number as it was written, in JSON."""

    __slots__ = ()


def read(format_name: str, data: bytes) -> Any:
    """What a body in a format holds; of XML, a mapping from the root's name to what it holds.

    Raises MalformedError.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedError("the body is not UTF-8") from error
    try:
        content = _json(text) if format_name == "json" else _xml(text)
    except RecursionError as error:
        raise MalformedError("the body is nested too deeply") from error
    _check(content)
    return content


def _check(content: Any) -> None:
    """Raises MalformedError for what is nested too deeply, and for halves of characters."""
    level = [content]
    for _ in range(DEEPEST):
        inner: list[Any] = []
        for each in level:
            if isinstance(each, str) and any("\ud800" <= sign <= "\udfff" for sign in each):
                raise MalformedError("the body is not Unicode")
            if isinstance(each, dict):
                inner += [*each, *each.values()]
            elif isinstance(each, list):
                inner += each
        level = inner
    if level:
        raise MalformedError("the body is nested too deeply")


def _json(text: str) -> Any:
    try:
        return json.loads(text, parse_int=Number, parse_float=Number, parse_constant=_refused)
    except ValueError as error:
        raise MalformedError(f"the body is not JSON: {error}") from error


def _refused(name: str) -> Any:
    raise ValueError(f"{name} is no value of JSON")


def _xml(text: str) -> Any:
    parser = ElementTree.XMLParser(target=_NoDoctype())
    try:
        parser.feed(text)
        root = parser.close()
    except ElementTree.ParseError as error:
        raise MalformedError(f"the body is not XML: {error}") from error
    return {root.tag: _content(root)}


class _NoDoctype(ElementTree.TreeBuilder):
    """Refuses document types, which can declare entities that grow without end."""

    def doctype(self, *_: object) -> None:
        """Refuses one."""
        raise MalformedError("the body has a document type, which is not allowed")


def _content(element: ElementTree.Element) -> Any:
    """What an element holds, as Rails reads it: children of the same name are a list."""
    if element.get("nil") == "true":
        return None
    if element.get("type") == "array":
        return [_content(child) for child in element]
    if not len(element):
        return element.text or ""
    found: dict[str, list[Any]] = {}
    for child in element:
        found.setdefault(child.tag, []).append(_content(child))
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}

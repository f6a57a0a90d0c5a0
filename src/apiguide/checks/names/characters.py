"""Rules of the characters of names: those of fields and of elements, and of headers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from apiguide.model.forms import TOKEN, VISIBLE
from apiguide.problems import Problem, mark_of
from apiguide.rule import Rule
from apiguide.yaml_source import Map, Seq


class BadName(Rule):
    """A name cannot be sent where it is used."""


class NameWithBrackets(Rule):
    """A name is written with the brackets that it is sent with."""


_XML_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
_BRACKETS = re.compile(r"\[.*\]")


def name_problems(name: str, *, location: str, xml: bool) -> Iterator[Problem]:
    """What is wrong with the name of a field in a place; with `xml`, it is the name of an element too."""
    if _XML_NAME.match(name):
        return  # it can stand anywhere
    bare = _BRACKETS.sub("", name)
    if bare != name and bare:
        meant = "type: array, items: {…}" if name == f"{bare}[]" else "fields: {…}"
        hint = f"write `{bare}: {{{meant}}}`; the brackets are added when it is sent"
        yield NameWithBrackets.at(mark_of(name), f"the name `{name}` has brackets in it", hint)
    elif not VISIBLE.match(name):
        message = f"the name `{name}` has characters other than visible ASCII"
        yield BadName.at(mark_of(name), message, "write it in ASCII, without spaces")
    elif location in ("header", "cookie") and not TOKEN.match(name):
        message = f"`{name}` cannot be the name of a {location}"
        yield BadName.at(mark_of(name), message, "use letters, digits, `-` and `_`")
    elif xml:
        yield from element_problems(name)


def element_problems(name: str) -> Iterator[Problem]:
    """What is wrong with the name of an element of XML."""
    if not _XML_NAME.match(name):
        message = f"`{name}` cannot be the name of an XML element"
        hint = "begin it with a letter; use letters, digits, `_`, `-` and `.`"
        yield BadName.at(mark_of(name), message, hint)


def element_names(node: object) -> Iterator[Problem]:
    """What is wrong with the names inside a value of an example, which become elements of XML."""
    if isinstance(node, Map):
        for name, value in node.items():
            yield from element_problems(name)
            yield from element_names(value)
    elif isinstance(node, Seq):
        for item in node:
            yield from element_names(item)

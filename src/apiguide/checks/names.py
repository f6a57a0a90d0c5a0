"""Rules of names: those of fields and of elements, of headers, and the paths of endpoints."""

from __future__ import annotations

import re
from collections.abc import Iterator

from apiguide.model.endpoint import PLACEHOLDER
from apiguide.model.forms import NAMELESS, PATH_CHARACTER, TOKEN, VISIBLE
from apiguide.problems import Problem, mark_of
from apiguide.rules.names import BadName, NameWithBrackets
from apiguide.rules.requests import BadPath
from apiguide.yaml_source import Map, Seq

_XML_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
_BRACKETS = re.compile(r"\[.*\]")
_UP = re.compile(r"/(?:\.|%2e){1,2}(?:/|\Z)", re.IGNORECASE)
"""Clients take `.` and `..` out of an address (RFC 3986 §5.2.4), however they are written."""
_BRACES = re.compile(r"[{<](\w*)[}>]")


def name_problems(name: str, *, location: str, xml: bool) -> Iterator[Problem]:
    """What is wrong with the name of a field in a place; with `xml`, it is the name of an element too."""
    if _XML_NAME.match(name):
        return  # it can stand anywhere
    bare = _BRACKETS.sub("", name)
    if bare != name and bare:
        meant = "type: array, items: {…}" if name == f"{bare}[]" else "fields: {…}"
        hint = f"write `{bare}: {{{meant}}}`; it is sent with brackets"
        yield NameWithBrackets.at(mark_of(name), f"`{name}` is a name with brackets", hint)
    elif not VISIBLE.match(name):
        message = f"the name `{name}` has other than visible ASCII characters"
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


def path_problems(path: str, extensions: tuple[str, ...]) -> Iterator[Problem]:
    """What is wrong with the path of an endpoint."""
    mark = mark_of(path)
    wrong = dict.fromkeys(c for c in path if not PATH_CHARACTER.match(c))
    extension = next((each for each in extensions if each and path.endswith(each)), None)
    names = PLACEHOLDER.findall(path)
    if "?" in path:
        message, hint = "has a query", "declare what comes after the `?` under `parameters.query`"
    elif _BRACES.search(path):
        message, hint = "has a placeholder in brackets", "write `" + _BRACES.sub(r":\1", path) + "`"
    elif wrong:
        shown = " ".join(f"`{c}`" if c.isprintable() and c != " " else f"U+{ord(c):04X}" for c in wrong)
        message, hint = f"has {shown} in it, which no path has", "percent-encode it, or delete it"
    elif not path.startswith("/"):
        message, hint = "does not begin with /", f"write `/{path}`"
    elif "//" in path:
        message, hint = "has an empty step", "write one / between two steps"
    elif _UP.search(path):
        message, hint = "has a step that leads up or nowhere", "write the path that the API has, without dots"
    elif NAMELESS.search(path):
        message, hint = "has a placeholder without a name", "write `:name`, which begins with a letter"
    elif extension is not None:
        message, hint = f"ends with {extension}", "leave it out: it comes with each format"
    elif len(names) != len(set(names)):
        message, hint = "has the same placeholder twice", "give each a name of its own"
    else:
        return
    yield BadPath.at(mark, f"the path `{path}` {message}", hint)


def element_names(node: object) -> Iterator[Problem]:
    """What is wrong with the names inside a value of an example, which become elements of XML."""
    if isinstance(node, Map):
        for name, value in node.items():
            yield from element_problems(name)
            yield from element_names(value)
    elif isinstance(node, Seq):
        for item in node:
            yield from element_names(item)

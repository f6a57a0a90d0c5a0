"""Holds what a server answered against what a page shows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

from apiguide.proof.printed import Shown


@dataclass(frozen=True)
class Got:
    """What curl brought."""

    status: str
    media_type: str
    body: str


_KINDS = {"json": ("json",), "xml": ("xml",)}


def differences(shown: Shown, got: Got) -> Iterator[str]:
    """What differs between a response that a page shows and the one that came."""
    if shown.status != got.status:
        yield f"the page shows {shown.status}, and {got.status} came"
        return
    if not shown.language:
        if got.body.strip():
            yield "the page shows no body, and one came"
        return
    if not any(got.media_type.endswith(kind) for kind in _KINDS.get(shown.language, ())):
        yield f"the page shows {shown.language.upper()}, and {got.media_type or 'nothing'} came"
        return
    try:
        expected, found = _read(shown.language, shown.text), _read(shown.language, got.body)
    except (ValueError, ElementTree.ParseError) as error:
        yield f"one of the bodies cannot be read: {error}"
        return
    yield from _unlike(expected, found, "", is_part=shown.is_shortened)


def _read(language: str, text: str) -> Any:
    if language == "json":
        return json.loads(text, parse_float=Decimal, parse_int=Decimal)
    return _plain(ElementTree.fromstring(text.encode()))


def _plain(element: ElementTree.Element) -> Any:
    """An element as a name, its attributes, its text, and what is inside it."""
    children = [_plain(child) for child in element]
    text = "" if children else element.text or ""
    return _Element(element.tag, tuple(sorted(element.attrib.items())), text, children)


@dataclass(frozen=True)
class _Element:
    tag: str
    attributes: tuple[tuple[str, str], ...]
    text: str
    children: list[_Element]


def _unlike(expected: Any, found: Any, at: str, *, is_part: bool) -> Iterator[str]:
    """Where two values differ; a part may lack names that the whole has."""
    where = f" at {at}" if at else ""
    if isinstance(expected, _Element) and isinstance(found, _Element):
        yield from _unlike_elements(expected, found, at, is_part=is_part)
    elif type(expected) is not type(found):
        yield f"the page shows {_short(expected)}{where}, and {_short(found)} came"
    elif isinstance(expected, dict):
        for name, value in expected.items():
            if name not in found:
                yield f"the page shows {name!r}{where}, which did not come"
            else:
                yield from _unlike(value, found[name], f"{at}.{name}" if at else name, is_part=is_part)
        if not is_part:
            for name in found.keys() - expected.keys():
                yield f"{name!r} came{where}, which the page does not show"
    elif isinstance(expected, list):
        if len(expected) != len(found):
            yield f"the page shows {len(expected)} items{where}, and {len(found)} came"
        else:
            for index, pair in enumerate(zip(expected, found, strict=True)):
                yield from _unlike(*pair, f"{at}[{index}]", is_part=is_part)
    elif expected != found:
        yield f"the page shows {_short(expected)}{where}, and {_short(found)} came"


def _unlike_elements(expected: _Element, found: _Element, at: str, *, is_part: bool) -> Iterator[str]:
    at = f"{at}/{expected.tag}"
    if (expected.tag, expected.attributes) != (found.tag, found.attributes):
        yield f"the page shows {_head(expected)} at {at}, and {_head(found)} came"
        return
    if expected.text.strip() != found.text.strip():
        yield f"the page shows {_short(expected.text)} at {at}, and {_short(found.text)} came"
    rest = list(found.children)
    is_list = ("type", "array") in expected.attributes
    for child in expected.children:
        while is_part and not is_list and rest and rest[0].tag != child.tag:
            rest.pop(0)
        if not rest:
            yield f"the page shows {_head(child)} at {at}, which did not come"
            return
        yield from _unlike_elements(child, rest.pop(0), at, is_part=is_part)
    if rest and (is_list or not is_part):
        yield f"{_head(rest[0])} came at {at}, which the page does not show"


def _head(element: _Element) -> str:
    attributes = "".join(f' {name}="{value}"' for name, value in element.attributes)
    return f"<{element.tag}{attributes}>"


def _short(value: Any) -> str:
    text = f"{value}" if isinstance(value, Decimal) else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def leaves(shown: Shown) -> Counter[str]:
    """The single values of a body, whatever its format: what XML and JSON of an example have in common."""
    found: Counter[str] = Counter()
    open_ = [_read(shown.language, shown.text)]
    while open_:
        value = open_.pop()
        if isinstance(value, _Element):
            is_list = ("type", "array") in value.attributes
            open_ += value.children
            if not value.children and not is_list:
                is_null = ("nil", "true") in value.attributes
                found["null" if is_null else _leaf(value.text)] += 1
        elif isinstance(value, dict):
            open_ += value.values()
            found[""] += not value
        elif isinstance(value, list):
            open_ += value
        elif value is None:
            found["null"] += 1
        else:
            found[_leaf(str(value).lower() if isinstance(value, bool) else str(value))] += 1
    return found


def _leaf(text: str) -> str:
    try:
        return str(Decimal(text).normalize())
    except ArithmeticError:
        return text.strip()

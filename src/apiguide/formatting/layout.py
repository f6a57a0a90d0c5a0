"""Where everything stands in the text of a YAML file: mappings, lists and scalars, to the character."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from apiguide.formatting.shapes import Items, Shape, inner


@dataclass(frozen=True)
class Position:
    """A place in a text: a character, and its line and column, all counted from 0."""

    index: int
    line: int
    column: int


@dataclass(frozen=True)
class Node:
    """A part of a text; the end is exclusive."""

    start: Position
    end: Position
    shape: Shape


@dataclass(frozen=True)
class Scalar(Node):
    """A scalar."""

    value: str
    style: str
    """The quote or `|` or `>` that it is written with; "" where there is none."""

    @property
    def is_block(self) -> bool:
        """Whether its lines stand below a `|` or `>`."""
        return self.style in ("|", ">")

    def keeps_lines(self, text: str) -> bool:
        """Whether the blank lines that come after it are part of it: `|+`."""
        header = text[self.start.index : self.end.index].split("\n", 1)[0].partition("#")[0]
        return self.is_block and "+" in header


@dataclass(frozen=True)
class Mapping(Node):
    """A mapping with its entries, the value after the key."""

    entries: tuple[tuple[Scalar, Node], ...]
    is_flow: bool
    """Whether it is written in braces."""


@dataclass(frozen=True)
class Sequence(Node):
    """A list."""

    items: tuple[Node, ...]


def layout(text: str, shape: Shape) -> Node:
    """The root of a text that `yaml_source.load` reads without problems."""
    loader = yaml.CBaseLoader(text)
    try:
        events = iter(loader.get_event, None)
        next(events), next(events)  # the beginnings of the stream and of the document
        return _node(next(events), events, shape)
    finally:
        loader.dispose()


def nodes(node: Node) -> Iterator[Node]:
    """A node after all that are inside it; keys are not told."""
    if isinstance(node, Mapping):
        for _, value in node.entries:
            yield from nodes(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from nodes(item)
    yield node


def _node(event: Any, events: Iterator[Any], shape: Shape) -> Node:
    start = _position(event.start_mark)
    if isinstance(event, yaml.ScalarEvent):
        shape = shape.of if isinstance(shape, Items) else shape
        return Scalar(start, _position(event.end_mark), shape, event.value, event.style or "")
    if isinstance(event, yaml.MappingStartEvent):
        entries: list[tuple[Scalar, Node]] = []
        for key in events:
            if isinstance(key, yaml.MappingEndEvent):
                is_flow = bool(event.flow_style)
                return Mapping(start, _end(key, entries), shape, tuple(entries), is_flow)
            name = _node(key, events, shape)
            assert isinstance(name, Scalar), "no other key is read"
            entries.append((name, _node(next(events), events, inner(shape, name.value))))
    items: list[Node] = []
    for item in events:
        if isinstance(item, yaml.SequenceEndEvent):
            return Sequence(start, _end(item, [(None, each) for each in items]), shape, tuple(items))
        items.append(_node(item, events, inner(shape, len(items))))
    raise AssertionError("libyaml ends what it begins")


def _end(event: Any, entries: list[tuple[Any, Node]]) -> Position:
    """Where a collection ends: one in brackets with its bracket, another with the last that it holds."""
    is_flow = event.end_mark.index > event.start_mark.index
    return _position(event.end_mark) if is_flow or not entries else entries[-1][1].end


def _position(mark: Any) -> Position:
    return Position(mark.index, mark.line, mark.column)

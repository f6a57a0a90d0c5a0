"""Fields of objects that extend fields: which cannot be followed, as they go round or on for too long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from apiguide.inheritance.sources import field_named
from apiguide.model import Field, FieldKeys, Guide, inside

CHAIN = 16
"""How many objects, or fields, may extend each other in a row."""
INHERITED = 3_000
"""How many fields the objects of one file, or one field, may inherit by `extends`."""

Node = tuple[str, str]
"""An object and a field of it."""


class _Extent(NamedTuple):
    """How much a field is made of."""

    row: int
    """How many fields extend each other in a row."""
    fields: int

    def with_(self, source: _Extent, extends: bool) -> _Extent:
        """The extent with that of a field that it is made of; with `extends`, the field extends it."""
        return _Extent(max(self.row, source.row + extends), self.fields + source.fields)


class _Step(NamedTuple):
    """A field on the way from one to those that it is made of."""

    node: Node
    extends: bool
    """Whether the field before it extends it."""
    sources: Iterator[tuple[Node, bool]]
    """What is still to be followed."""


@dataclass(frozen=True)
class ExtendedFields:
    """The fields of a guide's objects, as far as they extend each other."""

    guide: Guide

    @cached_property
    def circular(self) -> frozenset[Node]:
        """Fields that are part of themselves."""
        return self._found[0]

    @cached_property
    def too_long(self) -> frozenset[Node]:
        """Fields that extend others in too long a row, or that inherit too many fields."""
        return self._found[1]

    @cached_property
    def _found(self) -> tuple[frozenset[Node], frozenset[Node]]:
        circular: set[Node] = set()
        extents: dict[Node, _Extent] = {}
        if any(isinstance(part, Field) and part.extends is not None for part in self.guide.parts):
            for object_name, each in self.guide.objects.items():
                for field_name in each.fields:
                    self._follow((object_name, field_name), extents, circular)
        too_long = {node for node, each in extents.items() if each.row > CHAIN or each.fields > INHERITED}
        return frozenset(circular), frozenset(too_long)

    def _follow(self, start: Node, extents: dict[Node, _Extent], circular: set[Node]) -> None:
        """Measures a field, after those that it is made of; goes no way twice."""
        way = [] if start in extents else [_Step(start, False, self._sources(start))]
        while way:
            node = way[-1].node
            extent = extents.setdefault(node, _Extent(0, 1))
            source, extends = next(way[-1].sources, (None, False))
            if source is None:
                _, by_extends, _ = way.pop()
                if way:
                    holder = way[-1].node
                    extents[holder] = extents[holder].with_(extent, by_extends)
            elif source in (nodes := [step.node for step in way]):
                circle = way[nodes.index(source) :]
                if extends or any(step.extends for step in circle[1:]):
                    circular.update(step.node for step in circle)
            elif source in extents:
                extents[node] = extent.with_(extents[source], extends)
            else:
                way.append(_Step(source, extends, self._sources(source)))

    def _sources(self, node: Node) -> Iterator[tuple[Node, bool]]:
        """The fields that a field is made of, and whether it has them by its own `extends`."""
        object_name, field_name = node
        each = self.guide.objects[object_name]
        if each.extends is not None and self._is_there((each.extends, field_name)):
            yield (each.extends, field_name), False
        for part in inside(each.fields.get(field_name, Field())):
            if isinstance(part, Field) and part.extends is not None:
                source = field_named(part.extends)
                if self._is_there(source):
                    yield source, True
            if isinstance(part, FieldKeys) and part.object is not None:
                for name in part.fields or ():
                    if self._is_there((part.object, name)):
                        yield (part.object, name), False

    def _is_there(self, node: Node) -> bool:
        return node[0] in self.guide.objects

"""What parts of a guide say of each other: objects, endpoints and their parts, by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import islice

from apiguide.anchors import COMPATIBILITY, NAMES, NEWS
from apiguide.checks.losses import Losses
from apiguide.checks.parts import file_of
from apiguide.docs_macros import UnknownEndpoint, UnknownLocation
from apiguide.folders import RESOURCE_FILE
from apiguide.inheritance.sources import extended, fields_of
from apiguide.model import Field, Guide
from apiguide.problems import Problem, did_you_mean, listing, mark_of
from apiguide.rule import Rule


class UnknownObject(Rule):
    """There is no object with that name."""


class UnknownResource(Rule):
    """There is no resource with that name."""


class UnknownGroup(Rule):
    """guide.yaml has no group with that id."""


class UnknownFormat(Rule):
    """There is no format with that name."""


class UnknownMethod(Rule):
    """An endpoint uses a method that the API does not use."""


class UnknownField(Rule):
    """A field is named that the object does not have in any release."""


CHAIN = 16
"""How many objects may extend each other in a row."""
INHERITED = 3_000
"""How many fields the objects of one file may inherit by `extends`."""
LISTED = 12
"""More known names than these are not listed in a hint."""


def known(rule: type[Rule], name: str, names: Collection[str], hint: str | None = None) -> Iterator[Problem]:
    """A problem where a name is not among those known; the hint says what to do where none is like it.

    What it names, the rule's code says: a `method` in `unknown-method`.
    """
    if name not in names:
        hint = did_you_mean(name, names) or hint
        hint = hint or (
            f"choose from {_some(names)}" if names else f"none is declared: declare `{name}`, or delete this"
        )
        what = rule.code.removeprefix("unknown-")
        yield rule.at(mark_of(name), f"there is no {what} `{name}`", hint)


def _some(names: Collection[str]) -> str:
    if len(names) <= LISTED:
        return listing(sorted(names))
    return f"{', '.join(f'`{name}`' for name in sorted(names)[:LISTED])} and {len(names) - LISTED} more"


class Symbols:
    """What can be named in a guide.

    `lost` are the paths of files with errors of their own: what they would declare may be missing. With
    `losses`, more is known of that.
    """

    def __init__(
        self, guide: Guide, lost: frozenset[str] = frozenset(), losses: Losses | None = None
    ) -> None:
        self.guide = guide
        self.lost = lost
        self.lost_objects = frozenset[str]() if losses is None else losses.objects
        """Objects of which something is missing."""
        may_lose = any(path.endswith((f"/{RESOURCE_FILE}", file_of(""))) for path in lost)
        self.loses_objects = may_lose if losses is None else losses.loses_objects
        """Whether there may be objects of which nothing is known."""
        self._fields: dict[str, Mapping[str, Field] | None] = {}

    @cached_property
    def extending_too_much(self) -> frozenset[str]:
        """The objects that extend others in too long a row, or with which a file inherits too many fields.

        A few lines of `extends` could otherwise make more fields than a machine can hold.
        """
        objects, found, inherited = self.guide.objects, set(), Counter[str]()
        for id_, name, each in self.guide.declared_objects():
            row = [at for at in islice(extended(objects, each.extends), CHAIN + 1) if at != name]
            inherited[id_] += sum(len(objects[at].fields) for at in row)
            if row and (len(row) > CHAIN or inherited[id_] > INHERITED):
                found.add(name)
        return frozenset(found)

    def object(self, name: str) -> Iterator[Problem]:
        """A problem where there is no object of that name."""
        if not self.loses_objects and name not in self.lost_objects:
            yield from known(UnknownObject, name, self.guide.objects)

    def endpoint(self, id_: str) -> Iterator[Problem]:
        """A problem where there is no endpoint of that id."""
        if file_of(id_) not in self.lost:
            yield from known(UnknownEndpoint, id_, self.guide.endpoints)

    def page(self, id_: str) -> bool:
        """Whether there is an endpoint or a resource of that id, perhaps in a file that cannot be read."""
        if id_ == COMPATIBILITY:
            return self.guide.settings.compatible_since is not None
        known_ = id_ in self.guide.endpoints or id_ in self.guide.resources or id_ in (NEWS, NAMES)
        return known_ or file_of(id_) in self.lost

    def fields(self, object_name: str) -> Mapping[str, Field] | None:
        """All fields of an object, also inherited ones, whenever they are there; None if not known."""
        if object_name not in self._fields:
            objects = self.guide.objects
            row = [*islice(extended(objects, object_name), CHAIN + 1)]
            is_known = bool(row) and objects[row[-1]].extends is None and self._unclear.isdisjoint(row)
            self._fields[object_name] = fields_of(objects, object_name) if is_known else None
        return self._fields[object_name]

    @cached_property
    def _unclear(self) -> frozenset[str]:
        """The objects of which nobody can say which fields they have."""
        declared = Counter(name for _, name, _ in self.guide.declared_objects())
        twice = (name for name, times in declared.items() if times > 1)
        return self.extending_too_much.union(self.lost_objects, twice)

    def field_names(self, object_name: str, names: Collection[str]) -> Iterator[Problem]:
        """Problems of names that no field of an object has."""
        fields = self.fields(object_name)
        if fields is not None:
            for name in names:
                if name not in fields:
                    message = f"the object `{object_name}` has no field `{name}`"
                    hint = did_you_mean(name, fields) or f"it has {_some(fields)}"
                    yield UnknownField.at(mark_of(name), message, hint)

    def location(self, at: str) -> Iterator[Problem]:
        """A problem where a place, `objects.OBJECT.FIELD` or `RESOURCE/ENDPOINT#ANCHOR`, is not there."""
        mark = mark_of(at)
        if at.startswith("objects."):
            _, name, *path = at.split(".")
            for problem in self.object(name):
                yield replace(problem, where=mark)
            fields = self.fields(name)
            if path and fields is not None and not {path[0], ".".join(path)} & fields.keys():
                message = f"the object `{name}` has no field `{path[0]}`"
                hint = did_you_mean(path[0], fields) or f"it has {_some(fields)}"
                yield UnknownField.at(mark, message, hint)
        elif not self.page(at.partition("#")[0]):
            page = at.partition("#")[0]
            pages = [*self.guide.endpoints, *self.guide.resources]
            hint = did_you_mean(page, pages) or "write `objects.OBJECT.FIELD` or `RESOURCE/ENDPOINT#ANCHOR`"
            yield UnknownLocation.at(mark, f"`{at}` is not a part of the guide", hint)

"""What parts of a guide say of each other: objects, endpoints and their parts, by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from apiguide.checks.parts import file_of
from apiguide.folders import RESOURCE_FILE
from apiguide.model import Field, Guide, Object
from apiguide.places import COMPATIBILITY, NEWS
from apiguide.problems import Problem, did_you_mean, listing, mark_of
from apiguide.rules import Rule
from apiguide.rules.references import UnknownEndpoint, UnknownField, UnknownObject, UnknownPlace

CHAIN = 16
"""How many objects may extend each other in a row."""
TAKEN = 3_000
"""How many fields the objects of one file may take by `extends`."""
LISTED = 12
"""More known names than these are not listed in a hint."""


def known(rule: type[Rule], name: str, names: Collection[str], hint: str | None = None) -> Iterator[Problem]:
    """A problem where a name is not among those known; the hint says what to do where none is like it.

    What it names, the rule's code says: a `method` in `unknown-method`.
    """
    if name not in names:
        hint = did_you_mean(name, names) or hint
        hint = hint or (
            f"known are {_some(names)}" if names else f"there is none: declare `{name}`, or delete this"
        )
        what = rule.code.removeprefix("unknown-")
        yield rule.at(mark_of(name), f"there is no {what} `{name}`", hint)


def _some(names: Collection[str]) -> str:
    if len(names) <= LISTED:
        return listing(sorted(names))
    return f"{', '.join(f'`{name}`' for name in sorted(names)[:LISTED])} and {len(names) - LISTED} more"


class Known:
    """What can be named in a guide.

    `lost` are the paths of files with errors of their own: what they would declare may be missing.
    """

    def __init__(self, guide: Guide, lost: frozenset[str] = frozenset()) -> None:
        self.guide = guide
        self.lost = lost
        self.loses_objects = any(path.endswith((f"/{RESOURCE_FILE}", file_of(""))) for path in lost)
        """Whether there may be objects of which nothing is known."""
        self._declared = Counter(name for _, name, _ in guide.declared_objects())
        self._fields: dict[str, Mapping[str, Field]] = {}

    @cached_property
    def extending_too_much(self) -> frozenset[str]:
        """The objects that extend others in too long a row, or with which a file takes too many fields.

        A few lines of `extends` could otherwise make more fields than a machine can hold.
        """
        objects, found, taken = self.guide.objects, set(), Counter[str]()
        for id_, name, each in self.guide.declared_objects():
            row, at, met = 0, each.extends, {name}
            while at is not None and at in objects and at not in met and row <= CHAIN:
                row += 1
                met.add(at)
                taken[id_] += len(objects[at].fields)
                at = objects[at].extends
            if row and (row > CHAIN or taken[id_] > TAKEN):
                found.add(name)
        return frozenset(found)

    def object(self, name: str) -> Iterator[Problem]:
        """A problem where there is no object of that name."""
        if not self.loses_objects:
            yield from known(UnknownObject, name, self.guide.objects)

    def endpoint(self, id_: str) -> Iterator[Problem]:
        """A problem where there is no endpoint of that id."""
        if file_of(id_) not in self.lost:
            yield from known(UnknownEndpoint, id_, self.guide.endpoints)

    def page(self, id_: str) -> bool:
        """Whether there is an endpoint or a resource of that id, perhaps in a file that cannot be read."""
        if id_ == COMPATIBILITY:
            return self.guide.settings.compatible_since is not None
        known_ = id_ in self.guide.endpoints or id_ in self.guide.resources or id_ == NEWS
        return known_ or file_of(id_) in self.lost

    def fields(self, object_name: str) -> Mapping[str, Field] | None:
        """All fields of an object, those it takes among them, whenever they are there; None if not known."""
        if object_name not in self._fields:
            found = self._collected(object_name, ())
            if found is None:
                return None
            self._fields[object_name] = found
        return self._fields[object_name]

    def _collected(self, name: str, within: tuple[str, ...]) -> Mapping[str, Field] | None:
        declared = self.guide.objects.get(name)
        if declared is None or name in within or self._declared[name] > 1:
            return None
        if name in self.extending_too_much:
            return None
        if declared.extends is None:
            return declared.fields
        base = self._collected(declared.extends, (*within, name))
        if base is None:
            return None
        return {n: f for n, f in base.items() if is_chosen(n, declared)} | declared.fields

    def field_names(self, object_name: str, names: Collection[str]) -> Iterator[Problem]:
        """Problems of names that no field of an object has."""
        fields = self.fields(object_name)
        if fields is not None:
            for name in names:
                if name not in fields:
                    message = f"the object `{object_name}` has no field `{name}`"
                    hint = did_you_mean(name, fields) or f"it has {_some(fields)}"
                    yield UnknownField.at(mark_of(name), message, hint)

    def place(self, at: str) -> Iterator[Problem]:
        """A problem where a place, `objects.OBJECT.FIELD` or `RESOURCE/CALL#ANCHOR`, is not there."""
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
            hint = did_you_mean(page, pages) or "write `objects.OBJECT.FIELD` or `RESOURCE/CALL#ANCHOR`"
            yield UnknownPlace.at(mark, f"`{at}` names no part of the guide", hint)


def is_chosen(name: str, holder: Object | Field) -> bool:
    """Whether `only` and `without` leave a name in."""
    return (holder.only is None or name in holder.only) and name not in (holder.without or ())

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
from apiguide.checks.references.extended_fields import CHAIN, INHERITED, ExtendedFields
from apiguide.docs_macros import UnknownEndpoint, UnknownLocation
from apiguide.folders import RESOURCE_FILE
from apiguide.inheritance.history import inherited
from apiguide.inheritance.sources import extended, extends_field, fields_of
from apiguide.model import Field, FieldKeys, Guide, is_chosen
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
        self._known_fields: dict[tuple[str, str], Field | None] = {}
        self.extended_fields = ExtendedFields(guide)

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
        """All fields of an object, with what they inherit, whenever they are there; None if not known."""
        if object_name not in self._fields:
            found = {}
            for name in fields_of(self.guide.objects, object_name) if self._is_clear(object_name) else ():
                found[name] = self._field(object_name, name) or Field()
            self._fields[object_name] = found if self._is_clear(object_name) else None
        return self._fields[object_name]

    def inheriting(self, field: Field, base: Field | None) -> Field:
        """A field with what it inherits from the field that it extends, or else from `base`."""
        source = self.extended(field) or base
        return field if source is None else inherited(field, source)

    def extended(self, field: FieldKeys) -> Field | None:
        """The object's field that a field extends; None where it extends none that is known."""
        source = extends_field(field) if isinstance(field, Field) else None
        wrong = self.extended_fields.circular | self.extended_fields.too_long
        if source is None or source in wrong or not self._is_clear(source[0]):
            return None
        return self._field(*source)

    def _field(self, object_name: str, name: str) -> Field | None:
        """A field of an object, with what it inherits."""
        key = (object_name, name)
        if key not in self._known_fields:
            each = self.guide.objects[object_name]
            own, base = each.fields.get(name), None
            self._known_fields[key] = own  # for what is inside the field and is made of the field itself
            if each.extends is not None and is_chosen(name, each):
                base = self._field(each.extends, name)
            self._known_fields[key] = base if own is None else self.inheriting(own, base)
        return self._known_fields[key]

    def _is_clear(self, object_name: str) -> bool:
        """Whether it is known which fields an object has."""
        objects = self.guide.objects
        row = [*islice(extended(objects, object_name), CHAIN + 1)]
        return bool(row) and objects[row[-1]].extends is None and self._unclear.isdisjoint(row)

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

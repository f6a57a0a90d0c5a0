"""What differs between the fields of two releases, in requests and in responses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from apiguide.anchors import DEPTH, OBJECT, holder
from apiguide.changes.matching import heirs_of, is_same
from apiguide.changes.rules import Difference
from apiguide.changes.table import CAME, DOCUMENTED, ITSELF, OTHER, UNKNOWN, WENT, code_of
from apiguide.changes.values import Found, differences_of_one
from apiguide.lifespan import ALWAYS, span_of
from apiguide.model import Field, Versioned
from apiguide.problems import Mark, Source, name_mark
from apiguide.texts import Said, said
from apiguide.view import GuideView


class Location(NamedTuple):
    """Where fields stand."""

    page: str
    root: tuple[str, ...]
    """The first names of their anchors: `("body",)`, `("object", "book")`."""
    is_request: bool
    expands: bool = True
    """Whether an object's fields are compared wherever it is used, not only where it is declared."""
    is_text: bool = False
    """Whether values are sent as text, whatever their type."""
    mark: Mark = Mark(Source(""))
    """Where the whole is declared."""


class _Part(NamedTuple):
    """A field at its place."""

    location: Location
    path: tuple[str, ...]
    """Names from the place down to it."""
    names: Mapping[str, Field]
    """The fields beside it; a name among them knows where it was typed."""
    inner: str = ""
    """What follows its name: `[]` for what a list holds, `.*` for what a map does."""
    within: tuple[str, ...] = ()
    """The objects that it is inside of: these are not gone through again."""

    @property
    def mark(self) -> Mark:
        """Where it is declared."""
        mark = name_mark(self.names, self.path[-1] if self.path else "")
        return mark if mark.source.path else self.location.mark

    def at(self, name: str, names: Mapping[str, Field]) -> _Part:
        """A field inside it."""
        return self._replace(path=(*self.path, name), names=names, inner="")

    def differs(self, code: str, what: Said, note: str | None = None) -> Difference:
        """Something that differs in it."""
        sentence = said("differences.sentence", subject=self.subject, what=what)
        names = (*self.location.root, *self.path)
        return Difference(code, self.location.page, names, sentence, self.mark, note)

    def has(self, found: Found, note: str | None = None, former: _Part | None = None) -> Iterator[Difference]:
        """What happened to a key of it, unless that is no difference; said of its `former` place, if any."""
        code = code_of(found.key, found.what, is_request=self.location.is_request)
        if code is not None:
            differs = self.differs(code, found.said, note)
            if former is not None:
                sentence = said("differences.sentence", subject=former.subject, what=found.said)
                differs = replace(differs, said=sentence)
            yield differs

    @property
    def subject(self) -> Said:
        """What sentences call it."""
        path = ".".join(self.path) + self.inner
        root = self.location.root
        if self.location.is_request:
            return said(f"differences.parameter-{root[0]}", path=path)
        if root[0] == OBJECT:
            return said("differences.field-of-object", path=path, object=root[1])
        return said("differences.field", path=path) if path else said("differences.response")


class Fields:
    """Compares fields of two views, of one guide or of two."""

    def __init__(self, old: GuideView, new: GuideView) -> None:
        self.old = old
        self.new = new

    def compare(
        self, old: Mapping[str, Field], new: Mapping[str, Field], location: Location
    ) -> Iterator[Difference]:
        """What differs between named fields."""
        yield from self._named(old, new, _Part(location, (), {}))

    def moved(
        self, name: str, old: Field, new: Field, former: str, location: Location
    ) -> Iterator[Difference]:
        """What differs in a parameter that was sent in another place, the `former` one."""
        part = _Part(location, (name,), {name: new})
        moved = said("differences.is-moved", new=said(f"differences.in-{location.root[0]}"))
        elsewhere = part._replace(location=location._replace(root=(former,)))
        yield from part.has(Found(ITSELF, OTHER, moved), self.note(new), elsewhere)
        yield from self._field(old, new, part)

    def body(self, old: Field, new: Field, location: Location) -> Iterator[Difference]:
        """What differs between two bodies of a response."""
        yield from self._field(old, new, _Part(location, (), {}))

    def is_documented(self, part: Versioned, parent: Versioned | None = None) -> bool:
        """Whether something that the older view lacks may have been there all the same; `parent` holds it."""
        held = holder(part) if part.introduced is None and isinstance(part, Field) else None
        if held is not None and held.fields:
            return all(self.is_documented(each) for each in held.fields.values())
        if held is not None and held.object is not None and held.object in self.new.objects:
            owner = self.new.guide.object_owner[held.object]
            return self.is_documented(self.new.objects[held.object], self.new.resources.get(owner))
        order = self.new.guide.order
        span = span_of(part, order, ALWAYS if parent is None else span_of(parent, order))
        return span.documented and span.introduced > order[self.old.release]

    def _is_later(self, release: str) -> bool:
        """Whether a release came after the older view."""
        order = self.new.guide.order
        return order[release] > order[self.old.release]

    def note(self, part: Versioned) -> str | None:
        """What the writer says of a part's changes after the older view."""
        notes = [c.note for c in getattr(part, "changes", ()) if c.note and self._is_later(c.release)]
        return notes[-1] if notes else None

    def _named(self, old: Mapping[str, Field], new: Mapping[str, Field], part: _Part) -> Iterator[Difference]:
        ignores_case = part.location.root[0] == "header"
        heirs = heirs_of(old, new, ignores_case=ignores_case)
        former = {heir: name for name, heir in heirs.items()}
        for name, field in old.items():
            if name not in heirs:
                gone = Found(ITSELF, WENT, said("differences.is-gone"))
                yield from part.at(name, old).has(gone, self.note(field))
        for name, field in new.items():
            inner = part.at(name, new)
            old_name = former.get(name)
            if old_name is not None and not is_same(name, old_name, ignores_case=ignores_case):
                renamed = Found(ITSELF, WENT, said("differences.renamed", name=name))
                yield from inner.has(renamed, self.note(field), part.at(old_name, old))
                # What may be older than its name is known is nothing to compare with.
                old_name = None if self.is_documented(field) else old_name
            if old_name is None:
                yield from inner.has(self._came(field, is_request=part.location.is_request))
            else:
                yield from self._field(old[old_name], field, inner)

    def _came(self, field: Field, *, is_request: bool) -> Found:
        """That a field is there which was not."""
        if self.is_documented(field):
            return Found(ITSELF, DOCUMENTED, said("differences.is-documented"))
        if is_request and field.required:
            return Found(f"{ITSELF}, required", CAME, said("differences.is-required"))
        came_back = field.absent and field.since == field.absent[-1].until
        return Found(ITSELF, CAME, said("differences.is-back" if came_back else "differences.is-new"))

    def _field(self, old: Field, new: Field, part: _Part) -> Iterator[Difference]:
        """What differs between two states of a field, and inside it."""
        if old is not new:
            note, location = self.note(new), part.location
            found = differences_of_one(
                old, new, self, is_request=location.is_request, is_text=location.is_text
            )
            differences = [each for one in found for each in part.has(one, note)]
            if note and not differences:
                differences = [part.differs("noted", said("differences.has-changed"), note)]
            yield from differences
        if new.items is not None and old.items is not None:
            yield from self._field(old.items, new.items, part._replace(inner=f"{part.inner}[]"))
        elif new.is_object and old.is_object:
            yield from self._map(old, new, part)
            yield from self._members(old, new, part)

    def _map(self, old: Field, new: Field, part: _Part) -> Iterator[Difference]:
        """What differs between what two objects hold under names that are not listed."""
        before, after = old.additional_fields, new.additional_fields
        if before is not None and after is not None:
            yield from self._field(before, after, part._replace(inner=f"{part.inner}.*"))
        elif before is not None:
            what = UNKNOWN if self.new.members(new) is None else WENT
            yield from part.has(Found("additional_fields", what, said("differences.map-went")))
        elif after is not None:
            what = UNKNOWN if self.old.members(old) is None else CAME
            yield from part.has(Found("additional_fields", what, said("differences.map-came")))

    def _documented(self, held: Field) -> dict[str, Field]:
        """The fields inside an object that may have been there all the same."""
        members = self.new.members(held) or {}
        return {name: each for name, each in members.items() if self.is_documented(each)}

    def _members(self, old: Field, new: Field, part: _Part) -> Iterator[Difference]:
        """What differs between the fields inside two objects."""
        if self.new.is_lost(new):
            return
        if self.old.is_lost(old):
            if new.object is None or part.location.expands:
                yield from self._named({}, self._documented(new), part)
            return
        name = new.object if new.fields is None and old.fields is None else None
        if name is not None and name == old.object:
            if name in part.within or len(part.path) > DEPTH or not part.location.expands:
                return
            part = part._replace(within=(*part.within, name))
        before = self.old.members(old, request=part.location.is_request) or {}
        after = self.new.members(new, request=part.location.is_request) or {}
        yield from self._named(before, after, part)

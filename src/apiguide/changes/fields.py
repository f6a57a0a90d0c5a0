"""What differs between the fields of two releases, in requests and in responses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from apiguide.anchors import DEPTH, OBJECT, holder
from apiguide.changes.rules import Difference
from apiguide.changes.values import differences_of_one
from apiguide.lifespan import ALWAYS, span_of
from apiguide.model import Field, Versioned
from apiguide.problems import Mark, name_mark
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


class _Part(NamedTuple):
    """A field at its place."""

    location: Location
    path: tuple[str, ...]
    """Names from the place down to it."""
    names: Mapping[str, Field]
    """The fields beside it; a name among them knows where it was typed."""
    within: tuple[str, ...] = ()
    """The objects that it is inside of: these are not gone through again."""

    @property
    def mark(self) -> Mark:
        """Where it is declared."""
        return name_mark(self.names, self.path[-1] if self.path else "")

    def differs(self, code: str, what: Said, note: str | None = None) -> Difference:
        """Something that differs in it."""
        path = ".".join(self.path)
        if self.location.is_request:
            subject = said("differences.parameter", path=path)
        elif self.location.root[0] == OBJECT:
            subject = said("differences.field-of-object", path=path, object=self.location.root[1])
        else:
            subject = said("differences.field", path=path) if path else said("differences.response")
        sentence = said("differences.sentence", subject=subject, what=what)
        return Difference(
            code, self.location.page, (*self.location.root, *self.path), sentence, self.mark, note
        )


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
        what = "parameter" if part.location.is_request else "field"
        for name, field in old.items():
            if name not in new:
                heir = next((n for n, each in new.items() if each.replaces == name), None)
                text = said("differences.renamed", name=heir) if heir else said("differences.is-gone")
                gone = part._replace(path=(*part.path, name), names=old)
                yield gone.differs(f"{what}-removed", text, self.note(field))
        for name, field in new.items():
            inner = part._replace(path=(*part.path, name), names=new)
            if name in old:
                yield from self._field(old[name], field, inner)
            elif self.is_documented(field):
                yield inner.differs(f"{what}-documented", said("differences.is-documented"))
            elif part.location.is_request and field.required:
                yield inner.differs("required-parameter-added", said("differences.is-required"))
            else:
                yield inner.differs(f"{what}-added", said("differences.is-new"))

    def _field(self, old: Field, new: Field, part: _Part) -> Iterator[Difference]:
        """What differs between two states of a field, and inside it."""
        if old is not new:
            note = self.note(new)
            found = list(differences_of_one(old, new, self, is_request=part.location.is_request))
            if note and not found:
                found = [("noted", said("differences.has-changed"))]
            for code, what in found:
                yield part.differs(code, what, note)
        if new.items is not None and old.items is not None:
            yield from self._field(old.items, new.items, part)
        elif new.is_object and old.is_object:
            if new.additional_fields is not None and old.additional_fields is not None:
                yield from self._field(old.additional_fields, new.additional_fields, part)
            yield from self._members(old, new, part)

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

"""Fields as rows of a page: what is shown of each, decided here, laid out by `macros/fields.html.jinja`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from apiguide.model import Dated, Deprecation, Field, Section
from apiguide.places import DEPTH, anchor, holder
from apiguide.rendering.links import Links
from apiguide.rendering.prose import Prose, resolve_refs
from apiguide.view import GuideView

_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Sign:
    """A marker of time beside a name."""

    kind: str
    """`new` (came with the release shown), `since`, `documented` or `deprecated`."""
    release: str


@dataclass(frozen=True)
class Allowed:
    """An allowed value."""

    value: str
    description: Markup | None = None
    signs: tuple[Sign, ...] = ()


class FieldRow(NamedTuple):
    """A parameter or field as a page shows it."""

    name: str
    anchor: str
    level: int
    """0 for the outermost."""
    type: str | None
    """In words, `array of integers`; None where nobody knows it."""
    description: Markup | None
    required: bool = False
    nullable: bool = False
    unit: str | None = None
    default: str | None = None
    const: str | None = None
    limits: tuple[str, ...] = ()
    allowed: tuple[Allowed, ...] = ()
    signs: tuple[Sign, ...] = ()
    deprecation: Markup | None = None
    object: str | None = None
    """The name of the object that it holds."""
    object_href: str | None = None
    is_lost: bool = False
    """Whether its fields are not known in the release."""
    section: str | None = None
    """The title above it, of the section that it begins."""
    section_anchor: str = ""

    @property
    def is_bare(self) -> bool:
        """Whether no more than a type is said of it, as of an object that only wraps the fields below it."""
        return self.description is None and not self.has_more

    @property
    def has_more(self) -> bool:
        """Whether something is said of its values beside the description."""
        is_stated = self.default is not None or self.const is not None or self.deprecation is not None
        return is_stated or self.is_lost or bool(self.limits or self.allowed)


class Rows:
    """Makes the rows of a page."""

    def __init__(self, view: GuideView, links: Links, prose: Prose) -> None:
        self.view = view
        self.links = links
        self.prose = prose

    def of(
        self,
        fields: Mapping[str, Field],
        place: str,
        whole: int,
        *,
        request: bool = False,
        sections: Sequence[Section] = (),
    ) -> tuple[FieldRow, ...]:
        """The rows of named fields in a place, those inside objects after the field that holds them.

        `whole` is the place in time from which what holds the fields is there; those that came later bear a
        sign.
        """
        return tuple(self._rows(fields, (place,), whole, (), request=request, sections=sections))

    def of_body(self, body: Field, place: str, whole: int) -> tuple[FieldRow, ...]:
        """The rows of a reply's fields, without the object or list that wraps them."""
        held = body.held
        whole = self._inner_start(held, whole)
        fields = self.view.members(held) or {}
        path = (held.object,) if held.object else ()
        sections = self.view.sections(held)
        return tuple(self._rows(fields, (place,), whole, path, request=False, sections=sections))

    def text(self, text: str | None) -> Markup | None:
        """A description as HTML."""
        return resolve_refs(self.prose.inline(text), self.links.ref) if text else None

    def signs(self, part: Dated, whole: int) -> tuple[Sign, ...]:
        """The signs of a part inside a whole that is there from `whole` on."""
        signs = []
        start = part.start
        if start is not None and self.view.guide.order[start] > whole:
            if part.documented_since is not None:
                signs.append(Sign("documented", start))
            else:
                signs.append(Sign("new" if start == self.view.release else "since", start))
        if part.deprecated is not None:
            signs.append(Sign("deprecated", part.deprecated.since))
        return tuple(signs)

    def deprecation(self, deprecated: Deprecation | None) -> Markup | None:
        """What to use instead of a deprecated part, as HTML."""
        if deprecated is None:
            return None
        use = deprecated.use
        href = self.links.ref(use) if use else None
        if use and href:
            title = self.links.title(use.partition("#")[0])
            words = Markup('Use <a href="{}">{}</a>.').format(href, title)
        else:
            words = Markup("Use <code>{}</code>.").format(use) if use else Markup()
        note = self.text(deprecated.note)
        return Markup(" ").join(part for part in (words, note) if part)

    def _rows(
        self,
        fields: Mapping[str, Field],
        path: tuple[str, ...],
        whole: int,
        within: tuple[str, ...],
        *,
        request: bool,
        sections: Sequence[Section] = (),
    ) -> Iterator[FieldRow]:
        for title, name, field in _in_sections(fields, sections):
            yield self._row(name, field, (*path, name), whole, title)
            held = holder(field)
            if held is None or (held.object and held.object in within) or len(path) > DEPTH:
                continue
            members = self.view.members(held, request=request)
            if members:
                start = self._inner_start(held, self.view.start(field, whole))
                inside = (*within, held.object) if held.object else within
                below = self.view.sections(held)
                yield from self._rows(members, (*path, name), start, inside, request=request, sections=below)

    def _inner_start(self, held: Field, whole: int) -> int:
        """From when on what a field holds is there: fields of an object not before the object."""
        if held.fields is None and held.object in self.view.objects and held.object:
            return max(whole, self.view.object_start(held.object))
        return self.view.start(held, whole)

    def _row(
        self, name: str, field: Field, path: tuple[str, ...], whole: int, section: str | None
    ) -> FieldRow:
        held = holder(field)
        object_name = held.object if held is not None else None
        known = object_name is not None and object_name in self.view.objects
        return FieldRow(
            name=name,
            anchor=anchor(*path),
            level=len(path) - 2,
            type=type_in_words(field, names_object=known),
            description=self.text(field.description),
            required=bool(field.required),
            nullable=bool(field.nullable),
            unit=field.unit,
            default=None if field.default is None else str(field.default),
            const=None if field.const is None else str(field.const),
            limits=limits(field),
            allowed=tuple(
                Allowed(str(each.value), self.text(each.description), self.signs(each, whole))
                for each in field.enum or ()
            ),
            signs=self.signs(field, whole),
            deprecation=self.deprecation(field.deprecated),
            object=object_name,
            object_href=self.links.object(object_name) if known and object_name else None,
            is_lost=held is not None and self.view.is_lost(held),
            section=section,
            section_anchor=section_anchor(path[:-1], section) if section else "",
        )


def section_anchor(path: tuple[str, ...], title: str) -> str:
    """The id of a section's title: two hyphens, which no field has, stand before its words."""
    return anchor(*path, "", "-".join(_WORDS.findall(title.lower())))


def _in_sections(
    fields: Mapping[str, Field], sections: Sequence[Section]
) -> Iterator[tuple[str | None, str, Field]]:
    """The fields in the order in which they are shown, the first one of each section with its title."""
    titled = {name for section in sections for name in section.fields}
    for name, field in fields.items():
        if name not in titled:
            yield None, name, field
    for section in sections:
        title: str | None = section.title
        for name in section.fields:
            if name in fields:
                yield title, name, fields[name]
                title = None


def type_in_words(field: Field, *, names_object: bool = False) -> str | None:
    """A field's type as a reader says it; None where nobody knows it.

    With `names_object` the name of the object in a list or map follows, so it ends with "array of" or
    "map of".
    """
    for held, words in ((field.items, "array"), (field.additional_fields, "map")):
        if held is not None and (words == "array" or not field.fields):
            if names_object and held.is_object:
                return f"{words} of"
            inner = type_in_words(held, names_object=names_object)
            return f"{words} of {_plural(inner)}" if inner else words
    if field.is_array:
        return "array"
    if field.is_object:
        return "object"
    named = " or ".join(field.type or ())
    return f"{named} ({field.format})" if named and field.format else named or None


def _plural(words: str) -> str:
    first, _, rest = words.partition(" ")
    return f"{first}s {rest}".strip()


def limits(field: Field) -> tuple[str, ...]:
    """What a field says of its values' size and form, in words."""
    found: list[str] = []
    if field.minimum is not None and field.maximum is not None:
        found.append(f"from {field.minimum} to {field.maximum}")
    elif field.minimum is not None:
        found.append(f"at least {field.minimum}")
    elif field.maximum is not None:
        found.append(f"at most {field.maximum}")
    if field.max_length is not None:
        found.append(f"at most {field.max_length} characters")
    if field.pattern is not None:
        found.append(Markup("matches <code>{}</code>").format(field.pattern))
    return tuple(found)

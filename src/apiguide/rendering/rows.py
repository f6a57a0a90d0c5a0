"""Fields as rows of a page: what is shown of each, decided here, laid out by `macros/fields.html.jinja`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from markupsafe import Markup

from apiguide.anchors import Listed, anchor, former_anchors, holder, inner_of, listed, listed_of_body
from apiguide.model import LOCATIONS, Deprecation, Field, Section, Versioned
from apiguide.model.inline import in_line
from apiguide.prose import Prose, resolve_refs
from apiguide.rendering.links import Links
from apiguide.texts import Texts, english
from apiguide.view import GuideView


@dataclass(frozen=True)
class Badge:
    """A marker of time beside a name."""

    kind: str
    """`new` (came with the release shown), `first` (known from it on), `since`, `deprecated` or, where no
    history tells of it, `documented` (known from a release on)."""
    release: str


@dataclass(frozen=True)
class Allowed:
    """An allowed value."""

    value: str
    description: Markup | None = None
    badges: tuple[Badge, ...] = ()


class Each(NamedTuple):
    """What is said of each item of a list, or of each value of a map."""

    descriptions: tuple[Markup, ...] = ()
    """That of what the list holds and, where this is a list too, of what it holds."""
    nullable: bool = False
    unit: str | None = None
    default: str | None = None
    const: str | None = None
    limits: tuple[str, ...] = ()
    allowed: tuple[Allowed, ...] = ()


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
    each: Each | None = None
    badges: tuple[Badge, ...] = ()
    deprecation: Markup | None = None
    object: str | None = None
    """The name of the object that it holds."""
    object_href: str | None = None
    is_lost: bool = False
    """Whether its fields are not known in the release."""
    untold: str | None = None
    """That the fields of the object, or of the objects, that it holds are not documented, in words."""
    others: str | None = None
    """That its object may have other fields than those listed, in words."""
    section: str | None = None
    """The title above it, of the section that it begins."""
    section_anchor: str = ""
    is_needed: bool = False
    """Whether it is required, or holds something that is."""
    former: tuple[str, ...] = ()
    """The anchors that it had under former names."""

    @property
    def kinds(self) -> str:
        """Its classes, for the stylesheet."""
        kinds = f"ag-level-{self.level}" if self.level else ""
        if self.is_needed:
            kinds += " ag-needed"
        if self.deprecation is not None:
            kinds += " ag-deprecated"
        return kinds.lstrip()

    @property
    def is_bare(self) -> bool:
        """Whether no more than a type is said of it, as of an object that only wraps the fields below it."""
        return self.description is None and not self.has_more

    @property
    def has_more(self) -> bool:
        """Whether something is said of its values beside the description."""
        stated = (self.default, self.const, self.deprecation, self.untold, self.others, self.each)
        is_stated = any(each is not None for each in stated)
        return is_stated or self.is_lost or bool(self.limits or self.allowed)


class Rows:
    """Makes the rows of a page."""

    def __init__(self, view: GuideView, links: Links, prose: Prose, texts: Texts | None = None) -> None:
        self.view = view
        self.links = links
        self.prose = prose
        self.texts = texts or english()

    def of(
        self,
        fields: Mapping[str, Field],
        location: str,
        parent_introduced: int,
        *,
        request: bool = False,
        sections: Sequence[Section] = (),
    ) -> tuple[FieldRow, ...]:
        """The rows of named fields in a place, those inside objects after the field that holds them.

        `parent_introduced` is the release, as a number, from which their parent is there; those that came
        later bear a badge.
        """
        found = listed(self.view, fields, location, parent_introduced, request=request, sections=sections)
        rows = self._rows(found)
        return _with_needed(rows) if request else rows

    def of_body(self, body: Field, location: str, parent_introduced: int) -> tuple[FieldRow, ...]:
        """The rows of a response's fields, without the object or list that wraps them."""
        return self._rows(listed_of_body(self.view, body, location, parent_introduced))

    def _rows(self, listed_: Iterable[Listed]) -> tuple[FieldRow, ...]:
        found = tuple(listed_)
        rows = map(self.row, found)
        if not any(each.field.replaces for each in found):
            return tuple(rows)
        return tuple(row._replace(former=old) for row, old in zip(rows, former_anchors(found), strict=True))

    def of_value(self, body: Field, location: str, parent_introduced: int) -> FieldRow:
        """A response's body as a whole: its type, and what is said of it."""
        return self.row(Listed((location, ""), body, holder(body), parent_introduced, None))

    def text(self, text: str | None) -> Markup | None:
        """A description as HTML."""
        return resolve_refs(self.prose.inline(text), self.links.ref) if text else None

    def badges(self, part: Versioned, parent_introduced: int) -> tuple[Badge, ...]:
        """The badges of a part whose parent is there from `parent_introduced` on.

        What an earlier release than the one shown is the first evidence of bears none: its history tells.
        """
        badges = []
        introduced = part.introduced
        if introduced is not None and self.view.guide.order[introduced] > parent_introduced:
            is_new = introduced == self.view.release
            if part.documented_since is None:
                badges.append(Badge("new" if is_new else "since", introduced))
            elif is_new:
                badges.append(Badge("first", introduced))
        if part.deprecated is not None:
            badges.append(Badge("deprecated", part.deprecated.since))
        return tuple(badges)

    def deprecation(self, deprecated: Deprecation | None, parent: Sequence[str] = ()) -> Markup | None:
        """What to use instead of a deprecated part, as HTML; `parent` leads to what it is in."""
        if deprecated is None:
            return None
        use = deprecated.use
        field_href = self._field_href(use, parent) if use and parent else None
        href = self.links.ref(use) if use and not field_href else None
        other = Markup("<code>{}</code>").format(use) if use else Markup()
        if field_href:
            other = Markup('<a href="{}">{}</a>').format(field_href, other)
        elif use and href:
            title = self.links.title(use.partition("#")[0])
            other = Markup('<a href="{}">{}</a>').format(href, title)
        words = self.texts.html("fields.use", other=other) if use else Markup()
        note = self.text(deprecated.note)
        return Markup(" ").join(part for part in (words, note) if part)

    def _field_href(self, name: str, parent: Sequence[str]) -> str | None:
        """The link to a field of this page: one beside another, or else a parameter of any place."""
        ways = (parent, *((location,) for location in LOCATIONS if parent[0] in LOCATIONS))
        hrefs = (self.links.part(anchor(*way, *name.split("."))) for way in ways)
        return next((href for href in hrefs if href), None)

    def row(self, row: Listed) -> FieldRow:
        """The row of a listed field."""
        names, field, held, parent_introduced, section = row
        object_name = held.object if held is not None else None
        known = object_name is not None and object_name in self.view.objects
        return FieldRow(
            name=names[-1],
            anchor=anchor(*names),
            level=len(names) - 2,
            type=type_in_words(field, self.texts, names_object=known),
            description=self.text(field.description),
            required=bool(field.required),
            nullable=bool(field.nullable),
            unit=field.unit,
            default=_shown(field.default, field),
            const=_shown(field.const, field),
            limits=limits(field, self.texts),
            allowed=self._allowed(field, parent_introduced),
            each=self._each(field, parent_introduced),
            badges=self.badges(field, parent_introduced),
            deprecation=self.deprecation(field.deprecated, names[:-1]),
            object=object_name,
            object_href=self.links.object(object_name) if known and object_name else None,
            is_lost=held is not None and self.view.is_lost(held),
            untold=self._untold(field, held),
            others=self._others(held),
            section=section,
            section_anchor=row.section_anchor if section else "",
        )

    def _allowed(self, field: Field, parent_introduced: int) -> tuple[Allowed, ...]:
        """The values that a field lists, unless they say no more than its constant."""
        values = field.enum or ()
        if field.const is not None and all(
            each.value == field.const and not each.description for each in values
        ):
            return ()
        return tuple(
            Allowed(
                in_line(each.value, field), self.text(each.description), self.badges(each, parent_introduced)
            )
            for each in values
        )

    def _each(self, field: Field, parent_introduced: int) -> Each | None:
        """What is said of the single values in a list or a map, however deep; None where nothing is."""
        found = [*_held_by(field)]
        if not found:
            return None
        last = found[-1]
        each = Each(
            tuple(text for each in found if (text := self.text(each.description)) is not None),
            bool(last.nullable),
            last.unit,
            _shown(last.default, last),
            _shown(last.const, last),
            limits(last, self.texts),
            self._allowed(last, parent_introduced),
        )
        return each if each != Each() else None

    def _others(self, held: Field | None) -> str | None:
        """Says that an object may have other fields than its own."""
        if held is None or held.additional_fields is None:
            return None
        words = type_in_words(held.additional_fields, self.texts, section="many")
        return self.texts.text("fields.others-of", type=words) if words else self.texts.text("fields.others")

    def _untold(self, field: Field, held: Field | None) -> str | None:
        """Says that the fields of an object are not documented, where it has none and takes no others."""
        if held is None or any(
            each is not None for each in (held.object, held.fields, held.additional_fields)
        ):
            return None
        return self.texts.text("fields.untold" if held is field else "fields.untold-of-each")


def _held_by(field: Field) -> Iterator[Field]:
    """What a list or a map holds, and what that holds."""
    inner = inner_of(field)
    while inner is not None:
        yield inner
        inner = inner_of(inner)


def _shown(node: Any, field: Field) -> str | None:
    """A value that a field states, in a line."""
    return None if node is None else in_line(node, field)


def _with_needed(rows: Sequence[FieldRow]) -> tuple[FieldRow, ...]:
    """Parameters, of which those are marked without which no request is complete."""
    marked: list[FieldRow] = []
    level = 0  # of the last one that is needed: what holds it stands above it, at a lower one
    for row in reversed(rows):
        is_needed = row.required or row.level < level
        marked.append(row._replace(is_needed=is_needed))
        level = row.level if is_needed else level
    return tuple(reversed(marked))


def type_in_words(
    field: Field, texts: Texts | None = None, *, names_object: bool = False, section: str = "types"
) -> str | None:
    """A field's type as a reader says it; None where nobody knows it.

    `section` is that of the catalogue with the names of types: `many` for what a list or a map holds.

    With `names_object` the name of the object in a list or map follows, so it ends with "array of" or
    "map of".
    """
    said = (texts or english()).text
    for held, name in ((field.items, "array"), (field.additional_fields, "map")):
        if held is not None and (name == "array" or not field.fields):
            if names_object and held.is_object:
                return said(f"{section}.{name}-of", items="").strip()
            inner = type_in_words(held, texts, names_object=names_object, section="many")
            return said(f"{section}.{name}-of", items=inner) if inner else said(f"{section}.{name}")
    if field.is_array:
        return said(f"{section}.array")
    if field.is_object:
        return said(f"{section}.object")
    if not field.type:
        return None
    first, *others = field.type
    named = said(f"{section}.{first}")
    for other in others:
        named += f" {said('types.or')} {said(f'{section}.{other}')}"
    return said("types.with-format", type=named, format=field.format) if field.format else named


def limits(field: Field, texts: Texts | None = None) -> tuple[str, ...]:
    """What a field says of its values' size and form, in words."""
    texts = texts or english()
    found: list[str] = []
    if field.minimum is not None and field.maximum is not None:
        found.append(texts.text("fields.range", minimum=field.minimum, maximum=field.maximum))
    elif field.minimum is not None:
        found.append(texts.text("fields.minimum", minimum=field.minimum))
    elif field.maximum is not None:
        found.append(texts.text("fields.maximum", maximum=field.maximum))
    if field.max_length is not None:
        found.append(texts.text("fields.length", count=field.max_length))
    if field.pattern is not None:
        found.append(texts.html("fields.pattern", pattern=Markup("<code>{}</code>").format(field.pattern)))
    return tuple(found)

"""What differs between two states of one field, apart from what is inside it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple, Protocol

from apiguide.changes.table import CAME, DOCUMENTED, NARROWER, OTHER, UNKNOWN, WENT, WIDER, What
from apiguide.model import Field, Value, Versioned
from apiguide.model.inline import in_line
from apiguide.texts import Said, said


class Found(NamedTuple):
    """What happened to a key of a field."""

    key: str
    what: What
    said: Said
    """What is said of the field: "is required now"."""


_Found = Iterator[Found]

_NUMBERS = frozenset({"integer", "decimal", "float"})
_JSON_TEXTS = frozenset({"string", "date", "datetime"})
"""What a JSON string can be."""


class Evidence(Protocol):
    """Tells what is news from what is only known from now on."""

    def is_documented(self, part: Versioned) -> bool:
        """Whether something that the older view lacks may have been there all the same."""


def differences_of_one(
    old: Field, new: Field, evidence: Evidence, *, is_request: bool, is_text: bool
) -> _Found:
    """What differs between two states of a field.

    `is_text` tells that its value is sent as text, whatever its type: in a query or in XML.
    """
    yield from _deprecation(old, new)
    yield from _presence(old, new, is_request=is_request)
    retyped = list(_types(old, new, is_request=is_request, is_text=is_text))
    yield from retyped
    if any(each.what is OTHER for each in retyped):
        return  # whatever else is said of its value is told by that
    yield from _forms(old, new)
    yield from _ranges(old, new)
    yield from _allowed(old, new, evidence)
    if old.unit != new.unit:
        is_known = old.unit is not None and new.unit is not None
        yield Found("unit", OTHER if is_known else UNKNOWN, _changed("unit", old.unit, new.unit))
    if old.format != new.format and not retyped:
        yield _came_or_went("format", "format", old.format, new.format)
    before, after = _default(old), _default(new)
    if before != after and not (is_request and (old.required or new.required)):
        yield _came_or_went("default", "default", before, after)


def _shape(field: Field) -> str:
    """What kind of value it is: a list, an object, or a single one; `unknown` where it does not say."""
    if field.is_array:
        return "list"
    if field.is_object:
        return "object"
    return "value" if field.type else "unknown"


def _types(old: Field, new: Field, *, is_request: bool, is_text: bool) -> _Found:
    shapes = _shape(old), _shape(new)
    if shapes[0] != shapes[1]:
        what = UNKNOWN if "unknown" in shapes else OTHER
        then, now = (said(f"kinds.{shape}") for shape in shapes)
        yield Found("type", what, said("differences.retyped", new=now, old=then))
        return
    before, after = frozenset(old.type or ()), frozenset(new.type or ())
    if before == after or shapes[0] != "value":
        return
    is_wider = before <= _accepted(after, is_request=is_request, is_text=is_text)
    is_narrower = after <= _accepted(before, is_request=is_request, is_text=is_text)
    what = WIDER if is_wider else NARROWER if is_narrower else OTHER
    yield Found("type", what, said("differences.retyped", new=_types_of(new), old=_types_of(old)))


def _accepted(types: frozenset[str], *, is_request: bool, is_text: bool) -> frozenset[str]:
    """The types whose values are also values of some of these."""
    found = types
    if types & {"decimal", "float"}:
        # Whatever is an integer is a decimal too; how precisely a number is kept, only a response tells.
        found |= _NUMBERS if is_request else {"integer"}
    if is_request and "string" in types:
        found |= _JSON_TEXTS | (_NUMBERS | {"boolean"} if is_text else frozenset())
    return found


def _forms(old: Field, new: Field) -> _Found:
    """How XML and JSON write it."""
    for key, what, before, after in (
        ("name", "xml-element", old.name, new.name),
        ("xml", "xml-type", old.as_xml and old.as_xml.type, new.as_xml and new.as_xml.type),
        ("json", "json-type", old.as_json and old.as_json.type, new.as_json and new.as_json.type),
    ):
        if before != after:
            yield _came_or_went(key, what, before, after)
    if (old.wrapped is False) != (new.wrapped is False):
        yield Found("wrapped", OTHER, said("differences.wrapped"))


def _presence(old: Field, new: Field, *, is_request: bool) -> _Found:
    side = "parameter" if is_request else "field"
    for key, came, went in (
        ("required", f"{side}-required", f"{side}-optional"),
        ("nullable", f"{side}-nullable", f"{side}-not-nullable"),
        ("allow_empty_value", "may-be-bare", "not-bare"),
    ):
        before, after = bool(getattr(old, key)), bool(getattr(new, key))
        if before != after:
            yield Found(key, CAME if after else WENT, said(f"differences.{came if after else went}"))


def _ranges(old: Field, new: Field) -> _Found:
    for key, what, before, after, sign in (
        ("minimum", "minimum", old.minimum, new.minimum, 1),
        ("maximum", "maximum", old.maximum, new.maximum, -1),
        ("max_length", "length", _decimal(old.max_length), _decimal(new.max_length), -1),
    ):
        if before != after:
            is_wider = after is None or (before is not None and sign * (after - before) < 0)
            limits = said("differences.limit", new=_limit(what, after), old=_limit(what, before))
            yield Found(key, WIDER if is_wider else NARROWER, limits)
    if old.pattern != new.pattern:
        found = _came_or_went("pattern", "pattern", old.pattern, new.pattern)
        yield found._replace(what=UNKNOWN) if found.what is OTHER else found


def _allowed(old: Field, new: Field, evidence: Evidence) -> _Found:
    before, after = _values(old), _values(new)
    key = "const" if new.const is not None or (after is None and old.const is not None) else "enum"
    if before is None or after is None:
        # All values of its type are allowed where none are listed.
        if after is not None:
            yield Found(key, NARROWER, said("differences.only-values", values=tuple(after)))
        elif before is not None:
            yield Found(key, WIDER, said("differences.other-values"))
        return
    gone, come = [v for v in before if v not in after], [v for v in after if v not in before]
    known = [v for v in come if evidence.is_documented(after[v])]
    fresh = [v for v in come if v not in known]
    if gone:
        yield Found(key, NARROWER, said("differences.values-gone", values=tuple(gone)))
    if fresh:
        yield Found(key, WIDER, said("differences.values-new", values=tuple(fresh)))
    if known:
        yield Found(key, DOCUMENTED, said("differences.values-documented", values=tuple(known)))
    for value in before:
        if value in after and after[value].deprecated is not None and before[value].deprecated is None:
            yield Found("deprecated", CAME, said("differences.value-deprecated", value=value))


def _values(field: Field) -> dict[str, Value] | None:
    """The values that are allowed; None where none are listed."""
    if field.const is not None:
        return {in_line(field.const, field): Value(value=field.const)}
    return {in_line(each.value, field): each for each in field.enum} if field.enum else None


def _deprecation(old: Versioned, new: Versioned) -> _Found:
    if new.deprecated is not None and old.deprecated is None:
        use = new.deprecated.use
        text = said("differences.is-deprecated-for", use=use) if use else said("differences.is-deprecated")
        yield Found("deprecated", CAME, text)
    elif old.deprecated is not None and new.deprecated is None:
        yield Found("deprecated", WENT, said("differences.not-deprecated"))


def _decimal(number: int | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def _limit(what: str, number: Decimal | None) -> Said:
    return (
        said(f"differences.no-{what}") if number is None else said(f"differences.{what}", number=str(number))
    )


def _default(field: Field) -> str | None:
    return None if field.default is None else in_line(field.default, field)


def _came_or_went(key: str, text: str, before: object, after: object) -> Found:
    """What happened to a key that may be left out."""
    if before is None:
        return Found(key, CAME, said(f"differences.{text}-came", new=_code(after)))
    if after is None:
        return Found(key, WENT, said(f"differences.{text}-went", old=_code(before)))
    return Found(key, OTHER, _changed(text, before, after))


def _changed(text: str, before: object, after: object) -> Said:
    return said(f"differences.{text}", new=_code(after), old=_code(before))


def _code(value: object) -> Said:
    return said("differences.code", text=str(value))


def _types_of(field: Field) -> Said:
    """The types of a field, the first with an article."""
    first, *others = field.type or ()
    words = said(f"kinds.{first}")
    for other in others:
        words = said("kinds.or", types=words, type=said(f"types.{other}"))
    return words

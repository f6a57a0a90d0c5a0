"""What differs between two states of one field, apart from what is inside it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Protocol

from apiguide.model import Field, Value, Versioned
from apiguide.model.inline import in_line
from apiguide.texts import Said, said

_Found = Iterator[tuple[str, Said]]
"""Codes of rules, each with what is said of the field: "is required now"."""


class Evidence(Protocol):
    """Tells what is news from what is only known from now on."""

    def is_documented(self, part: Versioned) -> bool:
        """Whether something that the older view lacks may have been there all the same."""


def differences_of_one(old: Field, new: Field, evidence: Evidence, *, is_request: bool) -> _Found:
    """What differs between two states of a field."""
    if _shape(old) != _shape(new) and "unknown" not in (_shape(old), _shape(new)):
        code = "type-narrowed" if is_request else "field-retyped"
        yield code, _changed("retyped", said(f"kinds.{_shape(new)}"), said(f"kinds.{_shape(old)}"))
    else:
        yield from _types(old, new, is_request=is_request)
        yield from _forms(old, new)
    yield from _presence(old, new, is_request=is_request)
    if is_request:
        yield from _ranges(old, new)
    yield from _allowed(old, new, evidence, is_request=is_request)
    if old.unit != new.unit and old.unit is not None and new.unit is not None:
        yield "unit-changed", _changed("unit", _code(new.unit), _code(old.unit))
    if old.format != new.format:
        yield "format-changed", _changed("format", _code(new.format), _code(old.format))
    before, after = _default(old), _default(new)
    if is_request and before != after and not (old.required or new.required):
        yield "default-changed", _changed("default", _code(after), _code(before))
    if new.deprecated is not None and old.deprecated is None:
        use = new.deprecated.use
        text = said("differences.is-deprecated-for", use=use) if use else said("differences.is-deprecated")
        yield "deprecated", text


def _shape(field: Field) -> str:
    """What kind of value it is: a list, an object, or a single one; `unknown` where it does not say."""
    if field.is_array:
        return "list"
    if field.is_object:
        return "object"
    return "value" if field.type else "unknown"


def _types(old: Field, new: Field, *, is_request: bool) -> _Found:
    before, after = set(old.type or ()), set(new.type or ())
    if before == after or not before or not after or _shape(new) != "value":
        return
    text = _changed("retyped", _types_of(new), _types_of(old))
    if is_request:
        # Whatever is an integer is a decimal too, and all that is sent can be read as text.
        wide = after | ({"integer"} if after & {"decimal", "float"} else set())
        yield ("type-widened" if before <= wide or "string" in after else "type-narrowed"), text
    elif not after <= before:
        yield "field-retyped", text


def _forms(old: Field, new: Field) -> _Found:
    """How XML and JSON write it."""
    for what, before, after in (
        ("xml-element", old.name, new.name),
        ("xml-type", old.as_xml and old.as_xml.type, new.as_xml and new.as_xml.type),
        ("json-type", old.as_json and old.as_json.type, new.as_json and new.as_json.type),
    ):
        if before != after:
            yield "form-changed", _changed(what, _code(after), _code(before))
    if (old.wrapped is False) != (new.wrapped is False):
        yield "form-changed", said("differences.wrapped")


def _presence(old: Field, new: Field, *, is_request: bool) -> _Found:
    what = "parameter" if is_request else "field"
    if new.required and not old.required:
        yield f"{what}-required", said(f"differences.{what}-required")
    elif old.required and not new.required:
        yield f"{what}-optional", said(f"differences.{what}-optional")
    if not is_request and bool(new.nullable) != bool(old.nullable):
        if new.nullable:
            yield "field-nullable", said("differences.nullable")
        else:
            yield "field-not-nullable", said("differences.not-nullable")


def _ranges(old: Field, new: Field) -> _Found:
    for what, before, after, sign in (
        ("minimum", old.minimum, new.minimum, 1),
        ("maximum", old.maximum, new.maximum, -1),
        ("length", _decimal(old.max_length), _decimal(new.max_length), -1),
    ):
        if before != after:
            is_wider = after is None or (before is not None and sign * (after - before) < 0)
            code = "range-widened" if is_wider else "range-narrowed"
            yield code, _changed("limit", _limit(what, after), _limit(what, before))
    if old.pattern != new.pattern:
        code = "range-widened" if new.pattern is None else "range-narrowed"
        yield code, _changed("pattern", _code(new.pattern), _code(old.pattern))


def _allowed(old: Field, new: Field, evidence: Evidence, *, is_request: bool) -> _Found:
    before, after = _values(old), _values(new)
    if before == after:
        return
    if before is None or after is None:
        # All values of its type are allowed where none are listed.
        is_narrower = after is not None
        code = {
            (True, True): "value-removed",
            (True, False): "value-added",
            (False, True): "response-value-removed",
            (False, False): "response-value-added",
        }[is_request, is_narrower]
        only = said("differences.only-values", values=tuple(after or ()))
        text = only if after is not None else said("differences.other-values")
        yield code, text
        return
    prefix = "" if is_request else "response-"
    gone, come = [v for v in before if v not in after], [v for v in after if v not in before]
    known = [v for v in come if isinstance(after[v], Value) and evidence.is_documented(after[v])]
    fresh = [v for v in come if v not in known]
    if gone:
        yield f"{prefix}value-removed", said("differences.values-gone", values=tuple(gone))
    if fresh:
        yield f"{prefix}value-added", said("differences.values-new", values=tuple(fresh))
    if known:
        yield "value-documented", said("differences.values-documented", values=tuple(known))


def _values(field: Field) -> dict[str, Value] | None:
    """The values that are allowed; None where none are listed."""
    if field.const is not None:
        return {in_line(field.const, field): Value(value=field.const)}
    return {in_line(each.value, field): each for each in field.enum} if field.enum else None


def _decimal(number: int | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def _limit(what: str, number: Decimal | None) -> Said:
    return (
        said(f"differences.no-{what}") if number is None else said(f"differences.{what}", number=str(number))
    )


def _default(field: Field) -> str | None:
    return None if field.default is None else in_line(field.default, field)


def _code(text: object) -> Said:
    return said("differences.none") if text is None else said("differences.code", text=str(text))


def _changed(what: str, new: Said, old: Said) -> Said:
    return said(f"differences.{what}", new=new, old=old)


def _types_of(field: Field) -> Said:
    """The types of a field, the first with an article."""
    first, *others = field.type or ()
    words = said(f"kinds.{first}")
    for other in others:
        words = said("kinds.or", types=words, type=said(f"types.{other}"))
    return words

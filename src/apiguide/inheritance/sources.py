"""What objects and fields inherit from, by name: `extends`, `only`, `without` and `object`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from apiguide.model import Field, Object, is_chosen


def extended(objects: Mapping[str, Object], name: str | None) -> Iterator[str]:
    """An object and those that it extends in a row, each once; the row ends where one is not declared."""
    met: set[str] = set()
    while name is not None and name in objects and name not in met:
        met.add(name)
        yield name
        name = objects[name].extends


def fields_of(objects: Mapping[str, Object], name: str) -> dict[str, Field]:
    """All fields of an object, inherited ones first, each as the nearest object states it."""
    fields: dict[str, Field] = {}
    for at in reversed([*extended(objects, name)]):
        each = objects[at]
        fields = {name: field for name, field in fields.items() if is_chosen(name, each)} | each.fields
    return fields


def field_named(reference: str) -> tuple[str, str]:
    """The object and the field that the `extends` of a field names: `OBJECT.FIELD`."""
    object_name, _, field_name = reference.partition(".")
    return object_name, field_name


def extends_field(field: Field) -> tuple[str, str] | None:
    """The object and the field that a field extends; None where it says itself what it holds."""
    is_told = field.object is not None or field.fields is not None
    return None if field.extends is None or is_told else field_named(field.extends)


def inner_source(
    object_name: str | None, fields: Mapping[str, Field] | None, of: str | None
) -> str | Mapping[str, Field] | None:
    """What the fields inside a field inherit from: those of an object, by its name, other fields, or nothing.

    `object_name` is the object that the field itself names, `fields` and `of` are the `fields` and the
    `object` of what it inherits from.
    """
    return fields if object_name is None and fields is not None else object_name or of

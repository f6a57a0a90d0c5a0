"""Fields (of requests and responses alike) and the objects that they make up."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic import Field as Key

from apiguide.model.forms import FieldName, FieldOfObject
from apiguide.model.part import Change, Part, Versioned, as_value
from apiguide.model.scalars import (
    NOT_EMPTY,
    Bare,
    Blank,
    Bool,
    Int,
    Names,
    Number,
    Pattern,
    Str,
    Strs,
    UnknownWord,
    many,
    refusal,
    word,
)
from apiguide.model.scalars import Value as Node
from apiguide.problems import nearest, quoted
from apiguide.rule import Rule
from apiguide.yaml_source import Map, Text


class BodyWithName(Rule, family="structure"):
    """A response's body is written as a map of names, but must be a single schema."""


TYPES = (
    *("string", "integer", "decimal", "float", "boolean"),
    *("date", "datetime", "datetime-local", "object", "array"),
)


def _not_null(value: object) -> object:
    """Refuses null as a type: whether a value may be null is said beside its type."""
    if isinstance(value, Text) and value == "null":
        raise refusal(UnknownWord, "`null` is not a type", "write `nullable: true`")
    return value


_Type: Any = word("type", TYPES)
Type = Annotated[
    _Type,
    BeforeValidator(_not_null, json_schema_input_type=_Type),
]

NUMBERS = frozenset({"integer", "decimal", "float"})
STRINGS = frozenset({"string"})
LIMITS = {"minimum": NUMBERS, "maximum": NUMBERS, "max_length": STRINGS, "pattern": STRINGS}
"""Keys that limit values, and the types that have such limits."""


Types = Annotated[  # one word or a list of them
    tuple[Type, ...],
    BeforeValidator(many, json_schema_input_type=Type | tuple[Type, ...]),
    NOT_EMPTY,
]


class ValueKeys(Part):
    """What may change in a listed value."""

    noun = "a listed value"

    description: Str | None = None
    """What the value means."""


class Value(ValueKeys, Versioned):
    """An allowed value of a field, or a permission."""

    value: Node
    """The value itself."""
    changes: tuple[Change[ValueKeys], ...] = ()


ListedValue = Annotated[Value, BeforeValidator(as_value, json_schema_input_type=Value | Bare)]


class XmlForm(Part):
    """How a value is written in XML, if it differs from the dialect."""

    noun = "an XML form"

    type: Str | None = None
    """The value of the `type` attribute, such as `dateTime`."""


class JsonForm(Part):
    """How a value is written in JSON, if it differs from the dialect."""

    noun = "a JSON form"

    type: word("type", ("string",)) | None = None  # type: ignore[valid-type]
    """`string` if JSON carries a number as text."""


class Section(Part):
    """Fields in a long list that share a title."""

    noun = "a section"

    title: Str
    """What the fields are about, such as "Mail"."""
    fields: Annotated[Strs, NOT_EMPTY]
    """The names of the fields, in the order in which they are shown."""


class FieldKeys(Part):
    """What a field says of itself apart from time, and so what a former state of it may say."""

    noun = "a field"

    type: Types | None = None
    """Its type, or several types that a value may have."""
    unit: Str | None = None
    """The unit of its value, such as `MB`."""
    description: Str | None = None
    """What its value does, as Markdown."""
    required: Bool | None = None
    """In a request, whether it must be sent; in a response, whether it is always there."""
    nullable: Bool | None = None
    """Whether its value may be null."""
    allow_empty_value: Bool | None = None
    """For a query parameter, whether `?name` alone is enough."""
    default: Node = None
    """The value that applies when it is left out."""
    const: Node = None
    """The only value that it can have."""
    example: Node = None
    """A value to show in examples."""
    enum: tuple[ListedValue, ...] | None = Key(None, json_schema_extra={"minItems": 1})
    """The allowed values, each bare or as a mapping with `value`, `description` and a lifespan."""
    minimum: Number | None = None
    """The smallest number allowed."""
    maximum: Number | None = None
    """The largest number allowed."""
    max_length: Int | None = None
    """The largest number of characters allowed."""
    pattern: Pattern | None = None
    """A regular expression that its text matches."""
    format: Str | None = None
    """What kind of text it is, such as `email`."""
    name: Str | None = None
    """The XML element for an item of a list."""
    object: Str | None = None
    """The object that the field holds or inherits from."""
    only: Strs | None = None
    """The object's fields to include, if not all."""
    without: Strs | None = None
    """The object's fields to leave out."""
    wrapped: Bool | None = None
    """`false` if JSON does not wrap the object in its name."""
    items: Field | None = None
    """What each item of a list is."""
    fields: Names[FieldName, Field] | None = None
    """The named fields inside it; with `object`, only these are included."""
    sections: tuple[Section, ...] | None = None
    """Titles for groups of its fields; fields in no section come first."""
    additional_fields: Field | None = None
    """What the values are, in a map with arbitrary keys."""
    as_xml: XmlForm | None = Key(None, alias="xml")
    """How it is written in XML, if it differs from the dialect."""
    as_json: JsonForm | None = Key(None, alias="json")
    """How it is written in JSON, if it differs from the dialect."""
    replaces: Str | None = None
    """The name that it used to have."""

    @property
    def is_object(self) -> bool:
        """Whether it holds named fields, declared or arbitrary."""
        return (
            any(each is not None for each in (self.object, self.fields, self.additional_fields))
            or "object" in (self.type or ())
        ) and not self.is_array

    @property
    def is_array(self) -> bool:
        """Whether it holds a list."""
        return self.items is not None or "array" in (self.type or ())


FieldChange = Change[FieldKeys]


class Field(FieldKeys, Versioned):
    """A parameter, or a field of a request or response."""

    extends: FieldOfObject | None = None
    """The object's field that it inherits from, as `OBJECT.FIELD`."""
    changes: tuple[FieldChange, ...] = ()

    @property
    def held(self) -> Field:
        """What each item of a list is; the field itself if it holds no list."""
        return self.items if self.items is not None else self


class ObjectKeys(Part):
    """What may change in an object."""

    noun = "an object"

    name: Str | None = None
    """The name it is sent under, if not its own."""
    plural: Str | None = None
    """The root element for a list of it in XML."""
    wrapped: Bool | None = None
    """Whether JSON wraps it in its name, which it does unless the dialect or this key says otherwise."""
    description: Blank | None = None
    """What the object is, as Markdown."""
    sections: tuple[Section, ...] | None = None
    """Titles for groups of its fields; fields in no section come first."""
    brief: Strs | None = None
    """The fields to show where an endpoint merely repeats the object; by default, its first ones."""


class Object(ObjectKeys, Versioned):
    """Named fields that several endpoints send or return."""

    extends: Str | None = None
    """The object whose fields it inherits."""
    only: Strs | None = None
    """The extended object's fields to inherit, if not all."""
    without: Strs | None = None
    """The extended object's fields to leave out."""
    fields: Names[FieldName, Field] = Key(default_factory=dict)
    """Its fields by name; one that the extended object also has inherits what it does not state."""
    changes: tuple[Change[ObjectKeys], ...] = ()


def is_chosen(name: str, holder: Object | FieldKeys) -> bool:
    """Whether `only` and `without` leave a field's name in."""
    return (holder.only is None or name in holder.only) and name not in (holder.without or ())


def _one_schema(value: object) -> object:
    """Refuses a map of names where a schema is required: a response is wrapped by its dialect."""
    if isinstance(value, Map) and value and not any(nearest(key, _FIELD_KEYS) for key in value):
        name, of = next(iter(value.items()))
        if isinstance(of, Map):
            given = of.get("object")
            hint = f"write `body: {{object: {given}}}`" if given else "write `body: {fields: {…}}`"
            message = f"a response's body is one schema, not a map of names such as {quoted(name)}"
            raise refusal(BodyWithName, message, hint, at=name)
    return value


Body = Annotated[Field, BeforeValidator(_one_schema)]
"""What a response holds."""
_FIELD_KEYS = Field.key_names()

FieldKeys.model_rebuild()
FieldChange.model_rebuild()
Field.model_rebuild()

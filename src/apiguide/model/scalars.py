"""Scalar types that are read from text, never guessed: the types of keys in the models.

Each keeps YAML's guesses out (`on` is not a boolean, `0755` not a number) and says in the writer's terms
what it expected.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainValidator,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import (
    CoreSchema,
    PydanticCustomError,
)
from pydantic_core.core_schema import no_info_after_validator_function

from apiguide.problems import did_you_mean, quoted
from apiguide.rule import Rule
from apiguide.yaml_source import EmptyValue, FrozenDict, Map, Seq, Text


class WrongKind(Rule, family="structure"):
    """A list, a mapping or a text is used where another of these is needed."""


class UnknownWord(Rule, family="structure"):
    """A value is not one of the words that its key accepts."""


class NullNotAllowed(Rule, family="structure"):
    """A value is null where null is not allowed."""


class EmptyText(Rule, family="structure"):
    """A text is empty."""


class NotABoolean(Rule, family="structure"):
    """A value is neither `true` nor `false`."""


class NotAnInteger(Rule, family="structure"):
    """A key that takes an integer has another value."""


class NotANumber(Rule, family="structure"):
    """A key that takes a number has another value."""


class NumberOutOfRange(Rule, family="structure"):
    """A number has more than 300 digits."""


class NotADate(Rule, family="structure"):
    """A date is not written as year, month and day, or does not exist."""


K = TypeVar("K", bound=str)
V = TypeVar("V")

INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)\Z")
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?\Z")
"""JSON's number grammar, RFC 8259 §6."""
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
"""RFC 3339's full-date, the `date` of JSON Schema."""

MAX_DIGITS = 300
"""The largest number of digits in a number written out; a double has at most 308 before its point."""


def refusal(rule: type[Rule], message: str, hint: str, at: str | None = None) -> PydanticCustomError:
    """What a validator raises: a problem's rule, message and hint, and the key where it is."""
    context = {"rule": rule, "message": message, "hint": hint, "at": at}
    return PydanticCustomError(rule.code, "{message}", context)


def kind_of(value: object) -> str:
    """What a value is, in the writer's terms."""
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, Text) and value.is_null:
        return "null"
    return "a list" if isinstance(value, list | tuple) else "a text"


def _text(value: Any, wanted: str = "a text", hint: str = "write a single text") -> str:
    """The value as a text; `wanted` is what messages say is expected."""
    if not isinstance(value, str):
        raise refusal(WrongKind, f"{wanted} is expected here, not {kind_of(value)}", hint)
    if isinstance(value, Text) and value.is_null:
        remedy = 'delete the key, or quote "null"' if wanted == "a text" else "delete the key"
        raise refusal(NullNotAllowed, f"{wanted} is expected here, not null", remedy)
    return value


def _filled(value: Any) -> str:
    text = _text(value)
    if not text.strip():
        raise refusal(EmptyText, "the text is empty", "write one, or delete the key")
    return text


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = _text(value, "true or false", "write true or false")
    if text not in ("true", "false"):
        raise refusal(NotABoolean, f"{quoted(text)} is not a boolean", "write true or false")
    return text == "true"


def _integer(value: Any) -> int:
    hint = "write only digits, as in 42"
    text = str(value) if isinstance(value, int) else _text(value, "an integer", hint)
    if not INTEGER.match(text):
        raise refusal(NotAnInteger, f"{quoted(text)} is not an integer", hint)
    if len(text) > MAX_DIGITS:
        raise refusal(
            NumberOutOfRange, f"{quoted(text)} is out of range", f"write at most {MAX_DIGITS} digits"
        )
    return int(text)


def _number(value: Any) -> Decimal:
    hint = "write it as JSON does, as in 0.5"
    text = str(value) if isinstance(value, int | Decimal) else _text(value, "a number", hint)
    if not NUMBER.match(text):
        raise refusal(NotANumber, f"{quoted(text)} is not a number", hint)
    exponent = re.split("[eE]", text)[1:]
    if len(text) > MAX_DIGITS or any(abs(int(digits)) > MAX_DIGITS for digits in exponent):
        raise refusal(
            NumberOutOfRange, f"{quoted(text)} is out of range", f"write at most {MAX_DIGITS} digits"
        )
    return Decimal(text)


_DATE_HINT = 'write year, month and day, as in "2024-06-01"'


def _date(value: Any) -> str:
    hint = _DATE_HINT
    text = _text(value, "a date", hint)
    try:
        if DATE.match(text):
            date.fromisoformat(text)
            return text
    except ValueError:  # such as 30 February
        pass
    raise refusal(NotADate, f"{quoted(text)} is not a date", hint)


def _not_empty(value: V) -> V:
    if not value:
        raise refusal(EmptyValue, "at least one is needed here", "add one")
    return value


class _NotEmpty:
    """Refuses an empty list or mapping, in JSON Schema too."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_after_validator_function(_not_empty, handler(source))

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        schema = handler(core)
        for each in schema.get("anyOf", [schema]):
            if each.get("type") in ("array", "object"):
                each["minItems" if each["type"] == "array" else "minProperties"] = 1
        return schema


NOT_EMPTY = _NotEmpty()


def many(value: Any) -> Any:
    """The value in a list of its own, unless it is a list."""
    return value if isinstance(value, list | tuple) else (value,)


def _node(value: Any) -> Any:
    """A value of an example as it was typed; plain Python data (from tests and tools) becomes nodes."""
    return value


def one_of(what: str, words: tuple[str, ...]) -> Callable[[Any], str]:
    """A validator of a text that is one of the words."""
    one_of_them = f"write one of {', '.join(words)}" if len(words) > 1 else f"write {words[0]}"

    def validate(value: Any) -> str:
        text = _text(value, f"a {what}", one_of_them)
        if text not in words:
            hint = did_you_mean(text, words) or one_of_them
            raise refusal(UnknownWord, f"{quoted(text)} is not a {what}", hint)
        return text

    return validate


def word(what: str, words: tuple[str, ...]) -> Any:
    """The type of a key whose value is one of a few words."""
    return Annotated[str, PlainValidator(one_of(what, words)), WithJsonSchema({"enum": list(words)})]


def ecma(pattern: re.Pattern[str]) -> str:
    """A pattern that Python matches from the beginning of a text, as JSON Schema writes it (ECMA-262)."""
    return "^" + pattern.pattern.replace(r"\Z", "$")


_TYPED = ["string", "number"]
"""What text without quotes may be in YAML 1.2: `1984` is a title here, but a number to an editor.

So is `true` a boolean to it; but an editor would offer that wherever the type has a boolean's name.
"""
_AS_DATE = {"patternErrorMessage": f"This is not a date: {_DATE_HINT}."}
_FILLED = {"pattern": r"\S", "patternErrorMessage": "This is empty: write a text, or delete the key."}

Str = Annotated[str, PlainValidator(_filled), WithJsonSchema({"type": _TYPED, **_FILLED})]
"""A text with something in it; it keeps its position."""
Blank = Annotated[str, PlainValidator(_text), WithJsonSchema({"type": _TYPED})]
"""A text that may be empty."""
ReleaseName = Annotated[str, PlainValidator(_filled), WithJsonSchema({"type": "string", **_FILLED})]
"""The name of a release, quoted so that editors see a text too."""
Bool = Annotated[bool, PlainValidator(_boolean), WithJsonSchema({"type": "boolean"})]
Int = Annotated[int, PlainValidator(_integer), WithJsonSchema({"type": "integer"})]
Number = Annotated[Decimal, PlainValidator(_number), WithJsonSchema({"type": "number"})]
Date = Annotated[
    str,
    PlainValidator(_date),
    WithJsonSchema({"type": "string", "format": "date", "pattern": ecma(DATE), **_AS_DATE}),
]
Pattern = Annotated[str, PlainValidator(_text), WithJsonSchema({"type": _TYPED, "format": "regex"})]
"""A regular expression; whether it is one, a check tells."""
Strs = Annotated[tuple[Str, ...], BeforeValidator(many, json_schema_input_type=Str | tuple[Str, ...])]
"""One text or a list of them."""
ReleaseNames = Annotated[
    tuple[ReleaseName, ...],
    BeforeValidator(many, json_schema_input_type=ReleaseName | tuple[ReleaseName, ...]),
]
"""One release or a list of them."""
Value = Annotated[Any, PlainValidator(_node), WithJsonSchema({"anyOf": [{}]})]
"""A node of an example: `Text`, `Map` or `Seq`."""
Bare = Annotated[Any, WithJsonSchema({"not": {"type": "object"}})]
"""The JSON Schema of a node that is not a mapping."""
Names = Annotated[dict[K, V], AfterValidator(FrozenDict)]
"""A mapping of names that cannot change; its keys keep their positions."""

__all__ = [
    "INTEGER",
    "NOT_EMPTY",
    "NUMBER",
    "Bare",
    "Blank",
    "Bool",
    "Date",
    "Int",
    "Map",
    "Names",
    "Number",
    "Pattern",
    "ReleaseName",
    "ReleaseNames",
    "Seq",
    "Str",
    "Strs",
    "Value",
    "kind_of",
    "many",
    "one_of",
    "refusal",
    "word",
]

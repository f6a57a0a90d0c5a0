"""Judges what a request sends by what its endpoint documents, as the dialect of the API reads values."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from apiguide.english import article
from apiguide.examples.values import fits
from apiguide.mock.bodies import Number
from apiguide.mock.queries import BARE
from apiguide.model import Field
from apiguide.model.patterns import matches
from apiguide.model.scalars import INTEGER, NUMBER
from apiguide.problems import Mark, Source
from apiguide.view import GuideView
from apiguide.yaml_source import Map, Node, Seq, Text

NOWHERE = Mark(Source(""))
_TRUE = {"true", "1"}
_FALSE = {"false", "0"}


class Fault(NamedTuple):
    """What is wrong with one value."""

    name: str
    """Which: `server.disks[0].size`."""
    message: str

    def __str__(self) -> str:
        words = self.name.rpartition(".")[2].replace("_", " ")
        return f"{words[:1].upper()}{words[1:]} {self.message}"


class Judge:
    """Judges values of one place of a request, and keeps the faults that it finds."""

    def __init__(self, view: GuideView, *, is_text: bool, casts: bool) -> None:
        """`is_text` tells that all values are sent as text; `casts`, that the API casts what it reads."""
        self.view = view
        self.is_text = is_text
        self.casts = casts
        self.faults: list[Fault] = []

    def named(
        self,
        fields: Mapping[str, Field],
        sent: Mapping[str, Any],
        *,
        others: Field | None = None,
        at: str = "",
    ) -> Map:
        """Named values as a guide would state them; `others` is what names may hold that are not listed."""
        found: dict[Text, Node] = {}
        for name, value in sent.items():
            field = fields.get(name, others)
            where = f"{at}.{name}" if at else name
            if field is None:
                self.faults.append(Fault(where, "is not a parameter of this endpoint"))
                continue
            node = self.value(field, value, where)
            if node is not None:
                found[_text(name)] = node
        for name, field in fields.items():
            if field.required and name not in sent:
                self.faults.append(Fault(f"{at}.{name}" if at else name, "can't be blank"))
        return Map.make(found, NOWHERE)

    def value(self, field: Field, sent: Any, name: str) -> Node | None:
        """A value as a guide would state it; None where it is wrong."""
        if sent is None:
            if field.nullable or (self.casts and not field.required):
                return Text.make("null", NOWHERE)
            return self._fault(name, "can't be blank")
        if field.is_array:
            return self._array(field, sent, name)
        if field.is_object:
            return self._structure(field, sent, name)
        return self._scalar(field, sent, name)

    def _array(self, field: Field, sent: Any, name: str) -> Node | None:
        items = _items(sent)
        if items is None:
            return self._fault(name, "is not a list")
        nodes = [
            _plain(each) if field.items is None else self.value(field.items, each, f"{name}[{index}]")
            for index, each in enumerate(items)
        ]
        return Seq.make([node for node in nodes if node is not None], NOWHERE)

    def _structure(self, field: Field, sent: Any, name: str) -> Node | None:
        if sent == "" and self.is_text:
            sent = {}
        if not isinstance(sent, Mapping):
            return self._fault(name, "is not an object")
        members = self.view.members(field, request=True)
        others = field.additional_fields
        if members is None and others is None:
            return _plain(sent)
        return self.named(members or {}, sent, others=others, at=name)

    def _scalar(self, field: Field, sent: Any, name: str) -> Node | None:
        if sent is BARE:
            if field.allow_empty_value:
                return _text("true", plain=True)
            sent = ""
        if isinstance(sent, Mapping | list):
            return _plain(sent) if not field.type else self._fault(name, "is not a single value")
        text = str(sent).lower() if isinstance(sent, bool) else str(sent)
        if field.allow_empty_value and text == "":
            return _text("")
        types: tuple[str, ...] = field.type or ()
        if text == "" and self.casts and types and "string" not in types:
            return self.value(field, None, name)  # no text is no value, as Rails reads it
        for type_ in types:
            read = self._read(type_, sent, text)
            if read is not None:
                return self._limited(field, read, type_, name)
        if types:
            return self._fault(name, f"is not {article(' or '.join(types))}")
        return self._limited(field, text, "string", name)

    def _read(self, type_: str, sent: Any, text: str) -> str | None:
        """A value as one of a type; None where it is none."""
        is_lenient = self.is_text or self.casts
        if type_ == "boolean":
            if isinstance(sent, bool) or (is_lenient and text in _TRUE | _FALSE):
                return "true" if text in _TRUE else "false"
            return None
        if type_ in ("integer", "decimal", "float"):
            is_number = isinstance(sent, Number) or (is_lenient and not isinstance(sent, bool))
            return text if is_number and fits(text, type_) else None
        is_text = not isinstance(sent, bool | Number) or (is_lenient and not isinstance(sent, bool))
        return text if is_text and fits(text, type_) else None

    def _limited(self, field: Field, text: str, type_: str, name: str) -> Node | None:
        """A value that has the type, unless limits of the field forbid it."""
        allowed = {str(each.value) for each in field.enum or ()}
        if field.const is not None:
            allowed = {str(field.const)}
        if allowed and text not in allowed:
            return self._fault(name, "is not included in the list")
        if field.max_length is not None and len(text) > field.max_length:
            return self._fault(name, f"is too long (maximum is {field.max_length} characters)")
        if field.pattern is not None and not matches(field.pattern, text):
            return self._fault(name, "is invalid")
        if type_ in ("integer", "decimal", "float") and NUMBER.match(text):
            try:
                number = Decimal(text)
            except ArithmeticError:  # its exponent has more digits than anybody counts
                return self._fault(name, f"is not {article(type_)}")
            if field.minimum is not None and number < field.minimum:
                return self._fault(name, f"must be greater than or equal to {field.minimum}")
            if field.maximum is not None and number > field.maximum:
                return self._fault(name, f"must be less than or equal to {field.maximum}")
        return _text(text, plain=type_ != "string")

    def _fault(self, name: str, message: str) -> Node | None:
        """Keeps a fault; there is no value then."""
        self.faults.append(Fault(name, message))
        return None


def _items(sent: Any) -> list[Any] | None:
    """The items of what may be a list; in XML one of a single item is an object with one name."""
    if isinstance(sent, list):
        return sent
    if sent in ("", BARE):
        return []
    if isinstance(sent, Mapping) and len(sent) == 1:
        (inner,) = sent.values()
        return inner if isinstance(inner, list) else [inner]
    return None


def _text(text: str, *, plain: bool = False) -> Text:
    return Text.make(text, NOWHERE, plain=plain)


def _plain(sent: Any) -> Node:
    """A value of which nothing is documented, as a guide would state it."""
    if isinstance(sent, Mapping):
        return Map.make({_text(name): _plain(each) for name, each in sent.items()}, NOWHERE)
    if isinstance(sent, list):
        return Seq.make([_plain(each) for each in sent], NOWHERE)
    if sent is None:
        return Text.make("null", NOWHERE)
    if isinstance(sent, bool):
        return _text("true" if sent else "false", plain=True)
    return _text(
        "" if sent is BARE else str(sent), plain=isinstance(sent, Number) or bool(INTEGER.match(str(sent)))
    )

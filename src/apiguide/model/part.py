"""What all models share: they are frozen and strict, and most have a lifespan."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Set
from typing import Annotated, Any, ClassVar, Generic, Self, TypeVar, Union, cast, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic import Field as Key
from pydantic.config import JsonDict

from apiguide.model.scalars import ReleaseName, Str, refusal
from apiguide.rule import Rule
from apiguide.yaml_source import FrozenDict, Map, Seq, Text


class TwoStarts(Rule, family="time"):
    """`since` and `documented_since` are used together."""


class Part(BaseModel):
    """A part of the guide: frozen, and with no keys beyond those of the format."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    noun: ClassVar[str] = "a part"
    """What messages call it."""

    @property
    def stated(self) -> Set[str]:
        """The keys that are stated, as attribute names."""
        return self.__pydantic_fields_set__

    def stated_values(self) -> list[tuple[str, Any]]:
        """The keys that are stated, each with its value, in no order."""
        held = self.__dict__
        return [(key, held[key]) for key in self.__pydantic_fields_set__]

    def values_of(self, keys: Iterable[str]) -> dict[str, Any]:
        """The values of some keys, stated or not."""
        held = self.__dict__
        return {key: held[key] for key in keys}

    @classmethod
    def unchecked(cls, **values: Any) -> Self:
        """A part that states these values, which are known to be valid."""
        return cast(Self, cls.model_construct(**values))

    def replace(self, **values: Any) -> Self:
        """The same part with other values, which it then states."""
        return self.model_copy(update=values)

    @classmethod
    def key_names(cls) -> tuple[str, ...]:
        """All keys as files spell them."""
        return tuple(info.alias or name for name, info in cls.model_fields.items())


def inside(part: Part) -> Iterator[Part]:
    """A part and all parts inside it."""
    open_: list[Any] = [part]
    while open_:
        value = open_.pop()
        if isinstance(value, Part):
            yield value
            held = value.__dict__
            for key in value.__pydantic_fields_set__:
                if not isinstance(held[key], str):
                    open_.append(held[key])
        elif isinstance(value, FrozenDict):
            open_ += () if isinstance(value, Map) else value.values()
        elif isinstance(value, tuple) and not isinstance(value, Seq):
            open_ += value


def model_at(model: type[Part], path: Iterable[str | int]) -> type[Part]:
    """The model that a path of keys leads to, or the last one on the way."""
    annotation: Any = model
    found = model
    for step in path:
        if isinstance(annotation, type) and issubclass(annotation, Part):
            info = next((i for name, i in annotation.model_fields.items() if step in (name, i.alias)), None)
            annotation = _inner(info.annotation) if info else None
        else:
            annotation = _inner(_item(annotation))
        if isinstance(annotation, type) and issubclass(annotation, Part):
            found = annotation
    return found


def _item(annotation: Any) -> Any:
    """The type of what a tuple or dict holds."""
    arguments = [a for a in get_args(annotation) if a is not Ellipsis]
    return arguments[-1] if arguments else None


def _inner(annotation: Any) -> Any:
    """A type without `Annotated` and `| None` around it."""
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation = get_args(annotation)[0]
        elif origin in (Union, types.UnionType):
            annotation = next(a for a in get_args(annotation) if a is not type(None))
        else:
            return annotation


class Deprecation(Part):
    """Since when a part should no longer be used, and what to use instead."""

    noun = "a deprecation"

    since: ReleaseName
    """The release from which on it should no longer be used."""
    use: Str | None = None
    """What to use instead: an endpoint, a field, or a text."""
    note: Str | None = None
    """More about the deprecation, as Markdown."""


class Absence(Part):
    """Releases that do not have a part which is there before and after them."""

    noun = "an absence"

    from_: ReleaseName = Key(alias="from")
    """The first release without it."""
    until: ReleaseName
    """The release in which it is there again."""


NOT_TWO_STARTS: JsonDict = {
    "if": {"required": ["since"]},
    "then": {"properties": {"documented_since": False}},
}
"""What JSON Schema says of a part with a lifespan."""


LIFESPAN = ("since", "documented_since", "absent", "removed", "deprecated", "changes")
"""The keys of a part that say how it differed before a release, or will after one."""


class Versioned(Part):
    """A part with a lifespan; without a start, it exists from the first release on."""

    model_config = ConfigDict(json_schema_extra={**NOT_TWO_STARTS})

    since: ReleaseName | None = None
    """The release that introduced it."""
    documented_since: ReleaseName | None = None
    """The first release for which there is evidence of it; it may be older."""
    absent: tuple[Absence, ...] = ()
    """The releases in between that do not have it, oldest first."""
    removed: ReleaseName | None = None
    """The first release without it."""
    deprecated: Deprecation | None = None
    """Since when it should no longer be used, and what to use instead."""

    def model_post_init(self, _context: Any, /) -> None:
        """Refuses two starts."""
        if self.since is not None and self.documented_since is not None:
            message = "`since` and `documented_since` cannot both be given"
            hint = "keep `since` if it is known to be new in that release"
            raise refusal(TwoStarts, message, hint, at="documented_since")

    @property
    def introduced(self) -> str | None:
        """The first release that has it, as far as is known; None means the first release of all."""
        return self.since or self.documented_since


def _former(value: Any) -> Any:
    """The content of a `before`: null there means that the key was not stated."""
    if not isinstance(value, dict):
        return value
    return {k: None if isinstance(v, Text) and v.is_null else v for k, v in value.items()}


_Keys = TypeVar("_Keys", bound=Part)


class Change(Part, Generic[_Keys]):
    """What a release changed, and what it was before."""

    noun = "a change"
    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"required": ["note"]},
                {"required": ["before"], "properties": {"before": {"minProperties": 1}}},
            ]
        }
    )

    release: ReleaseName
    """The release that made the change."""
    note: Str | None = None
    """What the change means, in one sentence."""
    before: Annotated[_Keys | None, BeforeValidator(_former)] = None
    """Former values of the keys that changed; null for a key that was not stated."""


def as_value(node: Any) -> Any:
    """A listed value, which may be written bare or as a mapping with `value` and a lifespan."""
    return node if isinstance(node, Map | dict | Part) else {"value": node}

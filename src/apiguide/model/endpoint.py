"""An endpoint of the API: where it is, what it takes, what it responds with."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict
from pydantic import Field as Key

from apiguide.model.field import Body, Field, ListedValue
from apiguide.model.forms import (
    METHODS,
    FieldName,
    FormerNames,
    HeaderName,
    ListedStatus,
    Method,
    Path,
    StatusCode,
)
from apiguide.model.part import NOT_TWO_STARTS, Change, Part, Versioned
from apiguide.model.scalars import Bool, Names, Str, Strs, refusal, word
from apiguide.model.scalars import Value as Node
from apiguide.rule import Rule
from apiguide.yaml_source import FrozenDict, Map, Text


class BodyWithoutName(Rule, family="structure"):
    """A request's body is written as a schema, but must be a map of names."""


class NoteKind(Rule, family="structure"):
    """A note has no message, or several."""


LOCATIONS = ("path", "query", "header", "cookie", "body")
"""Where a parameter can be sent, in the order in which pages show them."""

PLACEHOLDER = re.compile(r"(?<![A-Za-z0-9]):([A-Za-z_][A-Za-z0-9_]*)")
"""A placeholder in a path: `/books/:id`. After a letter or a digit a colon is one: `/books/:id:cancel`."""


def path_shape(path: str) -> str:
    """A path without the names of its placeholders, which nobody sends."""
    return PLACEHOLDER.sub(":", path)


class Note(Versioned):
    """A message that pages show in a box: exactly one of info, note or warning."""

    noun = "a note"
    model_config = ConfigDict(
        json_schema_extra={
            **NOT_TWO_STARTS,
            "oneOf": [{"required": ["info"]}, {"required": ["note"]}, {"required": ["warning"]}],
        }
    )

    info: Str | None = None
    """Emphasizes or explains something."""
    note: Str | None = None
    """What readers must know to get the task done."""
    warning: Str | None = None
    """What not to do, or what to be careful with."""

    def model_post_init(self, context: Any, /) -> None:
        """Refuses a note that has no message, or several."""
        super().model_post_init(context)
        kinds = [self.info, self.note, self.warning].count(None)
        if kinds != 2:
            message = "a note needs exactly one of `info`, `note` and `warning`"
            hint = "add one" if kinds == 3 else "write a separate note for each"
            raise refusal(NoteKind, message, hint)

    @property
    def kind(self) -> str:
        """`info`, `note` or `warning`."""
        return "info" if self.info else "note" if self.note else "warning"

    @property
    def text(self) -> str:
        """The message, as Markdown."""
        return self.info or self.note or self.warning or ""


def _body_names(value: Any) -> Any:
    """Refuses a schema where a map of names is meant: a body names what it sends."""
    for key in ("object", "type"):
        if isinstance(value, Map) and isinstance(value.get(key), Text):
            name = value[key] if key == "object" else "NAME"
            hint = f"write `{name}: {{{key}: {value[key]}}}`"
            raise refusal(BodyWithoutName, "`parameters.body` is a map of names, not a schema", hint, at=key)
    return value


class Parameters(Part):
    """Parameters, by where they are sent."""

    noun = "parameters"

    path: Names[FieldName, Field] = FrozenDict()
    """Path parameters; those of the resource need not be repeated."""
    query: Names[FieldName, Field] = FrozenDict()
    """Query parameters, which follow the `?`; nested ones are sent in brackets."""
    header: Names[HeaderName, Field] = FrozenDict()
    """Request headers."""
    cookie: Names[HeaderName, Field] = FrozenDict()
    """Cookies."""
    body: Annotated[Names[FieldName, Field], BeforeValidator(_body_names)] = FrozenDict()
    """A map of names: either one object that wraps the rest, or bare parameters."""

    def location(self, name: str) -> FrozenDict[Field]:
        """The parameters of one of the `LOCATIONS`."""
        found: FrozenDict[Field] = getattr(self, name)
        return found


class ResponseKeys(Part):
    """What may change in a response."""

    noun = "a response"

    description: Str | None = None
    """What the status means here, if it differs from what guide.yaml says."""
    body: Body | None = None
    """One schema, never a map of names."""


ResponseChange = Change[ResponseKeys]


class Response(ResponseKeys, Versioned):
    """What is returned with a status."""

    changes: tuple[ResponseChange, ...] = ()


class ExampleParameters(Part):
    """Values of an example request, by where they are sent."""

    noun = "example parameters"

    path: Names[FieldName, Node] = FrozenDict()
    """Values of path parameters by name."""
    query: Names[FieldName, Node] = FrozenDict()
    """Values of query parameters by name."""
    header: Names[HeaderName, Node] = FrozenDict()
    """Values of headers by name."""
    cookie: Names[HeaderName, Node] = FrozenDict()
    """Values of cookies by name."""
    body: Names[FieldName, Node] = FrozenDict()
    """Values of body parameters by name."""

    def location(self, name: str) -> FrozenDict[Any]:
        """The values of one of the `LOCATIONS`."""
        found: FrozenDict[Any] = getattr(self, name)
        return found


class ExampleKeys(Part):
    """What may change in an example."""

    noun = "an example"

    title: Str | None = None
    """What the example shows."""
    description: Str | None = None
    """More about the example, as Markdown."""
    parameters: ExampleParameters = ExampleParameters()
    """Values of the request, by where they are sent."""
    responses: Names[ListedStatus, Node] = FrozenDict()
    """Values of the response's body by status, without the names that wrap them."""


class Example(ExampleKeys, Versioned):
    """A request and the responses to it, as values; XML, JSON and curl are generated from them."""

    changes: tuple[Change[ExampleKeys], ...] = ()


def _status(value: Any) -> Any:
    return None if isinstance(value, Text) and value.is_null else value


Responses = Names[
    StatusCode, Annotated[Response | None, BeforeValidator(_status, json_schema_input_type=Response | None)]
]


class EndpointKeys(Part):
    """What may change in an endpoint; its parameters, responses, notes and examples change on their own."""

    noun = "an endpoint"

    title: Str | None = None
    """What the endpoint does, as a heading: "Create book"."""
    method: Method | None = None
    """The HTTP method."""
    path: Path | None = None
    """The path, with `:placeholders` and without a format's extension."""
    description: Str | None = None
    """What the endpoint does, as Markdown; the first sentence serves as its summary."""
    permissions: tuple[ListedValue, ...] | None = None
    """Permissions that the caller needs, each bare or as a mapping with `value`."""
    safe: Bool | None = None
    """Whether it is safe (RFC 9110 §9.2.1); by default true for GET, HEAD and OPTIONS, false for the rest."""
    prefer: Str | None = None
    """The newer form of this endpoint, by id."""
    formats: Strs | None = None
    """The formats it supports, if not all of the guide's."""
    incomplete: tuple[word("gap", ("parameters", "reply")), ...] | None = None  # type: ignore[valid-type]
    """What is known to exist but not known in detail."""
    paging: Bool | None = None
    """Whether it takes the paging parameters of guide.yaml."""


class Endpoint(EndpointKeys, Versioned):
    """An endpoint of the API."""

    title: Str
    method: Method = Key(examples=[*METHODS])
    path: Path
    notes: tuple[Note, ...] = ()
    """Messages in boxes."""
    parameters: Parameters = Parameters()
    """What it takes, by where it is sent."""
    responses: Responses = FrozenDict()
    """Its responses by status; `404: null` if it lacks one that a rule in guide.yaml gives it."""
    examples: tuple[Example, ...] = ()
    """Examples; by default, one is made of the fields' own values."""
    formerly: FormerNames = ()
    """Names that the file used to have."""
    changes: tuple[Change[EndpointKeys], ...] = Key(default=())

    @property
    def placeholders(self) -> tuple[str, ...]:
        """Names of the path's placeholders, in their order."""
        return tuple(PLACEHOLDER.findall(self.path))

    @property
    def is_safe(self) -> bool:
        """Whether a client may send it without asking for a change (RFC 9110 §9.2.1)."""
        return self.method in ("GET", "HEAD", "OPTIONS") if self.safe is None else self.safe

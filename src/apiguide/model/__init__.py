"""The guide as typed, frozen values.

`Guide` holds `Settings` (guide.yaml), `Resource`s, `Endpoint`s and `Object`s; all of them are made of
`Field`s, and what a release added, changed or removed is `Versioned`. The models are the format: what
they do not accept, no file may say. A key that a file does not state is None. Texts remember where they were
typed (`yaml_source.Text`).
"""

from apiguide.model.endpoint import (
    LOCATIONS,
    Endpoint,
    EndpointKeys,
    Example,
    ExampleParameters,
    Note,
    Parameters,
    Response,
    ResponseChange,
    ResponseKeys,
)
from apiguide.model.field import (
    TYPES,
    Field,
    FieldChange,
    FieldKeys,
    Object,
    ObjectKeys,
    Section,
    Value,
    is_chosen,
)
from apiguide.model.guide import Guide, Resource, ResourceKeys, resource_id
from apiguide.model.part import LIFESPAN, Absence, Change, Deprecation, Part, Versioned, inside
from apiguide.model.settings import (
    Authentication,
    Format,
    Group,
    Method,
    Release,
    Server,
    Settings,
    Status,
)

__all__ = [
    "LIFESPAN",
    "LOCATIONS",
    "TYPES",
    "Absence",
    "Authentication",
    "Change",
    "Deprecation",
    "Endpoint",
    "EndpointKeys",
    "Example",
    "ExampleParameters",
    "Field",
    "FieldChange",
    "FieldKeys",
    "Format",
    "Group",
    "Guide",
    "Method",
    "Note",
    "Object",
    "ObjectKeys",
    "Parameters",
    "Part",
    "Release",
    "Resource",
    "ResourceKeys",
    "Response",
    "ResponseChange",
    "ResponseKeys",
    "Section",
    "Server",
    "Settings",
    "Status",
    "Value",
    "Versioned",
    "inside",
    "is_chosen",
    "resource_id",
]

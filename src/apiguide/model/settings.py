"""guide.yaml: the guide as a whole, and all in which one API differs from another."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field as Key
from pydantic import WithJsonSchema

from apiguide.model.endpoint import Note
from apiguide.model.field import Body, Field, Object
from apiguide.model.forms import (
    Extension,
    FieldName,
    MediaType,
    MethodName,
    NewRelease,
    Options,
    StatusCode,
    Url,
)
from apiguide.model.part import Part
from apiguide.model.scalars import (
    NOT_EMPTY,
    Date,
    Int,
    Names,
    ReleaseName,
    ReleaseNames,
    Str,
    Strs,
    word,
)
from apiguide.model.scalars import Value as Node
from apiguide.yaml_source import FrozenDict

FORMATS = ("xml", "json")
FormatName = Annotated[Str, WithJsonSchema({"enum": [*FORMATS]})]
DIALECTS = ("rails", "plain")
NAME_STYLES = ("snake_case", "camelCase", "PascalCase", "kebab-case")


class Server(Part):
    """Where the API is."""

    noun = "a server"

    url: Url
    """The address before every path."""
    description: Str | None = None
    """What it is."""


class Release(Part):
    """A release of the API."""

    noun = "a release"

    release: NewRelease
    """Its name; any text, quoted."""
    date: Date | None = None
    """When it came, ISO 8601."""
    status: word("release status", ("planned",)) | None = None  # type: ignore[valid-type]
    """`planned`: shown only when asked for."""


class Format(Part):
    """An exchange format: `xml` or `json`."""

    noun = "a format"

    media_type: MediaType
    """Media type, for Accept and Content-type."""
    extension: Extension = ""
    """What a path ends with to ask for it."""
    dialect: word("dialect", DIALECTS) = "plain"  # type: ignore[valid-type]
    """How values are written: `plain`, or `rails` (wrapped objects, `type` attributes)."""


class Authentication(Part):
    """A security scheme, as in OpenAPI."""

    noun = "an authentication scheme"

    id: Str
    """A name for it."""
    type: word("security scheme", ("basic", "bearer", "api_key"))  # type: ignore[valid-type]
    """`basic`, `bearer` or `api_key`."""
    title: Str
    """Its heading."""
    description: Str | None = None
    """How to come by it, as Markdown."""
    user: Str = "user"
    """User name of the examples."""
    password: Str = "password"
    """Password of the examples."""
    token: Str = "token"
    """The bearer token or the API key of the examples."""
    name: Str = "X-Api-Key"
    """The header or query parameter of an API key."""
    location: word("place of an API key", ("header", "query")) = Key("header", alias="in")  # type: ignore[valid-type]
    """Where an API key stands: `header` or `query`."""


class Curl(Part):
    """How curl lines begin."""

    noun = "curl's settings"

    options: Options = ()
    """Options that each line begins with."""


class Group(Part):
    """A heading of the navigation."""

    noun = "a group"

    id: Str
    """A name for it."""
    title: Str
    """The heading."""
    first: Strs = ()
    """The resources that lead; the others follow by title."""


class Method(Part):
    """What the API uses an HTTP method for."""

    noun = "a method"

    description: Str
    """What it is used for."""
    notes: tuple[Note, ...] = ()
    """Messages in boxes."""


class Status(Part):
    """What the API means by an HTTP status."""

    noun = "a status"

    title: Str
    """Its name: "Not Found"."""
    description: Str | None = None
    """What it means, as Markdown."""
    when: word("rule", ("always", "path_parameters", "body_parameters")) | None = None  # type: ignore[valid-type]
    """Which endpoints have it without listing it."""
    body: Body | None = None
    """What comes with it."""
    example: Node = None
    """The body's values, without the names that wrap them."""


class PromiseException(Part):
    """A break of the promise to stay compatible."""

    noun = "an exception"

    at: Str
    """`objects.OBJECT.FIELD` or `RESOURCE/ENDPOINT#ANCHOR`."""
    release: ReleaseName
    """The release that broke it."""
    reason: Str
    """Why."""


class Erratum(Part):
    """A correction of what a guide said of releases that were out already."""

    noun = "an erratum"

    at: Str
    """What was corrected."""
    releases: ReleaseNames
    """The releases whose guides were wrong."""
    date: Date
    """When it was corrected."""
    reason: Str
    """What was wrong."""


class Rules(Part):
    """What a check looks for, and what it passes over."""

    noun = "the settings of rules"

    names: word("style", NAME_STYLES) | None = None  # type: ignore[valid-type]
    """How fields and parameters are written: `snake_case`, `camelCase`, `PascalCase` or `kebab-case`."""
    odd_names: Names[Str, Str] = FrozenDict()
    """Names that the API really has, though odd in style or like others, each with the reason."""
    ignore: Names[Str, Str] = FrozenDict()
    """Codes or families of warnings that are not told, each with the reason."""


class Settings(Part):
    """The content of guide.yaml."""

    noun = "the guide"

    title: Str
    """Title of the guide."""
    description: Str | None = None
    """What the API is."""
    servers: Annotated[tuple[Server, ...], NOT_EMPTY]
    """Where the API is; the first one is used in curl lines."""
    releases: Annotated[tuple[Release, ...], NOT_EMPTY]
    """All releases, oldest first."""
    compatible_since: ReleaseName | None = None
    """The release since which no release breaks clients."""
    formats: Annotated[Names[FormatName, Format], NOT_EMPTY]
    """Exchange formats by name: `xml`, `json`."""
    authentication: tuple[Authentication, ...] = ()
    """Ways to authenticate; the first one is used in curl lines."""
    curl: Curl = Curl()
    """How curl lines begin."""
    groups: tuple[Group, ...] = ()
    """Headings of the navigation, in their order."""
    methods: Names[MethodName, Method] = FrozenDict()
    """HTTP methods by name."""
    statuses: Names[StatusCode, Status] = FrozenDict()
    """Statuses by code."""
    paging: Names[FieldName, Field] = FrozenDict()
    """Query parameters of endpoints with `paging: true`."""
    objects: Names[FieldName, Object] = FrozenDict()
    """Objects of no resource, such as errors."""
    exceptions: tuple[PromiseException, ...] = ()
    """Breaks of the promise, with their reasons."""
    errata: tuple[Erratum, ...] = ()
    """Corrections of what was published."""
    synonyms: Names[Str, Annotated[Strs, NOT_EMPTY]] = FrozenDict()
    """What readers type into the search for a word or phrase of the guide."""
    debt: Names[Str, Int] = FrozenDict()
    """How much debt a resource may have, by its id; more is an error."""
    rules: Rules = Rules()
    """What a check looks for, and what it passes over."""

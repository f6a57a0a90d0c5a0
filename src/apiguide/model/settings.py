"""guide.yaml: the guide as a whole, and everything in which one API differs from another."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field as Key
from pydantic import WithJsonSchema

from apiguide.model.endpoint import Note
from apiguide.model.field import Body, Field, Object
from apiguide.model.forms import (
    Extension,
    FieldName,
    LinksBase,
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
    """An address of the API."""

    noun = "a server"

    url: Url
    """The address that precedes every path."""
    description: Str | None = None
    """What this server is."""


class Release(Part):
    """A release of the API."""

    noun = "a release"

    release: NewRelease
    """Its name, in quotes."""
    date: Date | None = None
    """When it came out, in ISO 8601 format: "2024-06-01"."""
    status: word("release status", ("planned",)) | None = None  # type: ignore[valid-type]
    """`planned` if it is not out yet; its guide is then shown only on request."""


class Format(Part):
    """An exchange format: `xml` or `json`."""

    noun = "a format"

    media_type: MediaType
    """The media type, for Accept and Content-type."""
    extension: Extension = ""
    """The end of a path that asks for this format, such as `.json`; a path that ends with `/` takes none."""
    dialect: word("dialect", DIALECTS) = "plain"  # type: ignore[valid-type]
    """How values are written: `plain`, or `rails` (wrapped objects, `type` attributes)."""

    def asked_by(self, path: str) -> str:
        """The path that asks for this format: with its extension, unless it ends with a slash."""
        return path if path.endswith("/") else path + self.extension


class Authentication(Part):
    """A way to authenticate, like a security scheme in OpenAPI."""

    noun = "an authentication scheme"

    id: Str
    """Its id, by which pages refer to it."""
    type: word("security scheme", ("basic", "bearer", "api_key"))  # type: ignore[valid-type]
    """`basic`, `bearer` or `api_key`."""
    title: Str
    """Its heading."""
    description: Str | None = None
    """How to get credentials, as Markdown."""
    user: Str = "user"
    """The user name in examples."""
    password: Str = "password"
    """The password in examples."""
    token: Str = "token"
    """The bearer token or API key in examples."""
    name: Str = "X-Api-Key"
    """The header or query parameter that carries an API key."""
    location: word("place of an API key", ("header", "query")) = Key("header", alias="in")  # type: ignore[valid-type]
    """Where an API key is sent: `header` or `query`."""


class Curl(Part):
    """How curl commands begin."""

    noun = "curl's settings"

    options: Options = ()
    """The options that each command begins with."""


class Group(Part):
    """A group of resources in the navigation."""

    noun = "a group"

    id: Str
    """Its id, by which resources refer to it."""
    title: Str
    """Its heading."""
    first: Strs = ()
    """The resources that come first; the others follow by title."""


class Method(Part):
    """What an HTTP method is used for in the API."""

    noun = "a method"

    description: Str
    """What it is used for."""
    notes: tuple[Note, ...] = ()
    """Messages in boxes."""


class Status(Part):
    """What an HTTP status means in the API."""

    noun = "a status"

    title: Str
    """Its name, such as "Not Found"."""
    description: Str | None = None
    """What it means, as Markdown."""
    when: word("rule", ("always", "path_parameters", "body_parameters")) | None = None  # type: ignore[valid-type]
    """Which endpoints have it without listing it: `always`, `path_parameters` or `body_parameters`."""
    body: Body | None = None
    """The body that comes with it."""
    example: Node = None
    """Example values for the body, without the names that wrap them."""


class PromiseException(Part):
    """A known break of the promise to stay compatible."""

    noun = "an exception"

    at: Str
    """What broke: `objects.OBJECT.FIELD` or `RESOURCE/ENDPOINT#ANCHOR`."""
    release: ReleaseName
    """The release that broke it."""
    reason: Str
    """Why it broke."""


class Erratum(Part):
    """A correction of the guides of published releases."""

    noun = "an erratum"

    at: Str
    """What was corrected: `objects.OBJECT.FIELD` or `RESOURCE/ENDPOINT#ANCHOR`."""
    releases: ReleaseNames
    """The releases whose guides were wrong."""
    date: Date
    """When it was corrected."""
    reason: Str
    """What was wrong."""


class Rules(Part):
    """What a check looks for, and what it ignores."""

    noun = "the settings of rules"

    names: word("style", NAME_STYLES) | None = None  # type: ignore[valid-type]
    """The style of field and parameter names: `snake_case`, `camelCase`, `PascalCase` or `kebab-case`."""
    odd_names: Names[Str, Str] = FrozenDict()
    """Names that the API really has, though they break the style or resemble others, each with the reason."""
    ignore: Names[Str, Str] = FrozenDict()
    """Codes or families of warnings to ignore, each with the reason."""


class Settings(Part):
    """The content of guide.yaml."""

    noun = "the guide"

    title: Str
    """The title of the guide."""
    description: Str | None = None
    """What the API is for."""
    servers: Annotated[tuple[Server, ...], NOT_EMPTY]
    """Addresses of the API; the first one is used in curl commands."""
    releases: Annotated[tuple[Release, ...], NOT_EMPTY]
    """All releases, oldest first."""
    compatible_since: ReleaseName | None = None
    """The promise that, from this release on, no release breaks clients."""
    formats: Annotated[Names[FormatName, Format], NOT_EMPTY]
    """Exchange formats by name: `xml`, `json`."""
    authentication: tuple[Authentication, ...] = ()
    """Ways to authenticate; the first one is used in curl commands."""
    curl: Curl = Curl()
    """How curl commands begin."""
    groups: tuple[Group, ...] = ()
    """The groups of resources in the navigation, in order."""
    methods: Names[MethodName, Method] = FrozenDict()
    """HTTP methods by name."""
    statuses: Names[StatusCode, Status] = FrozenDict()
    """HTTP statuses by code."""
    paging: Names[FieldName, Field] = FrozenDict()
    """Query parameters of endpoints with `paging: true`."""
    objects: Names[FieldName, Object] = FrozenDict()
    """Objects that belong to no resource, such as errors."""
    exceptions: tuple[PromiseException, ...] = ()
    """Known breaks of the promise, with their reasons."""
    errata: tuple[Erratum, ...] = ()
    """Corrections of published guides."""
    links_base: LinksBase | None = None
    """The address that precedes root-relative links, such as `/docs`, in texts and on hand-written pages."""
    synonyms: Names[Str, Annotated[Strs, NOT_EMPTY]] = FrozenDict()
    """What readers type into the search instead of a word or phrase of the guide."""
    debt: Names[Str, Int] = FrozenDict()
    """How much debt a resource may have, by its id; more is an error."""
    rules: Rules = Rules()
    """What a check looks for, and what it ignores."""

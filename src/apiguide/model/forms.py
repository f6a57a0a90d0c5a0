"""Texts with a fixed form: addresses, media types, paths, names of methods, fields, headers and releases.

The model accepts such a text whatever it contains, so that a mistake in it does not hide anything else that
is wrong in its file. Editors know the pattern from the schema, and `checks` report a text that does not
match it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, get_args

from pydantic import BeforeValidator, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from apiguide.model.part import Part
from apiguide.model.scalars import Blank, ReleaseName, Str, ecma, many
from apiguide.problems import Problem, mark_of, quoted
from apiguide.rule import Rule


class BadFormerName(Rule, family="references"):
    """A name under `formerly` cannot have been the name of a file or a resource."""


class BadUrl(Rule, family="settings"):
    """The address of a server, or that under `links_base`, is not valid."""


class BadExtension(Rule, family="settings"):
    """An extension is something that no path can end with."""


class BadMediaType(Rule, family="settings"):
    """The media type of a format is not valid (RFC 9110 §8.3.1)."""


class BadOption(Rule, family="settings"):
    """A curl option does not begin with `-`, or contains characters that are special to a shell."""


class BadMethod(Rule, family="settings"):
    """A name under `methods` is not an HTTP method."""


class NotAStatus(Rule, family="settings"):
    """A code is not an HTTP status."""


class BadRelease(Rule, family="settings"):
    """A name is not valid for a release."""


METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT")
"""HTTP methods, for when guide.yaml does not list those that the API uses."""


class _ForEditors:
    """What editors know of a text with a form."""

    pattern: re.Pattern[str]
    fault: str
    hint: str

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        message = f"This {self.fault}: {self.hint}."
        return {**handler(core), "pattern": ecma(self.pattern), "patternErrorMessage": message}


@dataclass(frozen=True)
class Patterned(_ForEditors):
    """The pattern of a text about which a check reports more than that, depending on its context."""

    pattern: re.Pattern[str]
    fault: str
    hint: str


@dataclass(frozen=True)
class Form(_ForEditors):
    """The pattern of a text, and what is reported of one that does not match."""

    pattern: re.Pattern[str]
    rule: type[Rule]
    fault: str
    """What is said about the text, such as "is not a media type"."""
    hint: str

    def problem(self, text: str) -> Problem:
        """That the text is not of this form."""
        return self.rule.at(mark_of(text), f"{quoted(text)} {self.fault}", self.hint)


@cache
def forms(model: type[Part]) -> tuple[tuple[str, Form], ...]:
    """The forms of a model's texts, of list items and of names in mappings, each with its key."""
    return tuple(
        (key, said)
        for key, info in model.model_fields.items()
        for said in (*info.metadata, *_of_first(info.annotation))
        if isinstance(said, Form)
    )


def _of_first(annotation: Any) -> Iterator[Any]:
    """What is stated about a list's items, or a mapping's names."""
    for first in get_args(annotation)[:1]:
        yield from getattr(first, "__metadata__", ())


_URL = Form(
    re.compile(r"""https?://[^\s{}?#"'<>\\^`|]+\Z"""),
    BadUrl,
    "is not the address of a server",
    "write it as in https://api.example.com/v1, without a query",
)
_BASE = Form(
    _URL.pattern,
    BadUrl,
    "is not the address of a site",
    "write it as in https://www.example.com, without a query",
)
_MEDIA_TYPE = Form(
    re.compile(r"[A-Za-z0-9.+-]+/[A-Za-z0-9.+*-]+(?:; ?[A-Za-z0-9.=-]+)*\Z"),
    BadMediaType,
    "is not a media type",
    "write it as in application/json",
)
_EXTENSION = Form(
    re.compile(r"[A-Za-z0-9._-]*\Z"),
    BadExtension,
    "is not a valid extension",
    'write it as in ".json", or ""',
)
_OPTION = Form(
    re.compile(r"--?[A-Za-z0-9#][A-Za-z0-9@%+=:,./_ -]*\Z"),
    BadOption,
    "is not an option of curl",
    "begin it with `-`; characters that are special to a shell are not allowed",
)
RELEASE = Form(
    re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._~-]{0,98}[A-Za-z0-9_~-])?\Z"),
    BadRelease,
    "cannot be the name of a release, which is also a folder of the site",
    "use letters, digits, `.`, `-`, `_` and `~`, as in `1.0-beta`; `latest` is taken",
)
METHOD = Form(re.compile(r"[A-Z]+\Z"), BadMethod, "is not an HTTP method", "write it in capitals, as in GET")
STATUS_CODE = Form(
    re.compile(r"[1-5][0-9][0-9]\Z"),
    NotAStatus,
    "is not an HTTP status",
    "write three digits, as in 201, for each status",
)
_FORMER = Form(
    re.compile(r"[A-Za-z0-9_-]+/[A-Za-z0-9_-]+\Z"),
    BadFormerName,
    "cannot be the former name of an endpoint",
    "write `RESOURCE/ENDPOINT`, without `.yaml`",
)
_FORMER_RESOURCE = Form(
    re.compile(r"[A-Za-z0-9_-]+\Z"),
    BadFormerName,
    "cannot be the former name of a resource",
    "write the name that its folder had",
)

VISIBLE = re.compile(r"[!-~]+\Z")
TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
"""A token of RFC 9110 §5.6.2."""
PATH_CHARACTER = re.compile(r"[A-Za-z0-9/:._~!$&'()*+,;=@%-]")
"""What RFC 3986 §3.3 allows in a path."""
NAMELESS = re.compile(r"/:(?![A-Za-z_])")
_PATH = re.compile(rf"(?!.*//)(?!.*{NAMELESS.pattern})/(?:{PATH_CHARACTER.pattern})*\Z")

_Text = ReleaseName
"""A text that editors also see as a text, never as a number."""
Url = Annotated[_Text, _URL]
LinksBase = Annotated[_Text, _BASE]
MediaType = Annotated[_Text, _MEDIA_TYPE]
Extension = Annotated[Blank, _EXTENSION]
Option = Annotated[Str, _OPTION]
Options = Annotated[
    tuple[Option, ...], BeforeValidator(many, json_schema_input_type=Option | tuple[Option, ...])
]
NewRelease = Annotated[_Text, RELEASE]
"""The name of a release where it is declared; elsewhere, it is only referred to."""
MethodName = Annotated[Str, METHOD]
Method = Annotated[_Text, Patterned(METHOD.pattern, METHOD.fault, METHOD.hint)]
"""One of those that the guide lists; a check verifies this."""
Path = Annotated[
    _Text, Patterned(_PATH, "is not a path", "write it as in /books/:id, with placeholders as `:name`")
]
StatusCode = Annotated[Str, STATUS_CODE]
ListedStatus = Annotated[Str, Patterned(STATUS_CODE.pattern, STATUS_CODE.fault, STATUS_CODE.hint)]
"""One of those that an endpoint lists; a check verifies this."""
FormerName = Annotated[Str, _FORMER]
FormerNames = Annotated[
    tuple[FormerName, ...],
    BeforeValidator(many, json_schema_input_type=FormerName | tuple[FormerName, ...]),
]
FormerResource = Annotated[Str, _FORMER_RESOURCE]
FormerResources = Annotated[
    tuple[FormerResource, ...],
    BeforeValidator(many, json_schema_input_type=FormerResource | tuple[FormerResource, ...]),
]
FieldName = Annotated[
    Str, Patterned(VISIBLE, "cannot be the name of a field", "use characters of ASCII, without blanks")
]
FieldOfObject = Annotated[
    Str,
    Patterned(
        re.compile(r"[!-~]+[.][!-~]+\Z"),
        "is not a field of an object",
        "name the object and the field, as in book.title",
    ),
]
"""A field of an object, as `OBJECT.FIELD`; a check verifies that it is there."""
HeaderName = Annotated[
    Str, Patterned(TOKEN, "cannot be the name of a header", "use letters, digits and `-`, as in X-Request-Id")
]
"""The name of a header or of a cookie."""

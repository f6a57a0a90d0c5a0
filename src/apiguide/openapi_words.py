"""Words of OpenAPI and JSON Schema that are no keys of the format, with how the same is said here.

They are asked for by the noun of the part that has them ("a field", "an endpoint"), in whatever style they
are typed: `minLength`, `min_length`. Each remedy names, between backticks, what to write.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Word(NamedTuple):
    """What to write instead of a word."""

    hint: str
    key: str | None = None
    """The key of the same part that says it; None where another part does, or nothing."""


_IN_WORDS = Word("there is no key for it: say it in `description`")
_LINK = Word("write a link in `description`, or a page in docs/")
_FORMS = Word(
    "a value has one form: write the usual one, several single ones as `type: [integer, string]`, and say in "
    "`description` what else there may be"
)
_SENT = Word("lists are sent as `name[]=…`, objects as `name[key]=…`; say in `description` what differs")
_FIELD_OF = "write `{}` in each of the `fields`"
_SERVERS = "servers are listed in guide.yaml, under `servers`"
_AUTHENTICATION = "list the ways to authenticate in guide.yaml, under `authentication`"
_FORMATS = "the media types are stated in guide.yaml, under `formats`"
_BODY = Word(f"write `body: {{type: …}}`: {_FORMATS}", "body")
_RESOURCE = "the folder is the resource, and its `group` in resource.yaml is its place in the navigation"
_PLACES = "write each parameter under its place, as in `query: {page: {type: integer}}`"

_FIELD: Mapping[str, Word] = {
    "minLength": Word('write `pattern: "^.{3,}$"` with the least number, or say it in `description`'),
    **dict.fromkeys(("minItems", "maxItems", "uniqueItems", "multipleOf", "not", "contains"), _IN_WORDS),
    **dict.fromkeys(("minProperties", "maxProperties", "dependentRequired", "if", "then", "else"), _IN_WORDS),
    "exclusiveMinimum": Word("write `minimum` with the smallest number that is allowed", "minimum"),
    "exclusiveMaximum": Word("write `maximum` with the largest number that is allowed", "maximum"),
    "readOnly": Word("leave it out where it is not sent: list in `fields` what a request sends"),
    "writeOnly": Word("leave it out where it is not returned, with `without`"),
    **dict.fromkeys(("oneOf", "anyOf", "discriminator"), _FORMS),
    "allOf": Word("write `object: NAME`, and in `fields` what differs", "object"),
    "$ref": Word("write `object: NAME`", "object"),
    "patternProperties": Word("write `additional_fields`", "additional_fields"),
    "schema": Word("write its keys here, without `schema`: `type`, `fields`, …"),
    "content": Word("write its keys here: `type`, `fields`, …"),
    **dict.fromkeys(("style", "explode", "allowReserved", "collectionFormat"), _SENT),
    "in": Word(_PLACES),
    "examples": Word("write one, as `example`", "example"),
    "title": Word("write `description`", "description"),
    "summary": Word("write `description`", "description"),
    "comment": Word("write `description`", "description"),
    **dict.fromkeys(("contentEncoding", "contentMediaType", "encoding"), Word("write `format`", "format")),
}
_OBJECT: Mapping[str, Word] = {
    "type": Word("leave it out: what has `fields` is an object"),
    "required": Word(_FIELD_OF.format("required: true")),
    **dict.fromkeys(("example", "examples"), Word(_FIELD_OF.format("example"))),
    **dict.fromkeys(
        ("allOf", "$ref"), Word("write `extends: NAME`, and in `fields` what differs", "extends")
    ),
    **dict.fromkeys(
        ("oneOf", "anyOf", "discriminator"),
        Word("declare an object for each form, and say in `description` which is for what"),
    ),
    "not": _IN_WORDS,
    "additionalProperties": Word("write `additional_fields` in the field that has the map"),
    "nullable": Word("write `nullable` in the field that has the object"),
    "items": Word("an object has `fields`; a list is a field with `items`"),
    **dict.fromkeys(("readOnly", "writeOnly"), Word("list in `fields` of a request what it sends")),
    **dict.fromkeys(("title", "summary"), Word("write `description`", "description")),
    **dict.fromkeys(("minProperties", "maxProperties"), _IN_WORDS),
}
_ENDPOINT: Mapping[str, Word] = {
    "operationId": Word(
        "the name of the file is the endpoint's id; `formerly` lists the names that it used to have"
    ),
    **dict.fromkeys(("tags", "tag"), Word(_RESOURCE)),
    **dict.fromkeys(
        ("requestBody", "body"), Word("write `parameters: {body: {NAME: {type: …}}}`", "parameters")
    ),
    **dict.fromkeys(
        ("headers", "header"), Word("write `parameters: {header: {NAME: {type: …}}}`", "parameters")
    ),
    **dict.fromkeys(
        ("query", "queryParameters"), Word("write `parameters: {query: {NAME: {type: …}}}`", "parameters")
    ),
    "security": Word(f"{_AUTHENTICATION}; say in `description` which this endpoint needs"),
    **dict.fromkeys(
        ("servers", "server", "host", "basePath"),
        Word(f"{_SERVERS}; say in `description` if this endpoint has another"),
    ),
    "callbacks": Word("describe it on a page in docs/, and link to that in `description`"),
    **dict.fromkeys(("consumes", "produces"), Word("write `formats`", "formats")),
    **dict.fromkeys(("url", "uri"), Word("write `path`", "path")),
    **dict.fromkeys(("group", "resource"), Word(_RESOURCE)),
}
_RESPONSE: Mapping[str, Word] = {
    "headers": Word("there is no key for headers of responses: say in `description` which there are"),
    "content": _BODY,
    "schema": _BODY,
    "links": _LINK,
    **dict.fromkeys(
        ("example", "examples"), Word("write values under `examples` of the endpoint, in `responses`")
    ),
    "summary": Word("write `description`", "description"),
    "title": Word("the title of a status stands in guide.yaml, under `statuses`; write `description`"),
}
_STATUS: Mapping[str, Word] = {
    **{word: said for word, said in _RESPONSE.items() if word not in ("example", "title")},
    "examples": Word("write `example`", "example"),
    "name": Word("write `title`", "title"),
}
_PARAMETERS: Mapping[str, Word] = {
    **dict.fromkeys(("formData", "form", "requestBody"), Word("write `body: {NAME: {type: …}}`", "body")),
    **dict.fromkeys(("name", "in", "schema", "required"), Word(_PLACES)),
}
_GUIDE: Mapping[str, Word] = {
    **dict.fromkeys(
        ("openapi", "swagger", "asyncapi"),
        Word("delete it: a guide is no OpenAPI document, though much is alike"),
    ),
    "info": Word("write `title` and `description`", "title"),
    "version": Word('write `releases: [{release: "1.0"}]`', "releases"),
    **dict.fromkeys(
        ("paths", "endpoints", "operations"),
        Word("write a file for each endpoint, reference/RESOURCE/ENDPOINT.yaml, with `method` and `path`"),
    ),
    **dict.fromkeys(("components", "definitions", "schemas"), Word("write `objects`", "objects")),
    **dict.fromkeys(
        ("security", "securitySchemes", "securityDefinitions"),
        Word("write `authentication: [{id: …, type: bearer, title: …}]`", "authentication"),
    ),
    "tags": Word("each resource has a folder; `groups` lists the groups of the navigation", "groups"),
    **dict.fromkeys(
        ("host", "basePath", "baseUrl", "schemes", "url"), Word("write `servers: [{url: …}]`", "servers")
    ),
    "responses": Word("write `statuses`", "statuses"),
    "parameters": Word("declare them under `parameters` in resource.yaml, or in an endpoint's file"),
    **dict.fromkeys(("consumes", "produces"), Word("write `formats`", "formats")),
    **dict.fromkeys(("webhooks", "callbacks"), Word("describe them on a page in docs/")),
    **dict.fromkeys(("contact", "license", "termsOfService"), Word("put it on a page in docs/")),
    "headers": Word("declare it under `parameters`, as `header`, in the files of endpoints"),
}
_OTHERS: Mapping[str, Mapping[str, Word]] = {
    "a field": _FIELD,
    "an object": _OBJECT,
    "an endpoint": _ENDPOINT,
    "a response": _RESPONSE,
    "a status": _STATUS,
    "parameters": _PARAMETERS,
    "the guide": _GUIDE,
    "a resource": {
        **dict.fromkeys(("tags", "tag"), Word("write `group`", "group")),
        **dict.fromkeys(
            ("endpoints", "paths", "operations", "path", "method"),
            Word("write a file for each endpoint beside this one, with `method` and `path`"),
        ),
        **dict.fromkeys(("schemas", "definitions", "components"), Word("write `objects`", "objects")),
        **dict.fromkeys(("name",), Word("write `title`", "title")),
        **dict.fromkeys(("servers", "security"), Word("it is stated in guide.yaml, for all resources")),
    },
    "a server": {
        "variables": Word("write a server for each address, with its `url`"),
        **dict.fromkeys(("name", "title"), Word("write `description`", "description")),
    },
    "an authentication scheme": {
        "scheme": Word("write `type: basic` or `type: bearer`", "type"),
        **dict.fromkeys(("flows", "scopes", "openIdConnectUrl", "bearerFormat"), _IN_WORDS),
    },
    "an example": {
        "value": Word("write `parameters` and `responses`"),
        "request": Word("write `parameters`", "parameters"),
        "externalValue": _IN_WORDS,
    },
}
_ANY: Mapping[str, Word] = {
    "externalDocs": _LINK,
    "$schema": Word("write it in a comment, as in `# yaml-language-server: $schema=…`"),
}
WORDS: Mapping[str, Mapping[str, Word]] = {noun: {**words, **_ANY} for noun, words in _OTHERS.items()}
"""What to write instead of a word, by the noun of the part that has it."""

LISTS: Mapping[tuple[str, str], str] = {
    ("a field", "required"): _FIELD_OF.format("required: true"),
    ("an endpoint", "parameters"): _PLACES,
    ("parameters", "query"): "write a line `NAME: {type: …}` for each",
    ("a resource", "parameters"): "write a line `NAME: {type: …}` for each: they are those of paths",
    ("the guide", "formats"): "write `json: {media_type: application/json}`",
}
"""What to write instead of a list, by the noun of a part and its key."""


def _plain(word: str) -> str:
    return word.replace("_", "").replace("-", "").lower()


_PLAIN = {noun: {_plain(word): found for word, found in words.items()} for noun, words in WORDS.items()}


def instead(noun: str, word: str) -> Word | None:
    """What to write instead of a word that is no key of a part."""
    if word.startswith("x-"):
        return Word("there are no keys of one's own: say it in `description`, or in a comment")
    if "/" in word and noun == "a field":
        return Word(f"leave the media type out, and write its keys here: {_FORMATS}")
    return _PLAIN.get(noun, {}).get(_plain(word))

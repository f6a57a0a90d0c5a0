"""Differences that are seeded into a server: each is found at its line, and nothing else is."""

import base64
import json
import re
from collections.abc import Callable
from typing import NamedTuple

import pytest
from starlette.types import Receive, Scope, Send

from apiguide.history import views
from apiguide.mock.app import Mock
from apiguide.mock.server import in_thread
from apiguide.model import Guide
from apiguide.problems import report
from apiguide.verify.client import Client
from apiguide.verify.differing import MOST
from apiguide.verify.verify import Result, verify
from apiguide.view import GuideView

LIBRARY = """
=== guide.yaml
statuses:
  404: {title: Not Found, when: path_parameters, body: {object: errors}, example: {errors: [No such book]}}
objects:
  errors:
    wrapped: false
    fields: {errors: {type: array, items: {type: string, name: error}, example: [It is wrong.]}}
=== books/resource.yaml
objects:
  author:
    fields:
      name: {type: string, example: Jane}
      dead: {type: boolean, example: true}
  copy:
    fields:
      shelf: {type: string, example: A3}
      worn: {type: boolean, example: false}
  book:
    fields:
      id: {type: integer, example: 12}
      title: {type: string, required: true, example: Emma}
      pages: {type: integer, nullable: true, example: 474}
      price: {type: decimal, example: "9.90"}
      isbn: {type: integer, json: {type: string}, example: 9780141439587}
      lent: {type: boolean, example: false}
      bought: {type: date, example: 2024-02-29}
      seen: {type: datetime, example: "2024-02-29T12:00:00Z"}
      state: {type: string, enum: [here, lent], example: here}
      kind: {type: string, const: book}
      code: {type: [integer, string], example: k3x9}
      tags: {type: array, items: {type: string, name: tag}, example: [novel]}
      ratings: {additional_fields: {type: integer}, example: {ann: 5}}
      prices: {additional_fields: {fields: {amount: {type: integer}}}, example: {de: {amount: 5}}}
      author: {object: author}
      copies: {type: array, items: {object: copy}}
parameters: {id: {type: [integer, string], example: 12}}
=== books/list.yaml
responses:
  200: {body: {type: array, items: {object: book}}}
=== books/get.yaml
path: /books/:id
responses:
  200: {body: {object: book}}
=== books/found.yaml
path: /found
responses:
  200:
    body:
      fields:
        total: {type: integer, example: 1}
        first: {object: author}
=== books/ping.yaml
path: /ping
responses:
  200: {}
=== books/plain.yaml
path: /plain
responses:
  200: {body: {object: author, wrapped: false}}
=== books/author.yaml
path: /author
responses:
  200: {body: {object: author}}
=== books/some.yaml
path: /some
responses:
  200: {body: {object: author, only: [name]}}
=== books/delete.yaml
method: DELETE
path: /books/:id
responses: {204: {}}
=== books/burn.yaml
path: /books/:id/burn
safe: false
responses: {200: {}}
"""
PAIR = base64.b64decode("dXNlcjp1c2VycGFzcw==").decode()


class Raw(NamedTuple):
    """What a server answers at a path in place of what it would."""

    path: str
    body: bytes
    type: str = "application/json"
    status: int = 200


class Altered(Mock):
    """The API, with another answer at one path."""

    raw: Raw | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.raw is None or scope["path"] != self.raw.path:
            return await super().__call__(scope, receive, send)
        headers = [(b"content-type", self.raw.type.encode())]
        await send({"type": "http.response.start", "status": self.raw.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.raw.body})
        return None


def asked(guide: GuideView, server: GuideView, raw: Raw | None = None) -> Result:
    mock = Altered(server, lambda _: None)
    mock.raw = raw
    with in_thread(mock) as port:
        return verify(guide, Client(f"http://127.0.0.1:{port}", guide.settings.authentication[0], PAIR))


class Line(NamedTuple):
    """A line of the guide that the server has not read, known by its first word: it goes by another one."""

    key: str
    text: str
    """What stands in its place; nothing if it is empty."""


class Seeded(NamedTuple):
    """A difference between guide and server, and where it is told."""

    change: Line | tuple[str, str] | Raw
    """What the server has otherwise: a line, a text that is replaced by another one, or an answer."""
    code: str
    file: str
    line: str
    """How the line begins that is wrong."""
    says: str = ""


BOOKS = "books"
"""What `guide_of` calls books/resource.yaml."""
FOUND, PING = "books/found.yaml", "books/ping.yaml"
VAT = "fields: {amount: {type: integer}, vat: {type: string}}"
PRICES = f"prices: {{additional_fields: {{{VAT}}}, example: {{de: {{amount: 5, vat: y}}}}}}"
PINGED = "path: /ping\nresponses:\n  200: {"
ALONE = "path: /author\nresponses:\n  200: {body: {"

SEEDED = {
    # More than is documented
    "a field": Seeded(
        Line("code", "code: {example: k3x9}\n      colour: {example: red}"),
        "undocumented-field",
        BOOKS,
        "book:",
        "field `colour` of `book`",
    ),
    "a field of an object inside": Seeded(
        Line("dead", "dead: {type: boolean}\n      born: {example: 1775}"),
        "undocumented-field",
        BOOKS,
        "author:",
        "field `born` of `author`",
    ),
    "a field of an item": Seeded(
        Line("worn", "worn: {type: boolean}\n      torn: {example: x}"), "undocumented-field", BOOKS, "copy:"
    ),
    "a field beside an object": Seeded(
        Line("total", "total: {type: integer}\n        next: {example: x}"),
        "undocumented-field",
        FOUND,
        "200:",
    ),
    "a field in a map": Seeded(
        Line("prices", PRICES),
        "undocumented-field",
        BOOKS,
        "prices:",
        "field `vat` of a value of field `prices`",
    ),
    "a field that is left out here": Seeded(
        ("author, only: [name]", "author"), "undocumented-field", "books/some.yaml", "200:", "`dead`"
    ),
    "a body": Seeded((PINGED, f"{PINGED}body: {{object: author}}"), "undocumented-body", PING, "200:"),
    # Less
    "a field that never comes": Seeded(Line("bought", ""), "never-seen", BOOKS, "bought:"),
    "one of an item": Seeded(Line("worn", ""), "never-seen", BOOKS, "worn:"),
    "one beside an object": Seeded(Line("total", ""), "never-seen", FOUND, "total:"),
    "one that is always there": Seeded(Line("title", ""), "missing-field", BOOKS, "title:"),
    "a body that is missing": Seeded(Raw("/found.json", b""), "other-shape", FOUND, "200:", "without a body"),
    # Types
    "a text for an integer": Seeded(
        Line("pages", "pages: {type: string, example: many}"),
        "other-type",
        BOOKS,
        "pages:",
        "came as string, and is documented as integer",
    ),
    "digits in a text for an integer": Seeded(
        Line("pages", 'pages: {type: string, example: "474"}'), "other-type", BOOKS, "pages:"
    ),
    "a fraction for an integer": Seeded(
        Line("pages", "pages: {type: decimal, example: 47.4}"), "other-type", BOOKS, "pages:", "as decimal"
    ),
    "a text for a fraction": Seeded(
        Line("price", "price: {type: string, example: cheap}"), "other-type", BOOKS, "price:"
    ),
    "an integer for a text": Seeded(
        Line("shelf", "shelf: {type: integer, example: 3}"), "other-type", BOOKS, "shelf:"
    ),
    "a boolean for a text": Seeded(
        Line("shelf", "shelf: {type: boolean, example: true}"), "other-type", BOOKS, "shelf:", "as boolean"
    ),
    "an integer for a boolean": Seeded(
        Line("lent", "lent: {type: integer, example: 0}"), "other-type", BOOKS, "lent:"
    ),
    "a bare number for one in quotes": Seeded(
        Line("isbn", "isbn: {type: integer, example: 9780141439587}"), "other-type", BOOKS, "isbn:"
    ),
    "a text for a date": Seeded(
        Line("bought", "bought: {type: string, example: yesterday}"), "other-type", BOOKS, "bought:"
    ),
    "a date for a time": Seeded(
        Line("seen", "seen: {type: date, example: 2024-02-29}"), "other-type", BOOKS, "seen:", "came as date"
    ),
    "neither of two types": Seeded(
        Line("code", "code: {type: boolean, example: true}"),
        "other-type",
        BOOKS,
        "code:",
        "documented as integer or string",
    ),
    "an item of another type": Seeded(
        Line("tags", "tags: {type: array, items: {type: integer}, example: [1]}"),
        "other-type",
        BOOKS,
        "tags:",
    ),
    "a value of another type in a map": Seeded(
        Line("ratings", "ratings: {additional_fields: {type: string}, example: {ann: fine}}"),
        "other-type",
        BOOKS,
        "ratings:",
    ),
    # Values
    "null": Seeded(
        Line("lent", "lent: {type: boolean, nullable: true, example: null}"),
        "undocumented-null",
        BOOKS,
        "lent:",
    ),
    "a value that is not listed": Seeded(
        Line("state", "state: {type: string, example: lost}"), "undocumented-value", BOOKS, "state:"
    ),
    "another value than the only one": Seeded(
        Line("kind", "kind: {type: string, example: disc}"), "undocumented-value", BOOKS, "kind:"
    ),
    # Shapes
    "no wrapper": Seeded(
        (ALONE, f"{ALONE}wrapped: false, "), "other-shape", BOOKS, "author:", "not come wrapped in `author`"
    ),
    "a wrapper": Seeded(
        (", wrapped: false}}", "}}"), "other-shape", "books/plain.yaml", "200:", "came wrapped"
    ),
    "a list for an object": Seeded(
        Line("author", "author: {type: array, items: {object: author}}"),
        "other-shape",
        BOOKS,
        "author: {object",
        "came as a list, and is documented as an object",
    ),
    "an object for a list": Seeded(
        Line("copies", "copies: {object: copy}"),
        "other-shape",
        BOOKS,
        "copies:",
        "came as an object, and is documented as a list",
    ),
    "an object for a text": Seeded(
        Line("shelf", "shelf: {object: author}"), "other-shape", BOOKS, "shelf:", "documented as a string"
    ),
    "a list for a text": Seeded(
        Line("shelf", "shelf: {type: array, items: {type: string, example: A3}}"),
        "other-shape",
        BOOKS,
        "shelf:",
    ),
    "a text for an object": Seeded(
        Line("author", "author: {type: string, example: Jane}"), "other-shape", BOOKS, "author: {object"
    ),
    "a list for the whole body": Seeded(
        Raw("/author.json", b"[]"), "other-shape", "books/author.yaml", "200:", "the body came as a list"
    ),
    "another body of a failure of the guide": Seeded(
        Raw("/books/12.json", b"[]", status=404), "other-shape", "guide.yaml", "404:", "came as a list"
    ),
    "another error object": Seeded(
        Raw("/books/12.json", b'{"errors": "No."}', status=404),
        "other-shape",
        "guide.yaml",
        "fields: {errors",
    ),
    # Statuses and media types
    "another status": Seeded(
        (PINGED, PINGED.replace("200", "202")), "other-status", PING, "title:", "answers with 202"
    ),
    "a failure": Seeded(Raw("/ping.json", b"", status=403), "other-status", PING, "title:"),
    "HTML": Seeded(
        Raw("/found.json", b"<html>", "text/html; charset=utf-8"),
        "other-media-type",
        FOUND,
        "200:",
        "answers with text/html, not with application/json",
    ),
    "another format": Seeded(
        Raw("/found.json", b"<a/>", "application/xml"), "other-media-type", FOUND, "200:"
    ),
    "JSON that does not parse": Seeded(
        Raw("/found.json", b'{"total": 1, '), "other-media-type", FOUND, "200:", "not JSON"
    ),
    "no UTF-8": Seeded(Raw("/found.json", b"\xff"), "other-media-type", FOUND, "200:", "not UTF-8"),
}


def changed(text: str, change: Line | tuple[str, str]) -> str:
    """The guide as the server has it."""
    if isinstance(change, Line):
        pattern = rf"^      ( *){change.key}: \{{.*\n"
        text, count = re.subn(
            pattern, rf"      \g<1>{change.text}\n" if change.text else "", text, flags=re.M
        )
    else:
        text, count = text.replace(*change), text.count(change[0])
    assert count == 1, change
    return text


@pytest.fixture(scope="module")
def library(guide_of: Callable[[str], Guide]) -> GuideView:
    return views(guide_of(LIBRARY))["1.0"]


def test_a_server_that_does_what_the_guide_says_does_not_differ(library: GuideView) -> None:
    result = asked(library, library)
    assert result.problems == ()
    assert set(result.reached) == {*library.endpoints} - {"books/delete", "books/burn"}
    assert result.not_reached == dict.fromkeys(["books/delete", "books/burn"], "it is not safe")


def test_there_are_differences_of_many_kinds() -> None:
    assert len(SEEDED) >= 30


@pytest.mark.parametrize("name", SEEDED)
def test_each_difference_is_found_where_it_is_and_nothing_else(
    name: str, library: GuideView, guide_of: Callable[[str], Guide]
) -> None:
    seeded = SEEDED[name]
    server, raw = library, None
    if isinstance(seeded.change, Raw):
        raw = seeded.change
    else:
        server = views(guide_of(changed(LIBRARY, seeded.change)))["1.0"]
    found = asked(library, server, raw).problems
    assert [each.code for each in found] == [seeded.code], "\n".join(map(str, found))
    (problem,) = found
    mark = problem.where
    assert mark.source.path == seeded.file
    assert mark.source.lines[mark.line - 1].strip().startswith(seeded.line)
    assert seeded.says in problem.message
    assert problem.hint


def test_of_very_many_undocumented_fields_it_is_said_how_many(library: GuideView) -> None:
    body = json.dumps({"author": {"name": "Jane", "dead": True, **{f"f{n}": n for n in range(MOST + 5)}}})
    problems = asked(library, library, Raw("/author.json", body.encode())).problems
    assert [each.code for each in problems] == ["undocumented-field"] * (MOST + 1)
    assert problems[-1].message == "5 more fields of `author` are not documented"


def test_names_of_a_server_cannot_break_a_report(library: GuideView) -> None:
    name = "a\nb\x1b[31m" + "c" * 100
    body = json.dumps({"author": {"name": "Jane", "dead": True, name: 1}})
    (problem,) = asked(library, library, Raw("/author.json", body.encode())).problems
    (text,) = report([problem])
    assert len(text.splitlines()) == 3
    assert "\x1b" not in text
    assert "c" * 61 not in problem.message

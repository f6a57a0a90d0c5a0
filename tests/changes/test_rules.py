"""Each rule of what differs between releases, on a guide that holds just that difference."""

import re
from collections.abc import Callable
from itertools import pairwise

import pytest

from apiguide.changes import RULES, Difference, Impact, Kind, changes, history
from apiguide.history import at, views
from apiguide.model import Guide
from apiguide.texts import texts_of

GuideOf = Callable[[str], Guide]

GUIDE = """
=== books/resource.yaml
%(resource)s
objects:
  book:
    %(object)s
    fields:
      id: {type: integer}
      %(field)s
=== books/create.yaml
%(head)s
method: POST
path: /books
parameters:
  body: {book: {fields: {title: {type: string}, %(parameter)s}}}
responses:
  201: {%(body)s}
  %(status)s
=== books/list.yaml
title: Other endpoint
"""


CHANGED = 'changes: [{release: "1.1", before: {%s}}]'


def parameter(now: str, before: str = "") -> dict[str, str]:
    change = f', changes: [{{release: "1.1", before: {{{before}}}}}]' if before else ""
    return {"parameter": f"a: {{{now}{change}}}"}


def field(now: str, before: str = "") -> dict[str, str]:
    return {"field": parameter(now, before)["parameter"]}


PARAMETER, FIELD, ENDPOINT = "books/create#body-book-a", "objects.book.a", "books/create"

CASES = [
    ("endpoint-removed", ENDPOINT, {"head": 'removed: "1.1"'}),
    ("endpoint-added", ENDPOINT, {"head": 'since: "1.1"'}),
    ("endpoint-moved", ENDPOINT, {"head": 'changes: [{release: "1.1", before: {path: /new_books}}]'}),
    ("endpoint-moved", ENDPOINT, {"head": 'changes: [{release: "1.1", before: {method: PUT}}]'}),
    ("resource-removed", "books", {"resource": 'removed: "1.1"'}),
    ("resource-added", "books", {"resource": 'since: "1.1"'}),
    (
        "format-removed",
        ENDPOINT,
        {"head": 'formats: [json]\nchanges: [{release: "1.1", before: {formats: [xml, json]}}]'},
    ),
    ("format-added", ENDPOINT, {"head": 'changes: [{release: "1.1", before: {formats: [json]}}]'}),
    ("permission-added", ENDPOINT, {"head": 'permissions: [{value: books.create, since: "1.1"}]'}),
    (
        "permission-documented",
        ENDPOINT,
        {"head": 'permissions: [{value: books.create, documented_since: "1.1"}]'},
    ),
    ("permission-removed", ENDPOINT, {"head": 'permissions: [{value: books.create, removed: "1.1"}]'}),
    ("parameter-removed", PARAMETER, parameter('type: string, removed: "1.1"')),
    ("parameter-required", PARAMETER, parameter("type: string, required: true", "required: false")),
    ("required-parameter-added", PARAMETER, parameter('type: string, required: true, since: "1.1"')),
    ("parameter-added", PARAMETER, parameter('type: string, since: "1.1"')),
    ("parameter-optional", PARAMETER, parameter("type: string", "required: true")),
    ("type-narrowed", PARAMETER, parameter("type: integer", "type: [integer, string]")),
    ("type-narrowed", PARAMETER, parameter("type: integer", "type: decimal")),
    ("type-narrowed", PARAMETER, parameter("type: boolean", "type: array, items: {type: boolean, name: b}")),
    ("type-widened", PARAMETER, parameter("type: [integer, string]", "type: integer")),
    ("type-widened", PARAMETER, parameter("type: decimal", "type: integer")),
    ("type-widened", PARAMETER, parameter("type: decimal", "type: [decimal, integer]")),
    ("type-widened", PARAMETER, parameter("type: string", "type: date")),
    ("type-widened", PARAMETER, parameter("type: decimal", "type: float")),
    ("type-narrowed", PARAMETER, parameter("type: string", "type: integer")),
    ("type-narrowed", PARAMETER, parameter("type: string", "type: boolean")),
    ("type-widened", PARAMETER, parameter("type: string", "type: integer") | {"head": "formats: [xml]"}),
    ("parameter-nullable", PARAMETER, parameter("type: string, nullable: true", "nullable: null")),
    ("parameter-not-nullable", PARAMETER, parameter("type: string", "nullable: true")),
    ("parameter-not-nullable", PARAMETER, parameter("type: string", "required: null, nullable: true")),
    (
        "parameter-not-nullable",
        f"{PARAMETER}-b",
        parameter(f"fields: {{b: {{type: string, {CHANGED % 'nullable: true'}}}}}"),
    ),
    (
        "parameter-not-nullable",
        PARAMETER,
        parameter(f"type: array, items: {{name: b, type: string, {CHANGED % 'nullable: true'}}}"),
    ),
    (
        "parameter-not-nullable",
        PARAMETER,
        parameter(f"additional_fields: {{type: string, {CHANGED % 'nullable: true'}}}"),
    ),
    (
        "parameter-removed",
        PARAMETER,
        parameter("fields: {b: {type: string}}", "additional_fields: {type: string}"),
    ),
    (
        "parameter-added",
        PARAMETER,
        parameter(
            "fields: {b: {type: string}}, additional_fields: {type: string}", "additional_fields: null"
        ),
    ),
    (
        "field-added",
        FIELD,
        field("fields: {b: {type: string}}, additional_fields: {type: string}", "additional_fields: null"),
    ),
    ("field-removed", FIELD, field("fields: {b: {type: string}}", "additional_fields: {type: string}")),
    ("range-narrowed", PARAMETER, parameter("type: integer, minimum: 2", "minimum: 1")),
    ("range-narrowed", PARAMETER, parameter("type: decimal, minimum: 1.5", "minimum: 1")),
    ("range-narrowed", PARAMETER, parameter("type: integer, maximum: 2", "maximum: null")),
    ("range-narrowed", PARAMETER, parameter("type: string, max_length: 2", "max_length: 3")),
    ("range-narrowed", PARAMETER, parameter("type: string, pattern: a", "pattern: null")),
    ("pattern-changed", PARAMETER, parameter("type: string, pattern: a", "pattern: b")),
    ("pattern-changed", FIELD, field("type: string, pattern: a", "pattern: b")),
    ("response-range-widened", FIELD, field("type: integer, maximum: 2", "maximum: 1")),
    ("response-range-widened", FIELD, field("type: string", "max_length: 3")),
    ("response-range-widened", FIELD, field("type: string", "pattern: b")),
    ("response-range-narrowed", FIELD, field("type: integer, minimum: 2", "minimum: 1")),
    ("response-range-narrowed", FIELD, field("type: string, pattern: b", "pattern: null")),
    ("range-widened", PARAMETER, parameter("type: integer, minimum: 1", "minimum: 2")),
    ("range-widened", PARAMETER, parameter("type: integer", "maximum: 2")),
    ("range-widened", PARAMETER, parameter("type: string, max_length: 3", "max_length: 2")),
    ("range-widened", PARAMETER, parameter("type: string", "pattern: a")),
    ("value-removed", PARAMETER, parameter('type: string, enum: [b, {value: c, removed: "1.1"}]')),
    ("value-removed", PARAMETER, parameter("type: string, enum: [b]", "enum: null")),
    ("value-added", PARAMETER, parameter('type: string, enum: [b, {value: c, since: "1.1"}]')),
    ("value-added", PARAMETER, parameter("type: string", "enum: [b]")),
    ("default-changed", PARAMETER, parameter("type: string, default: b", "default: c")),
    ("response-default-changed", FIELD, field("type: string, default: b", "default: c")),
    ("response-default-changed", FIELD, field("type: string, default: b", "default: null")),
    ("deprecated", PARAMETER, parameter('type: string, enum: [b, {value: c, deprecated: {since: "1.1"}}]')),
    ("format-changed", PARAMETER, parameter("type: string, format: email", "format: null")),
    ("unit-changed", PARAMETER, parameter("type: integer, unit: MB", "unit: KB")),
    ("deprecated", PARAMETER, parameter('type: string, deprecated: {since: "1.1"}')),
    ("parameter-documented", PARAMETER, parameter('type: string, required: true, documented_since: "1.1"')),
    ("field-removed", FIELD, field('type: string, removed: "1.1"')),
    ("field-removed", f"{FIELD}.b", field("type: object", "fields: {b: {type: integer}}")),
    ("field-added", f"{FIELD}.b", field("fields: {b: {type: integer}}", "type: object, fields: null")),
    ("field-added", FIELD, field('type: string, since: "1.1"')),
    ("field-retyped", FIELD, field("type: string", "type: integer")),
    ("field-retyped", FIELD, field("type: decimal", "type: integer")),
    ("field-retyped", FIELD, field("type: datetime", "type: string, format: datetime")),
    ("field-type-narrowed", FIELD, field("type: integer", "type: [integer, string]")),
    ("field-type-narrowed", FIELD, field("type: integer", "type: decimal")),
    ("field-retyped", FIELD, field("type: [string, integer]", "type: integer")),
    ("field-retyped", FIELD, field("fields: {b: {type: integer}}", "type: string, fields: null")),
    (
        "field-retyped",
        FIELD,
        field("additional_fields: {type: string, changes: [{release: '1.1', before: {type: integer}}]}"),
    ),
    ("field-optional", FIELD, field("type: string", "required: true")),
    ("field-required", FIELD, field("type: string, required: true", "required: null")),
    ("field-nullable", FIELD, field("type: string, nullable: true", "nullable: false")),
    ("field-not-nullable", FIELD, field("type: string", "nullable: true")),
    ("response-value-added", FIELD, field('type: string, enum: [b, {value: c, since: "1.1"}]')),
    ("response-value-removed", FIELD, field('type: string, enum: [b, {value: c, removed: "1.1"}]')),
    ("response-value-added", FIELD, field("type: string", "enum: [b]")),
    ("response-value-removed", FIELD, field("type: string, enum: [b]", "enum: null")),
    ("value-documented", FIELD, field('type: string, enum: [b, {value: c, documented_since: "1.1"}]')),
    ("form-changed", FIELD, field("type: decimal, json: {type: string}", "json: null")),
    ("form-changed", FIELD, field("type: datetime, xml: {type: dateTime}", "xml: null")),
    (
        "form-changed",
        FIELD,
        field("type: array, items: {name: b, changes: [{release: '1.1', before: {name: c}}]}"),
    ),
    ("form-changed", "objects.book", {"object": 'changes: [{release: "1.1", before: {name: tome}}]'}),
    ("field-documented", FIELD, field('type: string, documented_since: "1.1"')),
    (
        "body-removed",
        "books/create#response-201",
        {"body": 'changes: [{release: "1.1", before: {body: {object: book}}}]'},
    ),
    (
        "body-added",
        "books/create#response",
        {"body": 'body: {object: book}, changes: [{release: "1.1", before: {body: null}}]'},
    ),
    (
        "body-documented",
        "books/create#response-402",
        {
            "status": "402: {body: {fields: {b: {documented_since: '1.1'}}}, "
            "changes: [{release: '1.1', before: {body: null}}]}"
        },
    ),
    ("status-removed", "books/create#response-402", {"status": '402: {removed: "1.1"}'}),
    ("status-added", "books/create#response-402", {"status": '402: {since: "1.1"}'}),
    ("success-added", "books/create#response-202", {"status": '202: {since: "1.1"}'}),
    ("status-documented", "books/create#response-402", {"status": '402: {documented_since: "1.1"}'}),
    ("endpoint-documented", ENDPOINT, {"head": 'documented_since: "1.1"'}),
    ("resource-documented", "books", {"resource": 'documented_since: "1.1"'}),
    ("safety-added", ENDPOINT, {"head": 'safe: true\nchanges: [{release: "1.1", before: {safe: null}}]'}),
    ("safety-removed", ENDPOINT, {"head": 'changes: [{release: "1.1", before: {safe: true}}]'}),
    ("deprecated", "objects.book", {"object": 'deprecated: {since: "1.1"}'}),
    ("deprecated", "books/create#response-402", {"status": '402: {deprecated: {since: "1.1"}}'}),
    ("noted", ENDPOINT, {"head": 'changes: [{release: "1.1", note: It is quicker.}]'}),
    ("noted", PARAMETER, {"parameter": 'a: {type: string, changes: [{release: "1.1", note: Ask first.}]}'}),
    ("deprecated", ENDPOINT, {"head": 'deprecated: {since: "1.1", use: books/list}'}),
    ("deprecated", "books", {"resource": 'deprecated: {since: "1.1"}'}),
]


def found(guide: Guide, *, expands: bool = False) -> list[Difference]:
    seen = views(guide)
    return list(changes(seen["1.0"], seen["1.1"], expands=expands))


def filled(parts: dict[str, str]) -> str:
    blank = dict.fromkeys(("resource", "object", "field", "head", "parameter", "status"), "")
    return GUIDE % (blank | {"body": "body: {object: book}", "parameter": "z: {type: string}"} | parts)


def belongs(difference: Difference, at: str) -> bool:
    """Whether it is about the part meant, or in it, and not about a whole that goes and comes with it."""
    return at.startswith("objects.") or difference.page == at.partition("#")[0]


@pytest.mark.parametrize(("code", "at", "parts"), CASES)
def test_a_rule(code: str, at: str, parts: dict[str, str], guide_of: GuideOf) -> None:
    differences = found(guide_of(filled(parts)))
    assert [(each.code, each.at) for each in differences if belongs(each, at)] == [(code, at)], differences


@pytest.mark.parametrize(("code", "at", "parts"), CASES)
def test_each_difference_is_said_in_german(
    code: str, at: str, parts: dict[str, str], guide_of: GuideOf
) -> None:
    german = texts_of("de")
    for each in found(guide_of(filled(parts))):
        assert re.findall(r"\b(?:is|It|and|was|now|no|the)\b", each.said.by(german)) == []


def test_each_rule_is_tested() -> None:
    elsewhere = {"parameter-moved", "empty-value-allowed", "empty-value-refused", "deprecation-ended"}
    assert {code for code, *_ in (*CASES, *TOLD_BY_PAGES)} | elsewhere == set(RULES)


@pytest.mark.parametrize(
    "parts",
    [
        {"head": 'changes: [{release: "1.1", before: {title: Add a book, description: Adds.}}]'},
        parameter("type: string, description: A.", "description: B."),
        field("type: string, example: a", "example: b"),
        field("type: integer", "type: null"),
        field("type: integer, unit: MB", "unit: null"),
        field("type: integer", "unit: MB"),
        field("type: datetime, xml: {type: dateTime}, description: A.", "description: B."),
        field("type: decimal, json: {type: string}, description: A.", "description: B."),
        {"field": "a: {type: string}", "head": 'notes: [{info: A., since: "1.1"}]'},
    ],
)
def test_wording_is_no_difference(parts: dict[str, str], guide_of: GuideOf) -> None:
    assert found(guide_of(filled(parts))) == []


@pytest.mark.parametrize(
    ("parts", "codes"),
    [
        (parameter("type: string, required: true, default: b", "default: c"), []),
        (parameter("type: string, required: true", "required: false, default: c"), ["parameter-required"]),
        (parameter("type: string, default: c", "required: true, default: null"), ["parameter-optional"]),
    ],
)
def test_a_default_is_no_news_where_the_parameter_is_required(
    parts: dict[str, str], codes: list[str], guide_of: GuideOf
) -> None:
    assert [each.code for each in found(guide_of(filled(parts)))] == codes


def test_a_default_that_is_a_list_is_said_as_json(guide_of: GuideOf) -> None:
    parts = parameter("type: array, items: {type: string, name: b}, default: [b]", "default: []")
    [difference] = found(guide_of(filled(parts)))
    assert 'is `["b"]` when left out, and was `[]`' in difference.text


def test_wrapped_is_what_a_field_is_without_saying_so(guide_of: GuideOf) -> None:
    fields = "fields: {b: {type: string}}"
    assert found(guide_of(filled(field(f"{fields}, wrapped: true", "wrapped: null")))) == []
    [difference] = found(guide_of(filled(field(f"{fields}, wrapped: false", "wrapped: null"))))
    assert difference.code == "form-changed"


def test_a_endpoint_that_was_renamed_twice_is_compared_with_what_it_was_last(guide_of: GuideOf) -> None:
    """The first name had been given to another endpoint, which is gone."""
    older = guide_of("""
    === books/add.yaml
    path: /gifts
    === books/create.yaml
    path: /books
    """)
    newer = guide_of("""
    === books/make.yaml
    path: /books
    formerly: [books/add, books/create]
    """)
    differences = changes(at(older, "1.0"), at(newer, "1.0"))
    assert [(each.code, each.page) for each in differences] == [("endpoint-removed", "books/add")]


def test_only_what_is_documented_is_neither_added_nor_breaking() -> None:
    known = {code: rule for code, rule in RULES.items() if code.endswith("-documented")}
    assert known == {code: rule for code, rule in RULES.items() if rule.kind is Kind.DOCUMENTED}
    assert {rule.impact for rule in known.values()} == {Impact.SAFE}


def test_a_renamed_field_says_its_new_name(guide_of: GuideOf) -> None:
    parts = {"field": 'a: {type: string, removed: "1.1"}\n      b: {type: string, replaces: a, since: "1.1"}'}
    [gone] = found(guide_of(filled(parts)))
    assert gone.text == "Field `a` of `book` is called `b` now."
    assert (gone.code, gone.at) == ("field-removed", "objects.book.b")


def test_what_else_differs_in_a_renamed_field_is_told_at_its_new_name(guide_of: GuideOf) -> None:
    parts = {
        "parameter": 'a: {type: string, removed: "1.1"}, '
        'b: {type: string, required: true, replaces: a, since: "1.1"}'
    }
    assert [(each.code, each.at) for each in found(guide_of(filled(parts)))] == [
        ("parameter-removed", "books/create#body-book-b"),
        ("parameter-required", "books/create#body-book-b"),
    ]


def test_what_is_there_again_says_so(guide_of: GuideOf) -> None:
    guide = guide_of(filled(parameter('type: string, absent: [{from: "1.1", until: "2.0"}]')))
    seen = views(guide)
    texts = [each.text for old, new in pairwise(seen.values()) for each in changes(old, new)]
    assert texts == ["Body parameter `book.a` is gone.", "Body parameter `book.a` is back."]
    assert changes(seen["1.0"], seen["2.0"]) == ()


PLACES = """
=== books/create.yaml
method: %s
path: %s
changes: [{release: "1.1", before: {path: "%s"}}]
parameters: %s
"""


@pytest.mark.parametrize(
    ("path", "before", "parameters", "told"),
    [
        ("/books/:isbn", "/books/:id", "{path: {isbn: {}, id: {}}}", []),
        (
            "/books/:isbn",
            "/books/:id",
            "{path: {id: {type: integer, removed: '1.1'}, isbn: {type: string, since: '1.1', replaces: id}}}",
            ["Path parameter `isbn` is a string now, and was an integer."],
        ),
        (
            "/shelves/:shelf/books/:id",
            "/books/:id",
            "{path: {id: {}, shelf: {}}}",
            ["It is `POST /shelves/:shelf/books/:id` now, and was `POST /books/:id`."],
        ),
        (
            "/b",
            "/b",
            "{header: {x-trace: {since: '1.1', replaces: X-Trace}, X-Trace: {removed: '1.1'}}}",
            [],
        ),
        (
            "/b",
            "/b",
            "{header: {X-Old: {removed: '1.1'}}, cookie: {c: {removed: '1.1'}}}",
            ["Header `X-Old` is gone.", "Cookie `c` is gone."],
        ),
        (
            "/b",
            "/b",
            "{query: {color: {type: string, required: true, removed: '1.1'}},"
            " body: {color: {type: string, required: true, since: '1.1'}}}",
            ["Query parameter `color` is sent in the body now."],
        ),
        (
            "/b",
            "/b",
            "{query: {flag: {changes: [{release: '1.1', before: {allow_empty_value: true}}]}}}",
            ["Query parameter `flag` can no longer be sent without a value."],
        ),
        (
            "/b",
            "/b",
            "{query: {flag: {allow_empty_value: true, "
            "changes: [{release: '1.1', before: {allow_empty_value: null}}]}}}",
            ["Query parameter `flag` may be sent without a value now."],
        ),
        (
            "/b",
            "/b",
            "{query: {id: {type: string, changes: [{release: '1.1', before: {type: integer}}]}}}",
            ["Query parameter `id` is a string now, and was an integer."],
        ),
        (
            "/b",
            "/b",
            "{body: {ids: {items: {type: integer, changes: [{release: '1.1', before: {maximum: 5}}]}}}}",
            ["Body parameter `ids[]` has no maximum now, and had the maximum 5."],
        ),
        (
            "/b",
            "/b",
            "{body: {tags: {additional_fields: "
            "{type: string, changes: [{release: '1.1', before: {pattern: a}}]}}}}",
            ["Body parameter `tags.*` no longer has to match `a`."],
        ),
    ],
)
def test_places_are_told_apart_and_nothing_is_told_twice(
    path: str, before: str, parameters: str, told: list[str], guide_of: GuideOf
) -> None:
    guide = guide_of(PLACES % ("POST", path, before, parameters))
    differences = found(guide)
    assert [each.text for each in differences] == told
    assert all(each.where.source.path for each in differences)


def test_a_parameter_that_is_sent_elsewhere_breaks_once_and_is_safe_as_a_text(guide_of: GuideOf) -> None:
    text = "{query: {id: {type: string, changes: [{release: '1.1', before: {type: integer}}]}}}"
    [as_text] = found(guide_of(PLACES % ("POST", "/b", "/b", text)))
    assert (as_text.code, as_text.impact) == ("type-widened", Impact.SAFE)
    moved = "{query: {id: {type: string, removed: '1.1'}}, body: {id: {type: string, since: '1.1'}}}"
    [elsewhere] = found(guide_of(PLACES % ("POST", "/b", "/b", moved)))
    assert (elsewhere.code, elsewhere.at) == ("parameter-moved", "books/create#body-id")


def test_differences_of_a_body_and_of_inherited_path_parameters_have_a_place(guide_of: GuideOf) -> None:
    change = "changes: [{release: '1.1', before: {type: string}}]"
    guide = guide_of(f"""
    === books/resource.yaml
    parameters: {{id: {{type: integer, {change}}}}}
    === books/get.yaml
    path: /books/:id
    responses: {{200: {{body: {{type: integer, {change}}}}}}}
    """)
    assert [(each.code, each.where.source.path, each.where.line > 1) for each in found(guide)] == [
        ("type-narrowed", "books", True),
        ("field-retyped", "books/get.yaml", True),
    ]


def test_what_is_no_longer_deprecated_says_so(guide_of: GuideOf) -> None:
    older = guide_of(filled(parameter('type: string, deprecated: {since: "1.0"}')))
    newer = guide_of(filled(parameter("type: string")))
    [difference] = changes(at(older, "1.1"), at(newer, "1.1"))
    assert (difference.code, difference.impact) == ("deprecation-ended", Impact.SAFE)
    assert difference.text == "Body parameter `book.a` is no longer deprecated."
    head = filled({"head": 'deprecated: {since: "1.0"}'})
    [difference] = changes(at(guide_of(head), "1.1"), at(guide_of(filled({})), "1.1"))
    assert difference.text == "It is no longer deprecated."


def test_the_writers_note_comes_with_the_change(guide_of: GuideOf) -> None:
    change = 'changes: [{release: "1.1", note: Ask first., before: {required: false}}]'
    [difference] = found(guide_of(filled({"parameter": f"a: {{type: string, required: true, {change}}}"})))
    assert difference.note == "Ask first."


def test_what_differs_in_a_endpoint_is_told_with_its_note(guide_of: GuideOf) -> None:
    change = 'changes: [{release: "1.1", note: The old one answers too., before: {path: /new_books}}]'
    [difference] = found(guide_of(filled({"head": change})))
    assert (difference.code, difference.note) == ("endpoint-moved", "The old one answers too.")


def test_a_body_is_documented_where_its_object_is(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/resource.yaml
    objects: {book: {documented_since: "1.1", fields: {id: {}}}}
    === books/get.yaml
    responses: {200: {body: {object: book}}}
    """)
    assert [(each.code, each.at) for each in found(guide)] == [("body-documented", "books/get#response")]


def test_a_difference_knows_where_its_part_is_declared(guide_of: GuideOf) -> None:
    [difference] = found(guide_of(filled(field('type: string, since: "1.1"'))))
    mark = difference.where
    assert mark.source.path.startswith("books")
    assert mark.source.lines[mark.line - 1][mark.column - 1 :].startswith("a: {")


def test_fields_of_an_object_are_found_wherever_a_response_holds_it(guide_of: GuideOf) -> None:
    guide = guide_of(filled(field('type: string, since: "1.1"')))
    assert [each.at for each in found(guide)] == ["objects.book.a"]
    assert [each.at for each in found(guide, expands=True)] == ["books/create#response-a"]


@pytest.mark.parametrize(
    ("key", "code"), [("documented_since", "parameter-documented"), ("since", "parameter-added")]
)
def test_a_parameter_is_documented_where_all_that_it_holds_is(key: str, code: str, guide_of: GuideOf) -> None:
    guide = guide_of(f"""
    === books/create.yaml
    parameters:
      body: {{a: {{fields: {{b: {{documented_since: "1.1"}}, c: {{{key}: "1.1"}}}}}}}}
    """)
    assert [(each.code, each.at) for each in found(guide)] == [(code, "books/create#body-a")]


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (
            {"body": 'body: {object: book}, changes: [{release: "1.1", before: {body: {type: string}}}]'},
            "The response is an object now, and was a value.",
        ),
        (
            parameter("type: integer", "type: boolean"),
            "Body parameter `book.a` is an integer now, and was a boolean.",
        ),
        (
            parameter("type: integer, maximum: 2", "maximum: null"),
            "Body parameter `book.a` has the maximum 2 now, and had no maximum.",
        ),
        (
            parameter("type: string", "max_length: 5"),
            "Body parameter `book.a` has no greatest length now, and had the greatest length 5.",
        ),
        (
            field("type: datetime, xml: {type: dateTime}", "xml: null"),
            "Field `a` of `book` has the type `dateTime` in XML now.",
        ),
        (
            field("type: decimal", "json: {type: string}"),
            "Field `a` of `book` no longer has the type `string` in JSON.",
        ),
        (parameter("type: string", "required: true"), "Body parameter `book.a` is optional now."),
        (
            parameter('type: string, deprecated: {since: "1.1", use: title}'),
            "Body parameter `book.a` is deprecated; use `title`.",
        ),
        (parameter('type: string, deprecated: {since: "1.1"}'), "Body parameter `book.a` is deprecated."),
        (
            parameter("type: string, required: true", "required: false"),
            "Body parameter `book.a` is required now.",
        ),
        (field("type: string", "required: true"), "Field `a` of `book` is not always sent now."),
        (field("type: string, required: true", "required: false"), "Field `a` of `book` is always sent now."),
    ],
)
def test_a_difference_says_what_it_is_about(parts: dict[str, str], text: str, guide_of: GuideOf) -> None:
    assert [each.text for each in found(guide_of(filled(parts)))] == [text]


def test_a_endpoint_that_still_has_its_own_name_is_not_what_another_was(guide_of: GuideOf) -> None:
    older = guide_of("=== books/create.yaml\n")
    newer = guide_of("=== books/create.yaml\n=== books/make.yaml\nformerly: [books/create]\n")
    differences = changes(at(older, "1.0"), at(newer, "1.0"))
    assert [(each.code, each.page) for each in differences] == [("endpoint-added", "books/make")]


def test_a_resource_under_another_name_is_the_same_with_its_endpoints(guide_of: GuideOf) -> None:
    older = guide_of("""
    === tomes/resource.yaml
    === tomes/create.yaml
    === tomes/get.yaml
    path: /books/:id
    === tomes/drop.yaml
    method: DELETE
    """)
    newer = guide_of("""
    === books/resource.yaml
    formerly: [volumes, tomes]
    === books/create.yaml
    === books/read.yaml
    formerly: tomes/get
    path: /books/:id
    === books/list.yaml
    path: /all
    """)
    differences = changes(at(older, "1.0"), at(newer, "1.0"))
    assert [(each.code, each.page) for each in differences] == [
        ("endpoint-added", "books/list"),
        ("endpoint-removed", "tomes/drop"),
    ]


def test_a_resource_that_still_has_its_own_name_is_not_what_another_was(guide_of: GuideOf) -> None:
    older = guide_of("=== books/create.yaml\n")
    newer = guide_of("""
    === books/create.yaml
    === tomes/resource.yaml
    formerly: books
    === tomes/create.yaml
    path: /tomes
    """)
    differences = changes(at(older, "1.0"), at(newer, "1.0"))
    assert [(each.code, each.page) for each in differences] == [
        ("resource-added", "tomes"),
        ("endpoint-added", "tomes/create"),
    ]


def test_what_a_parameter_takes_from_an_object_is_a_difference_of_the_endpoint(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/resource.yaml
    objects:
      book: {fields: {a: {type: integer, changes: [{release: "1.1", before: {type: boolean}}]}}}
    === books/create.yaml
    parameters: {body: {book: {object: book}}}
    """)
    assert [(each.code, each.at) for each in found(guide)] == [("type-narrowed", PARAMETER)]


def test_the_history_of_a_endpoint_is_told_newest_first(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/create.yaml
    since: "1.1"
    parameters: {query: {a: {type: string, since: "2.0"}, b: {type: string, since: "3.0"}}}
    """)
    told = {r: [each for each, _ in history(views(guide), "books/create", r)] for r in guide.releases}
    assert told == {"1.0": [], "1.1": ["1.1"], "2.0": ["2.0", "1.1"], "3.0": ["3.0", "2.0", "1.1"]}


TOLD_BY_PAGES = [
    (
        "object-documented",
        "books",
        "Object `gift` is documented.",
        'gift: {documented_since: "1.1", fields: {id: {type: integer}}}',
    ),
    ("object-added", "books", "Object `gift` is new.", 'gift: {since: "1.1", fields: {id: {type: integer}}}'),
    (
        "object-removed",
        "books",
        "Object `gift` is gone.",
        'gift: {removed: "1.1", fields: {id: {type: integer}}}',
    ),
    ("note-documented", "books", "This warning is documented:", ""),
    ("note-documented", "books/create", "This info is documented:", ""),
]


@pytest.mark.parametrize(("code", "page", "text", "gift"), TOLD_BY_PAGES)
def test_the_history_of_a_page_tells_more_than_clients_notice(
    code: str, page: str, text: str, gift: str, guide_of: GuideOf
) -> None:
    guide = guide_of(rf"""
    === books/resource.yaml
    notes:
      - {{warning: "Handle\nwith care.\n\nReally.", documented_since: "1.1"}}
      - {{info: "It came with it.", since: "1.1"}}
    objects:
      book: {{fields: {{id: {{type: integer}}}}}}
      {gift}
    === books/create.yaml
    notes: [{{info: Not twice., documented_since: "1.1"}}]
    """)
    seen = views(guide)
    [(release, told)] = history(seen, page, "3.0")
    assert release == "1.1"
    assert (code, text) in [(each.code, each.text) for each in told]
    assert [each.note for each in told if each.note] == [
        "Handle\nwith care." if page == "books" else "Not twice."
    ]
    assert not any(each.code == code for each in changes(seen["1.0"], seen["1.1"]))


def test_the_history_of_a_resource_tells_of_all_its_objects_and_which_endpoints_it_has(
    guide_of: GuideOf,
) -> None:
    guide = guide_of("""
    === books/resource.yaml
    since: "1.1"
    objects: {book: {fields: {id: {type: integer}, price: {type: decimal, documented_since: "3.0"}}}}
    === books/list.yaml
    parameters: {query: {a: {type: string, since: "3.0"}}}
    === books/lend.yaml
    path: /lend
    since: "2.0"
    removed: "3.0"
    notes: [{info: Be quick., documented_since: "2.0"}]
    """)
    told = {
        release: [(each.code, each.at) for each in found]
        for release, found in history(views(guide), "books", "3.0")
    }
    assert told == {
        "3.0": [("endpoint-removed", "books/lend"), ("field-documented", "objects.book.price")],
        "2.0": [("endpoint-added", "books/lend")],
        "1.1": [("resource-added", "books")],
    }
    assert list(history(views(guide), "books", "1.0")) == []
    [(_, came)] = history(views(guide), "books/lend", "2.0")
    assert [each.code for each in came] == ["endpoint-added"], "and with it all that it had"


def test_a_resource_that_is_deprecated_says_so_in_its_history(guide_of: GuideOf) -> None:
    guide = guide_of('=== books/resource.yaml\ndeprecated: {since: "2.0"}\n')
    [(release, [difference])] = history(views(guide), "books", "3.0")
    assert (release, difference.code) == ("2.0", "deprecated")


def test_permissions_that_are_gone_are_told_by_name(guide_of: GuideOf) -> None:
    names = [f"p{number}" for number in (3, 1, 4, 2, 5)]
    gone = ", ".join(f'{{value: {name}, removed: "1.1"}}' for name in names)
    differences = found(guide_of(filled({"head": f"permissions: [{gone}]"})))
    assert [each.text for each in differences] == [
        f"It no longer needs the permission `{name}`." for name in sorted(names)
    ]


def test_what_the_keys_of_a_map_hold_is_no_news_where_it_is_only_said(guide_of: GuideOf) -> None:
    for parts in (
        field("type: object, additional_fields: {type: string}", "additional_fields: null"),
        field("type: object", "additional_fields: {type: string}"),
    ):
        assert found(guide_of(filled(parts))) == []


def test_an_object_that_no_response_holds_breaks_nobody(guide_of: GuideOf) -> None:
    assert found(guide_of(filled(field('type: string, removed: "1.1"') | {"body": ""}))) == []


@pytest.mark.parametrize(
    ("inner", "told"),
    [
        ("fields: {c: {documented_since: '1.1'}, d: {since: '1.1'}}", ["parameter-documented"]),
        ("object: shelf", ["parameter-documented"]),
        ("fields: {c: {since: '1.1'}}", []),
    ],
)
def test_what_an_object_holds_of_which_nothing_was_known_is_documented(
    inner: str, told: list[str], guide_of: GuideOf
) -> None:
    guide = guide_of(f"""
    === books/resource.yaml
    objects: {{shelf: {{fields: {{c: {{documented_since: "1.1"}}}}}}}}
    === books/create.yaml
    method: POST
    parameters: {{body: {{a: {{fields: {{b: {{{inner}}}, z: {{}}}}}}}}}}
    """)
    assert [(each.code, each.at) for each in found(guide)] == [
        (code, "books/create#body-a-b-c") for code in told
    ]


def test_what_a_response_holds_of_an_object_that_was_not_known_is_told_where_it_is_used(
    guide_of: GuideOf,
) -> None:
    guide = guide_of("""
    === books/resource.yaml
    objects:
      book: {fields: {id: {}, shelf: {object: shelf}, z: {since: "1.1"}}}
      shelf: {fields: {c: {documented_since: "1.1"}}}
    === books/get.yaml
    responses: {200: {body: {object: book}}}
    """)
    told = [each.at for each in found(guide, expands=True)]
    assert told == ["books/get#response-shelf-c", "books/get#response-z"]
    assert [each.at for each in found(guide)] == ["objects.book.z"], "not of one that is new to the guide"


def test_an_object_inside_itself_is_compared_once(guide_of: GuideOf) -> None:
    parts = {"field": 'a: {type: string, since: "1.1"}\n      next: {object: book}'}
    differences = found(guide_of(filled(parts)), expands=True)
    assert [each.at for each in differences] == ["books/create#response-a"]

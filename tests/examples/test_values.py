"""Values of fields: from what is stated, and from the fields' own."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from apiguide.examples.requests import examples_of, response_value
from apiguide.examples.values import Array, Null, Scalar, Scalars, Structure, Tree, Values, fits, own_value
from apiguide.history import at
from apiguide.model import TYPES, Field, Guide
from apiguide.view import GuideView
from apiguide.yaml_source import load

GuideOf = Callable[[str], Guide]
Written = Callable[..., dict[str, str]]

BOOKS = """
    === books/resource.yaml
    objects:
      author: {fields: {name: {type: string, example: Jane}, born: {type: integer, example: 1775}}}
      book:
        fields:
          id: {type: integer, required: true, example: 12}
          title: {type: string, example: Emma}
          author: {object: author}
          due_at: {type: datetime, nullable: true, example: null}
"""


def node(text: str) -> Any:
    """A value as YAML gives it."""
    document = load(text.encode(), "values.yaml")
    assert not document.problems, document.problems
    return document.root


def data(tree: Tree) -> Any:
    """A tree as plain data."""
    match tree:
        case Scalar():
            return tree.text
        case Null():
            return None
        case Array():
            return [data(item) for item in tree.items]
        case _:
            return {name: data(value) for name, value in tree.members}


@pytest.fixture
def view(guide_of: GuideOf) -> GuideView:
    return at(guide_of(BOOKS), "1.0")


def made(view: GuideView, schema: str, stated: str | None = None, **options: Any) -> Any:
    """The value of a field as plain data, where nothing is wrong with it."""
    values = Values(view, request=options.pop("request", False))
    value = node(stated) if stated is not None else None
    tree = values.of(Field.model_validate(node(schema)), value, **options)
    assert values.problems == []
    return data(tree)


def problems(view: GuideView, schema: str, stated: str | None = None) -> list[tuple[str, str | None]]:
    values = Values(view)
    values.of(Field.model_validate(node(schema)), node(stated) if stated is not None else None, name="price")
    return [(problem.code, problem.message) for problem in values.problems]


# A field's own value


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ("{const: a, example: b, default: c, enum: [d]}", "a"),
        ("{example: b, default: c, enum: [d]}", "b"),
        ("{default: c, enum: [d, e]}", "c"),
        ("{enum: [d, e]}", "d"),
        ("{type: string}", None),
    ],
)
def test_a_field_is_shown_by_its_const_else_example_default_or_first_of_enum(
    schema: str, value: str | None
) -> None:
    assert own_value(Field.model_validate(node(schema))) == value


@pytest.mark.parametrize("kind", TYPES)
def test_a_field_without_a_value_has_one_made_by_type(view: GuideView, kind: str) -> None:
    values = Values(view)
    tree = values.of(Field.model_validate({"type": kind}), name="word")
    assert values.problems == []
    if isinstance(tree, Scalar):
        assert tree.type == kind
        assert fits(tree.text, kind)
    else:
        assert data(tree) == ([] if kind == "array" else {})


def test_an_array_without_items_is_an_empty_list(view: GuideView) -> None:
    assert made(view, "{type: array}") == []


def test_a_made_list_has_one_item(view: GuideView) -> None:
    assert made(view, "{items: {type: integer, name: shelf_id, example: 3}}") == ["3"]
    assert made(view, "{type: array, items: {object: author}}") == [{"name": "Jane", "born": "1775"}]


def test_a_lists_example_is_the_whole_list(view: GuideView) -> None:
    assert made(view, "{items: {type: integer, name: shelf_id}, example: [3, 4]}") == ["3", "4"]


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("integer", "-0"),
        ("decimal", "9.90"),
        ("decimal", "3.10"),
        ("float", "1E5"),
        ("string", "0755"),
        ("string", "12:30:45"),
        ("string", "00:1a:2b:3c:4d:5e"),
        ("string", "on"),
        ("date", "2015-02-10"),
        ("datetime", "2015-02-10T08:15:00+01:00"),
        ("[integer, string]", "w8x2k5"),
    ],
)
def test_values_are_as_typed(view: GuideView, kind: str, typed: str) -> None:
    assert made(view, f"{{type: {kind}}}", typed) == typed


def test_a_value_has_the_first_type_that_it_fits(view: GuideView) -> None:
    field = Field.model_validate(node("{type: [integer, string]}"))
    assert Values(view).of(field, node("12")) == Scalar("12", "integer")
    assert Values(view).of(field, node("w8")) == Scalar("w8", "string")


def test_a_field_whose_type_nobody_knows_has_a_value_of_no_type(view: GuideView) -> None:
    assert Values(view).of(Field(), node("12")) == Scalar("12", None)
    assert Values(view).of(Field(), name="limit") == Scalar("limit", None)


# Objects


def test_a_made_object_has_all_of_its_fields(view: GuideView) -> None:
    author = {"name": "Jane", "born": "1775"}
    assert made(view, "{object: book}") == {"id": "12", "title": "Emma", "author": author, "due_at": None}


def test_a_stated_object_has_what_it_states_and_what_is_required(view: GuideView) -> None:
    assert made(view, "{object: book}", "{title: Persuasion}") == {"id": "12", "title": "Persuasion"}


def test_with_whole_a_stated_object_has_all_and_what_is_stated_inside_is_as_stated(view: GuideView) -> None:
    stated = "{title: Persuasion, author: {name: J. A.}}"
    assert made(view, "{object: book}", stated, all_fields=True) == {
        "id": "12",
        "title": "Persuasion",
        "author": {"name": "J. A."},
        "due_at": None,
    }


def test_with_whole_each_item_of_a_stated_list_has_all(view: GuideView) -> None:
    stated = "[{name: Mary}, {born: 1818}]"
    assert made(view, "{type: array, items: {object: author}}", stated, all_fields=True) == [
        {"name": "Mary", "born": "1775"},
        {"name": "Jane", "born": "1818"},
    ]


def test_members_come_in_the_order_of_the_fields_and_free_keys_as_stated(view: GuideView) -> None:
    assert list(made(view, "{object: book}", "{title: Emma, id: 3}")) == ["id", "title"]
    schema = "{fields: {b: {}, a: {}}, additional_fields: {type: integer}}"
    assert list(made(view, schema, "{z: 1, a: 2, c: 3, b: 4}")) == ["b", "a", "z", "c"]


def test_an_object_without_fields_is_a_free_hash(view: GuideView) -> None:
    assert made(view, "{type: object}", "{any: thing, deep: {er: 1}}") == {
        "any": "thing",
        "deep": {"er": "1"},
    }
    assert made(view, "{type: object}") == {}


def test_a_maps_free_keys_hold_what_it_says(view: GuideView) -> None:
    schema = "{type: object, additional_fields: {type: array, items: {object: author}}}"
    stated = "{first: [{name: Jane}], second: []}"
    assert made(view, schema, stated) == {"first": [{"name": "Jane"}], "second": []}


def test_an_object_is_sent_under_its_name(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/resource.yaml
    objects: {book_status: {name: book, plural: bookshelf, wrapped: false, fields: {id: {}}}}
    """)
    values = Values(at(guide, "1.0"))
    tree = values.of(Field(object="book_status"))
    assert tree == Structure((("id", Scalar("id")),), "book", wrapped=False)
    listed = values.of(Field(items=Field(object="book_status", wrapped=True)))
    assert isinstance(listed, Array)
    assert (listed.item, listed.plural) == ("book", "bookshelf")
    assert isinstance(listed.items[0], Structure)
    assert listed.items[0].wrapped


# Objects inside themselves

PARTS = """
    === books/resource.yaml
    objects:
      part:
        fields:
          id: {type: integer, example: 3}
          %s
    """


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        ("whole: {object: part}", {"id": "3"}),
        ("whole: {object: part, required: true}", {"id": "3"}),
        ("parts: {type: array, items: {object: part}}", {"id": "3", "parts": []}),
        ("whole: {object: part, fields: {id: {}}}", {"id": "3", "whole": {"id": "3"}}),
        ("whole: {object: part, only: [id]}", {"id": "3", "whole": {"id": "3"}}),
        ("whole: {object: part, without: [whole]}", {"id": "3", "whole": {"id": "3"}}),
    ],
)
def test_an_object_is_not_made_inside_itself(guide_of: GuideOf, field: str, shown: dict[str, Any]) -> None:
    view = at(guide_of(PARTS % field), "1.0")
    assert made(view, "{object: part}") == shown


def test_an_object_stated_inside_itself_is_shown(guide_of: GuideOf) -> None:
    view = at(guide_of(PARTS % "whole: {object: part}"), "1.0")
    assert made(view, "{object: part}", "{id: 1, whole: {id: 2}}") == {"id": "1", "whole": {"id": "2"}}


# Null


def test_plain_null_is_null_and_quoted_null_is_text(view: GuideView) -> None:
    assert made(view, "{type: string, nullable: true}", "null") is None
    assert made(view, "{type: string, nullable: true}", "~") is None
    assert made(view, "{type: string, nullable: true}", '"null"') == "null"
    assert made(view, "{type: string}", '"~"') == "~"
    assert made(view, "{}", "null") is None


def test_a_null_of_its_own_is_made_for_a_response_and_left_out_of_a_request(view: GuideView) -> None:
    schema = "{fields: {a: {example: null}, b: {example: c}}}"
    assert made(view, schema) == {"a": None, "b": "c"}
    assert made(view, schema, request=True) == {"b": "c"}


def test_null_where_it_is_not_allowed_is_a_problem(view: GuideView) -> None:
    [(code, message)] = problems(view, "{type: integer}", "null")
    assert (code, message) == ("null-not-allowed", "`price` is not nullable")


@pytest.mark.parametrize(
    "schema", ["{type: string}", "{items: {type: string}}", "{fields: {a: {}}}", "{object: book}"]
)
def test_null_is_no_value_of_any_kind(view: GuideView, schema: str) -> None:
    assert [code for code, _ in problems(view, schema, "null")] == ["null-not-allowed"]


def test_a_request_does_not_take_a_null_that_only_responses_may_say(guide_of: GuideOf) -> None:
    guide = guide_of(
        BOOKS
        + """
    === books/create.yaml
    parameters: {body: {book: {object: book, fields: {due_at: {}, title: {}}}}}
    === books/edit.yaml
    parameters: {body: {book: {object: book, fields: {due_at: {nullable: true}, title: {}}}}}
    === books/extend.yaml
    parameters: {body: {book: {object: book, fields: {due_at: {required: true}}}}}
    """
    )
    view = at(guide, "1.0")

    def body(id_: str) -> Any:
        [shown] = examples_of(view, view.endpoints[id_])
        assert shown.problems == ()
        assert shown.request.body is not None
        return data(shown.request.body)["book"]

    assert body("books/create") == {"title": "Emma"}
    assert body("books/edit") == {"due_at": None, "title": "Emma"}
    assert body("books/extend") == {"due_at": "2024-01-31T12:00:00Z"}


# What a release does not have

LATER = """
    === books/resource.yaml
    objects:
      press: {since: "2.0", fields: {name: {type: string}}}
      book:
        fields:
          id: {type: integer, example: 12}
          isbn: {type: string, since: "2.0", example: "1"}
          press: {object: press, example: {name: Egerton}}
          presses: {type: array, items: {object: press}, example: [{name: Egerton}]}
          size: {fields: {height: {since: "2.0"}}, example: {height: 210}}
"""


def test_what_a_release_does_not_have_is_dropped_from_what_is_stated(guide_of: GuideOf) -> None:
    guide = guide_of(LATER)
    shown = {
        r: data(
            Values(at(guide, r)).of(
                Field(object="book"), node('{id: 1, isbn: "9", press: {name: X}, size: {height: 1}}')
            )
        )
        for r in ("1.1", "2.0")
    }
    assert shown["1.1"] == {"id": "1", "press": {}, "size": {}}
    assert shown["2.0"] == {"id": "1", "isbn": "9", "press": {"name": "X"}, "size": {"height": "1"}}


def test_what_a_release_does_not_have_is_dropped_from_what_fields_say(guide_of: GuideOf) -> None:
    old = data(Values(at(guide_of(LATER), "1.1")).of(Field(object="book")))
    assert old == {"id": "12", "press": {}, "presses": [], "size": {}}


def test_a_value_of_an_enum_that_a_release_does_not_have_is_a_problem_there(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/create.yaml
    parameters:
      body: {format: {type: string, enum: [paper, {value: audio, since: "2.0"}], example: audio}}
    """)
    codes = {}
    for release in ("1.1", "2.0"):
        view = at(guide, release)
        [shown] = examples_of(view, view.endpoints["books/create"])
        codes[release] = [problem.code for problem in shown.problems]
    assert codes == {"1.1": ["not-in-enum"], "2.0": []}


# Problems


@pytest.mark.parametrize(
    ("schema", "stated", "code", "message"),
    [
        ("{type: integer}", "1.0", "wrong-type", "`1.0` is not an integer"),
        ("{type: integer}", "0755", "wrong-type", "`0755` is not an integer"),
        ("{type: [boolean, date]}", "yes", "wrong-type", "`yes` is not a boolean or date"),
        ("{type: date}", "2015-02-30", "wrong-type", "`2015-02-30` is not a date"),
        ("{type: datetime}", "2015-02-10", "wrong-type", "`2015-02-10` is not a datetime"),
        ("{type: string, enum: [a, b]}", "c", "not-in-enum", "`c` is not among the allowed values"),
        ("{const: a}", "b", "not-the-constant", "the value must be `a`"),
        (
            "{max_length: 2}",
            "abc",
            "too-long",
            "the text has 3 characters; at most 2 are allowed",
        ),
        ("{pattern: ^a}", "b", "not-the-pattern", "`b` does not match `^a`"),
        ("{type: integer, minimum: 2}", "1", "too-small", "1 is less than the minimum 2"),
        ("{type: decimal, maximum: 2}", "2.5", "too-large", "2.5 is more than the maximum 2"),
        ("{type: string}", "{a: 1}", "wrong-kind", "`price` is a single value, not a mapping"),
        ("{}", "[1]", "wrong-kind", "`price` is a single value, not a list"),
        ("{type: object}", "a", "wrong-kind", "`price` is an object, not a text"),
        ("{items: {type: integer}}", "1", "wrong-kind", "`price` is a list, not a text"),
        ("{type: array}", "[1]", "no-items", "`price` does not say what its items are"),
        ("{fields: {name: {}}}", "{nam: 1}", "undeclared-value", "`nam` is not declared"),
    ],
)
def test_a_value_that_does_not_fit_is_a_problem(
    view: GuideView, schema: str, stated: str, code: str, message: str
) -> None:
    assert problems(view, schema, stated) == [(code, message)]


def test_a_problem_says_where_the_value_was_typed(view: GuideView) -> None:
    values = Values(view)
    values.of(Field.model_validate(node("{items: {type: integer}}")), node("[1,\n two]"))
    [problem] = values.problems
    assert (problem.where.source.path, problem.where.line, problem.where.column) == ("values.yaml", 2, 2)


def test_an_empty_value_is_no_problem_where_it_is_allowed(view: GuideView) -> None:
    assert made(view, "{type: boolean, allow_empty_value: true}", '""') == ""
    for schema, value in (("{type: boolean, allow_empty_value: true}", "maybe"), ("{type: boolean}", '""')):
        assert [code for code, _ in problems(view, schema, value)] == ["wrong-type"]


def test_limits_of_length_and_size_include_their_ends(view: GuideView) -> None:
    assert made(view, "{type: string, max_length: 2}", "ab") == "ab"
    assert made(view, "{type: integer, minimum: 2, maximum: 2}", "2") == "2"
    assert made(view, "{type: string, maximum: 2}", "3") == "3"


# Stated examples of endpoints

ENDPOINT = (
    BOOKS
    + """
    === books/edit.yaml
    method: PUT
    path: /books/:id
    parameters:
      path: {id: {type: integer, example: 12}}
      query: {quick: {type: boolean}, lang: {type: string, required: true, example: en}}
      body:
        book:
          object: book
          fields: {title: {required: true}, author: {}}
    responses: {200: {body: {object: book}}, 422: {}}
    examples:
      - title: All is stated
        parameters:
          path: {id: 3}
          query: {quick: true, lang: de}
          body: {book: {title: Mansfield Park, author: {born: 1}}}
        responses: {200: {title: Mansfield Park}}
      - title: Nothing is stated
    """
)


def test_an_example_has_what_it_states(guide_of: GuideOf) -> None:
    view = at(guide_of(ENDPOINT), "1.0")
    first = examples_of(view, view.endpoints["books/edit"])[0]
    request = first.request
    assert (first.title, request.path) == ("All is stated", "/books/3")
    assert request.query == (("quick", "true"), ("lang", "de"))
    assert request.body is not None
    assert data(request.body) == {"book": {"title": "Mansfield Park", "author": {"born": "1"}}}


def test_a_required_field_that_an_example_leaves_out_takes_its_own(guide_of: GuideOf) -> None:
    view = at(guide_of(ENDPOINT), "1.0")
    request = examples_of(view, view.endpoints["books/edit"])[1].request
    assert request.path == "/books/12"
    assert request.query == (("lang", "en"),)
    assert request.body is not None
    assert data(request.body) == {"book": {"title": "Emma"}}


def test_a_stated_response_takes_what_it_leaves_out_from_the_fields(guide_of: GuideOf) -> None:
    view = at(guide_of(ENDPOINT), "1.0")
    [(response, tree)] = examples_of(view, view.endpoints["books/edit"])[0].responses
    author = {"name": "Jane", "born": "1775"}
    assert response.status == "200"
    assert data(tree) == {"id": "12", "title": "Mansfield Park", "author": author, "due_at": None}


def test_a_status_of_the_guide_has_the_value_that_the_guide_gives(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === guide.yaml
    objects: {errors: {fields: {errors: {type: array, items: {type: string, name: error}}}}}
    statuses:
      404: {title: Not Found, when: always, body: {object: errors}, example: {errors: [There is none.]}}
    === books/list.yaml
    """)
    view = at(guide, "1.0")
    [response] = view.responses(view.endpoints["books/list"])
    assert data(response_value(Values(view), response, {})) == {"errors": ["There is none."]}


def test_a_value_that_another_has_made_already_is_told_of_again(view: GuideView) -> None:
    scalars: Scalars = {}
    field, typed = Field.model_validate(node("{type: integer}")), node("six")
    first, second = Values(view, scalars=scalars), Values(view, scalars=scalars)
    trees = [values.of(field, typed, name="pages") for values in (first, second)]
    assert trees[0] is trees[1]
    assert [problem.code for problem in first.problems] == ["wrong-type"]
    assert second.problems == first.problems
    assert second.of(field, node("7"), name="pages") != trees[0]


@pytest.mark.parametrize(
    ("type_", "stated", "shown"),
    [
        ("[integer, string]", '[1, "1", a]', [1, "1", "a"]),
        ("[string, integer]", "[1, '1', a]", [1, "1", "a"]),
        ("[string, boolean]", '[true, "true"]', [True, "true"]),
        ("[boolean, integer]", '["true", "1"]', [True, 1]),
        ("integer", '["1"]', [1]),
        ("string", "[1]", ["1"]),
    ],
)
def test_quotes_tell_a_text_from_the_other_types_of_a_field(
    type_: str, stated: str, shown: list[Any], guide_of: GuideOf, written: Written
) -> None:
    guide = guide_of(f"""
    === books/create.yaml
    method: POST
    parameters: {{body: {{marks: {{type: array, items: {{type: {type_}}}, example: {stated}}}}}}}
    """)
    assert json.loads(written(guide, "books/create")["request.json"]) == {"marks": shown}


@pytest.mark.parametrize(("sent", "back"), [("5", 5), ('"5"', "5")])
def test_what_comes_back_has_the_type_that_was_sent(
    sent: str, back: Any, guide_of: GuideOf, written: Written
) -> None:
    guide = guide_of(f"""
    === guide.yaml
    formats: {{json: {{media_type: application/json}}}}
    === books/resource.yaml
    objects: {{book: {{fields: {{mark: {{type: [integer, string], example: 1}}}}}}}}
    === books/create.yaml
    method: POST
    parameters: {{body: {{book: {{object: book, fields: {{mark: {{}}}}}}}}}}
    responses: {{200: {{body: {{object: book}}}}}}
    examples: [{{parameters: {{body: {{book: {{mark: {sent}}}}}}}}}]
    """)
    assert json.loads(written(guide, "books/create")["200.json"]) == {"mark": back}

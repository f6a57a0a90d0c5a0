"""What a field takes from the field of an object that it extends."""

from collections.abc import Callable

import pytest

from apiguide.history import at
from apiguide.inheritance import resolve_inheritance
from apiguide.model import Field, Guide

GuideOf = Callable[[str], Guide]

BOOKS = """
    === books/resource.yaml
    parameters: {id: {extends: book.id}, page: {type: integer}}
    objects:
      book:
        fields:
          id: {type: integer, description: Number of the book., required: true, example: 12}
          status:
            type: string
            enum: [shelved, lent, {value: lost, since: "2.0"}]
            description: Where it is.
            nullable: true
            default: shelved
            example: lent
          old_status: {type: string, description: Where it was., replaces: state}
          size: {description: Of the cover., fields: {height: {type: integer, unit: mm, required: true}}}
          tags: {type: array, items: {type: string, name: tag, description: A word.}}
          came: {type: string, since: "2.0"}
          went: {type: string, removed: "2.0"}
          grew: {type: string, max_length: 9, changes: [{release: "2.0", before: {max_length: 5}}]}
          slow: {type: string, deprecated: {since: "1.1", use: status}}
"""


def query(guide: Guide, endpoint: str = "books/list") -> dict[str, Field]:
    return dict(resolve_inheritance(guide).endpoints[endpoint].parameters.query)


def of_list(guide_of: GuideOf, parameters: str, *, keys: str = "") -> Guide:
    return guide_of(f"{BOOKS}\n    === books/list.yaml\n    parameters: {{{parameters}}}\n    {keys}\n")


def test_a_parameter_takes_all_that_it_does_not_state(guide_of: GuideOf) -> None:
    guide = of_list(guide_of, "query: {status: {extends: book.status, description: Only those.}}")
    status = query(guide)["status"]
    assert (status.type, status.description, status.default, status.example) == (
        *(("string",), "Only those.", "shelved", "lent"),
    )
    assert [(each.value, each.since) for each in status.enum or ()] == [
        *(("shelved", None), ("lent", None), ("lost", "2.0")),
    ]


def test_nothing_is_left_to_extend(guide_of: GuideOf) -> None:
    guide = of_list(guide_of, "query: {a: {extends: book.tags, items: {extends: book.status, name: b}}}")
    parameter = query(guide)["a"]
    assert parameter.extends is None
    assert parameter.items is not None
    assert parameter.items.extends is None
    assert (parameter.items.name, parameter.items.description) == ("b", "Where it is.")
    resource = resolve_inheritance(guide).resources["books"].parameters["id"]
    assert (resource.extends, resource.description, resource.required) == (None, "Number of the book.", None)


@pytest.mark.parametrize("location", ["query", "header", "cookie", "body"])
def test_a_parameter_of_any_place_can_extend_and_takes_neither_required_nor_nullable(
    location: str, guide_of: GuideOf
) -> None:
    guide = of_list(guide_of, f"{location}: {{id: {{extends: book.id}}, status: {{extends: book.status}}}}")
    fields = resolve_inheritance(guide).endpoints["books/list"].parameters.location(location)
    assert fields["id"] == Field(type="integer", description="Number of the book.", example="12")
    assert fields["status"].nullable is None


def test_what_is_inside_is_taken_without_required(guide_of: GuideOf) -> None:
    guide = of_list(guide_of, "query: {size: {extends: book.size}}")
    inner = query(guide)["size"].fields or {}
    assert inner["height"] == Field(type="integer", unit="mm")


def test_in_a_response_required_and_nullable_are_taken(guide_of: GuideOf) -> None:
    body = "body: {fields: {id: {extends: book.id}, status: {extends: book.status}}}"
    guide = of_list(guide_of, "", keys=f"responses: {{200: {{{body}}}}}")
    response = resolve_inheritance(guide).endpoints["books/list"].responses["200"]
    assert response is not None
    assert response.body is not None
    fields = response.body.fields or {}
    assert (fields["id"].required, fields["status"].nullable) == (True, True)


def test_the_name_that_a_field_had_is_not_taken(guide_of: GuideOf) -> None:
    taken = query(of_list(guide_of, "query: {was: {extends: book.old_status}}"))["was"]
    assert (taken.description, taken.replaces) == ("Where it was.", None)


def test_paging_and_statuses_can_extend(guide_of: GuideOf) -> None:
    guide = guide_of(
        BOOKS
        + """
    === guide.yaml
    paging: {from: {extends: book.id, since: "1.1"}}
    statuses: {409: {title: Conflict, body: {fields: {id: {extends: book.id}}}}}
    === books/list.yaml
    paging: true
    """
    )
    taken = query(guide)["from"]
    assert (taken.description, taken.required, taken.since) == ("Number of the book.", None, "1.1")
    body = resolve_inheritance(guide).settings.statuses["409"].body
    assert body is not None
    assert (body.fields or {})["id"].description == "Number of the book."


def test_a_field_of_an_object_can_extend_that_of_another_and_be_extended(guide_of: GuideOf) -> None:
    guide = guide_of(
        BOOKS
        + """
    === loans/resource.yaml
    objects:
      loan: {fields: {book_id: {extends: book.id, example: 13}}}
      long_loan: {extends: loan, fields: {book_id: {description: Of a book.}}}
    === loans/list.yaml
    parameters: {query: {book: {extends: long_loan.book_id}}}
    """
    )
    loan = resolve_inheritance(guide).objects["loan"].fields["book_id"]
    assert (loan.description, loan.required, loan.example) == ("Number of the book.", True, "13")
    taken = query(guide, "loans/list")["book"]
    assert taken == Field(type="integer", description="Of a book.", example="13")


def test_what_is_extended_comes_before_what_would_be_inherited(guide_of: GuideOf) -> None:
    guide = of_list(guide_of, "body: {book: {object: book, fields: {status: {extends: book.id}}}}")
    fields = resolve_inheritance(guide).endpoints["books/list"].parameters.body["book"].fields or {}
    assert fields["status"] == Field(type="integer", description="Number of the book.", example="12")
    guide = of_list(guide_of, "path: {id: {extends: book.status}}", keys="path: /books/:id")
    assert resolve_inheritance(guide).endpoints["books/list"].parameters.path["id"].type == ("string",)


@pytest.mark.parametrize(
    ("field", "times"),
    [
        ("{extends: book.came}", ("2.0", None)),
        ('{extends: book.came, since: "1.1"}', ("1.1", None)),
        ("{extends: book.went}", (None, "2.0")),
        ('{extends: book.went, since: "1.1", removed: "3.0"}', ("1.1", "2.0")),
    ],
)
def test_it_is_there_as_long_as_what_it_extends_unless_it_says_since_when(
    field: str, times: tuple[str | None, str | None], guide_of: GuideOf
) -> None:
    taken = query(of_list(guide_of, f"query: {{q: {field}}}"))["q"]
    assert (taken.since, taken.removed) == times


def test_it_is_absent_where_what_it_extends_is(guide_of: GuideOf) -> None:
    there = "absent: [{from: '1.1', until: '2.0'}]"
    guide = guide_of(f"""
    === books/resource.yaml
    objects: {{book: {{fields: {{id: {{type: integer, {there}}}}}}}}}
    === books/list.yaml
    parameters: {{query: {{id: {{extends: book.id}}}}}}
    """)
    having = [r for r in guide.releases if "id" in at(guide, r).endpoints["books/list"].parameters.query]
    assert having == ["1.0", "2.0", "3.0"]


def test_changes_and_values_are_as_of_each_release(guide_of: GuideOf) -> None:
    guide = of_list(guide_of, "query: {grew: {extends: book.grew}, status: {extends: book.status}}")
    for release, most, values in (("1.1", 5, 2), ("2.0", 9, 3)):
        parameters = at(guide, release).endpoints["books/list"].parameters.query
        assert parameters["grew"].max_length == most
        assert len(parameters["status"].enum or ()) == values


def test_a_deprecation_is_taken_unless_the_field_has_one(guide_of: GuideOf) -> None:
    fields = 'a: {extends: book.slow}, b: {extends: book.slow, deprecated: {since: "2.0"}}'
    taken = query(of_list(guide_of, f"query: {{{fields}}}"))
    assert [each.deprecated and each.deprecated.since for each in taken.values()] == ["1.1", "2.0"]


def test_a_former_state_may_hold_fields_that_extend(guide_of: GuideOf) -> None:
    former = (
        '{type: string, changes: [{release: "2.0", before: {type: null, fields: {a: {extends: book.id}}}}]}'
    )
    guide = of_list(guide_of, f"query: {{q: {former}}}")
    former = at(guide, "1.1").endpoints["books/list"].parameters.query["q"]
    assert (former.fields or {})["a"].description == "Number of the book."


def test_an_integer_does_not_take_the_limits_of_a_text(guide_of: GuideOf) -> None:
    taken = query(of_list(guide_of, "query: {q: {extends: book.grew, type: integer}}"))["q"]
    assert (taken.type, taken.max_length) == (("integer",), None)


@pytest.mark.parametrize("types", ["string", "[integer, string]"])
def test_limits_are_taken_by_a_type_that_has_them(types: str, guide_of: GuideOf) -> None:
    assert (
        query(of_list(guide_of, f"query: {{q: {{extends: book.grew, type: {types}}}}}"))["q"].max_length == 9
    )


@pytest.mark.parametrize("of", ["tape.id", "book.isbn", "id"])
def test_what_is_not_there_gives_nothing(of: str, guide_of: GuideOf) -> None:
    assert query(of_list(guide_of, f"query: {{q: {{extends: {of}, type: integer}}}}"))["q"] == Field(
        type="integer"
    )

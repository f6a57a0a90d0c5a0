"""Of what is private in an answer nothing comes through."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apiguide.examples.values import Values
from apiguide.history import views
from apiguide.mock.bodies import Number, read
from apiguide.mock.items import Items
from apiguide.model import Field, Guide
from apiguide.verify.anonymous import ITEMS, Anonymous
from apiguide.verify.writing import check_fits, with_answer
from apiguide.view import GuideView

LIBRARY = """
=== books/resource.yaml
objects:
  author: {fields: {name: {type: string, example: Jane}, born: {type: date, example: 1775-12-16}}}
  book:
    fields:
      id: {type: [integer, string], example: 12}
      title: {type: string, example: Emma}
      host: {type: string}
      address: {type: string, format: ipv4, example: 192.0.2.1}
      password: {type: [integer, string], example: secret}
      pages: {type: integer, nullable: true, example: 474}
      price: {type: decimal, example: "9.90"}
      lent: {type: boolean, example: false}
      bought: {type: date, nullable: true, example: 2024-02-29}
      state: {type: string, enum: [here, lent], example: here}
      kind: {const: book}
      tags: {type: array, items: {type: string, name: tag}, example: [novel]}
      author: {object: author}
      copies: {type: array, items: {object: author}}
      notes: {additional_fields: {type: string, example: Fine.}, example: {ann: Fine.}}
      counts: {additional_fields: {type: integer, example: 1}}
      free: {type: object}
      unknown: {}
=== books/get.yaml
path: /books/:id
responses: {200: {body: {object: book}}}
"""
NAMES = [*re.findall(r"^      (\w+): ", LIBRARY, re.MULTILINE), "id"]
PRIVATE = st.text("qxzj", min_size=6)
LEAF = st.one_of(
    st.none(), st.booleans(), st.integers(0, 10).map(lambda each: Number(str(each))), PRIVATE, st.just("")
)
INNER = ("name", "born", "ann")
ANY = st.recursive(
    LEAF,
    lambda each: st.one_of(
        st.lists(each, max_size=3),
        st.dictionaries(st.one_of(PRIVATE, st.sampled_from(INNER)), each, max_size=3),
    ),
    max_leaves=8,
)
BOOKS = st.dictionaries(st.one_of(st.sampled_from(NAMES), PRIVATE), ANY)


@pytest.fixture(scope="module")
def view(guide_of: Callable[[str], Guide]) -> GuideView:
    return views(guide_of(LIBRARY))["1.0"]


def body(view: GuideView) -> Field:
    (response,) = [each for each in view.responses(view.endpoints["books/get"]) if each.body is not None]
    assert response.body is not None
    return response.body


def texts(value: Any) -> set[str]:
    """All texts and names in a value."""
    if isinstance(value, Mapping):
        return {*value}.union(*map(texts, value.values()))
    if isinstance(value, list):
        return set().union(*map(texts, value))
    return {str(value)}


@given(book=st.one_of(BOOKS, BOOKS.map(lambda each: {"book": each}), ANY), is_xml=st.booleans())
def test_no_text_of_an_answer_comes_through(view: GuideView, book: Any, is_xml: bool) -> None:
    found = Anonymous(Items(view), is_xml=is_xml).of(body(view), book)
    assert not [each for each in texts(found) if set("qxzj") >= set(each) and each]


GOOD = {
    "id": 4711,
    "title": "Diary",
    "host": "db1.internal",
    "address": "10.0.0.7",
    "password": "hunter2",
    "pages": 9,
    "price": 1.5,
    "lent": True,
    "bought": "2021-03-04",
    "state": "lent",
    "kind": "book",
    "tags": ["mine", "hers", "his"],
    "author": {"name": "Tatyana", "born": "1801-01-02"},
    "copies": [{"author": {"name": "Olga"}}],
    "notes": {"olga@home.test": "Ha"},
    "counts": {"olga@home.test": 3},
    "free": {"a": 1},
    "owner": "Onegin",
}
PLAIN = {
    "id": "12",
    "title": "Emma",
    "host": "host",
    "address": "192.0.2.1",
    "password": "secret",
    "pages": "9",
    "price": "1.5",
    "lent": True,
    "bought": "2021-03-04",
    "state": "lent",
    "kind": "book",
    "tags": ["tags", "tags"],
    "author": {"name": "Jane", "born": "1801-01-02"},
    "copies": [{"name": "Jane"}],
    "notes": {"ann": "Fine."},
    "counts": {"counts_1": "3"},
    "free": {},
}


def test_numbers_times_and_listed_values_stay(view: GuideView) -> None:
    anonymous = Anonymous(Items(view))
    found = anonymous.of(body(view), read("json", json.dumps({"book": GOOD}).encode()))
    assert found == PLAIN
    assert anonymous.undocumented == ["free.a", "owner"]
    assert isinstance(found["pages"], Number)
    assert len(found["tags"]) == ITEMS


def test_what_is_recorded_passes_the_check(view: GuideView) -> None:
    value = Anonymous(Items(view)).of(body(view), read("json", json.dumps(GOOD).encode()))
    data = with_answer(b"title: Get\nmethod: GET\npath: /books/:id\n", "get.yaml", "200", value)
    check_fits(view, data, "get.yaml", "200", body(view))


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        ("string", Number("123456")),
        ("[integer, string]", "123456"),
        ("date", "yesterday"),
        ("integer", "12 main street"),
        ("boolean", "maybe"),
    ],
)
def test_what_has_another_type_is_the_guides(
    type_: str, value: object, guide_of: Callable[[str], Guide]
) -> None:
    guide = guide_of(f"""
    === books/resource.yaml
    objects: {{book: {{fields: {{code: {{type: {type_}}}}}}}}}
    """)
    view = views(guide)["1.0"]
    found = Anonymous(Items(view)).of(Field(object="book"), {"code": value})
    made = Values(view).of(view.objects["book"].fields["code"], name="code")
    assert str(found["code"]) == getattr(made, "text", None) != str(value)


@pytest.mark.parametrize(
    ("more", "value", "found"),
    [
        ("", {"code": {"code": "x7"}}, {"code": "A1"}),
        ("wrapped: false, ", {"code": "x7"}, {"code": "A1"}),
        ("", {"code": "x7"}, {"code": "A1"}),
    ],
)
def test_a_wrapper_may_be_called_like_a_field(
    more: str, value: object, found: object, guide_of: Callable[[str], Guide]
) -> None:
    guide = guide_of(f"""
    === books/resource.yaml
    objects: {{code: {{{more}fields: {{code: {{type: string, example: A1}}}}}}}}
    """)
    anonymous = Anonymous(Items(views(guide)["1.0"]))
    assert anonymous.of(Field(object="code"), value) == found
    assert anonymous.undocumented == []

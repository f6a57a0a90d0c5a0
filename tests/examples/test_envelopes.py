"""Objects that responses put into others: they are shown as without what wraps them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from apiguide.examples.envelopes import records
from apiguide.history import at
from apiguide.model import Guide

GuideOf = Callable[[str], Guide]
Written = Callable[..., dict[str, str]]
Response = Callable[..., Any]

GUIDE = """
    === guide.yaml
    formats: {json: {media_type: application/json}}
    === books/resource.yaml
    objects:
      author: {fields: {id: {type: integer, example: 2}, name: {type: string, example: Jane}}}
      book:
        fields:
          id: {type: integer, example: 7}
          title: {type: string, example: Emma}
          author: {object: author}
      book_reply: {fields: {book: {object: book}, links: {fields: {self: {example: /7}}}}}
      shelf: {fields: {id: {type: integer, example: 1}, book: {object: book}}}
    === books/edit.yaml
    method: PUT
    path: /books/:id
    parameters:
      path: {id: {type: integer, example: 7}}
      body: {book: {object: book, wrapped: false, fields: {title: {}}}}
    responses: {200: {body: BODY}}
    examples: [{parameters: {body: {book: SENT}}, responses: STATED}]
"""
OWN = {"id": 7, "title": "Emma", "author": {"id": 2, "name": "Jane"}}


@pytest.fixture
def response(guide_of: GuideOf, written: Written) -> Response:
    """`response(body, sent, stated)`: what an example shows that sends and states these."""

    def make(body: str, sent: str = "{}", stated: str = "{}") -> Any:
        guide = guide_of(GUIDE.replace("BODY", body).replace("SENT", sent).replace("STATED", stated))
        return json.loads(written(guide, "books/edit")["200.json"])

    return make


WRAPPED = "{type: object, fields: {book: {object: book}}}"


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (WRAPPED, {"book": OWN | {"title": "Oz"}}),
        ("{object: book_reply}", {"book": OWN | {"title": "Oz"}, "links": {"self": "/7"}}),
        (
            "{fields: {status: {example: ok}, data: {fields: {book: {object: book}}}}}",
            {"status": "ok", "data": {"book": OWN | {"title": "Oz"}}},
        ),
        # Of two, the one that is called as it was sent.
        (
            "{fields: {old: {object: book}, book: {object: book}}}",
            {"old": OWN, "book": OWN | {"title": "Oz"}},
        ),
        # Neither is known to be what was sent; items of lists and maps are others.
        ("{fields: {old: {object: book}, new: {object: book}}}", {"old": OWN, "new": OWN}),
        ("{fields: {books: {type: array, items: {object: book}}}}", {"books": [OWN]}),
        # A field of a record is no wrapper.
        ("{object: shelf}", {"id": 1, "book": OWN}),
    ],
)
def test_what_was_sent_comes_back_in_what_wraps_it(body: str, shown: Any, response: Response) -> None:
    assert response(body, sent="{title: Oz}") == shown


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        ("{200: {book: {id: 9}}}", {"id": 9, "title": "Oz", "author": OWN["author"]}),
        ("{200: {book: {title: Ozma}}}", OWN | {"title": "Ozma"}),
        ("{200: {}}", OWN | {"title": "Oz"}),
        # Inside a stated value all is as stated.
        ("{200: {book: {author: {id: 3}}}}", {"id": 7, "title": "Oz", "author": {"id": 3}}),
    ],
)
def test_what_is_stated_of_a_wrapped_object_is_filled_up(stated: str, shown: Any, response: Response) -> None:
    assert response(WRAPPED, "{title: Oz}", stated) == {"book": shown}


def test_a_wrapped_object_may_be_stated_as_null(response: Response) -> None:
    body = "{type: object, fields: {book: {object: book, nullable: true}}}"
    assert response(body, "{title: Oz}", "{200: {book: null}}") == {"book": None}


@pytest.mark.parametrize(
    ("body", "stated", "shown"),
    [
        (
            "{fields: {books: {type: array, items: {object: book}}, meta: {fields: {total: {}, page: {}}}}}",
            "{books: [{id: 1}, {title: Oz}], meta: {total: 2}}",
            {
                "books": [OWN | {"id": 1}, OWN | {"title": "Oz"}],
                "meta": {"total": "2", "page": "page"},
            },
        ),
        (
            "{fields: {books: {additional_fields: {object: book}}}}",
            "{books: {a: {id: 1}}}",
            {"books": {"a": OWN | {"id": 1}}},
        ),
        ("{additional_fields: {object: book}}", "{a: {id: 1}}", {"a": OWN | {"id": 1}}),
        (
            "{additional_fields: {type: array, items: {object: book}}}",
            "{a: [{id: 1}]}",
            {"a": [OWN | {"id": 1}]},
        ),
        (
            "{type: array, items: {fields: {book: {object: book}}}}",
            "[{book: {id: 1}}]",
            [{"book": OWN | {"id": 1}}],
        ),
        # What names its fields itself is a record, not a wrapper.
        (
            "{fields: {name: {}, place: {fields: {town: {}, street: {}}}}}",
            "{place: {town: Bath}}",
            {"name": "name", "place": {"town": "Bath"}},
        ),
        ("{object: shelf}", "{book: {id: 9}}", {"id": 1, "book": {"id": 9}}),
    ],
)
def test_each_of_several_wrapped_objects_is_filled_up(
    body: str, stated: str, shown: Any, response: Response
) -> None:
    assert response(body, "{}", f"{{200: {stated}}}") == shown


def test_objects_that_hold_nothing_but_each_other_come_to_an_end(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/resource.yaml
    objects: {a: {fields: {b: {object: b}}}, b: {fields: {a: {object: a}}}}
    === books/get.yaml
    responses: {200: {body: {object: a}}}
    """)
    view = at(guide, "1.0")
    body = view.responses(view.endpoints["books/get"])[0].body
    assert body is not None
    assert [each.path for each in records(view, body)] == [("b",)]

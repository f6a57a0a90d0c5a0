"""Signs of time on a page: who bears one, and in which release."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from apiguide.history import at
from apiguide.model import Guide
from apiguide.prose import Prose
from apiguide.rendering.pages import EndpointPage, Pages

GuideOf = Callable[[str], Guide]

LIBRARY = """
=== guide.yaml
releases: [{release: "1.0"}, {release: "1.1"}, {release: "2.0"}]
=== books/resource.yaml
objects:
  book:
    fields:
      title: {type: string, example: Emma}
      price: {type: decimal, example: "9.90", since: "1.1"}
      shelf: {type: string, example: A, documented_since: "1.1"}
=== books/create.yaml
title: Create book
method: POST
parameters:
  body:
    book:
      object: book
      fields: {title: {required: true}, price: {}, format: {type: string, since: "2.0", example: audio}}
responses: {201: {body: {object: book}}}
=== books/scan.yaml
title: Scan book
method: POST
path: /books/scan
since: "1.1"
parameters: {body: {price: {type: decimal, example: "1.5"}}}
responses: {201: {body: {object: book}}}
=== books/lend.yaml
title: Lend book
method: POST
path: /books/lend
deprecated: {since: "1.1", use: books/create, note: It takes a copy.}
"""


@pytest.fixture
def page(guide_of: GuideOf) -> Callable[[str, str], EndpointPage]:
    """`page("books/create", "1.1")`: what the page of a call shows in a release."""
    guide = guide_of(LIBRARY)
    return lambda id_, release: Pages(at(guide, release), Prose()).endpoint(id_)


def signs(page: EndpointPage) -> dict[str, list[str]]:
    """The signs of a page by what bears them; the call itself is "call"."""
    listed = [fields.rows for fields in page.parameters]
    listed += [reply.fields.rows for reply in page.replies if reply.fields is not None]
    found = {row.anchor: [f"{s.kind} {s.release}" for s in row.signs] for rows in listed for row in rows}
    found["call"] = [f"{sign.kind} {sign.release}" for sign in page.signs]
    return {name: each for name, each in found.items() if each}


def test_the_first_release_has_no_signs(page: Callable[[str, str], EndpointPage]) -> None:
    assert signs(page("books/create", "1.0")) == {}


def test_what_came_with_the_release_shown_is_new_and_evidence_is_not(
    page: Callable[[str, str], EndpointPage],
) -> None:
    assert signs(page("books/create", "1.1")) == {
        "body-book-price": ["new 1.1"],
        "reply-price": ["new 1.1"],
        "reply-shelf": ["documented 1.1"],
    }


def test_what_came_before_the_release_shown_says_since_when(
    page: Callable[[str, str], EndpointPage],
) -> None:
    assert signs(page("books/create", "2.0")) == {
        "body-book-price": ["since 1.1"],
        "body-book-format": ["new 2.0"],
        "reply-price": ["since 1.1"],
        "reply-shelf": ["documented 1.1"],
    }


def test_a_new_call_bears_the_sign_for_all_that_came_with_it(
    page: Callable[[str, str], EndpointPage],
) -> None:
    assert signs(page("books/scan", "1.1")) == {"call": ["new 1.1"]}
    assert signs(page("books/scan", "2.0")) == {"call": ["since 1.1"]}


def test_a_deprecated_call_says_what_to_use_from_its_release_on(
    page: Callable[[str, str], EndpointPage],
) -> None:
    assert page("books/lend", "1.0").deprecation is None
    later = page("books/lend", "1.1")
    assert [sign.kind for sign in later.signs] == ["deprecated"]
    assert later.deprecation == 'Use <a href="../create/">Create book</a>. It takes a copy.'


def test_only_required_parameters_bear_the_asterisk(page: Callable[[str, str], EndpointPage]) -> None:
    rows = page("books/create", "2.0").parameters[0].rows
    assert [row.name for row in rows if row.required] == ["title"]


def test_an_object_without_a_name_around_it_shows_its_fields_alone(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === guide.yaml
    formats: {json: {media_type: application/json}}
    === books/resource.yaml
    objects: {book: {fields: {title: {type: string, example: Emma}}}}
    === books/create.yaml
    method: POST
    parameters: {body: {book: {object: book, wrapped: false, fields: {title: {required: true}}}}}
    """)
    [body] = Pages(at(guide, guide.newest), Prose()).endpoint("books/create").parameters
    assert [(row.name, row.anchor, row.level) for row in body.rows] == [("title", "body-title", 0)]

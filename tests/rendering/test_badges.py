"""Signs of time on a page: who bears one, and in which release."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from apiguide.history import at
from apiguide.model import Guide
from apiguide.prose import Prose
from apiguide.rendering.pages import EndpointPage, Pages
from apiguide.rendering.rows import Badge
from apiguide.rendering.templates import Templates

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
    """`page("books/create", "1.1")`: what the page of an endpoint shows in a release."""
    guide = guide_of(LIBRARY)
    return lambda id_, release: Pages(at(guide, release), Prose()).endpoint(id_)


def badges(page: EndpointPage) -> dict[str, list[str]]:
    """The badges of a page by what bears them; the call itself is "endpoint"."""
    listed = [fields.rows for fields in page.parameters]
    listed += [response.fields.rows for response in page.responses if response.fields is not None]
    found = {row.anchor: [f"{s.kind} {s.release}" for s in row.badges] for rows in listed for row in rows}
    found["endpoint"] = [f"{badge.kind} {badge.release}" for badge in page.badges]
    return {name: each for name, each in found.items() if each}


def test_the_first_release_has_no_signs(page: Callable[[str, str], EndpointPage]) -> None:
    assert badges(page("books/create", "1.0")) == {}


def test_what_came_with_the_release_shown_is_new_and_what_is_known_from_it_on_is_not(
    page: Callable[[str, str], EndpointPage],
) -> None:
    assert badges(page("books/create", "1.1")) == {
        "body-book-price": ["new 1.1"],
        "response-price": ["new 1.1"],
        "response-shelf": ["first 1.1"],
    }


def test_what_came_before_the_release_shown_says_since_when_unless_that_is_not_known(
    page: Callable[[str, str], EndpointPage],
) -> None:
    assert badges(page("books/create", "2.0")) == {
        "body-book-price": ["since 1.1"],
        "body-book-format": ["new 2.0"],
        "response-price": ["since 1.1"],
    }


def test_a_new_endpoint_bears_the_sign_for_all_that_came_with_it(
    page: Callable[[str, str], EndpointPage],
) -> None:
    assert badges(page("books/scan", "1.1")) == {"endpoint": ["new 1.1"]}
    assert badges(page("books/scan", "2.0")) == {"endpoint": ["since 1.1"]}


EVERYWHERE = """
=== books/resource.yaml
notes: [{info: Of books., documented_since: "1.1"}]
objects: {book: {documented_since: "1.1", fields: {id: {type: integer}}}}
=== books/list.yaml
documented_since: "1.1"
notes: [{info: Long., documented_since: "2.0"}]
permissions: [{value: books.list, documented_since: "2.0"}]
parameters: {query: {sort: {enum: [a, {value: b, documented_since: "2.0"}]}}}
responses: {200: {body: {object: book}}, 402: {documented_since: "2.0"}}
=== maps/resource.yaml
documented_since: "1.1"
=== maps/list.yaml
path: /maps
documented_since: "1.1"
"""


@pytest.mark.parametrize(
    ("release", "resource", "endpoint"),
    [
        ("1.1", {"box", "object", "row"}, {"endpoint"}),
        ("2.0", set(), {"box", "permission", "value", "response"}),
    ],
)
def test_all_parts_bear_the_sign_of_what_is_first_documented_in_the_release_shown_alone(
    release: str, resource: set[str], endpoint: set[str], guide_of: GuideOf
) -> None:
    pages = Pages(at(guide_of(EVERYWHERE), release), Prose())
    of_resource, of_endpoint = pages.resource("books"), pages.endpoint("books/list")
    first = (Badge("first", release),)
    shown = {
        "box": of_resource.admonitions[0].badges,
        "object": of_resource.objects[0].badges,
        "row": of_resource.endpoints[0].badges,
    }
    assert shown == {name: first if name in resource else () for name in shown}
    shown = {
        "endpoint": of_endpoint.badges,
        "box": of_endpoint.admonitions[0].badges if of_endpoint.admonitions else (),
        "permission": of_endpoint.permissions[0].badges if of_endpoint.permissions else (),
        "value": next((v.badges for v in of_endpoint.parameters[0].rows[0].allowed if v.value == "b"), ()),
        "response": next(
            (response.badges for response in of_endpoint.responses if response.status == "402"), ()
        ),
    }
    assert shown == {name: first if name in endpoint else () for name in shown}


def test_a_endpoint_that_is_documented_with_its_resource_bears_no_sign_beside_it(guide_of: GuideOf) -> None:
    pages = Pages(at(guide_of(EVERYWHERE), "1.1"), Prose())
    assert pages.resource("maps").badges == (Badge("first", "1.1"),)
    assert pages.endpoint("maps/list").badges == ()


@pytest.mark.parametrize(
    ("kind", "words"), [("new", "new in 1.1"), ("first", "first documented in 1.1"), ("since", "since 1.1")]
)
def test_a_badge_says_what_it_means(kind: str, words: str) -> None:
    html = Templates().macro("badge", Badge(kind, "1.1"), of="badges")
    assert html.striptags() == words
    assert f'class="ag-badge ag-badge--{kind}"' in html
    assert ("ag-badge__icon" in html) == (kind != "since")
    assert ("It may be older: 1.1 is the first release for which it is known." in html) == (kind == "first")


@pytest.mark.parametrize(
    ("kind", "words"), [("documented", "documented since 1.1"), ("deprecated", "deprecated since 1.1")]
)
def test_what_is_only_documented_is_told_from_what_is_deprecated(kind: str, words: str) -> None:
    html = Templates().macro("badge", Badge(kind, "1.1"), of="badges")
    assert html.striptags() == words
    assert ("It may be older: 1.1 is the first release for which it is known." in html) == (
        kind == "documented"
    )


def test_a_deprecated_endpoint_says_what_to_use_from_its_release_on(
    page: Callable[[str, str], EndpointPage],
) -> None:
    assert page("books/lend", "1.0").deprecation is None
    later = page("books/lend", "1.1")
    assert [badge.kind for badge in later.badges] == ["deprecated"]
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

from collections.abc import Callable, Iterator
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apiguide.anchors import anchor, page_url
from apiguide.history import views
from apiguide.model import Guide
from apiguide.rendering.links import Links, relative
from apiguide.rendering.render import Renderer
from apiguide.rendering.templates import Templates
from apiguide.view import GuideView

GuideOf = Callable[[str], Guide]

NAMES = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,8}", fullmatch=True)
PAGES = st.lists(NAMES, max_size=4).map(lambda names: "".join(f"{name}/" for name in names))
FRAGMENTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
HOME = "http://library.test/guide/2.0/"

LIBRARY = """
=== guide.yaml
releases: [{release: "1.0"}, {release: "1.1"}, {release: "2.0"}]
formats: {json: {media_type: application/json}}
statuses: {404: {title: Not Found, when: path_parameters, body: {object: errors}}}
objects: {errors: {fields: {errors: {type: array, items: {type: string}}}}}
=== books/resource.yaml
parameters: {id: {type: integer, example: 12}}
objects:
  book:
    fields:
      id: {type: integer, example: 12}
      a-b: {fields: {c: {example: x}}}
      a: {fields: {b-d: {fields: {e: {example: x}}}}, since: "1.1"}
      author: {object: author}
      chapters: {type: array, items: {fields: {title: {example: One}}}}
      labels: {additional_fields: {fields: {text: {example: x}}}}
      deep:
        fields: {b: {fields: {c: {fields: {d: {fields: {e: {fields: {f: {fields: {g: {example: x}}}}}}}}}}}}
  author: {since: "1.1", fields: {name: {example: Jane}, books: {type: array, items: {object: book}}}}
=== books/create.yaml
method: POST
parameters:
  query: {notify: {type: boolean}}
  body: {book: {object: book, wrapped: false, fields: {title: {required: true}, author: {}}}}
responses:
  201: {description: Done., body: {object: book}}
  202: {description: Later., body: {fields: {ticket: {example: x}}}, since: "2.0"}
  409: {description: Lent., body: {object: author, only: [name]}}
=== books/get.yaml
path: /books/:id
since: "1.1"
responses: {200: {description: Done., body: {type: array, items: {object: book}}}}
=== books/add.yaml
method: POST
removed: "2.0"
formats: [json]
parameters: {body: {book: {object: book}, copies: {type: integer}}}
"""


@pytest.fixture
def library(guide_of: GuideOf) -> dict[str, GuideView]:
    return views(guide_of(LIBRARY))


@given(target=PAGES, source=PAGES, fragment=FRAGMENTS)
def test_a_relative_link_leads_where_the_standard_says(target: str, source: str, fragment: str) -> None:
    link = relative(target + (f"#{fragment}" if fragment else ""), source)
    found = urlsplit(urljoin(HOME + source, link))
    assert found._replace(fragment="").geturl() == HOME + target
    assert unquote(found.fragment) == fragment


@given(target=PAGES, source=PAGES)
def test_a_relative_link_works_in_any_folder(target: str, source: str) -> None:
    link = relative(target, source)
    assert link
    assert not link.startswith("/")
    assert ":" not in link
    for home in ("http://x.test/", "file:///srv/site/1.0/", HOME):
        assert urljoin(home + source, link) == home + target


@pytest.mark.parametrize(
    ("target", "source", "link"),
    [
        ("books/get/", "books/create/", "../get/"),
        ("books/get/#response", "books/create/", "../get/#response"),
        ("books/create/#response", "books/create/", "#response"),
        ("books/create/", "books/create/", "./"),
        ("", "books/create/", "../../"),
        ("books/", "", "books/"),
        ("", "", "./"),
    ],
)
def test_a_link_is_as_short_as_it_can_be(target: str, source: str, link: str) -> None:
    assert relative(target, source) == link


def test_a_page_has_the_address_of_its_file() -> None:
    assert page_url("books/create") == "books/create/"
    assert page_url("books") == "books/"


def test_an_anchor_is_a_place_and_a_path_of_names() -> None:
    assert anchor("body", "book", "title") == "body-book-title"


def test_a_reference_leads_to_a_page_or_a_part_of_it(library: dict[str, GuideView]) -> None:
    links = Links(library["2.0"], "books/create/")
    assert links.ref("books") == "../"
    assert links.ref("books/get") == "../get/"
    assert links.ref("books/get#response-id") == "../get/#response-id"
    assert links.ref("books#object-author-name") == "../#object-author-name"
    assert links.ref("books/create#examples") == "#examples"


def test_a_reference_leads_nowhere_in_a_release_without_its_target(library: dict[str, GuideView]) -> None:
    links = Links(library["1.0"], "books/create/")
    assert links.ref("books/get") is None
    assert links.ref("halls") is None
    assert links.ref("books#object-author") is None
    assert links.ref("books#object-book-a") is None
    assert links.ref("books/create#response-202") is None


def test_an_object_is_listed_on_the_page_of_its_resource(library: dict[str, GuideView]) -> None:
    links = Links(library["2.0"], "books/get/")
    assert links.object("book") == "../#object-book"
    assert links.object("errors") is None
    assert Links(library["1.0"], "books/get/").object("author") is None


def anchors(library: dict[str, GuideView]) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Release, page and its anchors, of all pages of all releases."""
    for release, view in library.items():
        renderer = Renderer(view, Templates())
        for id_ in (*view.endpoints, *view.resources):
            yield release, id_, renderer.page(id_).anchors


def test_a_reference_to_a_part_is_a_link_just_where_the_page_has_the_part(
    library: dict[str, GuideView],
) -> None:
    pages = {(release, id_): found for release, id_, found in anchors(library)}
    every = {
        id_: frozenset().union(*(found for (_, i), found in pages.items() if i == id_)) for _, id_ in pages
    }
    locations = ("path", "query", "body", "response", "object")
    parts = [(id_, part) for id_, found in every.items() for part in found if part.split("-")[0] in locations]
    assert len(parts) > 60
    for release, view in library.items():
        for id_, part in parts:
            link = Links(view, "").ref(f"{id_}#{part}")
            assert (link is not None) == (part in pages.get((release, id_), ())), (release, id_, part)


def test_what_is_no_part_of_any_page_is_no_link(library: dict[str, GuideView]) -> None:
    links = Links(library["2.0"], "")
    for part in (
        "body-nothing",
        "body-",
        "body",
        "response-id-x",
        "response-author-books-author",
        "object-book-",
        "path",
    ):
        page = "books/create" if part != "body" else "books/get"
        assert links.ref(f"{page}#{part}") is None, part


def test_an_anchor_is_the_same_in_every_release(library: dict[str, GuideView]) -> None:
    """What is in two releases has one anchor; what differs between them is only what came or went."""
    pages = {(release, id_): found for release, id_, found in anchors(library)}
    assert pages["1.0", "books"] < pages["1.1", "books"] == pages["2.0", "books"]
    assert pages["1.0", "books/create"] < pages["1.1", "books/create"] < pages["2.0", "books/create"]
    assert pages["1.1", "books/get"] == pages["2.0", "books/get"]

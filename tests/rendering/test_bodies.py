"""Bodies of responses that are no object: what is shown of them."""

from collections.abc import Callable

import pytest

from apiguide.anchors import anchors
from apiguide.history import at
from apiguide.model import Guide
from apiguide.prose import Prose, plain
from apiguide.rendering.pages import Pages
from apiguide.rendering.render import RenderedPage, Renderer
from apiguide.rendering.templates import Templates

GuideOf = Callable[[str], Guide]
Rendered = Callable[[str], RenderedPage]


@pytest.fixture
def rendered(guide_of: GuideOf) -> Rendered:
    """`rendered(body)`: the page of an endpoint that answers with this body."""

    def make(body: str) -> RenderedPage:
        guide = guide_of(f"""
        === books/resource.yaml
        objects: {{book: {{fields: {{title: {{type: string, description: Its title.}}}}}}}}
        === books/get.yaml
        responses: {{200: {{description: Here it is., body: {body}}}}}
        """)
        return Renderer(at(guide, "1.0"), Templates()).page("books/get")

    return make


def said(page: RenderedPage) -> str:
    """What stands in the section of the response, in words."""
    section = page.html.partition('id="response"')[2].partition("</h3>")[2]
    return " ".join(plain(section.partition('<h2 id="history"')[0]).split())


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("{type: string, format: binary, description: Bytes of it.}", "string (binary) Bytes of it."),
        ("{type: string, max_length: 9}", "string At most 9 characters."),
        ("{type: string, enum: [on, off]}", "string One of on, off."),
        ("{type: integer, unit: MB, nullable: true}", "integer in MB or null"),
        ("{type: array, items: {type: string, name: a}}", "array of strings"),
        (
            "{type: array, description: All., items: {type: string, name: a, const: x, description: Word.}}",
            "array of strings All. Each: Word. Each is x.",
        ),
        ("{type: object}", "object Its fields are not documented."),
        (
            "{type: object, additional_fields: {type: integer, minimum: 1}}",
            "map of integers Each at least 1.",
        ),
        ("{type: array}", "array"),
        ("{description: Who knows.}", "type not documented Who knows."),
    ],
)
def test_a_body_without_fields_says_what_it_is(body: str, words: str, rendered: Rendered) -> None:
    assert said(rendered(body)) == words


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("{object: book, description: What was asked for.}", "What was asked for. All fields of book:"),
        ("{fields: {title: {type: string}}, description: A title.}", "A title. Field"),
        ("{object: book}", "All fields of book:"),
        ("{type: array, items: {object: book}}", "A list of book, each with all its fields:"),
        ("{type: array, description: All., items: {object: book}}", "All. A list of book,"),
        ("{type: object, additional_fields: {object: book}}", "map of book All fields of book:"),
    ],
)
def test_what_is_said_of_a_body_stands_above_its_fields(body: str, words: str, rendered: Rendered) -> None:
    page = rendered(body)
    assert said(page).startswith(words)
    assert 'id="response-title"' in page.html


@pytest.mark.parametrize(
    "body",
    [
        "{additional_fields: {fields: {title: {type: string}}}}",
        "{additional_fields: {type: array, items: {object: book}}}",
        "{type: array, items: {type: array, name: row, items: {object: book}}}",
    ],
)
def test_fields_deep_in_a_body_are_listed_and_can_be_linked_to(body: str, guide_of: GuideOf) -> None:
    guide = guide_of(f"""
    === books/resource.yaml
    objects: {{book: {{fields: {{title: {{type: string}}}}}}}}
    === books/get.yaml
    responses: {{200: {{body: {body}}}}}
    """)
    view = at(guide, "1.0")
    page = Pages(view, Prose()).endpoint("books/get")
    [response] = page.responses
    assert response.fields is not None
    assert [row.anchor for row in response.fields.rows] == ["response-title"]
    assert "response-title" in anchors(view, "books/get")


def test_search_knows_what_is_said_of_a_body_and_of_what_it_holds(rendered: Rendered) -> None:
    each = "{type: string, name: a, description: A word., unit: mm, default: x}"
    page = rendered(f"{{type: array, description: All words., items: {each}}}")
    assert {"All words.", "A word.", "mm", "x"} <= {*page.search.texts}

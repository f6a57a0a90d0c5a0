"""Macro calls in hand-written pages: what they may be, and what they become."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.rendering.reading import Reading
from tests.test_docs_macros import only

from apiguide.docs_macros import MACROS, Call, CallError, call_anchors, parse, with_tokens
from apiguide.history import at
from apiguide.model import Guide
from apiguide.problems import Source
from apiguide.prose import Prose
from apiguide.rendering.docs_calls import DocsCalls, filled
from apiguide.rendering.pages import Pages
from apiguide.rendering.templates import Templates

ARGUMENTS = {
    "authentication": ("GET", "/books"),
    "console": ("GET /books",),
    "curl": ("GET", "/books"),
    "endpoint": ("books/create",),
    "example": ("books/create",),
    "field": ("colour", "Colour of the label."),
    "info": ("text",),
    "note": ("text",),
    "parameters": ("books/create",),
    "replies": ("books/create",),
    "request": ("books/create",),
    "status_body": ("404",),
    "warning": ("text",),
}


@pytest.fixture
def calls(guide_of: Callable[[str], Guide]) -> DocsCalls:
    guide = guide_of("""
    === guide.yaml
    authentication: [{id: basic, type: basic, title: HTTP Basic}]
    compatible_since: "1.0"
    methods: {GET: {description: Reads.}, POST: {description: Writes.}}
    statuses:
      404: {title: Not Found, body: {object: errors}, example: {errors: [No such book]}}
    objects: {errors: {wrapped: false, fields: {errors: {type: array, items: {type: string, name: error}}}}}
    === books/create.yaml
    title: Create book
    method: POST
    parameters: {body: {book: {fields: {title: {type: string, required: true, example: Emma}}}}}
    examples: [{title: A novel}]
    """)
    return DocsCalls(Pages(at(guide, "1.0"), Prose()), Templates(), "")


def test_every_macro_renders(calls: DocsCalls) -> None:
    assert set(ARGUMENTS) <= set(MACROS)
    for name in MACROS:
        made = calls.html(Call(name, ARGUMENTS.get(name, ()), {}, only("{{ bulb() }}").mark))
        assert isinstance(made, str), name


def test_a_macro_that_is_misspelt_is_named(calls: DocsCalls) -> None:
    with pytest.raises(CallError, match="there is no macro `crul`") as caught:
        calls.html(only('{{ crul("GET", "/") }}'))
    assert caught.value.hint == "did you mean `curl`?"


def test_an_endpoint_that_is_not_in_the_release_is_an_error(calls: DocsCalls) -> None:
    with pytest.raises(CallError, match="`books/creat`") as caught:
        calls.html(only('{{ endpoint("books/creat") }}'))
    assert caught.value.hint == "did you mean `books/create`?"


def test_a_call_that_stands_alone_takes_the_place_of_its_paragraph(calls: DocsCalls) -> None:
    parts, _ = parse(Source("docs/index.md", "a {{ bulb() }} b\n\n{{ note('text') }}\n"))
    text, found = with_tokens(parts)
    results = [calls.html(call) for call in found]
    html = filled("".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n")), results)
    assert html.startswith("<p>a <span")
    assert "<p><div" not in html


def test_the_anchors_of_a_call_are_those_in_its_html(calls: DocsCalls) -> None:
    found = {}
    for name in {*MACROS} - {"example"}:
        call = Call(name, ARGUMENTS.get(name, ()), {}, only("{{ bulb() }}").mark)
        found[name] = {*Reading(calls.html(call)).ids}
        assert {*call_anchors(calls.view, call)} == found[name], name
    assert found["parameters"] == {"books-create-body-book", "books-create-body-book-title"}
    assert found["authentication"] == {"authentication-basic"}


def test_the_anchors_of_examples_are_known_wherever_they_stand(calls: DocsCalls) -> None:
    example = only('{{ example("books/create") }}')
    known = {*call_anchors(calls.view, example)}
    for _ in range(3):
        ids = Reading(calls.html(example)).ids
        assert ids
        assert {*ids} <= known


def test_a_curl_line_goes_to_the_server_that_is_chosen(guide_of: Callable[[str], Guide]) -> None:
    guide = guide_of("=== guide.yaml\nservers: [{url: http://one.test}, {url: https://two.test}]\n")
    calls = DocsCalls(Pages(at(guide, "1.0"), Prose()), Templates(), "")
    assert "http://one.test/books.json" in calls.html(only('{{ curl("GET", "/books") }}'))
    assert "https://two.test/books.json" in calls.html(only('{{ curl("GET", "/books", server=2) }}'))
    for number in (0, 3):
        with pytest.raises(CallError, match=rf"guide.yaml has 2 server\(s\), no {number}\.") as raised:
            calls.html(only(f'{{{{ curl("GET", "/books", server={number}) }}}}'))
        assert raised.value.hint == "add it under `servers`, or choose another"

"""Macro calls in hand-written pages: what they may be, and what they become."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from apiguide.history import at
from apiguide.model import Guide
from apiguide.problems import Source
from apiguide.rendering.docs_calls import Call, CallError, DocsCalls, filled, parse, with_tokens
from apiguide.rendering.pages import Pages
from apiguide.rendering.prose import Prose
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
    """)
    return DocsCalls(Pages(at(guide, "1.0"), Prose()), Templates(), "")


def only(text: str) -> Call:
    parts, problems = parse(Source("docs/index.md", text))
    assert problems == []
    [call] = [part for part in parts if isinstance(part, Call)]
    return call


def test_a_call_has_a_name_literal_arguments_and_a_place() -> None:
    call = only('# Title\n\nText {{ curl("GET", "/roles", authentication="basic") }}.\n')
    assert (call.name, call.arguments, call.options) == (
        "curl",
        ("GET", "/roles"),
        {"authentication": "basic"},
    )
    assert (call.mark.line, call.mark.column) == (3, 6)


@pytest.mark.parametrize(
    "text",
    [
        "{{ config }}",
        "{{ 7 * 7 }}",
        "{{ curl(path) }}",
        "{{ curl('GET')|safe }}",
        "{{ self.__class__() }}",
        "{{ curl(*[1]) }}",
        "{{ curl(curl('a')) }}",
        "{% for x in [1] %}{% endfor %}",
        "{% set x = 1 %}",
        "{% include 'x' %}",
        "{{ 'text' }}",
    ],
)
def test_nothing_else_of_jinja_may_stand_in_a_page(text: str) -> None:
    _, problems = parse(Source("docs/index.md", f"one\n\n{text}\n"))
    assert problems, text
    assert all(problem.where.line == 3 and problem.hint for problem in problems)


def test_attribute_lists_and_raw_braces_are_text() -> None:
    parts, problems = parse(Source("docs/index.md", "## Title {#anchor}\n\n{% raw %}{{ x }}{% endraw %}\n"))
    assert problems == []
    assert "".join(map(str, parts)) == "## Title {#anchor}\n\n{{ x }}\n"


def test_every_macro_renders(calls: DocsCalls) -> None:
    assert set(ARGUMENTS) <= set(calls.known)
    for name in calls.known:
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

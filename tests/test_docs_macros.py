"""Macro calls in hand-written pages: what they may be."""

import pytest

from apiguide.docs import DocsPage
from apiguide.docs_macros import Call, explained, parse
from apiguide.problems import Source


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


def test_the_first_page_that_calls_a_macro_is_the_one_that_explains() -> None:
    def page(path: str, text: str) -> DocsPage:
        return DocsPage(path, Source(path, text))

    docs = (
        page("a.md", "{{ statuses() }} {{ release() }}"),
        page("b/index.md", '{{ statuses() }} {{ curl("GET", "/") }}'),
        page("broken.md", "{{ server( }}"),
        page("deep.md", "{{ server(" + "[" * 5_000 + "]" * 5_000 + ") }}"),
    )
    assert explained(docs) == {"statuses": "a/", "release": "a/", "curl": "b/"}

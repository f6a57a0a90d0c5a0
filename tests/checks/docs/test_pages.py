from collections.abc import Callable
from pathlib import Path

import pytest

from apiguide.problems import Problem

CREATE, GET, GUIDE, PAGE = "books/create.yaml", "books/get.yaml", "guide.yaml", "docs/index.md"

# What else of Jinja stands in a page of docs/.
JINJA = [
    "{{ x }}",
    "{{ x.y }}",
    "{{ x['y'] }}",
    "{{ new_badge }}",
    "{{ new_badge() | upper }}",
    "{{ note(x) }}",
    "{{ note('a' ~ 'b') }}",
    "{{ note('a' | upper) }}",
    "{{ note(*x) }}",
    "{{ note(**x) }}",
    "{{ note(-1) }}",
    "{{ note(1 + 1) }}",
    "{{ note({[]: 1}) }}",
    "{{ note.__class__() }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ self._TemplateReference__context() }}",
    "{{ new_badge()() }}",
    "{{ new_badge() if true }}",
    "{{ 7*7 }}",
    "{{ 'text' }}",
    "{% for x in y %}{% endfor %}",
    "{% if true %}a{% endif %}",
    "{% set x = 1 %}",
    "{% macro m() %}{% endmacro %}",
    "{% include 'x' %}",
    "{% import 'x' as y %}",
    "{% extends 'x' %}",
    "{% block x %}{% endblock %}",
    "{% filter upper %}a{% endfilter %}",
    "{% call new_badge() %}{% endcall %}",
]


@pytest.mark.parametrize("text", JINJA)
def test_jinja_that_is_no_macro_call_is_refused(text: str, finds: Callable[..., None]) -> None:
    remedy = 'write `{{ macro("text", 1) }}`, without variables, filters and statements'
    finds("docs-jinja", remedy, {PAGE: f"# Library\n\n«{text}»\n"})


@pytest.mark.parametrize(
    "text", ["{% nothing %}", "{{ note( }}", "{{ note('a }}", "{% endfor %}", "{{", "{% raw %}", "{{ @ }}"]
)
def test_jinja_that_cannot_be_read_is_refused(text: str, problems: Callable[..., list[object]]) -> None:
    (problem,) = problems({PAGE: f"# Library\n\n{text}\n"})
    assert getattr(problem, "code", "") == "docs-syntax"
    assert "put them between {% raw %} and {% endraw %}" in getattr(problem, "hint", "")


@pytest.mark.parametrize(
    "argument", ["9" * 5000, "[" * 5000, "(" * 5000], ids=["number", "lists", "brackets"]
)
def test_a_page_too_odd_for_jinja_is_refused_all_the_same(
    argument: str, problems: Callable[..., list[object]]
) -> None:
    (problem,) = problems({PAGE: f"# Library\n\n{{{{ note({argument}) }}}}\n"})
    assert getattr(problem, "code", "") == "docs-syntax"
    assert getattr(problem, "where")[1] == 3  # noqa: B009


@pytest.mark.parametrize(
    ("text", "code", "remedy"),
    [
        ("{{ crul('GET', '/books') }}", "unknown-macro", "did you mean `curl`?"),
        ("{{ xyzzy() }}", "unknown-macro", "choose from `authentication`, "),
        ("{{ table() }}", "unknown-macro", "choose from"),
        ("{{ headings() }}", "unknown-macro", "choose from"),
        ("{{ signs() }}", "unknown-macro", "choose from"),
        ("{{ curl() }}", "macro-arguments", "write `{{ curl(method, path, [authentication], [server]) }}`"),
        ("{{ curl('GET', '/books', 'a', 'b') }}", "macro-arguments", "write `{{ curl("),
        ("{{ curl('GET', path='/books', verb='x') }}", "macro-arguments", "write `{{ curl("),
        ("{{ curl('GET', 'books') }}", "macro-arguments", "write `{{ curl("),
        ("{{ curl('GET', '/books?x=[1-9]') }}", "macro-arguments", "write `{{ curl("),
        ("{{ curl('GET', 1) }}", "macro-arguments", "write `{{ curl("),
        ("{{ curl('GET', '/books', []) }}", "macro-arguments", "write `{{ curl("),
        ("{{ curl('GET', '/books', 'digest') }}", "unknown-authentication", ""),
        ("{{ endpoint() }}", "macro-arguments", "write `{{ endpoint(id) }}`"),
        ("{{ endpoint(['books/get']) }}", "macro-arguments", "write `{{ endpoint(id) }}`"),
        ("{{ endpoint('books/gte') }}", "unknown-endpoint", "did you mean `books/get`?"),
        (
            "{{ endpoint('books') }}",
            "unknown-endpoint",
            "name one of its endpoints, for example `books/create`",
        ),
        ("{{ parameters('books/gte') }}", "unknown-endpoint", "did you mean `books/get`?"),
        ("{{ parameters('books/create', 'boddy') }}", "unknown-location", "choose from `path`, `query`"),
        ("{{ responses('books/gte') }}", "unknown-endpoint", "did you mean `books/get`?"),
        ("{{ example('books/gte') }}", "unknown-endpoint", "did you mean `books/get`?"),
        ("{{ example('books/get', 2) }}", "unknown-example", ""),
        ("{{ example('books/get', 'one') }}", "macro-arguments", "write `{{ example(id, [number]) }}`"),
        ("{{ note(1) }}", "macro-arguments", "write `{{ note(text) }}`"),
        ("{{ note('a', 'b') }}", "macro-arguments", "write `{{ note(text) }}`"),
        (r"{{ note('\ud800') }}", "macro-arguments", "write `{{ note(text) }}`"),
        (r"{{ note('\u202e') }}", "macro-arguments", "write `{{ note(text) }}`"),
        (
            "{{ field('a', 1) }}",
            "macro-arguments",
            "write `{{ field(name, description, [required], [new]) }}`",
        ),
        ("{{ field('a', '') }}", "macro-arguments", "handbook/macros.md"),
        ("{{ field('a', 'b', required='yes') }}", "macro-arguments", "write `{{ field("),
        ("{{ field_of('books/gte', 'id') }}", "unknown-endpoint", "did you mean `books/get`?"),
        ("{{ field_of('books/get', 'di') }}", "unknown-parameter", "did you mean `id`?"),
        ("{{ field_of('books/get', 'id', 'pth') }}", "unknown-location", "choose from `path`"),
        ("{{ field_of('books/get', 'id', release='5') }}", "unknown-release", "choose from"),
        (
            "{{ field_of('books/get') }}",
            "macro-arguments",
            "write `{{ field_of(id, parameter, [location], [release])",
        ),
        ("{{ authentication('GET') }}", "macro-arguments", "write `{{ authentication(method, path) }}`"),
        ("{{ release(1) }}", "macro-arguments", "write `{{ release() }}`"),
    ],
)
def test_a_macro_call_that_cannot_be_carried_out_is_named(
    text: str, code: str, remedy: str, problems: Callable[..., list[object]]
) -> None:
    (problem,) = problems({PAGE: f"# Library\n\nText.\n\n{text}\n"})
    assert getattr(problem, "code", "") == code
    assert remedy in (getattr(problem, "hint", "") or "")
    assert getattr(problem, "where")[1:3] == (5, 1)  # noqa: B009


def test_a_call_that_a_page_names_is_in_all_releases_of_the_page(finds: Callable[..., None]) -> None:
    files = {
        GET: ("", 'since: "1.1"\n'),
        PAGE: "# Library\n\n«{{ endpoint('books/get') }}»\n",
    }
    says = "there is no endpoint `books/get` in release 1.0"
    finds("unknown-endpoint", 'write `since: "1.1"` in the page\'s front matter', files, says=says)


def test_a_page_that_outlives_a_call_is_told_when_it_ends(finds: Callable[..., None]) -> None:
    files = {
        GET: ("", 'since: "1.1"\nremoved: "2.0"\n'),
        PAGE: "# Library\n\n«{{ endpoint('books/get') }}»\n",
    }
    remedy = 'write `since: "1.1"` and `removed: "2.0"` in the page\'s front matter'
    finds("unknown-endpoint", remedy, files, says="in release 2.0")


@pytest.mark.parametrize("front", ['since: "1.1"\n', 'since: "1.1"\nremoved: "2.0"\n'])
def test_a_call_need_not_be_in_releases_that_lack_the_page(
    front: str, codes: Callable[..., list[str]]
) -> None:
    files = {
        GET: ("", 'since: "1.1"\n'),
        PAGE: f"---\n{front}---\n# Library\n\n{{{{ endpoint('books/get') }}}}\n",
    }
    assert codes(files) == []


LATER = 'since: "1.1"\n'


@pytest.mark.parametrize(
    ("call", "hint"),
    [
        ("field_of('books/get', 'id', release='1.1')", None),
        ("field_of('books/get', 'id', release='2.0')", None),
        ("field_of('books/get', 'id', 'path', '1.0')", "it is in `1.1` and `2.0`"),
        ("field_of('books/get', 'id')", 'write `since: "1.1"` in the page\'s front matter'),
        ("field_of('books/create', 'pages', release='1.1')", None),
        ("field_of('books/create', 'pages')", 'add `release="1.1"`'),
    ],
)
def test_a_parameter_of_another_release_may_be_named_in_all_releases_of_the_page(
    call: str, hint: str | None, problems: Callable[..., list[Problem]]
) -> None:
    pages = "  query: {pages: {type: integer, description: How many., example: 9, since: '1.1'}}\n"
    files = {
        GET: ("", LATER),
        CREATE: ("parameters:\n", f"parameters:\n{pages}"),
        PAGE: f"# Library\n\n{{{{ {call} }}}}\n",
    }
    found = problems(files)
    assert [each.hint or "" for each in found if hint is None or hint not in (each.hint or "")] == []
    assert len(found) == (hint is not None)


def test_a_release_that_is_not_out_is_not_shown_to_readers_of_others(finds: Callable[..., None]) -> None:
    planned = ('{release: "2.0"}', '{release: "2.0", status: planned}')
    call = "{{ field_of('books/get', 'id', release='2.0') }}"
    files = {GUIDE: planned, PAGE: f"# Library\n\n«{call}»\n"}
    finds("unknown-release", "choose from `1.0` and `1.1`", files, says="release `2.0` is not published yet")


def test_a_macro_of_the_site_is_not_called(codes: Callable[..., list[str]]) -> None:
    files = {
        "macros/shelf.html.jinja": "{% macro shelf(x) %}{{ x.y.z }}{% endmacro %}",
        PAGE: "{{ shelf('a') }}\n",
    }
    assert codes(files) == []


def test_the_macros_of_the_site_are_not_loaded(codes: Callable[..., list[str]]) -> None:
    files = {"macros/badges.html.jinja": "{{ 1 / 0 }} {% this is no Jinja", PAGE: "{{ new_badge() }}\n"}
    assert codes(files) == []


@pytest.mark.parametrize(
    "text",
    [
        "{% raw %}`{{ x }}` {% if %}{% endraw %}",
        "## Heading {#anchor}",
        "{ { x } }",
        "100 % {x}",
        "```\n{% raw %}{{ x }}{% endraw %}\n```",
    ],
)
def test_braces_as_text_are_no_problem(text: str, codes: Callable[..., list[str]]) -> None:
    assert codes({PAGE: f"{text}\n"}) == []


def test_a_link_of_a_page_is_checked(finds: Callable[..., None]) -> None:
    text = "# Library\n\nSee [it](ref:books/get)\nand [that](«ref:books/gte»).\n"
    finds("dead-reference", "did you mean `books/get`?", {PAGE: text})


@pytest.mark.parametrize(
    "text",
    [
        "!!! note\n\n    See [it](«ref:books/gte»).\n",
        "1. One.\n\n    See [it](«ref:books/gte»).\n",
        "See [it](«REF:books/gte»).\n",
    ],
    ids=["in an admonition", "in a list", "in capitals"],
)
def test_a_link_of_a_page_is_checked_as_mkdocs_reads_it(text: str, finds: Callable[..., None]) -> None:
    finds("dead-reference", "did you mean `books/get`?", {PAGE: f"# Library\n\n{text}"})


def test_what_is_no_link_of_a_page_is_left_alone(codes: Callable[..., list[str]]) -> None:
    assert codes({PAGE: "# Library\n\nA.\n\n    [it](ref:books/gte)\n\n`[it](ref:books/gte)`\n"}) == []


def test_a_link_in_a_box_of_a_page_is_checked(finds: Callable[..., None]) -> None:
    finds("dead-reference", "did you mean `books/get`?", {PAGE: '{{ note("See [it](«ref:books/gte»).") }}\n'})


def test_a_page_names_known_releases(finds: Callable[..., None]) -> None:
    text = '---\nsince: «"9.9"»\nremoved: «"8.8"»\n---\n# Library\n\n{{ endpoint("books/gte") }}\n'
    finds("unknown-release", "choose from 1.0, 1.1, 2.0", {PAGE: text})


@pytest.mark.parametrize("front", ['since: "1.1"\nremoved: «"1.1"»\n', 'removed: «"1.0"»\n'])
def test_a_page_ends_after_it_begins(front: str, finds: Callable[..., None]) -> None:
    finds("removed-before-start", "name a later release, or delete the page", {PAGE: f"---\n{front}---\n"})


def test_a_page_in_a_folder_is_a_page(finds: Callable[..., None], project: Callable[..., Path]) -> None:
    finds("unknown-macro", "did you mean `new_badge`?", {"docs/a/b/c.md": "«{{ new_bagde() }}»\n"})


@pytest.mark.parametrize("before", [0, 1, 2, 3])
def test_a_reference_in_a_long_page_is_checked_wherever_it_stands(
    before: int, codes: Callable[..., list[str]]
) -> None:
    paragraphs = ["word " * 1_000] * 3
    paragraphs.insert(before, "See [it](ref:books/gte).")
    assert codes({PAGE: "\n\n".join(["# Library", *paragraphs])}) == ["dead-reference"]

"""Macro calls in hand-written pages: what they may be, and what they become."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.rendering.reading import Reading
from tests.test_docs_macros import only

from apiguide.docs_macros import MACROS, Call, CallError, call_anchors, parse, with_tokens
from apiguide.history import at, views
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
    "field": ("color", "Color of the label."),
    "field_of": ("books/create", "book.title"),
    "info": ("text",),
    "note": ("text",),
    "parameters": ("books/create",),
    "responses": ("books/create",),
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
        made = calls.html(Call(name, ARGUMENTS.get(name, ()), {}, only("{{ new_badge() }}").mark))
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
    parts, _ = parse(Source("docs/index.md", "a {{ new_badge() }} b\n\n{{ note('text') }}\n"))
    text, found = with_tokens(parts)
    results = [calls.html(call) for call in found]
    html = filled("".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n")), results)
    assert html.startswith("<p>a <span")
    assert "<p><div" not in html


def test_the_anchors_of_a_call_are_those_in_its_html(calls: DocsCalls) -> None:
    found = {}
    for name in {*MACROS} - {"example"}:
        call = Call(name, ARGUMENTS.get(name, ()), {}, only("{{ new_badge() }}").mark)
        found[name] = {*Reading(calls.html(call)).ids}
        assert {*call_anchors(calls.view, call, calls.views)} == found[name], name
    assert found["parameters"] == {"books-create-body-book", "books-create-body-book-title"}
    assert found["authentication"] == {"authentication-basic"}


def test_the_anchors_of_examples_are_known_wherever_they_stand(calls: DocsCalls) -> None:
    example = only('{{ example("books/create") }}')
    known = {*call_anchors(calls.view, example, calls.views)}
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
        with pytest.raises(
            CallError, match=rf"guide.yaml has 2 server\(s\): there is no server {number}"
        ) as raised:
            calls.html(only(f'{{{{ curl("GET", "/books", server={number}) }}}}'))
        assert raised.value.hint == "add it under `servers`, or choose another"


# Parameters of endpoints

SHELVES = """
=== guide.yaml
releases: [{release: "1.0"}, {release: "1.1"}, {release: "2.0"}, {release: "3.0", status: planned}]
=== books/resource.yaml
parameters: {id: {type: integer, description: "ID of the book; see [maps](ref:maps/list)."}}
=== books/create.yaml
title: Create <book>
method: POST
path: /books/:id/copies
parameters:
  query: {size: {type: integer}, sort: {type: string, documented_since: "1.1"}}
  body:
    book:
      fields:
        title: {type: string, required: true, description: Its *title*.}
        size: {type: integer, since: "1.1", description: "In pages."}
        cover: {fields: {size: {type: integer}, color: {type: string, removed: "2.0"}}}
        secret: {type: string, since: "3.0"}
=== maps/list.yaml
path: /maps
since: "1.1"
parameters: {query: {scale: {type: integer}}}
"""


@pytest.fixture
def of_release(guide_of: Callable[[str], Guide]) -> Callable[[str], DocsCalls]:
    """`of_release("1.1")`: the macro calls of a page in the guide of a release."""
    guide = guide_of(SHELVES)
    seen = views(guide)
    return lambda release: DocsCalls(Pages(seen[release], Prose()), Templates(), "", (), seen)


@pytest.mark.parametrize(
    ("release", "arguments", "text"),
    [
        ("1.0", '"body.title"', None),
        ("1.0", '"title"', "title* required – Its title. (Create <book>)"),
        ("1.0", '"book.title"', "title* required – Its title. (Create <book>)"),
        ("1.1", '"book.size"', "size new in 1.1 – In pages. (Create <book>)"),
        ("2.0", '"book.size"', "size since 1.1 – In pages. (Create <book>)"),
        (
            "2.0",
            '"book.size", release="1.1"',
            "size new in 1.1 – In pages. (Create <book>, as the guide of 1.1 shows it)",
        ),
        (
            "1.0",
            '"sort", release="1.1"',
            "sort first documented in 1.1 (Create <book>, as the guide of 1.1 shows it)",
        ),
        ("2.0", '"sort"', "sort (Create <book>)"),
        ("1.1", '"sort", "query", "1.1"', "sort first documented in 1.1 (Create <book>)"),
        ("2.0", '"color", release="1.0"', "color (Create <book>, as the guide of 1.0 shows it)"),
        ("1.0", '"size", location="query"', "size (Create <book>)"),
    ],
)
def test_a_parameter_is_shown_as_the_guide_of_a_release_shows_it(
    release: str, arguments: str, text: str | None, of_release: Callable[[str], DocsCalls]
) -> None:
    call = only(f'{{{{ field_of("books/create", {arguments}) }}}}')
    if text is None:
        with pytest.raises(CallError):
            of_release(release).html(call)
    else:
        made = of_release(release).html(call)
        assert " ".join(made.striptags().split()) == text


def test_a_parameter_leads_to_its_row_where_the_release_shown_has_it(
    of_release: Callable[[str], DocsCalls],
) -> None:
    call = only('{{ field_of("books/create", "book.size", release="1.1") }}')
    assert '<a class="ag-name" href="books/create/#body-book-size">' in of_release("2.0").html(call)
    assert "<a" not in of_release("1.0").html(call)
    elsewhere = only('{{ field_of("maps/list", "scale", release="2.0") }}')
    assert "<a" not in of_release("1.0").html(elsewhere)
    described = only('{{ field_of("books/create", "id", release="1.1") }}')
    assert 'href="maps/list/"' in of_release("2.0").html(described)
    assert "see maps." in of_release("1.0").html(described), "this release has no such page"


@pytest.mark.parametrize(
    ("arguments", "rule", "message", "hint"),
    [
        (
            '"books/creat", "title"',
            "unknown-endpoint",
            "there is no endpoint `books/creat` in release 1.0",
            "did you mean `books/create`?",
        ),
        (
            '"maps/list", "scale", release="1.0"',
            "unknown-endpoint",
            "there is no endpoint `maps/list` in release 1.0",
            "it is in `1.1` and `2.0`",
        ),
        (
            '"books/create", "book.titel"',
            "unknown-parameter",
            "`books/create` has no parameter `book.titel` in release 1.0",
            "did you mean `book.title`?",
        ),
        (
            '"books/create", "titel"',
            "unknown-parameter",
            "`books/create` has no parameter `titel` in release 1.0",
            "did you mean `title`?",
        ),
        (
            '"books/create", "nothing.like.it"',
            "unknown-parameter",
            "`books/create` has no parameter `nothing.like.it` in release 1.0",
            "it has `id`, `size`, `book`, `book.title` and `book.cover` and others",
        ),
        (
            '"books/create", "sort"',
            "unknown-parameter",
            "`books/create` has no parameter `sort` in release 1.0",
            'release 1.1 is the first that has it: add `release="1.1"`',
        ),
        (
            '"books/create", "size", release="2.0"',
            None,
            None,
            None,
        ),
        (
            '"books/create", "size", location="body", release="2.0"',
            "unknown-parameter",
            "`books/create` has several parameters `size`",
            'write `"book.size"` and `"book.cover.size"`',
        ),
        (
            '"books/create", "title", location="bdy"',
            "unknown-location",
            "there is no location `bdy`",
            "choose from `path`, `query`, `header`, `cookie` and `body`",
        ),
        (
            '"books/create", "title", release="1.11"',
            "unknown-release",
            "there is no release `1.11`",
            "did you mean `1.1`?",
        ),
        (
            '"books/create", "title", release="spring"',
            "unknown-release",
            "there is no release `spring`",
            "choose from `1.0`, `1.1` and `2.0`",
        ),
        (
            '"books/create", "secret", release="3.0"',
            "unknown-release",
            "release `3.0` is not published yet",
            "choose from `1.0`, `1.1` and `2.0`",
        ),
        (
            '"books/create"',
            "macro-arguments",
            "`field_of` does not take these arguments",
            "write `{{ field_of(",
        ),
        (
            '"books/create", 7',
            "macro-arguments",
            "`field_of` needs a text as `parameter`",
            "write `{{ field_of(",
        ),
    ],
)
def test_a_parameter_that_is_not_there_says_what_to_write(
    arguments: str,
    rule: str | None,
    message: str | None,
    hint: str | None,
    of_release: Callable[[str], DocsCalls],
) -> None:
    call = only(f"{{{{ field_of({arguments}) }}}}")
    if rule is None or message is None or hint is None:
        assert of_release("1.0").html(call), "a whole path comes before ends of others"
        return
    with pytest.raises(CallError) as caught:
        of_release("1.0").html(call)
    assert (caught.value.rule.code, str(caught.value)) == (rule, message)
    assert (caught.value.hint or "").startswith(hint)


def test_a_planned_release_shows_its_own_parameters(of_release: Callable[[str], DocsCalls]) -> None:
    call = only('{{ field_of("books/create", "secret", release="3.0") }}')
    assert of_release("3.0").html(call).striptags().startswith("secret new in 3.0")


@pytest.mark.parametrize(
    ("outlined", "words"), [("", "new in 1.1"), ("outlined=true", "first documented in 1.1")]
)
def test_the_bulb_is_filled_or_outlined(
    outlined: str, words: str, of_release: Callable[[str], DocsCalls]
) -> None:
    made = of_release("1.1").html(only(f"{{{{ new_badge({outlined}) }}}}"))
    assert made.striptags() == words

"""What pages say of what is not documented."""

from collections.abc import Callable

import pytest

from apiguide.docs_macros import Call
from apiguide.history import at
from apiguide.model import Guide
from apiguide.problems import Mark, Source
from apiguide.prose import Prose
from apiguide.rendering.docs_calls import DocsCalls
from apiguide.rendering.pages import EndpointPage, Pages
from apiguide.rendering.render import Renderer
from apiguide.rendering.templates import Templates

GuideOf = Callable[[str], Guide]
Shown = Callable[[str], EndpointPage]

BOOK = """
    === books/resource.yaml
    objects: {book: {fields: {id: {type: integer, example: 7}}}}
    === books/lend.yaml
    method: POST
    incomplete: %s
    responses: {201: {body: {object: book}}, 409: {description: It is lent., body: {object: book}}}
"""


@pytest.fixture
def page(guide_of: GuideOf) -> Shown:
    """`page(text)`: what the page of books/lend shows."""
    return lambda text: Pages(at(guide_of(text), "1.0"), Prose()).endpoint("books/lend")


@pytest.mark.parametrize(
    ("gaps", "request_", "response"),
    [
        ("[parameters]", "Not complete: what has to be sent", "This is the response to a complete request."),
        ("[reply]", None, "Not complete: the response"),
        ("[parameters, reply]", "Not complete: what has to be sent", "Not complete: the response"),
    ],
)
def test_code_says_first_what_it_lacks(gaps: str, request_: str | None, response: str, page: Shown) -> None:
    shown = page(BOOK % gaps)
    [example] = shown.examples
    for code in example.requests:
        assert (code.lacks or "").startswith(request_ or "")
        assert (code.lacks is None) == (request_ is None)
    [success] = example.responses
    assert all((code.lacks or "").startswith(response) for code in success.codes)
    refusal = next(each.example for each in shown.responses if each.status == "409")
    assert refusal is not None
    assert [code.lacks for code in refusal.codes] == [None, None]


def test_code_of_a_known_endpoint_lacks_nothing(page: Shown) -> None:
    [example] = page((BOOK % "[]").replace("    incomplete: []\n", "")).examples
    codes = [*example.requests, *(code for response in example.responses for code in response.codes)]
    assert [code.lacks for code in codes] == [None] * 4


def test_what_code_lacks_stands_before_it(guide_of: GuideOf) -> None:
    guide = guide_of(BOOK % "[parameters]")
    html = Renderer(at(guide, "1.0"), Templates()).page("books/lend").html
    box = html.partition('<p class="ag-caption">Request</p>')[2]
    assert box.lstrip().startswith(
        '<p class="ag-lacks">Not complete: what has to be sent is not known in detail'
    )
    assert html.count("This is the response to a complete request.") == 2  # in each format


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ("{type: object}", "Its fields are not documented."),
        ("{type: array, items: {type: object, name: a}}", "Their fields are not documented."),
        ("{type: object, additional_fields: {type: object}}", "Their fields are not documented."),
        ("{type: object, additional_fields: {}}", None),
        ("{type: object, additional_fields: {type: string}}", None),
        ("{type: object, fields: {a: {type: string}}}", None),
        ("{object: book}", None),
        ("{type: string}", None),
        ("{type: array, items: {type: string, name: a}}", None),
        ("{type: array}", None),
        ("{}", None),
    ],
)
def test_an_object_whose_fields_are_not_documented_says_so(field: str, says: str | None, page: Shown) -> None:
    text = (BOOK % "[reply]").replace("responses:", f"parameters: {{body: {{a: {field}}}}}\n    responses:")
    row = page(text).parameters[0].rows[0]
    assert row.untold == says
    assert row.is_bare == (says is None)


def test_a_request_in_a_hand_written_page_says_what_it_lacks(guide_of: GuideOf) -> None:
    guide = guide_of(BOOK % "[parameters]")
    calls = DocsCalls(Pages(at(guide, "1.0"), Prose()), Templates(), "")
    for macro in ("request", "example"):
        made = calls.html(Call(macro, ("books/lend",), {}, Mark(Source("docs/a.md"))))
        assert "Not complete: what has to be sent" in made

"""The responses that an example shows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from apiguide.checks.values import check_values
from apiguide.examples.requests import examples_of
from apiguide.history import at, views
from apiguide.model import Guide
from apiguide.prose import Prose
from apiguide.rendering.links import SharedByLinks
from apiguide.rendering.pages import EndpointPage, Pages
from apiguide.rendering.render import RenderedPage, Renderer
from apiguide.rendering.templates import Templates

GuideOf = Callable[[str], Guide]
Written = Callable[..., dict[str, str]]

RESPONSES = """
    === guide.yaml
    formats: {json: {media_type: application/json}}
    objects:
      refusal: {fields: {message: {type: string, example: Bad.}, hint: {type: string, example: Mend it.}}}
    statuses:
      404: {title: Not Found, when: path_parameters, body: {object: refusal}, example: {message: None such.}}
    === books/resource.yaml
    objects: {book: {fields: {id: {type: integer, example: 7}, title: {type: string, example: Emma}}}}
    === books/edit.yaml
    method: PUT
    path: /books/:id
    parameters: {path: {id: {type: integer, example: 7}}, body: {title: {type: string, example: Emma}}}
    responses:
      200: {body: {object: book}}
      202: {description: It is queued., body: {object: book, fields: {id: {}}}}
      204: {description: There was nothing to do.}
      422: {description: Refused., body: {object: refusal}}
    examples: %s
"""


def statuses(guide: Guide, release: str | None = None) -> list[list[str]]:
    """The statuses that each example of books/edit shows."""
    view = at(guide, release or guide.newest)
    shown = examples_of(view, view.endpoints["books/edit"])
    return [[response.status for response, _ in each.responses] for each in shown]


@pytest.mark.parametrize(
    ("responses", "shown"),
    [
        ("{}", ["200"]),
        ("{200: {title: Oz}}", ["200"]),
        ("{202: {id: 8}}", ["202"]),
        ("{422: {message: No.}}", ["422"]),
        ("{404: {}}", ["404"]),  # had by rule
        ("{204: {}}", ["204"]),  # it has no body
        ("{422: {}, 200: {}}", ["200", "422"]),
    ],
)
def test_an_example_shows_the_responses_that_it_states_or_the_first_success(
    responses: str, shown: list[str], guide_of: GuideOf
) -> None:
    guide = guide_of(RESPONSES % f"[{{title: One, responses: {responses}}}]")
    assert statuses(guide) == [shown]
    assert list(check_values(guide, views(guide))) == []


def test_an_example_of_a_refusal_shows_no_success_where_a_release_lacks_the_refusal(
    guide_of: GuideOf,
) -> None:
    text = RESPONSES % "[{responses: {422: {message: No.}}}]"
    guide = guide_of(text.replace("422: {", '422: {since: "2.0", '))
    assert (statuses(guide, "1.0"), statuses(guide, "2.0")) == ([[]], [["422"]])


def test_a_body_that_a_release_lacks_is_not_said_to_be_missing(guide_of: GuideOf) -> None:
    body = '204: {changes: [{release: "2.0", before: {body: {object: book}}}], description: Done.'
    text = RESPONSES % "[{responses: {204: {title: Oz}}}]"
    guide = guide_of(text.replace("204: {description: There was nothing to do.", body))
    assert (statuses(guide, "1.0"), statuses(guide, "2.0")) == ([["204"]], [[]])


def test_the_first_success_is_one_that_the_endpoint_lists(guide_of: GuideOf) -> None:
    rule = "statuses:\n      200: {title: OK, when: always, body: {object: refusal}}\n"
    text = (RESPONSES % "[]").replace("statuses:\n", rule).replace("      200: {body: {object: book}}\n", "")
    assert statuses(guide_of(text)) == [["202"]]


def test_an_endpoint_without_success_shows_none(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/edit.yaml
    responses: {302: {description: Moved., body: {fields: {to: {type: string}}}}}
    """)
    assert statuses(guide) == [[]]


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        ("{}", '{"message": "None such.", "hint": "Mend it."}'),
        ("{hint: Look.}", '{"message": "None such.", "hint": "Look."}'),
        ("{message: Gone.}", '{"message": "Gone.", "hint": "Mend it."}'),
    ],
)
def test_what_an_example_leaves_out_is_what_the_guide_says_of_the_status(
    stated: str, shown: str, guide_of: GuideOf, written: Written
) -> None:
    guide = guide_of(RESPONSES % f"[{{responses: {{404: {stated}}}}}]")
    text = " ".join(written(guide, "books/edit")["404.json"].split())
    assert text.replace("{ ", "{").replace(" }", "}") == shown


# What no example shows


@pytest.fixture
def page(guide_of: GuideOf) -> Callable[[str], EndpointPage]:
    """`page(examples)`: that of books/edit with these examples."""

    def make(examples: str) -> EndpointPage:
        guide = guide_of(RESPONSES % examples)
        return Pages(at(guide, guide.newest), Prose()).endpoint("books/edit")

    return make


@pytest.mark.parametrize(
    ("examples", "folded"),
    [
        ("[]", ["202", "404", "422"]),
        ("[{responses: {422: {}}}]", ["200", "202", "404"]),
        ("[{title: A, responses: {422: {}}}, {title: B, responses: {200: {}, 202: {}}}]", ["404"]),
    ],
)
def test_bodies_that_no_example_shows_stand_with_their_statuses(
    examples: str, folded: list[str], page: Callable[[str], EndpointPage]
) -> None:
    assert [each.status for each in page(examples).responses if each.example is not None] == folded


def test_a_status_has_its_body_as_the_guide_gives_it(page: Callable[[str], EndpointPage]) -> None:
    shown = next(each.example for each in page("[]").responses if each.status == "404")
    assert shown is not None
    [code] = shown.codes
    assert code.html is not None
    assert "None such." in code.html.striptags()


def test_a_response_that_no_example_shows_may_not_be_too_large_either(guide_of: GuideOf) -> None:
    objects = "".join(
        f"      o{level}: {{fields: {{{', '.join(f'f{n}: {{object: o{level + 1}}}' for n in range(9))}}}}}\n"
        for level in range(5)
    )
    objects = f"objects:\n{objects}      o5: {{fields: {{a: {{type: string}}}}}}\n"
    text = (RESPONSES % "[{responses: {200: {}}}]").replace("objects:\n", objects, 1)
    guide = guide_of(text.replace("description: Refused., body: {object: refusal}", "body: {object: o0}"))
    found = {problem.code for problem in check_values(guide, views(guide), ["books/edit"])}
    assert found == {"too-large-example"}


def test_a_page_is_that_of_another_release_only_where_bodies_of_statuses_are_the_same(
    guide_of: GuideOf,
) -> None:
    text = (RESPONSES % "[]").replace("      422: {description: Refused., body: {object: refusal}}\n", "")
    # An object of a resource, since those of guide.yaml are the same with it as a whole.
    line = next(each for each in text.splitlines(keepends=True) if "refusal: {fields" in each)
    text = text.replace(line, "").replace("    objects:\n    statuses", "    statuses")
    text = text.replace("objects: {book:", f"objects: {{{line.strip()}, book:")
    guide = guide_of(text.replace("hint: {type", 'hint: {since: "2.0", type'))
    templates, shared = Templates(), SharedByLinks[RenderedPage]()
    pages = {
        release: Renderer(view, templates, finished=shared).page("books/edit").html
        for release, view in views(guide).items()
    }
    assert "Mend it." in pages["2.0"]
    assert "Mend it." not in pages["1.0"]


def test_a_response_without_a_body_is_said_to_have_none(guide_of: GuideOf) -> None:
    guide = guide_of(RESPONSES % "[{responses: {204: {}}}]")
    html = Renderer(at(guide, "1.0"), Templates()).page("books/edit").html
    assert 'ag-status--2">204</span> <span></span></p>\n<p class="ag-reason">No body.</p>' in html

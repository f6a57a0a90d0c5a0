import re
from collections.abc import Callable

import pytest
from markupsafe import Markup

from apiguide.history import at
from apiguide.model import Guide
from apiguide.prose import Prose, plain
from apiguide.rendering.pages import EndpointPage, Pages, ResourcePage
from apiguide.rendering.parts import FILTERED, FOLDED, SWITCHED, Code
from apiguide.rendering.render import RenderedPage, Renderer
from apiguide.rendering.templates import Templates
from apiguide.view import LONG

GuideOf = Callable[[str], Guide]


@pytest.fixture
def page(guide_of: GuideOf) -> Callable[..., EndpointPage]:
    """`page(text, release)`: what the page of books/get shows."""

    def make(text: str, release: str | None = None) -> EndpointPage:
        guide = guide_of(text)
        return Pages(at(guide, release or guide.newest), Prose()).endpoint("books/get")

    return make


@pytest.fixture
def html(guide_of: GuideOf) -> Callable[..., str]:
    """`html(text, id_, release)`: a page as HTML."""

    def make(text: str, id_: str = "books/get", release: str | None = None) -> str:
        return rendered(guide_of(text), id_, release).html

    return make


def rendered(guide: Guide, id_: str, release: str | None = None) -> RenderedPage:
    return Renderer(at(guide, release or guide.newest), Templates()).page(id_)


def resource_page(guide: Guide, release: str | None = None) -> ResourcePage:
    return Pages(at(guide, release or guide.newest), Prose()).resource("books")


def test_a_endpoint_has_a_path_in_each_format(page: Callable[..., EndpointPage]) -> None:
    text = "=== books/get.yaml\npath: /books/:id\n"
    assert page(text).paths == ("/books/:id.xml", "/books/:id.json")
    assert page(f"{text}formats: [json]\n").paths == ("/books/:id.json",)


def test_formats_without_an_extension_share_a_path(page: Callable[..., EndpointPage]) -> None:
    formats = "formats: {xml: {media_type: application/xml}, json: {media_type: application/json}}"
    assert page(f"=== guide.yaml\n{formats}\n=== books/get.yaml\npath: /books\n").paths == ("/books",)


def test_a_path_that_ends_with_a_slash_is_one_in_all_formats(page: Callable[..., EndpointPage]) -> None:
    assert page("=== books/get.yaml\npath: /\n").paths == ("/",)


def test_a_colon_that_begins_no_placeholder_is_not_marked_as_one(html: Callable[..., str]) -> None:
    shown = html("=== books/get.yaml\npath: /books/:id,:page/x:y/:id:cancel\n")
    assert (
        "<code>/books/<wbr><var>:id</var>,<var>:page</var>/<wbr>x:y/<wbr><var>:id</var>:cancel.xml</code>"
        in shown
    )


def test_a_link_to_what_a_field_was_called_leads_to_the_field(guide_of: Callable[[str], Guide]) -> None:
    guide = guide_of("""
    === books/get.yaml
    parameters: {query: {q: {removed: "2.0"}, words: {replaces: q, since: "2.0"}}}
    """)
    page = rendered(guide, "books/get")
    assert '<th scope="row"><span id="query-q"></span><a class="ag-name" href="#query-words">' in page.html
    assert {"query-q", "query-words"} <= page.anchors
    assert 'id="query-q"' in rendered(guide, "books/get", "1.0").html
    assert "<span" not in rendered(guide, "books/get", "1.0").html.partition('id="query-q"')[2]


def test_a_reference_may_name_what_a_field_was_called(guide_of: Callable[[str], Guide]) -> None:
    guide = guide_of("""
    === books/get.yaml
    description: See [it](ref:books/get#query-old-a) and [this](ref:books/get#query-older-a).
    parameters:
      query:
        old: {removed: "2.0", fields: {a: {}}}
        new: {replaces: old, since: "2.0", fields: {a: {}}}
    """)
    shown = '<p>See <a href="#query-old-a">it</a> and this.</p>'
    assert shown in rendered(guide, "books/get").html
    assert shown in rendered(guide, "books/get", "1.0").html


def test_a_get_that_changes_something_is_warned_of(html: Callable[..., str]) -> None:
    warning = "Not safe to repeat"
    assert warning in html("=== books/get.yaml\nsafe: false\n")
    assert warning not in html("=== books/get.yaml\nmethod: GET\n")
    assert warning not in html("=== books/get.yaml\nmethod: POST\n")
    assert warning not in html("=== books/get.yaml\nmethod: DELETE\nsafe: false\n")


def test_a_get_that_became_unsafe_was_safe_before(page: Callable[..., EndpointPage]) -> None:
    text = '=== books/get.yaml\nsafe: false\nchanges: [{release: "1.1", before: {safe: null}}]\n'
    assert not page(text, "1.0").is_unsafe_get
    assert page(text, "1.1").is_unsafe_get


@pytest.mark.parametrize(
    ("gaps", "words"),
    [
        ("[reply]", "The response of this endpoint is not known in detail."),
        ("[parameters]", "The parameters of this endpoint are not known in detail."),
        ("[parameters, reply]", "The parameters and the response of this endpoint are not known in detail."),
    ],
)
def test_what_is_not_known_in_detail_is_said(gaps: str, words: str, html: Callable[..., str]) -> None:
    assert words in html(f"=== books/get.yaml\nincomplete: {gaps}\n")
    assert "not known in detail" not in html("=== books/get.yaml\n")


def test_an_older_form_leads_to_the_newer_one(html: Callable[..., str]) -> None:
    text = '=== books/get.yaml\nprefer: books/show\n=== books/show.yaml\ntitle: Show & tell\nsince: "1.1"\n'
    assert '<a href="../show/">Show &amp; tell</a>' in html(text, release="1.1")
    assert "older form" not in html(text, release="1.0")


def test_a_deprecated_endpoint_says_what_to_use(html: Callable[..., str]) -> None:
    text = (
        '=== books/get.yaml\ndeprecated: {since: "1.1", use: books/show}\n=== books/show.yaml\ntitle: Show\n'
    )
    shown = html(text, release="1.1")
    assert "deprecated since 1.1" in shown
    assert 'Use <a href="../show/">Show</a>.' in shown
    assert "deprecated" not in html(text, release="1.0").lower()


def test_permissions_are_shown_as_they_are_in_the_release(page: Callable[..., EndpointPage]) -> None:
    text = """
    === books/get.yaml
    permissions: [books.read, {value: books.all, description: All of *them*., since: "1.1"}]
    """
    assert [each.name for each in page(text, "1.0").permissions] == ["books.read"]
    later = page(text, "1.1").permissions[1]
    assert (later.name, later.description) == ("books.all", "All of <em>them</em>.")
    assert [badge.kind for badge in later.badges] == ["new"]


def test_notes_are_shown_in_boxes_of_their_kind(page: Callable[..., EndpointPage]) -> None:
    text = """
    === books/get.yaml
    notes: [{info: Look., removed: "1.1"}, {note: Think., since: "1.1"}, {warning: Stop.}]
    """
    assert [box.kind for box in page(text, "1.0").admonitions] == ["info", "warning"]
    later = page(text, "1.1").admonitions
    assert [(box.kind, box.html, len(box.badges)) for box in later] == [
        ("note", "<p>Think.</p>", 1),
        ("warning", "<p>Stop.</p>", 0),
    ]


def test_statuses_of_the_guide_stand_beside_those_of_the_endpoint(page: Callable[..., EndpointPage]) -> None:
    text = """
    === guide.yaml
    statuses:
      200: {title: OK, description: Done.}
      404: {title: Not Found, description: Gone., when: path_parameters}
      422: {title: Unprocessable, description: Wrong., when: body_parameters}
      500: {title: Error, when: always}
    === books/resource.yaml
    parameters: {id: {type: integer}}
    === books/get.yaml
    path: /books/:id
    responses: {200: {description: Here it is.}, 409: {description: Lent.}, 500: null}
    """
    assert [(response.status, response.title, response.description) for response in page(text).responses] == [
        ("200", "OK", "Here it is."),
        ("404", "Not Found", "Gone."),
        ("409", "", "Lent."),
    ]


def test_head_has_no_bodies_by_rule(page: Callable[..., EndpointPage]) -> None:
    text = """
    === guide.yaml
    statuses:
      200: {title: OK, body: {fields: {id: {}}}}
      500: {title: Error, when: always, body: {fields: {error: {}}}, example: {error: Full.}}
    === books/get.yaml
    method: %s
    responses: {200: {}}
    """
    for method, bodies in (("GET", 1), ("HEAD", 0)):
        found = page(text % method)
        assert len([each for each in found.responses if each.fields is not None]) == bodies


def test_the_heading_of_a_status_without_a_name_is_the_status(guide_of: Callable[[str], Guide]) -> None:
    body = "{description: Lent., body: {fields: {until: {example: x}}}}"
    guide = guide_of(f"=== books/get.yaml\nresponses: {{200: {{description: Done.}}, 409: {body}}}\n")
    assert "409" in [heading.text for heading in rendered(guide, "books/get").headings]


def test_the_first_good_response_with_a_body_is_the_response(page: Callable[..., EndpointPage]) -> None:
    text = """
    === books/get.yaml
    responses:
      200: {description: Done.}
      201: {description: Done., body: {fields: {id: {}}}}
      202: {description: Later., body: {fields: {ticket: {}}}}
      409: {description: Lent., body: {fields: {until: {}}}}
    """
    found = [response.fields for response in page(text).responses]
    assert [fields and fields.anchor for fields in found] == [
        None,
        "response",
        "response-202",
        "response-409",
    ]


def test_bodies_that_the_guide_gives_are_not_listed_for_each_endpoint(
    page: Callable[..., EndpointPage],
) -> None:
    text = """
    === guide.yaml
    statuses: {422: {title: Wrong, body: {fields: {errors: {}}}, example: {errors: a}}}
    === books/get.yaml
    responses: {422: {}}
    """
    (response,) = page(text).responses
    assert response.fields is None
    assert response.has_body


def fields(count: int) -> str:
    return "{" + ", ".join(f"f{n}: {{type: string, example: a}}" for n in range(count)) + "}"


@pytest.mark.parametrize(("count", "folded"), [(LONG, False), (LONG + 1, True)])
def test_a_long_list_that_stands_elsewhere_folds(
    count: int, folded: bool, page: Callable[..., EndpointPage], html: Callable[..., str]
) -> None:
    text = f"""
    === books/resource.yaml
    objects: {{book: {{fields: {fields(count)}}}}}
    === books/get.yaml
    responses: {{200: {{description: D., body: {{object: book}}}}}}
    """
    (response,) = page(text).responses
    assert response.fields is not None
    assert response.fields.is_folded is folded
    assert ("<details" in html(text)) is folded
    assert f'id="response-f{count - 1}"' in html(text)


def test_a_long_list_that_stands_nowhere_else_does_not_fold(page: Callable[..., EndpointPage]) -> None:
    text = f"""
    === guide.yaml
    objects: {{book: {{fields: {fields(LONG + 1)}}}}}
    === books/get.yaml
    responses:
      200: {{description: D., body: {{fields: {fields(LONG + 1)}}}}}
      201: {{description: D., body: {{object: book}}}}
    """
    assert [response.fields and response.fields.is_folded for response in page(text).responses] == [
        False,
        False,
    ]


def test_a_response_whose_object_is_not_in_the_release_has_no_fields(
    page: Callable[..., EndpointPage],
) -> None:
    text = """
    === books/resource.yaml
    objects: {book: {since: "1.1", fields: {id: {type: integer}}}}
    === books/get.yaml
    responses: {200: {description: D., body: {object: book}}}
    """
    assert page(text, "1.0").responses[0].fields is None
    later = page(text, "1.1").responses[0].fields
    assert later is not None
    assert [row.name for row in later.rows] == ["id"]


def test_a_page_has_a_part_for_each_stated_example(page: Callable[..., EndpointPage]) -> None:
    text = """
    === books/get.yaml
    examples: [{title: One}, {title: Two, description: The *second*., since: "1.1"}]
    """
    assert [part.title for part in page(text, "1.0").examples] == ["One"]
    assert page(text, "1.1").examples[1].description == "The <em>second</em>."
    assert [part.title for part in page("=== books/get.yaml\n").examples] == [None]


def test_a_format_that_cannot_carry_a_request_says_why(html: Callable[..., str]) -> None:
    text = "=== books/get.yaml\nmethod: POST\nparameters: {body: {a: {example: 1}, b: {example: 2}}}\n"
    assert "XML has one root element" in html(text)


def test_a_summary_is_the_first_sentence_without_markup(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/get.yaml
    title: Get book
    description: |
      Gives **one** [book](ref:books). It is <free>.
    """)
    page = rendered(guide, "books/get")
    assert page.description == "Gives one book."
    assert page.search.summary == "Gives one book."
    assert "GET /books.xml" in " ".join(page.search.paragraphs)
    assert (page.title, page.search.title, page.url, page.search.url) == (
        *("Get book", "Get book"),
        *("books/get/", "books/get/"),
    )


def test_the_search_knows_the_names_of_parameters_and_fields(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/get.yaml
    parameters: {query: {notify: {example: secret_of_request}}}
    responses: {200: {description: D., body: {fields: {due_at: {example: secret_of_response}}}}}
    """)
    text = " ".join(rendered(guide, "books/get").search.paragraphs)
    assert "notify" in text
    assert "due_at" in text
    assert "secret" not in text


def test_the_headings_of_a_page_are_its_contents(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/get.yaml
    title: "Get <book> & more"
    parameters: {query: {q: {example: a}}}
    examples: [{title: A "first" one}]
    """)
    page = rendered(guide, "books/get")
    found = [(heading.level, heading.text) for heading in page.headings]
    assert found[:5] == [
        (1, "Get <book> & more"),
        (2, "Example"),
        (3, 'A "first" one'),
        (2, "Parameters"),
        (3, "Query"),
    ]
    assert {heading.id for heading in page.headings} <= page.anchors


def test_a_resource_lists_its_endpoints_and_objects(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/resource.yaml
    title: Books
    description: What is lent. More.
    objects: {book: {name: item, description: A *book*., fields: {id: {type: integer, example: 1}}}}
    === books/create.yaml
    title: Create
    method: POST
    description: Adds one. More.
    === books/list.yaml
    title: List
    since: "1.1"
    """)
    page = resource_page(guide, "1.1")
    assert [(row.title, row.href, row.method, row.summary) for row in page.endpoints] == [
        ("List", "list/", "GET", ""),
        ("Create", "create/", "POST", "Adds one."),
    ]
    assert [[badge.kind for badge in row.badges] for row in page.endpoints] == [["new"], []]
    (part,) = page.objects
    assert (part.name, part.description, part.fields.anchor) == (
        "item",
        "<p>A <em>book</em>.</p>",
        "object-book",
    )
    assert page.summary == "What is lent."
    assert [row.title for row in resource_page(guide, "1.0").endpoints] == ["Create"]


def test_the_endpoints_of_a_new_resource_bear_no_signs_beside_it(guide_of: GuideOf) -> None:
    guide = guide_of(
        '=== books/resource.yaml\nsince: "1.1"\n=== books/get.yaml\n=== books/list.yaml\nsince: "2.0"\n'
    )
    page = resource_page(guide, "2.0")
    assert [(badge.kind, badge.release) for badge in page.badges] == [("since", "1.1")]
    assert {row.href: [badge.kind for badge in row.badges] for row in page.endpoints} == {
        "get/": [],
        "list/": ["new"],
    }


def test_a_page_says_when_it_last_changed(guide_of: GuideOf) -> None:
    view = at(guide_of("=== books/get.yaml\n"), "1.0")
    renderer = Renderer(view, Templates(), changed={"books/get": "2024-01-31"})
    assert '<time datetime="2024-01-31">' in renderer.page("books/get").html
    assert "<time" not in renderer.page("books").html


def test_a_page_is_fit_to_read(html: Callable[..., str]) -> None:
    text = """
    === books/get.yaml
    description: "```\\na\\n\\n\\nb\\n```"
    parameters: {body: {book: {fields: {text: {example: "a\\n\\n\\nb"}}}}}
    method: POST
    """
    shown = html(text)
    outside = re.sub("<pre.*?</pre>", "<pre>", shown, flags=re.DOTALL)
    assert "\n\n" not in outside
    assert "a\n\n\nb" in shown


LONG_OBJECT = """
=== books/resource.yaml
objects:
  book:
    %s
    fields: {{id: {{type: integer, example: 7}}, {more}}}
  atlas: {{extends: book}}
=== books/get.yaml
title: Lend book
method: POST
path: /books/:id/lend
responses: {{201: {{body: {{object: %s}}}}}}
examples: [{{title: A, responses: {{201: {{f30: stated}}}}}}]
"""


@pytest.mark.parametrize(
    ("brief", "object_name", "shown_fields"),
    [
        ("brief: [id, f3]", "book", ["id", "f3", "f30"]),
        ("brief: [id, f3]", "atlas", ["id", "f3", "f30"]),
        ("", "book", ["id", *(f"f{n}" for n in range(1, 10)), "f30"]),
    ],
)
def test_an_action_that_repeats_a_long_object_shows_it_in_brief(
    brief: str, object_name: str, shown_fields: list[str], html: Callable[..., str], guide_of: GuideOf
) -> None:
    more = ", ".join(f"f{n}: {{type: string, example: v{n}}}" for n in range(1, 31))
    text = (LONG_OBJECT % (brief, object_name)).format(more=more)
    page = html(text, "books/get")
    json = re.search(r'<div class="language-json highlight">(.*?)</div>', page, re.DOTALL)
    assert json is not None
    assert re.findall(r'"(id|f\d+)"', plain(json[1])) == shown_fields
    assert f"Shortened: {len(shown_fields)} of 31 fields." in page
    assert "<summary>All 31 fields</summary>" in page
    # Who asks for the object itself gets all of it.
    whole = html(text.replace("method: POST", "method: GET"), "books/get")
    assert "v29" in whole
    assert "Shortened" not in whole


def test_a_status_says_only_what_is_the_endpoints_own(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === guide.yaml
    statuses:
      200: {title: OK, description: Done.}
      403: {title: Forbidden, description: Not *you*., when: always}
    === books/get.yaml
    responses: {200: {description: "Here **it** is."}, 409: {description: Lent.}}
    """)
    pages = Pages(at(guide, "1.0"), Prose(), explained={"statuses": "about/requests/"})
    assert [
        (response.status, response.description, response.href)
        for response in pages.endpoint("books/get").responses
    ] == [
        ("200", "Here <strong>it</strong> is.", "../../about/requests/#status-200"),
        ("403", None, "../../about/requests/#status-403"),
        ("409", "Lent.", None),
    ]
    alone = Pages(at(guide, "1.0"), Prose()).endpoint("books/get").responses
    assert [response.description for response in alone] == [
        "Here <strong>it</strong> is.",
        "Not <em>you</em>.",
        "Lent.",
    ]
    assert [response.href for response in alone] == [None, None, None]


def test_an_endpoint_leads_to_the_page_about_authentication_if_there_is_one(guide_of: GuideOf) -> None:
    view = at(guide_of("=== books/get.yaml\n"), "1.0")
    page = Pages(view, Prose(), explained={"authentication": ""}).endpoint("books/get")
    assert page.authentication_href == "../../"
    assert Pages(view, Prose()).endpoint("books/get").authentication_href is None


def test_an_object_is_shown_as_a_response_carries_it(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/resource.yaml
    objects: {book: {fields: {id: {type: integer, example: 7}, gone: {example: x, since: "1.1"}}}}
    """)
    (part,) = resource_page(guide, "1.0").objects
    shown = {code.label: plain(str(code.html)) for code in part.codes}
    assert '<id type="integer">7</id>' in shown["XML"]
    assert '"id": 7' in shown["JSON"]
    assert "gone" not in shown["JSON"]
    assert "gone" in plain(str(resource_page(guide, "1.1").objects[0].codes[1].html))


def test_only_long_lists_have_tools(page: Callable[..., EndpointPage]) -> None:
    def tools(count: int, required: int) -> tuple[bool, bool]:
        fields = "\n".join(
            f"    p{n}: {{type: string, example: a, required: {str(n < required).lower()}}}"
            for n in range(count)
        )
        (fields_shown,) = page(f"=== books/get.yaml\nparameters:\n  query:\n{fields}\n").parameters
        return fields_shown.has_filter, fields_shown.has_switch

    assert tools(FILTERED - 1, 0) == (False, False)
    assert tools(FILTERED, 0) == (True, False)
    assert tools(SWITCHED - 1, 2) == (False, False)
    assert tools(SWITCHED, 2) == (False, True)
    assert tools(SWITCHED, SWITCHED) == (False, False)


def test_code_is_long_from_a_number_of_lines_on() -> None:
    assert not Code("", "json", Markup("\n" * (FOLDED - 1))).is_long
    assert Code("", "json", Markup("\n" * FOLDED)).is_long
    assert not Code("", "json", None, "why").is_long

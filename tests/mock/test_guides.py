"""Guides of every shape are served as they say."""

from collections.abc import Callable
from typing import Any

import pytest

Ask = Any
JSON = "formats: {json: {media_type: application/json}}"
NOBODY = "authentication: []"
PAGES, COLOUR = "Pages is not an integer", "Colour is not a parameter of this endpoint"


@pytest.mark.parametrize(
    ("body", "example", "expected"),
    [
        (
            "{object: e}",
            "",
            {"errors": [PAGES, COLOUR]},
        ),
        (
            "{type: array, items: {type: string}}",
            "",
            [PAGES, COLOUR],
        ),
        ("{type: string}", "", f"{PAGES}; {COLOUR}"),
        (
            "{fields: {code: {type: string, example: bad}, message: {type: string, example: It is wrong.}}}",
            "",
            {
                "code": "bad",
                "message": f"{PAGES}; {COLOUR}",
            },
        ),
        (
            "{fields: {error: {type: object, fields: {code: {type: integer, example: 7}, why: {}}}}}",
            "",
            {
                "error": {
                    "code": 7,
                    "why": f"{PAGES}; {COLOUR}",
                }
            },
        ),
        (
            "{fields: {status: {type: integer}, error: {type: string}}}",
            "{status: 422, error: Wrong}",
            {"status": 422, "error": f"{PAGES}; {COLOUR}"},
        ),
        (
            "{fields: {errors: {type: array, items: {type: object, fields: {detail: {type: string}}}}}}",
            "",
            {
                "errors": [
                    {"detail": PAGES},
                    {"detail": COLOUR},
                ]
            },
        ),
        (
            "{fields: {errors: {type: object, additional_fields: {type: array, items: {type: string}}}}}",
            "",
            {"errors": {"base": [PAGES, COLOUR]}},
        ),
        ("{fields: {code: {type: integer, example: 7}}}", "", {"code": 7}),
        (
            "{fields: {message: {type: string, example: A is B.}, at: {type: string, example: a.b}}}",
            "{message: This is so.}",
            {"message": f"{PAGES}; {COLOUR}"},
        ),
    ],
)
def test_messages_are_told_in_error_objects_of_any_shape(
    body: str, example: str, expected: Any, ask_of: Callable[..., Ask]
) -> None:
    ask = ask_of(f"""
    === guide.yaml
    {JSON}
    {NOBODY}
    statuses: {{422: {{title: Invalid, body: {body}, example: {example or "null"}}}}}
    objects: {{e: {{fields: {{errors: {{type: array, items: {{type: string}}}}}}}}}}
    === books/create.yaml
    method: POST
    parameters: {{body: {{pages: {{type: integer}}}}}}
    """)
    reply = ask("POST", "/books", {"pages": "many", "colour": "red"})
    assert (reply.status, reply.json) == (422, expected)


def test_an_endpoint_may_have_an_error_object_of_its_own(ask_of: Callable[..., Ask]) -> None:
    ask = ask_of(f"""
    === guide.yaml
    {JSON}
    {NOBODY}
    statuses: {{422: {{title: Invalid, body: {{fields: {{error: {{type: string}}}}}}}}}}
    === books/create.yaml
    method: POST
    parameters: {{body: {{pages: {{type: integer}}}}}}
    responses: {{200: {{}}, 422: {{body: {{fields: {{problem: {{type: string}}}}}}}}}}
    """)
    assert ask("POST", "/books", {"pages": "many"}).json == {"problem": PAGES}
    assert ask("GET", "/nothing").json == {"error": "there is nothing at this path"}


def test_a_guide_without_an_error_object_has_failures_without_bodies(ask_of: Callable[..., Ask]) -> None:
    ask = ask_of(f"=== guide.yaml\n{NOBODY}\n=== books/get.yaml\n")
    reply = ask("GET", "/nothing")
    assert (reply.status, reply.text) == (404, "")


@pytest.mark.parametrize(
    ("statuses", "responses", "status"),
    [
        ("{}", "{200: {}}", 422),
        ("{400: {title: Bad}}", "{200: {}}", 400),
        ("{400: {title: Bad}, 422: {title: Invalid}}", "{200: {}}", 422),
        ("{422: {title: Invalid}}", "{200: {}, 400: {}}", 400),
        ("{400: {title: Bad}}", "{200: {}, 422: {}}", 422),
    ],
)
def test_values_that_are_not_valid_have_the_status_of_the_guide(
    statuses: str, responses: str, status: int, ask_of: Callable[..., Ask]
) -> None:
    ask = ask_of(f"""
    === guide.yaml
    {JSON}
    {NOBODY}
    statuses: {statuses}
    === books/create.yaml
    method: POST
    parameters: {{body: {{pages: {{type: integer}}}}}}
    responses: {responses}
    """)
    assert ask("POST", "/books", {"pages": "many"}).status == status
    assert ask("POST", "/books", "{", content_type="application/json").status == 400


def test_a_guide_without_authentication_lets_everybody_in(ask_of: Callable[..., Ask]) -> None:
    ask = ask_of(f"=== guide.yaml\n{NOBODY}\n=== books/get.yaml\n")
    assert ask("GET", "/books", authorization=None).status == 200
    assert ask("GET", "/books", authorization="Basic nonsense").status == 200


def test_any_of_several_schemes_is_enough(ask_of: Callable[..., Ask]) -> None:
    ask = ask_of("""
    === guide.yaml
    authentication:
      - {id: a, type: basic, title: A, user: user, password: userpass}
      - {id: b, type: bearer, title: B, token: t0k3n}
    === books/get.yaml
    """)
    assert ask("GET", "/books").status == 200
    assert ask("GET", "/books", authorization="Bearer t0k3n").status == 200
    refused = ask("GET", "/books", authorization="Bearer other")
    assert (refused.status, refused.headers["www-authenticate"]) == (401, 'Basic realm="API", Bearer')


def test_paths_of_servers_precede_those_of_endpoints(ask_of: Callable[..., Ask]) -> None:
    ask = ask_of("""
    === guide.yaml
    servers: [{url: "https://library.test/api/v1"}, {url: "http://library.test/old/"}]
    === books/get.yaml
    path: /books/:id
    === books/root.yaml
    path: /
    """)
    assert ask("GET", "/api/v1/books/12.json").status == 200
    assert ask("GET", "/old/books/12.json").status == 200
    assert ask("GET", "/api/v1/").status == 200
    for target in ("/books/12.json", "/api/v2/books/12.json", "/api/v1", "/api/v1books/12", "/"):
        assert ask("GET", target).status == 404, target


def test_formats_without_an_extension_are_chosen_by_accept(ask_of: Callable[..., Ask]) -> None:
    ask = ask_of("""
    === guide.yaml
    formats: {xml: {media_type: application/xml}, json: {media_type: application/json}}
    === books/get.yaml
    path: /books/:id
    responses: {200: {body: {fields: {id: {type: string, example: a}}, name: book}}}
    """)
    for kind in ("xml", "json"):
        reply = ask("GET", "/books/12", accept=f"application/{kind}")
        assert reply.headers["content-type"].startswith(f"application/{kind};")
    assert ask("GET", "/books/12.json", accept="application/xml").text.count("<book>") == 1


def test_one_format_may_have_an_extension_and_another_none(ask_of: Callable[..., Ask]) -> None:
    ask = ask_of("""
    === guide.yaml
    formats: {json: {media_type: application/json}, xml: {media_type: application/xml, extension: .xml}}
    === books/get.yaml
    path: /books/:id
    responses: {200: {body: {fields: {id: {type: string, example: a}}, name: book}}}
    """)
    assert (
        ask("GET", "/books/12.xml", accept="application/json")
        .headers["content-type"]
        .startswith("application/xml")
    )
    assert ask("GET", "/books/12", accept="*/*").headers["content-type"].startswith("application/json")


def test_a_path_that_ends_with_a_slash_has_no_extension(ask_of: Callable[..., Ask]) -> None:
    ask = ask_of("=== books/list.yaml\npath: /books/\n=== books/root.yaml\npath: /\n")
    assert ask("GET", "/books/").status == 200
    assert ask("GET", "/").status == 200
    for target in ("/books", "/books.json", "/books/.json", "/.json", "//"):
        assert ask("GET", target).status == 404, target


def test_a_colon_after_a_word_is_one(ask_of: Callable[..., Ask]) -> None:
    ask = ask_of("""
    === books/cancel.yaml
    method: POST
    path: /books/:id:cancel
    parameters: {path: {id: {type: integer}}}
    === books/get.yaml
    path: /books/:id
    parameters: {path: {id: {type: string}}}
    === books/search.yaml
    path: /books:search
    """)
    assert ask("POST", "/books/12:cancel.json").status == 200
    assert ask("POST", "/books/x:cancel.json").status == 404
    assert ask("POST", "/books/12:revive.json").status == 405
    assert ask("GET", "/books:search.json").status == 200
    assert ask("GET", "/books/a%3Ab.json").status == 200


def test_local_times_have_no_zone(ask_of: Callable[..., Ask]) -> None:
    ask = ask_of(f"""
    === guide.yaml
    {JSON}
    {NOBODY}
    === books/create.yaml
    method: POST
    parameters: {{body: {{at: {{type: datetime-local}}, then: {{type: datetime}}}}}}
    """)
    for values, status in (
        ({"at": "2024-01-31T12:00:00"}, 200),
        ({"at": "2024-01-31T12:00:00Z"}, 422),
        ({"then": "2024-01-31T12:00:00Z"}, 200),
        ({"then": "2024-01-31T12:00:00"}, 422),
        ({"at": "2024-02-30T12:00:00"}, 422),
    ):
        assert ask("POST", "/books", values).status == status, values


def test_what_an_object_extends_is_known(ask_of: Callable[..., Ask]) -> None:
    ask = ask_of(f"""
    === guide.yaml
    {JSON}
    {NOBODY}
    objects:
      base: {{fields: {{id: {{type: integer, example: 12}}, note: {{type: string, example: none}}}}}}
      book: {{extends: base, fields: {{title: {{type: string, example: Emma}}}}}}
    === books/create.yaml
    method: POST
    parameters: {{body: {{book: {{object: book, fields: {{title: {{required: true}}, note: {{}}}}}}}}}}
    responses: {{200: {{body: {{object: book}}}}}}
    """)
    reply = ask("POST", "/books", {"book": {"title": "Persuasion", "note": "new"}})
    assert (reply.status, reply.json) == (200, {"id": 12, "note": "new", "title": "Persuasion"})


def test_values_that_no_object_wraps_come_back_too(ask_of: Callable[..., Ask]) -> None:
    text = f"""
    === guide.yaml
    {JSON}
    {NOBODY}
    objects:
      book:
        wrapped: false
        fields: {{id: {{type: integer, example: 1}}, title: {{type: string, example: Emma}}}}
    === books/create.yaml
    method: POST
    path: /books
    parameters: {{body: {{title: {{type: string, required: true}}}}}}
    responses: {{201: {{body: {{object: book}}}}}}
    === books/get.yaml
    path: /books/:id
    responses: {{200: {{body: {{object: book}}}}}}
    === books/edit.yaml
    method: PUT
    path: /books/:id
    parameters: {{body: {{title: {{type: string}}}}}}
    responses: {{200: {{body: {{object: book}}}}}}
    """
    assert ask_of(text)("POST", "/books", {"title": "Persuasion"}).json["title"] == "Persuasion"
    ask = ask_of(text, is_stateful=True)
    made = ask("POST", "/books", {"title": "Persuasion"}).json
    assert made == {"id": 2, "title": "Persuasion"}
    assert ask("PUT", "/books/2", {"title": "Sanditon"}).json == {"id": 2, "title": "Sanditon"}
    assert ask("GET", "/books/2").json == {"id": 2, "title": "Sanditon"}


def test_endpoints_that_share_method_and_path_may_speak_other_formats(ask_of: Callable[..., Ask]) -> None:
    ask = ask_of("""
    === books/a_lend.yaml
    method: POST
    path: /books/do
    formats: [json]
    parameters: {body: {action: {const: lend, required: true}}}
    responses: {200: {}}
    === books/b_burn.yaml
    method: POST
    path: /books/do
    formats: [xml]
    parameters: {body: {action: {const: burn, required: true}}}
    responses: {202: {}}
    """)
    assert ask("POST", "/books/do.json", {"action": "lend"}).status == 200
    assert ask("POST", "/books/do.json", {"action": "burn"}).status == 422
    assert ask("POST", "/books/do.xml", {"action": "burn"}).status == 202


def test_a_release_has_its_own_paths_and_parameters(ask_of: Callable[..., Ask]) -> None:
    text = """
    === books/get.yaml
    path: /books/:id
    parameters: {query: {colour: {type: string, since: "2.0"}}}
    === books/lost.yaml
    path: /lost
    since: "1.1"
    """
    assert ask_of(text, "1.0")("GET", "/lost.json").status == 404
    assert ask_of(text, "1.1")("GET", "/lost.json").status == 200
    assert ask_of(text, "1.1")("GET", "/books/1.json?colour=red").status == 422
    assert ask_of(text, "2.0")("GET", "/books/1.json?colour=red").status == 200


def test_what_can_be_missing_in_a_wrapping_object_is_no_reason_to_send_it(ask_of: Callable[..., Ask]) -> None:
    ask = ask_of(f"""
    === guide.yaml
    {NOBODY}
    objects: {{book: {{fields: {{title: {{type: string}}}}}}}}
    === books/create.yaml
    method: POST
    parameters: {{body: {{book: {{object: book, fields: {{title: {{}}}}}}}}}}
    """)
    assert ask("POST", "/books.json", {}).status == 200


def test_an_edit_does_not_give_a_record_another_key(ask_of: Callable[..., Ask]) -> None:
    ask = ask_of(
        f"""
    === guide.yaml
    {JSON}
    {NOBODY}
    objects: {{book: {{fields: {{id: {{type: integer, example: 1}}, title: {{type: string}}}}}}}}
    === books/get.yaml
    path: /books/:id
    responses: {{200: {{body: {{object: book}}}}}}
    === books/edit.yaml
    method: PUT
    path: /books/:id
    parameters: {{body: {{id: {{type: integer}}, title: {{type: string}}}}}}
    responses: {{200: {{body: {{object: book}}}}}}
    """,
        is_stateful=True,
    )
    assert ask("PUT", "/books/1", {"id": 7, "title": "Sanditon"}).json == {"id": 1, "title": "Sanditon"}
    assert [ask("GET", f"/books/{number}").status for number in (1, 7)] == [200, 404]

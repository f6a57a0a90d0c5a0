"""What the mock answers to requests, sent by a real client to a real server."""

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest

from apiguide.mock.app import LARGEST, Served

Ask = Callable[..., Any]
XML = {"accept": "application/xml", "content_type": "application/xml"}
EMMA = {
    "id": 12,
    "identifier": "k3x9",
    "title": "Emma",
    "pages": 474,
    "price": 9.9,
    "lent": False,
    "bought": "2024-02-29",
    "tags": ["novel", "1815"],
}


# What is documented


def test_a_documented_request_gets_the_documented_answer(ask: Ask) -> None:
    reply = ask("GET", "/books/12.json")
    assert (reply.status, reply.json) == (200, {"book": EMMA})
    assert reply.headers["content-type"] == "application/json; charset=utf-8"


def test_the_extension_says_which_format(ask: Ask) -> None:
    reply = ask("GET", "/books.xml")
    assert reply.headers["content-type"] == "application/xml; charset=utf-8"
    root = ElementTree.fromstring(reply.text)
    assert (root.tag, root.attrib, [child.tag for child in root]) == ("books", {"type": "array"}, ["book"])
    [pages] = root.iter("pages")
    assert (pages.attrib, pages.text) == ({"type": "integer"}, "474")
    assert [each.text for each in root.iter("tag")] == ["novel", "1815"]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/xml", "xml"),
        ("application/json;q=0.5, application/xml;q=0.9", "xml"),
        ("application/*", "xml"),
        ("*/*", "xml"),
        (None, "xml"),
        ("text/html, application/json", "json"),
    ],
)
def test_without_extension_the_client_says_what_it_accepts(accept: str | None, kind: str, ask: Ask) -> None:
    assert ask("GET", "/books/12", accept=accept).headers["content-type"].startswith(f"application/{kind};")


def test_what_no_format_can_be_is_not_acceptable(ask: Ask) -> None:
    assert ask("GET", "/books/12", accept="text/html").status == 406
    assert ask("GET", "/books/12/price.xml", x_currency="EUR").status == 406


def test_values_that_are_sent_come_back_and_so_does_the_id(ask: Ask) -> None:
    made = ask("POST", "/books.json", {"book": {"title": "Persuasion", "lent": True, "price": 12.5}})
    assert made.status == 201
    assert made.json == {"book": EMMA | {"title": "Persuasion", "lent": True, "price": 12.5}}
    assert ask("GET", "/books/77.json").json["book"]["id"] == 77
    assert ask("GET", "/books/k3x9.json").json["book"]["id"] == 12, "an identifier is no number"


def test_an_answer_without_a_body_has_none(ask: Ask) -> None:
    reply = ask("DELETE", "/books/12.json")
    assert (reply.status, reply.text, reply.headers.get("content-type")) == (204, "", None)


def test_head_is_a_get_without_a_body(ask: Ask) -> None:
    reply = ask("HEAD", "/books/12.json")
    assert (reply.status, reply.text) == (200, "")
    assert int(reply.headers["content-length"]) > 100


def test_what_the_guide_does_not_know_is_answered_with_nothing(ask: Ask, served: list[Served]) -> None:
    reply = ask("POST", "/books/12/burn.json", {"whatever": {"it": [1]}})
    assert (reply.status, reply.text) == (200, "{}")
    assert served[-1].note == "the guide does not know all parameters and all of the answer"


def test_a_client_may_ask_for_a_documented_failure(ask: Ask) -> None:
    reply = ask("GET", "/books/12.json", prefer="code=404")
    assert (reply.status, reply.json) == (404, {"errors": ["No such book"]})
    assert ask("GET", "/books/12.json", prefer="respond-async, code=418").status == 200


# Where it goes


def test_fixed_segments_go_before_placeholders(ask: Ask) -> None:
    assert isinstance(ask("GET", "/books/lent.json").json, list)
    assert isinstance(ask("GET", "/books/lost.json").json, dict)


@pytest.mark.parametrize(
    "target",
    [
        "/",
        "/book.json",
        "/books/12/nothing.json",
        "/books//12.json",
        "/books/../books.json",
        "/books/./12",
        "//books",
    ],
)
def test_nothing_is_at_an_unknown_path(target: str, ask: Ask) -> None:
    reply = ask("GET", target)
    assert reply.status == 404
    assert reply.json == {"errors": ["there is nothing at this path"]}


def test_a_wrong_method_is_told_the_right_ones(ask: Ask) -> None:
    reply = ask("PATCH", "/books/12.json")
    assert (reply.status, reply.headers["allow"]) == (405, "DELETE, GET, HEAD, PUT")


def test_of_endpoints_that_share_a_path_the_one_that_fits_answers(ask: Ask) -> None:
    assert ask("POST", "/books/12/do.json", {"action": "lend", "days": 14}).status == 200
    assert ask("POST", "/books/12/do.json", {"action": "give_back"}).status == 202
    assert ask("POST", "/books/12/do.json", {"action": "sell"}).status == 422


@pytest.mark.parametrize(
    "authorization", [None, "Basic", "Basic dXNlcjpubw==", "Basic !!", "Bearer userpass"]
)
def test_wrong_credentials_are_refused(authorization: str | None, ask: Ask) -> None:
    reply = ask("GET", "/books/12.json", authorization=authorization)
    assert (reply.status, reply.headers["www-authenticate"]) == (401, 'Basic realm="API"')


@pytest.mark.parametrize(
    ("scheme", "headers", "target"),
    [
        ("type: bearer, token: t0k3n", {"authorization": "Bearer t0k3n"}, "/books/12.json"),
        ("type: api_key, token: t0k3n", {"x_api_key": "t0k3n"}, "/books/12.json"),
        ("type: api_key, token: t0k3n, in: query, name: key", {}, "/books/12.json?key=t0k3n"),
    ],
)
def test_each_scheme_of_the_guide_is_known(
    scheme: str,
    headers: dict[str, str],
    target: str,
    ask_of: Callable[..., Ask],
) -> None:
    ask = ask_of(f"""
    === guide.yaml
    authentication: [{{id: a, title: A, {scheme}}}]
    === books/get.yaml
    path: /books/:id
    """)
    assert ask("GET", target, **{"authorization": None, **headers}).status == 200
    assert ask("GET", "/books/12.json", authorization=None).status == 401


def test_a_host_that_is_not_the_guides_is_refused(ask: Ask) -> None:
    """So that no page of another site can talk to it through the browser of whoever runs it."""
    assert ask("GET", "/books.json", host="evil.example.test").status == 421
    assert ask("GET", "/books.json", host="library.test").status == 200


# What it sends


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        ("{", {"content_type": "application/json"}, 400),
        ('{"a": NaN}', {"content_type": "application/json"}, 400),
        (b"\xff", {"content_type": "application/json"}, 400),
        ("[" * 100_000, {"content_type": "application/json"}, 400),
        ("<book>", XML, 400),
        ('<!DOCTYPE b [<!ENTITY a "aa">]><book>&a;</book>', XML, 400),
        ("[1]", {"content_type": "application/json"}, 422),
        ("title=Emma", {"content_type": "application/x-www-form-urlencoded"}, 415),
        ("{}", {}, 415),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(
    body: Any, headers: dict[str, str], status: int, ask: Ask
) -> None:
    assert ask("POST", "/books.json", body, **headers).status == status
    assert ask("GET", "/books.json").status == 200, "it lives on"


def test_a_body_that_is_too_large_is_refused(ask: Ask) -> None:
    assert ask("POST", "/books.json", "x" * (LARGEST + 1), content_type="application/json").status == 413


@pytest.mark.parametrize(
    ("body", "messages"),
    [
        ({}, ["Title can't be blank"]),
        ({"book": {}}, ["Title can't be blank"]),
        (
            {"book": {"title": "Emma", "pages": "many", "colour": "red"}, "copy": 1},
            [
                "Pages is not an integer",
                "Colour is not a parameter of this endpoint",
                "Copy is not a parameter of this endpoint",
            ],
        ),
        ({"book": {"title": "x" * 21}}, ["Title is too long (maximum is 20 characters)"]),
        ({"book": {"title": "Emma", "pages": 0}}, ["Pages must be greater than or equal to 1"]),
        ({"book": {"title": None}}, ["Title can't be blank"]),
        ({"book": {"title": ["Emma"]}}, ["Title is not a single value"]),
        ({"book": "Emma"}, ["Book is not an object"]),
        ({"book": {"title": "Emma", "tags": "novel"}}, ["Tags is not a list"]),
        ({"book": {"title": "Emma", "tags": [{}]}}, ["Tags[0] is not a single value"]),
        ({"book": {"title": "Emma", "bought": "2023-02-29"}}, ["Bought is not a date"]),
    ],
)
def test_values_that_are_not_documented_are_named_in_the_error_object_of_the_api(
    body: Any, messages: list[str], ask: Ask
) -> None:
    reply = ask("POST", "/books.json", body)
    assert (reply.status, reply.json) == (422, {"errors": messages})


@pytest.mark.parametrize(
    "values",
    [
        {"lent": 1},
        {"lent": "0"},
        {"lent": "true"},
        {"pages": "12"},
        {"pages": None},
        {"pages": ""},
        {"price": "1.5"},
        {"price": 2},
        {"title": 1984},
        {"tags": []},
        {"lent": None},
    ],
)
def test_rails_casts_what_it_reads(values: dict[str, Any], ask: Ask) -> None:
    assert ask("POST", "/books.json", {"book": {"title": "Emma"} | values}).status == 201


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"lent": True}, 201),
        ({"lent": 1}, 422),
        ({"pages": "12"}, 422),
        ({"pages": 1.5}, 422),
        ({"pages": None}, 422),
        ({"price": 2}, 201),
        ({"title": 1984}, 422),
        ({"lent": None}, 422),
        ({"pages": ""}, 422),
    ],
)
def test_a_plain_dialect_does_not(values: dict[str, Any], status: int, ask_of: Callable[..., Ask]) -> None:
    ask = ask_of("""
    === guide.yaml
    formats: {json: {media_type: application/json, dialect: plain}}
    authentication: []
    === books/create.yaml
    method: POST
    parameters:
      body: {title: {type: string}, pages: {type: integer}, price: {type: decimal}, lent: {type: boolean}}
    responses: {201: {}}
    """)
    assert ask("POST", "/books", values).status == status


def test_xml_is_read_as_rails_does(ask: Ask) -> None:
    body = """<book><title>Emma &amp; co</title><pages type="integer">12</pages><lent>1</lent>
    <tags type="array"><tag>a</tag></tags></book>"""
    reply = ask("POST", "/books.xml", body, **XML)
    assert reply.status == 201
    assert "<title>Emma &amp; co</title>" in reply.text
    assert (
        ask("POST", "/books.xml", "<book><title>E</title><tags><tag>a</tag></tags></book>", **XML).status
        == 201
    )
    assert ask("POST", "/books.xml", "<book><pages>many</pages></book>", **XML).status == 422
    assert ask("POST", "/books.xml", "<tome><title>E</title></tome>", **XML).status == 422


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 200),
        ("?lent=true", 200),
        ("?lent=1&page=2&per_page=50", 200),
        ("?lent=perhaps", 422),
        ("?colour=red", 422),
        ("?page=0", 422),
        ("?%FF", 400),
    ],
)
def test_a_query_is_judged_too(query: str, status: int, ask: Ask) -> None:
    assert ask("GET", f"/books.json{query}").status == status


def test_headers_and_cookies_are_judged_if_they_are_documented(ask: Ask) -> None:
    assert ask("GET", "/books/12/price.json", x_currency="EUR").status == 200
    assert (
        ask("GET", "/books/12/price.json", x_currency="EUR", x_other="1", cookie="a=b; session=abc").status
        == 200
    )
    assert ask("GET", "/books/12/price.json", x_currency="USD").status == 422
    assert ask("GET", "/books/12/price.json").status == 422
    assert ask("GET", "/books/12/price.json", x_currency="EUR", cookie="session=abcdef").status == 422


def test_the_log_says_what_was_asked_and_what_was_wrong(ask: Ask, served: list[Served]) -> None:
    ask("GET", "/books.json?lent=perhaps")
    each = served[-1]
    assert (each.method, each.target, each.status) == ("GET", "/books.json?lent=perhaps", 422)
    assert each.note == "Lent is not a boolean"

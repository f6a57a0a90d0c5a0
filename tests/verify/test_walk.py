"""What is sent: safe endpoints alone, with records that lists of the server have."""

import base64
import json
from collections.abc import Callable

import pytest
from tests.verify.conftest import SECRET, Serve, Served, said

from apiguide.history import views
from apiguide.model import Guide
from apiguide.verify.client import Client, UnreachableError
from apiguide.verify.recording import recorded
from apiguide.verify.verify import Result, verify

LIBRARY = """
=== guide.yaml
statuses: {200: {title: OK}, 404: {title: Not Found, when: path_parameters}}
=== books/resource.yaml
objects: {book: {fields: {id: {type: [integer, string], example: 12}}}}
parameters: {id: {type: integer, example: 12}}
=== books/list.yaml
responses: {200: {body: {type: array, items: {object: book}}}}
=== books/get.yaml
path: /books/:id
responses: {200: {body: {object: book}}}
=== books/search.yaml
path: /search
parameters:
  query: {q: {type: string, required: true, example: "a&b c"}, page: {type: integer, example: 2}}
  header: {X-Library: {type: string, required: true, const: main}}
  cookie: {shelf: {type: string, required: true, enum: [a3]}}
responses: {200: {}}
=== books/unknown.yaml
path: /unknown
parameters: {query: {q: {type: string, required: true}}}
responses: {200: {}}
=== books/burn.yaml
path: /books/:id/burn
safe: false
responses: {200: {}}
=== books/reboot.yaml
path: /books/reboot
safe: false
responses: {200: {}}
=== books/ask.yaml
method: POST
path: /ask
safe: true
responses: {200: {}}
=== books/tell.yaml
method: POST
path: /tell
safe: true
parameters: {body: {word: {type: string, required: true, example: x}}}
responses: {200: {}}
=== books/create.yaml
method: POST
responses: {200: {}}
=== books/delete.yaml
method: DELETE
path: /books/:id
responses: {204: {}}
=== books/price.yaml
path: /books/:id.price
responses: {200: {}}
=== copies/resource.yaml
objects: {copy: {fields: {id: {type: integer, example: 5}}}}
=== copies/list_all.yaml
path: /all_copies
responses: {200: {body: {type: array, items: {object: copy}}}}
=== copies/list.yaml
path: /books/:id/copies
responses: {200: {body: {type: array, items: {object: copy}}}}
=== copies/get.yaml
path: /books/:book_id/copies/:id
responses: {200: {body: {object: copy}}}
=== shelves/resource.yaml
objects: {shelf: {fields: {id: {type: integer, example: 3}}}}
=== shelves/get.yaml
path: /shelves/:id
responses: {200: {body: {object: shelf}}}
"""


def listed(name: str, *ids: object) -> bytes:
    return said(json.dumps([{name: {"id": each}} for each in ids]))


ANSWERS = {
    "GET /books.json": listed("book", 4711, 4712),
    "GET /books/4711.json": said('{"book": {"id": 4711}}'),
    "GET /all_copies.json": listed("copy", 99),
    "GET /books/4711/copies.json": listed("copy", 77),
    "GET /books/4711/copies/77.json": said('{"copy": {"id": 77}}'),
}
Ask = Callable[..., tuple[Result, Served]]


@pytest.fixture
def ask(serve: Serve, guide_of: Callable[[str], Guide], client_of: Callable[..., Client]) -> Ask:
    """`ask(answers, *allowed)`: what is found, and what a server was sent that answers so, else nothing."""

    def found(answers: dict[str, bytes], *allowed: str) -> tuple[Result, Served]:
        guide = guide_of(LIBRARY)
        served = serve(lambda target, _: answers.get(target, said()))
        return verify(views(guide)["1.0"], client_of(guide, served.url), allowed), served

    return found


def test_safe_endpoints_alone_are_sent_with_records_of_the_server(ask: Ask) -> None:
    result, served = ask(ANSWERS)
    assert result.problems == ()
    assert served.targets == [
        "GET /books.json",
        "GET /all_copies.json",
        "POST /ask.json",
        "GET /search.json?q=a%26b%20c",
        "GET /books/4711/copies.json",
        "GET /books/4711.json",
        "GET /books/4711/copies/77.json",
    ]
    assert result.not_reached == {
        "books/burn": "it is not safe",
        "books/create": "it is not safe",
        "books/delete": "it is not safe",
        "books/reboot": "it is not safe",
        "books/price": "nothing is known of `:id.price`",
        "books/tell": "it needs a body",
        "books/unknown": "`q` is required, and the guide has no value for it",
        "shelves/get": "no list returned a record for its path",
    }


def test_one_that_is_not_safe_is_sent_if_it_is_named(ask: Ask) -> None:
    result, served = ask(ANSWERS, "books/burn")
    assert "GET /books/4711/burn.json" in served.targets
    assert not [each for each in served.targets if "DELETE" in each or "/books/reboot" in each]
    assert "books/burn" in result.reached


def test_no_example_is_ever_a_record(ask: Ask) -> None:
    result, served = ask({"GET /books.json": said("[]")})
    assert not [each for each in served.targets if each.startswith("GET /books/")]
    assert result.not_reached["books/get"] == "no list returned a record for its path"


@pytest.mark.parametrize("key", ["..", ".", "", "../admin", "a/b", "a?b", "a#b", "x" * 300, None, {}, "a\nb"])
def test_a_key_that_leads_elsewhere_is_not_put_into_a_path(key: object, ask: Ask) -> None:
    _, served = ask({"GET /books.json": listed("book", key)})
    assert not [each for each in served.targets if each.startswith("GET /books/")]


def test_a_record_called_like_an_unsafe_endpoint_is_not_asked_for(ask: Ask) -> None:
    result, served = ask({"GET /books.json": listed("book", "reboot")})
    assert "GET /books/reboot.json" not in served.targets
    reason = "the record that a list returned has a name that leads to books/reboot"
    assert result.not_reached["books/get"] == reason


def test_a_documented_failure_is_not_reached(ask: Ask) -> None:
    result, _ = ask({**ANSWERS, "GET /books/4711.json": said("", 404)})
    assert result.problems == ()
    assert result.not_reached["books/get"] == "the server answers with 404"


@pytest.mark.parametrize(
    ("id_", "targets"),
    [
        ("copies/list_all", ["GET /all_copies.json"]),
        ("books/get", ["GET /books.json", "GET /books/4711.json"]),
        ("copies/list", ["GET /books.json", "GET /books/4711/copies.json"]),
    ],
)
def test_to_record_an_answer_no_more_is_asked_than_is_needed(
    id_: str,
    targets: list[str],
    serve: Serve,
    guide_of: Callable[[str], Guide],
    client_of: Callable[..., Client],
) -> None:
    guide = guide_of(LIBRARY)
    served = serve(lambda target, _: ANSWERS.get(target, said()))
    recorded(views(guide)["1.0"], client_of(guide, served.url), id_)
    assert served.targets == targets


def test_a_record_that_no_list_of_its_own_has_may_be_in_another_answer(
    serve: Serve, guide_of: Callable[[str], Guide], client_of: Callable[..., Client]
) -> None:
    guide = guide_of("""
    === pens/resource.yaml
    objects:
      pen: {fields: {id: {type: integer, example: 1}}}
      desk: {fields: {pens: {type: array, items: {object: pen}}}}
    parameters: {id: {type: integer, example: 1}}
    === pens/get.yaml
    path: /pens/:id
    responses: {200: {body: {object: pen}}}
    === pens/desk.yaml
    path: /desk
    responses: {200: {body: {object: desk}}}
    """)
    answers = {
        "GET /desk.json": said('{"desk": {"pens": [{"pen": {"id": 7}}]}}'),
        "GET /pens/7.json": said('{"pen": {"id": 7}}'),
    }
    served = serve(lambda target, _: answers.get(target, said(status=404)))
    assert recorded(views(guide)["1.0"], client_of(guide, served.url), "pens/get").value == {"id": "1"}
    assert served.targets == [*answers]


def test_what_must_be_sent_besides_is_what_the_guide_says(ask: Ask) -> None:
    _, served = ask(ANSWERS)
    (head,) = [each for each in served.heads if each.startswith("GET /search")]
    assert "\nX-Library: main\n" in head
    assert "\nCookie: shelf=a3\n" in head
    assert "\nAccept: application/json\n" in head


@pytest.mark.parametrize(
    ("scheme", "secret", "line"),
    [
        ("type: basic", SECRET, f"Authorization: Basic {base64.b64encode(SECRET.encode()).decode()}"),
        ("type: bearer", "t0k3n", "Authorization: Bearer t0k3n"),
        ("type: api_key", "t0k3n", "X-Api-Key: t0k3n"),
        ("type: api_key, in: query, name: key", "t&k", "GET /books.json?key=t%26k HTTP/1.1"),
    ],
)
def test_each_scheme_of_the_guide_is_known(
    scheme: str,
    secret: str,
    line: str,
    *,
    serve: Serve,
    guide_of: Callable[[str], Guide],
    client_of: Callable[..., Client],
) -> None:
    guide = guide_of(f"""
    === guide.yaml
    authentication: [{{id: a, title: A, {scheme}}}]
    === books/list.yaml
    responses: {{200: {{}}}}
    """)
    served = serve(lambda *_: said())
    assert verify(views(guide)["1.0"], client_of(guide, served.url, secret)).reached == ["books/list"]
    assert line in served.heads[0].split("\n")


def test_without_a_scheme_nothing_is_sent_besides(
    serve: Serve, guide_of: Callable[[str], Guide], client_of: Callable[..., Client]
) -> None:
    guide = guide_of("""
    === guide.yaml
    authentication: []
    === books/list.yaml
    responses: {200: {}}
    """)
    served = serve(lambda *_: said())
    verify(views(guide)["1.0"], client_of(guide, served.url))
    assert "uthorization" not in served.heads[0]


@pytest.mark.parametrize(
    ("scheme", "secret", "message"),
    [
        ("type: basic", "s3cr3t", "the credentials are not `user:password`"),
        ("type: basic", "", "there are no credentials"),
        ("type: bearer", "s3cr3t\n", "the credentials hold a character that no token has, such as a space"),
        ("type: api_key", "s3cr3t é", "the credentials hold a character that no token has, such as a space"),
    ],
)
def test_credentials_that_cannot_be_sent_are_refused_and_not_repeated(
    scheme: str, secret: str, message: str, guide_of: Callable[[str], Guide], client_of: Callable[..., Client]
) -> None:
    guide = guide_of(f"""
    === guide.yaml
    authentication: [{{id: a, title: A, {scheme}}}]
    === books/list.yaml
    """)
    with pytest.raises(UnreachableError) as error:
        client_of(guide, "http://localhost", secret)
    assert str(error.value) == message

"""A guide of a library, served as it is documented, and a client for it."""

import base64
import http.client
import json
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from typing import Any, NamedTuple

import pytest

from apiguide.history import views
from apiguide.mock.app import Mock, Served
from apiguide.mock.server import in_thread
from apiguide.model import Guide
from apiguide.view import GuideView

BASIC = "Basic " + base64.b64encode(b"user:userpass").decode()

LIBRARY = """
=== guide.yaml
statuses:
  200: {title: OK}
  404: {title: Not Found, when: path_parameters, body: {object: errors}, example: {errors: [No such book]}}
  422: {title: Invalid, when: body_parameters, body: {object: errors}}
objects:
  errors:
    wrapped: false
    fields: {errors: {type: array, items: {type: string, name: error}, example: [It is wrong.]}}
paging:
  page: {type: integer, minimum: 1}
  per_page: {type: integer, minimum: 1, maximum: 100}
=== books/resource.yaml
objects:
  book:
    fields:
      id: {type: integer, example: 12}
      identifier: {type: string, example: k3x9}
      title: {type: string, example: Emma}
      pages: {type: integer, nullable: true, example: 474}
      price: {type: decimal, example: "9.90"}
      lent: {type: boolean, example: false}
      bought: {type: date, example: 2024-02-29}
      tags: {type: array, items: {type: string, name: tag}, example: [novel, "1815"]}
parameters: {id: {type: [integer, string], example: 12}}
=== books/list.yaml
paging: true
parameters: {query: {lent: {type: boolean}}}
responses: {200: {body: {type: array, items: {object: book}}}}
=== books/list_lent.yaml
path: /books/lent
responses: {200: {body: {type: array, items: {object: book}}}}
=== books/get.yaml
path: /books/:id
responses: {200: {body: {object: book}}}
=== books/create.yaml
method: POST
path: /books
parameters:
  body:
    book:
      object: book
      fields:
        title: {required: true, max_length: 20}
        pages: {minimum: 1}
        price: {}
        lent: {}
        bought: {}
        tags: {}
responses: {201: {body: {object: book}}}
=== books/edit.yaml
method: PUT
path: /books/:id
parameters: {body: {book: {object: book, fields: {title: {}, pages: {}}}}}
responses: {204: {}}
=== books/delete.yaml
method: DELETE
path: /books/:id
responses: {204: {}}
=== books/lend.yaml
method: POST
path: /books/:id/do
parameters: {body: {action: {const: lend, required: true}, days: {type: integer, required: true}}}
responses: {200: {body: {object: book}}}
=== books/give_back.yaml
method: POST
path: /books/:id/do
parameters: {body: {action: {const: give_back, required: true}}}
responses: {202: {}}
=== books/burn.yaml
method: POST
path: /books/:id/burn
incomplete: [parameters, reply]
responses: {200: {body: {type: object}}}
=== books/price.yaml
path: /books/:id/price
formats: [json]
parameters:
  header: {X-Currency: {type: string, enum: [EUR, GBP], required: true}}
  cookie: {session: {type: string, max_length: 5}}
responses: {200: {body: {fields: {price: {type: decimal, example: "9.90"}}}}}
"""


class Reply(NamedTuple):
    """What came back."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.text)


class Client:
    """Sends requests to a mock, each on a connection of its own."""

    def __init__(self, port: int) -> None:
        self.port = port

    def __call__(self, method: str, target: str, body: object = None, **headers: str | None) -> Reply:
        """The answer to a request with the right credentials, unless headers say otherwise."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        named = {"authorization": BASIC, "accept": "application/json"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        data = body.encode() if isinstance(body, str) else body
        if data is not None and not isinstance(data, bytes):
            data = json.dumps(data).encode()
            named.setdefault("content-type", "application/json")
        connection.request(method, target, data, {n: v for n, v in named.items() if v is not None})
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        return Reply(response.status, {n.lower(): v for n, v in response.getheaders()}, text)

    def raw(self, data: bytes) -> bytes:
        """All that comes back for bytes that need not be a request."""
        with self.connected(data) as sock:
            sock.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: sock.recv(65536), b""))

    def connected(self, data: bytes) -> socket.socket:
        """A connection on which bytes have been sent."""
        sock = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        sock.sendall(data)
        return sock


@pytest.fixture(scope="session")
def library(guide_of: Callable[[str], Guide]) -> GuideView:
    """The guide of the library."""
    return views(guide_of(LIBRARY))["1.0"]


@pytest.fixture(scope="session")
def shared(library: GuideView) -> Iterator[tuple[Client, list[Served]]]:
    """A mock of the library that all tests share, since nothing changes it, with its log."""
    log: list[Served] = []
    with in_thread(Mock(library, log.append)) as port:
        yield Client(port), log


@pytest.fixture
def served(shared: tuple[Client, list[Served]]) -> list[Served]:
    """The requests that the shared mock answers from now on."""
    shared[1].clear()
    return shared[1]


@pytest.fixture
def ask(shared: tuple[Client, list[Served]]) -> Client:
    """Sends requests to the library."""
    return shared[0]


@pytest.fixture
def ask_of(guide_of: Callable[[str], Guide]) -> Iterator[Callable[..., Client]]:
    """`ask_of(text, release)`: sends requests to a mock of the guide in a text."""
    with ExitStack() as stack:

        def make(text: str, release: str = "1.0", *, is_stateful: bool = False) -> Client:
            mock = Mock(views(guide_of(text))[release], lambda _served: None, is_stateful=is_stateful)
            return Client(stack.enter_context(in_thread(mock)))

        yield make


@pytest.fixture
def ask_stateful(ask_of: Callable[..., Client]) -> Client:
    """Sends requests to a library that keeps what they change."""
    return ask_of(LIBRARY, is_stateful=True)

"""Servers that do what no server should: one clear line, and never an endless wait."""

import datetime
import socket
import threading
from collections.abc import Callable
from email.utils import format_datetime
from pathlib import Path

import pytest
import trustme
from tests.verify.conftest import Serve, said

from apiguide.history import views
from apiguide.mock.app import Mock
from apiguide.mock.server import in_thread, make_certificate
from apiguide.model import Guide
from apiguide.verify.client import Client, UnreachableError
from apiguide.verify.verify import IN_A_ROW, Result, verify

LIBRARY = """
=== guide.yaml
statuses: {200: {title: OK}}
=== books/resource.yaml
objects: {book: {fields: {id: {type: integer, example: 12}}}}
parameters: {id: {type: integer, example: 12}}
=== books/a.yaml
path: /a
responses: {200: {body: {object: book}}}
=== books/b.yaml
path: /b
responses: {200: {body: {object: book}}}
=== books/c.yaml
path: /c
responses: {200: {body: {object: book}}}
=== books/d.yaml
path: /d
responses: {200: {body: {object: book}}}
"""
GOOD = said('{"book": {"id": 7}}')
ALL = {"books/a", "books/b", "books/c", "books/d"}

Ask = Callable[[str], Result]


@pytest.fixture(scope="module")
def library(guide_of: Callable[[str], Guide]) -> Guide:
    return guide_of(LIBRARY)


@pytest.fixture
def ask(library: Guide, client_of: Callable[..., Client]) -> Ask:
    """`ask(url)`: what a server is found to say."""
    return lambda url: verify(views(library)["1.0"], client_of(library, url))


def hang(_: str, connection: socket.socket) -> None:
    connection.recv(1)  # until who asked goes away


def drip(_: str, connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    stopped = threading.Event()
    while not stopped.wait(0.05):
        connection.sendall(b" ")


def drip_heads(_: str, connection: socket.socket) -> None:
    stopped = threading.Event()
    while not stopped.wait(0.05):
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")


def flood(_: str, connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while True:
        connection.sendall(b" " * 65536)


BROKEN = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"
CHUNK = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{"

USELESS = {
    "hangs": (hang, "the server was silent for 0.3 seconds, 3 times in a row"),
    "drips": (drip, "the answer took more than 0.6 seconds, 3 times in a row"),
    "says that it will go on": (drip_heads, "the answer took more than 0.6 seconds, 3 times in a row"),
    "never ends": (flood, "the answer has more than 10,000 bytes, 3 times in a row"),
    "closes": (lambda *_: b"", "the answer broke off, 3 times in a row"),
    "breaks off": (lambda *_: BROKEN, "the answer broke off, 3 times in a row"),
    "breaks off in a chunk": (lambda *_: CHUNK, "the answer broke off, 3 times in a row"),
    "speaks something else": (
        lambda *_: b"220 mail.test ESMTP\r\n",
        "the answer is not HTTP, 3 times in a row",
    ),
    "has endless headers": (
        lambda *_: b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 1000 + b"\r\n",
        "the answer is not HTTP, 3 times in a row",
    ),
    "fails": (lambda *_: said(status=502), "the server fails (502), 3 times in a row"),
    "limits the rate": (
        lambda *_: said(status=429, Retry_After="0"),
        "the server limits the rate (429), 3 times in a row",
    ),
    "answers HTML": (
        lambda *_: said("<html>", type_="text/html"),
        "the server answers with 200 and text/html again and again: is --url the address of the API?",
    ),
    "is another one": (
        lambda *_: said("{}", 404),
        "the server answers with 404 and application/json again and again: is --url the address of the API?",
    ),
    "refuses the credentials": (lambda *_: said(status=401), "the server refuses the credentials (401)"),
    "redirects": (
        lambda *_: said(status=301, Location="https://new.test/a.json"),
        "the server redirects to https://new.test/a.json: name that address",
    ),
}


@pytest.mark.parametrize("what", USELESS)
def test_a_server_that_is_useless_is_given_up_with_one_line(what: str, serve: Serve, ask: Ask) -> None:
    answer, message = USELESS[what]
    with pytest.raises(UnreachableError) as error:
        ask(serve(answer).url)
    assert str(error.value) == message


@pytest.mark.parametrize(
    "what", [what for what in USELESS if what not in ("refuses the credentials", "redirects")]
)
def test_one_answer_that_is_useless_stops_nothing(what: str, serve: Serve, ask: Ask) -> None:
    answer, _ = USELESS[what]
    result = ask(serve(lambda *given: answer(*given) if given[0] == "GET /b.json" else GOOD).url)
    assert {"books/a", "books/c", "books/d"} <= {*result.reached}
    assert result.not_reached.keys() | {each.where.source.path for each in result.problems} <= {
        "books/b",
        "books/b.yaml",
    }
    assert not result.stopped


def test_what_was_found_before_a_server_went_silent_is_told(serve: Serve, ask: Ask) -> None:
    served = serve(lambda target, _: said('{"book": {"id": "x"}}') if target == "GET /a.json" else b"")
    result = ask(served.url)
    assert [each.code for each in result.problems] == ["other-type"]
    assert result.stopped == "the answer broke off, 3 times in a row"
    assert result.reached == ["books/a"]
    assert {*result.not_reached} == ALL - {"books/a"}
    assert len(served.targets) == 1 + IN_A_ROW


def test_a_redirect_or_a_refusal_among_answers_is_a_difference(serve: Serve, ask: Ask) -> None:
    odd = {"GET /b.json": said(status=302, Location="/login"), "GET /c.json": said(status=401)}
    served = serve(lambda target, _: odd.get(target, GOOD))
    assert [(each.code, each.where.source.path) for each in ask(served.url).problems] == [
        ("other-status", "books/b.yaml"),
        ("other-status", "books/c.yaml"),
    ]
    assert "GET /login" not in served.targets, "redirects are not followed"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [({"Retry_After": "0"}, [0]), ({"Retry_After": "7"}, [7]), ({}, [1]), ({"Retry_After": "soon"}, [1])],
)
def test_who_limits_the_rate_is_asked_again_later(
    header: dict[str, str], seconds: list[float], serve: Serve, ask: Ask, waited: list[float]
) -> None:
    answers = [said(status=429, **header)]
    result = ask(serve(lambda *_: answers.pop() if answers else GOOD).url)
    assert {*result.reached} == ALL
    assert waited == seconds


def test_a_time_to_wait_may_be_a_date(serve: Serve, ask: Ask, waited: list[float]) -> None:
    later = format_datetime(datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=30), usegmt=True)
    answers = [said(status=503, Retry_After=later)]
    assert {*ask(serve(lambda *_: answers.pop() if answers else GOOD).url).reached} == ALL
    assert 20 < waited[0] <= 30


@pytest.mark.parametrize("long", ["61", "999999999", "9" * 5000, "²"])
def test_nobody_waits_for_long(long: str, serve: Serve, ask: Ask, waited: list[float]) -> None:
    served = serve(lambda target, _: said(status=429, Retry_After=long) if target == "GET /b.json" else GOOD)
    assert ask(served.url).not_reached == {"books/b": "the server limits the rate (429)"}
    assert max(waited, default=0) <= 60


def test_where_nobody_listens_it_is_said(ask: Ask) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(UnreachableError, match=rf"^127.0.0.1:{port} cannot be reached: Connection refused$"):
        ask(f"http://127.0.0.1:{port}")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("panel.test", "--url is not an address such as https://panel.example.test"),
        ("ftp://panel.test", "--url is not an address such as https://panel.example.test"),
        ("https://", "--url is not an address such as https://panel.example.test"),
        ("https://[::1", "--url is not an address such as https://panel.example.test"),
        ("https://panel.test:99999", "--url is not an address such as https://panel.example.test"),
        ("https://tatyana:s3cr3t@panel.test", "--url holds credentials: leave them out"),
        ("https://panel.test/?a=b", "--url ends with its path"),
    ],
)
def test_an_address_that_is_none_is_refused_and_not_repeated(url: str, message: str, ask: Ask) -> None:
    with pytest.raises(UnreachableError) as error:
        ask(url)
    assert str(error.value).startswith(message)
    assert "s3cr3t" not in str(error.value)


def test_a_certificate_that_fails_is_told_with_what_to_do(
    library: Guide, client_of: Callable[..., Client], tmp_path: Path
) -> None:
    view = views(library)["1.0"]
    keys = make_certificate(tmp_path, view)
    trustme.CA().cert_pem.write_to_path(str(tmp_path / "other.pem"))
    (tmp_path / "none.pem").write_bytes(b"none")
    with in_thread(Mock(view, lambda _: None), keys) as port:
        url = f"https://127.0.0.1:{port}"
        for options in ({}, {"cacert": tmp_path / "other.pem"}):
            with pytest.raises(
                UnreachableError, match=r"^the certificate of 127.0.0.1 fails: .*--cacert FILE$"
            ):
                verify(view, client_of(library, url, **options))
        with pytest.raises(UnreachableError, match=r"none.pem holds no certificates$"):
            client_of(library, url, cacert=tmp_path / "none.pem")
        with pytest.raises(UnreachableError, match=r"refuses the credentials"):
            verify(view, client_of(library, url, cacert=tmp_path / "ca.pem"))
        good = client_of(library, url, "user:userpass", cacert=tmp_path / "ca.pem")
        assert {*verify(view, good).reached} == ALL


def test_a_server_without_tls_is_told_from_one_with_a_wrong_certificate(library: Guide, ask: Ask) -> None:
    mock = Mock(views(library)["1.0"], lambda _: None)
    with in_thread(mock) as port, pytest.raises(UnreachableError) as error:
        ask(f"https://127.0.0.1:{port}")
    assert str(error.value).startswith(f"no TLS with 127.0.0.1:{port}: ")
    assert str(error.value).endswith("; does it speak http?")

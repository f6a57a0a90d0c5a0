"""Whatever is sent, it is refused cleanly, and the mock lives on."""

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from apiguide.mock import app
from apiguide.mock.app import DRAINED, LARGEST, Served

Ask = Any
POST = b"POST /books.json HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


@pytest.fixture(autouse=True)
def lives_on(ask: Ask) -> Iterator[None]:
    """After each test a good request is answered."""
    yield
    assert ask("GET", "/books/12.json").status == 200


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/books/%2e%2e/books.json", 404),
        ("/books/%2E%2E", 404),
        ("/books/..%2f..%2fetc%2fpasswd", 200),  # an id that nobody forbids, and no file is opened
        ("/books/12%00.json", 400),
        ("/books/%0a", 400),
        ("/books/%1b%5b2J.json", 400),
        ("/books/%ff.json", 400),
        ("/books/%c3%a9.json", 200),
        ("/%62ooks/12.json", 200),
        ("/books/%31%32.json", 200),
        ("/books%2f12.json", 404),
        ("/books/12.json%00", 400),
        ("/books/%", 200),
        ("/" + "a" * 60_000, 404),
        ("/books/" + "9" * 60_000, 200),
        ("/books/" + "%2e" * 20_000, 200),
    ],
)
def test_tricks_in_paths(target: str, status: int, ask: Ask) -> None:
    assert ask("GET", target).status == status


@pytest.mark.parametrize(
    "host", ["evil.test", "[::1", "[", "localhost@evil.test", "a b", "localhost/", "\xff", ""]
)
def test_wrong_hosts(host: str, ask: Ask) -> None:
    assert b" 421 " in ask.raw(f"GET /books.json HTTP/1.1\r\nHost: {host}\r\n\r\n".encode("latin-1"))


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:99", "127.0.0.1:8080", "[::1]:80", "library.test"])
def test_hosts_of_this_machine_and_of_the_guide(host: str, ask: Ask) -> None:
    assert ask("GET", "/books.json", host=host).status == 200


@pytest.mark.parametrize(
    "data",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",  # TLS
        b"GET\r\n\r\n",
        b"GET /books.json HTTP/1.1\r\n\r\n",
        b"GET /b\xc3\xa9 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 100_000,
        b"GET /" + b"a" * 100_000,
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}",
        POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_what_is_no_request_is_refused_and_said_in_the_log(
    data: bytes, ask: Ask, served: list[Served]
) -> None:
    reply = ask.raw(data)
    assert reply.startswith(b"HTTP/1.1 400 ") or (reply == b"" and b"chunked" in data)
    if reply:
        assert (served[0].method, served[0].status) == ("?", 400)


@pytest.mark.parametrize("size", [LARGEST + 1, 10 * LARGEST, DRAINED + 10 * LARGEST])
def test_bodies_that_are_too_large(size: int, ask: Ask) -> None:
    try:
        reply = ask("POST", "/books.json", b" " * size, content_type="application/json")
    except (BrokenPipeError, ConnectionResetError):
        assert size > DRAINED, "nobody reads them to their end"
        return
    assert reply.status == 413
    assert reply.json == {"errors": ["the body has more than 1,000,000 bytes"]}


def test_a_large_body_without_a_length(ask: Ask) -> None:
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    data = POST.replace(b"localhost", b"localhost\r\nAuthorization: Basic dXNlcjp1c2VycGFzcw==")
    assert b" 413 " in ask.raw(data + b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 20 + b"0\r\n\r\n")


def test_who_asks_first_whether_to_send_a_large_body_is_told_not_to(ask: Ask) -> None:
    length = f"Authorization: Basic dXNlcjp1c2VycGFzcw==\r\nContent-Length: {LARGEST + 1}\r\n"
    reply = ask.raw(POST + length.encode() + b"Expect: 100-continue\r\n\r\n")
    assert reply.startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("[" * 900 + "]" * 900, 400),
        ('{"a":' * 60 + "1" + "}" * 60, 400),
        ('{"book": {"title": "\\ud800"}}', 400),
        ('{"\\udfff": 1}', 400),
        ('{"book": {"title": "\\u0000\\u001b[2J"}}', 201),
        ('{"book": {"title": "Emma", "price": 1e99999999999999999999}}', 422),
        ('{"book": {"title": "Emma", "pages": ' + "9" * 1_000 + "}}", 201),
        ('{"book": {"title": "Emma", "pages": "007"}}', 422),
        ('{"book": {"title": "Emma", "pages": 1.0}}', 422),
        (b"\xef\xbb\xbf{}", 400),
        ('{"book": {"title": "Emma"}}'.encode("utf-16"), 400),
        ("null", 422),
        ('"Emma"', 422),
    ],
)
def test_bodies_that_nobody_would_write(body: Any, status: int, ask: Ask) -> None:
    reply = ask("POST", "/books.json", body, content_type="application/json")
    assert (reply.status, type(json.loads(reply.text))) == (status, dict)


def test_characters_that_xml_forbids_are_replaced(ask: Ask) -> None:
    headers = {"content_type": "application/json", "accept": "application/xml"}
    reply = ask("POST", "/books", '{"book": {"title": "a\\u0000\\u001bb"}}', **headers)
    assert (reply.status, "<title>a��b</title>" in reply.text) == (201, True)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"content_type": "multipart/form-data; boundary=x"}, 415),
        ({"content_type": "application/x-www-form-urlencoded"}, 415),
        ({"content_type": "application/json", "content_encoding": "gzip"}, 415),
        ({"content_type": "text/json; charset=utf-8"}, 422),
        ({"content_type": "APPLICATION/JSON"}, 422),
    ],
)
def test_types_of_bodies(headers: dict[str, str], status: int, ask: Ask) -> None:
    assert ask("POST", "/books.json", "{}", **headers).status == status


def test_who_sends_a_body_too_slowly_is_told_so(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "PATIENCE", 0.2)
    head = POST + b"Authorization: Basic dXNlcjp1c2VycGFzcw==\r\nContent-Length: 10\r\n\r\n{"
    with ask.connected(head) as slow:
        assert slow.recv(65536).startswith(b"HTTP/1.1 408 ")


def test_who_sends_a_head_byte_by_byte_is_told_so(
    ask: Ask, served: list[Served], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "PATIENCE", 0.3)
    ended = threading.Event()
    with ask.connected(b"GET /books") as slow:

        def drip() -> None:
            try:
                while not ended.wait(0.02):
                    slow.sendall(b"a")
            except OSError:
                pass  # it has been closed

        dripping = threading.Thread(target=drip)
        dripping.start()
        assert slow.recv(65536).startswith(b"HTTP/1.1 408 ")
        ended.set()
        dripping.join()
    assert [each.status for each in served] == [408]


def test_who_connects_and_says_nothing_is_left(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "PATIENCE", 0.2)
    with ask.connected(b"") as silent:
        assert silent.recv(10) == b""


def test_slow_clients_keep_nobody_waiting(ask: Ask) -> None:
    slow = [ask.connected(POST + b"Content-Length: 10\r\n\r\n{") for _ in range(50)]
    slow += [ask.connected(b"GET /boo") for _ in range(50)]
    assert ask("GET", "/books.json").status == 200
    for each in slow:
        each.close()


def test_a_connection_may_be_used_again(ask: Ask) -> None:
    request = b"GET /books.json HTTP/1.1\r\nHost: localhost\r\n\r\n"
    assert ask.raw(request * 3).count(b"HTTP/1.1 401 ") == 3


def test_a_mistake_of_the_mock_is_an_answer_too(
    ask: Ask, served: list[Served], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "answer", lambda *_: 1 / 0)
    assert ask("GET", "/books.json").status == 500
    assert served[-1].note == "ZeroDivisionError: division by zero"
    monkeypatch.undo()

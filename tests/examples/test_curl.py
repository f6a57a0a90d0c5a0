"""Curl lines: what they say, what a POSIX shell makes of them, and what curl then sends."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import socketserver
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote, unquote_to_bytes
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from apiguide.examples.bodies import request_body
from apiguide.examples.curl import LINE, curl_line
from apiguide.examples.requests import Request, examples_of
from apiguide.examples.tokens import html, text
from apiguide.examples.values import Scalar, Structure
from apiguide.history import at
from apiguide.model import Authentication, Endpoint, Guide, Resource, Settings

NOT_THERE = "other words get to a POSIX shell there"

FORMATS = {
    "xml": {"media_type": "application/xml", "extension": ".xml", "dialect": "rails"},
    "json": {"media_type": "application/json", "extension": ".json", "dialect": "rails"},
}


def settings_of(url: str = "http://library.test", **keys: Any) -> Settings:
    usual = {"title": "Guide", "servers": [{"url": url}], "releases": [{"release": "1"}], "formats": FORMATS}
    return Settings.model_validate(usual | keys)


def body_of(**members: str) -> Structure:
    """A body that wraps texts in `book`."""
    inner = Structure(tuple((name, Scalar(value, "string")) for name, value in members.items()))
    return Structure((("book", inner),))


def line(
    request: Request, format_name: str = "xml", scheme: Authentication | None = None, **keys: Any
) -> str:
    tokens = curl_line(settings_of(**keys), request, format_name, scheme)
    assert tokens is not None
    return text(tokens)


BASIC = {"id": "basic", "type": "basic", "title": "HTTP Basic", "user": "user", "password": "userpass"}


# What a line says


def test_a_request_with_a_body() -> None:
    request = Request("POST", "/books", body=body_of(title="Emma's"))
    shown = line(request, authentication=[BASIC], curl={"options": ["-i"]})
    assert (
        shown
        == r"""curl -i -X POST -u user:userpass \
  -H 'Accept: application/xml' \
  -H 'Content-type: application/xml' \
  -d '<book>
  <title>Emma'\''s</title>
</book>' \
  --url http://library.test/books.xml"""
    )


def test_a_request_without_a_body_says_no_content_type() -> None:
    shown = line(Request("DELETE", "/books/12"), "json")
    assert shown.split(" \\\n  ") == [
        "curl -X DELETE",
        "-H 'Accept: application/json'",
        "--url http://library.test/books/12.json",
    ]


@pytest.mark.parametrize("path", ["/", "/books/"])
def test_a_path_that_ends_with_a_slash_takes_no_extension(path: str) -> None:
    assert line(Request("GET", path)) == f"curl -H 'Accept: application/xml' --url http://library.test{path}"


def test_curl_is_not_told_the_method_that_it_means_anyway() -> None:
    assert "-X" not in line(Request("GET", "/books"))
    assert "-X GET" in line(Request("GET", "/books", body=body_of(title="Emma")))
    assert "-X POST" in line(Request("POST", "/books", body=body_of(title="Emma")))


def test_a_line_longer_than_a_screen_is_broken_before_its_options() -> None:
    base = len(line(Request("GET", "/z")))
    longest = line(Request("GET", "/z" + "z" * (LINE - base)))
    assert len(longest) == LINE
    assert "\n" not in longest
    broken = line(Request("GET", "/z" + "z" * (LINE - base + 1)))
    assert broken.replace(" \\\n  ", " ").replace("z", "", 1) == longest
    assert broken.splitlines()[0] == "curl \\"


def test_names_and_values_of_the_query_are_percent_encoded() -> None:
    request = Request(
        "GET", "/books", (("period[startdate]", "2015-03-18 00:00"), ("q", "a&b=é"), ("flag", None))
    )
    url = "http://library.test/books.xml?period%5Bstartdate%5D=2015-03-18%2000%3A00&q=a%26b%3D%C3%A9&flag"
    assert line(request).endswith(f"--url '{url}'")


@pytest.mark.parametrize(
    ("scheme", "shown"),
    [
        ({"type": "basic", "user": "al", "password": "$1"}, "-u 'al:$1'"),
        ({"type": "bearer", "token": "abc"}, "-H 'Authorization: Bearer abc'"),
        ({"type": "api_key", "token": "abc"}, "-H 'X-Api-Key: abc'"),
        (
            {"type": "api_key", "name": "key", "in": "query", "token": "a b"},
            "'http://library.test/b.xml?a=1&key=a%20b'",
        ),
    ],
)
def test_the_ways_to_authenticate(scheme: dict[str, str], shown: str) -> None:
    request = Request("GET", "/b", (("a", "1"),))
    assert shown in line(request, authentication=[{"id": "x", "title": "X", **scheme}])
    other = Authentication.model_validate({"id": "x", "title": "X", **scheme})
    assert shown in line(request, scheme=other, authentication=[BASIC])


def test_headers_and_cookies() -> None:
    request = Request(
        "GET", "/b", headers=(("X-Note", "a\nb"), ("X-None", "")), cookies=(("a", "1;2"), ("b", "é"))
    )
    shown = line(request)
    assert "-H 'X-Note: a b' \\\n" in shown
    assert "-H 'X-None;' \\\n" in shown
    assert "-b 'a=1%3B2; b=%C3%A9' \\\n" in shown


@pytest.mark.parametrize("name", ["Accept", "accept", "Content-Type", "content-type"])
def test_a_header_that_is_a_parameter_takes_the_place_of_the_made_one(name: str) -> None:
    body = Structure((("book", Structure((("a", Scalar("1", "integer")),))),))
    request = Request("POST", "/b", headers=((name, "text/own"), ("X-Note", "n")), body=body)
    made = ["Accept", "Content-type"]
    at = [each.lower() for each in made].index(name.lower())
    headers = re.findall("-H '(.*?): (.*?)'", line(request))
    expected = [(each, "application/xml") for each in made]
    expected[at] = (name, "text/own")
    assert headers == [*expected, ("X-Note", "n")]


@pytest.mark.parametrize(
    ("scheme", "name"),
    [
        ({"type": "basic"}, "authorization"),
        ({"type": "bearer"}, "authorization"),
        ({"type": "api_key", "name": "X-Api-Key"}, "x-api-KEY"),
    ],
)
def test_credentials_that_are_a_parameter_take_the_place_of_the_made_ones(
    scheme: dict[str, str], name: str
) -> None:
    scheme |= {"id": "x", "title": "X", "user": "made", "token": "made"}
    shown = line(Request("GET", "/b", headers=((name, "own"),)), authentication=[scheme])
    assert shown.count(f"-H '{name}: own'") == 1
    assert "made" not in shown


def test_a_key_in_the_query_that_is_a_parameter_takes_the_place_of_the_made_one() -> None:
    scheme = {"id": "x", "title": "X", "type": "api_key", "name": "key", "in": "query", "token": "made"}
    shown = line(Request("GET", "/b", (("key", "own"),)), authentication=[scheme])
    assert shown.endswith("'http://library.test/b.xml?key=own'")
    assert line(Request("GET", "/b", (("Key", "own"),)), authentication=[scheme]).endswith(
        "Key=own&key=made'"
    )


def test_head_asks_for_the_headers_alone() -> None:
    assert line(Request("HEAD", "/books")).startswith("curl -I -H")


def test_there_is_no_line_where_a_format_cannot_say_the_body() -> None:
    body = Structure((("a", Scalar("1", "integer")), ("b", Scalar("2", "integer"))))
    request = Request("POST", "/books", body=body)
    assert curl_line(settings_of(), request, "xml") is None
    assert json.loads(line(request, "json").split("'")[5]) == {"a": 1, "b": 2}


def test_the_body_is_marked_up_as_what_it_is() -> None:
    tokens = curl_line(settings_of(), Request("POST", "/books", body=body_of(title="Emma's")), "json")
    assert tokens is not None
    assert '<span class="nt">"title"</span>' in html(tokens)
    assert '<span class="s2">"Emma\'\\\'\'s"</span>' in html(tokens)


# Laws. Values hold whatever the reader of the YAML lets through.

SPECIAL = "'\"`$\\!*?[]{}()<>|&;#~=%@^-+, \n\t\r/.:"
characters = st.sampled_from(SPECIAL) | st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Cn"])
words = st.text(characters, max_size=12)
names = st.text(st.sampled_from("abcXYZ019_-.[]"), min_size=1, max_size=5)
header_values = st.text(characters.filter(lambda c: c not in "\r\n\t"), max_size=12).map(str.strip)
header_names = st.from_regex(r"X-[a-z0-9-]{1,4}", fullmatch=True)
element_names = st.from_regex(r"[a-z_][a-z0-9_.-]{0,3}", fullmatch=True)
bodies = st.dictionaries(element_names, words, min_size=1, max_size=3).map(lambda found: body_of(**found))


PLAIN = {*"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%/?&="}
"""Characters of a target that neither curl's globbing nor RFC 3986 gives another meaning here."""


def pairs(
    keys: st.SearchStrategy[str], values: st.SearchStrategy[Any]
) -> st.SearchStrategy[tuple[tuple[str, Any], ...]]:
    return st.dictionaries(keys, values, max_size=3).map(lambda found: tuple(found.items()))


@dataclass(frozen=True)
class Meant:
    """A request, the steps of its path before they are encoded, and the password that it goes with."""

    request: Request
    steps: tuple[str, ...]
    password: str


def path_of(pattern: str, value: str) -> str:
    """The path of an endpoint's example where its placeholder has a value."""
    endpoint = {"title": "An endpoint", "method": "GET", "path": pattern}
    parameters = {"path": {"id": {"example": value, "required": True}}}
    endpoint = Endpoint.model_validate(endpoint | {"parameters": parameters})
    guide = Guide(settings_of(), {"books": Resource(title="Books")}, {"books/get": endpoint})
    view = at(guide, "1")
    [shown] = examples_of(view, view.endpoints["books/get"])
    return shown.request.path


@st.composite
def requests(draw: st.DrawFn) -> Meant:
    pattern = draw(st.sampled_from(["/books/:id", "/books/:id/copies"]))
    value = draw(st.one_of(words, st.sampled_from([".", "..", "@", "-", "%2e"])))
    request = Request(
        draw(st.sampled_from(["GET", "POST", "PUT", "DELETE", "PATCH"])),
        path_of(pattern, value),
        draw(pairs(names, st.none() | words)),
        draw(pairs(header_names, header_values)),
        draw(pairs(st.from_regex("[a-z]{1,3}", fullmatch=True), words)),
        draw(st.none() | bodies),
    )
    steps = tuple(value if step == ":id" else step for step in pattern.split("/"))
    return Meant(request, steps, draw(words.filter(str.strip)))


EVIL = "@'\"$(id)`id`\\ \n!*?[1-3]{a,b}%00 \u00e9\u20ac\U0001f4da;&|<>#~ -x"
HOSTILE = Meant(
    Request(
        "POST",
        path_of("/books/:id/copies", ".."),
        (("period[startdate]", EVIL), ("@a", "@/etc/passwd"), ("-b", "-"), ("flag", None), ("none", "")),
        (("X-Note", EVIL.replace("\n", " ")), ("X-At", "@file"), ("X-None", "")),
        (("session", EVIL), ("none", "")),
        body_of(title=EVIL, at="@/etc/passwd", minus="-", empty=""),
    ),
    ("", "books", "..", "copies"),
    EVIL,
)


def code_of(body: Structure, format_name: str) -> str:
    tokens = request_body(format_name, settings_of().formats[format_name], body)
    assert tokens is not None
    return text(tokens)


def target_says(target: str, meant: Meant, format_name: str) -> None:
    """The path and query of a URL hold what is meant, and nothing that curl or a server reads otherwise."""
    assert set(target) <= PLAIN, target
    there, mark, query = target.partition("?")
    assert [unquote(step) for step in there.removesuffix(f".{format_name}").split("/")] == [*meant.steps]
    pairs = [pair.partition("=") for pair in query.split("&")] if mark else []
    found = tuple((unquote(name), unquote(value) if equals else None) for name, equals, value in pairs)
    assert found == meant.request.query


@pytest.mark.skipif(os.name == "nt", reason=NOT_THERE)
@given(meant=requests(), format_name=st.sampled_from(["xml", "json"]))
@example(HOSTILE, "xml")
@example(HOSTILE, "json")
def test_a_posix_shell_reads_the_words_that_are_meant(meant: Meant, format_name: str) -> None:
    request = meant.request
    media_type = f"application/{format_name}"
    shown = line(request, format_name, authentication=[BASIC | {"password": meant.password}])
    printed = subprocess.run(
        ["sh", "-c", f"curl() {{ printf '%s\\0' \"$@\"; }}\n{shown}"], capture_output=True, check=True
    )
    assert printed.stderr == b""
    *found, target, last = printed.stdout.decode().split("\0")
    expected = [] if request.method == "GET" and request.body is None else ["-X", request.method]
    expected += ["-u", f"user:{meant.password}", "-H", f"Accept: {media_type}"]
    if request.body is not None:
        expected += ["-H", f"Content-type: {media_type}"]
    for name, value in request.headers:
        expected += ["-H", f"{name}: {value}" if value else f"{name};"]
    if request.cookies:
        expected += ["-b", "; ".join(f"{name}={quote(value, safe='')}" for name, value in request.cookies)]
    if request.body is not None:
        expected += ["-d", code_of(request.body, format_name)]
    assert [word for word in found if word != "--path-as-is"] == [*expected, "--url"]
    assert last == ""
    assert target.startswith("http://library.test/")
    target_says(target.removeprefix("http://library.test"), meant, format_name)


@dataclass(frozen=True)
class Received:
    """A request as it came over the wire."""

    method: str
    target: str
    headers: dict[str, bytes]
    """By names in lower case."""
    body: bytes


class _Recorder(socketserver.StreamRequestHandler):
    """Keeps what it receives, byte for byte, and answers 200."""

    def handle(self) -> None:
        method, target, _ = self.rfile.readline().decode("ascii").split(" ")
        headers = {}
        while (header := self.rfile.readline()) != b"\r\n":
            name, _, value = header.partition(b":")
            headers[name.decode("ascii").lower()] = value.strip(b" \r\n")
        body = self.rfile.read(int(headers.get("content-length", b"0")))
        self.server.received.append(Received(method, target, headers, body))  # type: ignore[attr-defined]
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


Send = Callable[[Request, str, str], Received]


@pytest.fixture(scope="module")
def send(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Send]:
    """`send(request, "xml", password)`: what a server receives when curl runs the line of a request."""
    if os.name == "nt":
        pytest.skip(NOT_THERE)
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed, so what it sends cannot be seen")
    home = tmp_path_factory.mktemp("home")  # without a .curlrc
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "no_proxy": "*"}
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Recorder) as server:
        received: list[Received] = []
        server.received = received  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}"

        def run(request: Request, format_name: str, password: str) -> Received:
            keys = {"authentication": [BASIC | {"password": password}], "curl": {"options": ["-sS"]}}
            shown = line(request, format_name, url=url, **keys)
            ran = subprocess.run(["sh", "-c", shown], capture_output=True, env=environment, check=False)
            assert (ran.returncode, ran.stderr) == (0, b""), shown
            return received.pop()

        yield run
        server.shutdown()


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(meant=requests(), format_name=st.sampled_from(["xml", "json"]))
@example(HOSTILE, "xml")
@example(HOSTILE, "json")
def test_curl_sends_the_request_that_is_meant(send: Send, meant: Meant, format_name: str) -> None:
    request = meant.request
    got = send(request, format_name, meant.password)
    assert got.method == request.method
    target_says(got.target, meant, format_name)
    kind, _, credentials = got.headers["authorization"].partition(b" ")
    assert (kind, base64.b64decode(credentials)) == (b"Basic", f"user:{meant.password}".encode())
    assert got.headers["accept"] == f"application/{format_name}".encode()
    for name, value in request.headers:
        assert got.headers[name.lower()] == value.encode()
    cookies = [cookie.partition(b"=") for cookie in got.headers.get("cookie", b"").split(b"; ") if cookie]
    assert [(name.decode(), unquote_to_bytes(value).decode()) for name, _, value in cookies] == [
        *request.cookies
    ]
    if request.body is None:
        assert got.body == b""
        assert "content-type" not in got.headers
        return
    assert got.headers["content-type"] == f"application/{format_name}".encode()
    assert got.body.decode() == code_of(request.body, format_name)
    assert members_of(got.body, format_name) == {
        name: tree.text for name, tree in request.body.members[0][1].members
    }


def members_of(body: bytes, format_name: str) -> dict[str, str]:
    """What a server finds in the `book` of a body."""
    if format_name == "json":
        found: dict[str, str] = json.loads(body)["book"]
        return found
    return {child.tag: child.text or "" for child in ElementTree.fromstring(body)}


def test_curl_sends_headers_that_are_parameters_as_they_are_stated(send: Send) -> None:
    headers = (("AUTHORIZATION", "Bearer own"), ("cookie", "a=1"), ("content-type", "text/own"))
    request = Request("POST", "/b", headers=headers, cookies=(("b", "2"),), body=body_of(a="1"))
    got = send(request, "xml", "secret").headers
    assert [got[name] for name in ("authorization", "cookie", "content-type", "accept")] == [
        *(b"Bearer own", b"a=1; b=2", b"text/own", b"application/xml")
    ]


def test_curl_asks_for_the_headers_alone(send: Send) -> None:
    assert send(Request("HEAD", "/books"), "xml", "secret").method == "HEAD"

"""Requests as curl lines that a POSIX shell and curl read as meant, whatever the values hold.

Words are quoted as POSIX says (XCU 2.2); names and values of the query are percent-encoded, since curl globs
brackets and braces in URLs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from pygments.token import Name, String, Text

from apiguide.examples.bodies import request_body
from apiguide.examples.requests import Request
from apiguide.examples.tokens import Tokens
from apiguide.model import Authentication, Server, Settings

LINE = 76
"""Columns up to which a curl line stays on one line."""

_BARE = re.compile(r"[A-Za-z0-9@%+=:,./_-]+\Z")
_DOTS = re.compile(r"/\.\.?(?:/|\Z)")
"""Steps of a path that curl would take before it sends the rest."""


def curl_line(
    settings: Settings,
    request: Request,
    format_name: str,
    scheme: Authentication | None = None,
    server: Server | None = None,
) -> Tokens | None:
    """The request as a curl line; None where the format cannot carry the body.

    Authenticates by `scheme` and goes to `server`, by default the guide's first ones.
    """
    format_ = settings.formats[format_name]
    body = None
    if request.body is not None:
        body = request_body(format_name, format_, request.body)
        if body is None:
            return None
    schemes = settings.authentication
    scheme = scheme or (schemes[0] if schemes else None)
    words: list[Tokens] = [[(Name.Builtin, "curl")]]
    words.extend([(Text, option)] for option in settings.curl.options)
    if request.method == "HEAD":
        words.append([(Text, "-I")])
    elif request.method != "GET" or body is not None:
        words.append([(Text, f"-X {_quoted(request.method)}")])
    made = [("Accept", format_.media_type)]
    if body is not None:
        made.append(("Content-type", format_.media_type))
    query = list(request.query)
    if scheme is not None:
        words.extend(_authentication(scheme, request, made, query))
    headers = _in_place_of(made, request.headers)
    cookies = [f"{name}={quote(value, safe='')}" for name, value in request.cookies]
    if cookies:
        # With a header of the name, curl would not send cookies that it gets otherwise.
        cookies = [value for name, value in headers if name.lower() == "cookie"] + cookies
        headers = [each for each in headers if each[0].lower() != "cookie"]
    words.extend(_option("-H", _header(name, value)) for name, value in headers)
    if cookies:
        words.append(_option("-b", "; ".join(cookies)))
    if body is not None:
        words.append([(Text, "-d "), *_body(body)])
    path = format_.asked_by(request.path)
    if _DOTS.search(path):
        words.append([(Text, "--path-as-is")])
    words.append(_option("--url", (server or settings.servers[0]).url.rstrip("/") + path + _query(query)))
    return _laid_out(words, several_lines=body is not None)


def _in_place_of(made: list[tuple[str, str]], stated: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """Headers that are made, each with the stated one of its name instead, and the other stated ones."""
    own = {name.lower(): (name, value) for name, value in stated}
    names = {name.lower() for name, _ in made}
    rest = [each for each in stated if each[0].lower() not in names]
    return [*(own.get(each[0].lower(), each) for each in made), *rest]


def _authentication(
    scheme: Authentication,
    request: Request,
    headers: list[tuple[str, str]],
    query: list[tuple[str, str | None]],
) -> Iterator[Tokens]:
    """What the scheme adds to a request that does not say it itself."""
    if scheme.type == "basic":
        if all(name.lower() != "authorization" for name, _ in request.headers):
            yield _option("-u", f"{scheme.user}:{scheme.password}")
    elif scheme.type == "bearer":
        headers.insert(0, ("Authorization", f"Bearer {scheme.token}"))
    elif scheme.location == "header":
        headers.insert(0, (scheme.name, scheme.token))
    elif all(name != scheme.name for name, _ in query):
        query.append((scheme.name, scheme.token))


def _header(name: str, value: str) -> str:
    """A header for `-H`; curl sends one without a value only where a semicolon ends it."""
    flat = re.sub(r"[\r\n]+", " ", value).strip(" \t")
    return f"{name}: {flat}" if flat else f"{name};"


def _query(pairs: list[tuple[str, str | None]]) -> str:
    encoded = [
        quote(name, safe="") + ("" if value is None else f"={quote(value, safe='')}") for name, value in pairs
    ]
    return f"?{'&'.join(encoded)}" if encoded else ""


def _option(name: str, value: str) -> Tokens:
    quoted = _quoted(value)
    return [(Text, f"{name} "), (String.Single if quoted.startswith("'") else Text, quoted)]


def _quoted(word: str) -> str:
    """The word as the shell reads it back: bare where nothing in it is special, else in single quotes."""
    return word if _BARE.match(word) else "'" + word.replace("'", "'\\''") + "'"


def _body(body: Tokens) -> Tokens:
    """A body in single quotes, still marked up as what it is."""
    inner = [(kind, text.replace("'", "'\\''")) for kind, text in body]
    return [(String.Single, "'"), *inner, (String.Single, "'")]


def _laid_out(words: list[Tokens], *, several_lines: bool) -> Tokens:
    """Words side by side, or each option on a line of its own where that is easier to read."""
    columns = sum(1 + sum(len(text) for _, text in word) for word in words) - 1
    break_ = several_lines or columns > LINE
    first = 1 + next((i for i, word in enumerate(words[1:]) if word[0][1].startswith("-H")), 0)
    line: Tokens = []
    for index, word in enumerate(words):
        if index:
            line.append((Text, " \\\n  " if break_ and index >= first else " "))
        line.extend(word)
    return line

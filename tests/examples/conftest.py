"""What the tests of examples share: all that is written of an endpoint, and how code is marked up."""

import re
from collections.abc import Callable
from html import unescape

import pytest

from apiguide.examples.bodies import request_body, response_body
from apiguide.examples.curl import curl_line
from apiguide.examples.requests import examples_of, response_value
from apiguide.examples.tokens import Tokens, text
from apiguide.examples.values import Values
from apiguide.history import at
from apiguide.model import Guide

Written = Callable[..., dict[str, str]]


@pytest.fixture(scope="session")
def written() -> Written:
    """`written(guide, "books/create", "1.0")`: what is shown of an endpoint by `curl.xml`, `201.json`…

    Statuses that the endpoint has by rule are among it; what a format cannot say is not. Examples after the
    first have their number before the rest, as in `2.curl.xml`.
    """

    def write(guide: Guide, id_: str, release: str | None = None) -> dict[str, str]:
        view = at(guide, release or guide.newest)
        endpoint = view.endpoints[id_]
        found: dict[str, Tokens | None] = {}
        for index, shown in enumerate(examples_of(view, endpoint)):
            number = f"{index + 1}." if index else ""
            trees = {response.status: tree for response, tree in shown.responses}
            if not index:
                by_rule = [
                    r for r in view.responses(endpoint) if r.body is not None and r.status not in trees
                ]
                trees |= {response.status: response_value(Values(view), response, {}) for response in by_rule}
            codes = {problem.code for problem in shown.problems}
            assert codes <= ({"undeclared-value"} if release else set()), shown.problems
            for name in view.formats(endpoint):
                format_ = view.settings.formats[name]
                found[f"{number}curl.{name}"] = curl_line(view.settings, shown.request, name)
                if shown.request.body is not None:
                    found[f"{number}request.{name}"] = request_body(name, format_, shown.request.body)
                for status, tree in trees.items():
                    found[f"{number}{status}.{name}"] = response_body(name, format_, tree)
        return {name: text(tokens) for name, tokens in found.items() if tokens is not None}

    return write


@pytest.fixture(scope="session")
def marked() -> Callable[[str], list[tuple[str, str]]]:
    """`marked(html)`: each visible character of highlighted code with the class that it has."""

    def mark(shown: str) -> list[tuple[str, str]]:
        found = []
        for name, inner, bare in re.findall(r'<span class="(\w+)">(.*?)</span>|([^<]+)', shown, re.DOTALL):
            found.extend(
                (character, name) for character in unescape(inner or bare) if not character.isspace()
            )
        return found

    return mark

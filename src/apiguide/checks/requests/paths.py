"""Rules of the paths of endpoints."""

from __future__ import annotations

import re
from collections.abc import Iterator

from apiguide.model.endpoint import PLACEHOLDER
from apiguide.model.forms import NAMELESS, PATH_CHARACTER
from apiguide.problems import Problem, mark_of
from apiguide.validation import BadPath

_UP = re.compile(r"/(?:\.|%2e){1,2}(?:/|\Z)", re.IGNORECASE)
"""Clients take `.` and `..` out of an address (RFC 3986 §5.2.4), however they are written."""
_HOST = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*://[^/]*|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?::\d+)?(?=/)|\{\{\w*\}\}"
)
"""An address before a path: with a scheme or a domain, or a variable of a tool that stands for it."""
_BRACES = re.compile(r"[{<](\w*)[}>]")


def path_problems(path: str, extensions: tuple[str, ...]) -> Iterator[Problem]:
    """What is wrong with the path of an endpoint."""
    mark = mark_of(path)
    wrong = dict.fromkeys(c for c in path if not PATH_CHARACTER.match(c))
    extension = next((each for each in extensions if each and path.endswith(each)), None)
    names = PLACEHOLDER.findall(path)
    host = _HOST.match(path)
    if host is not None:
        rest = _BRACES.sub(r":\1", path[host.end() :]) or "/"
        message = "has a host"
        hint = f"write `{rest}`, what follows the host: hosts are listed in guide.yaml, under `servers`"
    elif "?" in path:
        message, hint = "has a query", "declare what comes after the `?` under `parameters.query`"
    elif _BRACES.search(path):
        message, hint = "has a placeholder in brackets", "write `" + _BRACES.sub(r":\1", path) + "`"
    elif wrong:
        shown = " ".join(f"`{c}`" if c.isprintable() and c != " " else f"U+{ord(c):04X}" for c in wrong)
        message, hint = (
            f"has {shown} in it, which is not allowed in a path",
            "percent-encode it, or delete it",
        )
    elif not path.startswith("/"):
        message, hint = "does not begin with /", f"write `/{path}`"
    elif "//" in path:
        message, hint = "has an empty segment", "write one / between two segments"
    elif _UP.search(path):
        message, hint = "has a segment `.` or `..`", "write the path that the API has, without dots"
    elif NAMELESS.search(path):
        message, hint = (
            "has a placeholder without a name",
            "write `:name`, which begins with a letter, or `%3A` for a colon",
        )
    elif extension is not None:
        message, hint = f"ends with {extension}", "leave it out: it comes with each format"
    elif len(names) != len(set(names)):
        message, hint = "has the same placeholder twice", "give each a name of its own"
    else:
        return
    yield BadPath.at(mark, f"the path `{path}` {message}", hint)

"""Verbs that the names of endpoints begin with, and what they say about an endpoint."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Verb:
    """What an endpoint is by the first word of its name."""

    method: str
    is_of_one: bool
    """Whether it is about one record, so that its path has a placeholder."""
    status: str = "200"
    answer: str = "one"
    """What it returns: `one` record, a `list` of them, or nothing."""
    sends: bool = False
    """Whether it sends a record."""


ACTION = Verb("POST", is_of_one=True)
"""What an endpoint is if its name begins with any other word."""

_VERBS = (
    (Verb("GET", is_of_one=False, answer="list"), "list search", "index find"),
    (Verb("GET", is_of_one=True), "get", "show read view"),
    (Verb("POST", is_of_one=False, status="201", sends=True), "create add", "new"),
    (Verb("PUT", is_of_one=True, sends=True), "edit update", "change replace set"),
    (Verb("DELETE", is_of_one=True, status="204", answer=""), "delete", "remove destroy"),
)
VERBS = {word: verb for verb, *words in _VERBS for word in " ".join(words).split()}
LEADING = tuple(word for _, words, _ in _VERBS for word in words.split())
"""The verbs whose endpoints are listed before others, in this order."""

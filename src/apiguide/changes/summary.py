"""How much differs between two releases, in a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from apiguide.changes.report import heading_of
from apiguide.changes.rules import Difference, Kind
from apiguide.english import counted, enumerated
from apiguide.model import resource_id

RESOURCE_CAME = frozenset({"resource-added", "resource-documented"})
ENDPOINT_CAME = frozenset({"endpoint-added", "endpoint-documented"})
"""The codes of what came as a whole: nothing inside it is told."""


def reported(found: Iterable[Difference]) -> list[Difference]:
    """The differences that count: a resource that came with endpoints, in the same way, is told by these."""
    listed = list(found)
    owners = {(resource_id(each.page), each.kind) for each in listed if each.code in ENDPOINT_CAME}
    return [each for each in listed if each.code not in RESOURCE_CAME or (each.page, each.kind) not in owners]


def in_a_sentence(found: Iterable[Difference], older: str, newer: str) -> str:
    """How much of each kind differs between two releases."""
    differing = reported(found)
    if not differing:
        return f"Nothing that a program would notice is known to have changed between {older} and {newer}."
    kinds = Counter(map(heading_of, differing))
    known = [
        counted(kinds[kind], word)
        for kind, word in (
            ("breaking", "breaking change"),
            (Kind.ADDED, "addition"),
            (Kind.CHANGED, "other change" if kinds["breaking"] else "change"),
            (Kind.DEPRECATED, "deprecation"),
            (Kind.REMOVED, "removal"),
        )
        if kinds[kind]
    ]
    number = sum(kinds.values()) - kinds[Kind.DOCUMENTED]
    sentence = f"No change of the API from {older} to {newer} is known"
    if known:
        sentence = f"From {older} to {newer}, {enumerated(known)} {_are(number)} known"
    first = (each.code for each in differing if each.kind is Kind.DOCUMENTED)
    words = Counter(code.removesuffix("-documented") for code in first)
    if words:
        parts = enumerated([counted(words[word], _WORDS[word]) for word in _WORDS if words[word]])
        sentence += f"; {parts} {_are(sum(words.values()))} documented for the first time"
    return f"{sentence}."


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


_WORDS = {
    "resource": "resource",
    "endpoint": "endpoint",
    "parameter": "parameter",
    "field": "field",
    "value": "value",
    "status": "status",
    "permission": "permission",
    "body": "response body",
}
"""What can be documented for the first time, by the first words of codes."""

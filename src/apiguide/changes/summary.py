"""How much differs between two releases, in a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from apiguide.changes.report import heading_of
from apiguide.changes.rules import Difference, Kind
from apiguide.model import resource_id
from apiguide.texts import Texts

RESOURCE_CAME = frozenset({"resource-added", "resource-documented"})
ENDPOINT_CAME = frozenset({"endpoint-added", "endpoint-documented"})
"""The codes of what came as a whole: nothing inside it is told."""


def reported(found: Iterable[Difference]) -> list[Difference]:
    """The differences that count: a resource that came with endpoints, in the same way, is told by these."""
    listed = list(found)
    owners = {(resource_id(each.page), each.kind) for each in listed if each.code in ENDPOINT_CAME}
    return [each for each in listed if each.code not in RESOURCE_CAME or (each.page, each.kind) not in owners]


def in_a_sentence(found: Iterable[Difference], older: str, newer: str, texts: Texts) -> str:
    """How much of each kind differs between two releases."""
    differing = reported(found)
    if not differing:
        return texts.text("news.nothing", older=older, newer=newer)
    kinds = Counter(map(heading_of, differing))
    known = [
        texts.text(f"counts.{word}", count=kinds[kind])
        for kind, word in (
            ("breaking", "breaking"),
            (Kind.ADDED, "added"),
            (Kind.CHANGED, "changed-too" if kinds["breaking"] else "changed"),
            (Kind.DEPRECATED, "deprecated"),
            (Kind.REMOVED, "removed"),
        )
        if kinds[kind]
    ]
    number = sum(kinds.values()) - kinds[Kind.DOCUMENTED]
    sentence = texts.text("news.no-change", older=older, newer=newer)
    if known:
        listed = texts.listed(known)
        sentence = texts.text("news.known", count=number, older=older, newer=newer, list=listed)
    words = Counter(
        each.code.removesuffix("-documented") for each in differing if each.kind is Kind.DOCUMENTED
    )
    if words:
        total = sum(words.values())
        listed = texts.listed(
            [texts.text(f"counts.{word}", count=words[word]) for word in _WORDS if words[word]]
        )
        sentence = texts.text("news.and-documented", count=total, sentence=sentence, list=listed)
    return f"{sentence}."


_WORDS = ("resource", "endpoint", "parameter", "field", "value", "status", "permission", "body")
"""What can be documented for the first time, by the first words of codes."""

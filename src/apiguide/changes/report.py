"""Differences between two releases as text, Markdown or JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from apiguide.anchors import title_of
from apiguide.changes.rules import Difference, Impact, Kind
from apiguide.view import GuideView

FORMATS = ("text", "markdown", "json")

_ORDER = ("breaking", Kind.ADDED, Kind.CHANGED, Kind.DEPRECATED, Kind.REMOVED, Kind.DOCUMENTED)


def heading_of(difference: Difference) -> str:
    """The kind of difference under which it is listed; what breaks clients comes first, whatever its kind."""
    return "breaking" if difference.impact is Impact.BREAKING else difference.kind


def summary(differences: Sequence[Difference]) -> str:
    """How many there are of each kind: `1 breaking, 3 added`."""
    counts = Counter(map(heading_of, differences))
    return ", ".join(f"{counts[kind]} {kind}" for kind in _ORDER if counts[kind]) or "no differences"


def report(format_: str, older: GuideView, newer: GuideView, differences: Sequence[Difference]) -> str:
    """The differences in one of the `FORMATS`, ending with a line's end."""
    lines = {"text": _text, "markdown": _markdown, "json": _json}[format_]
    return "\n".join(lines(older, newer, differences)) + "\n"


def _grouped(
    differences: Sequence[Difference],
) -> Iterator[tuple[str, Iterator[tuple[str, list[Difference]]]]]:
    for kind in _ORDER:
        chosen = [each for each in differences if heading_of(each) == kind]
        if chosen:
            yield kind, ((page, list(found)) for page, found in groupby(chosen, key=lambda each: each.page))


def _text(older: GuideView, newer: GuideView, differences: Sequence[Difference]) -> Iterator[str]:
    yield f"{older.release} → {newer.release}: {summary(differences)}"
    for kind, pages in _grouped(differences):
        yield ""
        yield f"{kind.capitalize()}:"
        for page, found in pages:
            yield f"  {page} ({title_of(page, (newer, older))})"
            for each in found:
                yield f"    {_sentence(each)}"


def _markdown(older: GuideView, newer: GuideView, differences: Sequence[Difference]) -> Iterator[str]:
    yield f"### {older.release} → {newer.release}: {summary(differences)}"
    for kind, pages in _grouped(differences):
        is_long = kind == Kind.DOCUMENTED
        yield ""
        yield (
            f"<details><summary>{kind.capitalize()}</summary>\n" if is_long else f"**{kind.capitalize()}**\n"
        )
        for page, found in pages:
            sentences = " ".join(map(_sentence, found))
            yield f"- {title_of(page, (newer, older))} (`{page}`): {sentences}"
        if is_long:
            yield "\n</details>"


def _json(older: GuideView, newer: GuideView, differences: Sequence[Difference]) -> Iterator[str]:
    values = {
        "from": older.release,
        "to": newer.release,
        "differences": [
            {
                "code": each.code,
                "kind": each.kind,
                "impact": each.impact,
                "page": each.page,
                "anchor": each.anchor,
                "at": each.at,
                "text": each.text,
                "note": each.note,
            }
            for each in differences
        ],
    }
    yield json.dumps(values, indent=2, ensure_ascii=False)


def _sentence(difference: Difference) -> str:
    return f"{difference.text} {difference.note}" if difference.note else difference.text

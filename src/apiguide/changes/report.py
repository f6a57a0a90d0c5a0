"""Differences between releases, or between two trees in each release, as text, Markdown or JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from apiguide.anchors import title_of
from apiguide.changes.by_release import Section
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
    if format_ == "json":
        return _json({"from": older.release, "to": newer.release, **_values(differences)})
    lines = {"text": _text, "markdown": _markdown}[format_]
    heading = f"{older.release} → {newer.release}"
    return "\n".join(lines(heading, (newer, older), differences)) + "\n"


def report_by_release(format_: str, sections: Sequence[Section]) -> str:
    """What two trees say differently, in one of the `FORMATS`; as Markdown, nothing where nothing differs."""
    if format_ == "json":
        return _json([{"releases": each.releases, **_values(each.differences)} for each in sections])
    lines = {"text": _text, "markdown": _markdown}[format_]
    rendered = ["\n".join(lines(each.heading, each.views, each.differences)) for each in sections]
    if not rendered and format_ == "text":
        rendered = ["no differences"]
    return "".join(f"{each}\n" for each in "\n\n".join(rendered).splitlines())


def _grouped(
    differences: Sequence[Difference],
) -> Iterator[tuple[str, Iterator[tuple[str, list[Difference]]]]]:
    for kind in _ORDER:
        chosen = [each for each in differences if heading_of(each) == kind]
        if chosen:
            yield kind, ((page, list(found)) for page, found in groupby(chosen, key=lambda each: each.page))


def _text(heading: str, views: Sequence[GuideView], differences: Sequence[Difference]) -> Iterator[str]:
    yield f"{heading}: {summary(differences)}"
    for kind, pages in _grouped(differences):
        yield ""
        yield f"{kind.capitalize()}:"
        for page, found in pages:
            yield f"  {page} ({title_of(page, views)})"
            for each in found:
                yield f"    {_sentence(each)}"


def _markdown(heading: str, views: Sequence[GuideView], differences: Sequence[Difference]) -> Iterator[str]:
    yield f"### {heading}: {summary(differences)}"
    for kind, pages in _grouped(differences):
        is_long = kind == Kind.DOCUMENTED
        yield ""
        yield (
            f"<details><summary>{kind.capitalize()}</summary>\n" if is_long else f"**{kind.capitalize()}**\n"
        )
        for page, found in pages:
            sentences = " ".join(map(_sentence, found))
            yield f"- {title_of(page, views)} (`{page}`): {sentences}"
        if is_long:
            yield "\n</details>"


def _json(values: object) -> str:
    return json.dumps(values, indent=2, ensure_ascii=False) + "\n"


def _values(differences: Sequence[Difference]) -> dict[str, object]:
    return {
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


def _sentence(difference: Difference) -> str:
    return f"{difference.text} {difference.note}" if difference.note else difference.text

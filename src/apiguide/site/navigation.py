"""The navigation of a site in MkDocs' form: hand-written pages, pages about releases, the reference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from apiguide.view import GuideView


def source_path(id_: str) -> str:
    """Where MkDocs believes a page of the reference to come from."""
    return f"{id_}.md" if "/" in id_ else f"{id_}/index.md".removeprefix("/")


def navigation(docs: Iterable[Any], about: Mapping[str, str], view: GuideView) -> list[Any]:
    """All entries: those of `docs`, pages `about` releases with their titles by id, and the reference."""
    pages = [{escape(title): source_path(id_)} for id_, title in about.items()]
    return [*docs, *pages, *_reference(view)]


def _reference(view: GuideView) -> list[dict[str, Any]]:
    """Groups, in them resources, in them endpoints."""
    return [
        {
            escape(group.title): [
                {escape(resource.title): [*map(source_path, (id_, *view.guide.endpoints_of(id_)))]}
                for id_, resource in resources
            ]
        }
        for group, resources in view.groups()
    ]


def in_order(paths: Iterable[str]) -> list[str]:
    """Paths of hand-written pages in the order that they have where mkdocs.yml gives none."""
    return sorted(paths, key=lambda path: (path != "index.md", path))


def without(nav: Iterable[Any], gone: set[str]) -> list[Any]:
    """The navigation of mkdocs.yml without the pages that the release does not have."""
    kept: list[Any] = []
    for item in nav:
        if isinstance(item, dict):
            for title, value in item.items():
                if isinstance(value, list):
                    inner = without(value, gone)
                    if inner:
                        kept.append({title: inner})
                elif value not in gone:
                    kept.append({title: value})
        elif item not in gone:
            kept.append(item)
    return kept

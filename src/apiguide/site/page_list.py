"""The pages of a release's guide, listed beside them: from these lists a site's sitemaps are made."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path

from apiguide.site.manifest import ManifestError

NAME = "pages.json"

_SITEMAP = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
)


@dataclass(frozen=True)
class PageEntry:
    """A page of a release's guide."""

    url: str
    """Below the release's home."""
    title: str
    is_indexed: bool
    """Whether search engines should show it."""
    changed: str | None
    """The day (ISO 8601) when its sources last changed; None where that is not known."""


def save(pages: Iterable[PageEntry], folder: Path) -> None:
    """Writes the list of a release's pages into its folder."""
    lines = (json.dumps(asdict(page), ensure_ascii=False) for page in pages)
    (folder / NAME).write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8", newline="\n")


def load(folder: Path) -> tuple[PageEntry, ...]:
    """The pages of a release. Raises ManifestError where the folder has no list that can be read."""
    try:
        return tuple(PageEntry(**each) for each in json.loads((folder / NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        message = f"{folder} has no list of its pages: {NAME} is missing or cannot be read; build it again"
        raise ManifestError(message) from error


def sitemap(home: str, pages: Iterable[PageEntry]) -> str:
    """A sitemap (sitemaps.org) of pages below a home."""
    lines = []
    for page in pages:
        lastmod = f"<lastmod>{page.changed}</lastmod>" if page.changed else ""
        lines.append(f"<url><loc>{escape(home + page.url)}</loc>{lastmod}</url>\n")
    return _SITEMAP + "".join(lines) + "</urlset>\n"

"""The files of a release's search index."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from apiguide.anchors import NAMES, page_url
from apiguide.rendering.search_entry import SearchEntry
from apiguide.search.elsewhere import elsewhere
from apiguide.search.pages import Found, found_in, ids
from apiguide.search.terms import TermKind, Terms, terms
from apiguide.search.texts import texts_file
from apiguide.site_releases import SiteReleases
from apiguide.view import GuideView


def index_files(
    view: GuideView,
    entries: Mapping[str, SearchEntry],
    others: Sequence[Found] = (),
    *,
    statuses: str | None = None,
    site_releases: SiteReleases | None = None,
) -> dict[str, str]:
    """The index as JSON by the names `core`, `texts` and, where other releases have more, `elsewhere`.

    `entries` are what pages of the reference say, by id; `others` are all other pages; `statuses` is the URL
    of the one that explains statuses; `site_releases` is given where guides of releases stand side by side.
    """
    pages = found_in(view, entries, others)
    number = next((number for number, page in enumerate(pages) if page.url == statuses), None)
    files: dict[str, Any] = {
        "core": {
            "pages": [page.row for page in pages],
            **terms_file(terms(view, ids(pages), number)),
            "synonyms": by_reader(view.settings.synonyms),
            "names": page_url(NAMES),
        },
        "texts": texts_file(page.text for page in pages),
    }
    if site_releases is not None and (found := elsewhere(site_releases, view.release)):
        files["elsewhere"] = found
    return {name: dumped(content) for name, content in files.items()}


def terms_file(found: Terms) -> dict[str, Any]:
    """Terms as the index has them: what anchors begin with is told but once."""
    prefixes: dict[str, int] = {}
    rows = []
    for (text, kind), locations in found.items():
        flat: list[int] = []
        cut = len(text) if kind is TermKind.NAME else 0
        last = 0
        for page, is_sent, anchor in locations:
            prefix = anchor[: len(anchor) - cut]
            number = prefixes.setdefault(prefix, len(prefixes)) if anchor else -1
            flat += (page - last, 1 if is_sent else 0, number)
            last = page
        rows.append([int(kind), text, flat])
    return {"terms": rows, "prefixes": [*prefixes]}


def by_reader(synonyms: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The words of the guide by what readers say for them."""
    found: dict[str, list[str]] = {}
    for word, others in synonyms.items():
        for other in others:
            found.setdefault(other, []).append(word)
    return found


def dumped(content: object) -> str:
    """Content as JSON."""
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False)


def digest(text: str) -> str:
    """Eight hexadecimal digits that tell one content from another."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]

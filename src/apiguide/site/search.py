"""Our search in Material's dialog: the worker that searches, and the index that it fetches.

Material's plugin `search` stays: its templates show the dialog, and it collects what pages say that are not
of the reference. Its own index, which every page fetches, becomes a stub that names ours.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from apiguide.prose import first_sentence, plain
from apiguide.rendering.search_entry import SearchEntry
from apiguide.search.index import digest, index_files
from apiguide.search.pages import Found, Kind
from apiguide.site_releases import SiteReleases
from apiguide.view import GuideView

WORKER = "assets/search.js"
STUB = "search/search_index.json"

_PLUGIN = "material/search"
_FOLDER = Path(__file__).with_name("theme") / "search"
_SCRIPTS = ("words", "paths", "names", "vocabulary", "query", "index", "closeness", "score", "results")
"""The parts of the engine, in the order in which they are joined."""
_BLOCK = re.compile(r"</?(?:p|pre|li|ol|ul)>")
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_BESIDE = re.compile(r"(?<=\S)(?=<(?:td|th|dt|dd|label|summary|div)\b)")


def worker() -> str:
    """The script that talks to Material's dialog, which every page fetches: it fetches the engine."""
    return (_FOLDER / "worker.js").read_text(encoding="utf-8")


def engine() -> str:
    """The script that searches."""
    return "\n".join((_FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in _SCRIPTS)


def plugin_of(config: MkDocsConfig) -> Any | None:
    """Material's search plugin; None where there is none, or it is switched off."""
    plugin: Any = config.plugins.get(_PLUGIN)
    return plugin if plugin is not None and plugin.config.get("enabled", True) else None


def write_index(
    config: MkDocsConfig,
    view: GuideView,
    entries: Mapping[str, SearchEntry],
    collected: Iterable[Mapping[str, Any]],
    *,
    statuses: str | None = None,
    site_releases: SiteReleases | None = None,
) -> None:
    """Writes the index of a release; `site_releases` is given where guides of releases stand side by side.

    `entries` are what our pages say, by id, `collected` those of Material's plugin for all others, `statuses`
    the URL of the page that explains statuses.
    """
    about = (
        Found(Kind.PAGE, each.url, each.title, each.summary, " ".join(each.texts))
        for id_, each in entries.items()
        if id_ not in view.endpoints and id_ not in view.resources
    )
    others = [*found_of(collected), *about]
    files = index_files(view, entries, others, statuses=statuses, site_releases=site_releases)
    folder = Path(config.site_dir, STUB).parent
    folder.mkdir(parents=True, exist_ok=True)
    names = {}
    for name, content in files.items():
        names[name] = f"{name}-{digest(content)}.json"
        _write(folder / names[name], content)
    script = engine()
    names["engine"] = f"engine-{digest(script)}.js"
    _write(folder / names["engine"], script)
    settings = {"lang": ["en"], "separator": r"[\s]+", "pipeline": [], **names}
    _write(Path(config.site_dir, STUB), json.dumps({"config": settings, "docs": []}, separators=(",", ":")))


def _write(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8", errors="replace", newline="\n")


def apart(html: str) -> str:
    """HTML with a break before what stands apart on a page: Material's plugin drops the tags alone."""
    return _BESIDE.sub("\n", html)


def found_of(entries: Iterable[Mapping[str, Any]]) -> Iterator[Found]:
    """What Material's plugin has collected of other pages: each page, after it its sections."""
    by_page: dict[str, list[Mapping[str, Any]]] = {}
    for entry in entries:
        by_page.setdefault(entry["location"].partition("#")[0], []).append(entry)
    number = 0
    for url, found in by_page.items():
        parent = number
        if found[0]["location"] != url:
            found.insert(0, {"location": url, "title": found[0]["title"], "text": ""})
        for entry in found:
            yield _found(entry, parent, is_page=entry is found[0])
            number += 1


def _found(entry: Mapping[str, Any], parent: int, *, is_page: bool) -> Found:
    text = plain(_BLOCK.sub(" ", entry["text"]))
    first = _PARAGRAPH.search(entry["text"])
    words = [text, *entry.get("tags", ())]
    return Found(
        Kind.PAGE if is_page else Kind.SECTION,
        entry["location"],
        plain(entry["title"]),
        first_sentence(plain(first[1])) if first else "",
        " ".join(filter(None, words)),
        parent=-1 if is_page else parent,
        boost=float(entry.get("boost", 1)),
    )

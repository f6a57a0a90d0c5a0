"""The hand-written pages of a site: their macro calls are carried out, and their HTML is cleaned."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any

import nh3
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page

from apiguide.docs import DocsPage
from apiguide.docs_macros import CallError, parse, with_tokens
from apiguide.folders import DOCS
from apiguide.problems import report
from apiguide.prose import ALIGNED, based, resolve_refs
from apiguide.rendering.docs_calls import DocsCalls, filled
from apiguide.rendering.links import Links
from apiguide.rendering.render import Renderer

_RESULTS = "apiguide"
"""The key of a page's metadata under which what its calls make waits for Markdown to be done."""

_MORE_TAGS = {"input", "label", "button", "section", "nav", "svg", "path"}
_ANY = {"id", "class", "title", "role", "data-tabs", "aria-hidden", "aria-label", "aria-labelledby"}
_ATTRIBUTES = {
    "input": {"type", "name", "checked"},
    "label": {"for", "tabindex"},
    "svg": {"viewbox", "viewBox"},
    "path": {"d"},
    "details": {"open"},
}


_ALIGNED = re.compile(r'(?<=<t[hd] )style="text-align: (left|center|right);"')
_ROOT_RELATIVE = re.compile(r'(<a\b(?:[^">]|"[^"]*")*? href=")(/[^"]*)')


class DocsPages:
    """The hand-written pages of a release's guide."""

    def __init__(self, pages: Mapping[str, DocsPage], renderer: Renderer) -> None:
        """`pages` by their paths in docs/."""
        self.pages = pages
        self.renderer = renderer

    def markdown(self, page: Page, releases: Sequence[tuple[str, str]]) -> str:
        """The text of a page with tokens for its macro calls, whose results wait; `releases` have links."""
        source = self.pages[page.file.src_uri]
        parts, problems = parse(source.source, source.first_line)
        views = self.renderer.news.site_releases.views if self.renderer.news is not None else None
        calls = DocsCalls(self.renderer.pages, self.renderer.templates, page.url, releases, views)
        text, found = with_tokens(parts)
        results = []
        for call in found:
            try:
                results.append(calls.html(call))
            except CallError as error:
                raise PluginError(f"{DOCS}/{source.path}:{call.mark.line}: {error}") from error
        if problems:
            raise PluginError("\n".join(report(problems)))
        page.meta = {**_escaped(page.meta), _RESULTS: results}
        return text

    def content(self, content: str, page: Page) -> str:
        """The clean HTML of a page, with the results of its macro calls in their places."""
        results = page.meta.pop(_RESULTS, [])
        view = self.renderer.view
        cleaned = with_base(clean(content), view.settings.links_base)
        return filled(resolve_refs(cleaned, Links(view, page.url).ref), results)


def with_base(content: str, links_base: str | None) -> str:
    """HTML of a hand-written page in which root-relative links are relative to the guide's `links_base`."""
    return _ROOT_RELATIVE.sub(lambda match: f"{match[1]}{based(match[2], links_base)}", content)


def clean(content: str) -> str:
    """HTML of a hand-written page without what could run or load anything."""
    attributes = {tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()}
    for tag, names in _ATTRIBUTES.items():
        attributes.setdefault(tag, set()).update(names)
    attributes["*"] = _ANY
    # A style would be refused by a Content-Security-Policy.
    return nh3.clean(
        _ALIGNED.sub(lambda match: f'class="{ALIGNED[match[1]]}"', content),
        tags=nh3.ALLOWED_TAGS | _MORE_TAGS,
        attributes=attributes,
        url_schemes={"http", "https", "mailto", "ref"},
        link_rel=None,
        attribute_filter=_local_images,
    )


def _local_images(tag: str, name: str, value: str) -> str | None:
    """Drops the address of an image on another host, and of inputs that are no switches."""
    if tag == "img" and name == "src" and ("//" in value or ":" in value):
        return None
    if tag == "input" and name == "type" and value not in ("radio", "checkbox"):
        return None
    return value


def _escaped(value: Any) -> Any:
    """Front matter as HTML, since themes print it so."""
    if isinstance(value, str):
        return html.escape(value)
    if isinstance(value, dict):
        return {key: _escaped(item) for key, item in value.items()}
    return [_escaped(item) for item in value] if isinstance(value, list) else value

"""The MkDocs plugin: adds the pages of the reference to a site, and carries out the macro calls of others."""

from __future__ import annotations

import html
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from mkdocs.commands.build import get_context
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from apiguide.folders import CONFIG, DOCS, LATEST, MACROS, PROOF, REFERENCE, TEXTS, is_passed_over
from apiguide.problems import report
from apiguide.proof.printed import lines_in
from apiguide.site.docs_pages import DocsPages
from apiguide.site.layout import (
    ICONS,
    MAIN,
    THEME,
    Layout,
    add_templates,
    has_own_partials,
    is_ours,
    is_unused,
    without_hidden,
)
from apiguide.site.navigation import in_order, navigation, source_path, without
from apiguide.site.pages import GuidePage
from apiguide.site.prepared import MANY, Prepared, prepare
from apiguide.site.release_links import ReleaseLinks
from apiguide.site.search import STUB, WORKER, apart, plugin_of, worker, write_index
from apiguide.site.writer import EVENTS, Writer, has_listeners

log = logging.getLogger(f"mkdocs.plugins.{__name__}")

STYLESHEET = "assets/apiguide.css"
SCRIPT = "assets/apiguide.js"
VERSIONS = "versions.json"

_DIRECTORIES = (
    "`use_directory_urls` must be true, whether mkdocs.yml or a plugin such as `offline` says otherwise: "
    "links lead to folders, as in `shipments/get/`"
)
_PROOF_HERE = "<!-- proof -->"
"""What stands on the start page until all other pages are known, if examples have been run."""
_STATIC = {"404.html", "sitemap.xml", ICONS}
"""Templates that say nothing of what pages hold."""


class PluginConfig(Config):
    """Options of the plugin in mkdocs.yml."""

    release = config_options.Optional(config_options.Type(str))
    """The release to show; by default the newest."""


class ApiguidePlugin(BasePlugin[PluginConfig]):
    """Shows the guide of one release."""

    prepared: Prepared | None = None
    """Set by those who build several releases; else made from the project beside mkdocs.yml."""
    release_links: ReleaseLinks | None = None
    """What leads to other releases, where the guides of all stand side by side."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Reads and checks the guide; errors stop the build, listed as `apiguide check` lists them."""
        root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        _refuse_other_locations(config, root)
        given = self.prepared or prepare(root, config)
        checked = given.checked
        if not checked.is_good or checked.guide is None:
            for text in report(checked.problems):
                log.error("%s", text)
            raise PluginError("the guide has errors; `apiguide check` lists them")
        release = self.config.release or checked.guide.newest
        if release not in checked.views:
            raise PluginError(f"the guide has no release {release!r}; it has {', '.join(checked.views)}")
        self.site_releases = given.site_releases(release)
        self.renderer = given.renderer(release, self.site_releases)
        self.endpoints = given.endpoints.get(release, {})
        self.texts = given.templates.texts
        self.release_links = None
        if given.is_side_by_side:
            links = ReleaseLinks(self.site_releases, release, given.templates, config.site_url or "")
            if links.has_others:
                config.extra["version"] = {"provider": "mike", "default": LATEST}
            config.site_url = links.home
            config.theme.static_templates.discard("sitemap.xml")
            self.release_links = links
        docs = {page.path: page for page in checked.docs if page.is_in(release, checked.guide.order)}
        self.docs = DocsPages(docs, self.renderer)
        self._examples: dict[str, list[str]] = {}
        """The digests of the curl lines on hand-written pages, by URL."""
        self._gone = {page.path for page in checked.docs} - set(docs)
        config.site_name = html.escape(checked.guide.settings.title)
        if config.site_description is None and checked.guide.settings.description:
            config.site_description = html.escape(
                self.renderer.pages.summary(checked.guide.settings.description)
            )
        config.extra_css.append(STYLESHEET)
        config.extra_javascript.append(SCRIPT)
        self._template = add_templates(config.theme)
        self._search = plugin_of(config) if self._template == MAIN and is_ours(config.theme) else None
        get_env = config.theme.get_env
        config.theme.get_env = lambda: without_hidden(get_env())  # type: ignore[method-assign]
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Adds the reference's pages, drops what is none of the release's guide, sets the navigation."""
        if not config.use_directory_urls:
            raise PluginError(_DIRECTORIES)
        needs_lunr = self._search is None and plugin_of(config) is not None
        for file in [*files]:
            if self._is_no_page(file, config) or _is_left(file) or is_unused(file, config, needs_lunr):
                files.remove(file)
        assets = {name: (THEME / name).read_text(encoding="utf-8") for name in (STYLESHEET, SCRIPT)}
        assets[SCRIPT] = self.texts.in_script(assets[SCRIPT], "script")
        if self._search is not None:
            assets[WORKER] = self.texts.in_script(worker(), "search")
        for name, content in assets.items():
            files.append(File.generated(config, name, content=content))
        view = self.renderer.view
        titles = {id_: each.title for id_, each in view.resources.items()}
        titles |= {id_: each.title for id_, each in view.endpoints.items()}
        made = self.site_releases.made(view.release)
        in_nav = {id_: title for id_, title in made.items() if "/" not in id_}
        self._present = {*titles, *made}
        for id_, title in (titles | in_nav).items():
            self._add(id_, title, InclusionLevel.INCLUDED, files, config)
        for id_, title in made.items():
            if id_ not in in_nav:
                self._add(id_, title, InclusionLevel.NOT_IN_NAV, files, config)
        if self.release_links is not None:
            for url, title in self.site_releases.absent(view.release).items():
                self._add(unquote(url.rstrip("/")), title, InclusionLevel.NOT_IN_NAV, files, config)
        shown = (file.src_uri for file in files.documentation_pages(inclusion=InclusionLevel.is_in_nav))
        docs = config.nav if config.nav is not None else in_order({*self.docs.pages} & {*shown})
        config.nav = navigation(without(docs, self._gone), in_nav, view)
        return files

    def _is_no_page(self, file: File, config: MkDocsConfig) -> bool:
        """Whether a page of docs/ is not in the release's guide, or has not been checked."""
        is_in_docs = file.is_documentation_page() and file.src_dir == config.docs_dir
        return is_in_docs and file.src_uri not in self.docs.pages

    def _add(
        self, id_: str, title: str, inclusion: InclusionLevel, files: Files, config: MkDocsConfig
    ) -> None:
        file = File.generated(config, source_path(id_), content="", inclusion=inclusion)
        made = self.endpoints.get(id_)
        page = GuidePage(id_, title, file, config, self.renderer, template=self._template, made=made)
        if self.release_links is not None:
            page.around = self.release_links.around
        files.append(file)

    @event_priority(100)
    def on_page_markdown(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Takes macro calls out of a hand-written page before Markdown sees them."""
        if page.file.src_uri not in self.docs.pages:
            return markdown
        links = self.release_links
        return self.docs.markdown(page, links.links_of(page.url) if links is not None else ())

    @event_priority(-100)
    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Cleans a hand-written page and puts the results of macros in their places."""
        if isinstance(page, GuidePage):
            return html
        if page.file.src_uri in self.docs.pages:
            html = self.docs.content(html, page)
            if self.renderer.record.digests:
                self._examples[page.url] = [each.digest for each in lines_in(html, page.url)]
                html += "" if page.url else _PROOF_HERE
        if self._search is not None:
            html = apart(html)
        if self._template != MAIN:
            page.meta.setdefault("template", self._template)
        return self.release_links.around(html, page.url) if self.release_links is not None else html

    @event_priority(100)
    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Lets many pages be written without MkDocs, where no other plugin wants to see them."""
        self._nav = nav
        self._deferred = [page for page in self._guide_pages(files) if page.id in self._present]
        is_seen = has_listeners(config, self, EVENTS) or config.extra_templates
        if len(self._deferred) < MANY or is_seen or config.theme.static_templates - _STATIC:
            self._deferred = []
        for page in self._deferred:
            page.is_deferred = True
        return nav

    @event_priority(-100)
    def on_env(self, env: Any, config: MkDocsConfig, files: Files) -> Any:
        """Gives the search index what it should know of the reference's pages; makes these cheap."""
        keeps = not has_listeners(config, self, ("page_context",)) and not has_own_partials(config.theme)
        own_worker = WORKER if self._search is not None else None
        links = self.release_links
        layout = Layout(env, config, self.texts, keeps=keeps, release_links=links, search_worker=own_worker)
        if self._deferred:
            docs = files.documentation_pages()

            contexts: dict[int, Mapping[str, Any]] = {}  # by depth: all else is the same for each page

            def context(page: GuidePage) -> Mapping[str, Any]:
                depth = page.url.count("/")
                if depth not in contexts:
                    contexts[depth] = get_context(self._nav, docs, config, page)
                return {**contexts[depth], "page": page}

            for page in self._deferred:
                self.on_page_context({}, page, config, self._nav)
            Writer(layout, context).write(self._deferred)
        self._reference = self._guide_pages(files)
        self._found = [page for page in self._reference if page.file.inclusion is InclusionLevel.INCLUDED]
        if self._search is None:
            plugins = config.plugins.values()
            index = next((each.search_index for each in plugins if hasattr(each, "search_index")), None)
            entries: list[Any] = getattr(index, "entries", [])
            for page in self._found:
                if page.summary is not None:
                    entries.append(page.search_entry(page.summary))
        return env

    @event_priority(-100)
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Writes the search index, after Material's plugin has written its own."""
        if self._search is None:
            return
        entries = {page.id: page.summary.search for page in self._found if page.summary is not None}
        write_index(
            config,
            self.renderer.view,
            entries,
            self._search.search_index.entries,
            statuses=self.renderer.pages.explained.get("statuses"),
            site_releases=self.site_releases if self.release_links is not None else None,
        )

    @staticmethod
    def _guide_pages(files: Files) -> list[GuidePage]:
        return [file.page for file in files.documentation_pages() if isinstance(file.page, GuidePage)]

    def on_page_context(self, context: Any, page: Page, config: MkDocsConfig, nav: Any) -> Any:
        """Tells search engines where the page is that they should show; completes the start page."""
        if not page.url and page.content and _PROOF_HERE in page.content:
            page.content = page.content.replace(_PROOF_HERE, self._proof())
        if self.release_links is not None:
            page.canonical_url = self.release_links.canonical(page.url)
        return context

    def _proof(self) -> str:
        """What the start page says: that the examples of all pages have been run, if they have."""
        found = [each for digests in self._examples.values() for each in digests]
        for page in self._reference:
            found += page.summary.examples if page.summary is not None else ()
        return self.renderer.on_start_page(found)

    def on_template_context(self, context: Any, template_name: str, config: MkDocsConfig) -> Any:
        """Tells the 404 page, which has no relative links, where the site is."""
        if template_name == "404.html":
            links = self.release_links
            context["site_root"] = urlsplit(links.base).path if links is not None else context["base_url"]
            context["landmark"] = VERSIONS if links is not None else STUB
            if links is not None:
                context["base_url"] = f"{context['site_root']}{LATEST}/"
        return context

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Lets `mkdocs serve` build again when the reference or the site's own macros change."""
        for name in (REFERENCE, MACROS, TEXTS, PROOF):
            path = Path(config.config_file_path or "mkdocs.yml").resolve().parent / name
            if path.exists():
                server.watch(str(path))
        return server


def _refuse_other_locations(config: MkDocsConfig, root: Path) -> None:
    """Refuses settings by which pages would be read or found elsewhere than where links lead."""
    if Path(config.docs_dir).resolve() != (root / DOCS).resolve():
        raise PluginError(f"`docs_dir` in {CONFIG} must be `{DOCS}`, where hand-written pages are read from")
    if not config.use_directory_urls:
        raise PluginError(_DIRECTORIES)


def _is_left(file: File) -> bool:
    """Whether an editor has left it; of hidden files, `exclude_docs` in mkdocs.yml decides."""
    name = file.src_uri.rpartition("/")[2]
    return is_passed_over(name) and not name.startswith(".")

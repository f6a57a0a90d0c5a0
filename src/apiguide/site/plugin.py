"""The MkDocs plugin: adds the pages of the reference to a site, and carries out the macro calls of others."""

from __future__ import annotations

import html
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import mkdocs
import nh3
from mkdocs.commands.build import get_context
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel, set_exclusions
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_theme_dir

from apiguide.checks import Checked, check
from apiguide.docs import DocsPage
from apiguide.docs_macros import CallError, parse, with_tokens
from apiguide.editions import Editions
from apiguide.folders import CONFIG, DOCS, LATEST, MACROS, REFERENCE, is_passed_over
from apiguide.problems import report
from apiguide.processes import shared
from apiguide.prose import Prose, resolve_refs
from apiguide.rendering.docs_calls import DocsCalls, filled
from apiguide.rendering.links import Kept, Links
from apiguide.rendering.render import RenderedPage, Renderer
from apiguide.rendering.templates import Templates
from apiguide.site.frame import Frame
from apiguide.site.git_dates import page_dates
from apiguide.site.pages import GuidePage
from apiguide.site.patch import search_entry
from apiguide.site.shells import Shells, asks, dense_around, without_hidden
from apiguide.site.writer import LOOKING, MANY, TELLING, Writer, has_listeners

log = logging.getLogger(f"mkdocs.plugins.{__name__}")

STYLESHEET = "assets/apiguide.css"

_TEMPLATES = str(Path(mkdocs.__file__).parent / "templates")
_STATIC = {"404.html", "sitemap.xml"}
"""Templates that say nothing of what pages hold."""

_SEARCH = 'data-md-component="search" role="dialog"'

_MORE_TAGS = {"input", "label", "button", "section", "nav", "svg", "path"}
_ANY = {"id", "class", "title", "role", "data-tabs", "aria-hidden", "aria-label", "aria-labelledby"}
_ATTRIBUTES = {
    "input": {"type", "name", "checked"},
    "label": {"for", "tabindex"},
    "svg": {"viewbox", "viewBox"},
    "path": {"d"},
    "details": {"open"},
}


class PluginConfig(Config):
    """Options of the plugin in mkdocs.yml."""

    release = config_options.Optional(config_options.Type(str))
    """The release to show; by default the newest."""


@dataclass(frozen=True)
class Prepared:
    """What several builds of one project share."""

    checked: Checked
    templates: Templates
    prose: Prose
    dates: Mapping[str, str]
    is_side_by_side: bool = False
    """Whether the guides of all releases will stand side by side, so that one may lead to others."""
    finished: Kept[RenderedPage] = field(default_factory=Kept)
    calls: Mapping[str, Mapping[str, RenderedPage]] = field(default_factory=dict)
    """Pages of calls that are finished already, by release and id."""

    def editions(self, release: str, docs: tuple[DocsPage, ...] = ()) -> Editions:
        """What the guide of a release knows of others; `docs` are the hand-written pages of its site."""
        guide = self.checked.guide
        assert guide is not None, "only guides without errors have pages"
        return Editions.around(release, guide, self.checked.views, docs)

    def renderer(self, release: str, editions: Editions) -> Renderer:
        """What renders the pages of a release."""
        view, finished = self.checked.views[release], self.finished
        return Renderer(view, self.templates, self.prose, self.dates, editions, finished=finished)

    def with_calls(self, releases: Sequence[str]) -> Prepared:
        """It with the pages of calls of several releases, made side by side and each but once.

        A page that fails is not among them: it fails again where it can be said why.
        """
        views = self.checked.views
        ids = list(dict.fromkeys(id_ for release in releases for id_ in views[release].endpoints))

        def made(ids: Sequence[str]) -> list[tuple[str, str, RenderedPage]]:
            renderers = [(release, self.renderer(release, self.editions(release))) for release in releases]
            pages = []
            for id_ in ids:
                for release, renderer in renderers:
                    with suppress(Exception):
                        if id_ in renderer.view.endpoints:
                            pages.append((release, id_, renderer.endpoint(id_)))
            return pages

        calls: dict[str, dict[str, RenderedPage]] = {release: {} for release in releases}
        for _, pages in shared(made, ids, least=MANY):
            for release, id_, page in pages:
                calls[release][id_] = page
        return replace(self, calls=calls)


def prepare(root: Path, checked: Checked | None = None, *, is_side_by_side: bool = False) -> Prepared:
    """Checks the project and makes ready what its pages are rendered with."""
    checked = checked or check(root)
    dates = page_dates(checked.guide, root) if checked.guide else {}
    return Prepared(checked, Templates.of(root), Prose(), dates, is_side_by_side)


class ApiguidePlugin(BasePlugin[PluginConfig]):
    """Shows the guide of one release."""

    prepared: Prepared | None = None
    """Set by those who build several releases; else made from the project beside mkdocs.yml."""
    _given: Prepared | None = None
    frame: Frame | None = None
    """What stands around pages where the guides of all releases stand side by side."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Reads and checks the guide; errors stop the build, listed as `apiguide check` lists them."""
        root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        _refuse_other_places(config, root)
        self._given = self.prepared or prepare(root)
        checked = self._given.checked
        if not checked.is_good or checked.guide is None:
            for text in report(checked.problems):
                log.error("%s", text)
            raise PluginError("the guide has errors; `apiguide check` lists them")
        release = self.config.release or checked.guide.newest
        if release not in checked.views:
            raise PluginError(f"the guide has no release {release!r}; it has {', '.join(checked.views)}")
        given = self._given
        self.editions = given.editions(release, _included(checked.docs, config))
        self.renderer = given.renderer(release, self.editions)
        self.calls = given.calls.get(release, {})
        self.frame = None
        if given.is_side_by_side:
            self.frame = Frame(self.editions, release, given.templates, config.site_url or "")
            config.extra["version"] = {"provider": "mike", "default": LATEST}
            config.site_url = self.frame.home
        self.docs: dict[str, DocsPage] = {
            page.path: page for page in checked.docs if page.is_in(release, checked.guide.order)
        }
        self._gone = {page.path for page in checked.docs} - set(self.docs)
        if config.site_description is None and checked.guide.settings.description:
            config.site_description = html.escape(
                self.renderer.pages.summary(checked.guide.settings.description)
            )
        config.extra_css.append(STYLESHEET)
        get_env = config.theme.get_env
        config.theme.get_env = lambda: without_hidden(get_env())  # type: ignore[method-assign]
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Adds the reference's pages, drops what is none of the release's guide, sets the navigation."""
        for file in [*files]:
            if self._is_no_page(file, config) or _is_left(file):
                files.remove(file)
        stylesheet = (Path(__file__).parent / STYLESHEET).read_text(encoding="utf-8")
        files.append(File.generated(config, STYLESHEET, content=stylesheet))
        view = self.renderer.view
        titles = {id_: each.title for id_, each in view.resources.items()}
        titles |= {id_: each.title for id_, each in view.endpoints.items()}
        made = self.editions.made(view.release)
        in_nav = {id_: title for id_, title in made.items() if "/" not in id_}
        self._in_nav = {*titles, *in_nav}
        for id_, title in (titles | in_nav).items():
            self._add(id_, title, InclusionLevel.INCLUDED, files, config)
        for id_, title in made.items():
            if id_ not in in_nav:
                self._add(id_, title, InclusionLevel.NOT_IN_NAV, files, config)
        if self.frame is not None:
            for url, title in self.editions.absent(view.release).items():
                self._add(url.rstrip("/"), title, InclusionLevel.NOT_IN_NAV, files, config)
        shown = (file.src_uri for file in files.documentation_pages(inclusion=InclusionLevel.is_in_nav))
        docs = config.nav if config.nav is not None else sorted({*self.docs} & {*shown}, key=_docs_order)
        about = [{html.escape(title): source_path(id_)} for id_, title in in_nav.items()]
        config.nav = [*_without(docs, self._gone), *about, *self._navigation()]
        return files

    def _is_no_page(self, file: File, config: MkDocsConfig) -> bool:
        """Whether a page of docs/ is not in the release's guide, or has not been checked."""
        is_in_docs = file.is_documentation_page() and file.src_dir == config.docs_dir
        return is_in_docs and file.src_uri not in self.docs

    def _add(
        self, id_: str, title: str, inclusion: InclusionLevel, files: Files, config: MkDocsConfig
    ) -> None:
        file = File.generated(config, source_path(id_), content="", inclusion=inclusion)
        GuidePage(id_, title, file, config, self.renderer, made=self.calls.get(id_))
        files.append(file)

    def _navigation(self) -> list[dict[str, Any]]:
        """The reference for MkDocs' navigation: groups, in them resources, in them calls."""
        view = self.renderer.view
        return [
            {
                html.escape(group.title): [
                    {
                        html.escape(resource.title): [
                            source_path(id_),
                            *map(source_path, view.guide.endpoints_of(id_)),
                        ]
                    }
                    for id_, resource in resources
                ]
            }
            for group, resources in view.groups()
        ]

    @event_priority(100)
    def on_page_markdown(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Takes macro calls out of a hand-written page before Markdown sees them."""
        source = self.docs.get(page.file.src_uri)
        if source is None:
            return markdown
        parts, problems = parse(source.source, source.first_line)
        results = []
        editions = self.frame.editions_of(page.url) if self.frame is not None else ()
        calls = DocsCalls(self.renderer.pages, self._shared.templates, page.url, editions)
        text, found = with_tokens(parts)
        for call in found:
            try:
                results.append(calls.html(call))
            except CallError as error:
                where = f"{DOCS}/{source.path}:{call.mark.line}"
                raise PluginError(f"{where}: {error}") from error
        if problems:
            raise PluginError("\n".join(report(problems)))
        page.meta = _escaped(page.meta)
        page.meta["apiguide"] = results
        return text

    @event_priority(-100)
    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Cleans a hand-written page and puts the calls' results in their places."""
        if page.file.src_uri not in self.docs:
            return html
        results = page.meta.pop("apiguide", [])
        links = Links(self.renderer.view, page.url)
        return filled(resolve_refs(clean(html), links.ref), results)

    @event_priority(100)
    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Lets many pages be written without MkDocs, where no other plugin wants to see them."""
        self._nav = nav
        self._deferred = [page for page in self._guide_pages(files) if page.id in self._in_nav]
        is_seen = has_listeners(config, self, (*TELLING, *LOOKING)) or config.extra_templates
        if len(self._deferred) < MANY or is_seen or config.theme.static_templates - _STATIC:
            self._deferred = []
        for page in self._deferred:
            page.is_deferred = True
        return nav

    @event_priority(-100)
    def on_env(self, env: Any, config: MkDocsConfig, files: Files) -> Any:
        """Gives the search index what it should know of the reference's pages; makes these cheap."""
        name = config.theme.name
        own = set(config.theme.dirs) - {_TEMPLATES, *([get_theme_dir(name)] if name else [])}
        is_plain = has_listeners(config, self, TELLING) or any(asks(Path(folder)) for folder in own)
        shells = Shells.install(env, is_plain=is_plain)
        if self._deferred:
            docs = files.documentation_pages()

            def context(page: GuidePage) -> Mapping[str, Any]:
                return get_context(self._nav, docs, config, page)

            def post(html: str, page: GuidePage) -> str:
                return self.on_post_page(html, page, config)

            for page in self._deferred:
                self.on_page_context({}, page, config, self._nav)
            Writer(shells, context, post).write(self._deferred)
        index = next((p.search_index for p in config.plugins.values() if hasattr(p, "search_index")), None)
        entries = getattr(index, "entries", None)
        if entries is not None:
            for page in self._guide_pages(files):
                if page.file.inclusion is InclusionLevel.INCLUDED and page.summary is not None:
                    entries.append(search_entry(page.summary.search))
        return env

    @staticmethod
    def _guide_pages(files: Files) -> list[GuidePage]:
        return [file.page for file in files.documentation_pages() if isinstance(file.page, GuidePage)]

    def on_page_context(self, context: Any, page: Page, config: MkDocsConfig, nav: Any) -> Any:
        """Tells search engines where the page is that they should show."""
        if self.frame is not None:
            page.canonical_url = self.frame.canonical(page.url)
        return context

    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        """Adds what leads to other releases, and the name that Material's search dialog lacks."""
        if not output:
            return output  # it has been written already
        if not isinstance(page, GuidePage):
            output = dense_around(output, page.content or "")
        output = output.replace(_SEARCH, f'{_SEARCH} aria-label="Search"', 1)
        return self.frame.around(output, page.url) if self.frame is not None else output

    def on_post_template(self, output: str, template_name: str, config: MkDocsConfig) -> str:
        """Writes the release's sitemap, and lets its 404 page lead to the newest release."""
        if self.frame is not None and template_name == "sitemap.xml":
            return self.frame.sitemap(self._shared.dates)
        if self.frame is not None and template_name == "404.html":
            return self.frame.of_newest(output)
        return output

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Lets `mkdocs serve` build again when the reference or the site's own macros change."""
        for folder in (REFERENCE, MACROS):
            path = Path(config.config_file_path or "mkdocs.yml").resolve().parent / folder
            if path.is_dir():
                server.watch(str(path))
        return server

    @property
    def _shared(self) -> Prepared:
        assert self._given is not None, "MkDocs configures before it reads pages"
        return self._given


def source_path(id_: str) -> str:
    """Where MkDocs believes a page of the reference to come from."""
    return f"{id_}.md" if "/" in id_ else f"{id_}/index.md"


def clean(html: str) -> str:
    """HTML of a hand-written page without what could run or load anything."""
    attributes = {tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()}
    for tag, names in _ATTRIBUTES.items():
        attributes.setdefault(tag, set()).update(names)
    attributes["*"] = _ANY
    return nh3.clean(
        html,
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


def _refuse_other_places(config: MkDocsConfig, root: Path) -> None:
    """Refuses settings by which pages would be read or found elsewhere than where links lead."""
    if Path(config.docs_dir).resolve() != (root / DOCS).resolve():
        raise PluginError(f"`docs_dir` in {CONFIG} must be `{DOCS}`, where hand-written pages are read from")
    if not config.use_directory_urls:
        message = (
            f"`use_directory_urls` in {CONFIG} must be true: links lead to folders, as in `shipments/get/`"
        )
        raise PluginError(message)


def _included(docs: Sequence[DocsPage], config: MkDocsConfig) -> tuple[DocsPage, ...]:
    """Those pages that mkdocs.yml does not leave out of the site."""
    files = [File(page.path, config.docs_dir, config.site_dir, config.use_directory_urls) for page in docs]
    set_exclusions(files, config)
    return tuple(page for page, file in zip(docs, files, strict=True) if file.inclusion.is_included())


def _is_left(file: File) -> bool:
    """Whether an editor has left it; of hidden files, `exclude_docs` in mkdocs.yml decides."""
    name = file.src_uri.rpartition("/")[2]
    return is_passed_over(name) and not name.startswith(".")


def _docs_order(path: str) -> tuple[bool, str]:
    return (path != "index.md", path)


def _without(nav: Any, gone: set[str]) -> list[Any]:
    """The navigation without the pages that the release does not have."""
    kept: list[Any] = []
    for item in nav:
        if isinstance(item, dict):
            for title, value in item.items():
                if isinstance(value, list):
                    inner = _without(value, gone)
                    if inner:
                        kept.append({title: inner})
                elif value not in gone:
                    kept.append({title: value})
        elif item not in gone:
            kept.append(item)
    return kept

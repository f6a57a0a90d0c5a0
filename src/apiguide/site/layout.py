"""What stands around a page: the theme's templates, with ours between those of the project and the theme's.

What many pages share of it is rendered once, by the template's own word for what it depends on.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Hashable
from functools import cached_property
from pathlib import Path
from typing import Any

import jinja2
from jinja2.runtime import Context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.theme import Theme
from mkdocs.utils import get_theme_dir, normalize_url
from mkdocs.utils.templates import script_tag_filter

from apiguide.rendering.templates import COMPILED, compile_all
from apiguide.site.pages import GuidePage
from apiguide.site.release_links import ReleaseLinks
from apiguide.texts import Texts, english

THEME = Path(__file__).with_name("theme")
"""Our templates, styles and scripts."""
NOTHING = "apiguide/nothing.html"
"""The template of pages that have been written already: MkDocs writes none that is empty."""
MAIN = "main.html"
BASE = "base.html"
ICONS = "assets/icons.css"

_MATERIAL = "material"
_OTHER = "apiguide/page.html"
"""The template of pages in themes other than Material."""
_INDENTATION = re.compile(r"\n\s+")


def material_dir() -> str:
    """The folder of Material's templates."""
    return get_theme_dir(_MATERIAL)


def add_templates(theme: Theme) -> str:
    """Puts our templates before the theme's, and after those of the project; gives the name of a page's."""
    if material_dir() in theme.dirs:
        theme.dirs.insert(theme.dirs.index(material_dir()), str(THEME / _MATERIAL))
        theme.static_templates.add(ICONS)
        return MAIN
    theme.dirs.append(str(THEME / "other"))
    return _OTHER


def has_own_partials(theme: Theme) -> bool:
    """Whether a project, or a theme made from Material, replaces parts that the theme's page includes."""
    ours = str(THEME / _MATERIAL)
    before = theme.dirs[: theme.dirs.index(ours)] if ours in theme.dirs else []
    return any(Path(folder, name).exists() for folder in before for name in ("base.html", "partials"))


def without_hidden(environment: jinja2.Environment) -> jinja2.Environment:
    """A theme's environment that lists no hidden files, which MkDocs drops: Material has 14,000 icons."""
    if type(environment.loader) is jinja2.FileSystemLoader:
        environment.loader = _Visible(environment.loader.searchpath)
    return environment


def is_ours(theme: Theme) -> bool:
    """Whether pages are laid out by our template, not by one of that name of the project."""
    return next(folder for folder in theme.dirs if Path(folder, BASE).exists()) == str(THEME / _MATERIAL)


def is_unused(file: File, config: MkDocsConfig, needs_lunr: bool) -> bool:
    """Whether no page asks for a file of the theme: source maps, and what Lunr needs for other languages.

    Lunr itself, Material's search, may not be needed either.
    """
    search = next((each for name, each in config.plugins.items() if name.endswith("search")), None)
    languages = search.config.get("lang") if search is not None else None
    is_english = languages in (None, "en", ["en"]) and (config.theme.get("language") or "en") == "en"
    is_lunr = "/lunr/" in file.src_uri or "/workers/search." in file.src_uri
    is_spare = file.src_uri.endswith(".map") or (is_english and "/lunr/" in file.src_uri)
    is_spare = is_spare or (is_lunr and not needs_lunr)
    return is_spare and file.src_dir != config.docs_dir


class _Visible(jinja2.FileSystemLoader):
    """Loads all files of folders, but lists those alone that are in no hidden folder."""

    def list_templates(self) -> list[str]:
        """The names of the files, with forward slashes."""
        found: set[str] = set()
        for top in self.searchpath:
            for folder, inner, names in os.walk(top):
                inner[:] = [each for each in inner if not each.startswith(".")]
                found.update(Path(folder, name).relative_to(top).as_posix() for name in names)
        return sorted(found)


class Layout:
    """Renders pages with a theme."""

    def __init__(
        self,
        environment: jinja2.Environment,
        config: MkDocsConfig,
        texts: Texts | None = None,
        *,
        keeps: bool,
        release_links: ReleaseLinks | None = None,
        search_worker: str | None = None,
    ) -> None:
        """Makes the environment ready; `keeps` says whether blocks may be kept that many pages share.

        `release_links` leads to other releases, where the guides of all stand side by side; `search_worker`
        is the script that searches where it is not Material's.
        """
        assert environment.loader is not None, "MkDocs loads themes"
        self.environment = environment
        self.config = config
        self.texts = texts or english()
        self.keeps = keeps
        self._release_links = release_links
        self._search_worker = search_worker
        self._kept: dict[tuple[Hashable, ...], str] = {}
        environment.loader = jinja2.ChoiceLoader([environment.loader, jinja2.DictLoader({NOTHING: ""})])
        environment.bytecode_cache = environment.bytecode_cache or COMPILED
        environment.globals["apiguide"] = self
        if material_dir() in config.theme.dirs:
            words = environment.get_template("partials/language.html").make_module({"config": config})
            environment.globals.update(kept=self.kept, lang=words)
            environment.filters.update(url=_url, script_tag=_script_tag)

    @cached_property
    def styles(self) -> tuple[str, ...]:
        """Material's stylesheets, and that of icons."""
        palette = (_asset("stylesheets/palette.*.css"),) if self.config.theme.get("palette") else ()
        return (_asset("stylesheets/main.*.css"), *palette, ICONS)

    @cached_property
    def bundle(self) -> str:
        """Material's script."""
        return _asset("javascripts/bundle.*.js")

    @cached_property
    def search_worker(self) -> str:
        """The script that searches, in a worker of the browser."""
        return self._search_worker or _asset("javascripts/workers/search.*.js")

    def t(self, key: str, **values: object) -> str:
        """A text of the catalogue as HTML, for templates."""
        return str(self.texts.html(key, **values))

    @property
    def language(self) -> str:
        """The language of what pages say."""
        return self.texts.language

    def is_indexed(self, page: Page) -> bool:
        """Whether search engines should show a page."""
        return self._release_links is None or self._release_links.is_indexed(page.url)

    @cached_property
    def release(self) -> str:
        """The release shown; "" where there is no other."""
        links = self._release_links
        return links.release if links is not None and links.has_others else ""

    @cached_property
    def is_old(self) -> bool:
        """Whether the release shown is not the newest."""
        return self._release_links is not None and self._release_links.is_old

    def is_endpoint(self, page: Page | None) -> bool:
        """Whether a page is that of an endpoint, in the navigation below its resource."""
        return isinstance(page, GuidePage) and "/" in page.id and page.parent is not None

    def is_bare(self, page: Page | None) -> bool:
        """Whether a page shows nothing but its content, where Material could show more around it."""
        is_plain = self.keeps and not self.config.extra.get("analytics")
        return is_plain and isinstance(page, GuidePage) and page.edit_url is None

    def kept(self, name: str, *depends: Hashable, caller: Callable[[], str]) -> str:
        """A block of a template, for templates: rendered once for all pages where it depends on the same."""
        if not self.keeps:
            return _dense(caller())
        key = (name, *depends)
        if key not in self._kept:
            self._kept[key] = _dense(caller())
        return self._kept[key]

    def compile(self) -> None:
        """Compiles the templates that all pages need, for others of this process."""
        compile_all(self.environment, MAIN, NOTHING)


def layout_of(config: MkDocsConfig) -> Layout:
    """The layout of a project before any page is known, to be compiled."""
    add_templates(config.theme)
    return Layout(config.theme.get_env(), config, keeps=True)


def _asset(pattern: str) -> str:
    """A file of Material's, whose name holds a hash of its content."""
    assets = Path(material_dir(), "assets")
    return next(each for each in assets.glob(pattern)).relative_to(assets.parent).as_posix()


def _dense(html: str) -> str:
    """HTML without indentation and empty lines, which are more than half of what a theme renders."""
    return _INDENTATION.sub("\n", html.strip())


@jinja2.pass_context
def _url(context: Context, value: Any) -> str:
    """MkDocs' filter for links, by way of the site's root: alike on all pages that are as deep."""
    return normalize_url(str(value), base=context["base_url"])


@jinja2.pass_context
def _script_tag(context: Context, script: Any) -> str:
    """MkDocs' filter for scripts, likewise."""
    return script_tag_filter({"page": None, "base_url": context["base_url"]}, script)  # type: ignore[typeddict-item]

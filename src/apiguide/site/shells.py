"""What the theme puts around a page, rendered once for many pages instead of once for each.

A shell is the theme's own page with marks where pages differ, one of them for the navigation; that is
rendered once for the calls of a resource. Whether all this says what the theme says is tried on a page of
each kind: where it does not, for whatever a theme does, the theme renders each page of the kind. It renders
all where a project's own templates, plugins or hooks may make one page another than the next.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import jinja2
from jinja2.runtime import Context
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import get_relative_url

from apiguide.model import resource_id
from apiguide.rendering.templates import COMPILED, compile_all
from apiguide.site.pages import TEMPLATE, GuidePage

NOTHING = "apiguide/nothing.html"
"""The template of pages that have been written already: MkDocs writes none that is empty."""

_MAIN = "main.html"
_NAV = "partials/nav.html"
_ITEM = "partials/nav-item.html"
_TOC_ITEM = "partials/toc-item.html"
_NAVIGATION = "apiguide-mark-navigation-"
_ORIGINAL = "apiguide:"
"""What stands before the name of a template of the theme that is asked for though it has been replaced."""
_SOURCES = {
    TEMPLATE: "{{ apiguide_page() }}",
    NOTHING: "",
    _NAV: f"{{% if apiguide_seen() %}}{_NAVIGATION}{{% else %}}"
    f'{{% include "{_ORIGINAL}{_NAV}" %}}{{% endif %}}',
}
_ENTRIES = {
    _ORIGINAL + _NAV: ("{{ item.render(nav_item, path", "{{ apiguide_entry(item.render, nav_item, path"),
    _ITEM: ("{{ render(item, path", "{{ apiguide_entry(render, item, path"),
}
"""How the theme renders an entry, and how it is let look whether that has been done."""
_INDENTATION = re.compile(r"\n\s+")
_HARMLESS = re.compile(
    r"""\{\#.*?\#\} | \{%-?\s* (?: extends\s+["'][\w./-]+["'] | block\s+\w+ | endblock(?:\s+\w+)? ) \s*-?%\}
    | \{\{-?\s* (?: super\(\) | config(?:\.\w+)+ | page\.title | page\.canonical_url
    | page\.meta\.description ) \s*-?\}\}""",
    re.VERBOSE | re.DOTALL,
)
"""What templates may hold without making one page another than the next, but for what is known here."""
_LINK = re.compile(
    r"""(?:href|src|action|poster|srcset)\s*=\s*["']?([^"'#?>\s:]+)(?=["'#?>\s])|((?:\.\.?/)+[^"'#?<>\s:)]*)"""
)
"""A relative link: in an attribute, or anywhere if it begins with dots."""

_TITLE, _DESCRIPTION, _CANONICAL, _TOC = (f"apiguide-mark-{name}-" for name in ("t", "d", "c", "h"))
_PREVIOUS, _NEXT = "apiguide-mark-p-/", "apiguide-mark-n-/"
_PREVIOUS_TITLE, _NEXT_TITLE = "apiguide-mark-pt-", "apiguide-mark-nt-"
_CONTENT = "<h1>apiguide-mark-b-</h1>"


def dense(html: str) -> str:
    """HTML without indentation and empty lines, which are more than half of what the theme renders."""
    return _INDENTATION.sub("\n", html)


def dense_around(page: str, content: str) -> str:
    """A page without the indentation of what stands around its content."""
    before, found, after = page.partition(content)
    return f"{dense(before)}{found}{dense(after)}" if content and found else page


def without_hidden(environment: jinja2.Environment) -> jinja2.Environment:
    """A theme's environment that lists no hidden files, which MkDocs drops: Material has 14,000 icons."""
    if type(environment.loader) is jinja2.FileSystemLoader:
        environment.loader = _Visible(environment.loader.searchpath)
    return environment


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


class _Loader(jinja2.BaseLoader):
    """Loads the theme's templates, with some of our own among them."""

    def __init__(self, theme: jinja2.BaseLoader) -> None:
        self.theme = theme

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The source of a template."""
        if template in _SOURCES:
            return _SOURCES[template], None, None
        source, name, is_fresh = self.theme.get_source(environment, template.removeprefix(_ORIGINAL))
        return (source.replace(*_ENTRIES[template]) if template in _ENTRIES else source), name, is_fresh

    def list_templates(self) -> list[str]:
        """The templates of the theme."""
        return self.theme.list_templates()


def compile_theme(environment: jinja2.Environment) -> None:
    """Compiles the templates that pages of the reference need, for others of this process."""
    Shells.install(environment)
    compile_all(environment, _MAIN, _ORIGINAL + _NAV, TEMPLATE, NOTHING)


class Shells:
    """Renders pages of the reference."""

    def __init__(self, environment: jinja2.Environment) -> None:
        self.environment = environment
        self.seen: dict[str, Any] | None = None
        """What the theme knows where it renders the navigation: more than it is given. Kept when empty."""
        self.shells: dict[tuple[object, ...], _Shell | None] = {}
        self.menus: dict[tuple[object, ...], _Menu | None] = {}
        self.rendered: dict[tuple[object, ...], str] = {}
        """Entries of the navigation."""
        self.listed: dict[int, str] = {}
        """Entries of the navigation that was rendered last, by the `id` of what they lead to."""
        self.folders: dict[int, frozenset[str]] = {}
        """The folders to which entries of the navigation lead, by their `id`."""
        self.trusted: dict[tuple[bool, ...], bool] = {}
        """Whether a page in its shell is what the theme renders, by kinds of which a page has been tried."""
        self.is_plain = False
        """Whether the theme is to render all, as it would without shells."""

    @classmethod
    def install(cls, environment: jinja2.Environment, *, is_plain: bool = False) -> Shells:
        """Gives a theme's environment the template that pages of the reference ask for."""
        assert environment.loader is not None, "MkDocs loads themes"
        environment.loader = _Loader(environment.loader)
        if not is_plain:
            environment.bytecode_cache = environment.bytecode_cache or COMPILED
        shells = cls(environment)
        shells.is_plain = is_plain
        environment.globals.update(
            apiguide_page=shells.html, apiguide_seen=shells.see, apiguide_entry=shells.entry
        )
        return shells

    @jinja2.pass_context
    def see(self, context: Context) -> bool:
        """Keeps what the theme knows, where that is asked for; then a mark will do for the navigation."""
        is_asked = self.seen == {}
        if is_asked:
            self.seen = dict(context.get_all())
        return is_asked

    @jinja2.pass_context
    def html(self, context: Context) -> str:
        """The page that is being rendered."""
        return self.page(context["page"], context.get_all)

    def page(self, page: GuidePage, values: Callable[[], Mapping[str, Any]]) -> str:
        """A page; `values` are what the theme is told of it, where it has to be asked."""
        shell = self._shell(page, values) if not self.is_plain else None
        titles = map(_title, (page.previous_page, page.next_page))
        if shell is None or (shell.shows_neighbours and any(escape(each) != each for each in titles)):
            return self._whole(page, values())
        menu = self._menu(page, shell) if "/" in page.id and shell.has_navigation else None
        kind = ("/" in page.id, page.parent is not None, resource_id(page.id) == resource_id(shell.first.id))
        if self.trusted.get(kind) is False:
            return self._whole(page, values())
        navigation = ""
        if shell.has_navigation:
            navigation = menu.html(page) if menu is not None else self._navigation(page, shell)
        html = shell.html(page, navigation)
        if kind in self.trusted:
            return html
        if page is shell.first or (menu is not None and page is menu.first):
            return self._whole(page, values())
        self.is_plain = True
        try:
            whole = self._whole(page, values())
        finally:
            self.is_plain = False
        self.trusted[kind] = html == whole
        return whole

    @jinja2.pass_context
    def entry(self, context: Context, render: Callable[..., str], item: Any, *arguments: Any) -> str:
        """An entry of the navigation; one that does not hold the page is rendered once for many pages.

        Links in it are relative, so they are alike on pages that are as deep and in another folder than it.
        """
        page = context["page"]
        if self.is_plain or item.active or not isinstance(page, GuidePage):
            return render(item, *arguments)
        folder = _folder(page.url)
        is_near = folder in self._folders_of(item)
        is_in_active = [each.active for each in arguments[2:]]  # the entry above
        key = (id(item), *arguments[:2], *is_in_active, page.url.count("/"), folder if is_near else None)
        if key not in self.rendered:
            self.rendered[key] = render(item, *arguments)
        self.listed[id(item)] = self.rendered[key]
        return self.rendered[key]

    def _folders_of(self, item: Any) -> frozenset[str]:
        """The folders to which an entry of the navigation leads."""
        if id(item) not in self.folders:
            inner = [self._folders_of(each) for each in item.children or ()]
            own = [_folder(url)] if (url := getattr(item, "url", None)) is not None else []
            self.folders[id(item)] = frozenset(own).union(*inner)
        return self.folders[id(item)]

    def _whole(self, page: GuidePage, values: Mapping[str, Any]) -> str:
        whole = self.environment.get_template(_MAIN).render(values)
        return dense_around(whole, page.content or "")

    def _shell(self, page: GuidePage, values: Callable[[], Mapping[str, Any]]) -> _Shell | None:
        """The shell of a page and those like it; None where the theme's page cannot be taken apart."""
        if page.rendered is None or escape(page.rendered.title) != page.rendered.title:
            return None  # a theme may escape it once more, or take out what looks like tags
        if page.title != page.meta.get("title"):
            return None  # a hook has changed one of them
        top: Any = page
        while top.parent is not None:
            top = top.parent
        key = (
            page.url.count("/"),
            id(top) if top is not page else None,
            page.previous_page is None,
            page.next_page is None,
            page.canonical_url is None,
            *_form(page),
        )
        # A shell that leads to the folder of its page is for pages of that folder alone.
        folder = _folder(page.url)
        own = (*key, folder)
        if own in self.shells:
            return self.shells[own]
        shell = self.shells.get(key)
        if key not in self.shells or (shell is not None and shell.into(folder)):
            shell = self._made(page, values())
            into = shell.into(folder) if shell is not None else set()
            # To the folder itself all its calls lead alike, but none does to itself as the others do.
            self.shells[own if into else key] = shell = shell if into <= {f"{folder}/"} else None
        return shell

    def _made(self, page: GuidePage, values: Mapping[str, Any]) -> _Shell | None:
        try:
            self.seen = {}
            with _standing_in(page):
                text = dense(self.environment.get_template(_MAIN).render(values))
            toc_items = _TocItems(self.environment.get_template(_TOC_ITEM), self.seen)
            return _Shell(page, text, self.seen, toc_items)
        except (_CannotCut, jinja2.TemplateError):
            return None
        finally:
            self.seen = None

    def _navigation(self, page: GuidePage, shell: _Shell) -> str:
        """The navigation of a page, as the theme renders it."""
        template = self.environment.get_template(_ORIGINAL + _NAV)
        return dense(template.render({**shell.seen, "page": page})).strip()

    def _menu(self, page: GuidePage, shell: _Shell) -> _Menu | None:
        """The navigation of a call and those like it; None where the theme's cannot be taken apart."""
        folder = resource_id(page.id)
        # Pages outside of the navigation are alike where no link in it leads to a page beside them.
        is_linked = any(folder in self._folders_of(item) for item in shell.seen["nav"].items)
        key = (page.url.count("/"), page.parent is None, folder if is_linked else None, *_form(page))
        if key not in self.menus:
            self.menus[key] = self._made_menu(page, shell)
        return self.menus[key]

    def _made_menu(self, page: GuidePage, shell: _Shell) -> _Menu | None:
        siblings = page.parent.children if page.parent is not None else []
        calls = [each for each in siblings if isinstance(each, GuidePage) and "/" in each.id]
        try:
            seen = {**shell.seen, "page": page}
            with _standing_in(page):
                self.listed.clear()
                text = self._navigation(page, shell)
                entries = self._entries(calls, seen)
            other = next((each for each in calls if each is not page), None)
            from_other = self._from_other(page, other, seen) if other is not None else ""
            return _Menu(page, text, entries, from_other, shell.toc_items)
        except (_CannotCut, jinja2.TemplateError):
            return None

    def _entries(self, calls: Iterable[GuidePage], seen: dict[str, Any]) -> dict[str, str]:
        """The entries of calls in the navigation of a page; those that it lists already need no rendering."""
        item: Any = self.environment.get_template(_ITEM).make_module(seen)
        entries = ((each, self.listed.get(id(each)) or item.render(each, "", 1)) for each in calls)
        return {each.id: dense(str(entry)).strip() for each, entry in entries}

    def _from_other(self, page: GuidePage, other: GuidePage, seen: dict[str, Any]) -> str:
        """The entry of a page in the navigation of another one of its resource."""
        page.active, other.active = False, True
        self.listed.clear()
        try:
            return self._entries([page], {**seen, "page": other})[page.id]
        finally:
            other.active, page.active = False, True


def _form(page: GuidePage) -> tuple[object, ...]:
    """What decides which headings a theme lists: their first one leads to the content."""
    headings = page.rendered.headings if page.rendered is not None else ()
    return headings[0].id if headings else None, len(headings) > 1


def _folder(url: str) -> str:
    """The first folder of a URL below the release's home."""
    return url.partition("/")[0]


def asks(own: Path) -> bool:
    """Whether templates in a folder may make one page another than the next, beyond what is known here."""
    for file in own.rglob("*"):
        if file.is_symlink():
            return True
        if file.is_file():
            rest = _HARMLESS.sub("", file.read_text(encoding="utf-8", errors="replace"))
            if "{{" in rest or "{%" in rest:
                return True
    return False


class _CannotCut(Exception):
    """A theme's page that does not hold what should be in it once."""


@contextmanager
def _standing_in(page: GuidePage) -> Iterator[None]:
    """Lets a page have marks for what is its own."""
    kept = dict(page.__dict__)
    toc = page.toc.items[:1]
    page.title = _TITLE
    page.meta = {**page.meta, "title": _TITLE, "description": _DESCRIPTION}
    page.canonical_url = page.canonical_url and _CANONICAL
    page.content = _CONTENT
    page.previous_page = page.previous_page and _Neighbour(_PREVIOUS, _PREVIOUS_TITLE)  # type: ignore[assignment]
    page.next_page = page.next_page and _Neighbour(_NEXT, _NEXT_TITLE)  # type: ignore[assignment]
    if toc:
        first = AnchorLink(toc[0].title, toc[0].id, toc[0].level)
        first.children = [_toc_mark(number) for number in (1, 2)] if toc[0].children else []
        page.toc = TableOfContents([first])
    try:
        yield
    finally:
        page.__dict__.update(kept)


class _Neighbour:
    """Stands in for the page before or after."""

    def __init__(self, url: str, title: str) -> None:
        self.url = url
        self.title = title


def _toc_mark(number: int) -> AnchorLink:
    return AnchorLink(f"{_TOC}{number}", f"{_TOC}{number}", 2)


class _TocItems:
    """Renders entries of tables of contents, each of them once."""

    def __init__(self, template: jinja2.Template, values: dict[str, Any]) -> None:
        self.template = template
        self.values = values
        self.done: dict[AnchorLinks, str] = {}

    def html(self, link: AnchorLink) -> str:
        """The entry of a heading with those below it."""
        key = _links(link)
        if key not in self.done:
            self.done[key] = dense(self.template.render(self.values | {"toc_item": link})).strip()
        return self.done[key]

    def marked(self, text: str) -> tuple[str, str]:
        """The text with one mark for each table of contents, and what stands between two entries of one."""
        one, two = (self.html(_toc_mark(number)) for number in (1, 2))
        found = set(re.findall(f"{re.escape(one)}(.*?){re.escape(two)}", text, re.DOTALL))
        if len(found) > 1:
            raise _CannotCut
        between = found.pop() if found else ""
        return text.replace(f"{one}{between}{two}", _TOC), between

    def of(self, page: GuidePage, between: str) -> str:
        """The table of contents of a page."""
        toc = page.toc.items[0].children if page.toc.items else []
        return between.join(map(self.html, toc))


AnchorLinks = tuple[str, str, tuple["AnchorLinks", ...]]


def _links(link: AnchorLink) -> AnchorLinks:
    return (link.title, link.id, tuple(map(_links, link.children)))


class _Shell:
    """A page of the theme with marks where others differ."""

    def __init__(self, first: GuidePage, text: str, seen: dict[str, Any], toc_items: _TocItems) -> None:
        self.first = first
        self.seen = seen
        self.toc_items = toc_items
        text, self.between = toc_items.marked(text)
        self.has_navigation = _NAVIGATION in text
        links = {one or other for one, other in _LINK.findall(text)} - {_CANONICAL}
        self.links = {urljoin(first.url, link) for link in links}
        if text.count(_NAVIGATION) > 1 or text.count(_CONTENT) != 1:
            raise _CannotCut
        self.shows_neighbours = _PREVIOUS_TITLE in text or _NEXT_TITLE in text
        names = (_TITLE, _DESCRIPTION, _CANONICAL, _TOC, _NAVIGATION, _CONTENT, _PREVIOUS_TITLE, _NEXT_TITLE)
        marks = {each: each for each in names}
        marks |= {get_relative_url(each, first.url): each for each in (_PREVIOUS, _NEXT)}
        self.parts = _parts(text, marks)

    def into(self, folder: str) -> set[str]:
        """The places in a folder to which it leads."""
        return {link for link in self.links if _folder(link) == folder}

    def html(self, page: GuidePage, navigation: str) -> str:
        """The page with what stands around it."""
        values = {
            _TITLE: page.title or "",
            _DESCRIPTION: page.meta["description"],
            _CANONICAL: page.canonical_url or "",
            _TOC: self.toc_items.of(page, self.between),
            _PREVIOUS: _link(page.previous_page, page),
            _NEXT: _link(page.next_page, page),
            _PREVIOUS_TITLE: _title(page.previous_page),
            _NEXT_TITLE: _title(page.next_page),
            _NAVIGATION: navigation,
            _CONTENT: page.content or "",
        }
        return _filled(self.parts, values)


class _Menu:
    """The navigation of a call with marks where those of other calls of its resource differ."""

    def __init__(
        self,
        first: GuidePage,
        text: str,
        entries: Mapping[str, str],
        from_other: str,
        toc_items: _TocItems,
    ) -> None:
        """`entries` are those of the first call's navigation, `from_other` is its own one in others'."""
        self.first = first
        self.toc_items = toc_items
        text, self.between = toc_items.marked(text)
        own, _ = toc_items.marked(entries.get(first.id, ""))
        marks = {each: each for each in (_TITLE, _TOC)}
        for number, (id_, entry) in enumerate(entries.items()):
            shown, mark = own if id_ == first.id else entry, f"apiguide-mark-e-{number}-"
            if text.count(shown) != 1:
                raise _CannotCut
            text = text.replace(shown, mark)
            marks[mark] = id_
        self.own, self.parts = _parts(own, marks), _parts(text, marks)
        self.entries = {**entries, first.id: from_other}
        """The entries of calls as the pages of others show them."""

    def html(self, page: GuidePage) -> str:
        """The navigation of a call."""
        values = {_TITLE: page.title or "", _TOC: self.toc_items.of(page, self.between)}
        shown = self.entries | values
        if page.parent is not None:
            shown[page.id] = _filled(self.own, values)
        return _filled(self.parts, shown)


def _title(page: Any) -> str:
    return str(page.title) if page is not None else ""


def _link(to: Any, page: GuidePage) -> str:
    return get_relative_url(to.url, page.url) if to is not None else ""


_Parts = tuple[tuple[str, str | None], ...]
"""Text, each with the name of what stands after it."""


def _parts(text: str, marks: Mapping[str, str]) -> _Parts:
    pieces = re.split(f"({'|'.join(map(re.escape, sorted(marks, key=len, reverse=True)))})", text)
    names = [marks[mark] for mark in pieces[1::2]]
    return tuple(zip(pieces[::2], [*names, None], strict=True))


def _filled(parts: _Parts, values: Mapping[str, str]) -> str:
    return "".join(piece if name is None else f"{piece}{values[name]}" for piece, name in parts)

"""The theme's navigation, rendered once for the calls of a resource instead of once for each page.

What differs between two calls of a resource are their own two entries; the rest of the tree is the same text.
Where that does not hold, for whatever a theme does, each page gets the navigation that the theme renders.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import jinja2
from jinja2.runtime import Context

from apiguide.model import resource_id
from apiguide.places import has_page
from apiguide.site.pages import GuidePage

_NAV = "partials/nav.html"
_ITEM = "partials/nav-item.html"
_ORIGINAL = "apiguide:"
"""What stands before the name of a template of the theme that is asked for though it has been replaced."""
_INDENTATION = re.compile(r"\n\s+")
_REPLACED = "{{ apiguide_sidebar() }}"


class SidebarLoader(jinja2.BaseLoader):
    """Loads the theme's templates, with the navigation replaced by a call of `Sidebars`."""

    def __init__(self, theme: jinja2.BaseLoader) -> None:
        self.theme = theme

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The source of a template of the theme, or of what replaces it."""
        if template == _NAV:
            return _REPLACED, None, None
        return self.theme.get_source(environment, template.removeprefix(_ORIGINAL))

    def list_templates(self) -> list[str]:
        """The templates of the theme."""
        return self.theme.list_templates()


class Sidebars:
    """Renders the navigation of pages."""

    def __init__(self, environment: jinja2.Environment) -> None:
        self.environment = environment
        self.trees: dict[str, _Tree | None] = {}

    @classmethod
    def install(cls, environment: jinja2.Environment) -> None:
        """Lets a theme's environment render navigation so; themes without this part stay as they are."""
        if environment.loader is None or not {_NAV, _ITEM} <= set(environment.list_templates()):
            return
        environment.loader = SidebarLoader(environment.loader)
        environment.globals["apiguide_sidebar"] = cls(environment).html

    @jinja2.pass_context
    def html(self, context: Context) -> str:
        """The navigation of the page that is being rendered."""
        values = context.get_all()
        page = values.get("page")
        if not isinstance(page, GuidePage) or "/" not in page.id:
            return self._whole(values)
        key = folder = resource_id(page.id)
        if page.parent is None:
            # Pages outside of the navigation are alike where no link in it leads to a page beside them.
            is_linked = has_page(page.renderer.view, folder)
            key = f"/{folder if is_linked else page.url.count('/')}"
        if key not in self.trees:
            self.trees[key] = self._tree(page, values)
        tree = self.trees[key]
        return self._whole(values) if tree is None else tree.html(page, self._entry(values))

    def _whole(self, values: Mapping[str, Any]) -> str:
        return dense(self.environment.get_template(_ORIGINAL + _NAV).render(values))

    def _entry(self, values: Mapping[str, Any]) -> _Entry:
        """Renders entries as the page that is being rendered shows them."""
        module: Any = self.environment.get_template(_ITEM).make_module(dict(values))
        return lambda page: dense(str(module.render(page, "", 1)))

    def _tree(self, page: GuidePage, values: Mapping[str, Any]) -> _Tree | None:
        """The navigation cut at the entries of the page and its siblings; None where these are not found."""
        text, entry = self._whole(values), self._entry(values)
        siblings = page.parent.children if page.parent is not None else []
        calls = [each for each in siblings if isinstance(each, GuidePage) and "/" in each.id]
        entries = {each.id: entry(each) for each in calls}
        places = sorted((text.find(each), id_) for id_, each in entries.items())
        if any(text.count(each) != 1 for each in entries.values()):
            return None
        pieces, end = [], 0
        for start, id_ in places:
            pieces.append(text[end:start])
            end = start + len(entries[id_])
        found: dict[str, str | None] = {id_: entries[id_] for _, id_ in places}
        if calls:
            found[page.id] = None  # as others show it is not known yet
        return _Tree((*pieces, text[end:]), found, page)


_Entry = Callable[[GuidePage], str]


def dense(html: str) -> str:
    """HTML without indentation and empty lines, which are more than half of what the theme renders."""
    return _INDENTATION.sub("\n", html)


class _Tree:
    """A navigation in pieces, between which the entries of calls stand."""

    def __init__(self, pieces: tuple[str, ...], entries: dict[str, str | None], first: GuidePage) -> None:
        self.pieces = pieces
        self.entries = entries
        """The entries as the pages of other calls show them, in their order, by the call's id."""
        self.first = first
        """The page that it was made for."""

    def html(self, page: GuidePage, entry: _Entry) -> str:
        """The navigation of a page."""
        if page.id != self.first.id and self.entries.get(self.first.id, "") is None:
            self.entries[self.first.id] = entry(self.first)
        own = entry(page) if page.id in self.entries else ""
        parts = [self.pieces[0]]
        for piece, (id_, text) in zip(self.pieces[1:], self.entries.items(), strict=True):
            parts += (own if id_ == page.id else text or "", piece)
        return "".join(parts)

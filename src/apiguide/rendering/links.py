"""How one page links to another: relatively, so that a site works in any folder."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from posixpath import relpath
from typing import Generic, TypeVar
from urllib.parse import quote

from apiguide.anchors import COMPATIBILITY, NAMES, NEWS, OBJECT, anchor, has_page, has_part, page_url
from apiguide.view import GuideView

T = TypeVar("T")

Question = tuple[str, str]
"""A method of `Links` and the name that it is asked for."""


def relative(target: str, source: str) -> str:
    """The link from the page at the URL `source` to the URL `target`, which may end with an anchor."""
    url, _, fragment = target.partition("#")
    if url == source and fragment:
        return f"#{quote(fragment, safe='-_.~:[]@')}"
    path = relpath(f"/{url}", f"/{source}")
    slash = "/" if url.endswith("/") or not url else ""
    link = "./" if path == "." else path + slash
    return link + (f"#{quote(fragment, safe='-_.~:[]@')}" if fragment else "")


class Links:
    """Links from one page of a view."""

    def __init__(self, view: GuideView, source: str) -> None:
        self._view = view
        self.source = source
        self.answers: dict[Question, str | None] = {}
        """All that has been asked of other pages: a page is the same wherever the answers are."""

    def alike(self) -> Links:
        """Links from the same page, of which nothing has been asked yet."""
        return Links(self._view, self.source)

    def to(self, page: str, fragment: str = "") -> str:
        """The link to a resource's or endpoint's page."""
        return relative(page_url(page) + (f"#{fragment}" if fragment else ""), self.source)

    def ref(self, target: str) -> str | None:
        """The link that `ref:` target stands for; None where this release does not have it."""
        return self.answer(("ref", target))

    def object(self, name: str) -> str | None:
        """The link to where an object's fields are listed; None for objects of the guide as a whole."""
        return self.answer(("object", name))

    def part(self, fragment: str) -> str | None:
        """The link to a part of the page itself; None where it has no such part."""
        return self.answer(("part", fragment))

    def title(self, page: str) -> str | None:
        """The title of a resource's or endpoint's page; None where this release does not have it."""
        return self.answer(("title", page))

    def answer(self, question: Question) -> str | None:
        """What `ref`, `object`, `part` or `title` says of a name."""
        if question not in self.answers:
            method, name = question
            ask = {"ref": self._ref, "object": self._object, "part": self._part, "title": self._title}[method]
            self.answers[question] = ask(name)
        return self.answers[question]

    def _ref(self, target: str) -> str | None:
        page, _, fragment = target.partition("#")
        if not has_page(self._view, page) or (fragment and not has_part(self._view, page, fragment)):
            return None
        return self.to(page, fragment)

    def _object(self, name: str) -> str | None:
        owner = self._view.guide.object_owner.get(name)
        return self.to(owner, anchor(OBJECT, name)) if owner else None

    def _part(self, fragment: str) -> str | None:
        page = self.source.removesuffix("/")
        is_there = page not in (NEWS, COMPATIBILITY, NAMES) and has_part(self._view, page, fragment)
        return relative(f"{self.source}#{fragment}", self.source) if is_there else None

    def _title(self, page: str) -> str | None:
        part = self._view.endpoints.get(page) or self._view.resources.get(page)
        return part.title if part is not None else None


class SharedByLinks(Generic[T]):
    """Things made with links, each made once for all pages from which these lead the same way."""

    def __init__(self) -> None:
        self._made: dict[Hashable, list[tuple[Mapping[Question, str | None], T]]] = {}

    def of(self, key: Hashable, links: Links, make: Callable[[Links], T]) -> T:
        """The thing that is made with some links; `key` is all else that decides what it is."""
        known = self._made.setdefault(key, [])
        for answers, thing in known:
            if all(links.answer(question) == answer for question, answer in answers.items()):
                return thing
        own = links.alike()
        thing = make(own)
        links.answers.update(own.answers)
        known.append((own.answers, thing))
        return thing

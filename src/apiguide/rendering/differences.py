"""Differences between releases as lines of a page: known ones each in a sentence, documented ones by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from apiguide.anchors import OBJECT, RESPONSE, anchors, has_page
from apiguide.changes import Difference, Impact
from apiguide.prose import Prose, resolve_refs
from apiguide.rendering.links import Links
from apiguide.texts import Texts, english
from apiguide.view import GuideView

MANY = 12
"""A longer list of names is folded."""


@dataclass(frozen=True)
class Names:
    """What has come at one place, by name."""

    title: Markup
    """What they are, and how many: `3 fields of <code>book</code>`."""
    names: tuple[tuple[str, str | None], ...]
    """Each with a link to it; None where the release shown does not have it."""
    is_code: bool = True
    """Whether they are names as programs write them, not titles."""

    @property
    def is_folded(self) -> bool:
        """Whether they are shown when the reader asks for them."""
        return len(self.names) > MANY


@dataclass(frozen=True)
class Line:
    """Something that changed: a sentence, or what became of some names."""

    text: Markup
    href: str | None = None
    """Where the part is, if the release shown has it."""
    note: Markup | None = None
    """What the writer says of it."""
    reason: Markup | None = None
    """Why it breaks the promise, where the guide owns up to that."""
    names: Names | None = None


History = tuple[tuple[str, tuple[Line, ...]], ...]
"""What changed in a page, by release, newest first."""

_NONE = Markup()
_CODE = Markup("<code>{}</code>")


class Lines:
    """Makes the lines of one page of a release's guide."""

    def __init__(
        self,
        view: GuideView,
        links: Links,
        prose: Prose,
        anchors: dict[str, frozenset[str]] | None = None,
        texts: Texts | None = None,
    ) -> None:
        """`anchors` are those of the release's pages to which lines have led before; others are added."""
        self.view = view
        self.links = links
        self.prose = prose
        self.texts = texts or english()
        self._anchors = {} if anchors is None else anchors

    def of(self, found: Iterable[Difference], verb: Markup = _NONE) -> Iterator[Line]:
        """The differences of one page as sentences.

        Parameters and fields that are only documented are listed by name after them, a line for each place;
        the verb says what became of them.
        """
        by_location: dict[tuple[str, ...], list[Difference]] = {}
        for each in found:
            if each.code in ("parameter-documented", "field-documented"):
                by_location.setdefault(_location(each), []).append(each)
            else:
                yield self._line(each)
        for location, known in by_location.items():
            yield Line(verb, names=self._names(location, known))

    def endpoints(self, titles: Mapping[str, str], verb: Markup = _NONE) -> Line:
        """Endpoints by their titles, which are given by id."""
        links = ((t, self.links.to(id_) if has_page(self.view, id_) else None) for id_, t in titles.items())
        title = self.texts.html("counts.endpoint", count=len(titles))
        return Line(verb, names=Names(title, tuple(links), is_code=False))

    def inline(self, text: str) -> Markup:
        """A text of one line as HTML."""
        return resolve_refs(self.prose.inline(text), self.links.ref)

    def _line(self, difference: Difference) -> Line:
        owned = [e for e in self.view.settings.exceptions if difference.is_at(e.at)]
        return Line(
            self.inline(difference.said.by(self.texts)),
            self._href(difference),
            self.inline(difference.note) if difference.note else None,
            self.inline(owned[0].reason) if owned and difference.impact is Impact.BREAKING else None,
        )

    def _href(self, difference: Difference) -> str | None:
        page, anchor = difference.page, difference.anchor
        return self.links.to(page, anchor) if self._has(page, anchor) else None

    def _has(self, page: str, anchor: str) -> bool:
        if page not in self._anchors:
            self._anchors[page] = frozenset(anchors(self.view, page))
        return anchor in self._anchors[page]

    def _names(self, location: tuple[str, ...], found: list[Difference]) -> Names:
        paths = [each.names[len(location) :] for each in found]
        shared = _shared(paths) if len(paths) > 1 else 0
        named = ((".".join(path[shared:]), self._href(each)) for path, each in zip(paths, found, strict=True))
        said, (root, *rest) = self.texts.html, location
        parts = said(f"counts.{_LOCATIONS.get(root, 'field')}", count=len(found))
        if root == OBJECT:
            parts = said("counts.of-object", parts=parts, object=_CODE.format(rest[0]))
        elif root == RESPONSE and rest:
            parts = said("counts.of-status", parts=parts, status=rest[0])
        elif root == RESPONSE:
            parts = said("counts.of-response", parts=parts)
        if shared:
            parts = said("counts.in-path", parts=parts, path=_CODE.format(".".join(paths[0][:shared])))
        return Names(parts, tuple(named))


def _location(difference: Difference) -> tuple[str, ...]:
    """What a page lists the part under: a place of the request, a response, or an object."""
    names = difference.names
    has_status = names[0] == RESPONSE and len(names) > 2 and names[1].isdigit()
    return names[:2] if names[0] == OBJECT or has_status else names[:1]


def _shared(paths: list[tuple[str, ...]]) -> int:
    """How many names all paths begin with; none of them leads to another."""
    return next((n for n, names in enumerate(zip(*paths, strict=False)) if len({*names}) > 1), 0)


_LOCATIONS = {"path": "path", "query": "query", "header": "header", "cookie": "cookie", "body": "parameter"}
"""What is counted at a location of a request."""

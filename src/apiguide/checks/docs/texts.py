"""Rules of texts: what they link to, and what pages do not show of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from apiguide.anchors import anchors
from apiguide.checks.references.symbols import Symbols
from apiguide.checks.text import PROSE
from apiguide.model import Deprecation, Part, inside
from apiguide.problems import Mark, Problem, did_you_mean, mark_of
from apiguide.prose import Prose, is_read, links, may_lead
from apiguide.rule import Rule, WarningRule
from apiguide.view import GuideView
from apiguide.yaml_source import Text


class DeadReference(Rule):
    """A `ref:` link points to an endpoint, a resource or a part of a page that no release has."""


class RelativeLink(Rule):
    """A text in `reference/` has a relative link."""


class DroppedLink(WarningRule):
    """The address of a link has a scheme that pages do not allow."""


class DroppedImage(WarningRule):
    """A text in `reference/` has an image, which pages do not show."""


class UnreadMarkup(WarningRule):
    """A text has more brackets, or more deeply nested lists, than Markdown can handle."""


class TooManyLinks(Rule):
    """A file has more than 1,000 links, or more than 25,000 characters of text with links."""


LINKS = 1_000
"""How many links of a file's texts, or references of a page, are looked at."""
LINKED = 25_000
"""How many characters the texts of a file may have in which links are looked for."""

_LOSSES: dict[str, tuple[type[Rule], str, str]] = {
    "image": (DroppedImage, "the image `{}` is not shown", "put it into a page of docs/, or delete it"),
    "link": (
        DroppedLink,
        "the link `{}` leads nowhere",
        "begin its address with https, mailto or `ref:`",
    ),
    "markup": (
        UnreadMarkup,
        "the text is shown as typed, without its markup",
        "shorten it; use fewer brackets, and fewer lists inside lists",
    ),
}
"""Rule, message and remedy by kind of what a text's HTML goes without."""


def check_texts(views: Mapping[str, GuideView], file: Part, symbols: Symbols) -> Iterator[Problem]:
    """Problems of the texts of a file."""
    return Texts(views, symbols).of_file(file)


class Texts:
    """The rules of texts."""

    def __init__(self, views: Mapping[str, GuideView], symbols: Symbols) -> None:
        self.views = views
        self.symbols = symbols
        self.prose = Prose()
        self._anchors: dict[tuple[str, str], frozenset[str]] = {}

    def of_file(self, file: Part) -> Iterator[Problem]:
        """Problems of all texts of a file."""
        length = count = 0
        for text in _texts(file):
            if is_read(text):
                length, count = length + len(text), count + max(text.count("["), text.count("<"), 1)
            if length > LINKED or count > LINKS:
                message = f"the file has more than {LINKS:,} links, or {LINKED:,} characters around them"
                yield TooManyLinks.at(text.mark, message, "use fewer links, or split the file")
                break
            yield from self.of(text, text.mark)
        for use in _used(file):
            if self.symbols.page(use.partition("#")[0]):
                yield from self.ref(use, mark_of(use), scheme="")

    def of(self, text: str, mark: Mark) -> Iterator[Problem]:
        """Problems of one text, which stands at a mark."""
        for loss in self.prose.losses(text):
            rule, message, hint = _LOSSES[loss.kind]
            at = _within(mark, f"[{loss.words}]") if loss.words else mark
            yield rule.at(at, message.format(loss.words), hint)
        for link in links(self.prose.block(text)):
            if link.startswith("ref:"):
                yield from self.ref(link.removeprefix("ref:"), mark)
            elif not link.lower().startswith(("http://", "https://", "mailto:")):
                message = f"the link to `{link}` is relative, but the text is shown on several pages"
                page = link.partition("#")[0].strip("./").removesuffix(".md")
                known = self.symbols.page(page)
                hint = (
                    f"write `ref:{page}`" if known else "write `ref:RESOURCE/ENDPOINT`, or the whole address"
                )
                yield RelativeLink.at(_within(mark, link), message, hint)

    def ref(self, target: str, mark: Mark, *, scheme: str = "ref:") -> Iterator[Problem]:
        """A problem where the target of a `ref:` link in the text at a mark is in no release."""
        shown = f"{scheme}{target}"
        guide, (page, _, fragment) = self.symbols.guide, target.partition("#")
        at = _within(mark, shown)
        if not self.symbols.page(page):
            hint = did_you_mean(page, [*guide.endpoints, *guide.resources])
            hint = hint or "write `ref:RESOURCE` or `ref:RESOURCE/ENDPOINT`"
            yield DeadReference.at(at, f"`{shown}` leads nowhere", hint)
        elif fragment:
            known: set[str] = set()
            for release in reversed([*self.views]):
                known |= self._anchors_of(release, page)
                if fragment in known:
                    return
            if known:
                message = f"`{shown}` leads nowhere: the page has no part `#{fragment}`"
                hint = did_you_mean(fragment, known) or "copy the address of a row on that page"
                yield DeadReference.at(at, message, hint)

    def _anchors_of(self, release: str, page: str) -> frozenset[str]:
        if (release, page) not in self._anchors:
            self._anchors[release, page] = frozenset(anchors(self.views[release], page))
        return self._anchors[release, page]


def _used(file: Part) -> Iterator[str]:
    """The parts of pages that are named as what to use instead of deprecated ones."""
    for part in inside(file):
        if isinstance(part, Deprecation) and part.use is not None and "#" in part.use:
            yield part.use


def _texts(file: Part) -> Iterator[Text]:
    """The texts of a file that may hold links, or that Markdown does not read."""
    for part in inside(file):
        for key in PROSE:
            text = getattr(part, key) if key in part.stated else None
            if isinstance(text, Text) and (may_lead(text) or not is_read(text)):
                yield text


def _within(mark: Mark, words: str) -> Mark:
    """Where words stand in a text that stands at a mark; the whole mark where they are not to be found."""
    for number in range(mark.line, mark.end_line + 1):
        line = mark.source.lines[number - 1] if number <= len(mark.source.lines) else ""
        start = line.find(words, mark.column - 1 if number == mark.line else 0) if words else -1
        if start >= 0:
            return Mark(mark.source, number, start + 1, number, start + 1 + len(words))
    return mark

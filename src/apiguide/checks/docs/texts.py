"""Rules of texts: what they link to, and what pages do not show of them as it is meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from apiguide.anchors import anchors
from apiguide.checks.parts import file_of
from apiguide.checks.references.symbols import Symbols
from apiguide.checks.text import PROSE
from apiguide.commonmark import SCHEMES, is_root_relative, is_too_long, scheme
from apiguide.markup import Construct, constructs, may_have
from apiguide.model import Deprecation, Part, inside
from apiguide.problems import Mark, Problem, did_you_mean, mark_of
from apiguide.rule import Rule, WarningRule
from apiguide.view import GuideView
from apiguide.yaml_source import Text


class DeadReference(Rule):
    """A `ref:` link points to an endpoint, a resource or a part of a page that no release has."""


class RelativeLink(Rule):
    """A text in `reference/` has a relative link."""


class EmptyLink(WarningRule):
    """A link has no address."""


class DroppedLink(WarningRule):
    """The address of a link has a scheme that pages do not allow."""


class DroppedImage(WarningRule):
    """A text in `reference/` has an image, which pages do not show."""


class RawHtml(WarningRule):
    """A text in `reference/` has HTML, which pages show as it is typed."""

    code = "raw-html"


class UnreadMarkup(WarningRule):
    """A text in `reference/` has markup that is not CommonMark, or too much of it to be read."""


class TooManyLinks(Rule):
    """A file has more than 1,000 links, or more than 100,000 characters of text with markup."""


LINKS = 1_000
"""How many links of a file's texts, or references of a page, are looked at."""
LINKED = 100_000
"""How many characters the texts of a file may have in which markup is looked for."""

_BESIDE = "write it under `notes`, or on a page of docs/"
_UNREAD = {
    "admonition": ("texts have no admonitions", _BESIDE),
    "alert": ("texts have no alerts", _BESIDE),
    "attributes": ("texts have no attributes", "delete it"),
    "footnote": ("texts have no footnotes", "write it in parentheses"),
    "spaces": ("an address has no spaces", "write them as `%20`, or delete them"),
    "strike": ("texts have no strikethrough", "delete what no longer holds"),
    "tab": ("texts have no tabs", "write them one after the other, or on a page of docs/"),
    "task": ("texts have no task lists", "delete it"),
}
"""Why something is shown as it is typed, and the remedy, by kind."""
_BOLD, _ITALIC, _CODE = "write `**bold**`", "write `*italic*`", "write `` `code` ``"
_LIST, _TABLE = "begin each item with `- ` or `1. `", "write a table, with `|` between its cells"
_HTML = {
    **dict.fromkeys(("b", "strong"), _BOLD),
    **dict.fromkeys(("em", "i"), _ITALIC),
    **dict.fromkeys(("code", "kbd", "samp", "tt", "var"), _CODE),
    **dict.fromkeys(("li", "ol", "ul"), _LIST),
    **dict.fromkeys(("table", "tbody", "td", "tfoot", "th", "thead", "tr"), _TABLE),
    **{f"h{level}": "write `### Heading`" for level in range(1, 7)},
    "a": "write `[words](address)`",
    "blockquote": "begin each line with `> `",
    "br": "leave a line empty, or end the line with `\\`",
    "hr": "write `---`",
    "img": "put it into a page of docs/, or delete it",
    "p": "leave a line empty",
    "pre": "put ```` ``` ```` on a line before it and after it",
}
"""The remedy by element."""
_SHOWN = "delete it, or put it between backticks if it is meant to be shown"


def check_texts(views: Mapping[str, GuideView], file: Part, symbols: Symbols) -> Iterator[Problem]:
    """Problems of the texts of a file."""
    return Texts(views, symbols).of_file(file)


class Texts:
    """The rules of texts."""

    def __init__(self, views: Mapping[str, GuideView], symbols: Symbols) -> None:
        self.views = views
        self.symbols = symbols
        self._anchors: dict[tuple[str, str], frozenset[str]] = {}

    def of_file(self, file: Part) -> Iterator[Problem]:
        """Problems of all texts of a file."""
        length = count = 0
        for text in _texts(file):
            if not is_too_long(text):
                length, count = length + len(text), count + max(text.count("["), text.count("<"))
            if length > LINKED or count > LINKS:
                message = f"the file has more than {LINKS:,} links, or {LINKED:,} characters with markup"
                yield TooManyLinks.at(text.mark, message, "use fewer links, or split the file")
                break
            yield from self.of(text, text.mark)
        for use in _used(file):
            if self.symbols.page(use.partition("#")[0]):
                yield from self.ref(use, mark_of(use), scheme="")

    def of(self, text: str, mark: Mark) -> Iterator[Problem]:
        """Problems of one text, which stands at a mark."""
        stretch = Stretch(mark)
        for each in constructs(text):
            at = stretch.find(each.typed, text.count(each.typed, 0, each.at) if each.typed else 0)
            yield from self._link(each, at) if each.kind == "link" else _shown_otherwise(each, at)

    def _link(self, link: Construct, at: Mark) -> Iterator[Problem]:
        """What is wrong with a link."""
        address, kind = link.address, scheme(link.address)
        if not address:
            yield EmptyLink.at(at, f"the link `{link.words}` has no address", "write one, or the words alone")
        elif kind == "ref":
            yield from self.ref(address[4:], at)
        elif kind is not None and kind not in SCHEMES:
            if link.words != address:
                message = f"the link `{link.words}` leads nowhere"
                yield DroppedLink.at(at, message, "begin its address with https, mailto or `ref:`")
        elif kind is None and not (self._base and is_root_relative(address)):
            message = f"the link to `{address}` is relative, but the text is shown on several pages"
            yield RelativeLink.at(at, message, self._absolute(address))

    @property
    def _base(self) -> str | None:
        return self.symbols.guide.settings.links_base

    def _absolute(self, address: str) -> str:
        """What to write instead of a relative address."""
        page = address.partition("#")[0].strip("./").removesuffix(".md")
        if self.symbols.page(page):
            return f"write `ref:{page}`"
        if is_root_relative(address):
            return (
                "write the whole address, or in guide.yaml what such links are relative to, as `links_base`"
            )
        return "write `ref:RESOURCE/ENDPOINT`, or the whole address"

    def ref(self, target: str, at: Mark, *, scheme: str = "ref:") -> Iterator[Problem]:
        """A problem where the target of a `ref:` link, which stands at a mark, is in no release."""
        shown = f"{scheme}{target}"
        guide, (page, _, fragment) = self.symbols.guide, target.partition("#")
        if not self.symbols.page(page):
            hint = did_you_mean(page, [*guide.endpoints, *guide.resources])
            hint = hint or "write `ref:RESOURCE` or `ref:RESOURCE/ENDPOINT`"
            yield DeadReference.at(at, f"`{shown}` leads nowhere", hint)
        elif fragment and file_of(page) not in self.symbols.lost:
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
    """The texts of a file that may have more than words."""
    for part in inside(file):
        for key in PROSE:
            text = getattr(part, key) if key in part.stated else None
            if isinstance(text, Text) and may_have(text):
                yield text


def _shown_otherwise(each: Construct, at: Mark) -> Iterator[Problem]:
    """What pages do not show, or show as it is typed."""
    typed = each.typed.partition("\n")[0]
    if each.kind == "image":
        message = f"the image `{each.words}` is not shown"
        yield DroppedImage.at(at, message, "put it into a page of docs/, or delete it")
    elif each.kind == "text":
        message = "the text is shown as typed, without its markup"
        hint = "shorten it; use fewer brackets, and fewer lists inside lists"
        yield UnreadMarkup.at(at, message, hint)
    elif each.kind == "comment":
        message = "the comment is shown as typed: texts have no HTML"
        yield RawHtml.at(at, message, "delete it; a comment of the file begins with `#`")
    elif each.kind == "html":
        message = f"`{typed}` is shown as typed: texts have no HTML"
        yield RawHtml.at(at, message, _HTML.get(each.words, _SHOWN))
    else:
        reason, hint = _UNREAD[each.kind]
        yield UnreadMarkup.at(at, f"`{typed}` is shown as typed: {reason}", hint)


class Stretch:
    """What stands at a mark, to find in it where something is typed."""

    def __init__(self, mark: Mark) -> None:
        self.mark = mark
        lines = mark.source.lines[mark.line - 1 : mark.end_line]
        if lines and mark.end_line - mark.line < len(lines):
            lines[-1] = lines[-1][: mark.end_column - 1]
        if lines:
            lines[0] = lines[0][mark.column - 1 :]
        self.text = "\n".join(lines)

    def find(self, typed: str, before: int = 0) -> Mark:
        """Where something is typed, after it was typed as often as `before` says; else the whole mark."""
        line = typed.partition("\n")[0]
        for spelt in dict.fromkeys((line, line.replace('"', '\\"'), line.replace("'", "''"))):
            at = -1
            for _ in range(before + 1 if spelt else 0):
                following = self.text.find(spelt, at + len(spelt) if at >= 0 else 0)
                if following < 0:
                    break
                at = following
            if at >= 0:
                return self._at(at, len(spelt))
        return self.mark

    def _at(self, start: int, length: int) -> Mark:
        below = self.text.count("\n", 0, start)
        column = start - self.text.rfind("\n", 0, start) + (0 if below else self.mark.column - 1)
        line = self.mark.line + below
        return Mark(self.mark.source, line, column, line, column + length)

"""What a text has beyond words: its links and images, and what looks like markup and is shown as typed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it.token import Token

from apiguide.commonmark import Parser, is_plain, is_too_long, parsed


@dataclass(frozen=True)
class Construct:
    """A link, an image or something else in a text that is more than words."""

    kind: str
    """`link`, `image`, `html`, `comment`, `task`, or what `_TYPED` lists; `text` is the text as a whole."""
    typed: str
    """What stands there; of a link its address alone, if it has one."""
    at: int
    """Where in the text that begins."""
    words: str = ""
    """Of a link or an image, its words; of HTML, the element."""
    address: str = ""
    """Of a link, where it leads."""


MOST = 100
"""A text of more constructs need not be read to the end to see what is wrong with it."""

_MAY_HAVE = re.compile(r"[\[<{]|~~|!!!|\?\?\?|===|^(?:[ \t>*+-]|\d+[.)]){24}", re.MULTILINE)
"""What a text has that may have constructs, or is deeply nested."""
_ATTRIBUTE = r"""(?:[.#][A-Za-z][\w-]*|[A-Za-z][\w-]*=(?:"[^"\n]*"|[^\s{}"]+))"""
_TYPED = {
    "admonition": r"^(?:!!!|\?\?\?\+?)[ \t]+[A-Za-z][\w-]*",
    "alert": r"^\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]",
    "tab": r'^===[!+]?[ \t]+"[^"\n]*"',
    "strike": r"(?<!~)~~(?=[^\s~])[^~\n]*[^\s~]~~(?!~)",
    "footnote": r"^\[\^[^\]\s]+\]:",
    "attributes": rf"(?<!{{){{:?[ \t]+{_ATTRIBUTE}(?:[ \t]+{_ATTRIBUTE})*[ \t]*}}(?!}})"
    rf"|(?<=[)`*_]){{:?{_ATTRIBUTE}(?:[ \t]+{_ATTRIBUTE})*[ \t]*}}",
    "spaces": r"\[[^\[\]\n]+\]\((?:[A-Za-z][A-Za-z0-9+.-]*:(?=\S)|\.{0,2}/|#)[^()\n<>]*[ \t][^()\n<>]*\)",
}
"""What looks like markup and is none, by kind; all but `spaces` is markup elsewhere."""
_ANY = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _TYPED.items()), re.MULTILINE)
_TASK = re.compile(r"\[[ xX]\](?=[ \t])")
_ELEMENT = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")
_ELEMENTS = {
    *("a", "abbr", "b", "big", "blockquote", "br", "center", "cite", "code", "dd", "del", "details", "div"),
    *("dl", "dt", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "iframe", "img", "ins", "kbd"),
    *("li", "mark", "ol", "p", "pre", "q", "s", "samp", "script", "small", "span", "strike", "strong"),
    *("style", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u"),
    *("ul", "var"),
}
"""Elements that texts are written with; others, such as `<id>`, are probably meant to be shown."""

_parser = Parser(joined=False)


def may_have(text: str) -> bool:
    """Whether a text may have constructs; of others nobody need ask."""
    return bool(_MAY_HAVE.search(text)) or (is_too_long(text) and not is_plain(text))


def constructs(text: str) -> list[Construct]:
    """The links and images of a text, and its first `MOST` other constructs; of HTML, each element once.

    A text that is too long or too deep to be read is a construct itself.
    """
    tokens = parsed(_parser, text)
    if tokens is None:
        return [Construct("text", "", 0)]
    found: list[Construct] = []
    others: set[object] = set()
    for each in _all(text, tokens):
        if each.kind not in ("link", "image"):
            other = each.words if each.kind == "html" else each.at
            if other in others or len(others) == MOST:
                continue
            others.add(other)
        found.append(each)
    return found


def _all(text: str, tokens: Sequence[Token]) -> Iterator[Construct]:
    """All constructs of a text."""
    positions = _Positions(text)
    for number, token in enumerate(tokens):
        if token.type == "inline" and token.map is not None:
            is_item = number > 1 and tokens[number - 2].type == "list_item_open"
            position = positions.of(token.content, token.map[0])
            for each in _Line(token.content, token.children or ()).constructs(is_item=is_item):
                at = position(each.at) if each.at >= 0 else max(text.find(each.typed), 0)
                yield replace(each, at=at)


class _Positions:
    """Where in a text stands what the parser has taken from its lines."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._starts = [0, *itertools.accumulate(len(line) + 1 for line in self._lines)]
        self._last = (0, 0)
        """The line and column up to which cells of a table have been found."""

    def of(self, content: str, first: int) -> Callable[[int], int]:
        """Where in the text a place in `content` is, which begins in the text's line `first`."""
        pieces = content.split("\n")
        begins = [0, *itertools.accumulate(len(piece) + 1 for piece in pieces)]
        columns = []
        for number, piece in enumerate(pieces, first):
            after = self._last[1] if self._last[0] == number else 0
            column = max(self._lines[number].find(piece, after), 0) if number < len(self._lines) else 0
            columns.append(column)
            self._last = (number, column + len(piece))

        def place(at: int) -> int:
            below = content.count("\n", 0, at)
            return self._starts[min(first + below, len(self._lines))] + columns[below] + at - begins[below]

        return place


class _Line:
    """A paragraph, a heading or a cell: its content, and the tokens in it, found in turn."""

    def __init__(self, content: str, tokens: Sequence[Token]) -> None:
        self.content = content
        self.tokens = tokens
        self.at = 0
        """Where the tokens that were looked at end."""
        self.words = [*content]
        """The content without code, HTML and addresses."""
        self.open: list[tuple[int, str]] = []
        """Of links that are not closed yet, where they begin and where they lead."""
        self.said: list[str] = []
        """The words of such a link."""

    def constructs(self, *, is_item: bool) -> Iterator[Construct]:
        """All constructs; `is_item` says that an item of a list begins here."""
        for token in self.tokens:
            yield from self._construct(token)
        if is_item and (task := _TASK.match(self.content)):
            yield Construct("task", task[0], 0)
        words = "".join(self.words)
        for match in _ANY.finditer(words):
            yield Construct(str(match.lastgroup), match[0], match.start())
        if "<!--" in words:
            yield Construct("comment", "<!--", words.index("<!--"))

    def _construct(self, token: Token) -> Iterator[Construct]:
        if token.type == "link_open":
            self.open.append(
                (self._next("[" if token.markup != "autolink" else "<"), str(token.attrs["href"]))
            )
            self.said = []
        elif token.type == "link_close" and self.open:
            yield from self._link(*self.open.pop(), is_typed=token.markup == "autolink")
        elif token.type == "image":
            start = self._next("![")
            self._next("](")
            self._hide(start, self._next(str(token.attrs["src"])))
            yield Construct("image", f"![{token.content}]", start, token.content)
        elif token.type == "html_inline":
            start = self._next(token.content)
            self._hide(start, self.at)
            yield from _html(token.content, start)
        elif token.type == "code_inline":
            start = self._next(token.markup)
            self._next(token.markup)
            self._hide(start + len(token.markup), self.at - len(token.markup))
            self.said.append(token.content)
        else:
            is_break = token.type in ("softbreak", "hardbreak")
            self._next("\n" if is_break else token.markup or token.content)
            self.said.append(" " if is_break else token.content)

    def _link(self, start: int, address: str, *, is_typed: bool) -> Iterator[Construct]:
        """A link that ends here."""
        words = "".join(self.said)
        if is_typed:
            self._hide(start, self.at)
            yield Construct("link", address, start + 1, words, address)
        elif not self.content.startswith("](", self.at):
            kind = "footnote" if words.startswith("^") else "link"
            typed = f"[{words}]" if kind == "footnote" or not address else address
            yield Construct(kind, typed, start if typed != address else -1, words, address)
        else:
            label = self.content[start : self.at + 1]
            end = self.at = self.at + 2
            at = self._next(address) if address else -1
            is_found = address and self.content.startswith(address, at)
            typed, at = (address, at) if is_found else (label if address else f"{label}()", start)
            self._hide(end, self.at)
            yield Construct("link", typed, at, words, address)

    def _next(self, typed: str) -> int:
        """Where what is typed stands next, after which the next token is looked for."""
        start = self.content.find(typed, self.at)
        if start < 0:
            return self.at
        self.at = start + len(typed)
        return start

    def _hide(self, start: int, end: int) -> None:
        """Leaves a stretch out of the words."""
        self.words[start:end] = "\0" * (end - start)


def _html(typed: str, at: int) -> Iterator[Construct]:
    """HTML that readers see as it is typed, and are not meant to."""
    if typed.startswith("<!--"):
        yield Construct("comment", typed, at)
    elif (element := _ELEMENT.match(typed)) and element[1].lower() in _ELEMENTS:
        yield Construct("html", typed, at, element[1].lower())

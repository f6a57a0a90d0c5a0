"""Curl lines and the answers to them, read from the pages of a built site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from apiguide.proof_record import digest

_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()  # noqa: SIM905
)
_PAGE = "index.html"
_SHELLS = ("bash", "sh", "shell", "")
"""What code blocks with curl lines are marked as; on hand-written pages, highlighted ones may not say it."""
_MESSAGES = '<div class="ag-messages">'


class PageError(Exception):
    """Why a page cannot be read."""


@dataclass(frozen=True)
class Shown:
    """A response that a page shows below a line."""

    status: str
    language: str = ""
    """`json` or `xml`; "" where it shows no body."""
    text: str = ""
    is_shortened: bool = False
    """Whether the page says that it shows only some of the fields."""


@dataclass(frozen=True)
class Printed:
    """A curl line on a page."""

    page: str
    """The address of the page below its release, such as `books/create/`."""
    number: int
    """Which of the page's lines it is, from 1."""
    example: int
    """Which of the page's examples it shows: the formats of an example share it."""
    line: str
    shown: tuple[Shown, ...]
    """The responses below it; empty for a line that stands alone."""
    statuses: frozenset[str]
    """The statuses that the page lists."""
    lacks: bool = False
    """Whether the page says that not all of the request is known."""

    @property
    def digest(self) -> str:
        """That of the line and the answers below it."""
        return digest(self.line, [(each.status, each.language, each.text) for each in self.shown])

    @property
    def resource(self) -> str:
        """The first folder of the page; "" for the start page."""
        return self.page.partition("/")[0]


def lines_of(site: Path, release: str) -> list[Printed]:
    """All curl lines in the guide of a release, by page. Raises PageError."""
    folder = site / release
    found: list[Printed] = []
    for path in sorted(folder.rglob(_PAGE)):
        page = path.parent.relative_to(folder).as_posix()
        found += lines_in(_html(path), "" if page == "." else f"{page}/")
    return found


def without_example(
    site: Path, release: str, endpoints: Iterable[str], lines: Iterable[Printed]
) -> Iterator[Path]:
    """The pages of endpoints that have none of the lines, and do not say why there is none."""
    pages = {each.page for each in lines}
    for id_ in endpoints:
        path = site / release / id_ / _PAGE
        if f"{id_}/" in pages or (path.is_file() and _MESSAGES in _html(path)):
            continue
        yield path


def _html(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise PageError(f"{path} cannot be read: it is not UTF-8") from error
    except OSError as error:
        raise PageError(f"{path} cannot be read: {error.strerror}") from error


def lines_in(html: str, page: str) -> Iterator[Printed]:
    """The curl lines of a page."""
    if "curl" not in html:
        return
    reader = _Reader()
    reader.feed(html)
    reader.close()
    statuses = frozenset(reader.statuses)
    for number, group in enumerate((each for each in reader.groups if each.line), start=1):
        yield Printed(page, number, group.example, group.line, tuple(group.shown), statuses, group.lacks)


class _Group:
    """A line with what stands below it."""

    def __init__(self, example: int) -> None:
        self.example = example
        self.line = ""
        self.lacks = False
        self.shown: list[Shown] = []


class _Reader(HTMLParser):
    """Reads a page from its beginning to its end."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.groups: list[_Group] = []
        self.statuses: list[str] = []
        self._open: list[tuple[str, frozenset[str]]] = []
        self._messages: _Group | None = None
        self._status: str | None = None
        """The status of the caption that came last, in a group."""
        self._text: list[str] | None = None
        self._example = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        if tag in _VOID:
            return
        classes = frozenset((dict(attrs).get("class") or "").split())
        if "ag-formats" in classes or ("ag-messages" in classes and not self._is_in("ag-formats")):
            self._example += 1
        self._open.append((tag, classes))
        if "ag-messages" in classes:
            self._messages = _Group(self._example)
            self.groups.append(self._messages)
        elif "ag-lacks" in classes and self._messages is not None:
            self._messages.lacks = True
        elif "ag-quiet" in classes and self._messages is not None and self._messages.shown:
            last = self._messages.shown[-1]
            self._messages.shown[-1] = Shown(last.status, last.language, last.text, is_shortened=True)
        if "ag-status" in classes or (tag == "code" and any(name == "pre" for name, _ in self._open)):
            self._text = []

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        while self._open:
            name, classes = self._open.pop()
            if name == tag:
                break
        else:
            return
        if "ag-status" in classes:
            self._take_status("".join(self._text or ()).strip())
        elif tag == "code" and self._text is not None:
            self._take_code("".join(self._text), classes)
        elif "ag-caption" in classes:
            self._keep_status()
        elif "ag-messages" in classes:
            self._messages = None

    def handle_data(self, data: str) -> None:
        """Text."""
        if self._text is not None:
            self._text.append(data)

    def _is_in(self, name: str) -> bool:
        return any(name in classes for _, classes in self._open)

    def _take_status(self, text: str) -> None:
        self._text = None
        if self._messages is not None:
            self._status = text
        else:
            self.statuses.append(text)

    def _keep_status(self) -> None:
        """A caption with a status is that of a response, with or without a body."""
        if self._messages is not None and self._status is not None:
            self._messages.shown.append(Shown(self._status))
            self._status = None

    def _take_code(self, text: str, own: frozenset[str]) -> None:
        self._text = None
        language = next(
            (
                name.removeprefix("language-")
                for classes in (own, *(classes for _, classes in self._open))
                for name in classes
                if name.startswith("language-")
            ),
            "",
        )
        group = self._messages
        if language in _SHELLS and text.lstrip().startswith("curl "):
            if group is None:
                self._example += not self._is_in("ag-formats")
                group = _Group(self._example)
                self.groups.append(group)
            group.line = text.rstrip("\n")
        elif group is not None and group.line and group.shown and not group.shown[-1].language:
            group.shown[-1] = Shown(group.shown[-1].status, language, text)

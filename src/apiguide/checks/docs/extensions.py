"""Rules of the Markdown of hand-written pages: what they use of extensions, mkdocs.yml switches on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from apiguide.checks.settings.mkdocs_file import MkdocsFile
from apiguide.docs import DocsPage
from apiguide.folders import CONFIG
from apiguide.problems import Mark, Problem
from apiguide.rule import WarningRule


class ExtensionOff(WarningRule):
    """A page uses Markdown that mkdocs.yml does not switch on."""


class _Use(NamedTuple):
    """How the use of an extension is known, and how the extension is switched on."""

    pattern: re.Pattern[str]
    extension: str
    entry: str


def _use(pattern: str, extension: str, entry: str = "") -> _Use:
    return _Use(re.compile(pattern), extension, entry or extension)


_USES = (
    _use(r'^ {0,3}(===[+!]* +"[^"]*")', "pymdownx.tabbed", "pymdownx.tabbed: {alternate_style: true}"),
    _use(r"^ {0,3}(!!! ?\w.*)", "admonition"),
    _use(r"^ {0,3}(\?\?\?\+? ?\w.*)", "pymdownx.details"),
    _use(r"^ {0,3}[-*+] (\[[ xX]\]) \S", "pymdownx.tasklist"),
    _use(r"^ {0,3}(\[\^[^\]\s]+\]:)", "footnotes"),
    _use(r"^ {0,3}(\*\[[^\]]+\]:)", "abbr"),
    _use(r"^(: {3}\S.*)", "def_list"),
    _use(r"^ {0,3}#{1,6} .*(\{:? ?[#.][\w-][^{}]*\})\s*$", "attr_list"),
    _use(r"(?:^ {0,3}|[)\]*_`])(\{:? ?[#.][\w-][^{}]*\})", "attr_list"),
    _use(r"(<\w[^<>]*\smarkdown(?:=[^<>]*)?>)", "md_in_html"),
    _use(r"(:(?:fontawesome|material|octicons|simple)-[\w-]+:)", "pymdownx.emoji"),
)
_FENCE = re.compile(r"\s*(`{3,}|~{3,})(.*)")
_TICKS = re.compile("`+")


def check_extensions(docs: tuple[DocsPage, ...], file: MkdocsFile) -> Iterator[Problem]:
    """The first use on each page of each extension that is not switched on."""
    if file.extensions is None:
        return
    off = [use for use in _USES if use.extension not in file.extensions]
    for page in docs:
        found: set[str] = set()
        for number, line in _prose(page):
            for use in off:
                match = use.pattern.search(line) if use.extension not in found else None
                if match is not None:
                    found.add(use.extension)
                    mark = Mark(page.source, number, match.start(1) + 1, number, match.end(1) + 1)
                    message = f"this is plain text: {CONFIG} does not switch on `{use.extension}`"
                    hint = f"write `- {use.entry}` under `markdown_extensions` in {CONFIG}"
                    yield ExtensionOff.at(mark, message, hint)


def _prose(page: DocsPage) -> Iterator[tuple[int, str]]:
    """The lines of a page that are no code, with their numbers; code in them is blanked out."""
    fence = ""
    for number, line in enumerate(page.source.lines[page.first_line - 1 :], page.first_line):
        match = _FENCE.match(line)
        if fence:
            if match and match[1].startswith(fence) and not match[2].strip():
                fence = ""
        elif match:
            fence = match[1]
        else:
            yield number, _without_code(line)


def _without_code(line: str) -> str:
    """A line without what stands between a run of backticks and the next that is as long, its code."""
    runs = [match.span() for match in _TICKS.finditer(line)]
    ends: dict[int, int] = {}
    closing: list[int | None] = []
    for start, end in reversed(runs):
        closing.append(ends.get(end - start))
        ends[end - start] = start
    shown, at = "", 0
    for (start, end), close in zip(runs, reversed(closing), strict=True):
        if start >= at and close is not None:
            shown += line[at:end] + " " * (close - end)
            at = close
        elif at and start == at:
            shown += line[start:end]
            at = end
    return shown + line[at:]

"""Rules of what pages show: links in texts, and macro calls in hand-written pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from apiguide.checks.docs.addresses import check_addresses
from apiguide.checks.docs.links import PageLinks
from apiguide.checks.docs.page_markdown import PageMarkdown
from apiguide.checks.docs.texts import LINKED, LINKS, Stretch, Texts, TooManyLinks
from apiguide.checks.parts import files
from apiguide.checks.references.symbols import Symbols
from apiguide.checks.requests.paths import path_problems
from apiguide.checks.time.lifespans import RemovedBeforeStart, release_problems
from apiguide.commonmark import scheme
from apiguide.docs import DocsPage
from apiguide.docs_macros import (
    CALLS,
    MACROS,
    Call,
    CallError,
    DocsSyntax,
    UnknownEndpoint,
    arguments,
    parse,
    refused,
    shown,
)
from apiguide.folders import MACRO_SUFFIX
from apiguide.folders import MACROS as OWN_MACROS
from apiguide.model import Guide
from apiguide.problems import Mark, Problem
from apiguide.rule import Rule
from apiguide.view import GuideView


class TooManyCalls(Rule):
    """A page has more than 200 macro calls, or more than 1,000 references."""


BRACES = 2_000
"""A page with more of Jinja's is not parsed."""


def check_docs(guide: Guide, docs: tuple[DocsPage, ...]) -> Iterator[Problem]:
    """Problems of hand-written pages that need no view: their releases, and where they stand."""
    yield from check_addresses(guide, docs)
    order = guide.order
    for page in docs:
        for release in (page.since, page.removed):
            if release is not None:
                yield from release_problems(release, guide.releases)
        if page.removed is not None and order.get(page.removed, len(order)) <= order.get(page.since, -1):
            begins = (
                f"was introduced in {page.since}" if page.since else "has been there from the first release"
            )
            message = f"the page is removed in {page.removed}, but {begins}"
            hint = "name a later release, or delete the page"
            yield RemovedBeforeStart.at(page.removed.mark, message, hint)


def check_syntax(docs: tuple[DocsPage, ...]) -> Iterator[Problem]:
    """What of Jinja stands in hand-written pages besides macro calls."""
    for page in docs:
        yield from _parsed(page)[1]


def check_shown(
    views: Mapping[str, GuideView], docs: tuple[DocsPage, ...], root: Path, symbols: Symbols
) -> Iterator[Problem]:
    """Problems of texts and of macro calls in every release that shows them.

    The views may lack what stands in files with errors; `symbols` knows of all that can be named.
    """
    texts = Texts(views, symbols)
    for _, file in files(symbols.guide):
        yield from texts.of_file(file)
    markdown = PageMarkdown({page.path: (page, _parsed(page)[0]) for page in docs})
    yield from _Calls(views, root, symbols, texts).problems(docs)
    yield from _refs(markdown, symbols, texts)
    if views:
        yield from PageLinks(markdown, root, symbols, views).problems()


def _refs(markdown: PageMarkdown, symbols: Symbols, texts: Texts) -> Iterator[Problem]:
    """References of pages that lead nowhere."""
    order = {*symbols.guide.order, None}
    for path, (page, parts) in markdown.docs.items():
        is_dated = {page.since, page.removed} <= order
        if is_dated and any(isinstance(part, str) and "ref:" in part.lower() for part in parts):
            last = len(page.source.lines)
            stretch = Stretch(Mark(page.source, page.first_line, 1, last, len(page.source.lines[-1]) + 1))
            for link in markdown.links(path):
                if scheme(link) == "ref":
                    yield from texts.ref(link[4:], stretch.find(link))


def _parsed(page: DocsPage) -> tuple[list[str | Call], list[Problem]]:
    """A page's text and macro calls; no page is so odd that it could not be read."""
    if page.source.text.count("{{") + page.source.text.count("{%") > BRACES:
        message = f"the page has more than {BRACES:,} `{{{{` or `{{%`"
        return [], [TooManyCalls.at(Mark(page.source), message, "split the page")]
    try:
        return _few_enough(page, *parse(page.source, page.first_line))
    except (RecursionError, ValueError) as error:
        what = (
            "too many brackets inside brackets"
            if isinstance(error, RecursionError)
            else "a number that is too long"
        )
        message = f"a macro call in this page has {what}"
        lines = page.source.lines
        line = max(range(page.first_line, len(lines) + 1), key=lambda number: len(lines[number - 1]))
        mark = Mark(page.source, line, 1, line, len(lines[line - 1]) + 1)
        return [], [DocsSyntax.at(mark, message, 'write `{{ macro("text", 1) }}`')]


def _few_enough(
    page: DocsPage, parts: list[str | Call], problems: list[Problem]
) -> tuple[list[str | Call], list[Problem]]:
    """The parts of a page; none where there are more macro calls or references than are looked at."""
    calls = [part for part in parts if isinstance(part, Call)]
    length = 0
    for number, call in enumerate(calls, 1):
        length += sum(len(text) for text in call.arguments if isinstance(text, str))
        if number > CALLS or length > LINKED:
            message = f"the page has more than {CALLS} macro calls, or {LINKED:,} characters in them"
            return [], [*problems, TooManyCalls.at(call.mark, message, "split the page")]
    met = 0
    for number, line in enumerate(page.source.lines, 1):
        met += line.count("ref:")
        if met > LINKS:
            message = f"the page has more than {LINKS:,} references"
            mark = Mark(page.source, number, 1, number, len(line) + 1)
            return [], [*problems, TooManyLinks.at(mark, message, "split the page")]
    return parts, problems


class _Calls:
    """The rules of macro calls."""

    def __init__(self, views: Mapping[str, GuideView], root: Path, symbols: Symbols, texts: Texts) -> None:
        self.views = views
        self.symbols = symbols
        self.texts = texts
        files_ = (root / OWN_MACROS).glob(f"*{MACRO_SUFFIX}")
        self.own = {file.name.removesuffix(MACRO_SUFFIX) for file in files_}

    def problems(self, docs: tuple[DocsPage, ...]) -> Iterator[Problem]:
        """Problems of the pages, each as of the newest release in which it has one."""
        order = self.symbols.guide.order
        for page in docs:
            if not {page.since, page.removed} <= {*order, None}:
                continue
            releases = [release for release in reversed([*self.views]) if page.is_in(release, order)]
            for part in _parsed(page)[0]:
                if not isinstance(part, str):
                    found = (self._problem(part, self.views[release]) for release in releases)
                    problem = next((each for each in found if each is not None), None)
                    if problem is not None:
                        yield problem
                    elif part.name in ("info", "note", "warning"):
                        for text in part.arguments:
                            if isinstance(text, str):
                                yield from self.texts.of(text, part.mark)

    def _problem(self, call: Call, view: GuideView) -> Problem | None:
        if call.name in self.own and call.name not in MACROS:
            return None
        try:
            for problem in path_problems(arguments(call).get("path", "/"), ()):
                raise refused(call, f"cannot be called like this: {problem.message}; {problem.hint}")
            shown(view, call, self.views)
        except CallError as error:
            return self._of_error(call, error)
        return None

    def _of_error(self, call: Call, error: CallError) -> Problem | None:
        """The error as a problem; none where what the call names is in a file that has errors itself."""
        hint = error.hint
        id_ = next((each for each in (*call.arguments, *call.options.values())), None)
        if error.rule is UnknownEndpoint and isinstance(id_, str) and self.symbols.page(id_):
            endpoints = [each for each in self.symbols.guide.endpoints if each.startswith(f"{id_}/")]
            if any(id_ in view.endpoints for view in self.views.values()):
                hint = error.hint if arguments(call).get("release") else self._span_hint(id_)
            elif endpoints:
                hint = f"name one of its endpoints, for example `{endpoints[0]}`"
            else:
                return None
        return error.rule.at(call.mark, str(error), hint)

    def _span_hint(self, id_: str) -> str:
        """What to write into the front matter of a page that names an endpoint of some releases."""
        having = [release for release, view in self.views.items() if id_ in view.endpoints]
        releases = [*self.views]
        keys = [f'`since: "{having[0]}"`'] if having[0] != releases[0] else []
        after = releases.index(having[-1]) + 1
        keys += [f'`removed: "{releases[after]}"`'] if after < len(releases) else []
        return f"not every release has the endpoint: write {' and '.join(keys)} in the page's front matter"

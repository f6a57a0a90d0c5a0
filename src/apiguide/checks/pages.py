"""Rules of what pages show: links in texts, and macro calls in hand-written pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from apiguide.anchors import COMPATIBILITY, NAMES, NEWS, anchors
from apiguide.checks.dates import release_problems
from apiguide.checks.names import path_problems
from apiguide.checks.page_links import PageLinks
from apiguide.checks.parts import file_of, files
from apiguide.checks.references import Symbols
from apiguide.checks.text import PROSE
from apiguide.docs import DocsPage
from apiguide.docs_macros import CALLS, MACROS, Call, CallError, arguments, parse, refused, shown
from apiguide.folders import MACRO_SUFFIX
from apiguide.folders import MACROS as OWN_MACROS
from apiguide.model import Guide, Part, inside
from apiguide.problems import Mark, Problem, did_you_mean, mark_of
from apiguide.prose import LENGTH, Prose, is_read, links, may_lead, refs
from apiguide.rules import Rule
from apiguide.rules import docs as rules
from apiguide.rules.references import UnknownEndpoint
from apiguide.rules.time import RemovedBeforeStart
from apiguide.view import GuideView
from apiguide.yaml_source import Text

LINKS = 1_000
"""How many links of a file's texts, or references of a page, are looked at."""
LINKED = 25_000
"""How many characters the texts of a file may have in which links are looked for."""
BRACES = 2_000
"""A page with more of Jinja's is not parsed."""

_LOSSES: dict[str, tuple[type[Rule], str, str]] = {
    "image": (rules.DroppedImage, "the image `{}` is not shown", "put it into a page of docs/, or delete it"),
    "link": (
        rules.DroppedLink,
        "the link `{}` leads nowhere",
        "begin its address with https, mailto or `ref:`",
    ),
    "markup": (
        rules.UnreadMarkup,
        "the text is shown as it stands, without its markup",
        "shorten it; use fewer brackets, and fewer lists inside lists",
    ),
}
"""Rule, message and remedy by kind of what a text's HTML goes without."""


def check_docs(guide: Guide, docs: tuple[DocsPage, ...]) -> Iterator[Problem]:
    """Problems of hand-written pages that need no view: their releases, and where they stand."""
    yield from _collisions(guide, docs)
    order = guide.order
    for page in docs:
        for release in (page.since, page.removed):
            if release is not None:
                yield from release_problems(release, guide.releases)
        if page.removed is not None and order.get(page.removed, len(order)) <= order.get(page.since, -1):
            begins = f"in {page.since}" if page.since else "with the guide"
            message = f"the page is removed in {page.removed}, and begins {begins}"
            hint = "name a later release, or delete the page"
            yield RemovedBeforeStart.at(page.removed.mark, message, hint)


def check_syntax(docs: tuple[DocsPage, ...]) -> Iterator[Problem]:
    """What of Jinja stands in hand-written pages besides macro calls."""
    for page in docs:
        yield from _parsed(page)[1]


def check(
    views: Mapping[str, GuideView], docs: tuple[DocsPage, ...], root: Path, symbols: Symbols
) -> Iterator[Problem]:
    """Problems of texts and of macro calls in every release that shows them.

    The views may lack what stands in files with errors; `symbols` knows of all that can be named.
    """
    texts = _Texts(views, symbols)
    for _, file in files(symbols.guide):
        yield from texts.of_file(file)
    yield from _Calls(views, root, symbols, texts).problems(docs)
    if views:
        read = {page.path: (page, _parsed(page)[0]) for page in docs}
        yield from PageLinks(read, root, symbols, views).problems()


def check_texts(views: Mapping[str, GuideView], file: Part, symbols: Symbols) -> Iterator[Problem]:
    """Problems of the texts of a file."""
    return _Texts(views, symbols).of_file(file)


def _parsed(page: DocsPage) -> tuple[list[str | Call], list[Problem]]:
    """A page's text and macro calls; no page is so odd that it could not be read."""
    if page.source.text.count("{{") + page.source.text.count("{%") > BRACES:
        message = f"more than {BRACES:,} times `{{{{` or `{{%` stand in the page"
        return [], [rules.TooManyCalls.at(Mark(page.source), message, "split the page")]
    try:
        return _few_enough(page, *parse(page.source, page.first_line))
    except (RecursionError, ValueError) as error:
        what = (
            "brackets inside brackets" if isinstance(error, RecursionError) else "a number that is too long"
        )
        message = f"a macro call in this page has {what}"
        lines = page.source.lines
        line = max(range(page.first_line, len(lines) + 1), key=lambda number: len(lines[number - 1]))
        mark = Mark(page.source, line, 1, line, len(lines[line - 1]) + 1)
        return [], [rules.DocsSyntax.at(mark, message, 'write `{{ macro("text", 1) }}`')]


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
            return [], [*problems, rules.TooManyCalls.at(call.mark, message, "split the page")]
    met = 0
    for number, line in enumerate(page.source.lines, 1):
        met += line.count("ref:")
        if met > LINKS:
            message = f"the page has more than {LINKS:,} references"
            mark = Mark(page.source, number, 1, number, len(line) + 1)
            return [], [*problems, rules.TooManyLinks.at(mark, message, "split the page")]
    return parts, problems


def _collisions(guide: Guide, docs: tuple[DocsPage, ...]) -> Iterator[Problem]:
    """No two pages stand at one address."""
    hint = "rename the file"
    taken = {f"{NEWS}/": "the page of what is new in a release", f"{NAMES}/": "the page of all names"}
    if guide.settings.compatible_since is not None:
        taken[f"{COMPATIBILITY}/"] = "the page of the promise to stay compatible"
    for id_, resource in guide.resources.items():
        if f"{id_}/" in taken:
            message = f"`{id_}/` is also the address of {taken[f'{id_}/']}"
            yield rules.PageCollision.at(Mark(mark_of(resource.title).source), message, "rename the folder")
    taken |= {f"{id_}/": file_of(id_) for id_ in (*guide.resources, *guide.endpoints)}
    for id_ in guide.endpoints:
        if id_.endswith("/index"):
            resource_file = file_of(id_.partition("/")[0])
            message = f"an endpoint cannot be named `index`: that is the page of {resource_file}"
            mark = Mark(mark_of(guide.endpoints[id_].title).source)
            yield rules.PageCollision.at(mark, message, f"{hint}, to `list.yaml` say")
    for page in docs:
        if page.url in taken:
            message = f"`{page.url or './'}` is also the address of {taken[page.url]}"
            yield rules.PageCollision.at(Mark(page.source), message, hint)
        taken.setdefault(page.url, page.source.path)


class _Texts:
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
                yield rules.TooManyLinks.at(text.mark, message, "use fewer links, or split the file")
                break
            yield from self.of(text, text.mark)

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
                message = f"the link to `{link}` is relative, and the text stands on several pages"
                page = link.partition("#")[0].strip("./").removesuffix(".md")
                known = self.symbols.page(page)
                hint = f"write `ref:{page}`" if known else "write `ref:RESOURCE/CALL`, or the whole address"
                yield rules.RelativeLink.at(_within(mark, link), message, hint)

    def ref(self, target: str, mark: Mark) -> Iterator[Problem]:
        """A problem where the target of a `ref:` link in the text at a mark is in no release."""
        guide, (page, _, fragment) = self.symbols.guide, target.partition("#")
        at = _within(mark, f"ref:{target}")
        if not self.symbols.page(page):
            hint = did_you_mean(page, [*guide.endpoints, *guide.resources])
            hint = hint or "write `ref:RESOURCE` or `ref:RESOURCE/CALL`"
            yield rules.DeadReference.at(at, f"`ref:{target}` leads nowhere", hint)
        elif fragment:
            known: set[str] = set()
            for release in reversed([*self.views]):
                known |= self._anchors_of(release, page)
                if fragment in known:
                    return
            if known:
                message = f"`ref:{target}` leads nowhere: the page has no part `#{fragment}`"
                hint = did_you_mean(fragment, known) or "copy the address of a row of that page"
                yield rules.DeadReference.at(at, message, hint)

    def _anchors_of(self, release: str, page: str) -> frozenset[str]:
        if (release, page) not in self._anchors:
            self._anchors[release, page] = frozenset(anchors(self.views[release], page))
        return self._anchors[release, page]


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


class _Calls:
    """The rules of macro calls."""

    def __init__(self, views: Mapping[str, GuideView], root: Path, symbols: Symbols, texts: _Texts) -> None:
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
                if isinstance(part, str):
                    yield from self._refs(part, page)
                else:
                    found = (self._problem(part, self.views[release]) for release in releases)
                    problem = next((each for each in found if each is not None), None)
                    if problem is not None:
                        yield problem
                    elif part.name in ("info", "note", "warning"):
                        for text in part.arguments:
                            if isinstance(text, str):
                                yield from self.texts.of(text, part.mark)

    def _refs(self, text: str, page: DocsPage) -> Iterator[Problem]:
        if "ref:" in text.lower():
            whole = Mark(page.source, page.first_line, 1, len(page.source.lines), 1)
            for piece in _pieces(text):
                for target in dict.fromkeys(refs(self.texts.prose.block(piece))):
                    yield from self.texts.ref(target, whole)

    def _problem(self, call: Call, view: GuideView) -> Problem | None:
        if call.name in self.own and call.name not in MACROS:
            return None
        try:
            for problem in path_problems(arguments(call).get("path", "/"), ()):
                raise refused(call, f"cannot be called so: {problem.message}; {problem.hint}")
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
                hint = f"name one of its endpoints, `{endpoints[0]}` say"
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
        return f"not every release has the endpoint: say {' and '.join(keys)} in the page's front matter"


def _pieces(text: str) -> Iterator[str]:
    """A page's text in pieces that Markdown reads, those that have a reference in them."""
    if len(text) <= LENGTH:
        yield text
        return
    piece: list[str] = []
    length = 0
    for paragraph in (*text.split("\n\n"), ""):
        length += len(paragraph)
        if length > LENGTH or not paragraph:
            if any("ref:" in each.lower() for each in piece):
                yield "\n\n".join(piece)
            piece, length = [], len(paragraph)
        piece.append(paragraph)

"""Rules of addresses: each page has one of its own, on systems too that take `Books/` and `books/` for one.

Those that pages had before lead to where the pages are now.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from apiguide.anchors import COMPATIBILITY, NAMES, NEWS, news_page, page_url
from apiguide.checks.parts import file_of
from apiguide.docs import DocsPage, docs_url
from apiguide.folders import DOCS, alike, name_fault
from apiguide.model import Guide
from apiguide.model.forms import BadFormerName
from apiguide.problems import Mark, Problem, Source, mark_of, quoted
from apiguide.rule import Rule, WarningRule


class PageCollision(Rule):
    """Two pages would have the same address."""


class NoStartPage(WarningRule):
    """There is no start page, to which the address of each guide leads."""


class FormerlyTaken(Rule, family="references"):
    """A former name of a page is or was the name of another one."""


_FILES = ("404.html", "pages.json", "sitemap.xml", "sitemap.xml.gz")
"""Files in the folder of a release, where no page can have its folder."""
_INDEX = "index.html"

_RENAME = "rename the file"


def check_addresses(guide: Guide, docs: tuple[DocsPage, ...]) -> Iterator[Problem]:
    """No two pages have one address, and none the former address of another."""
    taken = _made(guide)
    yield from _of_reference(guide, taken)
    taken |= {alike(page_url(id_)): file_of(id_) for id_ in (*guide.resources, *guide.endpoints)}
    for page in docs:
        key = alike(page.url)
        if key in taken:
            message = f"`{page.url or './'}` is also the address of {taken[key]}"
            yield PageCollision.at(Mark(page.source), message, _RENAME)
        steps = key.split("/")[:-1]
        if _INDEX in steps or steps[:1] in [[name] for name in _FILES]:
            message = f"`{page.url}` is also the address of a file that is written for each release"
            yield PageCollision.at(Mark(page.source), message, _RENAME)
        taken.setdefault(key, page.source.path)
    yield from _formerly(guide, docs, taken)


def check_start_page(docs: tuple[DocsPage, ...], unread: Collection[str]) -> Iterator[Problem]:
    """A site has a start page; `unread` are the paths of files of docs/ that cannot be read."""
    file = f"{DOCS}/index.md"
    if file not in unread and not any(page.url == "" for page in docs):
        message = "there is no start page, without which the site cannot be published"
        yield NoStartPage.at(Mark(Source(file)), message, "write one; it may call `{{ resources() }}`")


def _made(guide: Guide) -> dict[str, str]:
    """The pages that are made of no file, by what is alike to their addresses."""
    taken = {f"{NEWS}/": "the page of what is new in a release", f"{NAMES}/": "the page of all names"}
    for release in guide.releases:
        key = alike(page_url(news_page(release)))
        taken[key] = f"the page of what has changed since {release}"
    if guide.settings.compatible_since is not None:
        taken[f"{COMPATIBILITY}/"] = "the page of the promise to stay compatible"
    return taken


def _of_reference(guide: Guide, taken: Mapping[str, str]) -> Iterator[Problem]:
    for id_, resource in guide.resources.items():
        if f"{id_}/" in taken:
            message = f"`{id_}/` is also the address of {taken[f'{id_}/']}"
            yield PageCollision.at(Mark(mark_of(resource.title).source), message, "rename the folder")
    for id_ in guide.endpoints:
        if id_.endswith("/index"):
            resource_file = file_of(id_.partition("/")[0])
            message = f"an endpoint cannot be named `index`: that is the page of {resource_file}"
            mark = Mark(mark_of(guide.endpoints[id_].title).source)
            yield PageCollision.at(mark, message, f"{_RENAME}, for example to `list.yaml`")


class _Former(NamedTuple):
    """A name that a page had before."""

    name: str
    url: str
    file: str
    """That of the page today."""


def _formers(guide: Guide, docs: tuple[DocsPage, ...]) -> Iterator[_Former]:
    for id_, endpoint in guide.endpoints.items():
        for name in endpoint.formerly:
            yield _Former(name, page_url(name), file_of(id_))
    for id_, resource in guide.resources.items():
        for name in resource.formerly:
            yield _Former(name, page_url(name), file_of(id_))
    for page in docs:
        for name in page.formerly:
            yield _Former(name, docs_url(name), page.source.path)


def _formerly(guide: Guide, docs: tuple[DocsPage, ...], taken: Mapping[str, str]) -> Iterator[Problem]:
    """A name that a page had before is not that of another, now or before."""
    found = dict(taken)
    for former in _formers(guide, docs):
        fault = next(filter(None, map(name_fault, former.name.strip("./").split("/"))), None)
        if fault is not None:
            yield BadFormerName.at(mark_of(former.name), f"{quoted(former.name)} {fault[0]}", "delete it")
        first = found.setdefault(alike(former.url), former.file)
        if first != former.file or alike(former.url) in taken:
            message = f"`{former.name}` is also a name of {first}, so its old address cannot lead here"
            yield FormerlyTaken.at(mark_of(former.name), message, "delete it in one of the two")

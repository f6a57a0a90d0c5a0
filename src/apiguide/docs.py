"""Hand-written pages under `docs/`: their files, front matter and lifespan.

Front matter is read by the strict loader, as data; what stands below it is for `docs_macros`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from apiguide.folders import DOCS, alike, is_passed_over, name_fault
from apiguide.model.forms import BadFormerName
from apiguide.model.scalars import kind_of, many
from apiguide.problems import Mark, Problem, Source, quoted
from apiguide.reader import UnexpectedFile, UnreadableFile
from apiguide.yaml_source import MAX_BYTES, EmptyFile, FileTooLarge, Map, NotUtf8, Text, load

MARKDOWN = (".markdown", ".mdown", ".mkdn", ".mkd", ".md")
"""How files end that MkDocs takes for pages."""

_LEFT_OUT = "templates"
"""The folder at the top of docs/ that MkDocs leaves out of a site."""
_FORMER_HINT = "write the path that the file had below docs/, as in `guides/old.md`"
_FORMER = re.compile(r"(?!/)(?!.*(?://|\\))(?!(?:.*/)?\.)\S.*\.md\Z")


@dataclass(frozen=True)
class DocsPage:
    """A page of docs/."""

    path: str
    """Below docs/, with forward slashes: `guides/billing.md`."""
    source: Source
    first_line: int = 1
    """The line where its text begins, after the front matter."""
    since: Text | None = None
    removed: Text | None = None
    formerly: tuple[Text, ...] = ()
    """The paths that the file used to have."""

    def is_in(self, release: str, order: Mapping[str | None, int]) -> bool:
        """Whether the guide of a release has the page."""
        index = order[release]
        begun = self.since is None or order[self.since] <= index
        return begun and (self.removed is None or order[self.removed] > index)

    @property
    def url(self) -> str:
        """The page's URL below the release's home: "" for the start page."""
        return docs_url(self.path)


def docs_url(path: str) -> str:
    """The URL, below the release's home, of the page at a path below docs/, as MkDocs encodes it."""
    name = path.removesuffix(".md")
    if name in ("index", "README"):
        return ""
    return f"{quote(name.removesuffix('/index').removesuffix('/README'))}/"


def read_docs(root: Path) -> tuple[tuple[DocsPage, ...], tuple[Problem, ...]]:
    """The pages of the project in `root`, by path, and what is wrong with their files."""
    pages: list[DocsPage] = []
    problems: list[Problem] = []
    for file in _files(root / DOCS, problems, root):
        shown = file.relative_to(root).as_posix()
        path = file.relative_to(root / DOCS).as_posix()
        try:
            with file.open("rb") as opened:
                data = opened.read(MAX_BYTES + 1)
            text = data.decode("utf-8").removeprefix("\ufeff")
        except OSError as error:
            problems.append(_unreadable(shown, error))
        except UnicodeDecodeError:
            message = "the file is not UTF-8"
            problems.append(NotUtf8.at(Mark(Source(shown)), message, "save it as UTF-8"))
        else:
            if len(data) > MAX_BYTES:
                message = f"the file has more than {MAX_BYTES:,} bytes"
                problems.append(FileTooLarge.at(Mark(Source(shown)), message, "split it"))
            else:
                pages.append(read_page(path, Source(shown, text), problems))
    return tuple(pages), tuple(problems)


def _files(folder: Path, problems: list[Problem], root: Path) -> Iterator[Path]:
    if folder.is_symlink():
        problems.append(_unexpected(folder, root, "is a symbolic link", "copy the folder here"))
        return
    if not folder.is_dir():
        return
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        problems.append(_unreadable(folder.relative_to(root).as_posix(), error))
        return
    seen: dict[str, str] = {}
    for path in paths:
        # MkDocs goes into folders by links too.
        is_templates = folder.parent == root and path.name == _LEFT_OUT and path.is_dir()
        if (is_templates or is_passed_over(path.name)) and not (path.is_symlink() and path.is_dir()):
            continue
        if not _is_text(path.name):
            problems.append(_unexpected(path, root, "has a name that is not UTF-8", "rename it"))
            continue
        fault = name_fault(path.name) or (name_fault(path.stem) if path.suffix == ".md" else None)
        first = seen.setdefault(alike(path.name), path.name)
        if fault is not None:
            problems.append(_unexpected(path, root, *fault))
        elif first != path.name:
            what = f"has the name of {quoted(first)} for Windows and macOS"
            problems.append(_unexpected(path, root, what, "rename one of the two"))
        if path.is_symlink():
            problems.append(_unexpected(path, root, "is a symbolic link", "copy the file here"))
        elif path.is_dir():
            yield from _files(path, problems, root)
        elif not path.is_file():
            problems.append(_unexpected(path, root, "is not a regular file", "delete it"))
        elif path.suffix == ".md":
            yield path
        elif path.suffix.lower() in MARKDOWN:
            problems.append(_unexpected(path, root, "does not end with .md", f"rename it to {path.stem}.md"))


def _is_text(name: str) -> bool:
    """Whether a file's name is UTF-8; Python keeps other bytes as lone surrogates."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


def _unreadable(shown: str, error: OSError) -> Problem:
    message = f"the file cannot be read: {error.strerror}"
    return UnreadableFile.at(Mark(Source(shown)), message, "check its permissions")


def _unexpected(path: Path, root: Path, what: str, hint: str) -> Problem:
    shown = path.relative_to(root).as_posix().encode("utf-8", "backslashreplace").decode()
    name = shown.rpartition("/")[2]
    return UnexpectedFile.at(Mark(Source(shown)), f"{quoted(name)} {what}", hint)


def read_page(path: str, source: Source, problems: list[Problem]) -> DocsPage:
    """The page with what its front matter says of time; other keys there are the site builder's."""
    if source.lines[0].rstrip() != "---":
        return DocsPage(path, source)
    end = next((i for i, line in enumerate(source.lines[1:], 1) if line.rstrip() in ("---", "...")), None)
    if end is None:
        return DocsPage(path, source)
    front_matter = load("\n".join(["", *source.lines[1:end]]).encode(), source.path)
    problems.extend(
        replace(problem, where=problem.where._replace(source=source))
        for problem in front_matter.problems
        if problem.code != EmptyFile.code
    )
    found: dict[str, Text | None] = {"since": None, "removed": None}
    former: list[Text] = []
    if isinstance(front_matter.root, Map):
        for each in many(front_matter.root.get("formerly", ())):
            each.mark = each.mark._replace(source=source)
            if isinstance(each, Text) and _FORMER.match(each):
                former.append(each)
            elif not (isinstance(each, Text) and each.is_empty):
                shown = quoted(each) if isinstance(each, Text) else kind_of(each)
                message = f"{shown} cannot be the former name of a page"
                problems.append(BadFormerName.at(each.mark, message, _FORMER_HINT))
        for key in found:
            value = front_matter.root.get(key)
            if isinstance(value, Text):
                value.mark = value.mark._replace(source=source)
                found[key] = value
    return DocsPage(path, source, end + 2, found["since"], found["removed"], tuple(former))

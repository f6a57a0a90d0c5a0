"""A small project without problems, changed in one place by each test, and the problems found in it."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from apiguide.checks import check
from apiguide.problems import Problem, Severity

BASE = {
    "reference/guide.yaml": """\
title: City Library API Guide
servers: [{url: "http://library.test"}]
releases: [{release: "1.0"}, {release: "1.1"}, {release: "2.0"}]
formats:
  xml: {media_type: application/xml, extension: .xml, dialect: rails}
  json: {media_type: application/json, extension: .json, dialect: rails}
groups: [{id: lending, title: Lending, first: [books]}]
methods: {GET: {description: Reads.}, POST: {description: Creates.}}
statuses:
  200: {title: OK, description: Done.}
  404: {title: Not Found, description: It is not there.}
""",
    "reference/books/resource.yaml": """\
title: Books
group: lending
description: What the library lends.
parameters:
  id: {type: integer, description: Number of the book., example: 12}
objects:
  book:
    fields:
      id: {type: integer, description: Number on its label., example: 12}
      title: {type: string, description: Title as on the cover., example: Emma}
""",
    "reference/books/get.yaml": """\
title: Get book
method: GET
path: /books/:id
description: Gives a book.
responses:
  200: {body: {object: book}}
""",
    "reference/books/create.yaml": """\
title: Create book
method: POST
path: /books
description: Adds a book.
parameters:
  body:
    book: {object: book, fields: {title: {required: true}}}
responses:
  200: {body: {object: book}}
""",
    "docs/index.md": "# Library\n",
}

Edit = str | tuple[str, str]
"""A file's whole text; or what of the base's text is replaced by what, "" standing for its end."""
Files = Mapping[str, Edit]

_MARKED = re.compile("«(.*?)»", re.DOTALL)


def _text(path: str, edit: Edit) -> str:
    if isinstance(edit, str):
        return edit
    old, new = edit
    assert old in BASE[path], f"{path} has no {old!r}"
    return BASE[path].replace(old, new, 1) if old else BASE[path] + new


def _full(name: str) -> str:
    """`guide.yaml`, `books/get.yaml` are short for files of reference/."""
    return f"reference/{name}" if name.endswith(".yaml") and not name.startswith("reference/") else name


@pytest.fixture
def project(tmp_path: Path) -> Callable[[Files], Path]:
    """`project(files)`: the folder of the small project with some of its files changed or added."""

    def write(files: Files) -> Path:
        texts = BASE | {_full(name): _text(_full(name), edit) for name, edit in files.items()}
        for name, text in texts.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_MARKED.sub(r"\1", text), encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def problems(project: Callable[[Files], Path]) -> Callable[[Files], list[Problem]]:
    """`problems(files)`: what is wrong in the small project with some of its files changed or added.

    That nothing uses an object is left out: tests of other rules need not name each object somewhere.
    """
    return lambda files: [each for each in check(project(files)).problems if each.code != "unused-object"]


@pytest.fixture
def codes(problems: Callable[[Files], list[Problem]]) -> Callable[[Files], list[str]]:
    """`codes(files)`: the same by their codes alone."""
    return lambda files: [problem.code for problem in problems(files)]


@pytest.fixture
def finds(problems: Callable[[Files], list[Problem]]) -> Callable[..., None]:
    """`finds(code, remedy, files)`: there are just the problems that the « » in the files mark.

    All of them have the code, and the remedy has the given words; what « » enclose is what carets underline.
    """

    def assert_found(
        code: str, remedy: str, files: Files, *, says: str = "", severity: str = Severity.ERROR
    ) -> None:
        found = problems(files)
        shown = "\n".join(map(str, found))
        assert {problem.code for problem in found} == {code}, shown
        expected = {location for name, edit in files.items() for location in _locations(_full(name), edit)}
        assert {(p.where.source.path, *p.where[1:]) for p in found} == expected, shown
        for problem in found:
            assert problem.severity == severity
            assert problem.hint is not None, "a problem without a remedy"
            assert remedy in problem.hint
            assert says in problem.message

    return assert_found


def _locations(path: str, edit: Edit) -> list[tuple[str, int, int, int, int]]:
    """File, lines and columns of what is marked in a file's text."""
    text, locations = _text(path, edit), []
    while match := _MARKED.search(text):
        start, end = _position(text, match.start()), _position(text, match.end() - 2)
        text = text[: match.start()] + match[1] + text[match.end() :]
        locations.append((path, *start, *end))
    return locations


def _position(text: str, index: int) -> tuple[int, int]:
    before = text[:index]
    line_start = before.rfind("\n") + 1
    column = index - line_start + 1
    return before.count("\n") + 1, column

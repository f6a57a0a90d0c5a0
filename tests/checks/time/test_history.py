"""Comparison of a tree with a former one, from a real git history."""

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from apiguide.cli import main

GUIDE, BOOKS, GET, CREATE = "guide.yaml", "books/resource.yaml", "books/get.yaml", "books/create.yaml"
TITLE = "title: {type: string, description: Title as on the cover., example: Emma}"
ERRATUM = 'errata: [{at: %s, releases: %s, date: "2025-02-01", reason: It never was.}]\n'


def git(folder: Path, *arguments: str) -> None:
    settings = ["-c", "user.name=Ada", "-c", "user.email=ada@example.test", "-c", "commit.gpgSign=false"]
    subprocess.run(["git", *settings, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def against(project: Callable[..., Path]) -> Callable[..., Result]:
    """`against(files, ref)`: the small project, committed, then changed and compared with the commit.

    With `before`, some of its files are others when it is committed.
    """

    def run(files: dict[str, object], ref: str = "HEAD", before: Mapping[str, object] = {}) -> Result:
        root = project(before)
        git(root, "init", "--quiet")
        git(root, "add", "--all")
        git(root, "commit", "--message", "A guide")
        project(files)
        before = sorted(root.iterdir())
        result = CliRunner().invoke(main, ["check", "--root", str(root), "--against", ref])
        assert sorted(root.iterdir()) == before
        return result

    return run


def test_what_breaks_readers_of_a_published_guide_is_an_error(against: Callable[..., Result]) -> None:
    result = against({BOOKS: (TITLE, TITLE.replace("string", "integer").replace("Emma", "1"))})
    assert result.exit_code == 1
    head = next(line for line in result.stdout.splitlines() if BOOKS in line)
    assert head.startswith("reference/books/resource.yaml:10:7: error[history-rewritten]")
    assert "the guide of `1.0`, `1.1` and `2.0` differs from before: field `title` of `book`" in head
    remedy = 'add `{at: objects.book.title, releases: ["1.0", "1.1", "2.0"], date: …, reason: …}`'
    assert remedy in result.stdout


def test_what_breaks_nobody_is_a_warning(against: Callable[..., Result]) -> None:
    result = against(
        {BOOKS: (TITLE, f"{TITLE}\n      pages: {{type: integer, description: P., example: 9}}")}
    )
    assert result.exit_code == 0
    assert "warning[history-changed]" in result.stdout
    assert "field `pages` of `book` is new" in result.stdout


def test_what_is_documented_late_is_new_to_readers_of_the_releases_that_have_it(
    against: Callable[..., Result],
) -> None:
    note = '{type: string, required: true, description: Why., example: A gift, documented_since: "1.1"}'
    title = "title: {required: true}"
    result = against({CREATE: (title, f"{title}, note: {note}")})
    [head] = (line for line in result.stdout.splitlines() if "[history-rewritten]" in line)
    assert "the guide of `1.1` and `2.0` differs from before" in head
    assert "body parameter `book.note` is new, and required" in head


@pytest.mark.parametrize(
    "files",
    [
        {},
        {BOOKS: ("Title as on the cover.", "What stands on the cover.")},
        {GET: ("title: Get book", "title: Look a book up")},
        {BOOKS: ("example: Emma", "example: Persuasion")},
        {GUIDE: ('{release: "2.0"}]', '{release: "2.0"}, {release: "3.0"}]')},
        {
            GUIDE: ('{release: "2.0"}]', '{release: "2.0"}, {release: "3.0"}]'),
            BOOKS: (TITLE, TITLE.replace("Emma}", 'Emma, removed: "3.0"}')),
        },
    ],
)
def test_wording_and_new_releases_rewrite_nothing(
    files: dict[str, object], against: Callable[..., Result]
) -> None:
    result = against(files)
    assert "[history-" not in result.stdout
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("releases", "says"),
    [('["1.0", "1.1", "2.0"]', None), ('["2.0"]', "the guide of `1.0` and `1.1` differs")],
)
def test_an_erratum_silences_a_correction(
    releases: str, says: str | None, against: Callable[..., Result]
) -> None:
    files = {
        BOOKS: (TITLE, TITLE.replace("string", "integer").replace("Emma", "1")),
        CREATE: ("title: {required: true}", "title: {required: true, type: string, example: Emma}"),
        GUIDE: ("", ERRATUM % ("objects.book.title", releases)),
    }
    result = against(files)
    assert ("history-rewritten" in result.stdout) == (says is not None)
    if says is not None:
        assert says in result.stdout


def test_a_release_that_was_published_may_not_go(against: Callable[..., Result]) -> None:
    result = against({GUIDE: ('{release: "1.1"}, ', "")})
    assert result.exit_code == 1
    assert "the release `1.1` was published at `HEAD`, but is missing now" in result.stdout


def test_a_release_that_is_only_planned_may_be_rewritten(against: Callable[..., Result]) -> None:
    guide = ('{release: "2.0"}]', '{release: "2.0"}, {release: "3.0", status: planned}]')
    shelf = f"{TITLE}\n      shelf: {{type: string, description: Its location., example: A, since: '3.0'}}"
    result = against({GUIDE: guide}, before={GUIDE: guide, BOOKS: (TITLE, shelf)})
    assert "[history-" not in result.stdout
    assert result.exit_code == 0


def test_what_differs_in_one_place_in_other_ways_is_told_for_each_of_them(
    against: Callable[..., Result],
) -> None:
    change = "changes: [{release: '2.0', before: {type: boolean, example: 'true'}}]"
    result = against({BOOKS: (TITLE, TITLE.replace("string", "integer").replace("Emma", f"1, {change}"))})
    assert "the guide of `1.0` and `1.1` differs from before: field `title` of `book` is a boolean" in (
        result.stdout
    )
    assert "the guide of `2.0` differs from before: field `title` of `book` is an integer" in (result.stdout)


def test_a_renamed_file_is_the_same_endpoint(
    against: Callable[..., Result], project: Callable[..., Path]
) -> None:
    new = (
        "title: Read book\nmethod: GET\npath: /books/:id\ndescription: Shows it.\nformerly: [books/get]\n"
        "responses:\n  200: {body: {object: book}}\n"
    )
    root = project({})
    result = against({"books/read.yaml": new, GET: new.replace("formerly: [books/get]\n", "")})
    assert result.exit_code == 1  # two endpoints of one method and path
    (root / "reference" / GET).unlink()
    result = CliRunner().invoke(main, ["check", "--root", str(root), "--against", "HEAD"])
    assert "[history-" not in result.stdout


@pytest.mark.parametrize(("formerly", "is_told"), [("formerly: books\n", False), ("", True)])
def test_a_renamed_folder_is_the_same_resource(
    formerly: str, is_told: bool, against: Callable[..., Result], project: Callable[..., Path]
) -> None:
    root = project({})
    against({})
    (root / "reference/books").rename(root / "reference/tomes")
    for name, old, new in (
        ("guide.yaml", "first: [books]", "first: [tomes]"),
        ("tomes/resource.yaml", "title: Books\n", f"title: Books\n{formerly}"),
    ):
        text = (root / "reference" / name).read_text(encoding="utf-8")
        (root / "reference" / name).write_text(text.replace(old, new), encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "--root", str(root), "--against", "HEAD"])
    assert ("[history-" in result.stdout) is is_told, result.stdout


@pytest.mark.parametrize(("ref", "says"), [("nowhere", "git knows no `nowhere`"), ("--help", "git knows no")])
def test_a_ref_that_git_does_not_know_is_said(ref: str, says: str, against: Callable[..., Result]) -> None:
    result = against({}, ref)
    assert result.exit_code == 2
    assert says in result.stderr


def test_a_former_tree_with_errors_cannot_be_compared_with(
    project: Callable[..., Path], against: Callable[..., Result]
) -> None:
    root = project({GET: ("method: GET", "methd: GET")})
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--message", "A slip")
    git(root, "tag", "slip")
    result = against({}, "slip")
    assert result.exit_code == 2
    assert "reference/books/get.yaml:2:1: error[unknown-key]" in result.stderr


def test_a_broken_promise_does_not_hide_that_history_is_rewritten(against: Callable[..., Result]) -> None:
    note = '{type: string, required: true, description: Why., example: A gift, since: "2.0"}'
    title = "title: {required: true}"
    result = against(
        {
            GUIDE: ("", 'compatible_since: "1.0"\n'),
            CREATE: (title, f"{title}, note: {note}"),
            BOOKS: (TITLE, TITLE.replace("string", "integer").replace("Emma", "1")),
        }
    )
    assert "error[breaks-promise]: release 2.0 breaks clients of 1.1" in result.stdout
    assert "error[history-rewritten]" in result.stdout

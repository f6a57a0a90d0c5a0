from collections.abc import Callable
from pathlib import Path

import pytest

from apiguide.checks import check

CREATE, GET, GUIDE, PAGE = "books/create.yaml", "books/get.yaml", "guide.yaml", "docs/index.md"
BOOKS = "books/resource.yaml"


@pytest.mark.parametrize(
    ("page", "other"),
    [
        ("docs/books/get.md", "reference/books/get.yaml"),
        ("docs/books.md", "reference/books/resource.yaml"),
        ("docs/books/index.md", "reference/books/resource.yaml"),
        ("docs/books/get/README.md", "reference/books/get.yaml"),
        ("docs/README.md", "docs/README.md"),
    ],
)
def test_no_two_pages_have_one_address(page: str, other: str, problems: Callable[..., list[object]]) -> None:
    (problem,) = problems({page: "# A page\n"})
    assert getattr(problem, "code", "") == "page-collision"
    assert getattr(problem, "hint", "") == "rename the file"
    assert other in getattr(problem, "message", "")


def test_no_call_has_the_address_of_its_resource(problems: Callable[..., list[object]]) -> None:
    text = "title: All\nmethod: GET\npath: /books\ndescription: All that there are.\nresponses: {200: {}}\n"
    (problem,) = problems({"books/index.yaml": text})
    assert getattr(problem, "code", "") == "page-collision"
    assert "for example to `list.yaml`" in getattr(problem, "hint", "")


@pytest.mark.parametrize(
    ("page", "promise", "found"),
    [
        ("whats-new", "", ["page-collision"]),
        ("names", "", ["page-collision"]),
        ("compatibility", 'compatible_since: "1.0"\n', ["page-collision"]),
        ("compatibility", "", []),
    ],
)
@pytest.mark.parametrize("file", ["docs/{}.md", "reference/{}/resource.yaml"])
def test_no_page_has_the_address_of_one_that_is_made(
    file: str, page: str, promise: str, found: list[str], codes: Callable[..., list[str]]
) -> None:
    text = "# A page\n" if file.startswith("docs") else "title: A\ngroup: lending\ndescription: Some.\n"
    assert codes({file.format(page): text, GUIDE: ("", promise)}) == found


def test_an_old_name_of_a_file_is_not_that_of_another(finds: Callable[..., None]) -> None:
    finds("formerly-taken", "delete it in one of the two", {GET: ("", "formerly: [«books/create»]\n")})


def test_an_old_name_of_a_file_is_that_of_one_endpoint(finds: Callable[..., None]) -> None:
    files = {CREATE: ("", "formerly: [books/add]\n"), GET: ("", "formerly: [«books/add»]\n")}
    finds(
        "formerly-taken", "delete it in one of the two", files, says="a name of reference/books/create.yaml"
    )


@pytest.mark.parametrize(
    ("page", "other"),
    [
        ("docs/Books.md", "reference/books/resource.yaml"),
        ("docs/books/GET.md", "reference/books/get.yaml"),
        ("docs/Names.md", "the page of all names"),
        ("docs/whats-new/From-1.0.md", "the page of what has changed since 1.0"),
        ("docs/404.html.md", "a file that is written for each release"),
        ("docs/Sitemap.xml/a.md", "a file that is written for each release"),
        ("docs/a/index.html.md", "a file that is written for each release"),
    ],
)
def test_no_page_has_the_address_of_another_where_capitals_do_not_count(
    page: str, other: str, problems: Callable[..., list[object]]
) -> None:
    (problem,) = problems({page: "# A page\n"})
    assert getattr(problem, "code", "") == "page-collision"
    assert getattr(problem, "where").source.path == page  # noqa: B009
    assert other in getattr(problem, "message", "")


LATE = "docs/late.md"


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({BOOKS: ("", "formerly: «books»\n")}, "a name of reference/books/resource.yaml"),
        ({BOOKS: ("", "formerly: [tomes, «Books»]\n")}, "a name of reference/books/resource.yaml"),
        ({GET: ("", "formerly: [«Books/Create»]\n")}, "a name of reference/books/create.yaml"),
        ({LATE: "---\nformerly: «index.md»\n---\n# Late\n"}, "a name of docs/index.md"),
        ({LATE: "---\nformerly: [«books/get.md»]\n---\n# Late\n"}, "a name of reference/books/get.yaml"),
        (
            {
                "docs/early.md": "---\nformerly: old.md\n---\n# Early\n",
                LATE: "---\nformerly: «old/index.md»\n---\n# Late\n",
            },
            "a name of docs/early.md",
        ),
        (
            {BOOKS: ("", "formerly: tomes\n"), LATE: "---\nformerly: «tomes.md»\n---\n# Late\n"},
            "a name of reference/books/resource.yaml",
        ),
    ],
)
def test_a_former_address_leads_to_one_page(
    files: dict[str, str], says: str, finds: Callable[..., None]
) -> None:
    finds("formerly-taken", "delete it in one of the two", files, says=says)


def test_no_page_was_where_a_system_keeps_nothing(finds: Callable[..., None]) -> None:
    page = "---\nformerly: [«guides/what?.md»]\n---\n# Late\n"
    files = {BOOKS: ("", "formerly: «aux»\n"), LATE: page, GET: ("", "formerly: «tomes/con»\n")}
    finds("bad-former-name", "delete it", files, says="Windows")


def test_a_resource_was_no_endpoint(finds: Callable[..., None]) -> None:
    files = {BOOKS: ("", "formerly: «tomes/list»\n")}
    finds("bad-former-name", "write the name that its folder had", files)


@pytest.mark.parametrize("name", ["aux", "con", "nul", "com7"])
def test_no_folder_or_file_of_the_reference_has_the_name_of_a_device(
    name: str, problems: Callable[..., list[object]], project: Callable[..., Path]
) -> None:
    (project({}) / "reference/books/get.yaml").unlink()
    text = "title: Get book\nmethod: GET\npath: /books/:id\ndescription: Gives a book.\n"
    found = problems(
        {
            f"{name}/resource.yaml": "title: A\ngroup: lending\ndescription: Some.\n",
            f"books/{name}.yaml": text + "responses: {200: {body: {object: book}}}\n",
        }
    )
    devices = [each for each in found if getattr(each, "code", "") == "unexpected-file"]
    assert {getattr(each, "where").source.path for each in devices} == {  # noqa: B009
        f"reference/{name}",
        f"reference/books/{name}.yaml",
    }
    assert all("keeps for a device" in getattr(each, "message", "") for each in devices)


@pytest.mark.parametrize(
    ("pages", "is_told"), [([], True), (["index"], False), (["README"], False), (["home"], True)]
)
def test_a_site_has_a_start_page(pages: list[str], is_told: bool, project: Callable[..., Path]) -> None:
    files = {f"docs/{name}.md": "# Library\n" for name in pages}
    config = {"mkdocs.yml": "site_name: City Library API Guide\n"}
    root = project(files | config)
    if "index" not in pages:
        (root / PAGE).unlink()
    found = [problem for problem in check(root).problems if problem.code != "unused-object"]
    assert [problem.code for problem in found] == ["no-start-page"] * is_told
    assert [(problem.where.source.path, problem.hint) for problem in found] == [
        (PAGE, "write one; it may call `{{ resources() }}`")
    ] * is_told


def test_a_start_page_that_cannot_be_read_is_there(project: Callable[..., Path]) -> None:
    root = project({"mkdocs.yml": "site_name: City Library API Guide\n"})
    (root / PAGE).write_bytes(b"\xff")
    assert [problem.code for problem in check(root).problems] == ["not-utf-8"]

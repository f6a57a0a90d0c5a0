import os
import sys
from pathlib import Path

import pytest

from apiguide.docs import DocsPage, read_docs, read_page
from apiguide.problems import Problem, Source, report
from apiguide.yaml_source import Text

ORDER = {None: 0, "1.0": 0, "1.1": 1, "2.0": 2}


def write(root: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        path = root / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def read(text: str) -> tuple[DocsPage, list[Problem]]:
    problems: list[Problem] = []
    return read_page("page.md", Source("docs/page.md", text), problems), problems


def test_pages_are_read_from_all_folders_by_path(tmp_path: Path) -> None:
    write(
        tmp_path, {"index.md": "# Home", "a/b.md": "# B", "a.md": "# A", "a/x.png": b"\x00", "notes.txt": "x"}
    )
    pages, problems = read_docs(tmp_path)
    assert [page.path for page in pages] == ["a/b.md", "a.md", "index.md"]
    assert [page.source.path for page in pages] == ["docs/a/b.md", "docs/a.md", "docs/index.md"]
    assert problems == ()


def test_a_project_may_have_no_pages(tmp_path: Path) -> None:
    assert read_docs(tmp_path) == ((), ())


def test_a_page_that_is_not_utf8_is_a_problem_and_the_others_are_read(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": b"\xff\xfe", "b.md": "# B"})
    pages, (problem,) = read_docs(tmp_path)
    assert [page.path for page in pages] == ["b.md"]
    assert (problem.code, problem.where.source.path) == ("not-utf-8", "docs/a.md")


def test_a_symbolic_link_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"index.md": "# Home"})
    (tmp_path / "secret.md").write_text("secret")
    (tmp_path / "docs/link.md").symlink_to(tmp_path / "secret.md")
    (tmp_path / "docs/folder").symlink_to(tmp_path)
    pages, problems = read_docs(tmp_path)
    assert [page.path for page in pages] == ["index.md"]
    assert [(problem.code, problem.where.source.path) for problem in problems] == [
        ("unexpected-file", "docs/folder"),
        ("unexpected-file", "docs/link.md"),
    ]


def test_what_editors_leave_is_no_page(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"index.md": "# Home", "index.md~": "", "#index.md#": "", ".index.md.swp": "", ".a/b.md": ""},
    )
    (tmp_path / "docs/.#index.md").symlink_to("me@here.4711")
    pages, problems = read_docs(tmp_path)
    assert [page.path for page in pages] == ["index.md"]
    assert problems == ()


def test_a_hidden_link_to_a_folder_is_refused_since_mkdocs_goes_there(tmp_path: Path) -> None:
    write(tmp_path, {"index.md": "# Home"})
    (tmp_path / "docs/.up").symlink_to(tmp_path)
    _, (problem,) = read_docs(tmp_path)
    assert (problem.code, problem.where.source.path) == ("unexpected-file", "docs/.up")


@pytest.mark.parametrize("name", ["a.markdown", "a.mkd"])
def test_a_page_that_ends_otherwise_is_told(tmp_path: Path, name: str) -> None:
    write(tmp_path, {name: "# A"})
    _, (problem,) = read_docs(tmp_path)
    assert (problem.code, problem.hint) == ("unexpected-file", "rename it to a.md")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"index.md": "# Home"})
    for name in (b"caf\xe9.md", b"caf\xe9.png"):
        (tmp_path / "docs" / os.fsdecode(name)).write_text("")
    pages, problems = read_docs(tmp_path)
    assert [page.path for page in pages] == ["index.md"]
    assert [problem.message.rpartition("` ")[2] for problem in problems] == [
        "has a name that is not UTF-8"
    ] * 2
    "".join(report(problems)).encode()


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"a/b.md": "# B", "index.md": "# Home"})
    (tmp_path / "docs/a").chmod(0)
    pages, (problem,) = read_docs(tmp_path)
    (tmp_path / "docs/a").chmod(0o700)
    assert [page.path for page in pages] == ["index.md"]
    assert (problem.code, problem.where.source.path) == ("unreadable-file", "docs/a")


def test_a_byte_order_mark_is_no_part_of_a_page(tmp_path: Path) -> None:
    write(tmp_path, {"index.md": '\ufeff---\nsince: "1.1"\n---\n# Home\n'})
    ((page,), problems) = read_docs(tmp_path)
    assert page.since == "1.1"
    assert problems == ()


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("index.md", ""),
        ("README.md", ""),
        ("billing.md", "billing/"),
        ("guides/billing.md", "guides/billing/"),
        ("guides/index.md", "guides/"),
        ("guides/README.md", "guides/"),
        ("indexes.md", "indexes/"),
        ("an/index/of.md", "an/index/of/"),
    ],
)
def test_the_address_of_a_page_is_its_path(path: str, url: str) -> None:
    assert DocsPage(path, Source(f"docs/{path}")).url == url


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("end", ["---", "...", "--- "])
def test_front_matter_says_when_a_page_is_there(line_end: str, end: str) -> None:
    text = f'---\nsince: "1.1"\nremoved: "2.0"\ntitle: A page\n{end}\n# Text\n'.replace("\n", line_end)
    page, problems = read(text)
    assert (page.since, page.removed, page.first_line) == ("1.1", "2.0", 6)
    assert problems == []


def test_a_release_of_front_matter_knows_where_it_stands() -> None:
    page, _ = read('---\ntitle: A page\nsince: "1.1"\n---\n# Text\n')
    assert isinstance(page.since, Text)
    assert page.since.mark[1:] == (3, 8, 3, 13)
    assert page.since.mark.source.lines[2] == 'since: "1.1"'


@pytest.mark.parametrize("text", ["# Text\n", "", "---\n# Text\n", "--- \n", "\n---\nsince: '1.1'\n---\n"])
def test_a_page_may_go_without_front_matter(text: str) -> None:
    page, problems = read(text)
    assert (page.since, page.removed, page.first_line) == (None, None, 1)
    assert problems == []


def test_front_matter_may_be_empty() -> None:
    page, problems = read("---\n---\n# Text\n")
    assert page.first_line == 3
    assert problems == []


@pytest.mark.parametrize(
    ("front", "code", "line"),
    [
        ("title: a\ntitle: b\n", "duplicate-key", 3),
        ("title: [a\n", "yaml-syntax", 2),
        ("a: &x b\nc: *x\n", "yaml-feature", 2),
        ("a: !!python/object/apply:os.system [id]\n", "yaml-feature", 2),
    ],
)
def test_what_is_wrong_with_front_matter_is_named_where_it_stands(front: str, code: str, line: int) -> None:
    _, problems = read(f"---\n{front}---\n# Text\n")
    assert problems[0].code == code
    assert problems[0].where.line >= line
    assert {problem.where.source.path for problem in problems} == {"docs/page.md"}
    assert all(problem.where.source.text.endswith("# Text\n") for problem in problems)


@pytest.mark.parametrize(
    ("since", "removed", "releases"),
    [
        (None, None, ["1.0", "1.1", "2.0"]),
        ("1.1", None, ["1.1", "2.0"]),
        (None, "1.1", ["1.0"]),
        ("1.1", "2.0", ["1.1"]),
        ("1.0", None, ["1.0", "1.1", "2.0"]),
    ],
)
def test_a_page_is_in_the_releases_of_its_span(
    since: str | None, removed: str | None, releases: list[str]
) -> None:
    front = "".join(f'{key}: "{name}"\n' for key, name in (("since", since), ("removed", removed)) if name)
    page, _ = read(f"---\n{front}---\n")
    assert [release for release in ORDER if release and page.is_in(release, ORDER)] == releases


@pytest.mark.parametrize(
    ("name", "says", "remedy"),
    [
        ("what?.md", "has `?` in its name, which Windows does not allow", "rename it"),
        ('a "b".png', 'has `"` in its name', "rename it"),
        ("a\nb.md", "has U+000A in its name", "rename it"),
        ("aux.md", "has a name that Windows keeps for a device", "rename it"),
        ("LPT1.min.js", "has a name that Windows keeps for a device", "rename it"),
        ("end..md", "has a name that ends with a dot or a blank", "rename it"),
        ("end .md", "has a name that ends with a dot or a blank", "rename it"),
        ("picture.", "has a name that ends with a dot or a blank", "rename it"),
        ("cafe\u0301.md", "has letters in its name whose accents stand apart", "type the name anew"),
        ("con/page.md", "has a name that Windows keeps for a device", "rename it"),
        ("FAQ.MD", "does not end with .md", "rename it to FAQ.md"),
    ],
)
def test_a_name_that_not_every_system_keeps_is_told(
    tmp_path: Path, name: str, says: str, remedy: str
) -> None:
    write(tmp_path, {"index.md": "# Home", name: "# A"})
    _, (problem,) = read_docs(tmp_path)
    assert problem.code == "unexpected-file"
    assert problem.where.source.path == f"docs/{name.partition('/')[0]}"
    assert says in problem.message
    assert remedy in (problem.hint or "")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take them for one file")
@pytest.mark.parametrize(
    ("one", "other"), [("Map.png", "map.png"), ("A/x.md", "a/x.md"), ("\u00c9.md", "\u00e9.md")]
)
def test_two_names_that_are_one_on_other_systems_are_told(tmp_path: Path, one: str, other: str) -> None:
    write(tmp_path, {"index.md": "# Home", one: "", other: ""})
    _, (problem,) = read_docs(tmp_path)
    first, second = one.partition("/")[0], other.partition("/")[0]
    assert (problem.code, problem.where.source.path) == ("unexpected-file", f"docs/{second}")
    assert problem.message == f"`{second}` has the name of `{first}` for Windows and macOS"


@pytest.mark.parametrize(
    "name", ["my page", "über", "日本語", "a#b", "50%", "a&b", "it's", "templates", "nil", "aux-"]
)
def test_other_names_of_pages_are_allowed(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"index.md": "# Home", f"{name}.md": "# A", f"x/templates/{name}.md": "# B"})
    assert read_docs(tmp_path)[1] == ()


def test_what_mkdocs_leaves_out_is_no_page(tmp_path: Path) -> None:
    write(tmp_path, {"index.md": "# Home", "templates/page.md": "# A", "a/templates/page.md": "# B"})
    assert [page.path for page in read_docs(tmp_path)[0]] == ["a/templates/page.md", "index.md"]


@pytest.mark.parametrize("stated", ["old.md", "[old.md, guides/older.md]"])
def test_a_page_may_say_where_its_file_was(stated: str) -> None:
    page, problems = read(f"---\nformerly: {stated}\n---\n# A\n")
    assert page.formerly == (("old.md",) if stated == "old.md" else ("old.md", "guides/older.md"))
    assert page.formerly[0].mark[1:] == (2, 11, 2, 17) if stated == "old.md" else (2, 12, 2, 18)
    assert problems == []


@pytest.mark.parametrize(
    "stated", ["old", "/old.md", "../old.md", "a/../old.md", "a//b.md", ".md", "a/.md", "{a: b}"]
)
def test_where_no_file_of_a_page_can_have_been_is_told(stated: str) -> None:
    page, (problem,) = read(f"---\nformerly: {stated}\n---\n# A\n")
    assert page.formerly == ()
    assert problem.code == "bad-former-name"
    assert problem.where[:3] == (Source("docs/page.md", problem.where.source.text), 2, 11)
    assert problem.hint == "write the path that the file had below docs/, as in `guides/old.md`"

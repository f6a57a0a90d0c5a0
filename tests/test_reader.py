"""What the reader makes of the files under `reference/`, and what it says of those that it cannot read."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apiguide.problems import report
from apiguide.reader import read
from apiguide.yaml_source import Text

FILES = {
    "guide.yaml": """\
        title: City Library API Guide
        servers: [{url: "http://library.test"}]
        releases: [{release: "1.0", date: "2024-01-15"}, {release: "1.1"}]
        formats: {json: {media_type: application/json}}
        """,
    "books/resource.yaml": """\
        title: Books
        objects: {book: {fields: {title: {type: string, description: Title., example: Emma}}}}
        """,
    "books/create.yaml": """\
        title: Create book
        method: POST
        path: /books
        """,
}

Project = Callable[..., Path]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """`project({"books/create.yaml": text})`: a small guide with these files instead of or beside its own."""

    def make(files: dict[str, str | bytes] | None = None) -> Path:
        for name, text in {**FILES, **(files or {})}.items():
            path = tmp_path / "reference" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else dedent(text).encode())
        return tmp_path

    return make


def told(root: Path) -> list[str]:
    """Each problem's place, code, message and remedy."""
    return [
        f"{p.where.source.path}:{p.where.line}:{p.where.column} {p.code}: {p.message}; {p.hint}"
        for p in read(root).problems
    ]


# The tree


def test_files_are_read_into_a_guide(project: Project) -> None:
    reading = read(project())
    assert reading.problems == ()
    assert reading.guide is not None
    assert reading.guide.settings.title == "City Library API Guide"
    assert reading.guide.resources["books"].title == "Books"
    assert reading.guide.endpoints["books/create"].method == "POST"


def test_resources_and_endpoints_come_in_the_order_of_their_names(project: Project) -> None:
    endpoint, resource = FILES["books/create.yaml"], "title: Another"
    files = {f"{r}/{n}.yaml": endpoint for r in ("authors", "a_b") for n in ("z", "a", "list_2", "list")}
    guide = read(project(files | {"authors/resource.yaml": resource, "a_b/resource.yaml": resource})).guide
    assert guide is not None
    assert list(guide.resources) == ["a_b", "authors", "books"]
    assert [id_ for id_ in guide.endpoints if id_.startswith("authors/")] == [
        "authors/a",
        "authors/list",
        "authors/list_2",
        "authors/z",
    ]


def test_texts_of_the_guide_know_where_they_were_typed(project: Project) -> None:
    guide = read(project()).guide
    assert guide is not None
    title = guide.endpoints["books/create"].title
    assert isinstance(title, Text)
    assert (title.mark.source.path, title.mark.line, title.mark.column) == (
        "reference/books/create.yaml",
        1,
        8,
    )


def test_a_project_without_a_reference_is_told_how_to_begin(tmp_path: Path) -> None:
    remedy = "run `apiguide init DIR` for a small guide"
    assert told(tmp_path) == [f"reference:1:1 no-reference: there is no folder `reference/` here; {remedy}"]
    (tmp_path / "reference").write_text("a: b", encoding="utf-8")
    assert told(tmp_path) == [f"reference:1:1 no-reference: there is no folder `reference/` here; {remedy}"]
    assert read(tmp_path).guide is None


def test_a_reference_without_a_guide_is_told_what_to_write(project: Project) -> None:
    root = project()
    (root / "reference/guide.yaml").unlink()
    assert told(root) == [
        "reference/guide.yaml:1:1 no-guide: the guide has no guide.yaml; "
        "create it with `title`, `servers`, `releases` and `formats`"
    ]


def test_a_folder_without_its_resource_is_told_what_to_write(project: Project) -> None:
    root = project({"authors/list.yaml": FILES["books/create.yaml"]})
    assert told(root) == [
        "reference/authors/resource.yaml:1:1 no-resource-file: the resource `authors` has no resource.yaml; "
        "create it with `title: …`"
    ]


@pytest.mark.parametrize(
    ("file", "what"),
    [
        ("README.md", "is not a file of a guide; move it out of reference/"),
        ("list.yaml", "is not in the folder of a resource; move it into the folder of its resource"),
        ("books/notes.txt", "is not a YAML file; move it out of reference/"),
        ("books/list.yml", "does not end with .yaml; rename it to list.yaml"),
        ("books/list.YAML", "does not end with .yaml; rename it to list.yaml"),
        (
            "books/List.yaml",
            "is not a valid name for an endpoint; use only lower-case letters, digits, `_` and `-`",
        ),
        (
            "books/list all.yaml",
            "is not a valid name for an endpoint; use only lower-case letters, digits, `_` and `-`",
        ),
        (
            "books/liste_für.yaml",
            "is not a valid name for an endpoint; use only lower-case letters, digits, `_` and `-`",
        ),
    ],
)
def test_a_file_that_is_none_of_a_guide_is_told_where_it_belongs(
    project: Project, file: str, what: str
) -> None:
    name = Path(file).name
    root = project({file: FILES["books/create.yaml"]})
    assert told(root) == [f"reference/{file}:1:1 unexpected-file: `{name}` {what}"]


@pytest.mark.parametrize(
    ("file", "meant", "what"),
    [
        ("guide.yml", "guide.yaml", "is not named guide.yaml; rename it"),
        ("Guide.yaml", "guide.yaml", "is not named guide.yaml; rename it"),
        ("books/resource.yml", "books/resource.yaml", "does not end with .yaml; rename it to resource.yaml"),
    ],
)
def test_a_file_by_almost_its_name_is_not_called_missing_too(
    project: Project, file: str, meant: str, what: str
) -> None:
    root = project()
    (root / "reference" / meant).rename(root / "reference" / file)
    assert told(root) == [f"reference/{file}:1:1 unexpected-file: `{Path(file).name}` {what}"]


@pytest.mark.parametrize("folder", ["Books", "my books", "bücher", "books.old"])
def test_a_folder_whose_name_cannot_stand_in_an_address_is_refused_and_read_all_the_same(
    project: Project, folder: str
) -> None:
    files = {f"{folder}/resource.yaml": "title: B\ntitle: C", f"{folder}/a.yaml": FILES["books/create.yaml"]}
    found = [problem.code for problem in read(project(files)).problems]
    assert found == ["unexpected-file", "duplicate-key"]


def test_a_folder_in_a_resource_is_told_to_stand_beside_it(project: Project) -> None:
    root = project({"books/pages/list.yaml": "title: a"})
    assert told(root) == [
        "reference/books/pages:1:1 unexpected-file: `pages` is a folder inside the folder of a resource; "
        "move it up: resources are not nested"
    ]


def test_hidden_files_and_what_editors_leave_are_none_of_the_guides(project: Project) -> None:
    files = {".DS_Store": b"\xff", "books/.list.yaml.swp": b"\0", ".git/config": "a"}
    files |= {"guide.yaml~": "a", "books/list.yaml~": "a", "books/#list.yaml#": "a"}
    assert told(project(files)) == []


def test_symbolic_links_are_refused_and_never_followed(project: Project) -> None:
    root = project({"../elsewhere/secret.yaml": "password: hunter2"})
    reference = root / "reference"
    (reference / "authors").symlink_to(root / "elsewhere")
    (reference / "books/list.yaml").symlink_to(root / "elsewhere/secret.yaml")
    (reference / "books/none.yaml").symlink_to(root / "none")
    what = "is a symbolic link; copy its target here"
    assert told(root) == [
        f"reference/authors:1:1 unexpected-file: `authors` {what}",
        f"reference/books/list.yaml:1:1 unexpected-file: `list.yaml` {what}",
        f"reference/books/none.yaml:1:1 unexpected-file: `none.yaml` {what}",
    ]
    assert "hunter2" not in "".join(report(read(root).problems))


def test_a_reference_that_is_a_symbolic_link_is_refused(project: Project) -> None:
    root = project()
    (root / "reference").rename(root / "elsewhere")
    (root / "reference").symlink_to(root / "elsewhere")
    message = "`reference` is a symbolic link; copy the folder here"
    assert told(root) == [f"reference:1:1 no-reference: {message}"]


def test_a_pipe_is_refused_and_not_waited_for(project: Project) -> None:
    root = project()
    os.mkfifo(root / "reference/books/list.yaml")
    (root / "reference/guide.yaml").unlink()
    os.mkfifo(root / "reference/guide.yaml")
    assert [line.split("; ")[0] for line in told(root)] == [
        "reference/books/list.yaml:1:1 unexpected-file: `list.yaml` is not a regular file",
        "reference/guide.yaml:1:1 unexpected-file: `guide.yaml` is not a regular file",
    ]


def test_a_name_that_is_no_text_can_be_shown(project: Project) -> None:
    root = project()
    name = b"\xff\x1b[2J\n.yaml"
    Path(os.fsdecode(os.fsencode(root / "reference/books") + b"/" + name)).write_bytes(b"a")
    for block in report(read(root).problems):
        assert "\x1b" not in block
        block.encode("utf-8")


@pytest.fixture
def not_root() -> Iterator[Path]:
    """A folder for a user who may not read everything; a superuser becomes another one for the test."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        path.chmod(0o755)
        yield path
        if os.getuid() == 0:
            os.seteuid(0)


def test_what_may_not_be_read_is_told_and_the_rest_is_read(project: Project, not_root: Path) -> None:
    root = project({"authors/resource.yaml": "title: Authors", "locked/resource.yaml": "title: Locked"})
    (root / "reference").rename(not_root / "reference")
    (not_root / "reference/books/create.yaml").chmod(0)
    (not_root / "reference/authors").chmod(0)
    (not_root / "reference/locked").chmod(0o444)
    if os.getuid() == 0:
        os.seteuid(65534)
    reading = read(not_root)
    assert told(not_root) == [
        f"reference/{file}:1:1 unreadable-file: it cannot be read: Permission denied; check its permissions"
        for file in ("authors", "books/create.yaml", "locked/resource.yaml")
    ]
    assert reading.guide is not None
    assert list(reading.guide.resources) == ["books"]


def test_a_large_file_is_refused_whatever_is_in_it(project: Project) -> None:
    root = project({"books/create.yaml": b"#" * (1 << 20) + b"\n"})
    assert told(root) == [
        "reference/books/create.yaml:1:1 file-too-large: the file has more than 1,048,576 bytes; split it"
    ]


def test_all_problems_of_all_files_come_in_one_run(project: Project) -> None:
    files: dict[str, str | bytes] = {
        "guide.yaml": "titel: Guide\nreleases: []\n",
        "books/resource.yaml": "title: &a Books\ngroup: [b]\nsince: ''\n",
        "books/create.yaml": "title: Create book\nmethod: POST\npath: {}\nsafe: maybe\n",
        "books/get.yaml": b"title: \xff",
        "books/list.yaml": "title: [",
    }
    reading = read(project(files))
    assert reading.guide is None
    assert sorted((p.where.source.path.removeprefix("reference/"), p.code) for p in reading.problems) == [
        ("books/create.yaml", "not-a-boolean"),
        ("books/create.yaml", "wrong-kind"),
        ("books/get.yaml", "not-utf-8"),
        ("books/list.yaml", "yaml-syntax"),
        ("books/resource.yaml", "empty-text"),
        ("books/resource.yaml", "wrong-kind"),
        ("books/resource.yaml", "yaml-feature"),
        ("guide.yaml", "empty-value"),
        ("guide.yaml", "missing-key"),
        ("guide.yaml", "missing-key"),
        ("guide.yaml", "unknown-key"),
    ]


def test_a_endpoint_that_cannot_be_read_is_left_out_of_the_guide(project: Project) -> None:
    reading = read(project({"books/list.yaml": "title: List"}))
    assert reading.guide is not None
    assert list(reading.guide.endpoints) == ["books/create"]


# Laws

CONTENTS = [*(dedent(text).encode() for text in FILES.values()), b"title: &a b", b"title: [", b"a: b\na: c\n"]


@given(
    st.dictionaries(
        st.sampled_from([*FILES, "books/list.yaml"]), st.binary(max_size=90) | st.sampled_from(CONTENTS)
    )
)
def test_any_files_are_a_guide_or_have_problems(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            path = Path(folder) / "reference" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        reading = read(Path(folder))
    assert reading.guide is not None or reading.problems
    assert len(list(report(reading.problems))) == len(set(reading.problems))


def test_what_is_kept_of_a_file_is_its_last_content(project: Project) -> None:
    root, kept = project(), {}
    for number in range(3):
        with (root / "reference/books/create.yaml").open("a", encoding="utf-8") as file:
            file.write(f"# {number}\n")
        assert read(root, parse_cache=kept).guide == read(root).guide
    assert len(kept) == len([*root.rglob("*.yaml")])
